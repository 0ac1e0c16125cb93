"""Digests of source paragraphs: how a sentence of the original finds its paragraph without the
original being published.

Of the pairs of Chinese characters in a paragraph one in four is kept, by its hash, and of each no
more than a number below 1,024, in order of the numbers. That is some two and a half bits for a
character, fewer than Chinese carries; each number stands for thousands of pairs, and neither their
order nor the other three in four are there. So a text can be recognized by it but not rebuilt.
``docs/assets/js/search-engine.js`` does the same to a question; a test holds the two together.
"""

from __future__ import annotations

from itertools import pairwise

from ..han import HAN_RUN
from .fingerprint import reduce

KEPT = 4
"""One pair in so many is kept."""
NUMBERS = 1024
WIDTH = 3
"""Hexadecimal digits to a number."""


def numbers(text: str) -> list[str]:
    """The numbers of a text's pairs, in order of the text, three digits each.

    >>> numbers("灯税第一天开始征收")
    ['16a', '3af', '16c']
    """
    found = []
    for one, two in pairwise(reduce(text)):
        if HAN_RUN.fullmatch(one + two):
            value = _hash(one + two)
            if value % KEPT == 0:
                found.append(f"{(value >> 8) % NUMBERS:0{WIDTH}x}")
    return found


def digest(text: str) -> str:
    """The digest of a paragraph: its numbers, sorted, each once."""
    return "".join(sorted(set(numbers(text))))


def parts(found: str) -> tuple[str, ...]:
    """The numbers of a digest."""
    return tuple(found[n : n + WIDTH] for n in range(0, len(found), WIDTH))


def _hash(pair: str) -> int:
    """FNV-1a, 32 bits, over the code points."""
    value = 0x811C9DC5
    for char in pair:
        value = (value ^ ord(char)) * 0x01000193 & 0xFFFFFFFF
    return value
