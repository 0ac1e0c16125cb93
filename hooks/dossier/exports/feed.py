"""What has changed, as an Atom feed, from the dates that the data give themselves.

An item is a release, the translation of a source, or the checks and the works of one day. Its id is
a name-based UUID, so that it stays the same wherever the edition is published.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as etree
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .. import dates
from ..graph.refs import Graph, address
from ..read.edition import Edition
from .base import Files, Place

PATH = "feed.xml"


@dataclass(frozen=True)
class Item:
    """Something that changed: what it is (for its id), when (``YYYY-MM-DD``), where, and what to
    say in HTML.
    """

    name: str
    date: str
    title: str
    address: str
    html: str


def feed_files(graph: Graph, edition: Edition) -> Files:
    return {PATH: feed(graph, Place(PATH, edition))}


def feed(graph: Graph, place: Place) -> str:
    """The feed, newest first; its own date is that of the newest item."""
    found = sorted(items(graph, place), key=lambda item: item.name)
    found.sort(key=lambda item: item.date, reverse=True)
    edition = place.edition
    root = etree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(root, "id", _id(graph, ""))
    _add(root, "title", edition.title)
    _add(root, "subtitle", edition.abstract)
    _add(root, "updated", _moment(found[0].date if found else "2000-01-01"))
    _add(_add(root, "author"), "name", edition.makers)
    _add(root, "rights", edition.license)
    _add(root, "link", rel="alternate", type="text/html", href=place.url("index.html"))
    _add(root, "link", rel="self", type="application/atom+xml", href=place.url(PATH))
    for item in found:
        entry = _add(root, "entry")
        _add(entry, "id", _id(graph, item.name))
        _add(entry, "title", item.title)
        _add(entry, "updated", _moment(item.date))
        _add(entry, "link", rel="alternate", type="text/html", href=place.url(item.address))
        _add(entry, "content", item.html, type="html")
    etree.indent(root, " ")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
    )


def items(graph: Graph, place: Place) -> Iterator[Item]:
    archive = graph.archive
    for release in place.edition.releases:
        html = "".join(f"<li>{escape(change)}</li>" for change in release.changes)
        yield Item(
            f"release {release.version}",
            release.date,
            f"Release {release.version}",
            "index.html",
            f"<ul>{html}</ul>",
        )
    for source in (record.model for record in archive.sources.values()):
        if not source.made:
            continue
        what, done = ("translation", "Translated") if source.translators else ("text", "Added")
        words = f"The {what} of “{source.title}”, {source.paragraphs} paragraphs."
        yield Item(
            f"translation {source.id}", dates.span(source.made)[1], f"{done}: "
            f"{source.title}", address("source", source.id), f"<p>{escape(words)}</p>"
        )  # fmt: skip
    checks: dict[str, list[str]] = defaultdict(list)
    for check in (record.model for record in archive.checks.values()):
        line = (
            f"{_link(place, address('check', check.id), check.name)}:"
            f" {escape(check.verdict or 'judgment')}"
        )
        checks[dates.span(check.checked)[1]].append(line)
    for day, lines in checks.items():
        title = f"{len(lines)} {'claim' if len(lines) == 1 else 'claims'} checked"
        yield Item(f"checks {day}", day, title, "checks.html", _list(lines))
    works: dict[str, list[str]] = defaultdict(list)
    for work in (record.model for record in archive.references.values()):
        if work.accessed:
            works[dates.span(work.accessed)[1]].append(
                f"{_link(place, address('reference', work.id), work.title)},"
                f" {escape(work.publisher)}"
            )
    for day, lines in works.items():
        title = f"{len(lines)} {'work' if len(lines) == 1 else 'works'} read"
        yield Item(f"works {day}", day, title, "bibliography.html", _list(lines))


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _link(place: Place, to: str, words: str) -> str:
    return f'<a href="{escape(place.url(to))}">{escape(words)}</a>'


def _id(graph: Graph, name: str) -> str:
    """A UUID of the first source's id and a name, under a namespace made of the words ``annotated
    source``.
    """
    namespace = uuid.uuid5(uuid.NAMESPACE_OID, "annotated source")
    source = next(iter(graph.archive.sources), "")
    return f"urn:uuid:{uuid.uuid5(namespace, f'{source} {name}')}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(
    parent: etree.Element, tag: str, text: str | None = None, **attributes: str
) -> etree.Element:
    element = etree.SubElement(parent, tag, attributes)
    element.text = text
    return element
