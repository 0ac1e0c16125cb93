"""Which data a page was made from: the mappings of the archive note what is read in them.

While the site is served, a page whose reads give the same as before is not made again. Nobody has
to know what a page depends on, and nothing can be forgotten: whatever a page shows, it has read
from here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields
from typing import Any, TypeVar

from ..read.load import Record
from .refs import Graph

T = TypeVar("T")
Read = tuple[str, Hashable]
"""The name of a mapping and a key in it, or ``WHOLE``."""
WHOLE = "*"


class Watched(dict[Any, Any]):
    """A mapping that adds to ``reads`` what is asked of it."""

    def __init__(self, name: str, mapping: dict[Any, Any], reads: set[Read]) -> None:
        super().__init__(mapping)
        self.name = name
        self.reads = reads
        self.default = getattr(mapping, "default_factory", None)

    def __missing__(self, key: Hashable) -> Any:
        if self.default is None:
            raise KeyError(key)
        return self.default()

    def __getitem__(self, key: Hashable) -> Any:
        self.reads.add((self.name, key))
        return super().__getitem__(key)

    def get(self, key: Hashable, default: Any = None) -> Any:
        self.reads.add((self.name, key))
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.reads.add((self.name, key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[Any]:
        self.reads.add((self.name, WHOLE))
        return super().__iter__()

    def __len__(self) -> int:
        self.reads.add((self.name, WHOLE))
        return super().__len__()

    def keys(self) -> Any:
        self.reads.add((self.name, WHOLE))
        return super().keys()

    def values(self) -> Any:
        self.reads.add((self.name, WHOLE))
        return super().values()

    def items(self) -> Any:
        self.reads.add((self.name, WHOLE))
        return super().items()


def watch(graph: Graph, reads: set[Read]) -> None:
    """Put mappings that note their reads in place of the graph's and its archive's."""
    for kind, records in graph.archive.records.items():
        graph.archive.records[kind] = Watched(kind, records, reads)
    for owner in (graph.archive, graph):
        for field in fields(owner):
            mapping = getattr(owner, field.name)
            if (
                isinstance(mapping, dict)
                and not field.name.startswith("_")
                and field.name != "records"
            ):
                setattr(owner, field.name, Watched(field.name, mapping, reads))


def changes(old: Graph, new: Graph) -> set[Read]:
    """Every read that gives something else in the new graph than in the old one; both are
    watched.
    """
    found: set[Read] = set()
    for before, after in zip(_mappings(old), _mappings(new), strict=True):
        one, other = dict.items(before), dict.items(after)
        differing = {key for key, value in one if not _same(value, dict.get(after, key))} | {
            key for key, _ in other
        } - {key for key, _ in one}
        if differing or [key for key, _ in one] != [key for key, _ in other]:
            found |= {(after.name, key) for key in differing} | {(after.name, WHOLE)}
    return found


def _mappings(graph: Graph) -> list[Watched]:
    values = [
        getattr(owner, field.name) for owner in (graph.archive, graph) for field in fields(owner)
    ]
    found = (*graph.archive.records.values(), *values)
    return [mapping for mapping in found if isinstance(mapping, Watched)]


def _same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if isinstance(one, Record) and isinstance(
        other, Record
    ):  # its place in its file is shown nowhere
        return bool(one.model == other.model and one.document.path == other.document.path)
    return bool(one == other)


class Keeper:
    """Makes things from a graph, and keeps each for as long as what it was made from is the
    same.
    """

    def __init__(self) -> None:
        self.reads: set[Read] = set()
        self._graph: Graph | None = None
        self._kept: dict[str, tuple[frozenset[Read], Any]] = {}

    def turn_to(self, graph: Graph) -> None:
        """Drop everything that the new graph would give differently."""
        watch(graph, self.reads)
        if self._graph is not None:
            changed = changes(self._graph, graph)
            self._kept = {
                name: kept for name, kept in self._kept.items() if changed.isdisjoint(kept[0])
            }
        self._graph = graph

    def __call__(self, name: str, make: Callable[[], T]) -> T:
        """What was kept under a name, or else what ``make`` gives; ``make`` may read only the
        graph.
        """
        if name not in self._kept:
            self.reads.clear()
            value = make()
            self._kept[name] = (frozenset(self.reads), value)
        kept: T = self._kept[name][1]
        return kept
