"""Samples of the open data for the page that describes them: lines cut from the files themselves.

The page asks for one by a comment on a line of its own, ``<!-- sample: tei -->``. A format for
which the edition has nothing yet is shown without one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from ..graph.refs import Graph, relative
from ..kinds import LISTS, PAGES
from .bibliographic import BIBTEX
from .document import entry_path
from .tei import tei_path

_PLACE = re.compile(r"<!-- sample: ([a-z]+) -->")
WIDTH = 140
"""Characters of a line that are shown."""


def fill_samples(graph: Graph, files: Mapping[str, str | bytes], page: str, html: str) -> str:
    """The page, named by its address, with the samples that it asks for. Raises ``LookupError`` if
    there is no such sample.
    """
    return _PLACE.sub(lambda match: _shown(*SAMPLES[match[1]](graph), files, page), html)


def _shown(path: str, begins: str, count: int, files: Mapping[str, str | bytes], page: str) -> str:
    """Lines of a file from the first that holds some words, under the file's name."""
    content = files.get(path, "")
    lines = content.splitlines() if isinstance(content, str) else []
    at = next((n for n, line in enumerate(lines) if begins in line), None)
    if at is None:
        return ""
    cut = [
        line.strip() if len(line) <= WIDTH else f"{line[: WIDTH - 2].strip()} …"
        for line in lines[at : at + count]
    ]
    name = f'<a href="{relative(page, path)}">{path}</a>'
    code = escape("\n".join(cut), quote=False)
    return (
        f'<div class="highlight"><span class="filename">{name}</span>'
        f"<pre><code>{code}\n</code></pre></div>"
    )


Cut = tuple[str, str, int]
"""A file, words of the first line, and how many lines."""


def _source(graph: Graph) -> str:
    return next(iter(graph.archive.sources), "")


def _entry(graph: Graph) -> Cut:
    kind, id_ = next(
        ((kind.id, id_) for kind in (*PAGES, *LISTS) for id_ in graph.archive.of(kind.id)),
        ("source", _source(graph)),
    )
    return entry_path(kind, id_), '"kind"', 5


def _table(graph: Graph) -> Cut:
    kind = next((kind for kind in PAGES if graph.archive.of(kind.id)), None)
    return f"data/{kind.folder if kind else 'paragraphs'}.csv", ",", 2


SAMPLES: dict[str, Callable[[Graph], Cut]] = {
    "entry": _entry,
    "table": _table,
    "annotation": lambda graph: ("data/annotations.json", '"motivation"', 1),
    "tei": lambda graph: (tei_path(_source(graph)), 'xml:id="p1"', 1),
    "bibtex": lambda graph: (BIBTEX, f"@misc{{{_source(graph)}-p1,", 4),
    "graph": lambda graph: ("data/edition.graphml", "<edge ", 2),
    "argdown": lambda graph: ("data/arguments.argdown", "[", 3),
    "feed": lambda graph: ("feed.xml", "<id>", 1),
}
