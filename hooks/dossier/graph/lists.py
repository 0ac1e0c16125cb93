"""The pages that hold whole lists: what each holds, in which order, and on which of its parts.

All of it is decided here, once and before any page is made, so that every link, export and index
says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from .. import dates
from ..kinds import KINDS, PAGES
from ..kinds.vocabularies import ACTOR_TYPES, MAKERS, TIE_COLUMNS
from ..model import (
    Actor,
    Argument,
    Check,
    Event,
    Figure,
    Headword,
    Part,
    Policy,
    Product,
    Reference,
    Source,
    Stance,
    Term,
)
from ..read.prose import parse_citation
from .case import case
from .comparison import speaking
from .parts import Item, ListPart, cut, titles
from .refs import Graph, ParagraphKey

PASSAGES = 30
"""Passages of a thread that a list shows; from there the thread leads on through the text."""
KB = 1000


def place_lists(graph: Graph) -> None:
    """Cut the lists of a checked archive that are too long for a page, and note where what stands
    on them is found.
    """
    limit = graph.archive.settings.page_size * KB
    for name, items in ITEMS.items():
        runs = cut(items(graph), limit)
        if len(runs) > 1:
            graph.lists[name] = [
                ListPart(name, n, title, tuple(item.id for item in run))
                for n, (run, title) in enumerate(zip(runs, titles(runs), strict=True), 1)
            ]
    kinds = {kind.listing: kind.id for kind in KINDS.values()}
    for name, parts in graph.lists.items():
        for part in parts:
            graph.places.update((f"{kinds.get(name, name)}:{id_}", part.page) for id_ in part.ids)


def parts_of(graph: Graph, name: str) -> list[ListPart]:
    """The pages of a list: one, unless it is cut."""
    return graph.lists.get(name) or [ListPart(name, whole=True)]


# What each list holds, in the order in which it shows it ---------------------------------------

PASSAGE, LINK, CARD = 320, 110, 560
"""Bytes of HTML, about: of a passage with its place, of a link, of a card of an index."""


def models(graph: Graph, kind: str) -> list[Any]:
    return [record.model for record in graph.archive.of(kind).values()]


def by_name(graph: Graph, kind: str) -> list[Any]:
    return sorted(models(graph, kind), key=lambda entry: entry.name.lower())


def actors(graph: Graph) -> list[Actor]:
    """By type, those first whom most paragraphs name."""
    types = list(ACTOR_TYPES)
    return sorted(
        models(graph, "actor"),
        key=lambda a: (
            types.index(a.type), -len(graph.mentions[f"actor:{a.id}"]), a.name.lower()
        ),
    )  # fmt: skip


def policies(graph: Graph) -> list[Policy]:
    """By administration, in the order in which they began, and so did its first."""
    found = sorted(models(graph, "policy"), key=lambda policy: dates.sort_key(began(policy)))
    order = list(dict.fromkeys(policy.administration for policy in found))
    return sorted(found, key=lambda policy: order.index(policy.administration))


def began(policy: Policy) -> str:
    """The date of its first step."""
    return min((step.date for step in policy.status), key=dates.sort_key)


def arguments(graph: Graph) -> list[Argument]:
    """By who makes them, in the order of the text."""

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

    makers = list(MAKERS)
    found = sorted(models(graph, "argument"), key=first)
    return sorted(found, key=lambda argument: makers.index(argument.maker))


def products(graph: Graph) -> list[Product]:
    """By maker."""
    return sorted(
        models(graph, "product"), key=lambda p: (graph.entry(p.maker).name, p.maker, p.name)
    )


def events(graph: Graph) -> list[Event]:
    """By year, and within one in the order of the days there."""

    def when(event: Event) -> tuple[tuple[str, str], tuple[str, str], str]:
        year = dates.sort_key(dates.year(event.date))
        return year, dates.sort_key(event.local or event.date), event.id

    return sorted(models(graph, "event"), key=when)


def figures(graph: Graph) -> list[Figure]:
    """By what they are numbers of."""
    units = graph.archive.settings.units
    titles = list(dict.fromkeys(units.values()))
    return sorted(models(graph, "figure"), key=lambda figure: titles.index(units[figure.unit]))


def terms(graph: Graph) -> list[Term]:
    return sorted(models(graph, "term"), key=lambda term: bare(term.name).lower())


def bare(name: str) -> str:
    """A name as it is put in order."""
    return name.strip("“")


def headwords(graph: Graph) -> list[Headword]:
    return sorted(models(graph, "rendering"), key=lambda headword: headword.title.lower())


def works(graph: Graph) -> list[Reference]:
    """By publisher and date."""
    return sorted(
        models(graph, "reference"),
        key=lambda w: (w.publisher.lower(), w.date or "9999", w.title.lower()),
    )


def checks(graph: Graph) -> list[tuple[str, str, list[Check]]]:
    """Those of each part of each source: its id, the part's, and the checks as they stand there."""
    found: dict[tuple[str, str], list[tuple[ParagraphKey, Check]]] = defaultdict(list)
    for check in models(graph, "check"):
        if paragraphs := graph.listed_paragraphs(check):
            at = paragraphs[0]
            found[at[0], graph.part_of(*at).id].append((at, check))
    return [
        (source, part, [check for _, check in sorted(found[source, part], key=itemgetter(0))])
        for source, part in source_parts(graph, graph.archive.sources)
        if (source, part) in found
    ]


def stands_taken(graph: Graph) -> dict[str, dict[str, list[Stance]]]:
    """By policy on which somebody takes a stand, those that began first first, and by actor."""
    taken: dict[str, dict[str, list[Stance]]] = defaultdict(dict)
    for id_, record in graph.archive.actors.items():
        for stance in record.model.stances:
            kind, _, policy = stance.toward.partition(":")
            if kind == "policy":
                taken[policy].setdefault(id_, []).append(stance)
    known = graph.archive.policies
    order = {id_: (dates.sort_key(began(known[id_].model)), id_) for id_ in taken}
    return {id_: taken[id_] for id_ in sorted(taken, key=order.__getitem__)}


def tied(graph: Graph) -> list[Actor]:
    """The actors that have ties, by what they are."""
    columns = [ACTOR_TYPES.having("column", title) for title in TIE_COLUMNS]
    return [
        actor
        for types in columns
        for actor in models(graph, "actor")
        if actor.type in types and actor.relations
    ]


def volumes(graph: Graph) -> list[Source]:
    """The sources, each once however often it is translated, by kind and date."""
    found = [graph.archive.sources[id_].model for id_ in graph.archive.works()]
    return sorted(found, key=lambda source: (source.genre, graph.in_time(source.id)))


def paragraphs_of(graph: Graph, source: str, part: str) -> range:
    """The paragraphs of a part of a source."""
    found = part_of(graph, source, part)
    return range(int(found.first[1:]), int(found.last[1:]) + 1)


def part_of(graph: Graph, source: str, id_: str) -> Part:
    return next(p for p in graph.archive.sources[source].model.parts if p.id == id_)


MANY_COMPARED = 120
"""Things of which several sources speak, that the shelf names; of more there is a list."""


def compared(graph: Graph) -> dict[str, int]:
    """The entries with a page of which two sources or more say something: key to how many do."""
    keys = (f"{r.model.kind}:{r.model.id}" for r in graph.archive.page_entries())
    return {key: many for key in keys if (many := len(speaking(graph, key))) > 1}


def compared_by_name(graph: Graph) -> dict[str, int]:
    """The same, in each kind by name."""
    kinds = [kind.id for kind in PAGES]
    found = compared(graph)

    def place(key: str) -> tuple[int, str]:
        return kinds.index(key.partition(":")[0]), graph.entry(key).name.lower()

    return {key: found[key] for key in sorted(found, key=place)}


def source_parts(graph: Graph, sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    for id_ in sources:
        for part in graph.archive.sources[id_].model.parts:
            yield id_, part.id


# What each comes to ---------------------------------------------------------------------------


def _said(model: Any, around: int, passages: int = 0) -> int:
    """What an entry comes to where a list says all of it."""
    said = len(model.model_dump_json(exclude_defaults=True))
    return around + said + said // 2 + PASSAGE * passages


def _entries(
    kind: str,
    ordered: Callable[[Graph], list[Any]],
    marks: Callable[[Graph, Any], tuple[str, ...]],
    around: int,
) -> Callable[[Graph], Iterator[Item]]:
    """The items of a list that says all of each entry, with the passages of its thread."""

    def items(graph: Graph) -> Iterator[Item]:
        for entry in ordered(graph):
            passages = min(PASSAGES, len(graph.stops(f"{kind}:{entry.id}")))
            yield Item(entry.id, marks(graph, entry), _said(entry, around, passages))

    return items


def _cards(
    ordered: Callable[[Graph], list[Any]], marks: Callable[[Graph, Any], tuple[str, ...]]
) -> Callable[[Graph], Iterator[Item]]:
    """The items of an index, which says a sentence or two of each."""

    def items(graph: Graph) -> Iterator[Item]:
        for entry in ordered(graph):
            yield Item(entry.id, marks(graph, entry), CARD)

    return items


def _letters(name: str) -> tuple[str, ...]:
    """A name by its first letter, by its first letters, and whole."""
    return name[:1].upper(), name[:3], name


def _of_source(graph: Graph, source: str | None) -> str:
    return graph.archive.sources[source].model.short if source else ""


def _of_event(graph: Graph, event: Event) -> tuple[str, ...]:
    day = dates.span(event.date)[0]
    month = dates.brief(day.rpartition("-")[0])
    return dates.human_year(dates.year(event.date)), month, dates.brief(day)


def _of_figure(graph: Graph, figure: Figure) -> tuple[str, ...]:
    title = graph.archive.settings.units[figure.unit]
    source = _of_source(graph, graph.default_source(figure))
    return title, f"{title}, {source}" if source else title, figure.name


def _of_policy(graph: Graph, policy: Policy) -> tuple[str, ...]:
    of = graph.entry(policy.administration).name if policy.administration else "Others"
    return of, f"{of} {dates.human_year(dates.year(began(policy)))}"


def _of_argument(graph: Graph, argument: Argument) -> tuple[str, ...]:
    title = MAKERS[argument.maker]["title"]
    source = _of_source(graph, graph.work_of_argument(argument))
    return title, f"{title}, {source}" if source else title


def _concordance(graph: Graph) -> Iterator[Item]:
    for headword in headwords(graph):
        weight = _said(headword, 600, len(headword.paragraphs))
        yield Item(headword.id, _letters(headword.title), weight)


def _works(graph: Graph) -> Iterator[Item]:
    for work in works(graph):
        links = len(graph.reference_used_by.get(work.id, ()))
        yield Item(work.id, _letters(work.publisher), _said(work, 500) + LINK * links)


def _checks(graph: Graph) -> Iterator[Item]:
    for source, part, own in checks(graph):
        for check in own:
            yield Item(check.id, _of_place(graph, source, part), _said(check, 1500))


def _coverage(graph: Graph) -> Iterator[Item]:
    for source, part in source_parts(graph, graph.archive.works()):
        own = paragraphs_of(graph, source, part)
        links = sum(len(graph.citing(source, number)) for number in own)
        weight = 600 * len(own) + LINK * links
        yield Item(f"{source}/{part}", _of_place(graph, source, part), weight)


def _literal(graph: Graph) -> Iterator[Item]:
    for source, part in source_parts(graph, graph.archive.sources):
        literal = graph.archive.sources[source].model.literal
        own = [literal.get(f"p{n}", "") for n in paragraphs_of(graph, source, part)]
        if any(own):
            weight = sum(160 + len(words) for words in own)
            yield Item(f"{source}/{part}", _of_place(graph, source, part), weight)


def _of_place(graph: Graph, source: str, part: str) -> tuple[str, ...]:
    model = graph.archive.sources[source].model
    heading = part_of(graph, source, part).heading
    return (heading,) if graph.archive.only_source() else (model.short, f"{model.short}, {heading}")


def _stances(graph: Graph) -> Iterator[Item]:
    for id_, taken in stands_taken(graph).items():
        policy = graph.archive.policies[id_].model
        year = dates.human_year(dates.year(began(policy)))
        said = sum(_said(s, 550) for stances in taken.values() for s in stances)
        yield Item(id_, (year, f"{policy.name}, {year}"), 500 + said + 100 * len(taken))


def _ties(graph: Graph) -> Iterator[Item]:
    for actor in tied(graph):
        said = sum(_said(relation, 700) for relation in actor.relations)
        title = ACTOR_TYPES[actor.type]["column"]
        yield Item(actor.id, (title, f"{title} {actor.id[:1].upper()}", actor.name), said)


def _theses(graph: Graph) -> Iterator[Item]:
    for thesis in case(graph):
        id_ = thesis.argument.id
        source = graph.work_of_argument(thesis.argument)
        marks = (_of_source(graph, source) or "Others", thesis.argument.name)
        yield Item(id_, marks, 1400 * thesis.size)


def _shelf(graph: Graph) -> Iterator[Item]:
    for source in volumes(graph):
        genre = source.genre.capitalize()
        year = dates.human_year(dates.year(source.date)) if source.date else "undated"
        marks = (genre, f"{genre} {year}", source.short)
        yield Item(source.id, marks, 1500 + 2 * len(source.description))


def _compared(graph: Graph) -> Iterator[Item]:
    found = compared_by_name(graph)
    for key in found if len(found) > MANY_COMPARED else ():
        title = KINDS[key.partition(":")[0]].title
        name = graph.entry(key).name
        yield Item(key, (title, f"{title} {name[:1].upper()}", name), LINK)


def _index(kind: str) -> Callable[[Graph], Iterator[Item]]:
    return _cards(lambda graph: by_name(graph, kind), lambda _, entry: _letters(entry.name))


ITEMS: dict[str, Callable[[Graph], Iterable[Item]]] = {
    **{kind.list_name: _index(kind.id) for kind in PAGES},
    "actors/index": _cards(actors, lambda _, a: (ACTOR_TYPES[a.type]["title"],)),
    "policies/index": _cards(policies, _of_policy),
    "arguments/index": _cards(arguments, _of_argument),
    "products/index": _cards(products, lambda graph, p: (graph.entry(p.maker).name, p.name)),
    "sources/index": _shelf,
    "compare/index": _compared,
    "timeline": _entries("event", events, _of_event, 1700),
    "figures": _entries("figure", figures, _of_figure, 1700),
    "glossary": _entries("term", terms, lambda _, term: _letters(bare(term.name)), 1000),
    "concordance": _concordance,
    "word-for-word": _literal,
    "checks": _checks,
    "bibliography": _works,
    "coverage": _coverage,
    "argument-map": _theses,
    "stances": _stances,
    "ties": _ties,
}
"""By list the items that it holds, in order."""
