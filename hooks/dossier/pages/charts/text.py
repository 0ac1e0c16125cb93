"""How much room words take: lines broken and boxes sized without a browser.

The widths are Arial's, in thousandths of the font's size, with a margin for the wider faces of the
site's font list; a browser test holds that no label leaves its box.
"""

from __future__ import annotations

MARGIN = 1.1
_BY_WIDTH = {
    222: "ijl'‘’|",
    278: "It.,:;!/ f[]",
    333: "r-()“”",
    500: "cksvxyzJ",
    556: "abdeghnopqu0123456789$?L–",
    611: "FTZ+−×",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "W",
    1000: "—…%",
}
_WIDTHS = {char: width for width, chars in _BY_WIDTH.items() for char in chars}


def width(text: str, size: float) -> float:
    """The width of a line of text in pixels at a font size in pixels; Chinese takes a full square."""
    units = sum(_WIDTHS.get(char, 1000 if ord(char) > 0x2E80 else 600) for char in text)
    return units * size * MARGIN / 1000


def wrap(text: str, room: float, size: float) -> list[str]:
    """The text in lines no wider than ``room``, broken between words; a word that is wider is cut short."""
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
