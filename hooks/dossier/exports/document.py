"""All data as JSON: one document, one file per entry, and the JSON Schema of both.

An entry is the model as it stands in the data, prose in its Markdown, with three fields before it:
``kind``, ``address`` (its page) and ``refers`` (the references turned around). ``read_document``
gives the model back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ..graph.history import Wording
from ..graph.refs import Graph, paragraph_address
from ..kinds import KINDS
from ..model import MODELS, Gone, Model, Settings, fill_lists
from ..read.edition import Edition
from ..read.editions import Snapshot
from ..read.prose import tidy
from ..read.translation import Paragraph
from ..read.words import SHOWN, digest
from ..store import Content
from .base import OfGraph, Place, json_pieces, key_of, plain, records, to_json
from .editions import text_path

DOCUMENT = "data/edition.json"
SCHEMA = "data/edition.schema.json"
ADDED = ("kind", "address", "revision", "refers", "translation")
"""The fields of an entry here that are not the model's."""


def document_files(graph: Graph, edition: Edition) -> Iterator[tuple[str, Content]]:
    yield DOCUMENT, json_pieces(document(graph, Place(DOCUMENT, edition)))
    yield SCHEMA, to_json(schema(graph.archive.settings))
    for record in records(graph):
        path = entry_path(record.model.kind, record.model.id)
        place = Place(path, edition)
        yield path, OfGraph(partial(_written, graph, key_of(record.model), place))


def _written(graph: Graph, key: str, place: Place) -> str:
    return to_json(entry(graph, graph.record(key).model, place))


def entry_path(kind: str, id_: str) -> str:
    """Where the JSON of one entry lies: ``data/actors/lin-na.json``."""
    return f"data/{KINDS[kind].folder}/{id_}.json"


def document(graph: Graph, place: Place) -> dict[str, Any]:
    """Everything in one object: what the edition is, then a list for each kind, made while it is
    gone through.
    """
    lists = {
        KINDS[kind].folder: (
            entry(graph, record.model, place) for record in graph.archive.of(kind).values()
        )
        for kind in KINDS
    }
    return {
        "$schema": place.url(SCHEMA),
        "title": place.edition.title,
        "abstract": place.edition.abstract,
        "license": place.edition.license_url or place.edition.license,
        "address": place.url("index.html"),
        "version": graph.version(),
        "editions": [_edition(snapshot, place) for snapshot in graph.archive.editions.values()],
        "sources": lists.pop("sources"),
        **lists,
        "gone": [_fields(record.model) for record in graph.archive.gone.values()],
    }


def _edition(snapshot: Snapshot, place: Place) -> dict[str, Any]:
    """A release, and where the texts of it are kept."""
    found: dict[str, Any] = {
        "version": snapshot.version,
        "date": snapshot.date,
        "texts": {
            source: {
                "address": place.url(text_path(source, snapshot.version)),
                "swhid": released.swhid,
            }
            for source, released in snapshot.sources.items()
        },
    }
    return found | ({"commit": snapshot.commit} if snapshot.commit else {})


def entry(graph: Graph, model: Model, place: Place) -> dict[str, Any]:
    """One entry, source or reference, with its address and what refers to it."""
    key = key_of(model)
    kind, _, id_ = key.partition(":")
    found: dict[str, Any] = {"kind": kind, "address": place.url(graph.address(kind, id_))}
    if revision := graph.revision(key):
        found["revision"] = revision
    refers = _refers(graph, kind, id_)
    if refers:
        found["refers"] = refers
    found |= _fields(model)
    if kind == "source":
        past = graph.wordings.get(id_, {})
        found["translation"] = [
            _paragraph(graph, id_, p, place) | _revision(p, past.get(p.id))
            for p in graph.archive.translations[id_].paragraphs
        ]
    return found


def _fields(model: Model) -> dict[str, Any]:
    """The model's fields without those that are left out in the data; what must be said and is
    unknown is null.
    """
    said = model.model_dump(mode="json", exclude_none=True)
    return {
        name: said.get(name)
        for name, field in type(model).model_fields.items()
        if name in said or field.is_required()
    }


def _refers(graph: Graph, kind: str, id_: str) -> dict[str, list[str]]:
    """What refers to an entry: paragraphs of the text that link to it, and entries."""
    key = f"{kind}:{id_}"
    found = {
        "paragraphs": [f"{m.source}:p{m.number}" for m in graph.mentions.get(key, [])],
        "entries": list(
            graph.reference_used_by.get(id_, [])
            if kind == "reference"
            else graph.referrers.get(key, [])
        ),
    }
    return {name: keys for name, keys in found.items() if keys}


def _paragraph(graph: Graph, source: str, paragraph: Paragraph, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": paragraph.id,
        "address": place.url(paragraph_address(source, paragraph.id)),
        "text": paragraph.text,
        "plain": tidy(paragraph.prose.plain),
    }
    if paragraph.joined:
        found["joined"] = paragraph.joined
    if paragraph.part:
        found["part"] = paragraph.part
    if paragraph.notes:
        found["notes"] = [
            {"id": note.id, "text": note.text, "plain": plain(note.text)}
            for note in paragraph.notes
        ]
    noted = {note.id for note in paragraph.notes}
    emended = [
        e.model_dump() for e in graph.archive.sources[source].model.emendations if e.note in noted
    ]
    if emended:
        found["emendations"] = emended
    cited_by = graph.cited_by.get((source, paragraph.number), [])
    if cited_by:
        found["cited_by"] = list(cited_by)
    return found


def _revision(paragraph: Paragraph, past: list[Wording] | None) -> dict[str, Any]:
    """What identifies the words of a paragraph: their digest, and the release that brought them.

    ``p18@1.1.0``, or by the digest where they are not released yet.
    """
    found = digest(paragraph.prose.plain)
    if not past:
        return {"digest": found}
    pin = past[-1].release or found[:SHOWN]
    return {"digest": found, "revision": f"{paragraph.id}@{pin}"}


def read_document(text: str) -> dict[str, dict[str, Model]]:
    """The model from a document: by kind and id. Raises pydantic's ``ValidationError`` where it
    does not fit.
    """
    data = json.loads(text)
    return {
        kind: {
            item["id"]: model.model_validate({k: v for k, v in item.items() if k not in ADDED})
            for item in data[KINDS[kind].folder]
        }
        for kind, model in MODELS.items()
    }


def schema(settings: Settings) -> dict[str, Any]:
    """The JSON Schema of the document; the files of single entries have those of its
    definitions.
    """
    models: list[type[BaseModel]] = [*MODELS.values(), Gone]
    _, made = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/$defs/{model}"
    )
    definitions: dict[str, Any] = made["$defs"]
    fill_lists(definitions.values(), settings)
    definitions["Paragraph"] = _PARAGRAPH
    definitions["Refers"] = _REFERS
    for kind, model in MODELS.items():
        definition = definitions[model.__name__]
        added: dict[str, Any] = {
            "kind": {"const": kind},
            "address": {
                "type": "string",
                "format": "uri-reference",
                "description": "Its page, absolute or from this file.",
            },
            "refers": {"$ref": "#/$defs/Refers"},
        }
        if kind != "source":
            added["revision"] = _REVISION
        if kind == "source":
            added["translation"] = {"type": "array", "items": {"$ref": "#/$defs/Paragraph"}}
        definition["properties"] = {**added, **definition["properties"]}
        needed = [name for name, field in model.model_fields.items() if field.is_required()]
        definition["required"] = ["kind", "address", *needed]
    for name, definition in definitions.items():
        # A serialization schema asks for every field that may be null; here those are left out.
        if name not in {m.__name__ for m in models} and name not in (
            "Paragraph",
            "Refers",
            "Edition",
        ):
            definition["required"] = [
                n for n in definition.get("required", []) if _never_none(definition, n)
            ]
    lists = {
        KINDS[kind].folder: {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
        for kind, model in MODELS.items()
    }
    lists["gone"] = {"type": "array", "items": {"$ref": "#/$defs/Gone"}}
    definitions["Gone"]["required"] = [n for n, f in Gone.model_fields.items() if f.is_required()]
    texts = ("title", "abstract", "license", "address", "version", "$schema")
    definitions["Edition"] = _EDITION
    editions = {"editions": {"type": "array", "items": {"$ref": "#/$defs/Edition"}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An annotated source: the text with everything that the edition says of it",
        "type": "object",
        "additionalProperties": False,
        "required": [*texts, *editions, *lists],
        "properties": {**{name: {"type": "string"} for name in texts}, **editions, **lists},
        "$defs": definitions,
    }


def _never_none(definition: dict[str, Any], name: str) -> bool:
    return all(
        choice.get("type") != "null" for choice in definition["properties"][name].get("anyOf", [])
    )


_EDITION = {
    "description": "A release, and the text of each source as it was then.",
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "date", "texts"],
    "properties": {
        "version": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "commit": {
            "description": "Of a release that is reconstructed: from which commit of the history.",
            "type": "string",
        },
        "texts": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["address", "swhid"],
                "properties": {
                    "address": {"type": "string", "format": "uri-reference"},
                    "swhid": {"type": "string", "pattern": "^swh:1:cnt:[0-9a-f]{40}$"},
                },
            },
        },
    },
}
_REVISION = {
    "description": "What is said, for good: zte@1.1.0, or by digest what is not released.",
    "type": "string",
    "pattern": "^[a-z0-9-]+@[0-9a-f.]+$",
}
_STRINGS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_REFERS = {
    "description": (
        "What refers to it: paragraphs of the text that link to it, and entries that link to or"
        " cite it."
    ),
    "type": "object",
    "additionalProperties": False,
    "properties": {"paragraphs": _STRINGS, "entries": _STRINGS},
}
_PARAGRAPH = {
    "description": (
        "A translated paragraph: its Markdown with links and citations, and its plain text."
    ),
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "address", "text", "plain", "digest"],
    "properties": {
        "id": {"type": "string", "pattern": "^p[1-9][0-9]*$"},
        "address": {"type": "string", "format": "uri-reference"},
        "text": {"type": "string"},
        "plain": {"type": "string"},
        "digest": {
            "description": "The beginning of the SHA-256 of its words, blanks made equal.",
            "type": "string",
            "pattern": "^[0-9a-f]{16}$",
        },
        "revision": {
            "description": "Its words for good: p18@1.1.0, or by digest what is not released.",
            "type": "string",
            "pattern": "^p[1-9][0-9]*@[0-9a-f.]+$",
        },
        "joined": {
            "description": (
                "The paragraph with which it was joined: its text is the editors' word that it was."
            ),
            "type": "string",
            "pattern": "^p[1-9][0-9]*$",
        },
        "part": {"type": "string"},
        "notes": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "text", "plain"],
                "properties": {name: {"type": "string"} for name in ("id", "text", "plain")},
            },
        },
        "emendations": {
            "description": (
                "Slips of the author's: the English printed for each, the slip in the source's"
                " words, and what is meant."
            ),
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["note", "words", "sic", "corr"],
                "properties": {
                    name: {"type": "string"} for name in ("note", "words", "sic", "corr")
                },
            },
        },
        "cited_by": _STRINGS,
    },
}
