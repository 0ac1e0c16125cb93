"""The rules of translating: a word that the author repeats is rendered by one of its renderings.

Which paragraphs have a word is told by ``data/renderings.yml``; the original is not here.
"""

from __future__ import annotations

from ..errors import Report, quoted
from ..graph.refs import Graph
from ..graph.wording import find_words, paragraphs_with, standings, words_of
from ..han import HAN_RUN
from ..model import Headword
from ..read.load import Record


def check_wording(graph: Graph, report: Report) -> None:
    """Add to ``report`` what of the translation departs from the renderings, and what of these is idle."""
    first: dict[tuple[str, str | None], str] = {}
    for record in graph.archive.renderings.values():
        headword = record.model
        if not HAN_RUN.fullmatch(headword.zh):
            report.add(record.at(("zh",)), f"has {quoted(headword.zh)} for a Chinese word; write it in Chinese characters alone")
        same = first.setdefault((headword.zh, graph.default_source(headword)), headword.id)
        if same != headword.id:
            report.add(record.at(("zh",)), f'gives {headword.zh} a second entry; "{same}" has it already, join the two')
        keys = paragraphs_with(graph, headword)
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            report.add(record.at(("paragraphs",)), f"names p{twice[1]} twice; keep one")
        if not any(f"translation:{source}" in graph.archive.broken for source, _ in keys):
            _check_paragraphs(graph, record, report)
            _check_idle(graph, record, report)
            _check_reserved(graph, record, report)


def _check_paragraphs(graph: Graph, record: Record[Headword], report: Report) -> None:
    """A paragraph whose Chinese has the word has one of its renderings in English."""
    headword = record.model
    allowed = ", ".join(quoted(wording.words, 60) for wording in headword.english)
    for standing in standings(graph, headword):
        if not standing.spans:
            paragraph = graph.archive.translations[standing.source][standing.number]
            report.add(
                paragraph.location,
                f"is {paragraph.id}, whose Chinese has {headword.zh}, and has none of its renderings ({allowed}); use one, "
                f'or add what stands here to "{headword.id}" in {record.document.path} with the reason',
            )


def _check_idle(graph: Graph, record: Record[Headword], report: Report) -> None:
    """A rendering, and each form of it, stands somewhere."""
    texts = [graph.archive.translations[s.source][s.number].prose.plain for s in standings(graph, record.model)]
    for index, wording in enumerate(record.model.english):
        used = {word for word in words_of(wording) if any(find_words((word,), text) for text in texts)}
        if not used:
            report.add(
                record.at(("english", index, "words")),
                f"lists the rendering {quoted(wording.words, 60)} of {record.model.zh}, which stands in none of its paragraphs; remove it",
            )
            continue
        for at, form in enumerate(wording.forms):
            if form not in used:
                report.add(
                    record.at(("english", index, "forms", at)),
                    f"lists the form {quoted(form, 60)}, which stands in none of the paragraphs of {record.model.zh}; remove it",
                )


def _check_reserved(graph: Graph, record: Record[Headword], report: Report) -> None:
    """Two words that differ do not get one English word, where that word is kept for one of them."""
    headword = record.model
    having = set(paragraphs_with(graph, headword))
    for wording in headword.english:
        if not wording.reserved:
            continue
        for source in {source for source, _ in having}:
            for paragraph in graph.archive.translations[source].paragraphs:
                plain = paragraph.prose.plain
                spans = find_words(words_of(wording), plain) if (source, paragraph.number) not in having else []
                for start, end in spans:
                    report.add(
                        paragraph.locate(plain[start:end]),
                        f'has {quoted(plain[start:end], 60)}, which is kept for {headword.zh} ("{headword.id}" in '
                        f"{record.document.path}), and {paragraph.id} is not said to have that; use another word, or name {paragraph.id} there",
                    )
