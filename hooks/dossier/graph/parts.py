"""How a list that is too long for one page is cut into parts, each a page of its own.

The first part stands at the list's address (``glossary.html``), the others are numbered
(``glossary-2.html``): so an address that has been cited always exists, however the archive grows,
and leads whoever follows an old anchor on to the part that has it now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
SHOWN = 14
"""Parts that the row of parts names; of more it names those around its own."""


@dataclass(frozen=True)
class Item:
    """What a list may not be cut within: an entry mostly, or a part of a source."""

    id: str
    marks: tuple[str, ...]
    """Where in the list it stands, coarse to fine: its letter, its first letters."""
    weight: int
    """About how many bytes of HTML it comes to."""


@dataclass(frozen=True)
class ListPart:
    """A page of a list, with the ids of what stands on it; that of a ``whole`` list has all."""

    name: str
    """The list's address without ``.html``."""
    number: int = 1
    title: str = ""
    ids: tuple[str, ...] = ()
    whole: bool = False

    @property
    def page(self) -> str:
        return f"{self.name}{'' if self.number == 1 else f'-{self.number}'}.html"

    @property
    def size(self) -> int:
        return len(self.ids)

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.ids)

    def __contains__(self, id_: object) -> bool:
        return self.whole or id_ in self._held

    def own(self, entries: Iterable[T]) -> list[T]:
        """Of entries those that stand on it, in their order."""
        return [entry for entry in entries if getattr(entry, "id", None) in self]


WHOLE = ListPart("", whole=True)
"""Everything that a list has."""


def cut(items: Iterable[Item], limit: int) -> list[list[Item]]:
    """The items in runs of no more than the limit, as far as each alone is not more. A run ends
    where the coarsest mark changes, if it is half full there; the last is not left much shorter.

    >>> a, b, c, d = (Item(id_, (id_[0],), 4) for id_ in ("a1", "a2", "b1", "b2"))
    >>> [[item.id for item in run] for run in cut([a, b, c, d], 12)]
    [['a1', 'a2'], ['b1', 'b2']]
    """
    runs: list[list[Item]] = [[]]
    weight = 0
    for item in items:
        while (run := runs[-1]) and weight + item.weight > limit:
            kept = _at_a_mark(run, item, limit)
            runs[-1:] = [run[:kept], run[kept:]]
            weight = sum(item.weight for item in runs[-1])
        runs[-1].append(item)
        weight += item.weight
    if len(runs) > 1 and weight < limit / 2:
        last = [*runs[-2], *runs[-1]]
        middle = _middle(last, limit)
        runs[-2:] = [last[:middle], last[middle:]]
    return runs


def _middle(run: list[Item], limit: int) -> int:
    """After how many of two runs the second best begins, so that it is not much the shorter."""
    total, before, cost = sum(item.weight for item in run), 0, {}
    for n, (item, after) in enumerate(pairwise(run), 1):
        before += item.weight
        same = item.marks[0] == after.marks[0]
        cost[n] = abs(total - 2 * before) + same * limit / 4
    return min(cost, key=cost.__getitem__)


def _at_a_mark(run: list[Item], following: Item, limit: int) -> int:
    """After how many of a run it best ends."""
    weight, best = 0, len(run)
    for n, (item, after) in enumerate(zip(run, [*run[1:], following], strict=True), 1):
        weight += item.weight
        if item.marks[0] != after.marks[0] and weight >= limit / 2:
            best = n
    return best


def titles(runs: list[list[Item]]) -> Iterator[str]:
    """What each run is called: from where to where it goes, as coarsely as tells it from its
    neighbors.

    >>> a, b, c = (Item(id_, (id_[0], id_), 4) for id_ in ("ash", "bay", "bog"))
    >>> list(titles([[a, b], [c]])), list(titles([[a], [b, c]]))
    (['a to bay', 'bog'], ['a', 'b'])
    """
    seen: Counter[str] = Counter()
    for n, run in enumerate(runs):
        first = _told_from(run[0], runs[n - 1][-1] if n else None)
        last = _told_from(run[-1], runs[n + 1][0] if n + 1 < len(runs) else None)
        if run[0].marks[0] == run[-1].marks[0]:  # both as fine as either has to be
            first = last = max(first, last)
        begin, end = run[0].marks[first], run[-1].marks[last]
        title = begin if begin == end else f"{begin} to {end}"
        seen[title] += 1
        yield title if seen[title] == 1 else f"{title} ({seen[title]})"


def _told_from(item: Item, other: Item | None) -> int:
    """Which of its marks tells an item from another."""
    if other is None:
        return 0
    pairs = enumerate(zip(item.marks, other.marks, strict=True))
    return next((n for n, (mark, theirs) in pairs if mark != theirs), len(item.marks) - 1)


def around(parts: list[ListPart], number: int) -> list[ListPart | None]:
    """What the row of parts names: all, or the first, the last and those about its own, with
    ``None`` where some are left out.

    >>> parts = [ListPart("glossary", n) for n in range(1, 31)]
    >>> [part and part.number for part in around(parts, 12)]
    [1, None, 9, 10, 11, 12, 13, 14, 15, None, 30]
    """
    if len(parts) <= SHOWN:
        return [*parts]
    shown = [p for p in parts if p.number in (1, len(parts)) or abs(p.number - number) <= 3]
    row: list[ListPart | None] = []
    for part, before in zip(shown, [None, *shown], strict=False):
        if before and part.number > before.number + 1:
            row.append(None)
        row.append(part)
    return row
