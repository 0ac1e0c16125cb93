"""Who is tied to whom: actors in columns by what they are, the ties between them by family."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ...graph.parts import WHOLE, ListPart
from ...graph.refs import Graph
from ...kinds.vocabularies import ACTOR_TYPES, RELATIONS, TIE_COLUMNS
from ...model import Actor, Relation
from .layers import Frame, Node, layered
from .text import wrap

FONT, LINE, PAD = 13.0, 16.0, 7.0
BOX, GUTTER, TOP = 196.0, 118.0, 34.0
MOST = 60
"""Actors in the picture; in a larger archive the others are in the lists alone."""

COLUMNS = tuple((title, ACTOR_TYPES.having("column", title)) for title in TIE_COLUMNS)
FAMILIES = {
    family: RELATIONS.having("family", family)
    for family in dict.fromkeys(RELATIONS.column("family").values())
}
"""The types of relation in families, each with a line of its own."""


@dataclass(frozen=True)
class Box:
    """An actor: upper left corner and size in pixels, its name in lines."""

    actor: Actor
    x: float
    y: float
    width: float
    height: float
    lines: list[str]

    @property
    def text(self) -> list[tuple[float, float, str]]:
        return [
            (self.x + PAD, self.y + PAD + FONT - 1.5 + number * LINE, line)
            for number, line in enumerate(self.lines)
        ]


@dataclass(frozen=True)
class Tie:
    """All relations of one family from one actor to another, as one line."""

    start: Actor
    end: Actor
    family: str
    relations: list[Relation]
    path: str = ""

    @property
    def types(self) -> list[str]:
        return list(dict.fromkeys(relation.type for relation in self.relations))

    @property
    def id(self) -> str:
        return f"{self.start.id}--{self.end.id}--{self.family}"


@dataclass(frozen=True)
class Network:
    """The picture, ``heads`` being (x, title) of the columns; all ties, drawn or not; and the
    actors that have none.
    """

    width: float
    height: float
    heads: list[tuple[float, str]]
    boxes: list[Box]
    ties: list[Tie]
    everything: list[Tie]
    alone: list[Actor]


def network(graph: Graph, part: ListPart = WHOLE) -> Network:
    """The actors of a part with their ties; the best connected are placed first, in the middle of
    their column.
    """
    actors = {id_: record.model for id_, record in graph.archive.actors.items()}
    all_ties = _ties(actors)
    everything = [tie for tie in all_ties if tie.start.id in part]
    ties = _foremost(everything)
    degree: dict[str, int] = defaultdict(int)
    for tie in ties:
        degree[tie.start.id] += 1
        degree[tie.end.id] += 1
    tied_at_all = {id_ for tie in all_ties for id_ in (tie.start.id, tie.end.id)}
    column_of = {type_: number for number, (_, types) in enumerate(COLUMNS) for type_ in types}
    tied = sorted(
        (actor for actor in actors.values() if degree[actor.id]),
        key=lambda actor: (-degree[actor.id], actor.id),
    )
    columns = {actor.id: column_of[actor.type] for actor in _middle_out(tied)}
    lines = {id_: wrap(actors[id_].name, BOX - 2 * PAD, FONT) for id_ in columns}

    def height(node: Node) -> float:
        return len(lines[node]) * LINE + 2 * PAD if isinstance(node, str) else 0.0

    def gap(a: Node, b: Node) -> float:
        return 13.0 if isinstance(a, str) and isinstance(b, str) else 8.0

    pairs = list(
        dict.fromkeys(
            (tie.start.id, tie.end.id)
            for tie in ties
            if columns[tie.start.id] != columns[tie.end.id]
        )
    )
    middles = layered(columns, pairs, height, gap)
    frame = Frame(1, BOX, GUTTER, TOP)
    boxes = [
        Box(
            actors[id_],
            frame.x(column),
            round(frame.top + middles[id_] - height(id_) / 2, 1),
            BOX,
            height(id_),
            lines[id_],
        )
        for id_, column in columns.items()
    ]
    drawn = [
        Tie(
            tie.start,
            tie.end,
            tie.family,
            tie.relations,
            frame.path(tie.start.id, tie.end.id, columns, middles),
        )
        for tie in ties
    ]
    used = sorted(set(columns.values()))
    return Network(
        width=frame.x(max(used, default=0)) + BOX + 62,
        height=max((box.y + box.height for box in boxes), default=TOP) + 4,
        heads=[(frame.x(number), COLUMNS[number][0]) for number in used],
        boxes=sorted(boxes, key=lambda box: (box.x, box.y)),
        ties=drawn,
        everything=everything,
        alone=sorted(
            (actor for actor in actors.values() if actor.id not in tied_at_all),
            key=lambda actor: actor.name.lower(),
        ),
    )


def _ties(actors: dict[str, Actor]) -> list[Tie]:
    found: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    for actor in actors.values():
        for relation in actor.relations:
            found[
                actor.id, relation.to.partition(":")[2], RELATIONS[relation.type]["family"]
            ].append(relation)
    return [
        Tie(actors[start], actors[end], family, relations)
        for (start, end, family), relations in found.items()
    ]


def _foremost(ties: list[Tie]) -> list[Tie]:
    """The ties among the actors that have the most, no more than a picture can show."""
    degree: Counter[str] = Counter(id_ for tie in ties for id_ in (tie.start.id, tie.end.id))
    shown = set(sorted(degree, key=lambda id_: (-degree[id_], id_))[:MOST])
    return [tie for tie in ties if tie.start.id in shown and tie.end.id in shown]


def _middle_out(actors: list[Actor]) -> list[Actor]:
    """The first in the middle, the next ones around it."""
    return [*reversed(actors[1::2]), *actors[::2]]
