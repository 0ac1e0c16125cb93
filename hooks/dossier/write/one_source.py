"""The archive for download by source: one for each where there are several, with its text, its
entries, and what their pages need to open from disk.

What it does not hold its pages do not link to: such links lead to the published edition, or where
its address is unknown are links no more. Chinese is shown in the reader's own typeface.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from functools import partial
from pathlib import Path

from ..csp import own_scripts, with_csp
from ..exports.one_source import Piece, data_of, entries_of, texts_of
from ..graph.refs import Graph, address
from ..pages.base import environment
from ..processes import spread
from ..store import Store
from .files import read_text
from .offline import EVERYWHERE, put_together, site_files

FOLDER = "download/sources"
_LEFT_OUT = re.compile(r"index\.html|404\.html|manifest\.webmanifest|assets/(?:js|css)/propose.*")
"""What the pages of a source do without: from a copy nothing is proposed or installed."""
_ANCHOR = re.compile(r'<a\b([^>]*?) href="([^"#?:]+)([#?][^"]*)?"([^>]*)>')
_LINK = re.compile(r'<link\b[^>]*? href="([^"#?:]+)"[^>]*>')
_IMAGE = re.compile(r'<img\b[^>]*? src="([^":]+)"')
_WORK = re.compile(r'\bid="w-([^"]+)"')


def archive_path(work: str) -> str:
    """Where in the site the archive of a source lies."""
    return f"{FOLDER}/{work}.zip"


def write_sources(site: Path, graph: Graph, url: str = "", store: Store | None = None) -> None:
    """Write them into the finished site, which is published at ``url`` or, if that is empty, at an
    unknown address.
    """
    works = graph.archive.works()
    if len(works) < 2:
        return
    shared = [
        path
        for path in site_files(site)
        if (EVERYWHERE.fullmatch(path) and not _LEFT_OUT.fullmatch(path))
        or path == "assets/data/simplified.js"
    ]
    shell = {path: partial((site / path).read_bytes) for path in shared}
    scripts = data_of(graph)

    def write(work: str) -> None:
        texts, entries = texts_of(graph, work), entries_of(graph, work)
        paths = [
            *(address("source", id_) for id_ in texts),
            *(address(*key.split(":", 1)) for key in entries),
        ]
        pages = {path: read_text(site / path) for path in paths}
        works_cited = {id_ for html in pages.values() for id_ in _WORK.findall(html)}
        known = {*paths, *shared, "index.html"}
        made = {
            "index.html": _beginning(paths[0], graph.archive.sources[work].model.title),
            **{path: _kept_within(html, path, known, url) for path, html in pages.items()},
            **scripts(Piece(texts, entries, sorted(works_cited))),
        }
        images = {path for page, html in pages.items() for path in _images(html, page)}
        held = shell | {path: partial((site / path).read_bytes) for path in images}
        held |= {path: partial(_encoded, text) for path, text in made.items()}
        put_together(site / archive_path(work), work, held, store)

    if store is None:
        for work in works:
            write(work)
        return
    pages = sum(1 for _ in graph.archive.page_entries())
    for _ in spread(write, works, store, each=pages // len(works)):
        pass


def _encoded(text: str) -> bytes:
    return text.encode("utf-8")


def _beginning(page: str, title: str) -> str:
    """The page that opens by double click: it leads to the text."""
    html = environment().get_template("redirect.html").render(title=title, href=page)
    return with_csp(html, own_scripts([html]))


def _images(html: str, page: str) -> list[str]:
    return [_target(page, src) for src in _IMAGE.findall(html)]


def _target(page: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), href))


def _kept_within(html: str, page: str, known: Collection[str], url: str) -> str:
    """A page whose links lead to these files, or else to the published edition or nowhere; other
    forms of it, which are not here, it does not name.
    """

    def link(match: re.Match[str]) -> str:
        target = _target(page, match[2])
        if target in known:
            return match[0]
        # Without its class, by which the scripts would look for what it leads to.
        return f'<a href="{url}{target}{match[3] or ""}">' if url else "<a>"

    html = _LINK.sub(lambda m: m[0] if _target(page, m[1]) in known else "", html)
    return _ANCHOR.sub(link, html)
