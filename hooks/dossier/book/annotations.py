"""The notes once more as an annotation set inside the EPUB, for readers that show such sets.

The format is a draft that still changes; only this module follows it, as it stood at ``DRAFT``: the
file's place and name, a profile of the Web Annotation model, selectors that refine one another.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from html import unescape
from typing import Any

from .. import dates
from ..exports.base import plain
from ..graph.voices import find_words
from ..kinds.vocabularies import JUDGMENT
from .content import Book, Note, Para
from .view import BookView

DRAFT = "EPUB Annotations 1.0, editors' draft of July 21, 2026 (w3c/epub-specs, commit 47f116d)"
CONTEXT = "https://www.w3.org/ns/epub-anno.jsonld"
PATH = "META-INF/annotations.json"
_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"


def annotation_set(book: Book, publication: str) -> dict[str, bytes]:
    """The set as a file of the container; empty without notes. ``publication`` identifies the
    book.
    """
    items = list(_items(book, publication))
    if not items:
        return {}
    found = {
        "@context": [CONTEXT, {"@language": "en"}],
        "id": _urn(publication, "annotations"),
        "type": "AnnotationSet",
        "generated": f"{book.date}T00:00:00Z",
        "about": {
            "dc:identifier": [publication],
            "dc:format": "application/epub+zip",
            "dc:title": book.title,
            "dc:creator": [book.edition.makers],
            "dc:date": book.date[:4],
        },
        "items": items,
    }
    return {PATH: (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()}


def _items(book: Book, publication: str) -> Iterator[dict[str, Any]]:
    for chapter in book.chapters:
        for para in chapter.paragraphs:
            for note in para.notes:
                yield _annotation(book, f"EPUB/{chapter.id}.xhtml", para, note, publication)


def _annotation(book: Book, file: str, para: Para, note: Note, publication: str) -> dict[str, Any]:
    source = book.graph.archive.sources[para.source].model
    day = note.check.checked if note.check else source.made or book.date
    makers = {"Translators": source.translators, "The author": source.authors}.get(note.by, [])
    maker = " and ".join(makers) or book.edition.makers
    selector: dict[str, Any] = {"type": "CssSelector", "value": f"#text-{para.anchor}"}
    start, end = _span(book, para, note)
    selector["refinedBy"] = {"type": "TextPositionSelector", "start": start, "end": end}
    tag = {
        "translators": f"{note.by.lower()}{'’' if note.by.endswith('s') else '’s'} note",
        "reading": book.graph.archive.settings.reader,
    }.get(note.kind)
    return {
        "id": _urn(publication, note.anchor),
        "type": "Annotation",
        "motivation": "commenting",
        "created": f"{dates.span(day)[1]}T00:00:00Z",
        "creator": {"id": _urn(publication, maker), "type": "Organization", "name": maker},
        "target": {
            "source": file,
            "selector": [
                selector,
                {"type": "FragmentSelector", "conformsTo": _FRAGMENT, "value": para.anchor},
            ],
        },
        "body": {
            "type": "TextualBody",
            "format": "text/plain",
            "value": plain(note.text),
            "tags": [tag or (note.check and note.check.verdict) or JUDGMENT],
        },
    }


def _span(book: Book, para: Para, note: Note) -> tuple[int, int]:
    """The words of a note in the paragraph's text as the EPUB has it: with its number and the marks
    of its notes. Of one without words of its own, the mark that calls it.
    """
    opening = BookView(book, None).opening(para)
    shown = f"{para.number} " + "".join(f"{_text(str(words))} " for words in opening)
    plain_at: list[int] = []  # for each letter of the plain text, where it is shown
    call = (0, 0)
    for piece in para.pieces:
        if isinstance(piece, Note):
            if piece is note:
                call = (len(shown), len(shown) + len(piece.mark))
            shown += piece.mark
        else:
            text = _text(piece)
            plain_at += range(len(shown), len(shown) + len(text))
            shown += text
    if note.check:
        plain_text = book.graph.archive.translations[para.source][para.number].prose.plain
        if spans := find_words(plain_text, note.check):
            return plain_at[spans[0][0]], plain_at[spans[-1][1] - 1] + 1
    return call


def _text(html: str) -> str:
    """The words of a piece of a paragraph's HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def _urn(publication: str, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{publication} {name}')}"
