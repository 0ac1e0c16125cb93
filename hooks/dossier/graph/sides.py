"""Which side of a case an argument is on: it follows from whom it supports and attacks."""

from __future__ import annotations

from ..model import Argument
from .refs import Graph

FOR, AGAINST = "for", "against"
_OTHER = {FOR: AGAINST, AGAINST: FOR}


def sides(graph: Graph) -> dict[str, str]:
    """`for` or `against` by the argument's id.

    The author and those whom he calls as witnesses are for his case, the critics whom he reports against it.
    An argument of the editors is against what it first attacks, or else on the side of what it supports; one that
    does neither is on no side and left out.
    """
    found: dict[str, str] = {}
    arguments = {id_: record.model for id_, record in graph.archive.arguments.items()}
    for id_ in arguments:
        _side(id_, arguments, found, set())
    return found


def _side(id_: str, arguments: dict[str, Argument], found: dict[str, str], above: set[str]) -> str | None:
    argument = arguments.get(id_)
    if argument is None or id_ in above:  # two that attack each other: the other decides
        return None
    if id_ in found:
        return found[id_]
    if argument.maker != "editors":
        found[id_] = AGAINST if argument.maker == "critics" else FOR
        return found[id_]
    for targets, same in ((argument.attacks, False), (argument.supports, True)):
        for target in targets:
            side = _side(target.partition(":")[2], arguments, found, above | {id_})
            if side:
                found[id_] = side if same else _OTHER[side]
                return found[id_]
    return None
