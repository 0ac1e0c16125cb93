"""The small map on an argument's page: what it serves or attacks on the left, what bears on it on
the right.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...graph.case import RELATIONS
from ...graph.refs import Graph
from ...model import Argument
from .text import wrap

FONT, LINE = 13.0, 17.0
BOX, GUTTER, PAD, GAP = 190.0, 124.0, 9.0, 12.0
HEAD = 10.0
"""The length of an arrow's head, which points straight at its box."""
LABEL, STRAIGHT = 36.0, 66.0
"""From the outer box to the middle of the arrow's label, and to where the arrow, which is straight
up to there, turns toward the box in the middle: so none crosses the label of another."""
APART = 9.0
"""Between arrows at the box in the middle."""
WIDTH = 3 * BOX + 2 * GUTTER + 2


@dataclass(frozen=True)
class Box:
    """A claim with its lines of text; ``x`` and ``y`` are its upper left corner, all in pixels."""

    argument: Argument
    lines: list[str]
    x: float
    y: float
    height: float
    width: float = BOX

    @property
    def text(self) -> list[tuple[float, float, str]]:
        """Where each line of text begins, on its baseline; the lines stand in the box's middle."""
        top = round(self.middle - len(self.lines) * LINE / 2, 1)
        return [
            (self.x + PAD, top + FONT + number * LINE, line)
            for number, line in enumerate(self.lines)
        ]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    """From one claim to another, from right to left, bent between ``turn`` and ``straight``; the
    label stands at (``x``, ``y``).
    """

    relations: tuple[str, ...]
    start: tuple[float, float]
    turn: float
    straight: float
    end: tuple[float, float]
    x: float
    y: float

    @property
    def path(self) -> str:
        (x, y), (to_x, to_y) = self.start, self.end
        half = (self.turn + self.straight) / 2
        bend = f"C{half:g} {y:g} {half:g} {to_y:g} {self.straight:g} {to_y:g}"
        return f"M{x:g} {y:g}H{self.turn:g}{bend}H{to_x:g}"

    @property
    def main(self) -> str:
        """The relation that the line's style shows, where there are several."""
        return self.relations[0]


@dataclass(frozen=True)
class Neighbors:
    width: float
    height: float
    boxes: list[Box]
    arrows: list[Arrow]


def neighbors(graph: Graph, argument: Argument) -> Neighbors | None:
    """The map around an argument, or ``None`` where it stands alone."""
    own = f"argument:{argument.id}"
    targets = sorted({key for relation in RELATIONS for key in getattr(argument, relation)})
    left = {key: _relations(argument, key) for key in targets}
    right = {
        f"argument:{o.id}": relations
        for o in graph.referring("argument", own)
        if (relations := _relations(o, own))
    }
    arguments: dict[str, Argument] = {key: graph.record(key).model for key in (own, *left, *right)}
    if not left and not right:
        return None
    room = APART * max(len(left), len(right)) + PAD
    columns = [
        _column([arguments[key] for key in keys], number, room if keys == [own] else 0)
        for number, keys in enumerate((list(left), [own], list(right)))
    ]
    height = max(column[-1].y + column[-1].height for column in columns if column) + 1
    outer_left, (center,), outer_right = (_centered(column, height) for column in columns)
    arrows = []
    for number, (relations, box) in enumerate(zip(left.values(), outer_left, strict=True)):
        start = (center.x, center.middle + _spread(center, number, len(left)))
        edge = box.x + BOX
        arrows.append(
            Arrow(
                relations, start, center.x, edge + STRAIGHT,
                (edge, box.middle), edge + LABEL, box.middle,
            )
        )  # fmt: skip
    for number, (relations, box) in enumerate(zip(right.values(), outer_right, strict=True)):
        end = (center.x + BOX, center.middle + _spread(center, number, len(right)))
        arrows.append(
            Arrow(
                relations, (box.x, box.middle), box.x - STRAIGHT, end[0] + HEAD,
                end, box.x - LABEL, box.middle,
            )
        )  # fmt: skip
    return Neighbors(WIDTH, height, [*outer_left, center, *outer_right], arrows)


def _relations(argument: Argument, to: str) -> tuple[str, ...]:
    return tuple(relation for relation in RELATIONS if to in getattr(argument, relation))


def _column(arguments: list[Argument], number: int, least: float) -> list[Box]:
    """The boxes of a column from the top down, none lower than ``least``."""
    boxes: list[Box] = []
    y = 1.0
    for argument in arguments:
        lines = wrap(argument.name, BOX - 2 * PAD, FONT)
        height = max(least, len(lines) * LINE + 2 * PAD)
        boxes.append(Box(argument, lines, 1 + number * (BOX + GUTTER), y, height))
        y += boxes[-1].height + GAP
    return boxes


def _centered(boxes: list[Box], height: float) -> list[Box]:
    shift = round((height - 1 - (boxes[-1].y + boxes[-1].height)) / 2, 1) if boxes else 0
    return [Box(box.argument, box.lines, box.x, box.y + shift, box.height) for box in boxes]


def _spread(box: Box, number: int, among: int) -> float:
    """Where on the side of the box in the middle an arrow meets it, so that they do not all meet in
    a point.
    """
    return round(((number + 0.5) / among - 0.5) * (box.height - 12), 1)
