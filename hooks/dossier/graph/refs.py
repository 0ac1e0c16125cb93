"""Who refers to what: addresses of everything, and the back-references of the whole archive.

An address here is a path from the site's root with its fragment (``actors/lin-na.html``,
``timeline.html#tax-begins``); ``relative`` turns it into the link that works from a given page,
under any base path and from a folder on disk.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from .. import dates
from ..kinds import KINDS, PAGES
from ..languages import title, tongue
from ..model import Argument, Entry, Part, Product, Role, Source, Statement, walk
from ..read.load import Archive, Record
from ..read.prose import Citation, Link, Prose, decode_target, parse, parse_citation
from ..read.words import SHOWN
from .history import NEXT, Changes, Wording, history, newest, newest_day, wordings
from .parts import ListPart

ParagraphKey = tuple[str, int]


def address(kind: str, id_: str) -> str:
    """The address of an entry, a source or a reference, as long as no list is cut."""
    known = KINDS[kind]
    return f"{known.folder}/{id_}.html" if known.paged else f"{known.index}#{id_}"


def gloss_address(term: str) -> str:
    """The address of the page on which a contested term is discussed at length."""
    return f"{KINDS['term'].listing}/{term}.html"


def comparison_address(key: str) -> str:
    """The address of the page that compares what several sources say of an entry."""
    return f"compare/{key.replace(':', '-', 1)}.html"


def paragraph_address(source: str, fragment: str) -> str:
    return f"sources/{source}.html#{fragment}"


def relative(from_page: str, to: str) -> str:
    """The link from one page to an address.

    >>> relative("actors/lin-na.html", "sources/x.html#p3")
    '../sources/x.html#p3'
    """
    path, hash_, fragment = to.partition("#")
    if path == from_page and hash_:
        return f"#{fragment}"
    return _path_between(posixpath.dirname(from_page), path) + hash_ + fragment


@lru_cache(50_000)
def _path_between(folder: str, path: str) -> str:
    return posixpath.relpath(path, folder or ".")


@dataclass(frozen=True, slots=True)
class Mention:
    """A paragraph that links to an entry, with the links."""

    source: str
    number: int
    links: tuple[Link, ...]


@dataclass
class Graph:
    """The archive with its references turned around."""

    archive: Archive
    mentions: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    """By entry (``actor:lin-na``): the paragraphs that link to it, in order."""
    referrers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By entry: the entries that link to it."""
    cited_by: dict[ParagraphKey, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By paragraph: the entries that cite it."""
    reference_used_by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By reference: the entries that cite it."""
    named_on: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By entry (``actor:lin-na``) or work (``reference:ID``): the hand-written pages that name it,
    each by its path below ``docs/`` and its title.
    """
    linked: set[str] = field(default_factory=set)
    """All entries to which something links: the text, its notes, other entries, sources, pages."""
    cited_works: set[str] = field(default_factory=set)
    """All works that something cites."""
    wordings: dict[str, dict[str, list[Wording]]] = field(default_factory=dict)
    """By source and paragraph: the words that it has had, those of today last."""
    history: dict[str, Changes] = field(default_factory=dict)
    """By release: what changed in it; the newest first, under ``NEXT`` what is not released yet."""
    revisions: dict[str, str] = field(default_factory=dict)
    """By entry and work: what names it as it is."""
    changed: bool = False
    """Whether anything has changed since the newest release."""
    newest: str = ""
    """The newest release."""
    day: str = ""
    """The newest date that the edition gives itself."""
    ranges: dict[ParagraphKey, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By first paragraph: the ranges cited anywhere (``p12-p14``), which get an anchor of their
    own.
    """

    turns: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """By entry with a page: the one before and the one after it, of its kind, by name."""
    versions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By work: the sources that are translations of it, the first of them first."""
    lists: dict[str, list[ListPart]] = field(default_factory=dict)
    """By list its parts; only of those that are cut (see ``lists``)."""
    places: dict[str, str] = field(default_factory=dict)
    """By what stands on such a list (``event:tax-begins``) the page that has it."""

    _citations: dict[str, list[Citation]] = field(default_factory=dict, repr=False)
    """What ``citations`` has worked out, since every page and format asks for it."""

    def version(self, source: str | None = None, paragraph: str | None = None) -> str:
        """What a citation calls the edition that has everything, or the text of a source, or a
        paragraph, as it is: the newest release and, if it has changed since, the day to which.

        In the form of Semantic Versioning, ``1.1.0+2026-11-29``; empty where nothing is released.
        """
        if not self.newest or self.is_released(source, paragraph):
            return self.newest
        return f"{self.newest}+{self.day}"

    def is_released(self, source: str | None = None, paragraph: str | None = None) -> bool:
        """Whether everything, the text of a source, or a paragraph is as in the newest release."""
        if source is None:
            return not self.changed
        past = self.wordings.get(source, {})
        chosen = past.values() if paragraph is None else [past.get(paragraph, [])]
        return all(own and own[-1].release != NEXT for own in chosen)

    def revision(self, key: str) -> str:
        """What names an entry or a work as it is: its id with the release that brought it so,
        ``zte@1.1.0``, or with its digest where that is not released; empty where nothing is.
        """
        return self.revisions.get(key, "")

    def pin(self, source: str, paragraph: str) -> str:
        """What makes a paragraph's address lead to its words as they are now, whatever becomes of
        them: ``@1.1.0``, or by their digest where they are not released; empty where nothing is.
        """
        if not self.newest:
            return ""
        if self.is_released(source, paragraph):
            return f"@{self.newest}"
        return f"@{self.wordings[source][paragraph][-1].digest[:SHOWN]}"

    def record(self, key: str) -> Record[Any]:
        kind, _, id_ = key.partition(":")
        record: Record[Any] = self.archive.of(kind)[id_]
        return record

    def entry(self, key: str) -> Entry:
        entry: Entry = self.record(key).model
        return entry

    def address(self, kind: str, id_: str) -> str:
        """The address of an entry, a source or a reference: its page, or its place on a list."""
        place = None if KINDS[kind].paged else self.places.get(f"{kind}:{id_}")
        return f"{place}#{id_}" if place else address(kind, id_)

    def coverage_address(self, source: str, number: int) -> str:
        """Where the coverage says what rests on a paragraph."""
        place = f"coverage:{source}/{self.part_of(source, number).id}" if self.lists else ""
        return f"{self.places.get(place, 'coverage.html')}#{source}-p{number}"

    def reading_address(self, kind: str, id_: str) -> str:
        """Where a reader who follows a name is led: to the gloss of a term that has one, otherwise
        to the entry's address.
        """
        record = self.archive.terms.get(id_) if kind == "term" else None
        return gloss_address(id_) if record and record.model.gloss else self.address(kind, id_)

    @property
    def called(self) -> str:
        """What the text is called in a sentence, by its genre: ``essay``; ``text`` where there are
        several of different kinds.
        """
        genres = {record.model.genre for record in self.archive.sources.values()}
        return genres.pop() if len(genres) == 1 else "text"

    @property
    def tongue(self) -> str:
        """The language of the sources in a sentence: ``Chinese``; ``original`` where there are
        several.
        """
        spoken = {tongue(record.model.language) for record in self.archive.sources.values()}
        return spoken.pop() if len(spoken) == 1 else "original"

    def language(self, code: str) -> str:
        """What the edition calls a language in a record."""
        return self.archive.settings.languages.get(code) or title(code)

    def beside(self, source: str) -> list[Source]:
        """The other translations of what a source translates, the first of them first."""
        versions = self.versions.get(self.archive.work(source) or "", [])
        return [self.archive.sources[id_].model for id_ in versions if id_ != source]

    def citing(self, source: str, number: int) -> list[str]:
        """The entries that cite a paragraph, in whichever translation."""
        texts = (source, *(other.id for other in self.beside(source)))
        found = (key for id_ in texts for key in self.cited_by.get((id_, number), []))
        return list(dict.fromkeys(found))

    def default_source(self, entry: Any) -> str | None:
        """The source that bare citations of a record mean."""
        if getattr(entry, "kind", None) == "source":
            return str(entry.id)
        return getattr(entry, "source", None) or self.archive.default_source()

    def citations(self, key: str) -> list[Citation]:
        """Everything that an entry cites, each once, paragraphs in the order of the text first."""
        record = self.record(key)  # read even when the answer is known: see dependencies
        default = self.default_source(record.model)
        if key not in self._citations:
            found = {
                c.with_source(default): None
                for statement in record.statements
                for c in statement.citations()
            }
            self._citations[key] = sorted(
                found,
                key=lambda c: (
                    not c.is_paragraph,
                    c.source or "",
                    c.first,
                    c.last,
                    c.reference or "",
                ),
            )
        return self._citations[key]

    def cited_paragraphs(self, key: str) -> list[ParagraphKey]:
        return sorted(
            {paragraph for c in self.citations(key) for paragraph in self.paragraphs_of(c)}
        )

    def paragraphs_of(self, citation: Citation) -> Iterator[ParagraphKey]:
        """The paragraphs that a citation names, as far as its source has them."""
        source = self.archive.sources.get(citation.source or "")
        if source:
            last = min(citation.last, source.model.paragraphs)
            yield from ((source.model.id, n) for n in range(max(1, citation.first), last + 1))

    def stops(self, key: str) -> list[Mention]:
        """The paragraphs that speak of an entry, in order: the stops of its thread.

        They are those that link to it and, for what is made of the text's own words (arguments,
        events, figures, checks, terms), those it cites; the latter come without links.
        """
        thread = KINDS[key.partition(":")[0]].thread
        found = {(m.source, m.number): m for m in self.mentions.get(key, [])}
        if thread != "mentions":
            cited = (
                self.listed_paragraphs(self.entry(key))
                if thread == "list"
                else self.cited_paragraphs(key)
            )
            for source, number in cited:
                found.setdefault((source, number), Mention(source, number, ()))
        return [found[at] for at in sorted(found)]

    def passages(self, key: str) -> list[Mention]:
        """The paragraphs that speak of an entry or that it cites, in order."""
        found = {(m.source, m.number): m for m in self.stops(key)}
        for source, number in self.cited_paragraphs(key):
            found.setdefault((source, number), Mention(source, number, ()))
        return [found[at] for at in sorted(found)]

    def in_time(self, source: str | None) -> tuple[bool, tuple[str, str], str]:
        """By what sources are put in order: their dates, the undated last."""
        date = self.archive.sources[source].model.date if source else None
        return date is None, dates.sort_key(date or "0001"), source or ""

    def listed_paragraphs(self, entry: Any) -> list[ParagraphKey]:
        """The paragraphs whose words a check or a term is about: those of its list, not those that
        its note compares.
        """
        default = self.default_source(entry)
        found = (c.with_source(default) for c in map(parse_citation, entry.cites) if c)
        return [paragraph for c in found for paragraph in self.paragraphs_of(c)]

    def part_of(self, source: str, number: int) -> Part:
        """The part of a source in which a paragraph stands."""
        parts = self.archive.sources[source].model.parts
        return next(part for part in parts if int(part.first[1:]) <= number <= int(part.last[1:]))

    def source_of(self, entry: Any, statement: Statement, text: str = "") -> str | None:
        """The source that a statement rests on: that of the first paragraph it cites, or
        ``None``.
        """
        return self.cited_source(entry, statement.cites, text)

    def cited_source(self, entry: Any, cites: Iterable[str], *texts: str) -> str | None:
        """The source of the first paragraph that an entry's list or texts cite, or ``None``."""
        default = self.default_source(entry)
        listed = (c for c in map(parse_citation, cites) if c)
        for citation in chain(listed, *(parse(text).citations for text in texts)):
            if citation.is_paragraph:
                return citation.with_source(default).source
        return None

    def work_of_argument(self, argument: Argument) -> str:
        """The source that makes an argument: of its words, of its claim, or of what is said of it;
        empty where it rests on none.
        """
        quoted = (self.cited_source(argument, q.cites) for q in argument.quotations)
        said = (argument.claim, argument.summary or "")
        found = [*quoted, self.cited_source(argument, argument.cites, *said)]
        return self.archive.work(next(filter(None, found), None)) or ""

    def referring(self, kind: str, key: str) -> list[Any]:
        """The entries of a kind that link to another, in the order of the archive."""
        return [self.entry(k) for k in self.referrers.get(key, []) if k.startswith(f"{kind}:")]

    def products_of(self, maker: str) -> list[Product]:
        """What an actor makes, in the order of the archive."""
        return [p for p in self.referring("product", maker) if p.maker == maker]

    def checks_on(self, source: str, number: int) -> list[Any]:
        """The checks of a paragraph's words."""
        cited_by = self.cited_by.get((source, number), [])
        return [
            c
            for k in cited_by
            if k.startswith("check:")
            and (source, number) in self.listed_paragraphs(c := self.entry(k))
        ]


def build_graph(archive: Archive) -> Graph:
    """Turn the references of an archive round; of one that is not checked yet, those that make
    sense.
    """
    graph = Graph(archive)
    for id_ in archive.sources:
        graph.versions[archive.work(id_) or id_].append(id_)
    for source_id, translation in archive.translations.items():
        for paragraph in translation.paragraphs:
            links: dict[str, list[Link]] = defaultdict(list)
            for prose in (paragraph.prose, *(note.prose for note in paragraph.notes)):
                _note_uses(graph, prose)
            for link in paragraph.prose.links:
                links[link.raw].append(link)
            speaker = paragraph.more.get("speaker", "")
            if speaker.startswith("actor:"):
                graph.linked.add(speaker)
                links.setdefault(speaker, [])
            for key, found in links.items():
                graph.mentions[key].append(Mention(source_id, paragraph.number, tuple(found)))
    records: list[Record[Any]] = [
        *archive.entries(),
        *archive.renderings.values(),
        *archive.sources.values(),
    ]
    for record in records:
        _read_record(graph, record)
    for page in archive.pages:
        for key in dict.fromkeys(key for prose in page.parsed.blocks for key in named_in(prose)):
            graph.named_on[key].append((page.path, page.title or page.path))
        for prose in page.parsed.blocks:
            _note_uses(graph, prose)
            for citation in prose.citations:
                _note_range(graph, citation.with_source(archive.default_source()))
    for kind in PAGES:
        named = sorted(
            archive.of(kind.id).values(), key=lambda r: (r.model.name.casefold(), r.model.id)
        )
        keys = [None, *(f"{kind.id}:{record.model.id}" for record in named), None]
        graph.turns.update({key: (keys[n], keys[n + 2]) for n, key in enumerate(keys[1:-1]) if key})
    graph.newest, graph.day = newest(archive), newest_day(archive)
    graph.wordings = wordings(archive)
    graph.history = {changes.version: changes for changes in history(archive)}
    graph.changed = NEXT in graph.history
    for version, changes in reversed(graph.history.items()):
        graph.revisions |= {
            key: f"{key.partition(':')[2]}@{version or found[:SHOWN]}"
            for key, found in changes.digests.items()
        }
    return graph


def named_in(prose: Prose) -> list[str]:
    """What a text links to and cites, paragraphs apart, by key."""
    works = (citation.reference for citation in prose.citations)
    return [link.raw for link in prose.links] + [f"reference:{work}" for work in works if work]


def _note_uses(graph: Graph, prose: Prose, owner: str = "") -> None:
    """What a text links to and cites, its own entry apart."""
    graph.linked.update(link.raw for link in prose.links if link.raw != owner)
    graph.cited_works.update(c.reference for c in prose.citations if c.reference)


def _read_record(graph: Graph, record: Record[Any]) -> None:
    model = record.model
    key = f"{model.kind}:{model.id}"
    default = graph.default_source(model)
    targets: dict[str, None] = {}
    for _, role, value in walk(model):
        if role is Role.LINK:
            targets[value] = None
        elif role is Role.PROSE:
            prose = parse(value)
            targets.update({link.raw: None for link in prose.links})
            _note_uses(graph, prose, key)
            for citation in prose.citations:
                _note_range(graph, citation.with_source(default))
        elif role is Role.CITE:
            found = parse_citation(value)
            if found:
                _note_range(graph, found.with_source(default))
                graph.cited_works.update([found.reference] if found.reference else [])
    for target in targets:
        if target != key:
            graph.referrers[target].append(key)
            graph.linked.add(target)
    if not KINDS[model.kind].entry:
        return
    for citation in graph.citations(key):
        if citation.reference:
            graph.reference_used_by[citation.reference].append(key)
    for paragraph in graph.cited_paragraphs(key):
        graph.cited_by[paragraph].append(key)


def _note_range(graph: Graph, citation: Citation) -> None:
    if citation.is_paragraph and citation.first != citation.last and citation.source:
        ranges = graph.ranges[citation.source, citation.first]
        if citation.fragment not in ranges:
            ranges.append(citation.fragment)


@dataclass(frozen=True)
class Resolver:
    """Fills the slots of prose (see ``prose.py``) for one page."""

    graph: Graph
    page: str
    source: str | None = None
    note_numbers: dict[str, int] = field(default_factory=dict)
    unnamed: str | None = None
    """A source that is not named in citations, since what they stand in is its own."""
    works: dict[str, int] | None = None
    """Where a page numbers the works it cites and lists them at its end: the number of each, as
    they come. Elsewhere a citation shows a work by name and leads to the bibliography."""

    def __call__(self, use: str, target: str) -> str:
        if use == "note":
            return str(self.note_numbers.get(target, "*"))
        found = decode_target(target)
        if isinstance(found, tuple):
            return relative(self.page, self.graph.reading_address(*found))
        citation = found.with_source(self.source)
        if use == "href":
            return self.citation_href(citation)
        return self.citation_label(citation)

    def citation_href(self, citation: Citation) -> str:
        if citation.reference is not None:
            if self.works is not None:
                return f"#w-{citation.reference}"
            return relative(self.page, self.graph.address("reference", citation.reference))
        return relative(self.page, paragraph_address(citation.source or "", citation.fragment))

    def citation_label(self, citation: Citation) -> str:
        if citation.reference is not None:
            if self.works is None:
                return reference_label(self.graph, citation.reference)
            return str(self.works.setdefault(citation.reference, len(self.works) + 1))
        if (
            citation.source not in (self.graph.archive.only_source(), self.unnamed)
            and citation.source in self.graph.archive.sources
        ):
            return f"{self.graph.archive.sources[citation.source].model.short}, {citation.label}"
        return citation.label


def reference_label(graph: Graph, id_: str) -> str:
    """How a citation shows a work: its short name, or publisher and date (``Reuters, Dec. 3,
    2025``).

    One that no editor has opened says so wherever it is cited, since a reader weighs it
    differently.
    """
    work = graph.archive.references[id_].model
    publisher = re.split(r" \(| / |, ", work.publisher)[0]
    label = work.short or f"{publisher}, {dates.brief(work.date) if work.date else 'undated'}"
    return f"{label}, not read by the editors" if work.basis == "known" else label
