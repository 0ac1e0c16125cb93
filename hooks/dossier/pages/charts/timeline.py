"""The timeline: events in lanes over the policies in force, in panels that zoom in where events are
dense.

Each panel has a scale of its own, even from its first day to its last. A day is a dot; what is
known only to the month or the year is a bar as long as the doubt.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from ... import dates
from ...graph.lists import models
from ...graph.parts import WHOLE, ListPart
from ...graph.refs import Graph
from ...kinds.vocabularies import POLICY_STATES
from ...model import Event, Policy
from .text import width

CROWD = 24
"""More events than this divide a panel."""
MOST = 24
"""Policies in a panel; in a larger archive the others have their dates on their own pages alone."""

FONT = 12.0
SCREEN, PAPER = 736.0, 1156.0
"""How wide a panel is: on a screen as a tablet held upright, on paper as a page on its side."""
LEFT, RIGHT = 86.0, 8.0
ROW, BAR_ROW, LANE_PAD, AXIS = 19.0, 20.0, 7.0, 26.0
DOT, GAP = 4.5, 7.0

Day = datetime.date
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Scale:
    """Pixels for days: even between the first and the last, and no further."""

    first: Day
    last: Day
    width: float

    def __call__(self, day: Day) -> float:
        """Where a day begins."""
        return self._at((min(max(day, self.first), self.last) - self.first).days)

    def after(self, day: Day) -> float:
        """Where it ends."""
        return self._at((min(max(day, self.first), self.last) - self.first).days + 1)

    def _at(self, days: int) -> float:
        room = self.width - LEFT - RIGHT
        return round(LEFT + days * room / ((self.last - self.first).days + 1), 1)


@dataclass(frozen=True)
class Mark:
    """An event: a dot where ``end`` equals ``start``, otherwise a bar; its label begins or ends at
    ``label``.
    """

    event: Event
    start: float
    end: float
    y: float
    label: float
    label_y: float
    anchor: str
    exact: bool

    @property
    def about(self) -> bool:
        """Whether even the day is approximate."""
        return self.event.date.endswith(("~", "?"))


@dataclass(frozen=True)
class Bar:
    """A stretch of a policy's time, in pixels; ``kind`` as in ``Stretch``."""

    start: float
    end: float
    kind: str


@dataclass
class Track:
    """A policy in a panel: its bars at a height, with its name."""

    policy: Policy
    y: float
    bars: list[Bar]
    label: float
    anchor: str


@dataclass
class Lane:
    name: str
    y: float
    height: float
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Panel:
    """A stretch of time: ``title`` names it, ``ticks`` are (x, label)."""

    title: str
    width: float
    height: float
    ticks: list[tuple[float, str]]
    lanes: list[Lane]
    tracks: list[Track]
    bars_y: float
    first: Day

    @property
    def id(self) -> str:
        """Where it begins, as an address within the page: ``from-2025-01``."""
        return f"from-{self.first:%Y-%m}"

    @property
    def events(self) -> list[Event]:
        """What happens in it, in the order of time."""
        marks = (mark for lane in self.lanes for mark in lane.marks)
        return [
            m.event for m in sorted(marks, key=lambda m: (dates.sort_key(m.event.date), m.event.id))
        ]


def timeline(graph: Graph, wide: float = SCREEN, part: ListPart = WHOLE) -> list[Panel]:
    """The panels of the events of a part, oldest first, each so wide; empty without events."""
    events = sorted(
        (e for e in models(graph, "event") if e.id in part and not _before_christ(e.date)),
        key=lambda e: (dates.sort_key(e.date), e.id),
    )
    lanes = graph.archive.settings.lanes
    lives = [
        (record.model, stretches(record.model))
        for record in graph.archive.policies.values()
        if not any(_before_christ(step.date) for step in record.model.status)
    ]
    lives = sorted(
        (life for life in lives if life[1]), key=lambda life: (life[1][0].first, life[0].id)
    )
    known = _known_until(graph)
    return [
        _panel(
            Scale(first, last, wide),
            [e for e in events if first <= _days(e.date)[0] <= last],
            lives,
            lanes,
        )
        for first, end in _periods(events)
        if first <= (last := min(end, known))
    ]


def _known_until(graph: Graph) -> Day:
    """The end of the last month that an event or a work is of: what holds then is not drawn on."""
    events = [event for event in models(graph, "event") if not _before_christ(event.date)]
    ends = [day for event in events for day in _days(event.date) if day < Day.max]
    works = [r.model.date for r in graph.archive.references.values() if r.model.date]
    ends += [_days(date)[0] for date in works if not _before_christ(date)]
    latest = max(ends, default=Day.max - DAY)
    return _months(latest.year, latest.month, latest.month)[1]


def _periods(events: list[Event]) -> Iterator[tuple[Day, Day]]:
    """First and last days of the panels: years together while they hold few events, else halves or
    quarters.
    """
    starts = [_days(event.date)[0] for event in events]
    if not starts:
        return

    def count(first: Day, last: Day) -> int:
        return sum(first <= day <= last for day in starts)

    begun: Day | None = None
    for year in range(starts[0].year, starts[-1].year + 1):
        first, last = Day(year, 1, 1), Day(year, 12, 31)
        if begun and count(begun, last) > CROWD:
            yield begun, Day(year - 1, 12, 31)
            begun = None
        if count(first, last) > CROWD:
            for half in ((1, 6), (7, 12)):
                yield from _split(year, *half, count(*_months(year, *half)))
        else:
            begun = begun or first
    if begun:
        yield begun, Day(starts[-1].year, 12, 31)


def _split(year: int, first: int, last: int, count: int) -> Iterator[tuple[Day, Day]]:
    if count > CROWD:
        yield _months(year, first, first + 2)
        yield _months(year, first + 3, last)
    else:
        yield _months(year, first, last)


def _months(year: int, first: int, last: int) -> tuple[Day, Day]:
    end = Day(year, 12, 31) if last == 12 else Day(year, last + 1, 1) - DAY
    return Day(year, first, 1), end


def _days(date: str) -> tuple[Day, Day]:
    """First and last day; an open end lies beyond every panel."""
    first, last = dates.span(date)
    return (Day.min if first.startswith("0000") else Day.fromisoformat(first)), (
        Day.max if last.startswith("9999") else Day.fromisoformat(last)
    )


def _before_christ(date: str) -> bool:
    """Whether a date is beyond the picture's calendar; the list below the picture has it all the
    same."""
    return any(day.startswith(("-", "0000-01")) for day in dates.span(date))


def _panel(x: Scale, events: list[Event], lives: list[Life], lane_names: list[str]) -> Panel:
    first, last = x.first, x.last
    y = AXIS
    lanes = []
    for name in lane_names:
        marks, height = _lane([e for e in events if e.lane == name], y, x)
        if marks:
            lanes.append(Lane(name, y, height, marks))
            y += height
    bars_y = y
    inside = [
        (policy, here)
        for policy, life in lives
        if (here := [s for s in life if s.first <= last and s.last >= first])
    ]
    tracks, y = _tracks(_foremost(inside, events), y, x)
    return Panel(
        _title(first, last), x.width, y + 4, _ticks(first, last, x), lanes, tracks, bars_y, first
    )


def _title(first: Day, last: Day) -> str:
    if first.year != last.year:
        return f"{first.year} to {last.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    if first.month == last.month:
        return f"{dates.MONTHS[first.month]} {last.year}"
    return f"{dates.MONTHS[first.month]} to {dates.MONTHS[last.month]} {last.year}"


def _ticks(first: Day, last: Day, x: Scale) -> list[tuple[float, str]]:
    if last.year - first.year >= 2:
        return [(x(Day(year, 1, 1)), str(year)) for year in range(first.year, last.year + 1)]
    months = [
        (year, month)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= Day(year, month, 1) <= last
    ]
    return [
        (
            x(Day(year, month, 1)),
            (
                f"{dates.MONTHS[month][:3]} {year}"
                if month == 1 or number == 0
                else dates.MONTHS[month][:3]
            ),
        )
        for number, (year, month) in enumerate(months)
    ]


def _lane(events: list[Event], top: float, x: Scale) -> tuple[list[Mark], float]:
    """The marks of a lane in as few rows as keep their labels apart, and the lane's height."""
    rows: list[list[tuple[float, float]]] = []
    marks = []
    for event in events:
        first, last = _days(event.date)
        exact = first == last
        start = (x(first) + x.after(last)) / 2 if exact else x(first)
        end = start if exact else x.after(last)
        words = width(event.name, FONT)
        edge = DOT if exact else 0.0
        label, anchor, taken = _place(start - edge, end + edge, words, x.width)
        on = start < label < end and anchor == "start"
        row = _row(rows, (start, end) if on else taken)
        # A bar that leaves no room beside it has its label in a row beneath.
        below = row + 1 + _row_after(rows, row, (label, label + words + 10)) if on else row
        y, label_y = (top + LANE_PAD + at * ROW + ROW / 2 for at in (row, below))
        marks.append(Mark(event, round(start, 1), round(end, 1), y, label, label_y, anchor, exact))
    return marks, len(rows) * ROW + 2 * LANE_PAD


def _place(
    start: float, end: float, words: float, room: float
) -> tuple[float, str, tuple[float, float]]:
    """Where a label of such a width stands in so wide a panel (right of its mark, left of it, or
    on it), its anchor, and what both take of the row.
    """
    if end + GAP + words <= room - 2:
        return round(end + GAP, 1), "start", (start, end + GAP + words + 10)
    if start - GAP - words >= LEFT:
        return round(start - GAP, 1), "end", (start - GAP - words - 10, end)
    return round(start + GAP, 1), "start", (start, max(end, start + GAP + words + 10))


def _row(rows: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int:
    """The first row with room, which is then taken."""
    for number, row in enumerate(rows):
        if all(taken[1] <= a or taken[0] >= b for a, b in row):
            row.append(taken)
            return number
    rows.append([taken])
    return len(rows) - 1


def _row_after(rows: list[list[tuple[float, float]]], row: int, taken: tuple[float, float]) -> int:
    """The first row with room among those after a row, counted from it."""
    rest = rows[row + 1 :]
    found = _row(rest, taken)
    rows[row + 1 :] = rest
    return found


def _foremost(lives: list[Life], events: list[Event]) -> list[Life]:
    """No more policies than a panel can show: those that its events name, then those that began
    last.
    """
    named = {key for event in events for key in event.policies}
    order = sorted(range(len(lives)), key=lambda n: (f"policy:{lives[n][0].id}" not in named, -n))
    return [lives[n] for n in sorted(order[:MOST])]


def _tracks(lives: list[Life], top: float, x: Scale) -> tuple[list[Track], float]:
    rows: list[list[tuple[float, float]]] = []
    tracks = []
    for policy, inside in lives:
        bars = [Bar(x(s.first), max(x.after(s.last), x(s.first) + 4), s.kind) for s in inside]
        words = width(policy.name, FONT)
        label, anchor, taken = _place(bars[0].start, bars[-1].end, words, x.width)
        row = _row(rows, taken)
        tracks.append(
            Track(policy, top + LANE_PAD + row * BAR_ROW + BAR_ROW / 2, bars, label, anchor)
        )
    return tracks, top + len(rows) * BAR_ROW + 2 * LANE_PAD if rows else top


@dataclass(frozen=True)
class Stretch:
    """Days of a policy's life: ``coming``, ``unsure`` (in force from some day in it) or
    ``force``.
    """

    first: Day
    last: Day
    kind: str


Life = tuple[Policy, list[Stretch]]
"""A policy and its stretches."""


def stretches(policy: Policy) -> list[Stretch]:
    """When a policy is on its way or in force, in order.

    Announcing what is in force changes nothing, nor does easing what has ended. The last state goes
    on without end, unless its own date is a stretch of time. A date known only to the month or the
    year is unsure throughout, unless a later step settles it.
    """
    found: list[Stretch] = []
    state: str | None = None
    begun = sure = end = Day.max
    for step in sorted(policy.status, key=lambda step: dates.sort_key(step.date)):
        first, last = _days(step.date)
        after = _after(state, step.state)
        exact = first == last or "/" in step.date
        if after != state:
            found += _held(state, begun, sure, first - DAY)
            state, begun = after, first
            sure = first if exact or after == "coming" else last + DAY
        elif exact:
            sure = min(sure, first)
        end = last if "/" in step.date else Day.max
    return found + _held(state, begun, sure, end) or [Stretch(Day.max, Day.max, "coming")]


def _held(state: str | None, begun: Day, sure: Day, until: Day) -> list[Stretch]:
    """The stretches of a state that begins on one day, is sure from another, ends on a third."""
    if state is None:
        return []
    stretches = [Stretch(begun, min(sure - DAY, until), "unsure"), Stretch(sure, until, state)]
    return [stretch for stretch in stretches if stretch.first <= stretch.last]


def _after(state: str | None, step: str) -> str | None:
    """What a policy is after a step of its life: ``coming``, ``force``, or neither."""
    then = POLICY_STATES[step]["then"]
    if then == "ended" or (step == "eased" and state is None):
        return None
    return state or "coming" if then == "coming" else "force"
