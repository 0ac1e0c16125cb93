"""Which file and line a passage comes from, for readers who report a mistake there."""

from __future__ import annotations

from itertools import groupby

from ..graph.refs import Graph, paragraph_address
from .base import paragraphs
from .search import to_script


def lines_script(graph: Graph) -> dict[str, str]:
    """The script: by address of a paragraph or an entry its file in the repository and the line.

    An entry with a file of its own is not listed by line: its page names the file.
    """
    known: dict[str, tuple[str, int]] = {}
    for source, paragraph in paragraphs(graph):
        at = paragraph.location
        known[paragraph_address(source.id, paragraph.id)] = (at.path, at.line)
    listed = (record for record in graph.archive.entries() if record.path)
    for document, records in groupby(listed, key=lambda record: record.document):
        spans = document.spans
        for record in records:
            begins, _ = spans[record.path]
            known[graph.address(record.model.kind, record.model.id)] = (
                document.path,
                begins.line + 1,
            )
    return {"assets/data/lines.js": to_script("dossierLines", known)}
