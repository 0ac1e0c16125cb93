"""Who stands where: actors by policies, with the stance behind every cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ... import dates
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


def stances(graph: Graph) -> Matrix:
    """Policies on which somebody takes a stand, by their beginning, and those who do, the most
    outspoken first.
    """
    taken: dict[str, dict[str, list[Stance]]] = defaultdict(dict)  # by policy and actor
    views: Counter[str] = Counter()  # by actor: on how many policies
    for id_, record in graph.archive.actors.items():
        for stance in record.model.stances:
            kind, _, policy = stance.toward.partition(":")
            if kind == "policy":
                views[id_] += id_ not in taken[policy]
                taken[policy].setdefault(id_, []).append(stance)
    actors = {id_: graph.archive.actors[id_].model for id_ in views}
    order = sorted(actors, key=lambda id_: (-views[id_], actors[id_].name.lower()))
    place = {id_: number for number, id_ in enumerate(order)}
    policies = sorted(
        (graph.archive.policies[id_].model for id_ in taken),
        key=lambda policy: (min(dates.sort_key(step.date) for step in policy.status), policy.id),
    )
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
