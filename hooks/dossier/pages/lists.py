"""The pages that hold a whole list: indexes, timeline, figures, glossary, checks, bibliography,
coverage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from .. import dates
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
from ..model import Argument, Check, Event, Policy, Reference, Status
from ..read.prose import parse_citation
from .base import Page, Recipe
from .charts.headlines import of_coverage, of_events, of_money, of_verdicts
from .charts.money import money
from .charts.timeline import Panel, timeline


def list_pages(graph: Graph) -> Iterator[Recipe]:
    indexes = {"actor": _actors, "policy": _policies, "argument": _arguments, "product": _products}
    for kind in PAGES:
        yield (
            f"index:{kind.id}",
            (
                partial(indexes[kind.id], graph)
                if kind.id in indexes
                else partial(_index, graph, kind)
            ),
        )
    for make in (
        _timeline,
        _figures,
        _glossary,
        _concordance,
        _word_for_word,
        _checks,
        _bibliography,
        _coverage,
        _propose,
    ):
        yield make.__name__, partial(make, graph)


def _index(graph: Graph, kind: Kind) -> Page:
    """The index of a kind that has no template of its own: its entries by name."""
    entries = sorted(
        (record.model for record in graph.archive.of(kind.id).values()),
        key=lambda e: e.name.lower(),
    )
    return Page(
        f"{kind.folder}/index.md", kind.title, kind.description or f"{kind.title} that the "
        "edition speaks of.",
        "index.html", f"data/{kind.folder}", {"kind": kind, "entries": entries},
    )  # fmt: skip


@dataclass(frozen=True)
class Facet:
    """A way to filter the items of a list: each choice with its words and its number of items."""

    name: str
    title: str
    choices: list[tuple[str, str, int]]


def facet(
    name: str, title: str, choices: Iterable[tuple[str, str]], of_items: Iterable[str]
) -> Facet:
    """A facet of those choices, value and words, that some item has."""
    found = Counter(of_items)
    return Facet(name, title, [(v, words, found[v]) for v, words in choices if found[v]])


def _of_sources(graph: Graph, of_items: Iterable[str]) -> list[Facet]:
    """The sources that items are of, as a facet, where there are several."""
    if graph.archive.only_source():
        return []
    named = ((id_, record.model.short) for id_, record in graph.archive.sources.items())
    return [facet("of", "Source", named, of_items)]


def _grouped(
    items: list[Any], key: Callable[[Any], str], titles: dict[str, str]
) -> list[tuple[str, list[Any]]]:
    groups = [
        (title, [item for item in items if key(item) == value]) for value, title in titles.items()
    ]
    return [(title, group) for title, group in groups if group]


def _actors(graph: Graph) -> Page:
    actors = sorted(
        (r.model for r in graph.archive.actors.values()),
        key=lambda a: (-len(graph.mentions[f"actor:{a.id}"]), a.name.lower()),
    )
    return Page(
        "actors/index.md", "Actors", f"Everyone who acts in the {graph.called}, by type, with the "
                                     "number of paragraphs that name them.",
        "index_actors.html", "data/actors",
        {"groups": _grouped(actors, lambda a: str(a.type), ACTOR_TYPES.column("title")),
        "total": len(actors),
        "facets": [facet("type", "Type", ACTOR_TYPES.column("title").items(),
                          [str(a.type) for a in actors])]},
    )  # fmt: skip


def _policies(graph: Graph) -> Page:
    policies = sorted((r.model for r in graph.archive.policies.values()), key=_policy_start)
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


def _policy_start(policy: Policy) -> tuple[str, str]:
    return min(dates.sort_key(s.date) for s in policy.status)


def _latest(policy: Policy) -> Status:
    return max(policy.status, key=lambda s: dates.sort_key(s.date))


def _arguments(graph: Graph) -> Page:
    def first(argument: Argument) -> tuple[int, str]:
        own_words = [
            n
            for quotation in argument.quotations
            for c in map(parse_citation, quotation.cites)
            if c
            for n in c.numbers
        ]
        cited = own_words or [n for _, n in graph.cited_paragraphs(f"argument:{argument.id}")]
        return (min(cited, default=10_000), argument.id)

    arguments = sorted((r.model for r in graph.archive.arguments.values()), key=first)
    return Page(
        "arguments/index.md", "Arguments", f"Every argument that the {graph.called} makes, "
        "reports or answers, with what supports and what "
        "attacks it.",
        "index_arguments.html", "data/arguments",
        {"groups": _grouped(arguments, lambda a: str(a.maker), MAKERS.column("title")),
        "of": (of := {a.id: graph.work_of_argument(a) for a in arguments}),
        "balance": balance(graph), "total": len(arguments),
        "facets": [*_of_sources(graph, of.values()),
                   facet("maker", "Made by", MAKERS.column("made_by").items(),
                          [str(a.maker) for a in arguments]),
                   facet("type", "Kind", ARGUMENT_TYPES.column("title").items(),
                          [str(a.type) for a in arguments])]},
    )  # fmt: skip


def _products(graph: Graph) -> Page:
    products = sorted(
        (r.model for r in graph.archive.products.values()),
        key=lambda p: (graph.entry(p.maker).name, p.name),
    )
    makers = list(dict.fromkeys(p.maker for p in products))
    return Page(
        "products/index.md", "Products", f"The products that the {graph.called} names, by maker.",
        "index_products.html", "data/products",
        {"groups": [(m, [p for p in products if p.maker == m]) for m in makers]},
    )  # fmt: skip


def _timeline(graph: Graph) -> Page:
    events = sorted((r.model for r in graph.archive.events.values()), key=_in_order)
    panels = timeline(graph)
    years = sorted({dates.year(e.date) for e in events}, key=dates.sort_key)
    works = [r.model.date for r in graph.archive.references.values() if r.model.date]
    newest = max(works, key=dates.sort_key, default=None)
    of = {event.id: _telling(graph, event) for event in events}
    facets = [
        *_of_sources(graph, chain.from_iterable(of.values())),
        facet("lane", "About", ((lane, lane) for lane in graph.archive.settings.lanes),
              [e.lane for e in events]),
        facet("told", "Told by", (("author", f"the {graph.called}"), ("editors", "the record")),
              ["editors" if e.voice == "editors" else "author" for e in events]),
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
             (dates.human_year(y), y, [e for e in events if dates.year(e.date) == y])
             for y in years
         ]},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _telling(graph: Graph, event: Event) -> list[str]:
    """The sources that tell of an event, each by its first translation."""
    cited = graph.cited_paragraphs(f"event:{event.id}")
    return list(dict.fromkeys(graph.archive.work(source) or source for source, _ in cited))


def _told(graph: Graph, panel: Panel) -> list[tuple[str, int, list[Event]]]:
    """The paragraphs that tell of a panel's events, each with these."""
    found: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in panel.events:
        for place in graph.cited_paragraphs(f"event:{event.id}"):
            found[place].append(event)
    return [(*place, told) for place, told in sorted(found.items())]


def _in_order(event: Event) -> tuple[tuple[str, str], str]:
    return dates.sort_key(event.local or event.date), event.id


def _figures(graph: Graph) -> Page:
    figures = [r.model for r in graph.archive.figures.values()]
    units = graph.archive.settings.units
    sums = money(graph)
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


def _glossary(graph: Graph) -> Page:
    terms = sorted(
        (r.model for r in graph.archive.terms.values()), key=lambda t: t.name.strip("“").lower()
    )
    letters = sorted({t.name.strip("“")[0].upper() for t in terms})
    translated = any(record.model.translators for record in graph.archive.sources.values())
    return Page(
        "glossary.md", "Glossary", f"The names, slogans and idioms of the {graph.called}"
        + (f": the {graph.tongue}, the English used, the literal sense." if translated else "."),
        "glossary.html", "data/terms.yml",
        {"translated": translated, "letters": [(letter,
        [t for t in terms if t.name.strip("“")[0].upper() == letter]) for letter in letters]},
    )  # fmt: skip


def _concordance(graph: Graph) -> Page:
    headwords = sorted(
        (r.model for r in graph.archive.renderings.values()), key=lambda h: h.title.lower()
    )
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
        "concordance.html", "data/renderings.yml", {"letters": rows, "total": len(headwords)},
    )  # fmt: skip


def _word_for_word(graph: Graph) -> Page:
    sources = [record.model for record in graph.archive.sources.values() if record.model.literal]
    return Page(
        "word-for-word.md", "Word for word",
            "Literal lines for every paragraph: how the original puts it, for readers without "
            "its language.",
        "word_for_word.html", "data/sources", {"sources": sources},
    )  # fmt: skip


_GRAVEST = ("contradicted", "imprecise", "not verifiable here", "bears out")
"""The verdicts, the gravest first; others of the vocabulary follow."""


def _checks(graph: Graph) -> Page:
    checks = [r.model for r in graph.archive.checks.values()]
    keyed = sorted(checks, key=lambda c: (graph.listed_paragraphs(c) or [("", 0)])[0])
    found: dict[tuple[str, str], list[Check]] = defaultdict(list)
    for check in keyed:
        if paragraphs := graph.listed_paragraphs(check):
            found[paragraphs[0][0], graph.part_of(*paragraphs[0]).id].append(check)
    parts = [
        (source.model, part, found[source.model.id, part.id])
        for source in graph.archive.sources.values()
        for part in source.model.parts
    ]
    return Page(
        "checks.md", "Checks", f"Each checkable claim of the {graph.called} held against the "
                               "public record.",
        "checks.html", "data/checks",
        {
            "parts": [p for p in parts if p[2]],
            "facets": [
                facet("verdict", "Verdict", ((v, v) for v in (*VERDICTS, JUDGMENT)),
                       [c.verdict or JUDGMENT for c in checks]),
                facet("type", "Kind", ((t, t) for t in CHECK_TYPES), [c.type for c in checks]),
                *_of_sources(graph, [s.id for s, _, of_part in parts for _ in of_part]),
                *([facet("part", "Part", ((part.id, part.title) for _, part, _ in parts),
                        [part.id for _, part, of_part in parts for _ in of_part])]
                  if graph.archive.only_source() else []),
            ],
            "total": len(checks),
            "gravity": {
                verdict: n
                for n, verdict in enumerate(dict.fromkeys((*_GRAVEST, *VERDICTS, JUDGMENT)))
            },
            "headline": of_verdicts(graph),
            "checked": max((c.checked for c in checks), default=""),
        },
    )  # fmt: skip


def _bibliography(graph: Graph) -> Page:
    works = sorted(
        (r.model for r in graph.archive.references.values()),
        key=lambda w: (w.publisher.lower(), w.date or "9999", w.title.lower()),
    )
    letters = sorted({w.publisher[0].upper() for w in works})
    return Page(
        "bibliography.md", "Bibliography", f"The works outside the {graph.called} that the "
        "edition rests on, and how well the editors know them.",
        "bibliography.html", "data/references.yml",
        {"letters": [(x, [w for w in works if w.publisher[0].upper() == x]) for x in letters],
        "total": len(works),
        "read": sum(w.basis == "read" for w in works),
        "unfollowed": sum(bool(w.url and not w.link_checked) for w in works),
        "facets": [
            facet(
                "basis", "Basis", (("read", "read"), ("known", "known of, not read")),
                ["read" if w.basis == "read" else "known" for w in works],
            ),
            facet("language", "Language", _languages(graph, works),
                   [w.language for w in works]),
        ]},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _languages(graph: Graph, works: list[Reference]) -> list[tuple[str, str]]:
    """The languages of works, the most frequent first, with their names."""
    codes = Counter(w.language for w in works if w.language != "other")
    named = [(code, graph.language(code)) for code, _ in codes.most_common()]
    return [*named, ("other", "another language")]


def _coverage(graph: Graph) -> Page:
    rows = []
    for id_ in graph.archive.works():
        source = graph.archive.sources[id_].model
        for paragraph in graph.archive.translations[id_].paragraphs:
            if not paragraph.joined:
                rows.append((source, paragraph, graph.citing(id_, paragraph.number)))
    return Page(
        "coverage.md", "Coverage", "Which paragraphs are cited by what, and which by nothing yet.",
        "coverage.html", "data",
        {"rows": rows, "headline": of_coverage([(s.id, p.number, len(k)) for s, p, k in rows]),
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
