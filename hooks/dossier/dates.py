"""Dates with their precision, in the Extended Date/Time Format (ISO 8601-2, level 0 and part of 1).

It knows years, months and days, each with ``~`` (about) or ``?`` (uncertain), and intervals
``start/end`` with ``..`` for an open end. A year has four digits (``0043``); years before Christ
count back from 1 BC, which is ``0000``, so ``-0043`` is 44 BC.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache

_POINT = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?]?)\Z")
MONTHS = tuple(calendar.month_name)


def problem(text: str) -> str | None:
    """Why ``text`` is not a date, or ``None`` where it is one."""
    parts = text.split("/")
    if len(parts) > 2:
        return "has more than one slash"
    for part in parts:
        if part == ".." and len(parts) == 2:
            continue
        match = _POINT.match(part)
        if not match:
            if re.fullmatch(r"-?[0-9]{1,3}(?:-[0-9-]*)?", part):
                return "is not a date; write the year with four digits, as in 0043"
            return "is not a date; write 2025, 2025-04, 2025-04-27 or start/end"
        year, month, day = (int(part or 1) for part in match.group(1, 2, 3))
        try:
            datetime.date(_like(year), month, day)
        except ValueError:
            return "is not a day of the calendar"
    if parts == ["..", ".."]:
        return "has no end at all"
    first, last = span(text)
    if _orderly(first) > _orderly(last):
        return "ends before it begins"
    return None


def _like(year: int) -> int:
    """A year that Python's calendar covers, with the same days."""
    return year if year > 0 else 2000 + year % 400


@lru_cache(20_000)  # lists ask for the same again on each of their parts
def span(text: str) -> tuple[str, str]:
    """First and last day, each ``YYYY-MM-DD``; an open end is ``0000-00-00`` or ``9999-99-99``.

    >>> span("2025-04")
    ('2025-04-01', '2025-04-30')
    """
    first, _, last = text.partition("/")
    return _edge(first, start=True), _edge(last or first, start=False)


def _edge(text: str, *, start: bool) -> str:
    if text == "..":
        return "0000-00-00" if start else "9999-99-99"
    match = _POINT.match(text)
    if match is None:
        raise ValueError(f"not a date: {text!r}")
    year = int(match[1])
    month = int(match[2] or (1 if start else 12))
    day = int(match[3] or (1 if start else calendar.monthrange(_like(year), month)[1]))
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def sort_key(text: str) -> tuple[str, str]:
    """Orders dates by their first day; of two that begin together the wider one comes first.

    >>> sorted(["0043", "-0043", "-0100", "0000"], key=sort_key)
    ['-0100', '-0043', '0000', '0043']
    """
    first, last = (_orderly(day) for day in span(text))
    return first, "".join(chr(ord("9") - int(c)) if c.isdigit() else c for c in last)


def _orderly(day: str) -> str:
    """A day as text that sorts by time; years before Christ count down."""
    if not day.startswith("-"):
        return day
    year, rest = day[1:5], day[5:]
    return f"!{10_000 - int(year):04d}{rest}"


def year(text: str) -> str:
    """The year in which a date begins, as EDTF has it.

    >>> year("2025-04"), year("-0043-03-15/-0042")
    ('2025', '-0043')
    """
    return span(text)[0].rpartition("-")[0].rpartition("-")[0]


def months_between(earlier: str, later: str) -> int:
    """How many months lie between the end of one date and the beginning of another.

    >>> months_between("2018", "2022-10-07"), months_between("2025-12-08", "2026-08")
    (46, 8)
    """

    def months(day: str) -> int:
        year, month, _ = day.rsplit("-", 2)
        return 12 * int(year) + int(month)

    return months(span(later)[0]) - months(span(earlier)[1])


def human_year(text: str) -> str:
    """A year in words.

    >>> human_year("2025"), human_year("0800"), human_year("0000"), human_year("-0043")
    ('2025', 'AD 800', '1 BC', '44 BC')
    """
    number = int(text)
    return f"{1 - number} BC" if number < 1 else text if number > 999 else f"AD {number}"


def human(text: str) -> str:
    """A date as American English writes it.

    >>> human("2025-04-27"), human("2025-04"), human("2025-05/2025-08"), human("2026-01/..")
    ('April 27, 2025', 'April 2025', 'May 2025 to August 2025', 'since January 2026')
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _human_point(first)
    if first == "..":
        return f"until {_human_point(last)}"
    if last == "..":
        return f"since {_human_point(first)}"
    return f"{_human_point(first)} to {_human_point(last)}"


def _human_point(text: str) -> str:
    match = _POINT.match(text)
    if match is None:
        raise ValueError(f"not a date: {text!r}")
    number, month, day, doubt = match.groups()
    words = year = human_year(number)
    if month:
        words = f"{MONTHS[int(month)]} {year}"
    if day:
        words = f"{MONTHS[int(month)]} {int(day)}, {year}"
    return {"~": f"about {words}", "?": f"{words} (uncertain)"}.get(doubt, words)


def brief(text: str) -> str:
    """A date as a citation gives it.

    >>> brief("2025-12-03"), brief("2025-07"), brief("2025")
    ('Dec. 3, 2025', 'July 2025', '2025')
    """
    words = human(text)
    for name in MONTHS[1:]:
        if len(name) > 4:
            short = "Sept." if name == "September" else f"{name[:3]}."
            words = words.replace(name, short)
    return words
