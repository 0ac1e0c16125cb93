"""From a folder to everything that is written into the site: the one call that adapters make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import dates
from .check import check
from .errors import Report
from .load import load
from .pages import Rendered, redirects, render_pages
from .previews import preview_assets
from .refs import Graph, Resolver, build_graph
from .search import search_assets


@dataclass(frozen=True)
class Site:
    """The generated part of the site, and what fills the links of hand-written pages."""

    graph: Graph
    pages: list[Rendered]
    assets: dict[str, str]
    """Generated scripts and data: path from the site's root to content."""

    @property
    def edition_date(self) -> str:
        """The newest date that the edition gives itself, ``YYYY-MM-DD``: that of a check or a translation."""
        archive = self.graph.archive
        stated = [r.model.checked for r in archive.checks.values()] + [r.model.translated for r in archive.sources.values()]
        return max((dates.span(date)[1] for date in stated), default="2000-01-01")

    def resolver(self, page: str) -> Resolver:
        """Fills the slots of a hand-written page, named by its address."""
        return Resolver(self.graph, page, self.graph.archive.default_source())


def read_graph(root: Path) -> Graph:
    """Load and check everything under ``root``; raises ``InvalidArchiveError`` with all violations."""
    report = Report()
    archive = load(root, report)
    check(archive, report)
    report.raise_if_any()
    return build_graph(archive)


def make_site(root: Path) -> Site:
    """Load, check, resolve, render and index; raises ``InvalidArchiveError`` with all violations."""
    graph = read_graph(root)
    return Site(graph, render_pages(graph), {**search_assets(graph), **preview_assets(graph), **redirects(graph)})
