"""Where recurring words of a source stand, and the English that stands for them there.

The Chinese is not here. ``data/renderings.yml`` says which paragraphs have a headword; the English
that renders it is looked up by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model import Headword, Wording
from ..read.fingerprint import reduce
from ..read.prose import parse_citation
from .excerpts import Span
from .refs import Graph, ParagraphKey


@dataclass(frozen=True)
class Standing:
    """A paragraph that has a headword, and where in its English the allowed renderings stand."""

    source: str
    number: int
    spans: tuple[Span, ...]


def words_of(wording: Wording) -> tuple[str, ...]:
    """The words of a rendering in all their forms."""
    return (wording.words, *wording.forms)


def find_words(words: tuple[str, ...], plain: str) -> list[Span]:
    """Where any of some words stands in a plain text, as whole words, capitals or not; the longest
    counts.

    >>> find_words(("control", "control over"), "Control over trade is control.")
    [(0, 12), (22, 29)]
    """
    return [match.span() for match in _pattern(words).finditer(plain)]


@lru_cache(2_000)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    choices = "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in longest
    )
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)


def paragraphs_with(graph: Graph, headword: Headword) -> list[ParagraphKey]:
    """The paragraphs whose Chinese has a headword, if its source has such paragraphs."""
    default = graph.default_source(headword)
    found = [c.with_source(default) for c in map(parse_citation, headword.paragraphs) if c]
    return [key for citation in found for key in graph.paragraphs_of(citation)]


def standings(graph: Graph, headword: Headword) -> Iterator[Standing]:
    """Every paragraph that has a headword, with what renders it there."""
    words = tuple(form for wording in headword.english for form in words_of(wording))
    for source, number in paragraphs_with(graph, headword):
        translation = graph.archive.translations.get(source)
        if translation and number <= len(translation.paragraphs):
            yield Standing(
                source, number, tuple(find_words(words, translation[number].prose.plain))
            )


def headwords_of(graph: Graph, term: str) -> list[Headword]:
    """The headwords that are explained under a term (``term:controls``), its own word first."""
    found = [
        record.model for record in graph.archive.renderings.values() if record.model.term == term
    ]
    own = graph.entry(term).zh
    return sorted(found, key=lambda headword: headword.zh != own)


def misplaced(graph: Graph, source: str, originals: dict[str, str]) -> Iterator[str]:
    """Where the paragraphs named for a headword differ from those of an original that have it,
    among those given by id.
    """
    reduced = {id_: reduce(text) for id_, text in originals.items()}
    for record in graph.archive.renderings.values():
        headword = record.model
        stated = {
            f"p{number}" for where, number in paragraphs_with(graph, headword) if where == source
        }
        if not stated:
            continue
        forms = [reduce(form) for form in (headword.zh, *headword.variants)]
        having = {id_ for id_, text in reduced.items() if any(form in text for form in forms)}
        for id_ in originals:
            if (id_ in having) != (id_ in stated):
                fault = "has it and is not named" if id_ in having else "is named and has it not"
                yield f"{record.at(('paragraphs',))}: {headword.zh}: {id_} {fault}"
