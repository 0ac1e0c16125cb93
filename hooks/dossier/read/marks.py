"""Quotation marks: which pairs quote, and which do not make a pair that anybody can check.

This edition quotes with “…”, within it with ‘…’; straight marks are taken for these, because
keyboards have them. Every other mark, and every mark without its partner, is a slip of a word
processor or an input method, and the words in it would go unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .needles import Needle

_PROPER = {"“": "”", '"': '"'}
_FOREIGN = "„‟‚‛«»‹›「」『』﹁﹂﹃﹄｢｣《》〈〉〝〞〟＂″‴‶‷ʺ˝ˮ״❝❞❮❯⹂🙶🙷🙸"
_MARK = re.compile(rf"[“”\"{_FOREIGN}]|['’]'+|(?<!\S),,(?=\w)")
# Chinese words keep their own brackets.
_CHINESE = re.compile(r"[「『《〈][^A-Za-z「」『』《》〈〉]+[」』》〉]")
# An apostrophe opens nothing within a word, before a decade, or where it stands for a lost letter.
_SINGLE = re.compile(
    r"[‘❛]|(?<![\w.,!?)\]”’'])['’＇′‵ʹ´](?!\d+s\b|(?:tis|twas|em|til|cause|n)\b)(?=[\w\[])"
)
_SINGLE_END = re.compile(r"(?<=\S)['’＇′‵ʹ´❜](?!\w)")
_POSSESSIVE = re.compile(r"(?<=s)['’](?=\s[a-z])")
_WORDS_CHECKED = 3


@dataclass(frozen=True)
class Marked:
    """Words in quotation marks: where the marks stand in the text, and the words between them."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Slip:
    """A mark that quotes nothing checkable: where it stands, and what to say about it."""

    needle: str
    message: str


def read_marks(text: str) -> tuple[list[Marked], list[Slip]]:
    """The quotations of a plain text, and the slips in its marks.

    >>> read_marks("They call it a “tax” and „theft”.")[0]
    [Marked(start=15, end=20, words='tax')]
    >>> read_marks("They call it a “tax” and „theft”.")[1][0].message
    'quotes with „ and ”; write “…”'
    """
    found: list[Marked] = []
    slips: list[Slip] = []
    taken: list[tuple[int, int]] = []
    if text.isascii() and not any(mark in text for mark in ('"', "'", ",,")):
        return found, slips
    chinese = [match.span() for match in _CHINESE.finditer(text)]
    closings = _closings(text)
    at = 0
    while mark := _MARK.search(text, at):
        within = next((end for start, end in chinese if start <= mark.start() < end), None)
        if within:
            at = within
            continue
        end, slip = _pair(text, mark, closings)
        if slip:
            slips.append(slip)
        else:
            found.append(Marked(mark.start(), end, text[mark.end() : end - 1]))
        taken.append((mark.start(), end))
        at = end
    for single in _singles(text, taken):
        if isinstance(single, Slip):
            slips.append(single)
        else:
            found.append(single)
    return sorted(found, key=lambda marked: marked.start), slips


def _pair(text: str, mark: re.Match[str], closings: dict[int, int]) -> tuple[int, Slip | None]:
    """Where the quotation that a mark opens ends, and what is wrong with it."""
    opening = mark[0]
    if mark.start() in closings:
        return closings[mark.start()], None
    partner = _MARK.search(text, mark.end())
    while opening != "“" and partner and partner.start() in closings:
        partner = _MARK.search(text, closings[partner.start()])
    if (opening == "”" and not _opens(text, mark.start())) or (
        opening == '"' and _only_closes(text, mark.start())
    ):
        before = text[max(0, mark.start() - 20) : mark.end()].rsplit(maxsplit=1)[-1]
        return mark.end(), Slip(
            _nth(text, before, mark.end() - len(before)),
            f"closes a quotation with {opening} that nothing opens; write “ before its first word",
        )
    lost = opening == '"' and partner and partner[0] == '"' and _only_opens(text, partner.start())
    if partner and _PROPER.get(opening) == partner[0] and not lost:
        return partner.end(), None
    needle = _nth(text, opening + _word(text, mark.end()), mark.start())
    if partner and not lost and not (opening == "“" and partner[0] == "“"):
        return partner.end(), Slip(needle, f"quotes with {opening} and {partner[0]}; write “…”")
    if opening in _PROPER:
        return mark.end(), Slip(
            needle,
            f"opens a quotation with {opening} and does not close it; write ” after its last word",
        )
    return mark.end(), Slip(
        needle,
        f"has the mark {opening}, which quotes nothing here; write “ before the words and ” after"
        " them",
    )


def _nth(text: str, words: str, at: int) -> Needle:
    """The words that stand at a place of a text, to be found in its file."""
    return Needle(words, sum(1 for m in re.finditer(f"(?={re.escape(words)})", text[:at])))


def _closings(text: str) -> dict[int, int]:
    """Where the quotation that each closed “ opens ends, past those within it; by the place of the
    “."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer("[“”]", text):
        if match[0] == "“":
            opened.append(match.start())
        elif opened:
            found[opened.pop()] = match.end()
    return found


def _word(text: str, at: int) -> str:
    """The word that begins at a place, to look for it in the file."""
    return re.split(r"\W", text[at : at + 30], maxsplit=1)[0]


def _opens(text: str, at: int) -> bool:
    """Whether a mark stands where one opens: before a word and not after one."""
    return (at == 0 or text[at - 1] in " \t\n([—–") and text[at + 1 : at + 2].strip() != ""


def _only_opens(text: str, at: int) -> bool:
    """Whether a straight mark stands where none can close: behind a blank, before a word."""
    return _opens(text, at) and bool(re.match(r"[\w\[‘']", text[at + 1 : at + 2]))


def _only_closes(text: str, at: int) -> bool:
    """Whether a straight mark stands where none can open: behind a word, and not before one."""
    return bool(re.match(r"[\w.,!?)\]’…%]\"(?![\w\[(“‘'])", text[max(0, at - 1) : at + 2]))


def _singles(text: str, taken: list[tuple[int, int]]) -> Iterator[Marked | Slip]:
    """Single marks outside double ones, if they hold enough words to be a quotation."""
    at = 0
    while mark := _SINGLE.search(text, at):
        at = mark.end()
        if inside := next((end for start, end in taken if start <= mark.start() < end), None):
            at = inside
            continue
        limit = min((start for start, _ in taken if start > mark.start()), default=len(text))
        following = text.find("‘", mark.end(), limit)
        end = _single_end(text, mark.end(), following if following >= 0 else limit)
        needle = _nth(text, mark[0] + _word(text, mark.end()), mark.start())
        if not end:
            if mark[0] == "‘":
                yield Slip(needle, "opens a quotation with ‘ and does not close it; write “…”")
            continue
        words = text[mark.end() : end - 1]
        at = end
        if len(words.split()) < _WORDS_CHECKED:
            continue
        if mark[0] in "‘'" and text[end - 1] in "’'":
            yield Marked(mark.start(), end, words)
        else:
            yield Slip(needle, f"quotes with {mark[0]} and {text[end - 1]}; write “…”")


def _single_end(text: str, at: int, limit: int) -> int:
    """Where single marks close: at the first mark that cannot be a possessive, or else the last; 0
    if there is none.
    """
    last = 0
    for match in _SINGLE_END.finditer(text, at, limit):
        last = match.end()
        if not _POSSESSIVE.match(text, match.start()):
            break
    return last
