"""The pages that show the whole at a glance: the argument map, the regimes, the stances,
the ties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from .. import dates
from ..graph import lists
from ..graph.case import RELATIONS, case
from ..graph.parts import ListPart
from ..graph.refs import Graph
from ..kinds.vocabularies import MAKERS, VOICES
from ..model import Argument, Aspect, Policy
from .base import Page, Recipe
from .charts.argument_map import argument_map
from .charts.headlines import of_case, of_regimes, of_stances, of_ties
from .charts.stances import stances
from .charts.ties import COLUMNS, FAMILIES, network
from .lists import recipes

Crossing = tuple[Argument, str, str]
"""An argument, how it bears on another, and that other by key."""


def picture_pages(graph: Graph) -> Iterator[Recipe]:
    yield from recipes(graph, _argument_map.__name__, "argument-map", _argument_map)
    if any(record.model.regime for record in graph.archive.policies.values()):
        yield _regimes.__name__, partial(_regimes, graph)
    yield from recipes(graph, _stances.__name__, "stances", _stances)
    yield from recipes(graph, _ties.__name__, "ties", _ties)


def _argument_map(graph: Graph, part: ListPart) -> Page:
    arguments = [record.model for record in graph.archive.arguments.values()]
    theses = [thesis for thesis in case(graph) if thesis.argument.id in part]
    here = {claim.argument.id for thesis in theses for claim in thesis.all()}
    several = not graph.archive.only_source()
    works = {a.id: graph.work_of_argument(a) for a in arguments} if several else {}
    names = {id_: graph.archive.sources[w].model.short for id_, w in works.items() if w}
    found: Counter[str] = Counter(argument.maker for argument in arguments)
    return Page(
        "argument-map.md", "Argument map",
            "The whole case on one page: the thesis, what supports it, what attacks it.",
        "argument_map.html", "data/arguments",
        {"theses": theses, "headline": of_case(graph),
        "names": names, "between": _between([a for a in arguments if a.id in here], works),
        "maps": [(thesis, argument_map(thesis, names)) for thesis in theses if thesis.below],
        "total": len(arguments),
        "makers": [(words, found[maker]) for maker,
        words in MAKERS.column("tally").items() if found[maker]]},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _between(arguments: list[Argument], works: dict[str, str]) -> list[Crossing]:
    """Where an argument of one source bears on one of another."""
    return [
        (argument, relation, to)
        for argument in arguments
        for relation in RELATIONS
        for to in getattr(argument, relation)
        if works.get(argument.id) and works.get(to.partition(":")[2])
        and works[argument.id] != works[to.partition(":")[2]]
    ]  # fmt: skip


def _regimes(graph: Graph) -> Page:
    policies = sorted(
        (r.model for r in graph.archive.policies.values() if r.model.regime),
        key=lambda p: min(dates.sort_key(s.date) for s in p.status),
    )
    rows = [
        (aspect, title, [_said_of(policy, aspect) for policy in policies])
        for aspect, title in graph.archive.settings.aspects.items()
    ]
    rows = [row for row in rows if any(row[2])]
    return Page(
        "three-regimes.md", "Regimes side by side",
            "The approaches of the administrations compared: design, means, breadth, aims and "
            "effects.",
        "regimes.html", "data/policies",
        {"policies": policies, "rows": rows, "headline": of_regimes(rows, graph.called),
         "voices": [(voice, VOICES[voice]["words"]) for voice in VOICES
                    if any(said.voice == voice for *_, cells in rows for cell in cells
                           for said in cell)]},
        hide=("navigation", "toc"), numbered=True,
    )  # fmt: skip


def _said_of(policy: Policy, aspect: str) -> list[Aspect]:
    return (
        [found for found in policy.regime.aspects if found.aspect == aspect]
        if policy.regime
        else []
    )


def _stances(graph: Graph, part: ListPart) -> Page:
    matrix = stances(graph, part)
    return Page(
        "stances.md", "Who stands where",
            "Actors by policies: who supports, who opposes, and the words that show it.",
        "stances.html", "data/actors", {"matrix": matrix, "headline": of_stances(matrix)},
        hide=("navigation", "toc"),
    )  # fmt: skip


def _ties(graph: Graph, part: ListPart) -> Page:
    net = network(graph, part)
    actors = part.own(lists.tied(graph))
    tied = len(graph.archive.actors) - len(net.alone)
    groups = [
        (
            title,
            [
                (actor, [tie for tie in net.everything if tie.start.id == actor.id])
                for actor in actors
                if actor.type in types
            ],
        )
        for title, types in COLUMNS
    ]
    return Page(
        "ties.md", "Who is tied to whom", "The actors and the ties between them: typed, dated, "
        "cited.", "ties.html", "data/actors",
        {"net": net, "headline": of_ties(net), "families": FAMILIES,
        "groups": [group for group in groups if group[1]],
        "tied": tied,
        "count": sum(len(r.model.relations) for r in graph.archive.actors.values())},
        hide=("navigation", "toc"),
    )  # fmt: skip
