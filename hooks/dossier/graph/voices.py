"""Voices in the running text: which words are a judgment, a reported fact, a quotation.

The checks know, since each has its words and its type. ``mark`` wraps those words in the
paragraph's
HTML, across links and emphasis, so that a reader can see the voices while reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from ..kinds.vocabularies import CHECK_TYPES, VERDICTS
from ..model import Check
from .excerpts import find

# A note's mark is one piece with its number: it stands in the text but is not part of it.
_PIECE = re.compile(r'(<sup class="note-mark">.*?</sup>|<[^>]*>)', re.DOTALL)

Owner = Check | None


def mark(html: str, checks: Iterable[Check]) -> str:
    """The paragraph's HTML with checked words in spans: ``<span class="said said-judgment"
    data-check="id">``.

    Where checks share words, the one with the fewer words has them: a quotation within a fact shows
    as a quotation, with the fact around it. A span holds whole links and breaks at those that it
    shares with its surroundings. Words that are not found are left as they are; the rules report
    them.
    """
    if not (checks := list(checks)):
        return html
    pieces = _PIECE.split(html)
    texts = [unescape(piece) if number % 2 == 0 else "" for number, piece in enumerate(pieces)]
    plain = "".join(texts)
    owners = _owners(plain, checks)
    ends = _ends(pieces)
    out = ""
    current: Owner = None  # whose span is open
    kept: list[bool] = []  # for each open tag, whether it lies within a span
    at = 0

    def switch(owner: Owner) -> str:
        nonlocal current
        if owner is current:
            return ""
        closing, current = "</span>" if current else "", owner
        return closing + (
            f'<span class="{_classes(owner)}" data-check="{escape(owner.id)}">' if owner else ""
        )

    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            for text, owner in _runs(texts[number], owners[at : at + len(texts[number])]):
                out += switch(owner) + escape(text, quote=False)
            at += len(texts[number])
        elif piece.startswith("</"):
            out += ("" if kept.pop() else switch(None)) + piece
        else:
            # Up to where the element ends; a note's mark has no words and goes with what follows
            # it.
            words = (
                owners[at : at + sum(len(text) for text in texts[number : ends[number]])]
                or owners[max(at - 1, 0) : at + 1]
            )
            whole = all(owner is words[0] for owner in words)
            out += switch(words[0] if words and whole else None) + piece
            if ends[number] > number:
                kept.append(whole)
    return out + switch(None)


def _classes(check: Check) -> str:
    """What its words are shown as: a voice and, if that is to be seen at a glance, the verdict."""
    doubt = (
        f" doubt-{check.verdict}"
        if check.verdict and VERDICTS[check.verdict]["shown"] == "open"
        else ""
    )
    return f"said said-{CHECK_TYPES[check.type]['said_as']}{doubt}"


def _owners(plain: str, checks: Iterable[Check]) -> list[Owner]:
    """For every character of the text the check that has it."""
    found = [(start, end, check) for check in checks for start, end in find_words(plain, check)]
    owners: list[Owner] = [None] * len(plain)
    for start, end, check in sorted(
        found, key=lambda item: item[0] - item[1]
    ):  # the longest first, so that shorter ones stay
        owners[start:end] = [check] * (end - start)
    return owners


def find_words(plain: str, check: Check) -> list[tuple[int, int]]:
    """Where the words of a check stand; for a quotation, with the marks around it."""
    spans = find(plain, check.quote)
    return (
        [_with_quotation_marks(plain, *span) for span in spans]
        if CHECK_TYPES[check.type]["said_as"] == "quotation"
        else spans
    )


def _with_quotation_marks(plain: str, start: int, end: int) -> tuple[int, int]:
    """The span with the marks around it, where they stand on both sides."""
    after = re.compile(r"[.,!?]?[”’]").match(plain, end)
    return (
        (start - 1, after.end())
        if after and plain[start - 1 : start] in ("“", "‘")
        else (start, end)
    )


def _ends(pieces: list[str]) -> dict[int, int]:
    """For every opening tag (by its number among the pieces) the number of its closing tag."""
    ends: dict[int, int] = {}
    open_tags: list[int] = []
    for number in range(1, len(pieces), 2):
        if pieces[number].startswith("</"):
            ends[open_tags.pop()] = number
        elif pieces[number].startswith(("<sup ", "<br", "<img")):
            ends[number] = number
        else:
            open_tags.append(number)
    return ends


def _runs(text: str, owners: list[Owner]) -> Iterable[tuple[str, Owner]]:
    """The text cut where its owner changes."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or owners[end] is not owners[start]:
            yield text[start:end], owners[start]
            start = end
