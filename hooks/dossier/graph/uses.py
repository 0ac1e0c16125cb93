"""What depends on an entry, a work, a source or a paragraph: every place that names it by line
(``uses``), or for all entries and works at once, without lines, from what the graph knows
(``dependents``). A test holds the one against the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ..errors import Location
from ..kinds import KINDS
from ..model import Path_, Role, walk
from ..read.load import Record
from ..read.prose import Citation, Link, Prose, parse, parse_citation
from ..read.quotations import stands_in
from .refs import Graph, gloss_address, named_in

ENTRIES, TEXT, QUOTATIONS, PAGES, REDIRECTS = (
    "Entries",
    "The text and its notes",
    "Quotations",
    "Pages written by hand",
    "Redirects",
)


@dataclass(frozen=True, order=True)
class Use:
    """A place that names something: where it stands, in what, and how."""

    location: Location
    sort: str
    words: str

    def __str__(self) -> str:
        return f"{self.location}: {' '.join(self.words.split())}"


@dataclass(frozen=True)
class Target:
    """What is asked about: an entry by its key, or a paragraph of a source."""

    key: str
    number: int = 0
    """The paragraph, of the source that the key names; 0 for the thing itself."""

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def id(self) -> str:
        return self.key.partition(":")[2]

    def is_cited_by(self, citation: Citation) -> bool:
        """Whether a citation, whose source is known, names it."""
        if self.number:
            return citation.source == self.id and self.number in citation.numbers
        if self.kind == "source":
            return citation.source == self.id
        return self.kind == "reference" and citation.reference == self.id


def targets(graph: Graph, name: str) -> list[Target]:
    """What a name may mean: ``actor:lin-na``, ``lin-na``, ``p12`` or ``lamp-tax:p12``."""
    archive = graph.archive
    paragraph = re.fullmatch(r"(?:([a-z0-9-]+):)?p([1-9]\d*)", name)
    if paragraph:
        source = paragraph[1] or archive.default_source()
        if source in archive.translations:
            last = len(archive.translations[source].paragraphs)
            number = int(paragraph[2])
            return [Target(f"source:{source}", number)] if number <= last else []
        return []
    kind, colon, id_ = name.partition(":")
    if colon:
        return [Target(name)] if kind in KINDS and id_ in archive.of(kind) else []
    return [Target(f"{kind}:{name}") for kind in KINDS if name in archive.of(kind)]


def uses(graph: Graph, target: Target) -> list[Use]:
    """Every place that depends on a target, in the order of files and lines."""
    found = (
        *_in_records(graph, target),
        *_in_text(graph, target),
        *_in_pages(graph, target),
        *_redirects(graph, target),
    )
    return sorted({replace(use, location=use.location.found()) for use in found})


def _in_records(graph: Graph, target: Target) -> Iterator[Use]:
    for kind in KINDS:
        for id_, record in graph.archive.of(kind).items():
            key = f"{kind}:{id_}"
            if key != target.key:
                yield from _in_record(graph, target, key, record)
    for key, record in graph.archive.gone.items():
        if record.model.instead == target.key:
            yield Use(record.at(("instead",)), REDIRECTS, f"{key} is gone, and leads to it")
        for link in _links(parse(record.model.reason), target):
            place = record.at(("reason",), f"({link.raw}")
            yield Use(place, REDIRECTS, f"{key} is gone, and why names it")


def _in_record(graph: Graph, target: Target, key: str, record: Record[Any]) -> Iterator[Use]:
    default = graph.default_source(record.model)
    for path, role, value in walk(record.model):
        said = f"{key}, {_in_words(path)}"
        if (role is Role.LINK and value == target.key and not target.number) or (
            role is Role.CITE
            and (cited := parse_citation(value))
            and target.is_cited_by(cited.with_source(default))
        ):
            yield Use(record.at(path), ENTRIES, said)
        elif role is Role.PROSE:
            prose = parse(value)
            for link in _links(prose, target):
                yield Use(record.at(path, f"({link.raw}"), ENTRIES, f"{said}, as “{link.words}”")
            for citation in _citations(prose.citations, target, default):
                yield Use(record.at(path, _raw(citation)), ENTRIES, said)
    if Target(f"source:{getattr(record.model, 'source', None)}") == target:
        yield Use(record.at(("source",)), ENTRIES, f"{key}, source")
    yield from _quoting(graph, target, record, default)


def _quoting(
    graph: Graph, target: Target, record: Record[Any], default: str | None
) -> Iterator[Use]:
    """The quotations that stand in a paragraph, or are vouched for by a work."""
    for statement in record.statements:
        quoted = [
            (path, words, [c for p, c in statement.cites if c and p[: len(path) - 1] == path[:-1]])
            for path, words in statement.quotes
        ] + [
            (path, quotation.words, list(quotation.citations))
            for path, _, prose in statement.prose
            for quotation in prose.quotations
        ]
        for path, words, beside in quoted:
            cited = [c.with_source(default) for c in beside or statement.citations()]
            if any(map(target.is_cited_by, cited)) and _may_stand(graph, target, words):
                yield Use(record.at(path, words[:20]), QUOTATIONS, f"“{words}”")


def _may_stand(graph: Graph, target: Target, words: str) -> bool:
    """Whether words stand in a paragraph; of what is no paragraph nobody can tell."""
    if not target.number:
        return True
    return stands_in(words, graph.archive.translations[target.id][target.number].prose.plain)


def _in_text(graph: Graph, target: Target) -> Iterator[Use]:
    for translation in graph.archive.translations.values():
        for paragraph in translation.paragraphs:
            for link in _links(paragraph.prose, target):
                place = paragraph.locate(f"({link.raw}")
                yield Use(place, TEXT, f"{paragraph.id}, as “{link.words}”")
            if paragraph.more.get("speaker") == target.key:
                yield Use(paragraph.location, TEXT, f"{paragraph.id}, who speaks")
            for note in paragraph.notes:
                if [*_links(note.prose, target), *_citations(note.prose.citations, target, None)]:
                    yield Use(note.location, TEXT, f"the note [^{note.id}] on {paragraph.id}")


def _in_pages(graph: Graph, target: Target) -> Iterator[Use]:
    default = graph.archive.default_source()
    there = _addresses(graph, target)
    for page in graph.archive.pages:
        for prose in page.parsed.blocks:
            for link in _links(prose, target):
                yield Use(page.locate(f"({link.raw}"), PAGES, f"“{link.words}”")
            for citation in _citations(prose.citations, target, default):
                yield Use(page.locate(_raw(citation)), PAGES, page.title)
            for quotation in prose.quotations:
                cited = [c.with_source(default) for c in quotation.citations]
                if any(map(target.is_cited_by, cited)) and _may_stand(
                    graph, target, quotation.words
                ):
                    yield Use(page.locate(quotation.words[:30]), QUOTATIONS, f"“{quotation.words}”")
        for written in there:
            if re.search(rf"\]\((?:\.\./)*{re.escape(written)}[)#\s]", page.text):
                yield Use(page.locate(written), PAGES, f"its address, {written}")


def _addresses(graph: Graph, target: Target) -> list[str]:
    """How a page may write the address of something."""
    path, hash_, fragment = graph.address(target.kind, target.id).partition("#")
    if target.number:
        hash_, fragment = "#", f"p{target.number}"
    return [f"{stem}{hash_}{fragment}" for stem in (path, path.removesuffix(".html") + ".md")]


def _redirects(graph: Graph, target: Target) -> Iterator[Use]:
    record = graph.archive.of(target.kind).get(target.id)
    if record is None or target.number:
        return
    for index, old in enumerate(record.model.formerly):
        place = record.at(("formerly", index))
        yield Use(place, REDIRECTS, f"{graph.address(target.kind, old)} leads to it")
    if target.kind == "term" and record.model.gloss:
        yield Use(record.at(("gloss",)), PAGES, f"{gloss_address(target.id)} discusses it")


def _links(prose: Prose, target: Target) -> list[Link]:
    return [link for link in prose.links if link.raw == target.key and not target.number]


def _citations(
    citations: Iterable[Citation], target: Target, default: str | None
) -> list[Citation]:
    return [c for c in citations if target.is_cited_by(c.with_source(default))]


def _raw(citation: Citation) -> str:
    return f"@{citation.reference}" if citation.reference else citation.fragment


def _in_words(path: Path_) -> str:
    """The way to a field: ``account 2, text``."""
    return re.sub(r", (\d+)", lambda m: f" {int(m[1]) + 1}", ", ".join(map(str, path)))


@dataclass
class Dependents:
    """Where an entry or a work is used, in the order of the archive."""

    entries: list[str] = field(default_factory=list)
    """Entries, renderings and records of sources that link to it or cite it, by key."""
    paragraphs: list[tuple[str, int]] = field(default_factory=list)
    """Paragraphs of the text whose words link to it, by source and number."""
    notes: list[tuple[str, int]] = field(default_factory=list)
    """Paragraphs of which a translators' note links to it or cites it."""
    pages: list[str] = field(default_factory=list)
    """Pages written by hand, by their path below ``docs/``."""
    formerly: list[str] = field(default_factory=list)
    """Ids that it had before, from whose addresses readers are led here."""


def dependents(graph: Graph) -> dict[str, Dependents]:
    """By key (``actor:lin-na``, ``reference:ID``) what depends on it; only what has any."""
    archive = graph.archive
    found: dict[str, Dependents] = defaultdict(Dependents)
    for target, keys in graph.referrers.items():
        found[target].entries += keys
    for work, keys in graph.reference_used_by.items():
        found[f"reference:{work}"].entries += keys
    for id_, source_record in archive.sources.items():  # what they link to is among the referrers
        cited = (c.reference for said in source_record.statements for c in said.citations())
        for work in filter(None, dict.fromkeys(cited)):
            found[f"reference:{work}"].entries.append(f"source:{id_}")
    for target, mentions in graph.mentions.items():
        found[target].paragraphs += [(m.source, m.number) for m in mentions]
    for source, translation in archive.translations.items():
        for paragraph in translation.paragraphs:
            for key in {key for note in paragraph.notes for key in named_in(note.prose)}:
                found[key].notes.append((source, paragraph.number))
    for key, pages in graph.named_on.items():
        found[key].pages += [path for path, _ in pages]
    for record in archive.entries():
        if record.model.formerly:
            found[f"{record.model.kind}:{record.model.id}"].formerly += record.model.formerly
    return dict(sorted(found.items()))
