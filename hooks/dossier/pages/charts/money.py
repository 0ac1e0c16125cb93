"""The sums of money on one scale: from thousands to trillions, every step on the axis ten
times the last.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...graph.lists import figures
from ...graph.parts import WHOLE, ListPart
from ...graph.refs import Graph
from ...model import Figure
from .text import width, wrap

FONT, LINE = 13.0, 16.0
WIDTH, LEFT, RIGHT, TOP = 900.0, 240.0, 130.0, 30.0
PAD = 10.0

NAMES = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}


@dataclass(frozen=True)
class Row:
    """A sum: its dot, or a bar to ``end`` where the words give a range; lines of its name at the
    left.
    """

    figure: Figure
    lines: list[str]
    y: float
    height: float
    start: float
    end: float
    label: float
    anchor: str

    @property
    def text(self) -> list[tuple[float, str]]:
        first = self.y - (len(self.lines) - 1) * LINE / 2 + 4
        return [(first + number * LINE, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Money:
    width: float
    height: float
    ticks: list[tuple[float, str]]
    rows: list[Row]


def money(graph: Graph, part: ListPart = WHOLE) -> Money | None:
    """The chart of the figures of a part that are in dollars, smallest first; ``None`` without any.

    The scale is logarithmic, so sums are dots: a bar's length would say nothing, and what is
    not above zero has no place on it.
    """
    sums = sorted(
        (f for f in figures(graph) if f.id in part and f.unit == "USD" and f.value > 0),
        key=lambda f: (f.value, f.maximum or 0, f.id),
    )
    if not sums:
        return None
    low = math.floor(math.log10(sums[0].value))
    high = math.ceil(math.log10(max(f.maximum or f.value for f in sums)))
    high = max(high, low + 1)

    def x(value: float) -> float:
        return round(LEFT + (math.log10(value) - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    rows = []
    y = TOP
    for figure in sums:
        lines = wrap(figure.name, LEFT - 24, FONT)
        height = len(lines) * LINE + PAD
        start, end = x(figure.value), x(figure.maximum or figure.value)
        # To the left of the dot where the words would leave the picture.
        right = end + 11 + width(figure.words, FONT) <= WIDTH
        rows.append(
            Row(
                figure,
                lines,
                y + height / 2,
                height,
                start,
                end,
                end + 11 if right else start - 11,
                "start" if right else "end",
            )
        )
        y += height
    ticks = [(x(10**power), _sum(power)) for power in range(low, high + 1)]
    return Money(WIDTH, y + 6, ticks, rows)


def _sum(power: int) -> str:
    """Ten to a power in dollars and words.

    >>> _sum(5), _sum(12)
    ('$100 thousand', '$1 trillion')
    """
    thousands = power // 3 * 3
    return (
        f"${10 ** (power - thousands)} {NAMES[thousands]}"
        if thousands in NAMES
        else f"${10**power:,}"
    )
