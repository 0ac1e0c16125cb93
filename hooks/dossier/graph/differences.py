"""What differs between two wordings, word by word.

A word is a run of letters with the apostrophes, hyphens and decimal signs within it, a single
Chinese character, or any other character by itself, so that a changed quotation mark is a change of
the mark and not of the word beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from ..han import HAN
from ..read.prose import mark_chinese

BREAK = "¶"
"""What stands between paragraphs that are compared as one, so that a split or a join shows."""

_LETTERS = rf"(?:(?![{HAN}])\w)+"
_WORD = re.compile(rf"(?:[{HAN}]|{_LETTERS}(?:[’'.,\u2011-]{_LETTERS})*|\S)\s*")
_SHINGLE = 4
_MOVED = 0.5
"""What part of a paragraph's runs of words must stand in another to say that it went there."""


class Piece(NamedTuple):
    """Some words: in both wordings, in the older alone, or in the newer alone."""

    kind: Literal["same", "cut", "added"]
    text: str


@lru_cache(4096)
def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two wordings in order; what was cut stands before what was put in its place.

    The same and cut pieces make up the old wording, the same and added ones the new, blanks apart.

    >>> [tuple(piece) for piece in compare("He “eased” it.", "He ‘loosened’ it.")]
    [('same', 'He '), ('cut', '“eased” '), ('added', '‘loosened’ '), ('same', 'it.')]
    """
    before, after = words(old), words(new)
    start = 0
    while start < min(len(before), len(after)) and _same(before[start], after[start]):
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and _same(before[-1 - end], after[-1 - end]):
        end += 1
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    matcher = SequenceMatcher(
        None, [word.rstrip() for word in one], [word.rstrip() for word in other], autojunk=False
    )
    steps = [
        (tag == "equal", before[start + a : start + b], after[start + c : start + d])
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    ends = [(True, before[:start], after[:start])] if start else []
    ends += [*steps, (True, before[len(before) - end :], after[len(after) - end :])]
    return tuple(_pieces(_joined(_blocks(ends))))


def _blocks(steps: list[tuple[bool, list[str], list[str]]]) -> list[tuple[str, str, str]]:
    """The steps as texts: ``same`` with its words, or nothing with those cut and those added.

    A blank that one wording alone has after words of both belongs to what comes next in it.
    """
    found = []
    blanks = ("", "")
    for same, old, new in steps:
        cut, added = (blank + "".join(side) for blank, side in zip(blanks, (old, new), strict=True))
        blanks = ("", "")
        if same and cut[-1:].isspace() != added[-1:].isspace():
            blanks = cut[len(cut.rstrip()) :], added[len(added.rstrip()) :]
            added = added.rstrip()
        if same and added:
            found.append(("same", added, ""))
        elif not same:
            found.append(("", cut if old else "", added if new else ""))
    return found


def words(text: str) -> list[str]:
    """A text as the words that are compared, each with the blank that follows it.

    >>> words("a trip to 来华, “$1.5 billion”")
    ['a ', 'trip ', 'to ', '来', '华', ', ', '“', '$', '1.5 ', 'billion', '”']
    """
    return _WORD.findall(" ".join(text.split()))


def _same(one: str, other: str) -> bool:
    return one.rstrip() == other.rstrip()


def _joined(blocks: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Changes with nothing but a mark or one short word between them made one, since nobody reads
    in crumbs.
    """
    found: list[tuple[str, str, str]] = []
    for kind, one, other in blocks:
        if not kind and len(found) > 1 and _crumb(found[-1]) and not found[-2][0]:
            between = found.pop()[1]
            _, cut, added = found.pop()
            found.append(("", f"{cut}{between}{one}", f"{added}{between}{other}"))
        else:
            found.append((kind, one, other))
    return found


def _crumb(block: tuple[str, str, str]) -> bool:
    """Whether what is the same is a mark or a short word alone."""
    kind, text, _ = block
    return (
        bool(kind)
        and len(words(text)) == 1
        and len(text.strip()) <= 3
        and not re.search(f"[{HAN}{BREAK}]", text)
    )


def _pieces(blocks: list[tuple[str, str, str]]) -> Iterator[Piece]:
    for kind, text, added in blocks:
        if kind == "same":
            yield Piece("same", text)
            continue
        if text:
            yield Piece("cut", text)
        if added:
            yield Piece("added", added)


def as_html(pieces: tuple[Piece, ...]) -> str:
    """The pieces with what was cut and what was added marked; blanks stand outside the marks, and
    Chinese is marked as such.
    """
    tags = {"cut": "del", "added": "ins"}
    found = []
    for kind, text in pieces:
        shown = mark_chinese(text)
        if kind in tags:
            bare = shown.strip()
            before, _, after = shown.partition(bare)
            shown = f"{before}<{tags[kind]}>{bare}</{tags[kind]}>{after}"
        found.append(shown)
    return "".join(found)


def partners(
    old: Mapping[str, str], new: Mapping[str, str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which paragraphs of an older text stand for which of a newer one, by their ids.

    That is each for itself, but for one that was split (``("p3",): ("p3", "p9")``) and for some
    that were joined (``("p3", "p4"): ("p3",)``). What is new stands under ``()``, and what is gone
    without a trace for ``()``.
    """
    if old.keys() == new.keys():
        return {(id_,): (id_,) for id_ in old}
    gone = [id_ for id_ in old if id_ not in new]
    fresh = [id_ for id_ in new if id_ not in old]
    into = {id_: _holder(old[id_], {k: new[k] for k in new if k in old}) for id_ in gone}
    from_ = {id_: _holder(new[id_], {k: old[k] for k in old if k in new}) for id_ in fresh}
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for id_ in old:
        if id_ in new:
            befores = tuple(k for k in old if k == id_ or into.get(k) == id_)
            found[befores] = tuple(k for k in new if k == id_ or from_.get(k) == id_)
        elif into[id_] is None:
            found[(id_,)] = ()
    arrived = tuple(id_ for id_ in fresh if from_[id_] is None)
    return found | ({(): arrived} if arrived else {})


def _holder(text: str, others: Mapping[str, str]) -> str | None:
    """The paragraph in which most of a text stands, if any holds so much of it."""
    wanted = _shingles(text)
    shares = {id_: len(wanted & _shingles(other)) for id_, other in others.items()}
    best = max(shares, key=lambda id_: shares[id_], default=None)
    return best if best is not None and wanted and shares[best] >= _MOVED * len(wanted) else None


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = [word.strip().lower() for word in words(text)]
    return {tuple(found[n : n + _SHINGLE]) for n in range(max(1, len(found) - _SHINGLE + 1))}
