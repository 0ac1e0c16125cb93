"""What a chapter for print needs beside what stands on its page: the works with their addresses,
and of every argument what it rests on.

A script that is loaded when a reader prints; see ``docs/assets/js/print.js``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import dates
from ..graph.refs import Graph, reference_label
from ..model import Argument, Reference
from ..pages.base import View
from ..read.prose import parse, parse_citation
from .base import plain
from .search import to_script


def print_assets(graph: Graph) -> dict[str, str]:
    """``printed.js``: works by id as label, words and address; arguments by id."""
    return {"assets/data/printed.js": to_script("dossierPrinted", print_data(graph))}


def print_data(graph: Graph) -> dict[str, Any]:
    """What it holds."""
    archive = graph.archive
    return {
        "works": {
            id_: [reference_label(graph, id_), _words(graph, record.model), record.model.url or ""]
            for id_, record in archive.references.items()
        },
        "arguments": {id_: _grounds(graph, r.model) for id_, r in archive.arguments.items()},
    }


def _words(graph: Graph, work: Reference) -> str:
    """A work as a list of works cited has it, without its address."""
    title = f"[{work.title}]" if work.title_by_editors else f"“{work.title}.”"
    date = dates.human(work.date) if work.date else "Date unknown"
    said = [f"{work.publisher}. {title} {date}."]
    if work.language not in ("en", "other"):
        said.append(f"In {graph.language(work.language)}.")
    if work.via:
        said.append(f"Read as carried by {work.via}.")
    return " ".join(said)


def _grounds(graph: Graph, argument: Argument) -> dict[str, Any]:
    """What an argument claims, its premises, and the arguments that support it, each with what is
    cited for it: ``source#p12`` or ``@work``.
    """
    view = View(graph, "")
    return {
        "maker": view.maker(argument),
        "claim": [plain(argument.claim), _cited(graph, argument.claim, argument.cites)],
        "premises": [
            [plain(p.text), _cited(graph, p.text, p.cites), view.voice(p), int(p.unsaid)]
            for p in argument.premises
        ],
        "below": [
            id_
            for id_, record in graph.archive.arguments.items()
            if f"argument:{argument.id}" in record.model.supports
        ],
    }


def _cited(graph: Graph, text: str, cites: Iterable[str]) -> list[str]:
    """What a text and its own list cite, each once."""
    own = graph.archive.default_source()
    found = [*parse(text).citations, *filter(None, map(parse_citation, cites))]
    return list(
        dict.fromkeys(
            f"@{c.reference}" if c.reference else f"{c.with_source(own).source}#{c.fragment}"
            for c in found
        )
    )
