"""What has changed, as an Atom feed, from the dates that the data give themselves.

An item is a release, the translation of a source, or one change: a paragraph that was reworded,
an entry or a work that is new, changed or gone. Its id is a name-based UUID, so that it stays the
same wherever the edition is published.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as etree
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain, islice

from .. import dates
from ..graph.differences import as_html
from ..graph.history import Changes, entries_now
from ..graph.refs import Graph
from ..kinds import KINDS
from ..read.edition import Edition
from ..read.words import digest
from .base import Files, Place

PATH = "feed.xml"
NEWEST = 200
"""How many changes the feed has; *What changed* has them all."""


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
    found = sorted(items(graph, place), key=lambda item: item.date, reverse=True)
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
    """The releases and translations, then the changes, of which the newest are enough."""
    archive = graph.archive
    now = entries_now(archive).keys()
    for release in place.edition.releases:
        html = "".join(f"<li>{escape(change)}</li>" for change in release.changes)
        kept = release.version in archive.editions
        yield Item(
            f"release {release.version}",
            release.date,
            f"Release {release.version}",
            f"editions/{release.version}/index.html" if kept else "index.html",
            f"<ul>{html}</ul>",
        )
    for source in (record.model for record in archive.sources.values()):
        if not source.made:
            continue
        what, done = ("translation", "Translated") if source.translators else ("text", "Added")
        words = f"The {what} of “{source.title}”, {source.paragraphs} paragraphs."
        yield Item(
            f"translation {source.id}", dates.span(source.made)[1], f"{done}: "
            f"{source.title}", graph.address("source", source.id), f"<p>{escape(words)}</p>"
        )  # fmt: skip
    changes = (changes for changes in graph.history.values() if not changes.first)
    made = (item for one in changes for item in chain(_reworded(one), _touched(graph, now, one)))
    yield from islice(made, NEWEST)


def _reworded(changes: Changes) -> Iterator[Item]:
    """The paragraphs whose words changed, each with who changed what and why."""
    for r in changes.rewordings:
        told = f"Changed by {r.by}{f': {r.why}' if r.why else '.'}"
        yield Item(
            # The words are known by their digest, so that a release makes no second item of them.
            f"reworded {r.source} {r.paragraph} {digest(r.new)}",
            changes.date,
            f"Paragraph {r.paragraph[1:]} has other words",
            f"what-changed.html#{r.source}-{r.paragraph}",
            f"<p>{escape(told)}</p><p>{as_html(r.pieces)}</p>",
        )


def _touched(graph: Graph, now: Collection[str], changes: Changes) -> Iterator[Item]:
    """The entries and works that are new, changed or gone."""
    where = f"in release {changes.version}" if changes.version else "since the newest release"
    for word, found in (
        ("New", changes.added), ("Changed", changes.changed), ("Gone", changes.removed)
    ):  # fmt: skip
        for key, name in found.items():
            kind = key.partition(":")[0]
            yield Item(
                f"{word} {key} {changes.digests.get(key, '')}",
                changes.date,
                f"{word}: {name}",
                graph.address(*key.split(":", 1)) if key in now else "what-changed.html",
                f"<p>{escape(KINDS[kind].title)}, {word.lower()} {where}.</p>",
            )


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
