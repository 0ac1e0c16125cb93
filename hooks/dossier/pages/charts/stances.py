"""Who stands where: actors by policies, with the stance behind every cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ...graph.lists import stands_taken
from ...graph.parts import WHOLE, ListPart
from ...graph.refs import Graph
from ...model import Actor, Policy, Stance

MOST = 40
"""Actors and policies in the matrix; in a larger archive the others appear only in the lists."""


@dataclass(frozen=True)
class Row:
    """An actor and, for each policy of the matrix in order, its stances on it (mostly none
    or one).
    """

    actor: Actor
    cells: list[list[Stance]]


@dataclass(frozen=True)
class Matrix:
    """The matrix, and all policies on which somebody takes a stand, each with who does and how, by
    actor.
    """

    policies: list[Policy]
    rows: list[Row]
    everything: list[tuple[Policy, list[tuple[Actor, list[Stance]]]]]


def stances(graph: Graph, part: ListPart = WHOLE) -> Matrix:
    """The policies of a part on which somebody takes a stand, by their beginning, and those who do,
    the most outspoken first.
    """
    taken = {policy: own for policy, own in stands_taken(graph).items() if policy in part}
    views = Counter(id_ for own in taken.values() for id_ in own)  # on how many policies
    actors = {id_: graph.archive.actors[id_].model for id_ in views}
    order = sorted(actors, key=lambda id_: (-views[id_], actors[id_].name.lower()))
    place = {id_: number for number, id_ in enumerate(order)}
    policies = [graph.archive.policies[id_].model for id_ in taken]
    foremost = set(sorted(taken, key=lambda id_: (-len(taken[id_]), id_))[:MOST])
    columns = [policy for policy in policies if policy.id in foremost]
    rows = [
        Row(actors[id_], [taken[policy.id].get(id_, []) for policy in columns]) for id_ in order
    ]
    return Matrix(
        columns,
        [row for row in rows if any(row.cells)][:MOST],
        [
            (
                policy,
                [
                    (actors[id_], taken[policy.id][id_])
                    for id_ in sorted(taken[policy.id], key=place.__getitem__)
                ],
            )
            for policy in policies
        ],
    )
