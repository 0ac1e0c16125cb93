"""The list of changes: its releases, what is new and not yet released, and what it says of a
paragraph.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..han import HAN

FILE = "CHANGELOG.md"
_HEADING = re.compile(r"^## (?P<title>\S.*?)\s*$", re.MULTILINE)
_RELEASE = re.compile(r"(?P<version>\S+) — (?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})")
_SENTENCE = re.compile(rf"(?<=[.!?]) +(?=[A-Z“‘{HAN}])|(?<=[.!?][”’)]) +(?=[A-Z“‘])")
_CLAUSE = re.compile(r"; |(?<=\)), (?!and )")
_CODE = re.compile(r"`[^`]*`")
_LIST = re.compile(r" \(p\d+(?:[-–]p\d+)?(?:(?:,? and|,) p\d+(?:[-–]p\d+)?)*\)")


@dataclass(frozen=True)
class Release:
    """A release in the list of changes: its version, its day (``YYYY-MM-DD``), and what is new,
    item by item.
    """

    version: str
    date: str
    changes: tuple[str, ...]


def read_releases(text: str) -> tuple[Release, ...]:
    """The releases in a list of changes; anything in another form is skipped.

    >>> read_releases("## 1.0.0 — November 3, 2026\\n\\n- New.\\n- More\\n  news.\\n")
    (Release(version='1.0.0', date='2026-11-03', changes=('New.', 'More news.')),)
    """
    return tuple(
        Release(match["version"], day, items)
        for title, items in _sections(text)
        if (match := _RELEASE.fullmatch(title)) and (day := _day(match["date"]))
    )


def read_unreleased(text: str) -> tuple[str, ...]:
    """What the list has under ``## Unreleased``, item by item."""
    return next((items for title, items in _sections(text) if title == "Unreleased"), ())


def said_of(paragraph: str, changes: Iterable[str]) -> list[str]:
    """What items of the list say of a paragraph, each a sentence or, of an enumeration, its head
    and the clauses that name the paragraph. Code is passed over, and numbers in parentheses are
    left out.

    >>> said_of("p5", ["Nearer to the Chinese: “apart” (p5), “very quickly” (p10). More."])
    ['Nearer to the Chinese: “apart.”']
    >>> said_of("p5", ["Smoother (p4-p6). The rest is as it was, but for p7."])
    ['Smoother.']
    """
    found = []
    for item in changes:
        for sentence in _SENTENCE.split(item):
            if not _names(sentence, paragraph):
                continue
            head, colon, rest = sentence.partition(": ")
            if colon and not _names(head, paragraph):
                clauses = [c for c in _CLAUSE.split(rest) if _names(c, paragraph)]
                found.append(_closed(f"{head}: {'; '.join(clauses)}"))
            else:
                found.append(_closed(sentence))
    return found


def _closed(sentence: str) -> str:
    """A sentence with its period, which American usage puts before a closing mark."""
    sentence = _LIST.sub("", sentence)
    bare = sentence.removesuffix(".").removesuffix(".”").removesuffix("”")
    return f"{bare}.”" if "”" in sentence[len(bare) :] else f"{bare}."


def _names(text: str, paragraph: str) -> bool:
    number = int(paragraph[1:])
    return any(
        int(m[1]) <= number <= int(m[2] or m[1])
        for m in re.finditer(r"\bp(\d+)(?:[-–]p(\d+))?\b", _CODE.sub("", text))
    )


def _sections(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The sections of the list: title and items."""
    headings = list(_HEADING.finditer(text))
    ends = [match.start() for match in headings[1:]] + [len(text)] * bool(headings)
    return [
        (
            match["title"],
            tuple(
                " ".join(item.split())
                for item in re.split(r"^- ", text[match.end() : end], flags=re.MULTILINE)[1:]
            ),
        )
        for match, end in zip(headings, ends, strict=True)
    ]


def _day(words: str) -> str | None:
    try:
        return datetime.datetime.strptime(words, "%B %d, %Y").date().isoformat()
    except ValueError:
        return None
