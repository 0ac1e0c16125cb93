"""Quotations: whether quoted words stand in a passage, and what of it is most like them."""

from __future__ import annotations

import difflib
import re

_FOLD = str.maketrans(
    {"‘": "'", "’": "'", "“": "'", "”": "'", '"': "'", "\u00a0": " ", "–": "-", "—": "-"}
)


def fold(text: str) -> str:
    """Text as quotations are compared: quotation marks, dashes and spaces made equal.

    A comma or period that American usage puts before a closing mark is dropped: it belongs to
    whoever quotes.
    """
    return re.sub(r"[.,](?=')", "", " ".join(text.translate(_FOLD).split()))


def stands_in(words: str, passage: str) -> bool:
    """Whether quoted words stand word for word in a passage (both plain text).

    ``[…]`` or ``…`` marks an omission, a letter in brackets (``[t]he``) a changed capital, other
    words in brackets an insertion; a final comma or period may be the quoting sentence's own.
    """
    haystack = fold(passage)
    at = 0
    text = re.sub(r"\[([A-Za-z])\](?=[a-z])", lambda m: m[1], words)
    if text != words:
        text, haystack = text.lower(), haystack.lower()
    for piece in re.split(r"\s*(?:\[…\]|\[\.\.\.\]|…|\[[^\]]*\])\s*", text):
        needle = fold(piece).rstrip(".,").strip()
        if not needle:
            continue
        at = _end_of(needle, haystack, at)
        if at < 0:
            return False
    return at > 0


def _end_of(needle: str, haystack: str, at: int) -> int:
    """Where words found in a text from ``at`` on end, as whole words; -1 if they are not there."""
    while (at := haystack.find(needle, at)) >= 0:
        end = at + len(needle)
        if not (
            needle[0].isalnum()
            and (_is_word(haystack[at - 1 : at]) or _is_word(haystack[end : end + 1]))
        ):
            return end
        at += 1
    return -1


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def likest(words: str, passages: list[str]) -> str:
    """The words of the passages, as many as were quoted, that are most like them; empty if nothing
    is like them.
    """
    wanted = fold(words).split()
    best, ratio = "", 0.0
    for passage in passages:
        have = passage.split()
        for start in range(max(1, len(have) - len(wanted) + 1)):
            window = have[start : start + len(wanted)]
            folded = fold(" ".join(window))
            aligned = sum(a == b for a, b in zip(wanted, folded.split(), strict=False)) / max(
                1, len(wanted)
            )
            likeness = (
                aligned + difflib.SequenceMatcher(None, fold(words), folded, autojunk=False).ratio()
            )
            if likeness > ratio:
                best, ratio = " ".join(window), likeness
    return best if ratio >= 1 else ""
