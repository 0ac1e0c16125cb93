"""The pages that show the whole at a glance: the argument map, the regimes, the stances, the ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..charts.argument_map import argument_map
from ..charts.case import case
from ..refs import Graph
from .base import Page

MAKERS = {
    "author": "the author’s",
    "quoted": "of people whom he quotes",
    "critics": "objections that he reports",
    "editors": "the editors’",
}


def picture_pages(graph: Graph) -> Iterator[Page]:
    yield _argument_map(graph)


def _argument_map(graph: Graph) -> Page:
    arguments = [record.model for record in graph.archive.arguments.values()]
    theses = case(graph)
    found: Counter[str] = Counter(argument.maker for argument in arguments)
    return Page(
        "argument-map.md", "Argument map", "The whole case on one page: the thesis, what supports it, what attacks it.",
        "argument_map.html", "data/arguments",
        {"theses": theses, "maps": [(thesis, argument_map(thesis)) for thesis in theses if thesis.below], "total": len(arguments), "makers": [(words, found[maker]) for maker, words in MAKERS.items() if found[maker]]},
        hide=("navigation", "toc"),
    )  # fmt: skip
