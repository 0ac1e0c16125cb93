"""Invariant 3: every quotation stands word for word in a paragraph that it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import Location, Report
from ..errors import quoted as in_quotes
from ..graph.refs import Graph
from ..model import Path_
from ..read.load import Archive, HandPage, Record
from ..read.prose import Citation
from ..read.quotations import likest, stands_in
from .editions import release_with


@dataclass(frozen=True)
class Quoted:
    """A quotation: its words, the citations that vouch for it, and where it stands.

    ``owner`` is the key of the entry (``actor:lin-na``) or the file of the page; ``path`` the way
    to the field, of an entry.
    """

    words: str
    citations: tuple[Citation, ...]
    default: str | None
    place: Location
    owner: str
    path: Path_ = ()


def quoted_in(graph: Graph, record: Record[Any]) -> Iterator[Quoted]:
    """The quotations of a record, statement by statement."""
    model, default = record.model, graph.default_source(record.model)
    owner = f"{model.kind}:{model.id}"
    for statement in record.statements:
        for path, _, prose in statement.prose:
            for quotation in prose.quotations:
                vouching = quotation.citations or tuple(statement.citations())
                place = record.at(path, quotation.words[:20])
                yield Quoted(quotation.words, vouching, default, place, owner, path)
        for path, words in statement.quotes:
            beside = [c for p, c in statement.cites if c and p[: len(path) - 1] == path[:-1]]
            vouching = tuple(beside or statement.citations())
            yield Quoted(words, vouching, default, record.at(path), owner, path)


def quoted_on(archive: Archive, page: HandPage) -> Iterator[Quoted]:
    """The quotations of a hand-written page for which something is cited."""
    for prose in page.parsed.blocks:
        for quotation in prose.quotations:
            if quotation.citations:
                place = page.locate(_beginning(quotation.words, page.text))
                yield Quoted(
                    quotation.words,
                    quotation.citations,
                    archive.default_source(),
                    place,
                    place.path,
                )


def _beginning(words: str, text: str) -> str:
    """As much of a quotation's beginning as stands in a text without markup in between."""
    shorter = words[:30]
    while shorter not in text and " " in shorter:
        shorter = shorter.rpartition(" ")[0]
    return shorter


def quotations(graph: Graph) -> Iterator[Quoted]:
    """Every quotation of the edition, that of data and of pages."""
    for records in graph.archive.records.values():
        for record in records.values():
            yield from quoted_in(graph, record)
    for page in graph.archive.pages:
        yield from quoted_on(graph.archive, page)


def cited_texts(archive: Archive, quoted: Quoted) -> dict[tuple[str, int], str]:
    """The paragraphs that are cited for a quotation, as far as they can be read: their words."""
    texts: dict[tuple[str, int], str] = {}
    for citation in (c.with_source(quoted.default) for c in quoted.citations):
        if citation.source is None:  # a work, or a paragraph of nobody knows which source
            continue
        if f"translation:{citation.source}" in archive.broken:
            return {}
        translation = archive.translations.get(citation.source)
        for number in citation.numbers:
            if translation and 1 <= number <= len(translation.paragraphs):
                texts[citation.source, number] = translation[number].prose.plain
    return texts


def stands(quoted: Quoted, texts: dict[tuple[str, int], str]) -> bool:
    """Whether a quotation stands in the texts as they follow one another; words cited to works
    alone are the record's, which are not here to be compared.
    """
    return not texts or stands_in(quoted.words, " ".join(texts.values()))


def broken(graph: Graph) -> Iterator[tuple[Quoted, dict[tuple[str, int], str]]]:
    """The quotations that do not stand where they should, with the words that stand there now."""
    for quoted in quotations(graph):
        texts = cited_texts(graph.archive, quoted)
        if not stands(quoted, texts):
            yield quoted, texts


def check_quotation(archive: Archive, quoted: Quoted, report: Report) -> None:
    """Add to ``report`` what is wrong with a quotation."""
    if not quoted.citations:
        report.add(
            quoted.place,
            f"quotes {in_quotes(quoted.words)} without a citation; cite its paragraph after it, or"
            " drop the quotation marks",
        )
        return
    texts = cited_texts(archive, quoted)
    if not stands(quoted, texts):
        names = dict.fromkeys(f"p{number}" for _, number in texts)
        report.add(
            quoted.place,
            f"quotes {in_quotes(quoted.words)}, which does not stand in {' or '.join(names)}"
            f"{_where_instead(archive, quoted, list(texts.values()))}",
        )


def standing_elsewhere(archive: Archive, quoted: Quoted) -> str:
    """The paragraph in which the words do stand, as it is cited; empty where there is none. Of
    several translations the one that a bare citation means is looked at first.
    """
    work = archive.work(quoted.default)
    versions = [id_ for id_ in archive.translations if archive.work(id_) == work]
    for version in sorted(versions, key=lambda id_: id_ != quoted.default):
        for paragraph in archive.translations[version].paragraphs:
            if stands_in(quoted.words, paragraph.prose.plain):
                return paragraph.id if version == quoted.default else f"{version}:{paragraph.id}"
    return ""


def _where_instead(archive: Archive, quoted: Quoted, texts: list[str]) -> str:
    """Where the words do stand, or what the cited paragraph has in their place."""
    if elsewhere := standing_elsewhere(archive, quoted):
        return f"; it stands in {elsewhere}, cite that"
    found = likest(quoted.words, texts)
    if earlier := release_with(archive, quoted.default or "", quoted.words):
        version, id_ = earlier
        now = f"; today it has {_offered(found)}" if found else "; quote today's words"
        return f"; it stood in {id_} in release {version}{now}"
    return f" (it has {_offered(found)})" if found else "; copy the words from the translation"


def _offered(words: str) -> str:
    """What stands where something else is quoted, and the command that puts it in."""
    return f"{in_quotes(words, 160)}; dossier requote puts that in"
