"""What the browser's scripts know: previews of entries, paragraphs and works, threads, citations.

Written as scripts that are loaded on first use, since a page opened from disk may not fetch.
"""

from __future__ import annotations

from typing import Any

from . import dates
from .excerpts import shorten
from .model import Source
from .prose import parse
from .refs import Graph
from .search import entry_text, to_script

KIND_NAMES = {"event": "event", "figure": "figure", "term": "term", "check": "check", "policy": "policy", "argument": "argument"}


def preview_assets(graph: Graph) -> dict[str, str]:
    """The scripts: ``previews.js`` for hovering and following, ``originals.js`` for parallel reading."""
    archive = graph.archive
    previews: dict[str, Any] = {
        "entries": {
            f"{record.model.kind}:{record.model.id}": [
                record.model.name,
                record.model.zh or "",
                getattr(record.model, "type", None) or KIND_NAMES.get(record.model.kind, record.model.kind),
                shorten(entry_text(record.model), 320),
            ]
            for record in archive.entries()
            if record.model.kind != "check"
        },
        "paragraphs": {id_: [p.prose.plain for p in text.paragraphs] for id_, text in archive.translations.items()},
        "works": {
            record.model.id: [
                f"[{record.model.title}]" if record.model.title_by_editors else record.model.title,
                record.model.publisher,
                dates.human(record.model.date) if record.model.date else "date unknown",
                record.model.basis,
            ]
            for record in archive.references.values()
        },
        "mentions": {key: [[m.source, m.number] for m in mentions] for key, mentions in sorted(graph.mentions.items())},
        "sources": {record.model.id: _citable(record.model) for record in archive.sources.values()},
    }
    originals = {record.model.id: list(record.model.fingerprints.values()) for record in archive.sources.values()}
    return {
        "assets/data/previews.js": to_script("dossierPreviews", previews),
        "assets/data/originals.js": to_script("dossierOriginals", originals),
    }


def _citable(source: Source) -> dict[str, Any]:
    """What a citation of a source needs."""
    return {
        "title": source.title,
        "byEditors": source.title_by_editors,
        "author": source.author,
        "publisher": parse(source.publisher).plain.split(" (")[0],
        "date": source.date,
        "dateWords": dates.human(source.date),
        "translators": list(source.translators),
        "translated": source.translated,
    }
