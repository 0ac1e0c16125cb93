"""The annotated text: each paragraph with its notes, its checks, and what cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from ..graph.history import Wording, in_words
from ..graph.refs import Graph, reference_label
from ..graph.voices import mark
from ..kinds.vocabularies import JUDGMENT, VERDICTS
from ..model import Check, Reference, Source, Term
from ..read.prose import parse, slot
from ..read.translation import Paragraph
from .base import Page, Recipe

LAYERS = (
    ("names", "Names"),
    ("checks", "Checks"),
    ("notes", "Notes"),
    ("readings", "Chinese reader"),
    ("arguments", "Arguments"),
    ("cited", "Cited by"),
    ("voices", "Voices"),
    ("renderings", "Renderings"),
    ("literal", "Word for word"),
)
"""What a reader can switch on and off; reader.css hides by these names."""

FLAGGED = VERDICTS.having("shown", "open")[::-1]
"""Verdicts shown at a glance, the gravest first; the other checks of a paragraph share a line."""


def source_pages(graph: Graph) -> Iterator[Recipe]:
    for id_ in graph.archive.sources:
        yield f"source:{id_}", partial(_source_page, graph, id_)


def _source_page(graph: Graph, id_: str) -> Page:
    record = graph.archive.sources[id_]
    source = record.model
    return Page(
        path=f"sources/{source.id}.md",
        title=source.title,
        description=f"{source.title}: the annotated translation, {source.paragraphs} paragraphs.",
        template="source.html",
        edit=graph.archive.translations[source.id].path,
        context={
            "source": source,
            "layers": LAYERS,
            "parts": _parts(graph, source),
            "works": _works_cited(graph, source.id),
            "numbers": note_numbers(graph, source.id),
            "record_file": record.document.path,
            "edition": in_words(graph.version(source.id)),
            "swhid": graph.archive.translations[source.id].swhid,
        },
        hide=("navigation", "toc"),
    )


def note_numbers(graph: Graph, source: str) -> dict[str, int]:
    """The translators' notes of a source, numbered through in the order of the text."""
    notes = [
        note.id
        for paragraph in graph.archive.translations[source].paragraphs
        for note in paragraph.notes
    ]
    return {id_: number for number, id_ in enumerate(notes, 1)}


def _works_cited(graph: Graph, source: str) -> list[Reference]:
    """The works that the notes beside the text cite, in the order in which citations show them: on
    paper they need their addresses.
    """
    translation = graph.archive.translations[source]
    texts = [note.text for paragraph in translation.paragraphs for note in paragraph.notes]
    texts += [
        check.note
        for paragraph in translation.paragraphs
        for check in graph.checks_on(source, paragraph.number)
    ]
    linked = {
        link.id
        for paragraph in translation.paragraphs
        for link in paragraph.prose.links
        if link.kind == "term"
    }
    texts += [graph.archive.terms[id_].model.note for id_ in sorted(linked)]
    cited = {
        citation.reference
        for text in texts
        for citation in parse(text).citations
        if citation.reference
    }
    works = [graph.archive.references[id_].model for id_ in cited]
    return sorted(works, key=lambda work: (reference_label(graph, work.id).lower(), work.id))


def _parts(graph: Graph, source: Source) -> list[dict[str, Any]]:
    translation = graph.archive.translations[source.id]
    past = graph.wordings.get(source.id, {})
    parts = []
    for part in source.parts:
        first, last = int(part.first[1:]), int(part.last[1:])
        paragraphs = [
            _paragraph(graph, source.id, translation[n])
            | {"revised": _revised(graph, past.get(f"p{n}", []))}
            for n in range(first, last + 1)
        ]
        parts.append({"part": part, "paragraphs": paragraphs})
    return parts


def _revised(graph: Graph, past: list[Wording]) -> str:
    """When the words of a paragraph last changed; empty for one that is as it was first
    published.
    """
    if len(past) < 2:
        return ""
    release = past[-1].release
    return f"changed in {release}" if release else f"changed since {graph.newest}"


def _paragraph(graph: Graph, source: str, paragraph: Paragraph) -> dict[str, Any]:
    """A paragraph and its apparatus, each thing in one place: terms and checks are not listed
    again.
    """
    cited_by = graph.cited_by.get((source, paragraph.number), [])
    terms: list[Term] = []
    for link in paragraph.prose.links:
        if link.kind == "term" and graph.archive.terms[link.id].model not in terms:
            terms.append(graph.archive.terms[link.id].model)
    checks: list[Check] = graph.checks_on(source, paragraph.number)
    noted = {note.id for note in paragraph.notes}
    emended = {
        e.note: e for e in graph.archive.sources[source].model.emendations if e.note in noted
    }
    readings = [
        r.text for r in graph.archive.sources[source].model.readings if r.paragraph == paragraph.id
    ]
    arguments = [key for key in cited_by if key.startswith("argument:")]
    entry_count = sum(not key.startswith(("argument:", "check:", "term:")) for key in cited_by)
    flagged = sorted(
        (c for c in checks if c.verdict in FLAGGED), key=lambda c: FLAGGED.index(str(c.verdict))
    )
    unflagged = [c for c in checks if c.verdict not in FLAGGED]
    return {
        "p": paragraph,
        "html": _with_emendations(mark(paragraph.prose.html, checks), emended),
        "emended": emended,
        "readings": readings,
        "terms": terms,
        "checks": checks,
        "flagged": flagged,
        "unflagged": unflagged,
        "tally": _tally(unflagged),
        "arguments": arguments,
        "entry_count": entry_count,
        "flags": list(Counter(str(c.verdict) for c in flagged).items()),
        "counts": [
            (layer, words)
            for layer, number, words in (
                (
                    "checks",
                    len(unflagged),
                    _count(len(unflagged), "more check" if flagged else "check"),
                ),
                (
                    "notes",
                    len(terms) + len(paragraph.notes),
                    _count(len(terms) + len(paragraph.notes), "note"),
                ),
                ("readings", len(readings), "a Chinese reader"),
                ("arguments", len(arguments), _count(len(arguments), "argument")),
                ("cited", entry_count, f"cited by {entry_count}"),
            )
            if number
        ],
        "ranges": graph.ranges.get((source, paragraph.number), []),
    }


def _with_emendations(html: str, emended: Iterable[str]) -> str:
    """The paragraph with a sign at the notes that show a slip, and with words for those who hear
    it.
    """
    for note in emended:
        html = html.replace(
            f'<sup class="note-mark"><a href="#note-{note}" id="mark-{note}">{slot("note", note)}',
            f'<sup class="note-mark"><a class="emended" href="#note-{note}" id="mark-{note}"'
            f' aria-label="Note {slot("note", note)}*: a slip of the author’s is emended'
            f' here">{slot("note", note)}',
        )
    return html


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _tally(checks: Iterable[Check]) -> str:
    """What came of some checks, in a line: ``3 claims borne out, 1 judgment``."""
    found = Counter(check.verdict or JUDGMENT for check in checks)
    parts = [
        words["tally_one"] if n == 1 else words["tally_many"].format(n)
        for verdict, words in VERDICTS.items()
        if (n := found[verdict])
    ]
    if found[JUDGMENT]:
        parts.append(_count(found[JUDGMENT], JUDGMENT))
    return ", ".join(parts)
