"""Which side of a case an argument is on: it follows from whom it supports and attacks."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Argument
from .refs import Graph

FOR, AGAINST = "for", "against"
_OTHER = {FOR: AGAINST, AGAINST: FOR}


def sides(graph: Graph) -> dict[str, str]:
    """`for` or `against` by the argument's id.

    The author and those whom he calls as witnesses are for his case, the critics whom he reports
    against it. An argument of the editors is against what it first attacks, or else on the side of
    what it supports; one that does neither is on neither side and is left out.
    """
    found: dict[str, str] = {}
    arguments = {id_: record.model for id_, record in graph.archive.arguments.items()}
    for id_ in arguments:
        _side(id_, arguments, found, set())
    return found


class Side(NamedTuple):
    """The arguments of one side, those that the editors added, and of these the ones that nothing
    answers.
    """

    word: str
    arguments: list[str]
    editors: list[str]
    unanswered: list[str]


def balance(graph: Graph) -> list[Side]:
    """How the case stands: what is for it, then what is against it."""
    side, open_ = sides(graph), unanswered(graph)
    rows = []
    for word in (FOR, AGAINST):
        own = [id_ for id_ in graph.archive.arguments if side.get(id_) == word]
        editors = [id_ for id_ in own if graph.archive.arguments[id_].model.maker == "editors"]
        rows.append(Side(word, own, editors, [id_ for id_ in editors if id_ in open_]))
    return rows


def unanswered(graph: Graph) -> list[str]:
    """The editors' arguments without a reply: a fair map has few of them, and says which."""
    answered = {
        target
        for r in graph.archive.arguments.values()
        for target in (*r.model.attacks, *r.model.concedes)
    }
    return [
        id_
        for id_, r in graph.archive.arguments.items()
        if r.model.maker == "editors" and f"argument:{id_}" not in answered
    ]


def _side(
    id_: str, arguments: dict[str, Argument], found: dict[str, str], above: set[str]
) -> str | None:
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
