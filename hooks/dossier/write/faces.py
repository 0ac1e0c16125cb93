"""The Chinese face: cut at each build to the characters that the edition shows.

The Latin faces are cut once (``hooks/fonts.py``); which Chinese a page shows follows from the data.
The characters are cut into slices, those on most pages first and beside them those that stand on
the same pages, and the style sheet lists the characters of each slice, so that a page loads little
more than it shows and an English one nothing.

Cutting takes half a second, nearly all of it compression, so the last cut is kept in a cache under
a name made of all that it depends on. Deleting the cache is always safe.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
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
    """The slices from the cache, or else cut and put into it."""
    from fontTools import version  # noqa: PLC0415

    made_of = "\n".join([*slices, version, hashlib.sha256(FACE.read_bytes()).hexdigest()])
    folder = cache / "faces" / hashlib.sha256(made_of.encode()).hexdigest()[:20]
    try:
        return [(folder / _name(number)).read_bytes() for number in range(1, len(slices) + 1)]
    except OSError:
        made = [cut(slice_) for slice_ in slices]
    try:
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        for number, face in enumerate(made, 1):
            (folder / _name(number)).write_bytes(face)
    except OSError:
        pass
    return made


def cut(characters: str, flavor: str | None = "woff2") -> bytes:
    """The Chinese face with these characters alone, as WOFF2 or, without a flavor, as TrueType."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(FACE, recalcTimestamp=False, lazy=True)
    subsetter = Subsetter(Options(hinting=False, layout_features=[]))
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = flavor
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
