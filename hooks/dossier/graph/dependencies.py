"""Which data a page was made from: the mappings of the archive note what is read in them.

While the site is served, a page whose reads give the same as before is not made again. Nobody has
to know what a page depends on, and nothing can be forgotten: whatever a page shows, it has read
from here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields
from typing import Any, TypeVar

from pydantic import BaseModel

from ..read.load import Record
from ..read.translation import Translation
from ..store import Store
from .refs import Graph

T = TypeVar("T")
Read = tuple[str, Hashable]
"""The name of a mapping and a key in it, ``WHOLE`` or ``KEYS``."""
WHOLE = "*"
KEYS = "#"
"""In place of a key: which keys a mapping has, in their order, whatever their values."""


class Watched(dict[Any, Any]):
    """A mapping that adds to ``reads`` what is asked of it."""

    def __init__(self, name: str, mapping: dict[Any, Any], reads: set[Read]) -> None:
        super().__init__(mapping)
        self.name = name
        self.mapping = mapping
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
        self.reads.add((self.name, KEYS))
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        self.reads.add((self.name, KEYS))
        return super().__reversed__()

    def __len__(self) -> int:
        self.reads.add((self.name, KEYS))
        return super().__len__()

    def keys(self) -> Any:
        self.reads.add((self.name, KEYS))
        return super().keys()

    def values(self) -> Any:
        self.reads.add((self.name, WHOLE))
        return super().values()

    def items(self) -> Any:
        self.reads.add((self.name, WHOLE))
        return super().items()


def watch(graph: Graph, reads: set[Read]) -> None:
    """Put mappings that note their reads in place of the graph's and its archive's."""
    _replace(graph, lambda name, mapping: Watched(name, mapping, reads))


def unwatch(graph: Graph) -> None:
    """Put ordinary mappings in their place again, which are faster."""
    _replace(graph, lambda _, found: found.mapping if isinstance(found, Watched) else found)


def _replace(graph: Graph, other: Callable[[str, dict[Any, Any]], dict[Any, Any]]) -> None:
    for kind, records in graph.archive.records.items():
        graph.archive.records[kind] = other(kind, records)
    for owner in (graph.archive, graph):
        for field in fields(owner):
            mapping = getattr(owner, field.name)
            if (
                isinstance(mapping, dict)
                and not field.name.startswith("_")
                and field.name != "records"
            ):
                setattr(owner, field.name, other(field.name, mapping))


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
        reordered = [key for key, _ in one] != [key for key, _ in other]
        if differing or reordered:
            found |= {(after.name, key) for key in differing} | {(after.name, WHOLE)}
        if reordered:
            found.add((after.name, KEYS))
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


class Traces:
    """Makes things from a graph unless the last build has made them from the same: what each has
    read is noted in a store, with a digest of all that could be read.

    ``world`` says what else they depend on. What is made must be what JSON can say.
    """

    def __init__(self, graph: Graph, store: Store, world: str) -> None:
        self._graph, self._store = graph, store
        self._reads: set[Read] = set()
        watch(graph, self._reads)
        self._now = dict(_digests(graph))
        last = store.noted("traces") or {}
        same = last.get("world") == world
        before = last["digests"] if same else {}
        names = last["names"] if same else []
        changed = {
            number for number, name in enumerate(names) if before.get(name) != self._now.get(name)
        }
        self._last = {
            name: ({names[number] for number in reads}, value)
            for name, (reads, value) in (last["made"] if same else {}).items()
            if changed.isdisjoint(reads)
        }
        self._made: dict[str, tuple[set[str], Any]] = {}
        self._world = world

    def known(self, name: str, there: Callable[[Any], bool]) -> bool:
        """Whether what the last build made under a name is as it would be made now, and is
        ``there``.
        """
        last = self._last.get(name)
        if last is None or not there(last[1]):
            return False
        self._made[name] = last
        return True

    def reading(self, make: Callable[[], T]) -> tuple[T, set[str]]:
        """What ``make`` gives, and the names of what it has read, which must be in the graph."""
        self._reads.clear()
        value = make()
        return value, {_name(table, key) for table, key in self._reads}

    def add(self, name: str, value: Any, reads: set[str]) -> None:
        """Have something that was made under a name while this was read."""
        self._made[name] = reads, value

    def __getitem__(self, name: str) -> Any:
        """What was made under a name."""
        return self._made[name][1]

    @property
    def data(self) -> str:
        """A digest of the graph."""
        return _digest(self._world, sorted(self._now.items()))

    def keep(self, before: str) -> None:
        """Let what stands under names that begin with this stay as it is, without being asked
        for.
        """
        self._made |= {name: made for name, made in self._last.items() if name.startswith(before)}

    def finish(self) -> None:
        """Note all for the next build."""
        unwatch(self._graph)
        names = sorted(set().union(*(reads for reads, _ in self._made.values())))
        number = {name: n for n, name in enumerate(names)}
        self._store.note(
            "traces",
            {
                "world": self._world,
                "digests": self._now,
                "names": names,
                "made": {
                    name: [sorted(map(number.__getitem__, reads)), value]
                    for name, (reads, value) in self._made.items()
                },
            },
        )


def _name(table: str, key: Hashable) -> str:
    return f"{table} {key if key in (WHOLE, KEYS) else repr(key)}"


def _digests(graph: Graph) -> Iterator[tuple[str, str]]:
    """A digest of every value of the mappings, and of each whole, by the name of its read."""
    for table in _mappings(graph):
        found = [
            (_name(table.name, key), _digest(_said(value))) for key, value in dict.items(table)
        ]
        yield from found
        yield _name(table.name, WHOLE), _digest(found)
        yield _name(table.name, KEYS), _digest([name for name, _ in found])


def _said(value: Any) -> Any:
    """All that a value says, in what ``repr`` gives the same for in every process."""
    match value:
        case Record():  # where in its file it stands shows nowhere
            return value.document.path, value.model.model_dump_json()
        case Translation():
            return value.path, value.swhid
        case BaseModel():
            return value.model_dump_json()
    return value


def _digest(*values: Any) -> str:
    return hashlib.sha256(repr(values).encode("utf-8")).hexdigest()[:32]
