"""What is still to be done: a list for contributors; nothing in it is a violation."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from .. import dates
from ..graph.refs import Graph
from ..graph.sides import unanswered
from ..model import PageEntry

OVERDUE_DAYS = 365


def open_work(graph: Graph, today: datetime.date) -> dict[str, list[str]]:
    """Open work by heading, a line each; headings without any are left out."""
    found = {
        "Paragraphs that nothing cites": list(_uncited(graph)),
        "Names in the text without a link": list(_unlinked(graph)),
        "Entries without an account": list(_thin(graph)),
        "Editors’ arguments that nothing answers": list(_unanswered(graph)),
        f"Checks older than {OVERDUE_DAYS} days": list(_overdue(graph, today)),
    }
    return {heading: lines for heading, lines in found.items() if lines}


def _uncited(graph: Graph) -> Iterator[str]:
    for source, translation in graph.archive.translations.items():
        for paragraph in translation.paragraphs:
            if not graph.cited_by.get((source, paragraph.number)):
                yield f"{paragraph.location}: {paragraph.id}"


def mentions_of(name: str, text: str) -> re.Match[str] | None:
    """Where a name stands in a text as a whole word, case-sensitive."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)


def _unlinked(graph: Graph) -> Iterator[str]:
    names = {
        name: f"{record.model.kind}:{record.model.id}"
        for record in graph.archive.page_entries()
        for name in (record.model.name, *record.model.aliases)
        if name[:1].isupper() and len(name) > 2
    }
    for translation in graph.archive.translations.values():
        for paragraph in translation.paragraphs:
            prose = paragraph.prose
            linked = {link.raw for link in prose.links}
            for name, key in names.items():
                if (
                    key not in linked
                    and mentions_of(name, prose.plain)
                    and not any(name in link.words for link in prose.links)
                ):
                    yield f'{paragraph.locate(name)}: "{name}" could link to {key}'


def _thin(graph: Graph) -> Iterator[str]:
    for record in graph.archive.page_entries():
        if isinstance(record.model, PageEntry) and not record.model.account:
            yield f"{record.document.path}: {record.model.name}"


def _unanswered(graph: Graph) -> Iterator[str]:
    for record in (graph.archive.arguments[id_] for id_ in unanswered(graph)):
        yield f"{record.document.path}: {record.model.name}"


def _overdue(graph: Graph, today: datetime.date) -> Iterator[str]:
    for record in graph.archive.checks.values():
        last = datetime.date.fromisoformat(dates.span(record.model.checked)[1])
        if (today - last).days > OVERDUE_DAYS:
            yield (
                f"{record.at(('checked',))}: {record.model.name}, last checked"
                f" {dates.human(record.model.checked)}"
            )
