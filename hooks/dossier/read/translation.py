"""The translation of a source: parts, paragraphs with their ids, and the translators' notes.

The file is Markdown of a fixed shape. A paragraph ends with its id on a line of its own::

    In spring the harbor master announced …[^slip]
    { #p1 }

    [^slip]: A translators' note, one paragraph.

and a part begins with ``## Part 1 {#part-1}``; smaller headings, ``### Of lamps {#of-lamps}``,
stand before the paragraph that they head. Forms other than prose are in ``forms.py``. What else
there is to say of a paragraph stands with its id: ``{ #p7 speaker="The Mayor" }`` (or
``speaker="actor:mayor"``) of a turn in speech, ``{ #p8 label="2(a)" level=2 }`` of a clause. One
that was joined with another keeps its id and its place, ``{ #p9 joined=p8 }``: what stands there is
the editors' word that it was, and no part of the text. A note whose id begins with ``author-`` is
the author's own. Anything else is a violation, so no sentence can be in the text without an
address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..errors import Location, Report, nearest
from ..model import Text
from .forms import Form, form_of, shaped
from .needles import find
from .prose import Prose, parse
from .words import swhid

_ID_LINE = re.compile(r"\{:?\s*#(?P<id>[^\s}]+)(?P<more>[^}]*)\}\s*\Z")
_MORE = re.compile(r"\s*(?P<name>[A-Za-z_-]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))\s*")
_HEADING = re.compile(r"(?P<marks>##+)\s+(?P<title>.+?)\s*\{:?\s*#(?P<id>[a-z0-9-]+)\s*\}\s*\Z")
_NOTE = re.compile(r"\[\^(?P<id>[a-z0-9-]+)\]:\s*(?P<text>.*)\Z", re.DOTALL)
_PARAGRAPH_ID = re.compile(r"p[1-9][0-9]{0,4}\Z")


@dataclass(frozen=True)
class Note:
    """A translators' note on a paragraph. ``location`` is where its text begins."""

    id: str
    text: str
    location: Location

    @property
    def prose(self) -> Prose:
        return parse(self.text)

    @property
    def by_author(self) -> bool:
        """Whether it is the author's own footnote."""
        return self.id.startswith("author-")


@dataclass(frozen=True)
class Subheading:
    """A heading within a part: its level in HTML, from 3, its words and its id."""

    level: int
    title: str
    id: str
    location: Location


@dataclass
class Paragraph:
    """A translated paragraph; ``part`` is the id of its part, or ``None`` before the first.

    ``first_line`` is the number in the source of its first line of verse, ``more`` what stands with
    its id: ``speaker``, ``label``, ``level``, ``joined``.
    """

    number: int
    text: str
    location: Location
    part: str | None
    notes: list[Note] = field(default_factory=list)
    first_line: int = 1
    more: dict[str, str] = field(default_factory=dict)
    headings: list[Subheading] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"p{self.number}"

    @property
    def joined(self) -> str:
        """The id of the paragraph with which it was joined, so that it has no words of its own."""
        return self.more.get("joined", "")

    @cached_property
    def form(self) -> Form:
        return form_of(self.text)

    @cached_property
    def prose(self) -> Prose:
        return parse(self.text) if self.form.name == "prose" else shaped(self.form, self.first_line)

    @property
    def inline(self) -> str:
        """Its Markdown on one line, without the marks of its form."""
        return self.text if self.form.name == "prose" else self.form.inline

    @property
    def lines(self) -> int:
        """How many lines of verse it has."""
        return len(self.form.pieces) if self.form.name == "verse" else 0

    def locate(self, needle: str) -> Location:
        """Where in the file this paragraph has ``needle`` (or where it begins, if it does not)."""
        at = find(self.text, needle)
        if at < 0:
            return self.location
        before = self.text[:at]
        line = before.count("\n")
        column = at - (before.rfind("\n") + 1)
        return Location(self.location.path, self.location.line + line, column + 1)


@dataclass
class Heading:
    id: str
    title: str
    location: Location
    before: int  # the number of paragraphs above it


@dataclass
class Translation:
    """A translated source, in its order."""

    path: str
    swhid: str = ""
    """What identifies the file's content, wherever it is kept."""
    text: str = field(default="", repr=False)
    paragraphs: list[Paragraph] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    def __getitem__(self, number: int) -> Paragraph:
        return self.paragraphs[number - 1]


def read_translation(text: str, shown: str, report: Report) -> Translation:
    """Parse a translation; whatever does not belong is reported, and the rest is returned."""
    translation = Translation(shown, swhid(text.encode("utf-8")), text)
    notes: dict[str, Note] = {}
    part: str | None = None
    # how far the numbers in the file are ahead of the count; each slip is reported once
    ahead = 0
    line_of_verse = 1
    pending: list[Subheading] = []
    for line, block in _blocks(text):
        place = Location(shown, line)
        heading = _HEADING.match(block)
        note = _NOTE.match(block)
        last = block.rsplit("\n", 1)
        id_line = _ID_LINE.match(last[-1].strip())
        if heading and len(heading["marks"]) > 2:
            pending.append(
                Subheading(len(heading["marks"]), heading["title"], heading["id"], place)
            )
        elif heading:
            part = heading["id"]
            translation.headings.append(
                Heading(part, heading["title"], place, len(translation.paragraphs))
            )
        elif note:
            if note["id"] in notes:
                report.add(place, f'defines the note "[^{note["id"]}]" twice; rename one')
            notes[note["id"]] = Note(note["id"], Text(note["text"]), place)
        elif id_line and len(last) == 2:
            number = len(translation.paragraphs) + 1
            ahead = _check_number(
                id_line["id"], number, ahead, Location(shown, line + block.count("\n")), report
            )
            more = _more(id_line["more"], Location(shown, line + block.count("\n")), report)
            paragraph = Paragraph(
                number, Text(last[0]), place, part, [], line_of_verse, more, pending
            )
            line_of_verse += paragraph.lines
            pending = []
            translation.paragraphs.append(paragraph)
        elif re.match(r"#+\s", block):
            report.add(place, "is a heading without an id; write it as ## Part 1 {#part-1}")
        else:
            report.add(place, "has no paragraph id; write { #p12 } on the line after the paragraph")
            ahead += 1
    _attach(notes, translation, report)
    return translation


def _blocks(text: str) -> list[tuple[int, str]]:
    """Runs of lines between blank lines, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            fresh = True
        elif fresh:
            blocks.append((number, [line]))
            fresh = False
        else:
            blocks[-1][1].append(line)
    return [(number, "\n".join(lines)) for number, lines in blocks]


_KNOWN = ("speaker", "label", "level", "joined")


def _more(text: str, place: Location, report: Report) -> dict[str, str]:
    """What stands beside a paragraph's id; anything unknown is reported."""
    found = {m["name"]: m["quoted"] or m["bare"] or "" for m in _MORE.finditer(text)}
    for name in found:
        if name not in _KNOWN:
            report.add(
                place,
                f'says "{name}" of the paragraph{nearest(name, _KNOWN)}; known are'
                f" {', '.join(_KNOWN)}",
            )
    if rest := _MORE.sub("", text).strip():
        report.add(place, f'has "{rest[:40]}" after the id; write name="words"')
    if not re.fullmatch(r"[1-6]?", found.get("level", "")):
        report.add(place, f'has the level "{found["level"][:20]}"; write a number from 1 to 6')
        del found["level"]
    return found


def _check_number(found: str, expected: int, ahead: int, place: Location, report: Report) -> int:
    """How far a paragraph's id is ahead of its place; reported when that changes."""
    if not _PARAGRAPH_ID.match(found):
        report.add(place, f'has the id "{found[:40]}"; paragraph ids are p1, p2, p3 …')
        return ahead
    now = int(found[1:]) - expected
    if now not in (0, ahead):
        report.add(
            place,
            f"is {found} where p{expected + ahead} should stand; every paragraph comes once, in the"
            " source's order",
        )
    return now


def _attach(notes: dict[str, Note], translation: Translation, report: Report) -> None:
    used: set[str] = set()
    for paragraph in translation.paragraphs:
        for id_ in paragraph.prose.notes:
            if id_ not in notes:
                report.add(
                    paragraph.locate(f"[^{id_}]"),
                    f'refers to the note "[^{id_}]", which is not defined; add [^{id_}]: … after'
                    " the paragraph",
                )
            elif id_ in used:
                report.add(
                    paragraph.locate(f"[^{id_}]"),
                    f'refers to the note "[^{id_}]" a second time; give each place its own note',
                )
            else:
                paragraph.notes.append(notes[id_])
                used.add(id_)
    for id_, note in notes.items():
        if id_ not in used:
            report.add(
                note.location,
                f'defines the note "[^{id_}]", to which no paragraph refers; put [^{id_}] in the'
                " text",
            )
