"""What changed: the releases, the paragraphs whose words have changed, the entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..graph.history import (
    NEXT,
    Changes,
    Wording,
    entries_now,
)
from ..graph.refs import Graph
from ..kinds import KINDS
from ..model import Source
from ..read.words import SHOWN
from .base import Page, Recipe


@dataclass(frozen=True)
class Touched:
    """An entry or work that is new, changed or gone since the first release: when it last was, and
    the whole story in words.
    """

    key: str
    name: str
    day: str
    story: str
    digest: str


def change_pages(graph: Graph) -> Iterator[Recipe]:
    """The page *What changed*."""
    yield "what-changed", partial(_what_changed, graph)


def _what_changed(graph: Graph) -> Page:
    archive = graph.archive
    found = list(graph.history.values())
    return Page(
        "what-changed.md",
        "What changed",
        "Every release of the edition, and what changed in its words and its entries: by release,"
        " by paragraph, by entry.",
        "what_changed.html",
        "CHANGELOG.md",
        {
            "history": found,
            "newest": graph.newest,
            "day": graph.day,
            "sources": [_reworded(graph, r.model) for r in archive.sources.values()],
            "kinds": _touched(graph, found),
            "shown": SHOWN,
        },
    )


def _reworded(graph: Graph, source: Source) -> tuple[Source, list[tuple[str, list[Wording]]]]:
    """The paragraphs of a source whose words have changed."""
    past = graph.wordings.get(source.id, {})
    return source, [(id_, own) for id_, own in past.items() if len(own) > 1]


def _touched(graph: Graph, found: list[Changes]) -> list[tuple[str, list[Touched]]]:
    """By kind, in the order of names."""
    now = entries_now(graph.archive)
    stories: dict[str, list[tuple[Changes, str, str]]] = {}
    for changes in reversed(found):
        if changes.first:
            continue
        for word, entries in (
            ("new", changes.added),
            ("changed", changes.changed),
            ("gone", changes.removed),
        ):
            for key, name in entries.items():
                stories.setdefault(key, []).append((changes, word, name))
    touched: dict[str, list[Touched]] = {}
    for key, story in stories.items():
        touched.setdefault(key.partition(":")[0], []).append(_story(key, story, now))
    return [
        (KINDS[kind].title, sorted(touched[kind], key=lambda t: t.name.lower().strip("“")))
        for kind in KINDS
        if kind in touched
    ]


def _story(key: str, story: list[tuple[Changes, str, str]], now: dict[str, Any]) -> Touched:
    told = ", ".join(
        f"{word} {f'in {c.version}' if c.version != NEXT else 'since the newest release'}"
        for c, word, _ in story
    )
    last, _, name = story[-1]
    digest, name = now.get(key, ("", name))
    return Touched(key, name, last.date, told, digest[:SHOWN])
