"""Structured data for search engines: what every page is about, in schema.org's terms, as JSON-LD.

Addresses lead from the page that carries the data, or are absolute where the edition's own address
is known. Nothing is said that the page does not say: a term of the text is a ``DefinedTerm``, an
argument a ``Claim``, a check with a verdict a ``ClaimReview``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from ..graph.lists import parts_of
from ..graph.refs import Graph, gloss_address, paragraph_address, relative
from ..kinds import KINDS, LISTS, PAGES
from ..kinds.vocabularies import ACTOR_TYPES
from ..model import (
    Actor,
    Argument,
    Check,
    Event,
    Figure,
    PageEntry,
    Policy,
    Product,
    Reference,
    Source,
    Term,
)
from ..pages import Rendered
from ..read.edition import Edition
from ..read.words import SHOWN
from .base import plain
from .editions import text_path

Node = dict[str, Any]
REVISION_OF = "http://www.w3.org/ns/prov#wasRevisionOf"
EDITORS = {"@type": "Organization", "name": "The editors of this edition"}


def structured_data(graph: Graph, edition: Edition, pages: Iterable[Rendered]) -> dict[str, str]:
    """The JSON-LD of every page, by the page's address, fit for a ``script`` element."""
    found = dict(_pages(graph, edition))
    titles = {
        path.removesuffix(".md") + ".html": title
        for path, title in chain(
            ((page.path, page.title) for page in graph.archive.pages),
            ((page.path, page.title) for page in pages),
        )
    }
    before = {  # of a part of a list, the list
        part.page: f"{part.name}.html" for parts in graph.lists.values() for part in parts[1:]
    }
    for page, title in titles.items():
        at = _Place(graph, page, edition)
        steps = [(titles[before[page]], before[page])] if page in before else []
        found.setdefault(
            page, [_home(at) if page == "index.html" else at.trail(*steps, (title, page))]
        )
    return {
        page: _script({"@context": "https://schema.org", "@graph": nodes})
        for page, nodes in found.items()
    }


def _script(data: Node) -> str:
    """JSON in which nothing can end the element that holds it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _pages(graph: Graph, edition: Edition) -> Iterator[tuple[str, list[Node]]]:
    archive = graph.archive
    for source in (record.model for record in archive.sources.values()):
        at = _Place(graph, graph.address("source", source.id), edition)
        yield at.page, [_source(graph, source, at), at.trail((source.short, at.page))]
    for entry in (record.model for record in archive.page_entries()):
        at = _Place(graph, graph.address(entry.kind, entry.id), edition)
        kind = KINDS[entry.kind]
        yield (
            at.page,
            [_entry(graph, entry, at), at.trail((kind.title, kind.index), (entry.name, at.page))],
        )
    for term in (record.model for record in archive.terms.values()):
        if term.gloss:
            at = _Place(graph, gloss_address(term.id), edition)
            yield (
                at.page,
                [at.trail((KINDS["term"].index_title, KINDS["term"].index), (term.name, at.page))],
            )
    for kind in PAGES:
        at = _Place(graph, kind.index, edition)
        yield at.page, [at.trail((kind.title, at.page))]
    for kind in LISTS:
        for part in parts_of(graph, kind.list_name):
            at = _Place(graph, part.page, edition)
            make = _NODES.get(kind.id, _any)
            listed = part.own(record.model for record in archive.of(kind.id).values())
            nodes = filter(None, (make(graph, model, at) for model in listed))
            beyond = [(part.title, at.page)] if part.number > 1 else []
            yield at.page, [*nodes, at.trail((kind.index_title, kind.index), *beyond)]


def _home(at: _Place) -> Node:
    edition = at.edition
    return (
        at.thing("WebSite", at.page, edition.title)
        | {"description": edition.abstract}
        | at.license()
    )


class _Place:
    """A page, and how it writes addresses."""

    def __init__(self, graph: Graph, page: str, edition: Edition) -> None:
        self.graph = graph
        self.page = page
        self.edition = edition

    def url(self, to: str) -> str:
        return (
            self.edition.url + to
            if self.edition.url
            else relative(self.page, to)
            if to != self.page
            else to.rpartition("/")[2]
        )

    def key(self, key: str) -> str:
        return self.url(self.graph.address(*key.split(":", 1)))

    def thing(self, type_: str, to: str, name: str, text: str = "") -> Node:
        node = {"@type": type_, "@id": self.url(to), "url": self.url(to), "name": name}
        return node | ({"description": plain(text)} if text else {})

    def license(self) -> Node:
        return {"license": self.edition.license_url} if self.edition.license_url else {}

    def trail(self, *steps: tuple[str, str]) -> Node:
        """The way from the home page to this one."""
        items = [
            {"@type": "ListItem", "position": n, "name": name, "item": self.url(to)}
            for n, (name, to) in enumerate((("Home", "index.html"), *steps), 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}


def _date(text: str) -> str | None:
    """A date as ISO 8601 has it, or ``None`` for one that is approximate, uncertain or open, which
    it cannot express.
    """
    return None if re.search(r"[~?]|\.\.", text) else text


def _source(graph: Graph, source: Source, at: _Place) -> Node:
    """The translation as an article, the work that it translates, and what it is a revision of."""
    archive = graph.archive
    released = [v for v, s in archive.editions.items() if source.id in s.sources]
    earlier = released[:-1] if released and graph.is_released(source.id) else released
    edition: Node = {
        "version": graph.version(source.id) or None,
        REVISION_OF: {"@id": at.url(text_path(source.id, earlier[-1]))} if earlier else None,
        "hasPart": _revised(graph, source.id, at) or None,
    }
    people = [{"@type": "Person", "name": name} for name in source.authors]
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    original: Node = {
        "@type": "Article",
        "inLanguage": source.language,
        "datePublished": _date(source.date) if source.date else None,
        "publisher": publisher,
        "author": people[0] if len(people) == 1 else people or None,
        "url": source.url,
        # The title is the editors' where the source's own is not known.
        "name": None if source.title_by_editors else source.title,
    }
    node = at.thing("Article", at.page, source.title, source.description)
    if not source.translators:
        own = {name: value for name, value in original.items() if name not in ("@type", "url")}
        return _filled(node | own | edition | {"headline": source.title} | at.license())
    node |= {
        "headline": source.title,
        "inLanguage": "en",
        "datePublished": _date(source.translated or ""),
        "translator": [{"@type": "Organization", "name": name} for name in source.translators],
        "publisher": EDITORS,
        "translationOfWork": _filled(original),
    }
    return _filled(node | edition | at.license())


def _revised(graph: Graph, source: str, at: _Place) -> list[Node]:
    """The paragraphs of which the words have changed, each a revision of what it was before."""
    standing = {p.id for p in graph.archive.translations[source].paragraphs if not p.joined}
    return [
        {
            "@type": "CreativeWork",
            "@id": at.url(paragraph_address(source, id_)) + f"@{now.release or now.digest[:SHOWN]}",
            REVISION_OF: {"@id": at.url(f"{text_path(source, before.release)}#{id_}")},
        }
        for id_, own in graph.wordings.get(source, {}).items()
        if len(own) > 1 and id_ in standing
        for before, now in [own[-2:]]
    ]


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None}


def _entry(graph: Graph, entry: PageEntry, at: _Place) -> Node:
    match entry:
        case Actor():
            node = at.thing(_actor_type(entry), at.page, entry.name, entry.summary)
            if entry.identifiers.wikidata:
                node["sameAs"] = f"https://www.wikidata.org/wiki/{entry.identifiers.wikidata}"
            if entry.type == "person" and entry.roles:
                node["jobTitle"] = [role.title for role in entry.roles]
        case Policy():
            type_ = graph.archive.settings.instruments[entry.instrument]
            node = at.thing(type_, at.page, entry.name, entry.summary)
            node["disambiguatingDescription"] = entry.instrument
            if type_ == "Legislation":
                node["legislationPassedBy"] = _actor(graph, entry.issuer, at)
        case Argument():
            node = at.thing("Claim", at.page, entry.name, entry.summary)
            node["text"] = plain(entry.claim)
            if entry.speaker:
                node["author"] = _actor(graph, entry.speaker, at)
            elif entry.maker == "editors":
                node["author"] = EDITORS
            source = graph.default_source(entry)
            if source and entry.maker != "editors":
                node["appearance"] = {
                    "@type": "Article",
                    "@id": at.url(graph.address("source", source)),
                }
        case Product():
            node = at.thing("Product", at.page, entry.name, entry.summary)
            node["manufacturer"] = _actor(graph, entry.maker, at)
        case _:
            node = at.thing(KINDS[entry.kind].schema_org, at.page, entry.name, entry.summary)
    names = [name for name in (entry.zh, *entry.aliases) if name]
    return _filled(node | ({"alternateName": names} if names else {}))


def _actor(graph: Graph, key: str, at: _Place) -> Node:
    """An actor named on the page of something else."""
    actor: Actor = graph.record(key).model
    return {"@type": _actor_type(actor), "@id": at.key(key), "name": actor.name}


def _actor_type(actor: Actor) -> str:
    return ACTOR_TYPES[actor.type]["schema_org"]


def _event(graph: Graph, event: Event, at: _Place) -> Node:
    node = at.thing("Event", graph.address("event", event.id), event.name, event.summary)
    start, _, end = event.date.partition("/")
    node |= {"startDate": _date(start), "endDate": _date(end) if end else None}
    node["about"] = [
        {"@id": at.key(key)} for key in (*event.actors, *event.policies, *event.products)
    ] or None
    return _filled(node)


def _figure(graph: Graph, figure: Figure, at: _Place) -> Node:
    """A number; a range has two ends."""
    node = at.thing(
        "QuantitativeValue", graph.address("figure", figure.id), figure.name, figure.counts
    )
    ends = (
        {"value": figure.value}
        if figure.maximum is None
        else {"minValue": figure.value, "maxValue": figure.maximum}
    )
    return node | ends | {"unitText": figure.unit}


def _term(graph: Graph, term: Term, at: _Place) -> Node:
    node = at.thing("DefinedTerm", graph.address("term", term.id), term.name, term.note)
    return node | {
        "alternateName": [name for name in (term.zh, *term.aliases) if name],
        "inDefinedTermSet": at.url(at.page),
    }


def _review(graph: Graph, check: Check, at: _Place) -> Node | None:
    """A check with a verdict as a review of the claim; a judgment is not one."""
    paragraphs = graph.listed_paragraphs(check)
    if check.verdict is None or not paragraphs:
        return None
    source, number = paragraphs[0]
    record = graph.archive.sources[source].model
    return {
        "@type": "ClaimReview",
        "@id": at.key(f"check:{check.id}"),
        "url": at.key(f"check:{check.id}"),
        "name": check.name,
        "claimReviewed": check.quote,
        "datePublished": check.checked,
        "inLanguage": "en",
        "author": EDITORS,
        "reviewBody": plain(check.note),
        "reviewRating": {"@type": "Rating", "alternateName": check.verdict},
        "itemReviewed": {
            "@type": "Claim",
            "text": check.quote,
            "datePublished": record.date,
            "appearance": {
                "@type": "Article",
                "name": record.title,
                "url": at.url(paragraph_address(source, f"p{number}")),
            },
        },
    }


def _work(graph: Graph, work: Reference, at: _Place) -> Node:
    """A work of the bibliography; its own address is the work's, not this page's."""
    node: Node = {
        "@type": "CreativeWork",
        "@id": at.key(f"reference:{work.id}"),
        "name": work.title,
        "publisher": {"@type": "Organization", "name": work.publisher},
        "datePublished": _date(work.date) if work.date else None,
        "url": work.url,
        "inLanguage": work.language if work.language != "other" else None,
    }
    return _filled(node)


def _any(graph: Graph, entry: Any, at: _Place) -> Node:
    """A record of a kind for which schema.org has no more than a name."""
    return at.thing(KINDS[entry.kind].schema_org, graph.address(entry.kind, entry.id), entry.name)


def _unnamed(graph: Graph, entry: Any, at: _Place) -> None:
    """What schema.org has no type for."""


_NODES: dict[str, Callable[[Graph, Any, _Place], Node | None]] = {
    "event": _event,
    "figure": _figure,
    "term": _term,
    "check": _review,
    "reference": _work,
    "rendering": _unnamed,
}
