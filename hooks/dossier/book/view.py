"""The archive as a template of the book sees it: every link leads to a place in the book."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from ..graph.refs import Graph, Resolver, address
from ..pages import base
from ..pages.source import with_article
from ..read.prose import Citation, decode_target, fill, mark_chinese
from .content import Book, Para, Spot

TEMPLATES = Path(__file__).with_name("templates")

_CITES = re.compile(r'<span class="cites">(.*?</a>)</span>')
_BETWEEN = re.compile(r"(?<=</a>) (?=<a )")
_LINK = re.compile(r"<a .*?</a>")


@cache
def environment() -> Environment:
    """The pages' template engine, with the book's templates before the pages' own, of which the
    charts are wanted.
    """
    made = base.environment().overlay(loader=FileSystemLoader([TEMPLATES, base.TEMPLATES]))
    made.filters["breakable"] = breakable
    return made


def _in_brackets(links: list[str]) -> str:
    """Citations as print has them: on a page or an e-reader no frame sets them off."""
    return f'<span class="cites">({"; ".join(links)})</span>'


@dataclass(frozen=True)
class _Places:
    """How a chapter links to a place: within a book of one file, or of a file a chapter."""

    book: Book
    chapter: str | None

    def href(self, spot: Spot) -> str:
        if self.chapter in (None, spot.chapter):
            return f"#{spot.anchor}"
        return f"{spot.chapter}.xhtml#{spot.anchor}"


@dataclass(frozen=True)
class _BookResolver(Resolver):
    """Fills the slots of prose with places in the book."""

    places: _Places | None = None

    def __call__(self, use: str, target: str) -> str:
        found = decode_target(target) if use == "href" else None
        if isinstance(found, tuple) and self.places:
            return self.places.href(self.places.book.spot(found))
        return super().__call__(use, target)

    def citation_href(self, citation: Citation) -> str:
        assert self.places is not None
        return self.places.href(self.places.book.spot(citation))


class BookView(base.View):
    """The view of a chapter; without one, that of a book which is a single file."""

    def __init__(self, book: Book, chapter: str | None, source: str | None = None) -> None:
        super().__init__(book.graph, "", source)
        self.book = book
        self.places = _Places(book, chapter)
        self.resolver = _BookResolver(
            book.graph, "", source or book.graph.archive.default_source(), places=self.places
        )

    def to(self, key: str) -> str:
        """The link to what ``actor:lin-na``, ``check:id`` or ``source:p12`` names."""
        return self.places.href(self.book.spots[key])

    def href(self, target: str) -> str:
        """The link to the entry whose page in the site has an address, as the charts ask for it."""
        return self.to(_by_address(self.graph)[target])

    def filled(self, html: str) -> Markup:
        found = fill(html, self.resolver).replace("<br>", "<br/>")
        return Markup(_CITES.sub(lambda m: _in_brackets(_BETWEEN.split(m[1])), found))

    def cites(self, raw: Iterable[str], beside: str = "") -> Markup:
        links = _LINK.findall(super().cites(raw, beside))
        return Markup(_in_brackets(links) if links else "")

    def link(self, key: str, words: str | None = None) -> Markup:
        self.linked.add(key)
        text = mark_chinese(words or self.name(key))
        return Markup(f'<a class="entry xref" href="{escape(self.to(key))}">{text}</a>')

    def paragraph(self, source: str, number: int, words: str | None = None) -> Markup:
        href = self.to(f"{source}:p{number}")
        label = words or self.paragraph_label(source, number)
        return Markup(f'<a class="cite" href="{escape(href)}">{escape(label)}</a>')

    @property
    def reader(self) -> str:
        """Who takes the text as the source's own country does, with the article."""
        return with_article(self.graph.archive.settings.reader)

    def opening(self, para: Para) -> list[Markup]:
        """What stands before the words of a paragraph: who speaks, the clause's own number."""
        more = para.paragraph.more
        speaker = [self.speaker(more["speaker"])] if "speaker" in more else []
        return [*speaker, *([self.zh(more["label"])] if "label" in more else [])]

    def anchor(self, key: str) -> str:
        return self.book.spots[key].anchor


def _by_address(graph: Graph) -> dict[str, str]:
    """By the address of its page, what an entry is called."""
    return {
        address(r.model.kind, r.model.id): f"{r.model.kind}:{r.model.id}"
        for r in graph.archive.page_entries()
    }


def breakable(address: str) -> Markup:
    """An address that may be broken after its slashes and stops."""
    pieces = re.split(r"(?<=[/._?&=-])(?=\w)", address)
    return Markup("<wbr/>").join(pieces)
