"""The pages of actors, policies, arguments and products."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .. import dates
from ..graph.refs import Graph
from ..model import Actor, Argument, PageEntry, Passage, Policy, Product, Relation, Stance
from .base import Page, Recipe, describe
from .charts.neighbors import neighbors

INVERSE = {
    "leads": "is led by",
    "founded": "was founded by",
    "belongs to": "includes",
    "invests in": "has as an investor",
    "supplies": "is supplied by",
    "partners with": "partners with",
    "competes with": "competes with",
    "allied with": "allied with",
    "lobbies": "is lobbied by",
    "regulates": "is regulated by",
    "opposes": "is opposed by",
    "criticizes": "is criticized by",
    "praises": "is praised by",
    "succeeds": "is succeeded by",
    "makes": "is made by",
}

MAKERS = {
    "author": "the author",
    "critics": "critics, as the author reports them",
    "editors": "the editors of this edition",
}


ARGUMENT_TYPES = {
    "causal": "Causal argument",
    "from example": "Argument from example",
    "from authority": "Argument from authority",
    "analogy": "Argument by analogy",
    "value": "Argument of value",
    "prediction": "Prediction",
}

MAKER_KEYS = {"author": "actor:author", "critics": "actor:critics"}


def entry_pages(graph: Graph) -> Iterator[Recipe]:
    contexts: dict[str, Callable[[Graph, Any], dict[str, Any]]]
    contexts = {"actor": _actor, "policy": _policy, "argument": _argument, "product": _product}
    for record in graph.archive.page_entries():
        key = f"{record.model.kind}:{record.model.id}"
        yield key, partial(_entry_page, graph, key, contexts[record.model.kind])


def _entry_page(graph: Graph, key: str, context: Callable[[Graph, Any], dict[str, Any]]) -> Page:
    entry: Any = graph.entry(key)
    return _page(graph, entry, context(graph, entry))


def _page(graph: Graph, entry: PageEntry, context: dict[str, Any]) -> Page:
    folder = {"policy": "policies"}.get(entry.kind, f"{entry.kind}s")
    said = [p for p in entry.account if p.voice != "editors"]
    added = [p for p in entry.account if p.voice == "editors"]
    shared = {"entry": entry, "key": f"{entry.kind}:{entry.id}", "said": _by_source(graph, entry, said), "added": added}
    return Page(
        path=f"{folder}/{entry.id}.md",
        title=entry.name,
        description=describe(graph, entry),
        template=f"{entry.kind}.html",
        edit=graph.record(f"{entry.kind}:{entry.id}").document.path,
        context={**shared, **context},
    )


def _by_source(graph: Graph, entry: PageEntry, passages: list[Passage]) -> list[tuple[str, list[Passage]]]:
    """What the sources say, kept apart: a title for each source that speaks, and its passages.

    Where the site has one source, the title says so in general words.
    """
    sources = graph.archive.sources
    if len(sources) < 2:
        return [("What the article says", passages)] if passages else []
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(graph.source_of(entry, passage, passage.text) or "", []).append(passage)
    return [(f"What “{sources[id_].model.short}” says" if id_ else "What is said", found) for id_, found in sorted(groups.items())]


def _disagreements(graph: Graph, actor: Actor) -> list[tuple[str, list[tuple[str, Stance]]]]:
    """Where sources give an actor different stances on one thing: the thing, and what each source says."""
    found: dict[str, list[tuple[str, Stance]]] = {}
    for stance in actor.stances:
        source = graph.source_of(actor, stance, stance.text or "")
        if source:
            found.setdefault(stance.toward, []).append((graph.archive.sources[source].model.short, stance))
    return [
        (toward, said)
        for toward, said in found.items()
        if len({name for name, _ in said}) > 1 and len({stance.stance for _, stance in said}) > 1
    ]


def _actor(graph: Graph, actor: Actor) -> dict[str, Any]:
    key = f"actor:{actor.id}"
    stances = {kind: [s for s in actor.stances if s.toward.startswith(f"{kind}:")] for kind in ("policy", "argument")}
    ties: list[tuple[str, str, Relation]] = [(r.type, r.to, r) for r in actor.relations]
    for other in graph.referring("actor", key):
        ties += [(INVERSE[r.type], f"actor:{other.id}", r) for r in other.relations if r.to == key]
    policies = graph.referring("policy", key)
    return {
        "stances": stances,
        "disagreements": _disagreements(graph, actor),
        "ties": sorted(ties, key=lambda tie: (graph.entry(tie[1]).name.lower(), tie[0])),
        "issued": [p for p in policies if key in (p.issuer, p.administration)],
        "targeted": [p for p in policies if key in p.targets],
        "made": [a for a in _possibly_made(graph, key) if _maker_key(a) == key],
        "products": [p for p in graph.referring("product", key) if p.maker == key],
        "events": sorted((e for e in graph.referring("event", key) if key in e.actors), key=lambda e: dates.sort_key(e.date)),
        "figures": [f for f in graph.referring("figure", key) if key in f.actors],
    }


def _possibly_made(graph: Graph, key: str) -> list[Argument]:
    """The arguments that may be an actor's: the author and the critics make theirs without being named."""
    if key in MAKER_KEYS.values():
        return [record.model for record in graph.archive.arguments.values()]
    return graph.referring("argument", key)


def _maker_key(argument: Argument) -> str | None:
    """The actor who makes an argument, where it has an entry."""
    if argument.maker == "quoted":
        return argument.speaker
    return MAKER_KEYS.get(argument.maker)


def _policy(graph: Graph, policy: Policy) -> dict[str, Any]:
    key = f"policy:{policy.id}"
    return {
        "status": sorted(policy.status, key=lambda s: dates.sort_key(s.date)),
        "stances": [
            (f"actor:{a.id}", s)
            for stance in ("supports", "mixed", "opposes")
            for a in graph.referring("actor", key)
            for s in a.stances
            if s.toward == key and s.stance == stance
        ],
        "arguments": [a for a in graph.referring("argument", key) if key in a.policies],
        "replaced_by": [p for p in graph.referring("policy", key) if key in p.replaces],
        "events": sorted((e for e in graph.referring("event", key) if key in e.policies), key=lambda e: dates.sort_key(e.date)),
        "figures": [f for f in graph.referring("figure", key) if key in f.policies],
    }


def _argument(graph: Graph, argument: Argument) -> dict[str, Any]:
    key = f"argument:{argument.id}"
    others = graph.referring("argument", key)
    return {
        "map": neighbors(graph, argument),
        "type": ARGUMENT_TYPES[argument.type],
        "maker_key": _maker_key(argument),
        "made_by": MAKERS.get(argument.maker, ""),
        "supporters": [a for a in others if key in a.supports],
        "attackers": [a for a in others if key in a.attacks],
        "conceders": [a for a in others if key in a.concedes],
        "holders": [(f"actor:{a.id}", s) for a in graph.referring("actor", key) for s in a.stances if s.toward == key],
    }


def _product(graph: Graph, product: Product) -> dict[str, Any]:
    key = f"product:{product.id}"
    return {
        "policies": [p for p in graph.referring("policy", key) if key in p.products],
        "events": sorted((e for e in graph.referring("event", key) if key in e.products), key=lambda e: dates.sort_key(e.date)),
    }
