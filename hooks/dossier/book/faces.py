"""The site's own faces as the book embeds them: TrueType, the Chinese cut to the book's characters.

Many e-readers cannot read WOFF2, so the site's files are unpacked.
"""

from __future__ import annotations

import io
from functools import cache

from ..home import HOME
from ..write.faces import CHINESE, cut

FOLDER = HOME / "hooks/faces"
LATIN = ("source-serif-4-roman", "source-serif-4-italic", "source-sans-3-roman")


def faces(text: str) -> dict[str, bytes]:
    """The faces for a text, by file name."""
    chinese = "".join(sorted(set(CHINESE.findall(text))))
    found = {f"{name}.ttf": latin(name) for name in LATIN}
    return found | ({"noto-serif-sc.ttf": cut(chinese, flavor=None)} if chinese else {})


@cache
def latin(name: str) -> bytes:
    """One of the Latin faces, all its weights."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(FOLDER / f"{name}.woff2", recalcTimestamp=False)
    font.flavor = None
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
