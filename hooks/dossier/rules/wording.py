"""The rules of translating: one word for one word, slips shown in notes, notes on wording that
quote the word.

``data/renderings.yml`` says which paragraphs have a word; the original is not here.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import Report, quoted
from ..graph.refs import Graph
from ..graph.wording import find_words, paragraphs_with, standings, words_of
from ..han import HAN_RUN
from ..model import Emendation, Headword, Role, Source, walk
from ..read.load import Record
from ..read.translation import Paragraph, Translation

# A word of the source, mentioned as a word: the verb *contain*, the word “total”, the Chinese has
# *with*.
_OF_WORDS = re.compile(
    r"\b(?:word|verb|adjective|adverb|noun|pronoun|conjunction|phrase)s?\s+(?:\*[^*]+\*|“[^”]+”)"
    r"|(?P<chinese>\bthe\s+Chinese\s+(?:has|says|sets|reads|word|verb|phrase)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!][”’)]*(?:\s|$)")
_WORK = re.compile(r"@(?!p\d)[a-z0-9]+(?:-[a-z0-9]+)+(?!:)")


def check_wording(graph: Graph, report: Report) -> None:
    """Add to ``report`` where the translation departs from the renderings, and which of these are
    unused.
    """
    first: dict[tuple[str, str | None], str] = {}
    # Otherwise every word would seem to be missing.
    readable = not any(
        key.startswith(("source:", "translation:", "missing:")) for key in graph.archive.broken
    )
    for record in graph.archive.renderings.values():
        headword = record.model
        if _is_chinese(graph, headword) and not HAN_RUN.fullmatch(headword.zh):
            report.add(
                record.at(("zh",)),
                f"has {quoted(headword.zh)} for a Chinese word; write it in Chinese characters"
                " alone",
            )
        same = first.setdefault((headword.zh, graph.default_source(headword)), headword.id)
        if same != headword.id:
            report.add(
                record.at(("zh",)),
                f'gives {headword.zh} a second entry; "{same}" has it already, join the two',
            )
        keys = paragraphs_with(graph, headword)
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            report.add(record.at(("paragraphs",)), f"names p{twice[1]} twice; keep one")
        if readable:
            _check_paragraphs(graph, record, report)
            _check_idle(graph, record, report)
            _check_reserved(graph, record, report)


def _is_chinese(graph: Graph, entry: Any) -> bool:
    """Whether an entry is about a text in Chinese, as far as one can tell."""
    source = graph.archive.sources.get(graph.default_source(entry) or "")
    return source is None or source.model.language.startswith("zh")


def check_notes(graph: Graph, report: Report) -> None:
    """A note on wording quotes the word of the source: the commentary follows the Chinese, not our
    English.
    """
    for source in graph.archive.sources.values():
        translation = graph.archive.translations.get(source.model.id)
        if translation is None or f"translation:{source.model.id}" in graph.archive.broken:
            continue
        emended = {emendation.note: emendation for emendation in source.model.emendations}
        for index, emendation in enumerate(source.model.emendations):
            _check_emendation(source, index, emendation, translation, report)
        known = {paragraph.id for paragraph in translation.paragraphs}
        for index, reading in enumerate(source.model.readings):
            if reading.paragraph not in known:
                place = source.at(("readings", index, "paragraph"))
                report.add(
                    place,
                    f'is a note on "{reading.paragraph}", which the source does not have;'
                    " name one that it has",
                )
        for paragraph_id, words in source.model.literal.items():
            if paragraph_id not in known:
                report.add(
                    source.at(("literal", paragraph_id)),
                    f'gives a literal line for "{paragraph_id}", which the source does not have;'
                    " remove it",
                )
            elif HAN_RUN.search(words):
                report.add(
                    source.at(("literal", paragraph_id)),
                    "holds words of the source; a literal line is in English alone",
                )
        if not source.model.language.startswith("zh"):
            continue
        for paragraph in translation.paragraphs:
            for note in paragraph.notes:
                if note.by_author or note.id in emended:
                    continue
                if not HAN_RUN.search(note.text):
                    report.add(
                        note.location,
                        f'is a translators\' note without a Chinese word ("[^{note.id}]"); quote'
                        " the word that it is about",
                    )
    for record in graph.archive.entries():
        # A term's headword stands beside its note.
        if record.model.kind != "term" and _is_chinese(graph, record.model):
            _check_mentions(record, report)


def _check_mentions(record: Record[Any], report: Report) -> None:
    """A passage that mentions a word of the source has some Chinese in it; a word of a work that it
    cites is that work's.
    """
    for path, role, value in walk(record.model):
        if role is not Role.PROSE or HAN_RUN.search(value):
            continue
        for match in _OF_WORDS.finditer(value):
            end = _SENTENCE_END.search(value, match.end())
            if match["chinese"] or not _WORK.search(
                value, match.end(), end.start() if end else len(value)
            ):
                report.add(
                    record.at(path, match[0].split()[-1]),
                    f"speaks of a word ({quoted(' '.join(match[0].split()), 40)}) without the"
                    " Chinese; quote the word of the source, or cite the work whose word it is",
                )


def _check_emendation(
    source: Record[Source],
    index: int,
    emendation: Emendation,
    translation: Translation,
    report: Report,
) -> None:
    """An emended slip is shown by its note, and the words that are printed for it stand before the
    note's mark.
    """
    place = ("emendations", index)
    found = [
        (paragraph, note)
        for paragraph in translation.paragraphs
        for note in paragraph.notes
        if note.id == emendation.note
    ]
    if not found:
        report.add(
            source.at((*place, "note")),
            f'names the note "{emendation.note}", which {translation.path} does not have;'
            f" write [^{emendation.note}]: …",
        )
        return
    paragraph, note = found[0]
    if not _stand_before(emendation, paragraph):
        report.add(
            source.at((*place, "words")),
            f"gives {quoted(emendation.words)}, which does not stand before the mark [^{note.id}]"
            f" in {paragraph.id}; give the words printed there",
        )
    if emendation.sic not in note.prose.plain:
        report.add(
            note.location,
            f"does not quote the slip {quoted(emendation.sic)} that it is about"
            f" ({source.at((*place, 'sic'))}); quote it",
        )


def _stand_before(emendation: Emendation, paragraph: Paragraph) -> bool:
    """Whether the words end where the note's mark stands, a comma and the end of a link between
    them apart.
    """
    return bool(
        re.search(
            rf"{re.escape(emendation.words)}(?:\]\([^()\s]*\))?[.,;:”’]*\[\^{emendation.note}\]",
            paragraph.text,
        )
    )


def _check_paragraphs(graph: Graph, record: Record[Headword], report: Report) -> None:
    """A paragraph whose Chinese has the word has one of its renderings in English."""
    headword = record.model
    found = standings(graph, headword)
    if not any(standing.spans for standing in found):
        return  # then the renderings are wrong, and each is reported
    allowed = ", ".join(quoted(wording.words) for wording in headword.english)
    for standing in found:
        if not standing.spans:
            paragraph = graph.archive.translations[standing.source][standing.number]
            report.add(
                paragraph.location,
                f"is {paragraph.id}, whose Chinese has {headword.zh}, and has none of its"
                f" renderings ({allowed}); use one, "
                f'or add what stands here to "{headword.id}" in {record.document.path} with the'
                " reason",
            )


def _check_idle(graph: Graph, record: Record[Headword], report: Report) -> None:
    """A rendering, and each form of it, stands somewhere."""
    texts = [
        graph.archive.translations[s.source][s.number].prose.plain
        for s in standings(graph, record.model)
    ]
    for index, wording in enumerate(record.model.english):
        used = {
            word for word in words_of(wording) if any(find_words((word,), text) for text in texts)
        }
        if not used:
            report.add(
                record.at(("english", index, "words")),
                f"lists the rendering {quoted(wording.words)} of {record.model.zh}, which"
                " stands in none of its paragraphs; remove it",
            )
            continue
        for at, form in enumerate(wording.forms):
            if form not in used:
                report.add(
                    record.at(("english", index, "forms", at)),
                    f"lists the form {quoted(form)}, which stands in none of the paragraphs of"
                    f" {record.model.zh}; remove it",
                )


def _check_reserved(graph: Graph, record: Record[Headword], report: Report) -> None:
    """Two different words do not share an English word that is reserved for one of them."""
    headword = record.model
    having = set(paragraphs_with(graph, headword))
    for wording in headword.english:
        if not wording.reserved:
            continue
        for source in {source for source, _ in having}:
            for paragraph in graph.archive.translations[source].paragraphs:
                plain = paragraph.prose.plain
                spans = (
                    find_words(words_of(wording), plain)
                    if (source, paragraph.number) not in having
                    else []
                )
                for start, end in spans:
                    report.add(
                        paragraph.locate(plain[start:end]),
                        f"has {quoted(plain[start:end])}, which is kept for {headword.zh}"
                        f' ("{headword.id}" in {record.document.path}), and {paragraph.id} is not'
                        f" said to have that; use another word, or name {paragraph.id} there",
                    )
