"""What the browser's scripts know: previews of entries, paragraphs and works, threads, citations.

Written as scripts that are loaded on first use, since a page opened from disk may not fetch.
"""

from __future__ import annotations

from typing import Any

from .. import dates
from ..graph.excerpts import shorten
from ..graph.history import texts_now
from ..graph.refs import Graph
from ..kinds import ENTRIES, KINDS
from ..model import Actor, Argument, Entry, Event, Policy, Product, Source, Term
from ..read.prose import parse
from ..read.words import SHOWN, digest
from .bibliographic import TEX, page_template, source_templates
from .search import entry_text, to_script

NAMES = {
    "previews": "dossierPreviews",
    "cited": "dossierCited",
    "wording": "dossierWording",
    "originals": "dossierOriginals",
}


def preview_assets(graph: Graph) -> dict[str, str]:
    """The scripts: ``previews.js`` for hovering and following, ``cited.js`` for what rests on a
    paragraph, ``wording.js`` for the layers, ``originals.js`` for parallel reading.
    """
    return {
        f"assets/data/{name}.js": to_script(NAMES[name], data)
        for name, data in preview_data(graph).items()
    }


def preview_data(graph: Graph) -> dict[str, dict[str, Any]]:
    """What they hold, by the name of the script."""
    archive = graph.archive
    previews: dict[str, Any] = {
        "entries": {
            f"{record.model.kind}:{record.model.id}": [
                record.model.name,
                record.model.zh or "",
                _kind(record.model),
                shorten(entry_text(record.model), 320),
            ]
            for record in archive.entries()
            if KINDS[record.model.kind].linked
        },
        "paragraphs": {
            id_: [p.prose.plain for p in text.paragraphs]
            for id_, text in archive.translations.items()
        },
        "works": {
            record.model.id: [
                f"[{record.model.title}]" if record.model.title_by_editors else record.model.title,
                record.model.publisher,
                dates.human(record.model.date) if record.model.date else "date unknown",
                record.model.basis,
            ]
            for record in archive.references.values()
        },
        "mentions": {
            key: [[stop.source, stop.number] for stop in stops]
            for key in sorted(
                f"{record.model.kind}:{record.model.id}" for record in archive.entries()
            )
            if (stops := graph.stops(key))
        },
        "sources": {
            record.model.id: _citable(record.model) | _edition(graph, record.model.id)
            for record in archive.sources.values()
        },
        "bibtex": {"page": page_template(), "tex": TEX},
    }
    cited = {
        "titles": {kind.id: kind.title for kind in ENTRIES},
        "by": {
            id_: {
                paragraph.number: found
                for paragraph in text.paragraphs
                if (found := citing(graph, id_, paragraph.number))
            }
            for id_, text in archive.translations.items()
        },
    }
    wording = {
        "literal": {
            record.model.id: record.model.literal
            for record in archive.sources.values()
            if record.model.literal
        },
        "others": {
            id_: [other.english for other in record.model.gloss.others]
            for id_, record in archive.terms.items()
            if record.model.gloss
        },
    }
    originals = {
        record.model.id: [
            record.model.fingerprints.get(p.id, "")
            for p in archive.translations[record.model.id].paragraphs
            if record.model.fingerprints
        ]
        for record in archive.sources.values()
    }
    return {"previews": previews, "cited": cited, "wording": wording, "originals": originals}


def citing(graph: Graph, source: str, number: int) -> list[str]:
    """The entries that cite a paragraph, except those beside it as notes; kind by kind."""
    found = graph.cited_by.get((source, number), [])
    return [
        key for kind in ENTRIES if not kind.beside for key in found if key.startswith(f"{kind.id}:")
    ]


def _kind(entry: Entry) -> str:
    """What an entry is, in a few words: ``company``, ``event, December 8, 2025``."""
    match entry:
        case Actor() | Product():
            return entry.type
        case Policy():
            return (
                f"policy, {entry.instrument}"
                if entry.instrument != "policy approach"
                else entry.instrument
            )
        case Argument():
            return (
                f"argument of {'the ' if entry.maker in ('author', 'editors') else ''}{entry.maker}"
                if entry.maker != "quoted"
                else "argument, as quoted"
            )
        case Event():
            return f"event, {dates.human(entry.date)}"
        case Term():
            return entry.type
        case _:
            return entry.kind


def _citable(source: Source) -> dict[str, Any]:
    """What a citation of a source needs."""
    return {
        "title": source.title,
        "byEditors": source.title_by_editors,
        "author": " and ".join(source.authors) or None,
        "publisher": parse(source.publisher or "").plain.split(" (")[0],
        "date": source.date or "",
        "dateWords": dates.human(source.date) if source.date else "undated",
        "translators": list(source.translators),
        "translated": source.translated or "",
    }


def _edition(graph: Graph, source: str) -> dict[str, Any]:
    """What a citation calls the whole text as it is; the paragraphs that have changed since the
    newest release, and by what their words are known.
    """
    now = texts_now(graph.archive, source)
    shown = graph.archive.translations[source].paragraphs
    return {
        "version": graph.version(source),
        "changed": [int(id_[1:]) for id_ in now if not graph.is_released(source, id_)],
        "digests": [digest(now[p.id])[:SHOWN] if p.id in now else "" for p in shown],
        "bibtex": source_templates(graph, graph.archive.sources[source].model),
    }
