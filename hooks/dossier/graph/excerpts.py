"""Excerpts: the sentence of a paragraph in which something is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..read.prose import mark_chinese

OPENING = 280
"""Letters of a paragraph that are shown if none of its words stand out."""

# A full stop ends a sentence where a capital or an opening quotation mark follows, unless it
# belongs to an initial or one of the few abbreviations that the edition uses.
_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|vs|No))[.!?][”’\"')]*\s+(?=[“‘(A-Z0-9])")
_QUOTES = "[‘’“”'\"]"
_ANY_QUOTE = str.maketrans(dict.fromkeys("‘’“”'\"", "'"))
_OMISSION = re.compile(r"\s*(?:\[…\]|…)\s*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of a plain text, in order.

    >>> [("He won. She left."[a:b]) for a, b in sentences("He won. She left.")]
    ['He won.', 'She left.']
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        end = match.start() + len(match[0].rstrip())
        spans.append((start, end))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


Span = tuple[int, int]
"""Start and end of words in a plain text."""


def find(plain: str, words: str) -> list[Span]:
    """Where quoted words stand in a plain text, piece by piece around omissions; empty if a piece
    is missing.

    >>> find("He said: “We won.”", "we […] won")
    []
    >>> find("He won, and she won.", "He […] she won.")
    [(0, 2), (12, 19)]
    """
    spans: list[Span] = []
    at = 0
    for piece in filter(None, _OMISSION.split(words)):
        span = _exactly(piece, plain, at) or _loosely(piece, plain, at)
        if not span:
            return []
        spans.append(span)
        at = span[1]
    return spans


def _exactly(words: str, plain: str, at: int) -> Span | None:
    """Where words stand, whatever the kind of quotation marks; a pattern for each would be slow."""
    bare = words.strip().rstrip(".,")
    start = plain.translate(_ANY_QUOTE).find(bare.translate(_ANY_QUOTE), at)
    return (start, start + len(bare)) if start >= 0 else None


def _loosely(words: str, plain: str, at: int) -> Span | None:
    match = _pattern(words).search(plain, at)
    return match.span() if match else None


@lru_cache(10_000)
def _pattern(words: str) -> re.Pattern[str]:
    """The words as a pattern: any quotation mark for any, and the comma before one may be
    missing.
    """
    pattern = ""
    for char in words.strip().rstrip(".,"):
        if re.match(_QUOTES, char):
            pattern += f"[.,]?{_QUOTES}"
        elif char.isspace():
            pattern += r"\s+"
        else:
            pattern += re.escape(char)
    return re.compile(pattern)


def excerpt(text: str, spans: Iterable[Span]) -> str:
    """The sentences of ``text`` that hold the spans, as HTML, with the words of the spans marked.

    Sentences left out between or around them show as an ellipsis; without spans it is the
    beginning.
    """
    marked = _apart(spans)
    if not marked:
        return mark_chinese(shorten(text, OPENING))
    bounds = sentences(text)
    chosen = [
        i for i, (start, end) in enumerate(bounds) if any(a < end and b > start for a, b in marked)
    ]
    pieces: list[str] = []
    previous = -1
    for i in chosen:
        if i != previous + 1:
            pieces.append("…")
        start, end = bounds[i]
        pieces.append(_marked(text, start, end, marked))
        previous = i
    if chosen and chosen[-1] != len(bounds) - 1:
        pieces.append("…")
    return " ".join(pieces)


def in_context(text: str, span: Span, letters: int = 48) -> str:
    """Words with some of what stands on either side of them, cut at words, as HTML; the words are
    marked.

    >>> in_context("He won and she lost.", (11, 14), 6)
    '… and <mark>she</mark> lost.'
    """
    start, end = span
    before, after = text[max(0, start - letters) : start], text[end : end + letters]
    if len(before) < start:
        before = "… " + before.partition(" ")[2]
    if len(after) < len(text) - end:
        after = after.rpartition(" ")[0] + " …"
    return (
        f"{mark_chinese(before)}<mark>{mark_chinese(text[start:end])}</mark>{mark_chinese(after)}"
    )


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marked(text: str, start: int, end: int, spans: list[Span]) -> str:
    html = ""
    at = start
    for span in spans:
        first, last = max(span[0], at), min(span[1], end)
        if first < last:
            html += mark_chinese(text[at:first]) + f"<mark>{mark_chinese(text[first:last])}</mark>"
            at = last
    return html + mark_chinese(text[at:end])


def shorten(text: str, limit: int) -> str:
    """A plain text cut at a word, with an ellipsis, where it is longer than ``limit``."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:—–") + "…"
