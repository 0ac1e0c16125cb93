"""What is said of an entry that is not in the edition any more, at the address that it had."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..graph.refs import Graph
from ..kinds import KINDS
from ..model import Gone
from ..read.load import GONE
from .base import Page, Recipe


def gone_pages(graph: Graph) -> Iterator[Recipe]:
    """A page at each old address, of those kinds that have a page an entry."""
    for key, record in graph.archive.gone.items():
        if KINDS[key.partition(":")[0]].paged:
            yield f"gone:{key}", partial(_gone_page, graph, record.model)


def _gone_page(graph: Graph, gone: Gone) -> Page:
    kind, _, id_ = gone.was.partition(":")
    return Page(
        f"{KINDS[kind].folder}/{id_}.md",
        gone.name,
        f"This entry is not in the edition any more; it was taken out on {gone.gone}.",
        "gone.html",
        GONE,
        {"gone": gone, "kind": KINDS[kind]},
        listed=KINDS[kind].index,
    )


def gone_from(graph: Graph, path: str) -> list[Gone]:
    """What stood on a list, named by its Markdown file, and does not any more."""
    return [
        record.model
        for key, record in graph.archive.gone.items()
        if (kind := KINDS[key.partition(":")[0]]).listing and path == f"{kind.listing}.md"
    ]
