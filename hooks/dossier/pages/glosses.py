"""The pages of contested terms: the renderings that there are to choose from, and every place in
the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..graph.excerpts import shorten
from ..graph.refs import Graph, gloss_address
from ..graph.wording import headwords_of, standings
from ..kinds import KINDS
from ..read.prose import parse, tidy
from .base import Page, Recipe


def gloss_pages(graph: Graph) -> Iterator[Recipe]:
    """A page for every term that has a gloss."""
    for id_, record in graph.archive.terms.items():
        if record.model.gloss:
            yield f"gloss:{id_}", partial(_gloss_page, graph, id_)


def _gloss_page(graph: Graph, id_: str) -> Page:
    record = graph.archive.terms[id_]
    term = record.model
    key = f"term:{id_}"
    return Page(
        path=gloss_address(id_).removesuffix(".html") + ".md",
        title=f"{term.name}, a contested term",
        description=shorten(tidy(parse(term.note).plain), 160),
        template="gloss.html",
        edit=record.document.path,
        listed=KINDS["term"].index,
        context={
            "term": term,
            "gloss": term.gloss,
            "key": key,
            "words": [
                (headword, list(standings(graph, headword)))
                for headword in headwords_of(graph, key)
            ],
        },
    )
