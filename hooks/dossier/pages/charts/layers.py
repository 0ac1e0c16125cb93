"""Layered drawing of a directed graph: columns, an order in each that avoids crossings, and
heights.

The method is Sugiyama's: an edge that spans several columns gets a bend in each of them; the order
of a column follows the middle of its neighbors, swept to and fro; then every node is moved as near
to its neighbors as the order and the gaps allow. The same input gives the same drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Bend(NamedTuple):
    """Where an edge passes a column that lies between its ends."""

    start: str
    end: str
    column: int


Node = str | Bend

SWEEPS = 24


def layered(
    columns: Mapping[str, int],
    edges: Iterable[tuple[str, str]],
    height: Callable[[Node], float],
    gap: Callable[[Node, Node], float],
) -> dict[Node, float]:
    """The middle of every node and bend, from 0 down.

    ``columns`` gives each node's column in the preferred order of its nodes; edges may lead
    either way between columns, and those within a column are left to the caller.
    """
    near: dict[Node, list[Node]] = defaultdict(list)
    rows: dict[int, list[Node]] = defaultdict(list)
    for key, column in columns.items():
        rows[column].append(key)
    for start, end in edges:
        chain: list[Node] = [start, *bends(start, end, columns), end]
        for bend in bends(start, end, columns):
            rows[bend.column].append(bend)
        for a, b in pairwise(chain):
            near[a].append(b)
            near[b].append(a)
    numbers = sorted(rows)
    places = {node: float(at) for number in numbers for at, node in enumerate(rows[number])}
    best, fewest = (
        {number: list(rows[number]) for number in numbers},
        _crossings(numbers, rows, near),
    )
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for number in numbers if forward else reversed(numbers):
            beside = (
                set(rows[number - 1 if forward else number + 1])
                if (number - 1 if forward else number + 1) in rows
                else set()
            )
            middles = {
                node: _middle([places[n] for n in near[node] if n in beside], places[node])
                for node in rows[number]
            }
            rows[number].sort(key=lambda node: middles[node])
            places.update({node: float(at) for at, node in enumerate(rows[number])})
        if (crossings := _crossings(numbers, rows, near)) < fewest:
            best, fewest = {number: list(rows[number]) for number in numbers}, crossings
    return _heights([best[number] for number in numbers], near, height, gap)


def bends(start: str, end: str, columns: Mapping[str, int]) -> list[Bend]:
    """The way of an edge: a bend in each column that it crosses, in order."""
    step = 1 if columns[end] > columns[start] else -1
    return [Bend(start, end, column) for column in range(columns[start] + step, columns[end], step)]


def _middle(places: Sequence[float], own: float) -> float:
    return sum(places) / len(places) if places else own


def _crossings(
    numbers: list[int], rows: Mapping[int, list[Node]], near: Mapping[Node, list[Node]]
) -> int:
    total = 0
    for left, right in pairwise(numbers):
        at = {node: place for place, node in enumerate(rows[right])}
        ends = [
            place for node in rows[left] for place in sorted(at[n] for n in near[node] if n in at)
        ]
        total += sum(1 for i, a in enumerate(ends) for b in ends[i + 1 :] if a > b)
    return total


def _heights(
    columns: list[list[Node]],
    near: Mapping[Node, list[Node]],
    height: Callable[[Node], float],
    gap: Callable[[Node, Node], float],
) -> dict[Node, float]:
    """Where each node's middle stands: near those of its neighbors, in the column's order, none
    touching.
    """
    middles: dict[Node, float] = {}
    for column in columns:
        y = 0.0
        for at, node in enumerate(column):
            y += (
                (height(column[at - 1]) / 2 + gap(column[at - 1], node) + height(node) / 2)
                if at
                else height(node) / 2
            )
            middles[node] = y
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wishes = [_middle([middles[n] for n in near[node]], middles[node]) for node in column]
            offsets = [0.0]
            for a, b in pairwise(column):
                offsets.append(offsets[-1] + height(a) / 2 + gap(a, b) + height(b) / 2)
            fitted = _rising([wish - offset for wish, offset in zip(wishes, offsets, strict=True)])
            middles.update(
                {
                    node: value + offset
                    for node, value, offset in zip(column, fitted, offsets, strict=True)
                }
            )
    tops = (middles[node] - height(node) / 2 for column in columns for node in column)
    top = min(tops, default=0.0)
    return {node: round(y - top, 1) for node, y in middles.items()}


def _rising(values: list[float]) -> list[float]:
    """The rising sequence nearest to the values (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, k) = pools[-2], pools[-1]
            pools[-2:] = [((a * n + b * k) / (n + k), n + k)]
    return [mean for mean, count in pools for _ in range(count)]


Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """Where the columns stand: the first one's left side, a box's width, the room between columns,
    the top; pixels.
    """

    left: float
    box: float
    gutter: float
    top: float
    first: int = 0

    def x(self, column: int) -> float:
        """The left side of a column."""
        return self.left + (column - self.first) * (self.box + self.gutter)

    def path(
        self, start: str, end: str, columns: Mapping[str, int], middles: Mapping[Node, float]
    ) -> str:
        """The line of an edge between two boxes; within a column it goes around the right side."""
        y, to_y = self.top + middles[start], self.top + middles[end]
        x, to_x = self.x(columns[start]), self.x(columns[end])
        if columns[start] == columns[end]:
            x += self.box
            bow = x + min(self.gutter * 0.8, 16 + abs(y - to_y) / 10)
            return f"M{x:g} {y:g}C{bow:g} {y:g} {bow:g} {to_y:g} {x + 2:g} {to_y:g}"
        left = columns[end] < columns[start]
        points = [(x if left else x + self.box, y)]
        for bend in bends(start, end, columns):
            points += self.through(bend, middles, left)
        points.append((to_x + self.box if left else to_x, to_y))
        return curve(points)

    def through(self, bend: Bend, middles: Mapping[Node, float], left: bool) -> list[Point]:
        """Where an edge enters and leaves a column that it crosses."""
        x, y = self.x(bend.column), self.top + middles[bend]
        return [(x + self.box, y), (x, y)] if left else [(x, y), (x + self.box, y)]


def curve(points: Sequence[Point]) -> str:
    """A path through the points: between columns a curve, through a column straight on."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        half = round((x + to_x) / 2, 1)
        path += (
            f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}"
            if number % 2 == 0
            else f"H{to_x:g}"
        )
    return path
