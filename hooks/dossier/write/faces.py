"""The Chinese face: cut at each build to the characters that the edition shows.

The Latin faces are cut once (``hooks/fonts.py``); which Chinese a page shows follows from the data.
The characters are cut into slices, those on most pages first and beside them those that stand on
the same pages, and the style sheet lists the characters of each slice, so that a page loads little
more than it shows and an English one nothing.

Cutting takes a second, so each slice is kept in a cache under a name made of all that it depends
on. Deleting the cache is always safe.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ..han import HAN
from ..home import HOME

FACE = HOME / "hooks/faces/noto-serif-sc.ttf"
FOLDER = "assets/fonts"
STYLES = "assets/css/chinese.css"
SLICE = 24
"""Characters of a slice: some five kilobytes."""

CHINESE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef]")


def chinese_face(texts: Iterable[str], cache: Path) -> dict[str, str | bytes]:
    """The face for the Chinese in ``texts``, a text a page: paths in the site to a style sheet and
    WOFF2 files.

    ``cache`` is a folder, made where it is missing; a cache that cannot be written is skipped.
    """
    pages: dict[str, list[int]] = defaultdict(list)
    for page, text in enumerate(texts):
        for char in set(CHINESE.findall(text)):
            pages[char].append(page)
    ordered = sorted(pages, key=lambda char: (-len(pages[char]), pages[char], char))
    slices = ["".join(sorted(ordered[n : n + SLICE])) for n in range(0, len(ordered), SLICE)]
    rules = [_rule(number, slice_) for number, slice_ in enumerate(slices, 1)]
    faces = _kept(slices, cache) if slices else []
    named = {f"{FOLDER}/{_name(number)}": face for number, face in enumerate(faces, 1)}
    return {STYLES: "\n".join(rules) + "\n", **named}


def _name(number: int) -> str:
    return f"chinese-{number}.woff2"


def _rule(number: int, characters: str) -> str:
    ranges = ", ".join(f"U+{ord(char):X}" for char in characters)
    return (
        f'@font-face {{ font-family: "Noto Serif SC"; src: url("../fonts/{_name(number)}")'
        f' format("woff2"); font-display: swap; unicode-range: {ranges}; }}'
    )


def _kept(slices: list[str], cache: Path) -> list[bytes]:
    """The slices, those that are not in the cache cut and put into it; what else is there goes."""
    from fontTools import version  # noqa: PLC0415

    source = hashlib.sha256(FACE.read_bytes()).hexdigest()
    names = [
        hashlib.sha256("\n".join((slice_, version, source)).encode()).hexdigest()[:20]
        for slice_ in slices
    ]
    folder = cache / "faces"
    known = {name: face for name in names if (face := _read(folder / name))}
    lacking = {
        name: slice_ for name, slice_ in zip(names, slices, strict=True) if name not in known
    }
    if lacking:
        few = cut("".join(lacking.values()), flavor=None)  # else each slice would read all of it
        known |= {name: cut(slice_, few) for name, slice_ in lacking.items()}
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            for name in lacking:
                (folder / name).write_bytes(_digest(known[name]) + known[name])
            for left in set(folder.iterdir()) - {folder / name for name in names}:
                left.unlink()
    return [known[name] for name in names]


def _read(path: Path) -> bytes | None:
    """A slice from the cache; ``None`` where it is not there, or not whole."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, face = kept[:32], kept[32:]
    return face if digest == _digest(face) else None


def _digest(face: bytes) -> bytes:
    return hashlib.sha256(face).digest()


def cut(characters: str, face: bytes | None = None, flavor: str | None = "woff2") -> bytes:
    """The Chinese face, or one that has been cut from it, with these characters alone, as WOFF2 or,
    without a flavor, as TrueType.
    """
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(face) if face else FACE, recalcTimestamp=False, lazy=True)
    subsetter = Subsetter(Options(hinting=False, layout_features=[]))
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = flavor
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
