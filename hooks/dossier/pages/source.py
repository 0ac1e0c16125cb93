"""The annotated text: each paragraph with its notes, its checks, and what cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from .. import dates
from ..graph.history import Wording, in_words
from ..graph.refs import Graph, reference_label
from ..graph.voices import mark
from ..kinds.vocabularies import JUDGMENT, VERDICTS
from ..languages import direction, tongue
from ..model import Check, Reference, Source, Term
from ..read.prose import parse, slot
from ..read.translation import Paragraph
from .base import Page, Recipe

LAYERS = (
    ("names", "Names"),
    ("checks", "Checks"),
    ("notes", "Notes"),
    ("readings", ""),  # as the edition calls that reader
    ("arguments", "Arguments"),
    ("cited", "Cited by"),
    ("voices", "Voices"),
    ("renderings", "Renderings"),
    ("literal", "Word for word"),
    ("original", "Original"),
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
    reader = graph.archive.settings.reader
    what = "translation" if source.translators else "text"
    parts = _parts(graph, source)
    shown = _layers_of(graph, source, [x for part in parts for x in part["paragraphs"]])
    return Page(
        path=f"sources/{source.id}.md",
        title=source.title,
        description=f"{source.title}: the annotated {what}, {source.paragraphs} paragraphs.",
        template="source.html",
        edit=graph.archive.translations[source.id].path,
        context={
            "source": source,
            "layers": [
                (name, label or f"{reader[:1].upper()}{reader[1:]}")
                for name, label in LAYERS
                if name in shown
            ],
            "reader": with_article(reader),
            "introduced": any(page.path == "introduction.md" for page in graph.archive.pages),
            "kicker": _kicker(graph, source),
            "tongue": tongue(source.language),
            "as_text": language_of(source.shown_in),
            "original_as": language_of(source.language),
            "rtl": direction(source.language) == "rtl",
            "parts": parts,
            "works": _works_cited(graph, source.id),
            "numbers": note_numbers(graph, source.id),
            "record_file": record.document.path,
            "edition": in_words(graph.version(source.id)),
            "swhid": graph.archive.translations[source.id].swhid,
        },
        hide=("navigation", "toc"),
    )


def _layers_of(graph: Graph, source: Source, paragraphs: list[dict[str, Any]]) -> set[str]:
    """The layers for which a source has anything."""
    there = {
        "names": any(x["p"].prose.links for x in paragraphs),
        "checks": any(x["checks"] for x in paragraphs),
        "notes": any(x["terms"] or x["p"].notes for x in paragraphs),
        "readings": bool(source.readings),
        "arguments": any(x["arguments"] for x in paragraphs),
        "cited": any(x["entry_count"] for x in paragraphs),
        "voices": any('class="said' in x["html"] for x in paragraphs),
        "renderings": bool(graph.archive.renderings),
        "literal": bool(source.literal),
        "original": bool(source.original),
    }
    return {name for name, found in there.items() if found}


def _kicker(graph: Graph, source: Source) -> list[str]:
    """What stands under the title: its language, its date, and whose the title is."""
    return [
        *(
            [f"Translated from the {tongue(source.language)}"]
            if source.translators
            else source.authors
        ),
        *([dates.human(source.date)] if source.date else []),
        *(["title by the editors"] if source.title_by_editors else []),
    ]


def language_of(code: str) -> Markup:
    """The attributes of text that is not English."""
    if code == "en":
        return Markup()
    turned = ' dir="rtl"' if direction(code) == "rtl" else ""
    return Markup(f' lang="{escape(code)}"{turned}')


def with_article(words: str) -> str:
    """Words with their article."""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def note_numbers(graph: Graph, source: str) -> dict[str, int]:
    """The translators' notes of a source, numbered through in the order of the text."""
    notes = [
        note.id
        for paragraph in graph.archive.translations[source].paragraphs
        for note in paragraph.notes
    ]
    return {id_: number for number, id_ in enumerate(notes, 1)}


def _works_cited(graph: Graph, source: str) -> list[Reference]:
    """The works that the notes beside the text cite, in the order of their citations: on paper they
    need their addresses.
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
    twice.
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
        "tag": TAGS.get(paragraph.form.name, "p"),
        "shape": _shape(paragraph),
        "original": _lines(graph.archive.sources[source].model.original.get(paragraph.id, "")),
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
                ("readings", len(readings), with_article(graph.archive.settings.reader)),
                ("arguments", len(arguments), _count(len(arguments), "argument")),
                ("cited", entry_count, f"cited by {entry_count}"),
            )
            if number
        ],
        "ranges": graph.ranges.get((source, paragraph.number), []),
    }


TAGS = {
    "quote": "blockquote",
    "list": "div",
    "numbers": "div",
    "table": "div",
    "image": "figure",
}
"""By form: the element of a paragraph that is not a ``p``."""


def _shape(paragraph: Paragraph) -> str:
    """The classes by which a paragraph's form and level are drawn."""
    form, level = paragraph.form.name, paragraph.more.get("level")
    return f"{f' text-{form}' if form != 'prose' else ''}{f' level-{level}' if level else ''}"


def _lines(text: str) -> Markup:
    """A text with its line ends."""
    return Markup("<br>\n").join(text.strip().split("\n"))


def _with_emendations(html: str, emended: Iterable[str]) -> str:
    """The paragraph with a sign at the notes that show a slip, and words for those who hear it."""
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
