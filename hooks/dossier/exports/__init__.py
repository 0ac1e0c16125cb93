"""The edition in the formats that other tools read, all from the one graph.

Each module makes the files of one kind of format; ``docs/open-data.md`` says what each is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..graph.refs import Graph
from ..pages import Rendered
from ..read.edition import Edition
from ..store import Content
from .annotations import annotation_files
from .base import Contents, Files, each, whole
from .bibliographic import bibliographic_files
from .document import document_files, entry_path
from .feed import feed_files
from .graphs import graph_files
from .inventory import inventory_files
from .tables import table_files
from .tei import tei_files
from .texts import llms_txt, robots_txt, twins

FORMATS: tuple[Callable[[Graph, Edition], Contents], ...] = (
    document_files,
    table_files,
    annotation_files,
    tei_files,
    bibliographic_files,
    graph_files,
    inventory_files,
    feed_files,
)

SINGLES = (document_files, tei_files)
"""Of these, those that give a file for each entry or source."""


def export_files(graph: Graph, edition: Edition) -> Files:
    """Every file of the open data: path from the site's root to content."""
    files: Files = {}
    for make in FORMATS:
        files |= whole(make(graph, edition))
    return files


def text_files(graph: Graph, edition: Edition, pages: Iterable[Rendered]) -> Mapping[str, Content]:
    """``llms.txt``, ``robots.txt`` and the Markdown twin of every page: path to content."""
    found = twins(graph, edition, pages)
    return {
        "llms.txt": llms_txt(found, edition),
        "robots.txt": robots_txt(edition),
        **{twin.path: twin for twin in found},
    }


__all__ = [
    "FORMATS",
    "SINGLES",
    "Contents",
    "Files",
    "each",
    "entry_path",
    "export_files",
    "text_files",
    "whole",
]
