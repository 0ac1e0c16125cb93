"""Facts cited in prose: ``[date](event:tax-begins#date)`` is written out from its entry.

So a date or a number stands in one place, and the prose that repeats it follows. The words between
the brackets say how it is written: ``date`` (January 31, 2025), ``day`` (January 31), ``month``
(January 2025), ``year`` (2025), or ``number`` ($15 billion); after the ``#`` comes the field, or of
a policy the state (``#in-force``). What is made of it is a link to the entry, as if it had been
written by hand. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from .. import dates
from ..errors import nearest
from ..kinds import LINKED
from ..model import Role, roles

STYLES = ("date", "day", "month", "year", "number")
_CITED = re.compile(
    rf"\[(?P<style>[^\[\]]*)\]\((?P<key>(?:{'|'.join(LINKED)}):[a-z0-9-]+)#(?P<field>[a-z_-]+)\)"
)
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\n\n)(?:(?: {4}|\t)[^\n]*\n)+",
    re.DOTALL | re.MULTILINE,
)
_DAY = re.compile(r"-?\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"-?\d{4}-\d{2}(?:-\d{2})?")
SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
"""The numbers that are written in words."""
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True)
class Facts:
    """The dates and numbers of the entries: by key, then by field."""

    known: Mapping[str, Mapping[str, str | float]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    """The unit of a number, by the key of the entry."""

    def written(self, text: str) -> str:
        """A text with its facts written out; what cannot be is left as it stands."""
        if "#" not in text or not _CITED.search(text):
            return text
        code = [match.span() for match in _CODE.finditer(text)]

        def write(match: re.Match[str]) -> str:
            if any(start <= match.start() < end for start, end in code):
                return match[0]
            words, _ = self.words(match["key"], match["field"], match["style"])
            return f"[{words}]({match['key']})" if words else match[0]

        return _CITED.sub(write, text)

    def in_all(self, value: Any) -> Any:
        """A value of YAML with the facts in all its texts written out."""
        if isinstance(value, str):
            return self.written(value)
        if isinstance(value, list):
            return [self.in_all(item) for item in value]
        if isinstance(value, dict):
            return {name: self.in_all(item) for name, item in value.items()}
        return value

    def words(self, key: str, name: str, style: str) -> tuple[str, str]:
        """A fact in words, and what is wrong where there are none."""
        if key not in self.known:
            meant = nearest(key, self.known)
            return "", f"cites a fact of {key}, which there is not{meant}; correct the id"
        known = self.known[key]
        if name not in known:
            there = f"; write one of {', '.join(known)}" if known else ""
            return "", f'cites the "{name}" of {key}, which it does not have{there}'
        if style not in STYLES:
            return "", (
                f'cites a fact as "{style[:40]}"{nearest(style, STYLES)}; between the brackets'
                f" stands how it is written, one of {', '.join(STYLES)}"
            )
        value = known[name]
        if isinstance(value, str) == (style == "number"):
            kind = "a date" if isinstance(value, str) else "a number"
            return "", f'cites the "{name}" of {key} as "{style}", but it is {kind}'
        words = (
            _of_date(value, style)
            if isinstance(value, str)
            else in_words(value, self.units.get(key, ""))
        )
        if not words:
            return "", f'cites the {style} of {key}, whose {name} is "{value}"; write [date] there'
        return words, ""

    def in_every_style(self) -> dict[str, dict[str, dict[str, str]]]:
        """Every fact that prose can cite, in words: by key, field and style."""
        return {
            key: {
                name: {
                    style: words for style in STYLES if (words := self.words(key, name, style)[0])
                }
                for name in fields
            }
            for key, fields in self.known.items()
            if fields and key.partition(":")[0] in LINKED
        }


def holds_facts(text: str) -> bool:
    """Whether a file may cite a fact."""
    return "#" in text and bool(_CITED.search(text))


def facts_of(models: Mapping[str, BaseModel]) -> Facts:
    """The facts of entries, by key."""
    known: dict[str, dict[str, str | float]] = {}
    units: dict[str, str] = {}
    for key, model in models.items():
        found: dict[str, str | float] = {}
        for name, role in roles(type(model)).items():
            value = getattr(model, name)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if is_number or (role is Role.DATE and value and not dates.problem(value)):
                found[name] = value
        for status in getattr(model, "status", ()):
            if not dates.problem(status.date):
                found.setdefault(status.state.replace(" ", "-"), status.date)
        known[key] = found
        units[key] = getattr(model, "unit", "")
    return Facts(known, units)


def _of_date(date: str, style: str) -> str:
    """A date in a style; empty where it is not so exact."""
    match style:
        case "day" if _DAY.fullmatch(date):
            return dates.human(date).partition(",")[0]
        case "month" if _MONTH.fullmatch(date):
            return dates.human(date[: date.index("-", 1) + 3])
        case "year" if "/" not in date:
            return dates.human_year(dates.year(date))
        case "date":
            return dates.human(date)
    return ""


def in_words(number: float, unit: str) -> str:
    """A number with its unit, as the edition's prose has it.

    >>> in_words(15e9, "USD"), in_words(4.5e9, "USD"), in_words(250000, "USD")
    ('$15 billion', '$4.5 billion', '$250,000')
    >>> in_words(25, "percent"), in_words(4, "years"), in_words(51, "number")
    ('25 percent', 'four years', '51')
    """
    for size, name in _LARGE:
        if abs(number) >= size:
            shown = f"{number / size:.10g} {name}"
            break
    else:
        whole = float(number).is_integer()
        small = whole and 0 <= number < len(SMALL) and unit not in ("USD", "percent")
        shown = (
            SMALL[int(number)] if small else f"{number:,.10g}" if not whole else f"{number:,.0f}"
        )
    if unit == "USD":
        return f"${shown}"
    return shown if unit in ("", "number") else f"{shown} {unit}"
