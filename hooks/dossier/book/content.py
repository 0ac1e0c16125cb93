"""What the book holds: its chapters in order, the text with its notes, and where everything stands.

It is gathered once for all formats. A chapter names its template; a paragraph comes in pieces,
between which its notes are called, so that one format can set a link there and another the note.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape
from itertools import count
from typing import Any

from .. import dates
from ..exports.base import whole
from ..exports.document import document_files
from ..graph.case import Claim, case
from ..graph.refs import Graph
from ..graph.voices import find_words
from ..kinds import ENTRIES, KINDS, PAGES
from ..kinds.vocabularies import VERDICTS
from ..model import Check, Emendation, Entry, Source
from ..pages.charts.argument_map import argument_map
from ..pages.charts.timeline import PAPER, timeline
from ..pages.source import TAGS, language_of, note_numbers
from ..read.changes import Release
from ..read.edition import Edition
from ..read.prose import Citation, Prose, parse
from ..read.translation import Paragraph

_PIECE = re.compile(r'(<sup class="note-mark">.*?</sup>|<[^>]*>)', re.DOTALL)
# What in a paragraph's HTML is neither its text nor its blanks.
_AROUND = re.compile(r"(?<=<ul>)\n|(?<=<ol>)\n|(?<=<thead>)\n|\n(?=</)|<img [^>]*>|</?figcaption>")
_MARKED = re.compile(r'id="mark-([a-z0-9-]+)"')
_CLOSING = re.compile(r"[.,;:?!”’)]*")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Spot:
    """Where something stands: the chapter, and its anchor, which no other chapter has."""

    chapter: str
    anchor: str


@dataclass(frozen=True)
class Note:
    """A note on a paragraph: the translators', a check, or how a reader at home takes it.

    ``mark`` is what calls it: the translators' notes are numbered through the text, the editors'
    have letters within a paragraph. ``call`` is the anchor of the place that calls it.
    """

    kind: str
    anchor: str
    mark: str
    text: str
    check: Check | None = None
    emended: Emendation | None = None
    by: str = "Editors"

    @property
    def call(self) -> str:
        return f"call-{self.anchor}"

    @property
    def prose(self) -> Prose:
        return parse(self.text)

    @property
    def foremost(self) -> bool:
        """Whether it belongs on the page that calls it even where there is little room: all but the
        checks that find nothing amiss.
        """
        verdict = self.check.verdict if self.check else None
        return not self.check or (verdict is not None and VERDICTS[verdict]["shown"] == "open")


@dataclass(frozen=True)
class Para:
    """A paragraph of the text: HTML with slots, cut where its notes are called.

    ``paragraph`` is what it is in the source, ``as_text`` the attributes of its language.
    """

    source: str
    number: int
    anchor: str
    pieces: tuple[str | Note, ...]
    paragraph: Paragraph
    as_text: str

    @property
    def tag(self) -> str:
        """Its element; of a picture the caption stands."""
        name = self.paragraph.form.name
        return TAGS.get(name, "p") if name != "image" else "p"

    @property
    def notes(self) -> list[Note]:
        return [piece for piece in self.pieces if isinstance(piece, Note)]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its template, what that is given, and what it is in the terms of EPUB's structure
    vocabulary and of DPUB-ARIA.
    """

    id: str
    title: str
    template: str
    matter: str
    epub_type: str = "chapter"
    role: str = "doc-chapter"
    lead: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def paragraphs(self) -> list[Para]:
        found: list[Para] = self.context.get("paragraphs", [])
        return found


@dataclass(frozen=True)
class Book:
    """The book, and where in it everything stands that something links to."""

    graph: Graph
    edition: Edition
    date: str
    chapters: tuple[Chapter, ...]
    revision: str
    """A digest of all data: the same words, the same revision."""
    spots: dict[str, Spot]
    """By ``actor:lin-na``, ``essay:p12`` and ``check:id``."""

    @property
    def title(self) -> str:
        return self.edition.title

    @property
    def sources(self) -> list[Source]:
        return [record.model for record in self.graph.archive.sources.values()]

    @property
    def kicker(self) -> str:
        """What stands above the title."""
        return f"An annotated {'translation' if self.translated else self.graph.called}"

    @property
    def translated(self) -> bool:
        """Whether any of the text is a translation."""
        return any(source.translators for source in self.sources)

    @property
    def languages(self) -> list[str]:
        """The languages that stand in it: that of the notes, and those of the sources."""
        return list(dict.fromkeys(["en", *(source.language for source in self.sources)]))

    @property
    def release(self) -> Release | None:
        """The newest release, ``None`` before the first."""
        return self.edition.releases[0] if self.edition.releases else None

    @property
    def paragraphs(self) -> list[Para]:
        return [paragraph for chapter in self.chapters for paragraph in chapter.paragraphs]

    def spot(self, target: Citation | tuple[str, str]) -> Spot:
        """Where a cited paragraph, work or linked entry stands; of a range the first paragraph."""
        if isinstance(target, tuple):
            return self.spots[":".join(target)]
        if target.reference:
            return self.spots[f"reference:{target.reference}"]
        return self.spots[f"{target.source}:p{target.first}"]


def gather(graph: Graph, edition: Edition, date: str) -> Book:
    """The book of a checked archive; ``date`` is the edition's, ``YYYY-MM-DD``."""
    chapters = (*_text(graph), *_apparatus(graph))
    spots = dict(_spots(graph, chapters))
    return Book(graph, edition, date, chapters, revision(graph, edition), spots)


def revision(graph: Graph, edition: Edition) -> str:
    """A digest of all data, wherever they are published: the same words, the same revision."""
    digest = hashlib.sha256()
    for path, content in sorted(whole(document_files(graph, replace(edition, url=""))).items()):
        digest.update(f"{path}\0{content!s}\0".encode())
    return digest.hexdigest()[:12]


def _spots(graph: Graph, chapters: Iterable[Chapter]) -> Iterator[tuple[str, Spot]]:
    for chapter in chapters:
        for paragraph in chapter.paragraphs:
            yield (
                f"{paragraph.source}:p{paragraph.number}",
                Spot(chapter.id, paragraph.anchor),
            )
            for note in paragraph.notes:
                if note.check:
                    yield f"check:{note.check.id}", Spot(chapter.id, note.anchor)
        for kind in chapter.context.get("kinds", ()):
            for id_ in graph.archive.of(kind):
                yield f"{kind}:{id_}", Spot(chapter.id, f"{kind}-{id_}")
    for id_ in graph.archive.sources:
        yield f"source:{id_}", Spot("record", f"source-{id_}")


def _text(graph: Graph) -> Iterator[Chapter]:
    """A chapter for each part of each source."""
    only = graph.archive.only_source()
    for id_, record in graph.archive.sources.items():
        source = record.model
        paragraphs = _paragraphs(graph, source)
        for part in source.parts:
            own = paragraphs[int(part.first[1:]) - 1 : int(part.last[1:])]
            yield Chapter(
                id=part.id if id_ == only else f"{id_}-{part.id}",
                title=part.title if id_ == only else f"{source.short}: {part.title}",
                template="text.html",
                matter="bodymatter",
                lead=part.subject or "",
                context={"paragraphs": own},
            )


def _paragraphs(graph: Graph, source: Source) -> list[Para]:
    numbers = note_numbers(graph, source.id)
    made = []
    noted: set[str] = set()
    for paragraph in graph.archive.translations[source.id].paragraphs:
        checks = [c for c in _called(graph, source.id, paragraph) if c.id not in noted]
        noted.update(check.id for check in checks)
        made.append(_paragraph(graph, source, paragraph, numbers, checks))
    return made


def _called(graph: Graph, source: str, paragraph: Paragraph) -> Iterator[Check]:
    """The checks whose words stand in a paragraph, or that list it first and have none in any."""
    for check in graph.checks_on(source, paragraph.number):
        standing = [
            at
            for at in graph.listed_paragraphs(check)
            if find_words(graph.archive.translations[at[0]][at[1]].prose.plain, check)
        ]
        if (source, paragraph.number) in (standing or graph.listed_paragraphs(check))[:1]:
            yield check


def _paragraph(
    graph: Graph,
    source: Source,
    paragraph: Paragraph,
    numbers: dict[str, int],
    checks: list[Check],
) -> Para:
    only = graph.archive.only_source()
    prefix = "" if source.id == only else f"{source.id}-"
    emended = {e.note: e for e in source.emendations}
    plain = paragraph.prose.plain
    own = {
        note.id: Note(
            "translators",
            f"{prefix}note-{note.id}",
            str(numbers[note.id]),
            note.text,
            emended=emended.get(note.id),
            by="The author"
            if note.by_author
            else "Translators"
            if source.translators
            else "Editors",
        )
        for note in paragraph.notes
    }
    readings = [r.text for r in source.readings if r.paragraph == paragraph.id]
    placed: list[tuple[int, Check | str]] = sorted(
        ((_end(plain, check), check) for check in checks), key=lambda item: item[0]
    )
    placed += [(len(plain), text) for text in readings]
    calls = []
    for (at, item), letter in zip(placed, letters(), strict=False):
        if isinstance(item, str):
            note = Note("reading", f"{prefix}reading-{paragraph.id}-{letter}", letter, item)
        else:
            note = Note("check", f"check-{item.id}", letter, item.note, check=item)
        calls.append((at, note))
    return Para(
        source.id,
        paragraph.number,
        f"{prefix}{paragraph.id}",
        tuple(cut(_text_of(paragraph, prefix), own, calls)),
        paragraph,
        language_of(source.shown_in),
    )


def _text_of(paragraph: Paragraph, prefix: str) -> str:
    """Its HTML without what is not text, lines of verse with ids that no other source has."""
    html = _AROUND.sub("", paragraph.prose.html) if paragraph.form.name != "prose" else None
    return paragraph.prose.html if html is None else html.replace(' id="l', f' id="{prefix}l')


def _end(plain: str, check: Check) -> int:
    """Where the words of a check end, with the marks that close them; without words the end."""
    spans = find_words(plain, check)
    after = _CLOSING.match(plain, spans[-1][1]) if spans else None
    return after.end() if after else len(plain)


def letters() -> Iterator[str]:
    """a, b, … z, aa, ab …"""
    for round_ in count():
        first = _LETTERS[round_ - 1] if round_ else ""
        yield from (first + letter for letter in _LETTERS)


def cut(html: str, notes: dict[str, Note], calls: list[tuple[int, Note]]) -> Iterator[str | Note]:
    """A paragraph's HTML in pieces, between them the notes that are called there.

    ``notes`` are the translators', by id, whose marks stand in the HTML; ``calls`` the others, each
    with its offset in the plain text, in order. None is called within a link, but after it.
    """
    waiting = list(calls)
    at, links = 0, 0
    piece = ""

    def due() -> Iterator[str | Note]:
        nonlocal piece
        while waiting and waiting[0][0] <= at and not links:
            yield piece
            yield waiting.pop(0)[1]
            piece = ""

    for number, part in enumerate(_PIECE.split(html)):
        if number % 2 == 0:
            text = unescape(part)
            start = at
            for stop in [a for a, _ in waiting if start < a < start + len(text)]:
                piece += escape(text[at - start : stop - start], quote=False)
                at = stop
                yield from due()
            piece += escape(text[at - start :], quote=False)
            at = start + len(text)
        elif marked := _MARKED.search(part) if part.startswith("<sup") else None:
            yield piece
            piece = ""
            yield notes[marked[1]]
        else:
            links += part.startswith("<a ") - (part == "</a>")
            piece += part.replace("<br>", "<br/>")
        if number % 2 or not links:
            yield from due()
    yield piece
    yield from (note for _, note in waiting)


def _apparatus(graph: Graph) -> Iterator[Chapter]:
    """What follows the text: the case, who and what is named, and what it all rests on."""
    called = graph.called
    clocks = graph.archive.settings.clocks
    theses = case(graph)
    if theses:
        yield Chapter(
            "arguments",
            "The case as an outline",
            "arguments.html",
            "backmatter",
            lead=(
                f"Every argument of the {called}, numbered, each under the first that it supports"
                " or attacks; what else it does is named by the numbers."
            ),
            context={
                "kinds": ("argument",),
                "theses": theses,
                "numbers": {f"argument:{c.argument.id}": c.number for c in _all(theses)},
                "maps": [(thesis, argument_map(thesis)) for thesis in theses if thesis.below],
            },
        )
    for kind in PAGES:
        if kind.id == "argument" or not graph.archive.of(kind.id):
            continue
        entries = [record.model for record in graph.archive.of(kind.id).values()]
        yield Chapter(
            kind.folder,
            kind.search_title,
            "entries.html",
            "backmatter",
            context={
                "kinds": (kind.id,),
                "entries": sorted(entries, key=lambda e: e.name.lower()),
            },
        )
    events = sorted(
        (r.model for r in graph.archive.events.values()),
        key=lambda e: (dates.sort_key(e.local or e.date), e.id),
    )
    yield from _list(
        graph,
        "event",
        events,
        f"Dates are those that the {called} gives"
        + (
            f"; where {_of(clocks.local)} differs from {_of(clocks.source)}, both stand here."
            if clocks
            else "."
        )
        + " What is marked as the editors’ comes from the public record.",
        clocks=clocks,
        years=[
            (dates.human_year(year), [e for e in events if dates.year(e.date) == year])
            for year in sorted({dates.year(e.date) for e in events}, key=dates.sort_key)
        ],
        panels=timeline(graph, PAPER),
    )
    yield from _list(
        graph,
        "figure",
        [record.model for record in graph.archive.figures.values()],
        f"The numbers of the {called}, who gives them, and the record’s beside them.",
    )
    yield from _list(
        graph,
        "term",
        sorted(
            (r.model for r in graph.archive.terms.values()),
            key=lambda t: t.name.strip("“").lower(),
        ),
        f"The names, slogans and idioms of the {called}"
        + (
            f": the {graph.tongue}, the English that the translation uses, and the translators’"
            " notes."
            if any(record.model.translators for record in graph.archive.sources.values())
            else ", with the editors’ notes."
        ),
        epub_type="glossary",
        role="doc-glossary",
    )
    yield from _list(
        graph,
        "reference",
        sorted(
            (r.model for r in graph.archive.references.values()),
            key=lambda w: (w.publisher.lower(), w.date or "9999", w.title.lower()),
        ),
        "A title in brackets is the editors’ description, the exact one not being known.",
        epub_type="bibliography",
        role="doc-bibliography",
    )
    covered = {kind.id for kind in PAGES} | {"event", "figure", "term", "check"}
    for other in ENTRIES:  # a kind that has no template of its own
        if other.id not in covered and (found := graph.archive.of(other.id)):
            entries = [record.model for record in found.values()]
            yield Chapter(
                other.folder,
                other.index_title,
                "entries.html",
                "backmatter",
                context={"kinds": (other.id,), "entries": entries},
            )


def _of(place: str) -> str:
    return f"{place}’{'' if place.endswith('s') else 's'}"


def _list(
    graph: Graph,
    kind: str,
    items: list[Any],
    lead: str,
    epub_type: str = "appendix",
    role: str = "doc-appendix",
    **context: Any,
) -> Iterator[Chapter]:
    if items:
        known = KINDS[kind]
        name = known.listing or known.folder
        yield Chapter(
            name,
            known.index_title,
            f"{name}.html",
            "backmatter",
            epub_type,
            role,
            lead,
            {"kinds": (kind,), "items": items, **context},
        )


def _all(claims: Iterable[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        yield from _all(claim.below)


def index_of(book: Book) -> list[tuple[Entry, list[str]]]:
    """The names of the index, in order, each with the anchors at which the text names it."""
    graph = book.graph
    found = []
    for kind in PAGES:
        if kind.id == "argument":
            continue
        for record in graph.archive.of(kind.id).values():
            key = f"{kind.id}:{record.model.id}"
            stops = [book.spots[f"{m.source}:p{m.number}"].anchor for m in graph.mentions[key]]
            found.append((record.model, stops))
    return sorted(found, key=lambda item: item[0].name.strip("“").lower())
