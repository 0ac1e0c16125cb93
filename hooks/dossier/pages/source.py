"""The annotated text: each paragraph with its notes, its checks, and what cites it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Check, Source, Term
from ..refs import KIND_ORDER, Graph
from ..translation import Paragraph
from ..voices import mark
from .base import KIND_TITLES, Page


def source_pages(graph: Graph) -> Iterator[Page]:
    for record in graph.archive.sources.values():
        source = record.model
        yield Page(
            path=f"sources/{source.id}.md",
            title=source.title,
            description=f"{source.title}: the annotated translation, {source.paragraphs} paragraphs.",
            template="source.html",
            edit=graph.archive.translations[source.id].path,
            context={
                "source": source,
                "parts": _parts(graph, source),
                "numbers": note_numbers(graph, source.id),
                "record_file": record.document.path,
            },
            hide=("navigation", "toc"),
        )


def note_numbers(graph: Graph, source: str) -> dict[str, int]:
    """The translators' notes of a source, numbered through in the order of the text."""
    notes = [note.id for paragraph in graph.archive.translations[source].paragraphs for note in paragraph.notes]
    return {id_: number for number, id_ in enumerate(notes, 1)}


def _parts(graph: Graph, source: Source) -> list[dict[str, Any]]:
    translation = graph.archive.translations[source.id]
    parts = []
    for part in source.parts:
        first, last = int(part.first[1:]), int(part.last[1:])
        paragraphs = [_paragraph(graph, source.id, translation[n]) for n in range(first, last + 1)]
        parts.append({"part": part, "paragraphs": paragraphs})
    return parts


def _paragraph(graph: Graph, source: str, paragraph: Paragraph) -> dict[str, Any]:
    """A paragraph and its apparatus, each thing in one place: terms and checks are not listed again."""
    cited_by = graph.cited_by.get((source, paragraph.number), [])
    terms: list[Term] = []
    for link in paragraph.prose.links:
        if link.kind == "term" and graph.archive.terms[link.id].model not in terms:
            terms.append(graph.archive.terms[link.id].model)
    checks: list[Check] = [
        record.model for record in graph.archive.checks.values() if (source, paragraph.number) in graph.checked_paragraphs(record.model)
    ]
    entries = [
        (KIND_TITLES[kind], [k for k in cited_by if k.startswith(f"{kind}:")])
        for kind in KIND_ORDER
        if kind not in ("argument", "check", "term")
    ]
    return {
        "p": paragraph,
        "html": mark(paragraph.prose.html, checks),
        "terms": terms,
        "checks": checks,
        "arguments": [graph.archive.arguments[k.partition(":")[2]].model for k in cited_by if k.startswith("argument:")],
        "entries": [(title, keys) for title, keys in entries if keys],
        "entry_count": sum(len(keys) for _, keys in entries),
        "ranges": graph.ranges.get((source, paragraph.number), []),
    }
