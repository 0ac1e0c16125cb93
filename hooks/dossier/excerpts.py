"""Excerpts: the sentence of a paragraph in which something is said."""

from __future__ import annotations

import re
from html import escape

from .prose import Link, mark_chinese

# A full stop ends a sentence where a capital or an opening quotation mark follows, unless it
# belongs to an initial or one of the few abbreviations that the edition uses.
_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|vs|No))[.!?][”’\"')]*\s+(?=[“‘(A-Z0-9])")


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


def excerpt(text: str, links: tuple[Link, ...]) -> str:
    """The sentences of ``text`` that hold the links, as HTML, the linked words marked.

    Sentences left out between or around them show as an ellipsis.
    """
    spans = sentences(text)
    chosen = [i for i, (start, end) in enumerate(spans) if any(start <= link.at < end for link in links)]
    pieces: list[str] = []
    previous = -1
    for i in chosen:
        if i != previous + 1:
            pieces.append("…")
        start, end = spans[i]
        pieces.append(_marked(text, start, end, [link for link in links if start <= link.at < end]))
        previous = i
    if chosen and chosen[-1] != len(spans) - 1:
        pieces.append("…")
    return " ".join(pieces)


def _marked(text: str, start: int, end: int, links: list[Link]) -> str:
    html = ""
    at = start
    for link in links:
        stop = min(link.at + len(link.words), end)
        html += mark_chinese(text[at : link.at]) + f"<mark>{escape(text[link.at : stop])}</mark>"
        at = stop
    return html + mark_chinese(text[at:end])


def shorten(text: str, limit: int) -> str:
    """A plain text cut at a word, with an ellipsis, where it is longer than ``limit``."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:—–") + "…"
