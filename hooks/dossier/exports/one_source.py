"""What the pages of one source ask for when they are read without the others: of the scripts with
previews, threads and print the piece that is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..graph.refs import Graph
from .base import key_of
from .previews import NAMES, preview_data
from .printed import print_data
from .search import to_script, without_index

NO_SEARCH = (
    "This copy holds one source and has no index. The whole edition, online or as one archive, can"
    " be searched."
)


def texts_of(graph: Graph, work: str) -> list[str]:
    """A source and its translations."""
    return graph.versions[work]


def entries_of(graph: Graph, work: str) -> list[str]:
    """The entries with a page that are a source's own: those that name it, and of those that name
    none whatever it speaks of. By key.
    """
    texts = set(texts_of(graph, work))
    return [
        key
        for record in graph.archive.page_entries()
        for key in [key_of(record.model)]
        if (
            record.model.source in texts
            if record.model.source
            else any(stop.source in texts for stop in graph.stops(key))
        )
    ]


@dataclass(frozen=True)
class Piece:
    """What of the data is a source's, in the order in which the scripts are to hold it."""

    texts: Sequence[str]
    entries: Sequence[str]
    works: Sequence[str]


def data_of(graph: Graph) -> Callable[[Piece], dict[str, str]]:
    """What gives the scripts of a piece, path to content; what they hold is gathered once."""
    whole = preview_data(graph)
    printed = print_data(graph)
    search = without_index(graph, NO_SEARCH)

    def scripts(piece: Piece) -> dict[str, str]:
        data = _cut(whole, piece)
        own = [key.partition(":")[2] for key in piece.entries]
        print_ = {
            "works": _some(printed["works"], piece.works),
            "arguments": _some(printed["arguments"], own),
        }
        return {
            **{f"assets/data/{name}.js": to_script(NAMES[name], data[name]) for name in data},
            "assets/data/printed.js": to_script("dossierPrinted", print_),
            **search,
        }

    return scripts


def _cut(whole: dict[str, dict[str, Any]], piece: Piece) -> dict[str, dict[str, Any]]:
    previews, cited, wording = whole["previews"], whole["cited"], whole["wording"]
    by = _some(cited["by"], piece.texts)
    own = set(piece.entries)
    return {
        "previews": previews
        | {
            "entries": _some(previews["entries"], piece.entries),
            "paragraphs": _some(previews["paragraphs"], piece.texts),
            "works": _some(previews["works"], piece.works),
            "mentions": {
                key: [stop for stop in stops if stop[0] in piece.texts]
                for key, stops in _some(previews["mentions"], piece.entries).items()
            },
            "sources": _some(previews["sources"], piece.texts),
        },
        "cited": cited
        | {
            "by": {
                source: {n: [key for key in keys if key in own] for n, keys in found.items()}
                for source, found in by.items()
            }
        },
        "wording": wording | {"literal": _some(wording["literal"], piece.texts)},
        "originals": _some(whole["originals"], piece.texts),
    }


def _some(found: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: found[name] for name in names if name in found}
