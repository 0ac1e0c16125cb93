"""The pages that hold a whole list: indexes, timeline, figures, glossary, checks, bibliography,
coverage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from .. import dates
from ..graph import lists
from ..graph.lists import parts_of
from ..graph.parts import ListPart
from ..graph.refs import Graph
from ..graph.sides import balance
from ..graph.wording import standings
from ..kinds import PAGES, Kind
from ..kinds.vocabularies import (
    ACTOR_TYPES,
    ARGUMENT_TYPES,
    CHECK_TYPES,
    JUDGMENT,
    MAKERS,
    VERDICTS,
)
from ..model import Event, Policy, Reference, Source, Status
from .base import Page, Recipe
from .charts.headlines import of_coverage, of_events, of_money, of_verdicts
from .charts.money import money
from .charts.timeline import Panel, timeline

T = TypeVar("T")
Values = tuple[list[str], list[str] | None]
"""Of a facet the values of all items, and of those that are here where a list is cut."""
MANY = 30
"""Sources that a list is filtered by; of more a row would be as long as the list."""


def list_pages(graph: Graph) -> Iterator[Recipe]:
    indexes = {"actor": _actors, "policy": _policies, "argument": _arguments, "product": _products}
    for kind in PAGES:
        make = indexes.get(kind.id) or partial(_index, kind)
        yield from recipes(graph, f"index:{kind.id}", kind.list_name, make)
    for name, make in (
        ("timeline", _timeline),
        ("figures", _figures),
        ("glossary", _glossary),
        ("concordance", _concordance),
        ("word-for-word", _word_for_word),
        ("checks", _checks),
        ("bibliography", _bibliography),
        ("coverage", _coverage),
    ):
        yield from recipes(graph, make.__name__, name, make)
    yield _propose.__name__, partial(_propose, graph)


MakePart = Callable[[Graph, ListPart], Page]
"""Makes a page of a list: all of it, or a part."""


def recipes(graph: Graph, name: str, list_: str, make: MakePart) -> Iterator[Recipe]:
    """The pages of a list, part by part."""
    for part in parts_of(graph, list_):
        own = name if part.number == 1 else f"{name}-{part.number}"
        yield own, partial(_part, graph, list_, part.number, make)


def _part(graph: Graph, list_: str, number: int, make: MakePart) -> Page:
    part = parts_of(graph, list_)[number - 1]  # read here, where it is noted: see dependencies
    page = make(graph, part)
    if part.whole:
        return page
    title = page.title if number == 1 else f"{page.title}: {part.title}"
    return replace(page, path=part.page.replace(".html", ".md"), title=title, part=part)


def _index(kind: Kind, graph: Graph, part: ListPart) -> Page:
    """The index of a kind that has no template of its own: its entries by name."""
    return Page(
        f"{kind.folder}/index.md", kind.title, kind.description or f"{kind.title} that the "
        "edition speaks of.",
        "index.html", f"data/{kind.folder}",
        {"kind": kind, "entries": part.own(lists.by_name(graph, kind.id))},
    )  # fmt: skip


@dataclass(frozen=True)
class Facet:
    """A way to filter the items of a list: each choice with its words and its number of items."""

    name: str
    title: str
    choices: list[tuple[str, str, str]]


def facet(
    name: str,
    title: str,
    choices: Iterable[tuple[str, str]],
    of_items: Iterable[str],
    here: Iterable[str] | None = None,
) -> Facet:
    """A facet of those choices, value and words, that some item of the list has; where it is cut
    each says how many of them are ``here``.
    """
    found = Counter(of_items)
    own = None if here is None else Counter(here)
    numbers = {v: of(None if own is None else own[v], found[v]) for v in found}
    return Facet(name, title, [(v, words, numbers[v]) for v, words in choices if v in numbers])


def of(here: int | None, total: int) -> str:
    """How many of all are here, or how many there are.

    >>> of(3, 12), of(None, 12)
    ('3 of 12', '12')
    """
    return str(total) if here is None else f"{here} of {total}"


def values_of(items: Sequence[T], part: ListPart) -> Callable[[Callable[[T], str]], Values]:
    """What gives the values of a facet: of all items of a list, and of those on a part of it."""

    def values(value: Callable[[T], str]) -> Values:
        own = None if part.whole else [value(item) for item in part.own(items)]
        return [value(item) for item in items], own

    return values


def _of_sources(graph: Graph, values: Values) -> list[Facet]:
    """The sources that items are of, as a facet, where there are several; of very many a reader
    chooses one in the search.
    """
    if not 1 < len(graph.archive.works()) <= MANY:
        return []
    named = ((id_, record.model.short) for id_, record in graph.archive.sources.items())
    return [facet("of", "Source", named, *values)]


def _grouped(
    items: list[Any], key: Callable[[Any], str], titles: dict[str, str]
) -> list[tuple[str, list[Any]]]:
    groups = [
        (title, [item for item in items if key(item) == value]) for value, title in titles.items()
    ]
    return [(title, group) for title, group in groups if group]


def _actors(graph: Graph, part: ListPart) -> Page:
    actors = lists.actors(graph)
    values = values_of(actors, part)
    titles = ACTOR_TYPES.column("title")
    return Page(
        "actors/index.md", "Actors", f"Everyone who acts in the {graph.called}, by type, with the "
                                     "number of paragraphs that name them.",
        "index_actors.html", "data/actors",
        {"groups": _grouped(part.own(actors), lambda a: str(a.type), titles),
        "total": len(actors),
        "facets": [facet("type", "Type", titles.items(), *values(lambda a: str(a.type)))]},
    )  # fmt: skip


def _policies(graph: Graph, part: ListPart) -> Page:
    policies = part.own(lists.policies(graph))
    administrations = list(dict.fromkeys(p.administration for p in policies))
    groups = [
        (key, [(p, _latest(p)) for p in policies if p.administration == key])
        for key in administrations
    ]
    return Page(
        "policies/index.md", "Policies", "The measures, plans and approaches that the "
        f"{graph.called} speaks of, by administration.",
        "index_policies.html", "data/policies",
        {"groups": groups, "regimes": any(p.regime for p in policies)},
    )  # fmt: skip


def _latest(policy: Policy) -> Status:
    return max(policy.status, key=lambda s: dates.sort_key(s.date))


def _arguments(graph: Graph, part: ListPart) -> Page:
    arguments = lists.arguments(graph)
    of = {a.id: graph.work_of_argument(a) for a in arguments}
    values = values_of(arguments, part)
    titles = MAKERS.column("title")
    return Page(
        "arguments/index.md", "Arguments", f"Every argument that the {graph.called} makes, "
        "reports or answers, with what supports and what "
        "attacks it.",
        "index_arguments.html", "data/arguments",
        {"groups": _grouped(part.own(arguments), lambda a: str(a.maker), titles),
        "of": of, "balance": balance(graph), "total": len(arguments),
        "facets": [*_of_sources(graph, values(lambda a: of[a.id])),
                   facet("maker", "Made by", MAKERS.column("made_by").items(),
                          *values(lambda a: str(a.maker))),
                   facet("type", "Kind", ARGUMENT_TYPES.column("title").items(),
                          *values(lambda a: str(a.type)))]},
    )  # fmt: skip


def _products(graph: Graph, part: ListPart) -> Page:
    products = part.own(lists.products(graph))
    makers = list(dict.fromkeys(p.maker for p in products))
    return Page(
        "products/index.md", "Products", f"The products that the {graph.called} names, by maker.",
        "index_products.html", "data/products",
        {"groups": [(m, [p for p in products if p.maker == m]) for m in makers]},
    )  # fmt: skip


def _timeline(graph: Graph, part: ListPart) -> Page:
    events = lists.events(graph)
    own = part.own(events)
    panels = timeline(graph, part=part)
    years = sorted({dates.year(e.date) for e in own}, key=dates.sort_key)
    works = [r.model.date for r in graph.archive.references.values() if r.model.date]
    newest = max(works, key=dates.sort_key, default=None)
    of = {event.id: _telling(graph, event) for event in own}
    values = values_of(events, part)
    facets = [
        *_tellers(graph, events, part),
        facet("lane", "About", ((lane, lane) for lane in graph.archive.settings.lanes),
              *values(lambda e: e.lane)),
        facet("told", "Told by", (("author", f"the {graph.called}"), ("editors", "the record")),
              *values(lambda e: "editors" if e.voice == "editors" else "author")),
    ]  # fmt: skip
    return Page(
        "timeline.md", "Timeline", f"The dated events of the {graph.called} and of the record, "
                                   "from the first measures to the latest.",
        "timeline.html", "data/events.yml",
        {"newest": newest, "headline": of_events(graph), "panels": panels,
        "told": [_told(graph, panel) for panel in panels], "clocks": graph.archive.settings.clocks,
         "total": len(events),
        "order": {event.id: n for n, event in enumerate(events)},
         "of": of,
         "facets": [f for f in facets if len(f.choices) > 1],
         "years": [
             (dates.human_year(y), y, [e for e in own if dates.year(e.date) == y])
             for y in years
         ]},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _telling(graph: Graph, event: Event) -> list[str]:
    """The sources that tell of an event, each by its first translation."""
    cited = graph.cited_paragraphs(f"event:{event.id}")
    return list(dict.fromkeys(graph.archive.work(source) or source for source, _ in cited))


def _tellers(graph: Graph, events: list[Event], part: ListPart) -> list[Facet]:
    """The sources that tell of events, as a facet."""

    def told(events: list[Event]) -> list[str]:
        return list(chain.from_iterable(_telling(graph, event) for event in events))

    if len(graph.archive.works()) > MANY:
        return []
    return _of_sources(graph, (told(events), None if part.whole else told(part.own(events))))


def _told(graph: Graph, panel: Panel) -> list[tuple[str, int, list[Event]]]:
    """The paragraphs that tell of a panel's events, each with these."""
    found: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in panel.events:
        for place in graph.cited_paragraphs(f"event:{event.id}"):
            found[place].append(event)
    return [(*place, told) for place, told in sorted(found.items())]


def _figures(graph: Graph, part: ListPart) -> Page:
    figures = part.own(lists.figures(graph))
    units = graph.archive.settings.units
    sums = money(graph, part)
    groups = [
        (title, [f for f in figures if units[f.unit] == title])
        for title in dict.fromkeys(units.values())
    ]
    return Page(
        "figures.md", "Figures", f"Every number in the {graph.called}, who gives it, and the "
                                 "record's number beside it.",
        "figures.html", "data/figures.yml",
        {"money": sums, "headline": of_money(sums) if sums else None,
         "groups": [group for group in groups if group[1]]},
    )  # fmt: skip


def _glossary(graph: Graph, part: ListPart) -> Page:
    terms = part.own(lists.terms(graph))
    letters = sorted({lists.bare(t.name)[0].upper() for t in terms})
    translated = any(record.model.translators for record in graph.archive.sources.values())
    return Page(
        "glossary.md", "Glossary", f"The names, slogans and idioms of the {graph.called}"
        + (f": the {graph.tongue}, the English used, the literal sense." if translated else "."),
        "glossary.html", "data/terms.yml",
        {"translated": translated, "letters": [(letter,
        [t for t in terms if lists.bare(t.name)[0].upper() == letter]) for letter in letters]},
    )  # fmt: skip


def _concordance(graph: Graph, part: ListPart) -> Page:
    headwords = part.own(lists.headwords(graph))
    letters = sorted({h.title[0].upper() for h in headwords})
    rows = [
        (
            letter,
            [(h, list(standings(graph, h))) for h in headwords if h.title[0].upper() == letter],
        )
        for letter in letters
    ]
    return Page(
        "concordance.md", "Concordance", f"The recurring words of the {graph.called}: where "
        "each stands, and the English that stands for it there.",
        "concordance.html", "data/renderings.yml",
        {"letters": rows, "total": len(graph.archive.renderings)},
    )  # fmt: skip


def _word_for_word(graph: Graph, part: ListPart) -> Page:
    found = (record.model for record in graph.archive.sources.values() if record.model.literal)
    sources = [(source, lines) for source in found if (lines := _literal(graph, source, part))]
    return Page(
        "word-for-word.md", "Word for word",
            "Literal lines for every paragraph: how the original puts it, for readers without "
            "its language.",
        "word_for_word.html", "data/sources", {"sources": sources},
    )  # fmt: skip


def _literal(graph: Graph, source: Source, part: ListPart) -> dict[str, str]:
    """The literal lines of a source that stand on a part."""
    if part.whole:
        return source.literal
    return {
        id_: words
        for id_, words in source.literal.items()
        if f"{source.id}/{graph.part_of(source.id, int(id_[1:])).id}" in part
    }


_GRAVEST = ("contradicted", "imprecise", "not verifiable here", "bears out")
"""The verdicts, the gravest first; others of the vocabulary follow."""


def _checks(graph: Graph, part: ListPart) -> Page:
    checks = [r.model for r in graph.archive.checks.values()]
    places = lists.checks(graph)
    at = {check.id: (source, id_) for source, id_, own in places for check in own}
    values = values_of(checks, part)
    shown = [
        (graph.archive.sources[source].model, lists.part_of(graph, source, id_), part.own(own))
        for source, id_, own in places
    ]
    found: Counter[str] = Counter(check.verdict or JUDGMENT for check in checks)
    verdicts = (*VERDICTS, JUDGMENT)
    by_part = [
        facet("part", "Part", ((p.id, p.title) for _, p, _ in shown),
              *values(lambda c: at[c.id][1]))
    ] if graph.archive.only_source() else []  # fmt: skip
    return Page(
        "checks.md", "Checks", f"Each checkable claim of the {graph.called} held against the "
                               "public record.",
        "checks.html", "data/checks",
        {
            "parts": [place for place in shown if place[2]],
            "facets": [
                facet("verdict", "Verdict", ((v, v) for v in verdicts),
                       *values(lambda c: c.verdict or JUDGMENT)),
                facet("type", "Kind", ((t, t) for t in CHECK_TYPES), *values(lambda c: c.type)),
                *_of_sources(graph, values(lambda c: at[c.id][0] if c.id in at else "")),
                *by_part,
            ],
            "tally": [(v, found[v]) for v in verdicts if found[v]],
            "total": len(checks),
            "gravity": {
                verdict: n
                for n, verdict in enumerate(dict.fromkeys((*_GRAVEST, *VERDICTS, JUDGMENT)))
            },
            "headline": of_verdicts(graph),
            "checked": max((c.checked for c in checks), default=""),
        },
    )  # fmt: skip


def _bibliography(graph: Graph, part: ListPart) -> Page:
    works = lists.works(graph)
    own = part.own(works)
    letters = sorted({w.publisher[0].upper() for w in own})
    values = values_of(works, part)
    return Page(
        "bibliography.md", "Bibliography", f"The works outside the {graph.called} that the "
        "edition rests on, and how well the editors know them.",
        "bibliography.html", "data/references.yml",
        {"letters": [(x, [w for w in own if w.publisher[0].upper() == x]) for x in letters],
        "total": len(works),
        "read": sum(w.basis == "read" for w in works),
        "unfollowed": sum(bool(w.url and not w.link_checked) for w in works),
        "facets": [
            facet(
                "basis", "Basis", (("read", "read"), ("known", "known of, not read")),
                *values(lambda w: "read" if w.basis == "read" else "known"),
            ),
            facet("language", "Language", _languages(graph, works), *values(lambda w: w.language)),
        ]},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _languages(graph: Graph, works: list[Reference]) -> list[tuple[str, str]]:
    """The languages of works, the most frequent first, with their names."""
    codes = Counter(w.language for w in works if w.language != "other")
    named = [(code, graph.language(code)) for code, _ in codes.most_common()]
    return [*named, ("other", "another language")]


def _coverage(graph: Graph, part: ListPart) -> Page:
    rows = [
        (graph.archive.sources[id_].model, paragraph, graph.citing(id_, paragraph.number))
        for id_, of_source in lists.source_parts(graph, graph.archive.works())
        if f"{id_}/{of_source}" in part
        for number in lists.paragraphs_of(graph, id_, of_source)
        if not (paragraph := graph.archive.translations[id_][number]).joined
    ]
    by_id = {source.id: source for source, *_ in rows}
    several = not graph.archive.only_source()
    names = {id_: source.short for id_, source in by_id.items()} if several else {}
    return Page(
        "coverage.md", "Coverage", "Which paragraphs are cited by what, and which by nothing yet.",
        "coverage.html", "data",
        {"rows": rows,
        "strips": [(by_id[id_], [row for row in rows if row[0].id == id_]) for id_ in by_id],
        "headline": of_coverage([(s.id, p.number, len(k)) for s, p, k in rows], names),
        "open": [row for row in rows if not row[2]],
        "most": max([1, *(len(r[2]) for r in rows)])},
    )  # fmt: skip


def _propose(graph: Graph) -> Page:
    """The page that proposes a change; what is proposed stands in its address."""
    return Page(
        "propose.md", "Propose a change", "Correct, add, or delete something of this edition from"
        " its own pages, without an account.",
        "propose.html", "hooks/dossier/pages/templates/propose.html", hide=("navigation", "toc"),
    )  # fmt: skip
