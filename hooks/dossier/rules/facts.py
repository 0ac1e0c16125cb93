"""Prose that contradicts the date or the number of an entry that it links.

Only what nobody can mean otherwise is named: a date or number in the words of the link, right
behind it, or as the only one in a clause with this one link. Everything else is a reader's to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import dates
from ..errors import Report, quoted
from ..graph.excerpts import sentences
from ..graph.refs import Graph
from ..model import Event, Figure, Role, walk
from ..read.facts import SMALL, in_words
from ..read.load import Archive
from ..read.prose import Link, Prose, parse

_MONTHS = "|".join(dates.MONTHS[1:])
_DATE = re.compile(
    rf"\b(?P<month>{_MONTHS})(?: (?P<day>\d{{1,2}})(?![\d,]*\d))?(?:,? (?P<year>[12]\d{{3}}))?\b"
    r"|\b(?P<alone>[12]\d{3})\b"
)
_BEHIND = re.compile(r"[\s,(]*(?:(?:of|on|in)\s+)?")
_TO_ANOTHER = re.compile(r"[–-]|\sto\s")
_CLAUSE = re.compile(
    r"[,;:()—–]| and | but | which | when | after | before | since | by | until | to "
)
_NUMBER = re.compile(
    rf"(?P<digits>\d[\d,]*(?:\.\d+)?)|\b(?P<word>{'|'.join(SMALL[1:])})\b",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[\s-]+(?P<scale>thousand|million|billion|trillion)\b", re.IGNORECASE)
_SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WORDS = {word: n for n, word in enumerate(SMALL) if n}


def check_facts(graph: Graph, report: Report) -> None:
    """Add to ``report`` what of entries, notes and pages contradicts an entry that it links."""
    archive = graph.archive
    for records in archive.records.values():
        for record in records.values():
            for path, role, value in walk(record.model):
                if role is Role.PROSE:
                    for link, message in contradictions(archive, parse(value)):
                        report.add(record.at(path, f"({link.raw}"), message)
    for translation in archive.translations.values():
        for paragraph in translation.paragraphs:
            for note in paragraph.notes:
                for _, message in contradictions(archive, note.prose):
                    report.add(note.location, message)
    for page in archive.pages:
        for prose in page.parsed.blocks:
            for link, message in contradictions(archive, prose):
                report.add(page.locate(f"({link.raw}"), message)


def contradictions(archive: Archive, prose: Prose) -> Iterator[tuple[Link, str]]:
    """The links of a text whose entries say otherwise, each with what is to be said of it."""
    for link in prose.links:
        record = archive.of(link.kind).get(link.id)
        match record.model if record else None:
            case Event() as event if not dates.problem(event.date):
                written = _date_of(prose, link)
                if written and not _agrees(written, event):
                    also = f" ({event.local} there)" if event.local else ""
                    yield (
                        link,
                        f"says {quoted(written[0])} of {link.raw}, which is dated"
                        f" {event.date}{also}; correct one of them, or cite the date:"
                        f" [date]({link.raw}#date)",
                    )
            case Figure() as figure:
                numbers = list(_numbers(link.words)) or list(_numbers_behind(prose, link))
                if numbers and not any(_is(number, figure) for number in numbers):
                    yield (
                        link,
                        f"says {quoted(link.words)} of {link.raw}, which is"
                        f" {in_words(figure.value, figure.unit)}; correct one of them, or cite the"
                        f" number: [number]({link.raw}#value)",
                    )


# Dates


def _date_of(prose: Prose, link: Link) -> re.Match[str] | None:
    """The date that a text gives of what it links, where that is certain."""
    text, end = prose.plain, link.at + len(link.words)
    own = list(_DATE.finditer(text, link.at, end))
    if own:
        return own[0] if len(own) == 1 else None
    gap = _BEHIND.match(text, end)
    if gap and gap.end() > end and (behind := _DATE.match(text, gap.end())):
        return None if _TO_ANOTHER.match(text, behind.end()) else behind
    start, stop = _clause(text, link.at, end)
    found = [d for d in _DATE.finditer(text, start, stop) if d["month"]]
    within = [
        other
        for other in prose.links
        if other.kind in ("event", "policy") and start <= other.at < stop
    ]
    certain = len(found) == 1 and within == [link] and not _is_vague(text, found[0])
    return found[0] if certain else None


def _clause(text: str, at: int, end: int) -> tuple[int, int]:
    """Where the clause begins and ends in which words stand; a date's own comma ends none."""
    start, stop = next(((a, b) for a, b in sentences(text) if a <= at < b), (0, len(text)))
    inside = [match.span() for match in _DATE.finditer(text)]
    for mark in _CLAUSE.finditer(text, start, stop):
        if any(a <= mark.start() < b for a, b in inside):
            continue
        if mark.end() <= at:
            start = mark.end()
        elif mark.start() >= end:
            return start, mark.start()
    return start, stop


def _is_vague(text: str, date: re.Match[str]) -> bool:
    """Whether a date is said to be a limit, or may be a word: ``until May``, ``may``."""
    before = text[: date.start()]
    return bool(
        re.search(r"(?i)\b(?:until|by|before|after|since|from|than|to|through|between)\s+$", before)
    )


def _agrees(written: re.Match[str], event: Event) -> bool:
    return any(
        _overlap(written, known)
        for known in (event.date, event.local)
        if known and not dates.problem(known)
    )


def _overlap(written: re.Match[str], known: str) -> bool:
    """Whether a date in words and one of the data can be the same."""
    first, last = dates.span(known)
    about = "~" in known or "?" in known
    if first.startswith("-"):
        return True
    if written["alone"]:
        return first[:4] <= written["alone"] <= last
    month = f"{dates.MONTHS.index(written['month']):02d}"
    years = [written["year"]] if written["year"] else [first[:4], last[:4]]
    for year in years:
        day = written["day"]
        if day and not about:
            if first <= f"{year}-{month}-{int(day):02d}" <= last:
                return True
        elif first[:7] <= f"{year}-{month}" <= last:
            return True
    return False


# Numbers


def _numbers(text: str) -> Iterator[float]:
    """The numbers of some words: ``$4.5 billion``, ``three hours``."""
    for match in _NUMBER.finditer(text):
        value = (
            float(match["digits"].replace(",", ""))
            if match["digits"]
            else float(_WORDS[match["word"].lower()])
        )
        scale = _SCALE.match(text, match.end())
        yield value * (_SIZES[scale["scale"].lower()] if scale else 1)


def _numbers_behind(prose: Prose, link: Link) -> Iterator[float]:
    """The number right behind a link: a market value *of four trillion dollars*."""
    behind = re.match(
        r"\s+of\s+\$?((?:\d[\d,.]*\d|\d|[a-z]+)(?:[\s-]+(?:thousand|million|billion|trillion))?)",
        prose.plain[link.at + len(link.words) :],
    )
    year = behind and re.fullmatch(r"[12]\d{3}", behind[1])
    return _numbers(behind[1]) if behind and not year else iter(())


def _is(number: float, figure: Figure) -> bool:
    """Whether a number is a figure's, or lies in its range; ordinals and dates in the words of a
    link are nothing that could be compared.
    """
    if figure.maximum is not None:
        return figure.value <= number <= figure.maximum
    return abs(number - figure.value) <= abs(figure.value) * 1e-9
