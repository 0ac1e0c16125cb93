"""The text of every release, kept for those who cite it: plain pages that no later release changes.

Each is a page by itself, without scripts and with a small style of its own, so that it reads alike
in ten years. It says where today's text is, and which release came before (RFC 5829, RFC 7089).
``editions/ID.timemap.txt`` lists the copies of a source in the form of a Memento TimeMap.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any

from ..csp import with_csp
from ..graph.history import Changes, notes_at, texts_of
from ..graph.refs import Graph, relative
from ..kinds import KINDS
from ..pages.base import View, environment
from ..read.edition import Edition
from ..read.editions import Released
from .base import Files, Place

FOLDER = "editions"


def edition_files(graph: Graph, edition: Edition) -> Files:
    """Two kinds of pages a release, what changed in it and the text of each source, and a TimeMap
    a source: path from the site's root to content.
    """
    archive = graph.archive
    files: Files = {}
    released_ = dict.fromkeys(id_ for s in archive.editions.values() for id_ in s.sources)
    texts = {source: texts_of(archive, source) for source in released_}
    snapshots = list(archive.editions.values())
    for n, (version, snapshot) in enumerate(archive.editions.items()):
        path = f"{FOLDER}/{version}/index.html"
        files[path] = _page(
            "edition.html", path, graph, edition, snapshot=snapshot, changes=graph.history[version],
            counts=_counts(graph.history[version]), before=snapshots[n - 1].version if n else None,
        )  # fmt: skip
        for source, released in snapshot.sources.items():
            path = text_path(source, version)
            had = [s.version for s in snapshots[:n] if source in s.sources]
            files[path] = _page(
                "edition_text.html", path, graph, edition, snapshot=snapshot, source=source,
                released=released, texts=texts[source][version], parts=_parts(released),
                notes=_by_paragraph(notes_at(snapshots[: n + 1], source)),
                before=text_path(source, had[-1]) if had else None,
                exists=source in archive.sources,
            )  # fmt: skip
    for source in texts:
        files[timemap_path(source)] = _timemap(graph, edition, source)
    return files


def text_path(source: str, version: str) -> str:
    """Where the text of a release stands."""
    return f"{FOLDER}/{version}/{source}.html"


def timemap_path(source: str) -> str:
    return f"{FOLDER}/{source}.timemap.txt"


def moment(day: str) -> str:
    """A day as HTTP writes it.

    >>> moment("2026-11-24")
    'Tue, 24 Nov 2026 00:00:00 GMT'
    """
    return format_datetime(
        datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC), usegmt=True
    )


def _page(template: str, path: str, graph: Graph, edition: Edition, **context: Any) -> str:
    html = (
        environment()
        .get_template(template)
        .render(
            v=View(graph, path), place=Place(path, edition), edition=edition,
            here=lambda to: relative(path, to), **context,
        )
    )  # fmt: skip
    return with_csp(html, own_styles=True)


def _parts(released: Released) -> list[tuple[str, list[str]]]:
    """The parts of a text with the ids of their paragraphs."""
    found: list[tuple[str, list[str]]] = []
    for id_ in released.paragraphs:
        if id_ in released.parts or not found:
            found.append((released.parts.get(id_, ""), []))
        found[-1][1].append(id_)
    return found


def _by_paragraph(notes: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for paragraph, words in notes.values():
        found.setdefault(paragraph, []).append(words)
    return found


def _counts(changes: Changes) -> list[tuple[str, int]]:
    """What a first release holds: the title of each kind and how many."""
    keys = [key.partition(":")[0] for key in changes.added]
    return [(KINDS[kind].title, keys.count(kind)) for kind in dict.fromkeys(keys)]


def _timemap(graph: Graph, edition: Edition, source: str) -> str:
    """The copies of a source, as links (``application/link-format``)."""
    path = timemap_path(source)
    place = Place(path, edition)
    copies = [s for s in graph.archive.editions.values() if source in s.sources]
    links = [
        f'<{place.url(graph.address("source", source))}>;rel="original"',
        f'<{place.url(path)}>;rel="self";type="application/link-format"'
        f';from="{moment(copies[0].date)}";until="{moment(copies[-1].date)}"',
    ]
    for n, snapshot in enumerate(copies):
        ends = " ".join(["first"] * (n == 0) + ["last"] * (n == len(copies) - 1) + ["memento"])
        to = place.url(text_path(source, snapshot.version))
        links.append(f'<{to}>;rel="{ends}";datetime="{moment(snapshot.date)}"')
    return ",\n".join(links) + "\n"
