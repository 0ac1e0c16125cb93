"""The pages of actors, policies, arguments and products."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .. import dates
from ..graph.refs import Graph
from ..kinds import KINDS
from ..kinds.vocabularies import ARGUMENT_TYPES, MAKERS, RELATIONS, STANCES
from ..model import Actor, Argument, PageEntry, Passage, Policy, Product, Relation, Stance
from .base import Page, Recipe, describe
from .charts.headlines import of_neighbors
from .charts.neighbors import neighbors


def entry_pages(graph: Graph) -> Iterator[Recipe]:
    contexts: dict[str, Callable[[Graph, Any], dict[str, Any]]]
    contexts = {"actor": _actor, "policy": _policy, "argument": _argument, "product": _product}
    for record in graph.archive.page_entries():
        key = f"{record.model.kind}:{record.model.id}"
        yield key, partial(_entry_page, graph, key, contexts.get(record.model.kind, _general))


def _entry_page(graph: Graph, key: str, context: Callable[[Graph, Any], dict[str, Any]]) -> Page:
    entry: Any = graph.entry(key)
    return _page(graph, entry, context(graph, entry))


def _page(graph: Graph, entry: PageEntry, context: dict[str, Any]) -> Page:
    kind = KINDS[entry.kind]
    said = [p for p in entry.account if p.voice != "editors"]
    added = [p for p in entry.account if p.voice == "editors"]
    shared = {
        "entry": entry,
        "key": f"{entry.kind}:{entry.id}",
        "said": _by_source(graph, entry, said, "What {} says", "What is said"),
        "added": added,
    }
    return Page(
        path=f"{kind.folder}/{entry.id}.md",
        title=entry.name,
        description=describe(graph, entry),
        template=f"{entry.kind}.html",
        edit=graph.record(f"{entry.kind}:{entry.id}").document.path,
        context={**shared, **context},
        listed=kind.index,
    )


def _by_source(
    graph: Graph, entry: PageEntry, passages: list[Passage], titled: str, otherwise: str
) -> list[tuple[str, list[Passage]]]:
    """What the sources say, kept apart: a title for each source that speaks, and its passages.

    ``titled`` has a place for the name of the source; if the site has only one, that is its word
    for it. ``otherwise`` is the title of what rests on no source.
    """
    sources = graph.archive.sources
    if graph.archive.only_source():
        return [(titled.format(f"the {graph.called}"), passages)] if passages else []
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        source = graph.archive.work(graph.source_of(entry, passage, passage.text))
        groups.setdefault(source or "", []).append(passage)
    return [
        (titled.format(f"“{sources[id_].model.short}”") if id_ else otherwise, found)
        for id_, found in sorted(groups.items(), key=lambda group: graph.in_time(group[0]))
    ]


def _apart(
    graph: Graph, stances: list[tuple[Actor, str, Stance]]
) -> list[tuple[str, list[tuple[str, Stance]]]]:
    """Stances, each with its actor and what stands beside it, kept apart by the source that has
    them: a title for each source, empty where the site has only one.
    """
    if graph.archive.only_source():
        return [("", [(beside, stance) for _, beside, stance in stances])] if stances else []
    groups: dict[str, list[tuple[str, Stance]]] = {}
    for actor, beside, stance in stances:
        source = graph.archive.work(graph.source_of(actor, stance, stance.text or ""))
        groups.setdefault(source or "", []).append((beside, stance))
    return [
        (f"In “{graph.archive.sources[id_].model.short}”" if id_ else "Elsewhere", found)
        for id_, found in sorted(groups.items(), key=lambda group: graph.in_time(group[0]))
    ]


def _disagreements(graph: Graph, actor: Actor) -> list[tuple[str, list[tuple[str, Stance]]]]:
    """If sources give an actor different stances on one thing: the thing, and what each source
    says.
    """
    found: dict[str, list[tuple[str, Stance]]] = {}
    for stance in actor.stances:
        source = graph.archive.work(graph.source_of(actor, stance, stance.text or ""))
        if source:
            found.setdefault(stance.toward, []).append(
                (graph.archive.sources[source].model.short, stance)
            )
    return [
        (toward, said)
        for toward, said in found.items()
        if len({name for name, _ in said}) > 1 and len({stance.stance for _, stance in said}) > 1
    ]


def _actor(graph: Graph, actor: Actor) -> dict[str, Any]:
    key = f"actor:{actor.id}"
    stances = [
        (actor, s.toward, s)
        for kind in ("policy", "argument")
        for s in actor.stances
        if s.toward.startswith(f"{kind}:")
    ]
    ties: list[tuple[str, str, Relation]] = [(r.type, r.to, r) for r in actor.relations]
    for other in graph.referring("actor", key):
        ties += [
            (RELATIONS[r.type]["inverse"], f"actor:{other.id}", r)
            for r in other.relations
            if r.to == key
        ]
    policies = graph.referring("policy", key)
    return {
        "stances": _apart(graph, stances),
        "disagreements": _disagreements(graph, actor),
        "ties": sorted(ties, key=lambda tie: (graph.entry(tie[1]).name.lower(), tie[0])),
        "issued": [p for p in policies if key in (p.issuer, p.administration)],
        "targeted": [p for p in policies if key in p.targets],
        "made": [a for a in _possibly_made(graph, key) if _maker_key(a) == key],
        "products": graph.products_of(key),
        "events": sorted(
            (e for e in graph.referring("event", key) if key in e.actors),
            key=lambda e: dates.sort_key(e.date),
        ),
        "figures": [f for f in graph.referring("figure", key) if key in f.actors],
    }


def _possibly_made(graph: Graph, key: str) -> list[Argument]:
    """The arguments that may be an actor's: the author and the critics make theirs without being
    named.
    """
    if key in MAKERS.column("actor").values():
        return [record.model for record in graph.archive.arguments.values()]
    return graph.referring("argument", key)


def _maker_key(argument: Argument) -> str | None:
    """The actor who makes an argument, where it has an entry."""
    if argument.maker == "quoted":
        return argument.speaker
    return next((key for key in [MAKERS[argument.maker]["actor"]] if key != "-"), None)


def _policy(graph: Graph, policy: Policy) -> dict[str, Any]:
    key = f"policy:{policy.id}"
    return {
        "status": sorted(policy.status, key=lambda s: dates.sort_key(s.date)),
        "designs": _by_source(
            graph, policy, policy.design, "The design, as {} has it", "The design, from the record"
        ),
        "stances": _apart(
            graph,
            [
                (a, f"actor:{a.id}", s)
                for stance in STANCES
                for a in graph.referring("actor", key)
                for s in a.stances
                if s.toward == key and s.stance == stance
            ],
        ),
        "arguments": [a for a in graph.referring("argument", key) if key in a.policies],
        "replaced_by": [p for p in graph.referring("policy", key) if key in p.replaces],
        "events": sorted(
            (e for e in graph.referring("event", key) if key in e.policies),
            key=lambda e: dates.sort_key(e.date),
        ),
        "figures": [f for f in graph.referring("figure", key) if key in f.policies],
    }


def _argument(graph: Graph, argument: Argument) -> dict[str, Any]:
    key = f"argument:{argument.id}"
    others = graph.referring("argument", key)
    return {
        "map": neighbors(graph, argument),
        "headline": of_neighbors(others, argument),
        "type": ARGUMENT_TYPES[argument.type]["title"],
        "maker_key": _maker_key(argument),
        "made_by": MAKERS[argument.maker]["made_by"],
        "supporters": [a for a in others if key in a.supports],
        "attackers": [a for a in others if key in a.attacks],
        "conceders": [a for a in others if key in a.concedes],
        "holders": _apart(
            graph,
            [
                (a, f"actor:{a.id}", s)
                for a in graph.referring("actor", key)
                for s in a.stances
                if s.toward == key
            ],
        ),
    }


def _product(graph: Graph, product: Product) -> dict[str, Any]:
    key = f"product:{product.id}"
    return {
        "policies": [p for p in graph.referring("policy", key) if key in p.products],
        "events": sorted(
            (e for e in graph.referring("event", key) if key in e.products),
            key=lambda e: dates.sort_key(e.date),
        ),
    }


def _general(graph: Graph, entry: PageEntry) -> dict[str, Any]:
    """What the page of any kind shows: the dated events and the figures that name the entry."""
    key = f"{entry.kind}:{entry.id}"
    events = graph.referring("event", key)
    return {
        "events": sorted(events, key=lambda event: dates.sort_key(event.date)),
        "figures": graph.referring("figure", key),
    }
