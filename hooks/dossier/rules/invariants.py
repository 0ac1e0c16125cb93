"""The invariants that no single field can check: citations, links, quotations, voices, order,
orphans.

Each rule is a function that adds what it finds to the report, so that one run names everything. The
numbers in the docstrings are those of the invariants in ``docs/architecture.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from .. import dates
from ..csp import refused
from ..errors import Location, Report, nearest, quoted
from ..graph.refs import Graph
from ..kinds import KINDS
from ..languages import is_known
from ..model import (
    Argument,
    Check,
    Entry,
    Event,
    Figure,
    PageEntry,
    Path_,
    Policy,
    Product,
    Reference,
    Role,
    Source,
    statements,
    walk,
)
from ..read.fingerprint import fingerprint
from ..read.invalid import TODO, UNWRITTEN
from ..read.load import SETTINGS, SHARED, Archive, HandPage, Record
from ..read.prose import Citation, Link, Prose, parse, parse_citation
from ..read.statements import SourcedStatement
from ..read.tags import unpaired
from ..read.translation import Paragraph, Translation
from .editions import check_editions
from .facts import check_facts
from .quotations import check_quotation, quoted_in, quoted_on
from .wording import check_notes, check_wording

_TAG = re.compile(r"<\s*/?\s*[A-Za-z!][^>]*>?")


def check_invariants(graph: Graph, report: Report) -> None:
    """Add every violation of the invariants to ``report``."""
    archive = graph.archive
    for source in archive.sources.values():
        check_source(archive, source, report)
    check_default(archive, report)
    records: list[Record[Any]] = [
        *archive.entries(), *archive.references.values(), *archive.renderings.values(),
        *archive.sources.values(),
    ]  # fmt: skip
    for record in records:
        check_names_and_dates(record, report)
        check_words(archive, record, report)
        check_links(archive, record, report)
        check_texts(graph, record, report)
        check_order(record, report)
    for entry in archive.entries():
        check_statements(entry, report)
    for argument in archive.arguments.values():
        check_argument(argument, report)
    check_cycles(archive, report)
    for verdict in archive.checks.values():
        check_verdict(verdict, report)
    for term in archive.terms.values():
        of = archive.sources.get(graph.default_source(term.model) or "")
        if of and of.model.translators and not term.model.zh:
            report.add(term.at(), 'lacks the field "zh", the headword of the source; add it')
    for event in archive.events.values():
        check_event(archive, event, report)
    for source_id in archive.translations:
        check_translation(archive, source_id, report)
    for page in archive.pages:
        check_page(archive, page, report)
    check_gone(archive, report)
    check_orphans(graph, report)
    check_findable(graph, report)
    check_arrows(graph, report)
    check_facts(graph, report)
    check_wording(graph, report)
    check_notes(graph, report)
    check_editions(archive, report)


def check_words(archive: Archive, record: Record[Any], report: Report) -> None:
    """A word of a list that the edition keeps stands in it, and a language has a name."""
    settings = archive.settings
    found: list[tuple[Path_, str, Iterable[str], str]] = []
    match record.model:
        case Event(lane=word):
            found.append((("lane",), word, settings.lanes, "lanes"))
        case Product(type=word):
            found.append((("type",), word, settings.product_types, "product_types"))
        case Policy(instrument=word, regime=regime):
            found.append((("instrument",), word, settings.instruments, "instruments"))
            for n, aspect in enumerate(regime.aspects if regime else ()):
                place = ("regime", "aspects", n, "aspect")
                found.append((place, aspect.aspect, settings.aspects, "aspects"))
        case Figure(unit=word):
            found.append((("unit",), word, settings.units, "units"))
        case Source(language=word) | Reference(language=word):
            if word not in settings.languages and word != "other" and not is_known(word):
                report.add(
                    record.at(("language",)),
                    f'has {quoted(word)} for "language", which is not a known code; write one such'
                    f" as en or zh-Hans, or name it under languages in {SETTINGS}",
                )
    for path, word, known, name in found:
        if word not in known:
            has = (
                "is not written yet (TODO)"
                if word == TODO
                else f'has {quoted(word)} for "{path[-1]}"{nearest(word, known)}'
            )
            others = "another word" if word == TODO else "it"
            report.add(
                record.at(path),
                f"{has}; use one of {', '.join(known)}, or add {others} to {name} in {SETTINGS}",
            )


# Sources and translations ---------------------------------------------------------------------


def check_source(archive: Archive, record: Record[Source], report: Report) -> None:
    """Invariant 4: every paragraph is translated once, in order; the parts cover the whole."""
    source = record.model
    if f"translation:{source.id}" in archive.broken:
        return
    translation = archive.translations.get(source.id)
    if translation is None:
        report.add(record.at(), f"has no translation; write docs/sources/{source.id}.md")
        return
    have = len(translation.paragraphs)
    if have < source.paragraphs:
        report.add(
            Location(translation.path),
            f"has p1 to p{have}, but the source has {source.paragraphs} paragraphs; translate"
            f" p{have + 1}",
        )
    elif have > source.paragraphs:
        extra = translation[source.paragraphs + 1]
        report.add(
            extra.location,
            f"is p{extra.number}, but the source has {source.paragraphs} paragraphs; merge or"
            " remove it",
        )
    check_other_translation(archive, record, report)
    joined = {p.id for p in translation.paragraphs if p.joined}
    wanted = [id_ for n in range(1, source.paragraphs + 1) if (id_ := f"p{n}") not in joined]
    if bool(source.translators) != bool(source.translated):
        report.add(
            record.at(),
            "names translators without the day of the translation, or the day without them; give "
            "both, or neither for a text in its own language",
        )
    recognized = (source.translators or source.fingerprints) and not source.translation_of
    if recognized and list(source.fingerprints) != wanted:
        odd = next((id_ for id_ in source.fingerprints if id_ not in wanted), None) or next(
            (id_ for id_ in wanted if id_ not in source.fingerprints), "the order"
        )
        report.add(
            record.at(("fingerprints",)),
            f"does not give each paragraph one fingerprint, in order (look at {odd}); it needs p1"
            f" to p{source.paragraphs}",
        )
    for id_, text in ({} if source.translation_of else source.original).items():
        if source.fingerprints.get(id_) != fingerprint(text):
            report.add(
                record.at(("original", id_)),
                f"is not the paragraph whose fingerprint {id_} has; copy it from the text that was"
                " fingerprinted",
            )
    expected = 1
    for index, part in enumerate(source.parts):
        first, last = int(part.first[1:]), int(part.last[1:])
        if last < first:
            report.add(
                record.at(("parts", index, "last")),
                f'ends the part "{part.id}" at p{last}, before it begins; give its last paragraph',
            )
        elif first != expected:
            report.add(
                record.at(("parts", index, "first")),
                f'begins the part "{part.id}" at p{first}; parts follow one another, so p{expected}'
                " is next",
            )
        expected = last + 1
    if expected != source.paragraphs + 1:
        report.add(
            record.at(("parts",)),
            f"ends the last part at p{expected - 1}; the source ends at p{source.paragraphs}",
        )
    starts = {int(part.first[1:]): part.id for part in source.parts}
    for heading in translation.headings:
        if starts.get(heading.before + 1) != heading.id:
            report.add(
                heading.location,
                f'puts the heading "{heading.id}" before p{heading.before + 1}, where'
                f" {record.document.path} begins no such part",
            )
    taken = {part.id for part in source.parts}
    for smaller in (h for paragraph in translation.paragraphs for h in paragraph.headings):
        if smaller.id in taken:
            report.add(
                smaller.location,
                f'gives a smaller heading the id "{smaller.id}", which is taken; choose another, or'
                " write ## where a part begins",
            )
        taken.add(smaller.id)


def _check_joined(translation: Translation, paragraph: Paragraph, report: Report) -> None:
    """A paragraph was joined with another that has words."""
    others = {p.id for p in translation.paragraphs if not p.joined}
    if paragraph.joined not in others:
        report.add(
            paragraph.location,
            f"was joined with {quoted(paragraph.joined)}, which is no paragraph with words of its"
            f" own{nearest(paragraph.joined, others)}; name the one that has its words now",
        )


def check_other_translation(archive: Archive, record: Record[Source], report: Report) -> None:
    """Another translation of a source has its paragraphs, and does not say again what they are."""
    source, place = record.model, record.at(("translation_of",))
    if source.translation_of is None or f"source:{source.translation_of}" in archive.broken:
        return
    first = archive.sources.get(source.translation_of)
    if first is None or source.translation_of == source.id or first.model.translation_of:
        others = [
            id_
            for id_, r in archive.sources.items()
            if id_ != source.id and not r.model.translation_of
        ]
        report.add(
            place,
            f'is a translation of "{source.translation_of}", which is no other source'
            f"{nearest(source.translation_of, others)}; name the source of which the record has"
            " the fingerprints",
        )
        return
    if not source.translators:
        report.add(place, "is another translation and names no translators; add translators")
    for name in ("language", "paragraphs", "authors"):
        there = getattr(first.model, name)
        if getattr(source, name) != there:
            field = name.removesuffix("s") if name == "authors" else name
            report.add(
                record.at((field,)),
                f'has another "{field}" than {first.document.path}, of which it is a translation;'
                " give both the same",
            )
    for name in SHARED:
        if (name,) in record.document.keys:
            report.add(
                record.at((name,)),
                f"gives {name} again; they stand in {first.document.path}, so delete them here",
            )


def check_default(archive: Archive, report: Report) -> None:
    """At most one source can be what a bare citation means."""
    marked = [record for record in archive.sources.values() if record.model.default]
    for record in marked[1:]:
        report.add(
            record.at(("default",)),
            f"is marked as the default source, as {marked[0].model.id} is; keep one",
        )


def check_translation(archive: Archive, source_id: str, report: Report) -> None:
    """Links, citations and HTML in the translation and in its notes."""
    if source_id not in archive.sources:
        return
    own_language = not archive.sources[source_id].model.translators
    for paragraph in archive.translations[source_id].paragraphs:
        prose = paragraph.prose
        if own_language:
            prose = replace(prose, problems=tuple(p for p in prose.problems if not p.of_marks))
        check_prose(archive, prose, source_id, paragraph.locate, report)
        speaker = paragraph.more.get("speaker", "")
        if speaker.startswith("actor:"):
            id_ = speaker.removeprefix("actor:")
            check_known(archive, "actor", id_, paragraph.location, report)
        if TODO in paragraph.text:
            report.add(
                paragraph.locate(TODO), f"is not translated yet (TODO); write {paragraph.id}"
            )
        if paragraph.joined:
            _check_joined(archive.translations[source_id], paragraph, report)
        elif paragraph.prose.citations:
            report.add(
                paragraph.location,
                "cites a paragraph; the translation itself cites nothing, put the citation into "
                "a note",
            )
        for note in paragraph.notes:

            def place(needle: str, location: Location = note.location) -> Location:
                return location

            check_prose(archive, note.prose, source_id, place, report)
            check_no_notes(note.prose, place, report)


_ELSEWHERE = (
    (
        re.compile(
            r"""<(?:(?:img|source|video|audio|track|a|area)\b[^>]*?\s(?:src|srcset|poster|ping)"""
            r"""|(?:link|image|use|feimage)\b[^>]*?\s(?:xlink:)?href)\s*=\s*["']?\s*((?:https?:)?//[^\s"'>]+)""",
            re.IGNORECASE,
        ),
        'loads "{}" from elsewhere; put the file into docs/assets and name it from there',
    ),
    (
        re.compile(r"(<form\b)", re.IGNORECASE),
        "holds {}>, which no page of this site may contain; link to where one can write instead",
    ),
    (
        re.compile(r"""\shref\s*=\s*["'](/[^/"'][^"']*)"""),
        'links to "{}", which is dead from disk and under a path; write the way from this page',
    ),
)
"""What would send a page's readers elsewhere, or nowhere."""


def check_page(archive: Archive, page: HandPage, report: Report) -> None:
    """Links, citations and quotations in a hand-written page, and what no page may contain."""
    default = archive.default_source()
    parsed = page.parsed
    for pattern, message in _ELSEWHERE:
        for match in pattern.finditer(parsed.html):
            report.add(page.locate(match[1]), message.format(match[1][:60]))
    unwanted = refused(parsed.html)
    for found in unwanted:
        # Links are reported with their blocks.
        if not any(
            problem.needle and problem.needle in found
            for prose in parsed.blocks
            for problem in prose.problems
        ):
            report.add(
                page.locate(found[1:].partition(">")[0].partition("=")[0].rpartition(" ")[2]),
                f"holds {found}, which no page of this site may contain; remove it",
            )
    for tag in dict.fromkeys(unpaired(parsed.html)):
        if tag in ("<form>", "<script>", *unwanted):
            continue
        remedy = "has no end" if tag[1] != "/" else "ends what nothing begins"
        report.add(
            page.locate(tag.removesuffix(">")),
            f"holds {tag}, which {remedy}; write both tags, or `{tag}` if the words are meant",
        )
    for prose in parsed.blocks:
        check_prose(archive, prose, default, page.locate, report)
    for quoted_words in quoted_on(archive, page):
        check_quotation(archive, quoted_words, report)


# Values ---------------------------------------------------------------------------------------


def check_names_and_dates(record: Record[Any], report: Report) -> None:
    """Plain text holds no markup; dates are days of the calendar."""
    for path, role, value in walk(record.model):
        if TODO in value:
            report.add(record.at(path, TODO), UNWRITTEN)
        elif role is Role.DATE:
            problem = dates.problem(value)
            if problem and re.search("[“”‘’]", value):
                problem = "has curly quotation marks; write straight ones or none"
            if problem:
                report.add(record.at(path), f"has {quoted(value)}, which {problem}")
        elif (
            path == ("name",)
            and record.model.kind in KINDS
            and KINDS[record.model.kind].proper
            and re.fullmatch(r"[“”][^“”]*[“”]", value)
        ):
            report.add(
                record.at(path),
                f"has quotation marks around the name {value}; YAML's own are straight, and"
                " are needed only around a colon",
            )
        elif role in (Role.NAME, Role.QUOTE):
            tag = _TAG.search(value)
            if tag:
                report.add(
                    record.at(path, tag[0]), f"holds HTML ({quoted(tag[0], 30)}); write plain text"
                )


def check_order(record: Record[Any], report: Report) -> None:
    """What begins and ends does so in this order, and a range goes up."""
    for path, statement in statements(record.model):
        start, end = getattr(statement, "start", None), getattr(statement, "end", None)
        if not start or not end or dates.problem(start) or dates.problem(end):
            continue
        if dates.problem(f"{dates.span(start)[0]}/{dates.span(end)[1]}"):
            report.add(
                record.at((*path, "end")),
                f"ends in {quoted(end)}, before it begins ({quoted(start)}); exchange the two,"
                " or correct one",
            )
    if isinstance(record.model, Figure):
        low, high = record.model.value, record.model.maximum
        if high is not None and high < low:
            report.add(
                record.at(("maximum",)),
                f"has a maximum of {high:g}, less than the value {low:g}; exchange the two",
            )


def check_links(archive: Archive, record: Record[Any], report: Report) -> None:
    """Invariant 2: every id in a field resolves, and nothing links to itself."""
    for path, role, value in walk(record.model):
        if role is not Role.LINK:
            continue
        kind, _, id_ = value.partition(":")
        check_known(archive, kind, id_, record.at(path), report)
        if kind == record.model.kind and id_ == record.model.id and path[-1] != "speaker":
            report.add(record.at(path), f'links to itself ("{value}"); remove it')


def check_texts(graph: Graph, record: Record[Any], report: Report) -> None:
    """Invariants 2 and 3 for every text, list of citations and quotation of a record."""
    archive, default = graph.archive, graph.default_source(record.model)
    for statement in record.statements:
        for path, citation in statement.cites:
            if citation:
                check_citation(archive, citation, default, record.at(path), report)
        for path, _, prose in statement.prose:

            def place(needle: str, path: Path_ = path) -> Location:
                return record.at(path, needle)

            check_prose(archive, prose, default, place, report)
            check_no_notes(prose, place, report)
    for quoted_words in quoted_in(graph, record):
        check_quotation(archive, quoted_words, report)


def check_prose(
    archive: Archive, prose: Prose, default: str | None, place: Any, report: Report
) -> None:
    for problem in prose.problems:
        report.add(place(problem.needle), problem.message)
    for link in prose.links:
        check_link(archive, link, place(f"({link.raw}"), report)
    for citation in prose.citations:
        check_citation(archive, citation, default, place(_raw(citation)), report)


def check_no_notes(prose: Prose, place: Any, report: Report) -> None:
    """Notes stand in the paragraphs of a translation and nowhere else."""
    for id_ in prose.notes:
        report.add(
            place(f"[^{id_}]"),
            f'refers to the note "[^{id_}]"; only a translation has notes, so say it in the text',
        )


def _raw(citation: Citation) -> str:
    return f"@{citation.reference}" if citation.reference else f"p{citation.first}"


def check_link(archive: Archive, link: Link, place: Location, report: Report) -> None:
    id_, hash_, name = link.id.partition("#")
    if hash_:  # a fact that could be written out is a plain link by now
        if id_ not in archive.of(link.kind) and not archive.lacks(link.kind, id_):
            return  # the entry cannot be read, and its own violation is enough
        _, problem = archive.facts.words(f"{link.kind}:{id_}", name, link.words)
        report.add(place, problem or "cites a fact where the text is the author's; write it out")
        return
    check_known(archive, link.kind, link.id, place, report)


def check_known(archive: Archive, kind: str, id_: str, place: Location, report: Report) -> None:
    """An id that something links to is one of an entry."""
    if archive.lacks(kind, id_):
        meant = _meant(archive, kind, id_)
        report.add(
            place, f'links to unknown {kind} "{id_}"{meant}; correct the id or add the entry'
        )


def _meant(archive: Archive, kind: str, id_: str) -> str:
    """What may be meant by an unknown id: an entry of another kind, or the id most like it."""
    other = next((record.model for record in archive.entries() if record.model.id == id_), None)
    return f" (did you mean {other.kind}:{id_}?)" if other else nearest(id_, archive.of(kind))


def check_citation(
    archive: Archive, citation: Citation, default: str | None, place: Location, report: Report
) -> None:
    """Invariant 2: a citation names a paragraph that a source has, or a known reference."""
    if citation.reference is not None:
        if archive.lacks("reference", citation.reference):
            known = nearest(citation.reference, archive.references)
            report.add(
                place,
                f'cites unknown reference "{citation.reference}"{known}; correct the id or add it'
                " to data/references.yml",
            )
        return
    source = citation.source or default
    if source is None:
        if archive.sources:
            report.add(
                place,
                f"cites {quoted(citation.label)} without saying of which source; write"
                f" source-id:{citation.label} (known: {', '.join(archive.sources)})",
            )
        return
    if source not in archive.sources:
        report.add(
            place,
            f'cites unknown source "{source}"{nearest(source, archive.sources)}; correct the id',
        )
        return
    last = archive.sources[source].model.paragraphs
    for number in {citation.first, citation.last}:
        if not 1 <= number <= last:
            report.add(place, f'cites unknown paragraph "p{number}" (the source has p1 to p{last})')
        elif into := _joined_with(archive, source, number):
            report.add(place, f"cites p{number}, which was joined with {into}; cite {into}")
    if citation.first > citation.last:
        report.add(
            place,
            f'cites the range "{citation.fragment}" backwards; write'
            f" p{citation.last}-p{citation.first}",
        )


def _joined_with(archive: Archive, source: str, number: int) -> str:
    """The paragraph with which a paragraph was joined; empty for one that stands, and
    where that one does not.
    """
    found = archive.translations[source].paragraphs if source in archive.translations else []
    into = found[number - 1].joined if number <= len(found) else ""
    return into if any(p.id == into and not p.joined for p in found) else ""


# Statements -----------------------------------------------------------------------------------


def check_statements(record: Record[Entry], report: Report) -> None:
    """Invariants 1 and 5: every statement cites something, and its voice fits what it cites."""
    entry = record.model
    for statement in record.statements:
        citations = statement.citations()
        place = record.at(statement.path)
        if statement.model is None:
            if isinstance(entry, PageEntry) and not (entry.cites or parse(entry.summary).citations):
                report.add(
                    record.at(("summary",)),
                    "has a summary that cites nothing; add [@p12] or [@reference-id]",
                )
            continue
        if not citations:
            report.add(
                place,
                "is a statement that cites nothing; add cites: [p12] or a citation in its text",
            )
        elif statement.model.voice == "author" and not any(c.is_paragraph for c in citations):
            report.add(
                place,
                "is the author's statement but cites no paragraph; cite one, or set voice: editors",
            )
        check_speaker(record, statement, report)


def check_speaker(record: Record[Any], statement: SourcedStatement, report: Report) -> None:
    said = statement.model
    assert said is not None
    if said.voice == "quoted" and said.speaker is None:
        report.add(
            record.at((*statement.path, "voice")),
            "has the voice of a quoted person but no speaker; add speaker: actor:id",
        )
    if said.voice != "quoted" and said.speaker is not None:
        report.add(
            record.at((*statement.path, "speaker")),
            f'names a speaker, but its voice is "{said.voice}"; set voice: quoted or remove'
            " the speaker",
        )


def check_argument(record: Record[Argument], report: Report) -> None:
    argument = record.model
    if not (argument.quotations or argument.cites or parse(argument.claim).citations):
        report.add(
            record.at(("claim",)), "has a claim that cites nothing; add a quotation or cites: [p12]"
        )
    if argument.maker == "quoted" and argument.speaker is None:
        report.add(
            record.at(("maker",)),
            "is made by a quoted person but names no speaker; add speaker: actor:id",
        )
    if argument.maker != "quoted" and argument.speaker is not None:
        report.add(
            record.at(("speaker",)),
            f'names a speaker, but its maker is "{argument.maker}"; set maker: quoted or remove the'
            " speaker",
        )


def check_cycles(archive: Archive, report: Report) -> None:
    """Support leads upward: no argument supports itself by way of others."""
    done: set[str] = set()
    for start in archive.arguments:
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(_supports(archive, start)))]
        trail = [start]
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(node)
                stack.pop()
                trail.pop()
            elif following in trail:
                cycle = [*trail[trail.index(following) :], following]
                if len(cycle) > 2:
                    index = _supports(archive, node).index(following)
                    report.add(
                        archive.arguments[node].at(("supports", index)),
                        f"closes a circle of support: {' → '.join(cycle)}; remove one step",
                    )
            elif following not in done:
                trail.append(following)
                stack.append((following, iter(_supports(archive, following))))


def _supports(archive: Archive, argument: str) -> list[str]:
    record = archive.arguments.get(argument)
    return [link.removeprefix("argument:") for link in record.model.supports] if record else []


def check_verdict(record: Record[Check], report: Report) -> None:
    """Judgments get no verdict; every other check has one, with a reference unless nothing was
    found.
    """
    entry = record.model
    if entry.type == "judgment":
        if entry.verdict:
            report.add(
                record.at(("verdict",)),
                "gives a judgment a verdict; remove it, or say which type of claim this is",
            )
        return
    if not entry.verdict:
        report.add(
            record.at(),
            f"is a {entry.type} without a verdict; add verdict: bears out, imprecise, contradicted"
            " or not verifiable here",
        )
    elif entry.verdict != "not verifiable here":
        cited = [parse_citation(raw) for raw in entry.cites] + list(parse(entry.note).citations)
        if not any(c and c.reference for c in cited):
            report.add(
                record.at(("verdict",)),
                f'has the verdict "{entry.verdict}" without a reference; cite one in the note',
            )


def check_event(archive: Archive, record: Record[Event], report: Report) -> None:
    event = record.model
    if event.local and not archive.settings.clocks:
        report.add(
            record.at(("local",)),
            f"gives a date by another clock; name both places under clocks in {SETTINGS}",
        )
    if event.local and event.local == event.date:
        report.add(
            record.at(("local",)),
            "gives both clocks the same date; leave the field out where the dates agree",
        )


def check_gone(archive: Archive, report: Report) -> None:
    """What is not there any more has left its id for good, and leads to something that is there."""
    default = archive.default_source()
    for key, record in archive.gone.items():
        kind, _, id_ = key.partition(":")
        check_names_and_dates(record, report)
        check_links(archive, record, report)
        check_prose(
            archive,
            parse(record.model.reason),
            default,
            lambda needle, record=record: record.at(("reason",), needle),
            report,
        )
        if id_ in archive.of(kind):
            report.add(
                record.at(("was",)),
                f"says that {key} is gone, but {archive.of(kind)[id_].document.path} has it; take"
                " it out here, or give the new entry another id",
            )


# The whole ------------------------------------------------------------------------------------


def check_orphans(graph: Graph, report: Report) -> None:
    """Invariant 2: nothing is orphaned without saying so."""
    archive = graph.archive
    if archive.broken:  # what cannot be read may be what refers to the rest
        return
    for entry in archive.entries():
        model = entry.model
        if (
            KINDS[model.kind].linked
            and f"{model.kind}:{model.id}" not in graph.linked
            and not model.standalone
        ):
            report.add(
                entry.at(),
                f"is an orphan: nothing refers to {model.kind}:{model.id}; link to it, or say why"
                ' not in "standalone"',
            )
        _check_former(archive, entry, report)
    for kind in ("reference", "rendering", "source"):
        for record in archive.of(kind).values():
            _check_former(archive, record, report)
    for reference in archive.references.values():
        if reference.model.id not in graph.cited_works and not reference.model.standalone:
            report.add(
                reference.at(("id",)),
                f'is a reference that nothing cites ("{reference.model.id}"); cite it, remove it,'
                ' or say why not in "standalone"',
            )


def _check_former(archive: Archive, record: Record[Any], report: Report) -> None:
    for index, old in enumerate(record.model.formerly):
        if old in archive.of(record.model.kind):
            report.add(
                record.at(("formerly", index)),
                f'claims the former id "{old}", which is an entry now; choose another',
            )


def check_findable(graph: Graph, report: Report) -> None:
    """Every reference can be found by a reader: by an address, an archive's, or a shelf mark."""
    for reference in graph.archive.references.values():
        work = reference.model
        if not (work.url or work.archived or work.shelfmark):
            report.add(
                reference.at(("id",)),
                f'is a reference that nobody can look up ("{work.id}"); give it a "url", an'
                ' "archived" address or a "shelfmark", or cite another work',
            )


def check_arrows(graph: Graph, report: Report) -> None:
    """A reason belongs to a relation that the argument has, and ends at a part that the
    other has.
    """
    archive = graph.archive
    for record in archive.arguments.values():
        argument = record.model
        related = {*argument.supports, *argument.attacks, *argument.concedes}
        for index, arrow in enumerate(argument.arrows):
            if arrow.to not in related:
                report.add(
                    record.at(("arrows", index, "to")),
                    f"gives a reason for {arrow.to}, to which it has no relation; add it to"
                    ' "supports", "attacks" or "concedes"',
                )
            other = archive.arguments.get(arrow.to.removeprefix("argument:"))
            wanted = (
                0
                if arrow.target == "claim"
                else 1
                if arrow.target == "step"
                else int(arrow.target.split()[1])
            )
            if other and wanted > (premises := len(other.model.premises)):
                report.add(
                    record.at(("arrows", index, "target")),
                    f"aims at the {arrow.target} of {arrow.to}, which has {premises} premise"
                    f"{'' if premises == 1 else 's'}",
                )
