"""What the formats share: how a file names the site's addresses, and plain text."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..graph.refs import Graph, paragraph_address, relative
from ..model import Source
from ..read.edition import Edition
from ..read.load import Record
from ..read.prose import Citation, Prose, decode_target, parse, tidy
from ..read.translation import Paragraph
from ..store import Content, OnDisk

Files = dict[str, str | bytes]
"""Path from the site's root to content."""


class Pieces:
    """A text that is made piece by piece, each time that it is read, since it may be large."""

    def __init__(self, make: Callable[[], Iterator[str]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[str]:
        return self._make()


@dataclass(frozen=True)
class Made:
    """A text that is made as often as it is read."""

    make: Callable[[], str]
    made_of: str = ""
    """All that it depends on, where that is known without making it."""

    def __iter__(self) -> Iterator[str]:
        yield self.make()


class OfGraph(Made):
    """One that is made of what it reads in the graph, and of what the edition says of itself."""


Contents = Mapping[str, Content] | Iterator[tuple[str, Content]]
"""Path from the site's root to what the file is to hold."""


def each(contents: Contents) -> Iterable[tuple[str, Content]]:
    """The files one by one, each to be done with before the next."""
    return contents.items() if isinstance(contents, Mapping) else contents


def whole(contents: Contents) -> Files:
    """The files with every content in memory."""
    return {path: _whole(content) for path, content in each(contents)}


def _whole(content: Content) -> str | bytes:
    match content:
        case str() | bytes():
            return content
        case OnDisk():
            return content.path.read_bytes()
    return "".join(content)


@dataclass(frozen=True)
class Place:
    """Where a file of the site stands, and so how it writes the site's addresses.

    Where the edition's own address is known they are absolute, otherwise relative to the file.
    """

    path: str
    edition: Edition

    def url(self, address: str) -> str:
        """An address from the site's root (``actors/lin-na.html``) as this file writes it."""
        return self.edition.url + address if self.edition.url else relative(self.path, address)


def plain(text: str) -> str:
    """A prose field without links and citations, with spaces fixed where a citation stood."""
    return tidy(parse(text).plain)


def _closed(html: str) -> str:
    """HTML as XML: empty elements are closed."""
    return re.sub(r"<(br|img[^>]*)>", r"<\1/>", html)


def tree(prose: Prose) -> etree.Element:
    """A parsed text as elements, its slots unfilled."""
    return etree.fromstring(f"<p>{_closed(prose.html)}</p>")


def target(anchor: etree.Element) -> Citation | tuple[str, str] | None:
    """What a link in such a tree leads to: a citation, an entry as kind and id, or ``None`` for an
    address on the web.
    """
    use, _, found = anchor.get("href", "").strip("\ue000\ue001").partition(" ")
    return decode_target(found) if use == "href" else None


def cited_address(graph: Graph, citation: Citation) -> str:
    """The address of what is cited; a paragraph's source must be known."""
    if citation.reference:
        return graph.address("reference", citation.reference)
    return paragraph_address(citation.source or "", citation.fragment)


def paragraphs(graph: Graph) -> Iterator[tuple[Source, Paragraph]]:
    """Every translated paragraph, source by source, in order."""
    for record in graph.archive.sources.values():
        for paragraph in graph.archive.translations[record.model.id].paragraphs:
            yield record.model, paragraph


def records(graph: Graph) -> Iterator[Record[Any]]:
    """Everything with an id: sources, entries, renderings, references."""
    yield from graph.archive.sources.values()
    yield from graph.archive.entries()
    yield from graph.archive.renderings.values()
    yield from graph.archive.references.values()


def key_of(model: Any) -> str:
    """``actor:lin-na``."""
    return f"{model.kind}:{model.id}"


def to_json(data: Any) -> str:
    """JSON that people can read too: each member of the outer values on a line, and each item of
    lists among them.
    """
    return "".join(json_pieces(data))


def json_pieces(data: Any) -> Iterator[str]:
    """The same piece by piece; a list of objects may be an iterator, and then is never whole."""
    yield from _lines(data)
    yield "\n"


def _lines(value: Any, depth: int = 0) -> Iterator[str]:
    if value and isinstance(value, dict) and depth < 2:
        before = "{\n"
        for name, member in value.items():
            yield f"{before}{_compact(name)}: "
            yield from _lines(member, depth + 1)
            before = ",\n"
        yield "\n}"
    elif isinstance(value, Iterator) or (
        isinstance(value, list) and value and isinstance(value[0], dict)
    ):
        before = "["
        for item in value:
            yield f"{before}\n{_compact(item)}"
            before = ","
        yield "[]" if before == "[" else "\n]"
    else:
        yield _compact(value)


_compact = json.JSONEncoder(
    ensure_ascii=False
).encode  # ``dumps`` would make an encoder for each of ten thousand values
