"""Where an edition has several sources: the shelf on which they stand, and the comparisons of what
they say of one thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .. import dates
from ..graph import lists
from ..graph.comparison import said_of
from ..graph.parts import ListPart
from ..graph.refs import Graph, comparison_address
from ..kinds import KINDS, PAGES
from ..languages import title, tongue
from ..model import Source
from .base import Page, Recipe
from .lists import facet, recipes, values_of

SHELF = KINDS["source"].index.replace(".html", ".md")
FOREMOST = 6
"""Entries of which a source speaks most, that the shelf names."""


def shelf_pages(graph: Graph) -> Iterator[Recipe]:
    """The shelf, and a comparison of everything that two sources or more speak of."""
    if len(graph.archive.works()) < 2:
        return
    yield from recipes(graph, "shelf", "sources/index", _shelf)
    found = lists.compared(graph)
    if len(found) > lists.MANY_COMPARED:
        yield from recipes(graph, "compared", "compare/index", _compared)
    for key in found:
        yield f"compare:{key}", partial(_comparison, graph, key)


# The shelf ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Volume:
    """A source as it stands on the shelf: by what it is chosen, and what there is in it."""

    source: Source
    others: list[Source]
    language: str
    time: str
    """The year, decade or century of its date, or empty where that is unknown."""
    foremost: list[str]
    """The entries of which it speaks most, by key."""
    checks: int


def _shelf(graph: Graph, part: ListPart) -> Page:
    sources = lists.volumes(graph)
    own = part.own(sources)
    time = _times(sources)
    values = values_of(sources, part)
    foremost = _foremost(graph)
    speak_of = lists.compared(graph) if part.number == 1 else {}
    many = len(speak_of) > lists.MANY_COMPARED
    checks = Counter(
        paragraphs[0][0]
        for record in graph.archive.checks.values()
        if (paragraphs := graph.listed_paragraphs(record.model))
    )
    volumes = [
        Volume(
            source,
            graph.beside(source.id),
            _language(source),
            time(source),
            foremost[source.id],
            checks[source.id],
        )
        for source in sorted(own, key=lambda source: graph.in_time(source.id))
    ]
    in_time = sorted(sources, key=lambda source: graph.in_time(source.id))
    genres = sorted({s.genre for s in own})
    facets = [
        facet("kind", "Kind", _same(s.genre for s in sources), *values(lambda s: s.genre)),
        facet("language", "Language", _same(map(_language, in_time)), *values(_language)),
        facet("date", "Date", _same(map(time, in_time)), *values(time)),
    ]
    return Page(
        SHELF, "Sources", f"The {len(sources)} sources of this edition, by kind, language and "
        "date, and what several of them speak of.",
        "shelf.html", "data/sources",
        {"groups": [(g, [v for v in volumes if v.source.genre == g]) for g in genres],
        "volumes": volumes, "facets": [f for f in facets if len(f.choices) > 1],
        "total": len(sources), "tongue": tongue,
        "here": {"kind": genres, "language": {v.language for v in volumes},
                 "date": {v.time for v in volumes}},
        "elsewhere": len(speak_of) if many else 0,
        "compared": [] if many else _by_kind(speak_of)},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _language(source: Source) -> str:
    return title(source.language).split(" (")[0]


def _same(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Choices that are called what they are, in the order in which they first come."""
    return ((value, value) for value in dict.fromkeys(values))


def _times(sources: list[Source]) -> Callable[[Source], str]:
    """How the dates of sources are told apart: by year, decade or century, as they are spread."""
    known = {s.id: int(dates.year(s.date)) for s in sources if s.date}
    spread = max(known.values(), default=0) - min(known.values(), default=0)

    def time(source: Source) -> str:
        if source.id not in known:
            return "unknown"
        year = known[source.id]
        if spread > 200 or year < 1000:
            century = (year - 1) // 100 + 1 if year > 0 else (-year) // 100 + 1
            ending = "th" if century % 100 in (11, 12, 13) else _ENDINGS.get(century % 10, "th")
            return f"{century}{ending} century{'' if year > 0 else ' BC'}"
        return f"{year // 10 * 10}s" if spread > 12 else str(year)

    return time


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _foremost(graph: Graph) -> dict[str, list[str]]:
    """By source the entries with a page of which it speaks most, the foremost first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for record in graph.archive.page_entries():
        key = f"{record.model.kind}:{record.model.id}"
        for stop in graph.stops(key):
            found[graph.archive.work(stop.source) or ""][key] += 1
    most = defaultdict[str, list[str]](list)
    for source, counts in found.items():
        ordered = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
        most[source] = [key for key, _ in ordered[:FOREMOST]]
    return most


def _by_kind(speak_of: dict[str, int]) -> list[tuple[str, list[tuple[str, int]]]]:
    """What several sources speak of, under the title of its kind."""
    return [
        (kind.title, [(k, n) for k, n in speak_of.items() if k.startswith(f"{kind.id}:")])
        for kind in PAGES
    ]


def _compared(graph: Graph, part: ListPart) -> Page:
    """The list of comparisons, where there are too many for the shelf."""
    found = {key: n for key, n in lists.compared_by_name(graph).items() if key in part}
    return Page(
        "compare/index.md", "Compared", "What several sources speak of, with what they say side by "
        "side.",
        "compared.html", "data/sources", {"groups": _by_kind(found)},
        hide=("navigation", "toc"), listed=KINDS["source"].index,
    )  # fmt: skip


# Comparisons ----------------------------------------------------------------------------------


@dataclass
class Column:
    """What one source has on an entry, row by row."""

    source: Source
    cells: dict[str, list[Any]] = field(default_factory=dict)


ROWS: dict[str, dict[str, str]] = {
    "passages": {"": "What it says"},
    "design": {"": "The design"},
    "status": {"": "What becomes of it"},
    "words": {"": "In its words"},
    "premises": {"": "What it rests on"},
    "stances": {"": "Who stands where", "actor": "Stances"},
    "arguments": {"": "Arguments about it", "argument": "For and against it", "actor": "Arguments"},
    "figures": {"": "Figures"},
    "stops": {"": "Where it speaks of it"},
}
"""The rows of a comparison, with their headings, where need be by kind of entry."""


def _comparison(graph: Graph, key: str) -> Page:
    entry: Any = graph.entry(key)
    columns: dict[str, Column] = {}
    named = (("stops", graph.archive.work(m.source) or "", m) for m in graph.passages(key))
    for row, source, item in (*said_of(graph, key), *named):
        column = columns.setdefault(source, Column(graph.archive.sources[source].model))
        column.cells.setdefault(row, []).append(item)
    ordered = sorted(columns.values(), key=lambda column: graph.in_time(column.source.id))
    rows = [
        (row, titles.get(entry.kind, titles[""]), [column.cells.get(row, []) for column in ordered])
        for row, titles in ROWS.items()
        if any(row in column.cells for column in ordered)
    ]
    return Page(
        comparison_address(key).replace(".html", ".md"), f"{entry.name}, source by source",
        f"What sources say of {entry.name}, side by side.",
        "compare.html", graph.record(key).document.path,
        {"subject": entry, "key": key, "columns": [column.source for column in ordered],
        "rows": rows},
        hide=("navigation", "toc"),
        listed=KINDS["source"].index,
    )  # fmt: skip
