"""What hand-written pages show of the data: verdicts as a bar, contradicted claims, dates as a
line, the first lines.

A page asks for a piece by a comment on a line of its own, ``<!-- made: verdicts -->``; words after
the piece's name say what it is made of, such as the ids of events.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from .. import dates
from ..graph.case import case
from ..graph.excerpts import shorten
from ..graph.refs import Graph
from ..kinds.vocabularies import JUDGMENT, VERDICTS
from ..model import Check
from ..read.prose import parse, tidy
from .base import View, environment
from .charts.argument_map import argument_map
from .charts.headlines import of_case, of_verdicts

_PLACE = re.compile(r"<!-- made: ([\w-]+)((?: [\w-]+)*) -->")
_SENTENCE = re.compile(r"^.{30,}?[.;](?= |$)")
WORDS_A_MINUTE = 230
BEGINNING = 220
"""How many words of the text, at least, are shown before the link to the rest."""
APART = 6
"""Months between two dates from which on the line that joins them is drawn as broken."""
BAR = 1000
"""Units in the width of the bar of verdicts."""


def fill_pieces(graph: Graph, page: str, html: str) -> str:
    """The page, named by its address, with the pieces that it asks for. Raises ``LookupError`` if
    there is no such piece or event.
    """
    if "<!-- made: " not in html:
        return html
    view = View(graph, page)

    def made(match: re.Match[str]) -> str:
        name, words = match[1], match[2].split()
        context = PIECES[name](graph, words)
        return environment().get_template(f"piece_{name}.html").render(v=view, **context)

    return _PLACE.sub(made, html)


def tally(graph: Graph) -> list[tuple[str, int]]:
    """How many checks came to each verdict, judgments last."""
    found: Counter[str] = Counter(
        record.model.verdict or JUDGMENT for record in graph.archive.checks.values()
    )
    return [(verdict, found[verdict]) for verdict in (*VERDICTS, JUDGMENT) if found[verdict]]


def _record(graph: Graph, words: list[str]) -> dict[str, Any]:
    source = graph.archive.default_source() or next(iter(graph.archive.sources))
    return {"source": graph.archive.sources[source].model, "works": len(graph.archive.works())}


def _verdicts(graph: Graph, words: list[str]) -> dict[str, Any]:
    counts = tally(graph)
    total = sum(n for _, n in counts)
    start, bars = 0.0, []
    for verdict, n in counts:
        share = n * BAR / total
        words_for_it = (
            VERDICTS[verdict]["tally_many"].removeprefix("{} ")
            if verdict in VERDICTS
            else f"{verdict}s"
        )
        bars.append((verdict, words_for_it, n, round(start, 1), round(share, 1)))
        start += share
    return {
        "headline": of_verdicts(graph),
        "bars": bars,
        "total": total,
        "claims": total - dict(counts).get(JUDGMENT, 0),
        "bar": BAR,
    }


def _contradicted(graph: Graph, words: list[str]) -> dict[str, Any]:
    def place(check: Check) -> tuple[str, int]:
        return (graph.listed_paragraphs(check) or [("", 0)])[0]

    checks = sorted(
        (r.model for r in graph.archive.checks.values() if r.model.verdict == "contradicted"),
        key=place,
    )
    return {"checks": [(check, shorten(check.quote, 260)) for check in checks]}


def _dates(graph: Graph, words: list[str]) -> dict[str, Any]:
    events = [graph.archive.events[id_].model for id_ in words]
    stated = [event.local or event.date for event in events]
    gaps = [_gap(*pair) for pair in pairwise(stated)]
    told = [first_sentence(event.summary) for event in events]
    return {"events": list(zip(events, stated, told, [*gaps, ""], strict=True))}


def _gap(earlier: str, later: str) -> str:
    """How long it is from one date to the next, where that is so long that a reader should know.

    >>> _gap("2018", "2022-10-07"), _gap("2025-12-08", "2026-08"), _gap("2025-04", "2025-07-10")
    ('4 years', '8 months', '')
    """
    months = dates.months_between(earlier, later)
    if months < APART:
        return ""
    return f"{months} months" if months < 24 else f"{round(months / 12)} years"


def first_sentence(text: str) -> str:
    """The first sentence of a prose field, without its citations."""
    plain = tidy(parse(text).plain)
    found = _SENTENCE.match(plain)
    return found[0].rstrip(";") + ("." if found[0].endswith(";") else "") if found else plain


def _beginning(graph: Graph, words: list[str]) -> dict[str, Any]:
    source = graph.archive.sources[
        graph.archive.default_source() or next(iter(graph.archive.sources))
    ].model
    paragraphs = graph.archive.translations[source.id].paragraphs
    titles = {int(part.first[1:]): part.title for part in source.parts[1:]}
    shown: list[tuple[int, str, str]] = []
    for paragraph in paragraphs:
        if sum(len(text.split()) for _, text, _ in shown) >= BEGINNING:
            break
        shown.append((paragraph.number, paragraph.prose.plain, titles.get(paragraph.number, "")))
    count = sum(len(p.prose.plain.split()) for p in paragraphs)
    return {
        "source": source,
        "paragraphs": shown,
        "next": min(len(shown) + 1, len(paragraphs)),
        "total": len(paragraphs),
        "minutes": round(count / WORDS_A_MINUTE),
    }


def _ways(graph: Graph, words: list[str]) -> dict[str, Any]:
    archive = graph.archive
    return {
        **_beginning(graph, words),
        "checks": len(archive.checks),
        "actors": len(archive.actors),
        "policies": len(archive.policies),
        "arguments": len(archive.arguments),
    }


def _case(graph: Graph, words: list[str]) -> dict[str, Any]:
    """The map of the foremost thesis."""
    thesis = max(case(graph), key=lambda claim: claim.size)
    return {"map": argument_map(thesis), "label": thesis.argument.name, "headline": of_case(graph)}


PIECES: dict[str, Callable[[Graph, list[str]], dict[str, Any]]] = {
    "record": _record,
    "verdicts": _verdicts,
    "contradicted": _contradicted,
    "dates": _dates,
    "beginning": _beginning,
    "ways": _ways,
    "case": _case,
}
