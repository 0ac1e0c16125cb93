"""The case as a tree: every argument once, under the first claim that it serves or attacks.

What else an argument supports or attacks is kept beside it by number, so that the map shows every
relation in the data and can still be read from top to bottom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Argument
from .refs import Graph

RELATIONS = ("supports", "attacks", "concedes")


@dataclass
class Claim:
    """An argument in its place: ``relation`` is to the claim above it, ``None`` for a thesis.

    ``further`` holds its other relations as (relation, number on the map, argument).
    """

    argument: Argument
    relation: str | None
    number: int = 0
    below: list[Claim] = field(default_factory=list)
    further: list[tuple[str, int, Argument]] = field(default_factory=list)

    @property
    def size(self) -> int:
        return 1 + sum(claim.size for claim in self.below)

    def all(self) -> Iterator[Claim]:
        """It and what is beneath it."""
        yield self
        for claim in self.below:
            yield from claim.all()


def case(graph: Graph) -> list[Claim]:
    """The theses of an archive, those that serve nothing else, with everything beneath them.

    Claims stand in the order in which the text first makes them, supports before attacks. Arguments
    that only attack each other in a ring hang under none; the first of them stands as a thesis.
    """
    arguments = {f"argument:{id_}": record.model for id_, record in graph.archive.arguments.items()}
    first = {
        key: min((n for _, n in graph.cited_paragraphs(key)), default=10_000) for key in arguments
    }
    ordered = sorted(arguments, key=lambda key: (first[key], key))
    above = {key: _above(arguments[key]) for key in ordered}
    beneath: dict[tuple[str, str] | None, list[str]] = defaultdict(list)
    for key in ordered:
        beneath[above[key]].append(key)
    placed: dict[str, Claim] = {}

    def place(key: str, relation: str | None) -> Claim:
        claim = placed[key] = Claim(arguments[key], relation)
        for wanted in RELATIONS:
            claim.below += [place(k, wanted) for k in beneath[wanted, key] if k not in placed]
        return claim

    theses = [place(key, None) for key in beneath[None]]
    theses += [place(key, None) for key in ordered if key not in placed]
    _number(theses, placed)
    return theses


def _above(argument: Argument) -> tuple[str, str] | None:
    return next(
        ((relation, keys[0]) for relation in RELATIONS if (keys := getattr(argument, relation))),
        None,
    )


def _number(theses: list[Claim], placed: dict[str, Claim]) -> None:
    """Number the claims as they are read, then name the relations that the tree does not draw."""
    in_order: list[Claim] = []
    waiting = list(theses)
    while waiting:
        claim = waiting.pop(0)
        in_order.append(claim)
        waiting = claim.below + waiting
    for number, claim in enumerate(in_order, 1):
        claim.number = number
    for claim in in_order:
        drawn = _above(claim.argument) if claim.relation else None
        for relation in RELATIONS:
            for key in getattr(claim.argument, relation):
                if (relation, key) != drawn:
                    claim.further.append((relation, placed[key].number, placed[key].argument))
