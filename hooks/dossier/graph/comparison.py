"""What several sources say of one thing: each statement with the source on whose words it rests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import dates
from ..model import Argument, Entry, PageEntry, Policy, Statement
from .refs import Graph


def said_of(graph: Graph, key: str) -> Iterator[tuple[str, str, Any]]:
    """What sources say of an entry with a page: in which row of a comparison it belongs, the
    source (of several translations the first), and what is said. That it is named is not enough.
    """
    for row, source, item in _said(graph, key):
        if work := graph.archive.work(source):
            yield row, work, item


def speaking(graph: Graph, key: str) -> set[str]:
    """The sources that say something of an entry; empty where the site has only one."""
    if graph.archive.only_source():
        return set()
    return {source for _, source, _ in said_of(graph, key)}


def _said(graph: Graph, key: str) -> Iterator[tuple[str, str | None, Any]]:
    entry = graph.entry(key)

    def of(statement: Statement, text: str | None, owner: Entry = entry) -> str | None:
        return graph.source_of(owner, statement, text or "")

    if isinstance(entry, PageEntry):
        for passage in entry.account:
            if passage.voice != "editors":
                yield "passages", of(passage, passage.text), passage
    if isinstance(entry, Policy):
        for passage in entry.design:
            yield "design", of(passage, passage.text), passage
        for step in sorted(entry.status, key=lambda s: dates.sort_key(s.date)):
            yield "status", of(step, step.text), step
    if isinstance(entry, Argument):
        for quotation in entry.quotations:
            yield "words", graph.cited_source(entry, quotation.cites), quotation
        for premise in entry.premises:
            yield "premises", of(premise, premise.text), premise
    for stance in getattr(entry, "stances", ()):
        yield "stances", of(stance, stance.text), (stance.toward, stance)
    for actor in graph.referring("actor", key):
        for stance in actor.stances:
            if stance.toward == key:
                yield "stances", of(stance, stance.text, actor), (f"actor:{actor.id}", stance)
    for argument in graph.referring("argument", key):
        yield "arguments", graph.work_of_argument(argument), argument
    for figure in graph.referring("figure", key):
        yield "figures", of(figure, figure.counts, figure), figure
