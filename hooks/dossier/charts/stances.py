"""Who stands where: actors by policies, with the stance behind every cell."""

from __future__ import annotations

from dataclasses import dataclass

from .. import dates
from ..model import Actor, Policy, Stance
from ..refs import Graph


@dataclass(frozen=True)
class Row:
    """An actor and, for each policy of the matrix in order, its stances on it (mostly none or one)."""

    actor: Actor
    cells: list[list[Stance]]


@dataclass(frozen=True)
class Matrix:
    policies: list[Policy]
    rows: list[Row]


def stances(graph: Graph) -> Matrix:
    """Policies on which somebody takes a stand, by their beginning, and those who do, the most outspoken first."""
    actors = [record.model for record in graph.archive.actors.values()]
    toward = {stance.toward for actor in actors for stance in actor.stances}
    policies = sorted(
        (r.model for r in graph.archive.policies.values() if f"policy:{r.model.id}" in toward),
        key=lambda policy: (min(dates.sort_key(step.date) for step in policy.status), policy.id),
    )
    rows = [Row(actor, [[s for s in actor.stances if s.toward == f"policy:{policy.id}"] for policy in policies]) for actor in actors]
    rows = [row for row in rows if any(row.cells)]
    return Matrix(policies, sorted(rows, key=lambda row: (-sum(map(bool, row.cells)), row.actor.name.lower())))
