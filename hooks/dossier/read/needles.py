"""Where in a file a text stands that was read from it: the file may have it over two lines, or with
the brackets of a link within.
"""

from __future__ import annotations

import re
from itertools import islice

_MARKUP = r"(?:\[|\*|_|\]\([^()\s]*\))*"


class Needle(str):
    """Words to look for; where they stand more than once, ``nth`` of them are passed over."""

    __slots__ = ("nth",)
    nth: int

    def __new__(cls, words: str, nth: int = 0) -> Needle:
        made = super().__new__(cls, words)
        made.nth = nth
        return made


def nth(needle: str) -> int:
    """How often words are to be passed over before they are meant."""
    return needle.nth if isinstance(needle, Needle) else 0


def find(text: str, needle: str, start: int = 0, end: int | None = None) -> int:
    """Where a needle stands in a text; -1 if it does not.

    >>> find("the tax and “[the tax](policy:tax)", Needle("“the tax"))
    12
    >>> find("say “the tax” or “the\\n  tax", Needle("“the tax", 1))
    17
    """
    end = len(text) if end is None else end
    passed = nth(needle)
    if passed == 0 and (at := text.find(needle, start, end)) >= 0:
        return at
    pattern = re.compile(_MARKUP.join(map(_written, re.findall(r"\s+|\w+|\W", needle))))
    found = [match.start() for match in islice(pattern.finditer(text, start, end), passed + 1)]
    return found[-1] if found else -1


def _written(piece: str) -> str:
    """How a file may have a piece of a text: blanks and apostrophes are read as one."""
    return r"\s+" if piece.isspace() else "['’]" if piece in "'’" else re.escape(piece)
