"""Voices in the running text: which words are a judgment, a reported fact, a quotation.

The checks know it, each with its words and its type. ``mark`` wraps those words in the paragraph's
HTML, across links and emphasis, so that a reader can see the voices while reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from .model import Check

KINDS = {"fact": "fact", "figure": "fact", "prediction": "judgment", "judgment": "judgment", "quotation": "quotation"}

_PIECE = re.compile(r'(<sup class="note-mark">.*?</sup>|<[^>]*>)', re.DOTALL)
_QUOTES = "[‘’“”'\"]"


def mark(html: str, checks: Iterable[Check]) -> str:
    """The paragraph's HTML with the checked words in ``<span class="said said-judgment">`` and the like.

    Where two checks share words, the earlier one keeps them. Words that are not found (the checks
    of a broken paragraph) are left as they are; ``check.py`` names them.
    """
    pieces = _PIECE.split(html)
    plain = ""
    starts: list[int] = []  # where each piece begins in the plain text
    for number, piece in enumerate(pieces):
        starts.append(len(plain))
        if number % 2 == 0:
            plain += unescape(piece)
    owner: list[str] = [""] * len(plain)
    for check in checks:
        found = re.search(_pattern(check.quote), plain)
        if found and not any(owner[found.start() : found.end()]):
            owner[found.start() : found.end()] = [KINDS[check.type]] * (found.end() - found.start())
    return "".join(
        piece if number % 2 else _wrap(unescape(piece), owner[starts[number] : starts[number] + len(unescape(piece))])
        for number, piece in enumerate(pieces)
    )


def _pattern(words: str) -> str:
    """The words as a pattern: any quotation mark for any, and the comma before one may be missing."""
    pattern = ""
    for char in words.strip().rstrip(".,"):
        if re.match(_QUOTES, char):
            pattern += f"[.,]?{_QUOTES}"
        elif char.isspace():
            pattern += r"\s+"
        else:
            pattern += re.escape(char)
    return pattern


def _wrap(text: str, owner: list[str]) -> str:
    html = ""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and owner[end] == owner[at]:
            end += 1
        escaped = text[at:end].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        html += f'<span class="said said-{owner[at]}">{escaped}</span>' if owner[at] else escaped
        at = end
    return html
