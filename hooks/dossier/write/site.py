"""From a folder to everything that is written into the site: the one call that adapters make."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from ..errors import Report
from ..exports import (
    FORMATS,
    SINGLES,
    Contents,
    Files,
    each,
    entry_path,
    export_files,
    text_files,
    whole,
)
from ..exports.base import Made, OfGraph
from ..exports.editions import edition_files, timemap_path
from ..exports.frames import frame_files
from ..exports.histories import history_assets
from ..exports.kinds import kinds_script
from ..exports.lines import lines_script
from ..exports.places import place_files
from ..exports.previews import preview_assets
from ..exports.printed import print_assets
from ..exports.proposals import proposal_files
from ..exports.samples import fill_samples
from ..exports.search import search_files
from ..exports.structured import structured_data
from ..graph.dependencies import Keeper, Traces
from ..graph.lists import place_lists
from ..graph.refs import Graph, Resolver, build_graph, relative
from ..kinds import KINDS
from ..pages import Rendered, redirects, render_changed_pages, render_pages
from ..pages.home import fill_pieces
from ..processes import spread
from ..read.edition import Edition, read_edition
from ..read.load import load
from ..rules.invariants import check_invariants
from ..store import Assets, Content, Kept, Store, memory
from .engine import engine_digest, files_digest
from .faces import chinese_face


@dataclass(frozen=True)
class Site:
    """The generated part of the site, and what fills the links of hand-written pages."""

    graph: Graph
    pages: list[Rendered]
    assets: Mapping[str, str | bytes]
    """Generated scripts and data: path from the site's root to content."""
    structured: dict[str, str]
    """By page: its structured data, JSON-LD for a script element in the head."""

    def alternates(self, page: str) -> list[tuple[str, str]]:
        """The page's other forms: media type, and the link from the page."""
        kind = next((k.id for k in KINDS.values() if page.startswith(f"{k.folder}/")), "")
        found = [("application/atom+xml", "feed.xml"), ("text/markdown", f"{page}.md")]
        if kind:
            found.append(
                (
                    "application/json",
                    entry_path(kind, page.rpartition("/")[2].removesuffix(".html")),
                )
            )
        return [(media, relative(page, path)) for media, path in found if path in self.assets]

    def timemap(self, page: str) -> str:
        """The link from a source's page to the list of its dated copies, where it has any."""
        folder, _, name = page.rpartition("/")
        path = timemap_path(name.removesuffix(".html"))
        known = folder == KINDS["source"].folder and path in self.assets
        return relative(page, path) if known else ""

    def page_data(self, page: str, edited: str, repository: str = "") -> dict[str, Any]:
        """What the theme's templates are told about a page, besides its own front matter.

        ``edited`` is the file to edit, ``repository`` the address of one where the project lies;
        without it there is no edit link.
        """
        return {
            "structured": self.structured.get(page, ""),
            "alternates": [list(found) for found in self.alternates(page)],
            "timemap": self.timemap(page),
            "edited": edited,
            "edition": self.graph.version(),
            "edit_link": f"{repository}/edit/main/{edited}" if repository else "",
            "propose": f"{relative(page, 'propose.html')}?at={page}",
        }

    @property
    def edition_date(self) -> str:
        """The newest date that the edition gives itself, ``YYYY-MM-DD``."""
        return self.graph.day

    @property
    def archive_folder(self) -> str:
        """The folder to which the archive for download unpacks."""
        archive = self.graph.archive
        return archive.settings.archive or next(iter(archive.sources), "edition")

    def written(self, markdown: str) -> str:
        """The Markdown of a hand-written page with the facts that it cites written out."""
        return self.graph.archive.facts.written(markdown)

    def with_pieces(self, page: str, html: str) -> str:
        """A hand-written page, named by its address, with what it shows of the data. Raises
        ``LookupError`` for what does not exist.
        """
        return fill_samples(self.graph, self.assets, page, fill_pieces(self.graph, page, html))

    def resolver(self, page: str) -> Resolver:
        """Fills the slots of a hand-written page, named by its address."""
        return Resolver(self.graph, page, self.graph.archive.default_source())


def read_graph(root: Path) -> Graph:
    """Load and check everything under ``root``; raises ``InvalidArchiveError`` with all
    violations.
    """
    report = Report()
    archive = load(root, report)
    graph = build_graph(archive)
    check_invariants(graph, report)
    report.raise_if_any()
    place_lists(graph)
    return graph


def check_addresses(graph: Graph, generated: Iterable[str]) -> None:
    """Raises ``InvalidArchiveError`` where a hand-written page has the path of a generated one,
    which would replace it.
    """
    report = Report()
    taken = set(generated)
    for page in graph.archive.pages:
        if page.path in taken:
            report.add(
                page.locate(""),
                "has the address of a page that is made from the data; give it another name",
            )
    report.raise_if_any()


def make_site(root: Path, url: str = "", store: Store | None = None) -> Site:
    """Load, check, resolve, render, index and export; raises ``InvalidArchiveError`` with all
    violations.

    ``url`` is where the site is published, or empty where that is unknown. With a store, what is
    made lies there until it is written.
    """
    with memory.of(store, engine_digest()):
        return Workshop(root, url, store=store).site()


class Workshop:
    """The site of a folder, made again and again while the folder is edited."""

    def __init__(
        self,
        root: Path,
        url: str = "",
        keeper: Keeper | None = None,
        store: Store | None = None,
    ) -> None:
        self.root = root
        self.url = url
        self.keeper = keeper
        self.store = store

    def site(self) -> Site:
        """The whole site. Raises as ``make_site`` does."""
        site = self.pages()
        if self.store is None:
            return replace(
                site, assets={p: c for make in self.assets(site) for p, c in whole(make()).items()}
            )
        return replace(site, assets=self.kept_assets(site, self.store))

    def kept_assets(self, site: Site, store: Store) -> Assets:
        """The site's assets, in the store. Where neither data nor pages are others than at the last
        build, they are those that it made.
        """
        kept = Assets(store)
        texts = [(page.path, page.text) for page in site.graph.archive.pages]
        edition = read_edition(self.root, site.graph.archive, self.url)
        # The lines on which entries stand are no part of what the tables say.
        made_of = files_digest([self.root / "data"], self.traces.data, repr((edition, texts)))
        last = store.noted("assets")
        if not last or last[0] != made_of or not kept.recall(last[1]):
            for path, content in self.made(site, store):
                kept.add(path, content)
        else:
            self.traces.keep("file ")
            store.spare()
        self.traces.finish()
        store.note("assets", [made_of, kept.said()])
        return kept

    def made(self, site: Site, store: Store) -> Iterator[tuple[str, Kept]]:
        """The site's assets, of which those are made that are not known to be the same."""
        singles = dict(chain.from_iterable(each(make()) for make in self.singles(site)))
        known = {path: kept for path in singles if (kept := self.known(path, singles[path], store))}
        lacking = [path for path in singles if path not in known]
        steps = [*self.steps(site)]

        def make(what: int | str) -> tuple[Any, set[str]]:
            if isinstance(what, str):
                return self.kept(singles[what], store)
            return {path: store.put(content).said() for path, content in each(steps[what]())}, set()

        work = [*range(len(steps)), *lacking]
        for what, (said, reads) in spread(make, work, store, large=len(steps)):
            if isinstance(what, str) and isinstance(singles[what], OfGraph):
                self.traces.add(f"file {what}", said, reads)
            of_one = {what: said} if isinstance(what, str) else said
            yield from ((path, store.meant(one)) for path, one in of_one.items())
        yield from known.items()

    def known(self, path: str, content: Content, store: Store) -> Kept | None:
        """A file as the last build has made it, where it is known that it would be the same."""
        match content:
            case OfGraph():
                there = partial(_is_there, store)
                name = f"file {path}"
                return store.meant(self.traces[name]) if self.traces.known(name, there) else None
            case Made(made_of=made_of) if made_of:
                return store.known((engine_digest(), made_of))
        return None

    def kept(self, content: Content, store: Store) -> tuple[list[Any], set[str]]:
        """Make a file; gives what stands for it in the store, and what it has read in the graph."""
        match content:
            case OfGraph():
                return self.traces.reading(lambda: store.put(content).said())
            case Made(made_of=made_of) if made_of:
                made = store.once((engine_digest(), made_of), partial("".join, content))
                return made.said(), set()
        return store.put(content).said(), set()

    def world(self, graph: Graph, edition: Edition) -> str:
        """What pages and files depend on beside the tables of the graph."""
        archive = graph.archive
        said = (archive.settings.model_dump_json(), graph.newest, graph.changed, graph.day)
        paths = sorted(page.path for page in archive.pages)
        return repr((engine_digest(), said, archive.unreleased, edition, paths))

    def pages(self, assets: Mapping[str, str | bytes] | None = None) -> Site:
        """The site with the assets of an earlier one: with a keeper only the pages that change are
        made. Raises likewise.
        """
        graph = read_graph(self.root)
        edition = read_edition(self.root, graph.archive, self.url)
        if self.keeper:
            self.keeper.turn_to(graph)
        if self.store:
            gc.freeze()  # the data stay to the end, what pages are made with does not
            gc.enable()
            self.traces = Traces(graph, self.store, self.world(graph, edition))
            pages = render_changed_pages(graph, self.traces, self.store)
        else:
            pages = render_pages(graph, self.keeper)
        check_addresses(graph, (page.path for page in pages))
        return Site(graph, pages, assets or {}, structured_data(graph, edition, pages))

    def assets(self, site: Site) -> Iterator[Callable[[], Contents]]:
        """What makes the site's assets, step by step."""
        yield from self.steps(site)
        yield from self.singles(site)

    def steps(self, site: Site) -> Iterator[Callable[[], Contents]]:
        """What makes those that are made of the whole: the longest first."""
        graph = site.graph
        edition = read_edition(self.root, graph.archive, self.url)
        yield partial(search_files, graph, site.pages)
        texts = chain(
            (page.body for page in site.pages), (page.text for page in graph.archive.pages)
        )
        yield partial(place_files, graph, site.pages)
        yield partial(chinese_face, texts, self.root / ".cache")
        for export in FORMATS:
            if export not in SINGLES:
                yield partial(export, graph, edition)
        for make in (
            preview_assets,
            lines_script,
            kinds_script,
            print_assets,
            history_assets,
            redirects,
        ):
            yield partial(make, graph)
        for export in (edition_files, frame_files):
            yield partial(export, graph, edition)

    def singles(self, site: Site) -> Iterator[Callable[[], Contents]]:
        """What gives many files, each of which is made by itself."""
        graph = site.graph
        edition = read_edition(self.root, graph.archive, self.url)
        for export in SINGLES:
            yield partial(export, graph, edition)
        yield partial(proposal_files, graph, site.pages)
        yield partial(text_files, graph, edition, site.pages)


def _is_there(store: Store, said: list[Any]) -> bool:
    return store.kept(said) is not None


def make_exports(root: Path, url: str = "") -> Files:
    """The open data alone, without the pages: path to content. Raises as ``make_site`` does."""
    graph = read_graph(root)
    return export_files(graph, read_edition(root, graph.archive, url))
