"""Every annotation on its paragraph, as a W3C Web Annotation collection.

Four things are annotations: a name in the text (*identifying* its entry), a translators' note
(*commenting*), a check of words (*assessing*), and an entry that cites a paragraph (*linking*).
Where the words are known, a text quote selects them within the paragraph that a fragment selects.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import dates
from ..graph.refs import Graph, paragraph_address
from ..graph.voices import find_words
from ..model import Check, Source
from ..read.edition import Edition
from ..read.prose import parse
from ..read.translation import Paragraph
from ..store import Content
from .base import Place, json_pieces, paragraphs, plain

PATH = "data/annotations.json"
AROUND = 32
"""Characters before and after the words, by which a reader finds them again in another copy."""


def annotation_files(graph: Graph, edition: Edition) -> dict[str, Content]:
    return {PATH: json_pieces(collection(graph, Place(PATH, edition)))}


def collection(graph: Graph, place: Place) -> dict[str, Any]:
    """The collection, with all its annotations on one page, made while it is gone through."""
    items = (
        item
        for source, paragraph in paragraphs(graph)
        for item in _on_paragraph(graph, source, paragraph, place)
    )
    total = sum(
        len(p.prose.links) + len(p.notes) + len(graph.cited_by.get((source.id, p.number), ()))
        for source, p in paragraphs(graph)
    )
    here = place.url(PATH)
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": here,
        "type": "AnnotationCollection",
        "label": (
            f"Annotations on {', '.join(r.model.title for r in graph.archive.sources.values())}"
        ),
        "rights": place.edition.license_url,
        "total": total,
        "first": {
            "id": f"{here}#page",
            "type": "AnnotationPage",
            "partOf": here,
            "startIndex": 0,
            "items": items,
        },
    }


def _on_paragraph(
    graph: Graph, source: Source, paragraph: Paragraph, place: Place
) -> Iterator[dict[str, Any]]:
    text = paragraph.prose.plain
    here = f"{place.url(PATH)}#{source.id}-{paragraph.id}"

    def annotation(
        name: str, motivation: str, body: Any, spans: list[tuple[int, int]], **more: str
    ) -> dict[str, Any]:
        targets = [_target(source, paragraph, place, span) for span in spans] or [
            _target(source, paragraph, place, None)
        ]
        return {
            "id": f"{here}-{name}",
            "type": "Annotation",
            "motivation": motivation,
            **more,
            "body": body,
            "target": targets[0] if len(targets) == 1 else targets,
        }

    for number, link in enumerate(paragraph.prose.links, 1):
        yield annotation(
            f"name-{number}", "identifying", place.url(graph.address(link.kind, link.id)),
            [(link.at, link.at + len(link.words))]
        )  # fmt: skip
    for note in paragraph.notes:
        before = parse(paragraph.inline.partition(f"[^{note.id}]")[0]).plain
        start = before.rstrip().rfind(" ") + 1
        yield annotation(
            f"note-{note.id}", "commenting", _textual(plain(note.text)),
            [(start, len(before))] if text.startswith(before) else [],
            created=_moment(source.made) if source.made else "",
        )  # fmt: skip
    for key in graph.cited_by.get((source.id, paragraph.number), []):
        kind, _, id_ = key.partition(":")
        if kind == "check":
            check: Check = graph.archive.checks[id_].model
            if (source.id, paragraph.number) in graph.listed_paragraphs(check):
                body = [_textual(plain(check.note)), place.url(graph.address(kind, id_))]
                if check.verdict:
                    body.insert(0, _textual(check.verdict, purpose="classifying"))
                yield annotation(
                    f"check-{id_}",
                    "assessing",
                    body,
                    find_words(text, check),
                    created=_moment(check.checked),
                )
                continue
        yield annotation(f"{kind}-{id_}", "linking", place.url(graph.address(kind, id_)), [])


def _textual(text: str, **more: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": "en", **more}


def _moment(day: str) -> str:
    """A date as the standard's date and time; for a month or a year, its last day."""
    return f"{dates.span(day)[1]}T00:00:00Z"


def _target(
    source: Source, paragraph: Paragraph, place: Place, span: tuple[int, int] | None
) -> dict[str, Any]:
    selector: dict[str, Any] = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
        "value": paragraph.id,
    }
    if span:
        text = paragraph.prose.plain
        start, end = span
        quote = {"type": "TextQuoteSelector", "exact": text[start:end]}
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        selector["refinedBy"] = (
            quote | ({"prefix": before} if before else {}) | ({"suffix": after} if after else {})
        )
    page, _, _ = paragraph_address(source.id, paragraph.id).partition("#")
    return {"source": place.url(page), "selector": selector}
