"""The whole case in one picture: the thesis on top, the claims in columns by their distance from
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...graph.case import RELATIONS, Claim
from ...model import Argument
from .layers import Frame, Node, Point, bends, curve, layered
from .text import wrap

FONT, LINE, PAD = 12.0, 14.5, 6.0
GUTTER, RAIL = 38.0, 34.0
WIDTH, NARROWEST, WIDEST = 1140.0, 125.0, 220.0
"""What a page has room for at full size, and a box's bounds; pixels."""
BANNER = 46.0


@dataclass(frozen=True)
class Box:
    """A claim: its upper left corner, its size, its lines of text; pixels."""

    claim: Claim
    x: float
    y: float
    width: float
    height: float
    lines: list[str]
    source: str = ""
    """The source that makes it, where a map shows several."""

    @property
    def text(self) -> list[tuple[float, float, str]]:
        """Where each line of text begins, on its baseline."""
        return [
            (self.x + PAD, self.y + PAD + FONT - 1.5 + number * LINE, line)
            for number, line in enumerate(self.lines)
        ]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Tie:
    """An arrow between two claims, by their numbers."""

    relation: str
    start: int
    end: int
    path: str


@dataclass(frozen=True)
class Map:
    width: float
    height: float
    boxes: list[Box]
    ties: list[Tie]


def argument_map(thesis: Claim, sources: Mapping[str, str] = MappingProxyType({})) -> Map:
    """The map of everything beneath a thesis, all its relations drawn. ``sources`` names, by
    argument, the source that makes it, where there are several.
    """
    root = thesis.argument.id
    claims = {claim.argument.id: claim for claim in _beneath(thesis)}
    arguments = {id_: claim.argument for id_, claim in claims.items()}
    columns = _columns(root, arguments)
    columns = dict(sorted(columns.items(), key=lambda item: claims[item[0]].number))
    ends = max(columns.values())
    width = min(WIDEST, max(NARROWEST, (WIDTH - RAIL) // ends - GUTTER))
    lines = {
        id_: wrap(f"{claim.number} {claim.argument.name}", width - 2 * PAD, FONT)
        for id_, claim in claims.items()
    }
    ties = [
        (relation, id_, to)
        for id_, argument in arguments.items()
        for relation in RELATIONS
        for to in (key.partition(":")[2] for key in getattr(argument, relation))
        if to in columns
        and id_ in columns
        and not (relation == "concedes" and f"argument:{to}" in argument.attacks)
    ]

    def height(node: Node) -> float:
        if not isinstance(node, str) or node == root:
            return 0.0
        return (len(lines[node]) + (node in sources)) * LINE + 2 * PAD

    def gap(a: Node, b: Node) -> float:
        return 14.0 if isinstance(a, str) and isinstance(b, str) else 9.0

    between = [(a, b) for _, a, b in ties if columns[a] != columns[b]]
    to_thesis = [
        (relation, id_)
        for id_, argument in arguments.items()
        for relation in RELATIONS
        if f"argument:{root}" in getattr(argument, relation)
    ]
    between += [(id_, root) for _, id_ in to_thesis if columns[id_] > 1]
    middles = layered({root: 0, **columns}, between, height, gap)
    frame = Frame(RAIL, width, GUTTER, BANNER + 30, first=1)
    boxes = {
        id_: Box(
            claims[id_],
            frame.x(column),
            round(frame.top + middles[id_] - height(id_) / 2, 1),
            width,
            height(id_),
            lines[id_],
            sources.get(id_, ""),
        )
        for id_, column in columns.items()
    }
    drawn = [
        Tie(relation, claims[a].number, claims[b].number, frame.path(a, b, columns, middles))
        for relation, a, b in ties
    ]
    for relation, id_ in to_thesis:
        through = [
            point
            for bend in bends(id_, root, {root: 0, **columns})
            for point in frame.through(bend, middles, left=True)
        ]
        drawn.append(
            Tie(
                relation,
                claims[id_].number,
                thesis.number,
                _to_thesis(relation, boxes[id_], through),
            )
        )
    within_last = any(columns[a] == columns[b] == ends for _, a, b in ties)
    whole = RAIL + ends * (width + GUTTER) - GUTTER + (28 if within_last else 2)
    banner = Box(
        thesis,
        1,
        1,
        whole - 2,
        BANNER,
        [f"{thesis.number} {thesis.argument.name}"],
        sources.get(root, ""),
    )
    return Map(
        whole,
        max(box.y + box.height for box in boxes.values()) + 2,
        [banner, *boxes.values()],
        drawn,
    )


def _beneath(claim: Claim) -> list[Claim]:
    return [found for below in claim.below for found in (below, *_beneath(below))]


def _columns(thesis: str, arguments: dict[str, Argument]) -> dict[str, int]:
    """How few relations lead from a claim to the thesis; what does not lead to it at all stands one
    further than the rest.
    """
    towards: dict[str, list[str]] = {id_: [] for id_ in (thesis, *arguments)}
    for id_, argument in arguments.items():
        for target in argument.supports or argument.attacks or argument.concedes:
            towards.get(target.partition(":")[2], []).append(id_)
    columns = {thesis: 0}
    reached = [thesis]
    for id_ in reached:
        for further in towards[id_]:
            if further not in columns:
                columns[further] = columns[id_] + 1
                reached.append(further)
    beyond = max(columns.values()) + 1
    return {id_: columns.get(id_, beyond) for id_ in arguments}


def _to_thesis(relation: str, box: Box, through: list[Point]) -> str:
    """Leftward through the columns between, then along the rail up into the thesis; attacks have a
    rail of their own.
    """
    rail = 12.0 if relation == "supports" else 24.0
    return f"{curve([(box.x, box.middle), *through])}H{rail:g}V{BANNER + 1:g}"
