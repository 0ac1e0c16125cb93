"""How much room words take: lines broken and boxes sized without a browser.

The widths are those of the face that the pictures are drawn in, taken from its own tables by ``make
fonts``. ``MARGIN`` is for readers who have turned the site's faces off: what their browser shows is
scaled to the same average width, though single words may be wider.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

MARGIN = 1.06
REGULAR, BOLD = "400", "700"


@cache
def _widths(weight: str) -> dict[str, int]:
    widths: dict[str, int] = json.loads(
        Path(__file__).with_name("widths.json").read_text(encoding="utf-8")
    )[weight]
    return widths


def width(text: str, size: float, weight: str = REGULAR) -> float:
    """The width of a line of text in pixels at a font size in pixels; Chinese takes a full
    square.
    """
    known = _widths(weight)
    units = sum(known.get(char, 1000 if ord(char) > 0x2E80 else 600) for char in text)
    return units * size * MARGIN / 1000


def wrap(text: str, room: float, size: float) -> list[str]:
    """The text in lines no wider than ``room``, broken between words; a word that is wider is cut
    short.
    """
    lines: list[str] = []
    for whole in text.split():
        word = _cut(whole, room, size)
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(word: str, room: float, size: float) -> str:
    if width(word, size) <= room:
        return word
    while word and width(word + "…", size) > room:
        word = word[:-1]
    return word + "…"
