"""``make serve``: an edit of the data makes again what it touches, and nothing else.

MkDocs rebuilds everything on every change. Here its files, navigation and templates are kept
from the last such build, and after an edit of data or translation only the pages whose content
differs are written; then, while the reader looks at them, what is made of the whole:
search index, open data, archive. A change of anything else, or one that adds or removes pages, is
left to MkDocs.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import stat
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from dossier.csp import without_csp
from dossier.errors import REFUSED, InvalidArchiveError, fault, one_line
from dossier.exports import whole
from dossier.graph.dependencies import Keeper
from dossier.read.load import SETTINGS
from dossier.read.names import is_backup
from dossier.write.offline import write_for_offline
from dossier.write.one_source import write_sources
from dossier.write.site import Site, Workshop
from generated import GeneratedPage

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.hooks.dossier")

# A worker would answer with the pages of the last version. This one replaces any that an earlier
# visit has left, then unregisters itself.
_NO_WORKER = b"""self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", () => self.registration.unregister());
"""


_DATA = "The data are broken"
_WAITING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>
<meta http-equiv="refresh" content="2"><main><h1>The data are broken</h1>
<p>There is no site to show yet. Fix what follows, and it will appear here by itself.</p>
<ul>{items}</ul></main></html>"""


class Serving:
    """The site that is being edited. ``tell`` is called with every new state of it, ``finish`` with
    the folder and the pages that MkDocs has rewritten.
    """

    nav: Navigation

    def __init__(
        self, tell: Callable[[Site], None], finish: Callable[[Path, Iterable[str]], None]
    ) -> None:
        self.tell = tell
        self.finish = finish
        self.violations: tuple[str, ...] = ()
        self.broken = _DATA
        self.site: Site | None = None
        self.later: _Later | None = None
        self.files_seen: dict[Path, tuple[int, int]] = {}

    # What MkDocs' events leave

    def first(self, root: Path, url: str) -> Site:
        """The site for a whole build. Raises ``InvalidArchiveError``, and then the last one
        stays.
        """
        self.root = root
        self.files_seen = _state(root)
        workshop = Workshop(root, url, Keeper())
        try:
            self.site = workshop.site()
        except InvalidArchiveError as error:
            self.broken, self.violations = _DATA, tuple(map(str, error.violations))
            # what else has changed is not built yet, so that the next build is a whole one
            self.site = None
            raise
        self.workshop, self.violations = workshop, ()
        return self.site

    def first_good(self, root: Path, url: str, host: str, port: int) -> Site:
        """The site for the first build. Where the data are broken from the start, a page says so at
        the address of the site until they are mended.
        """
        while True:
            try:
                return self.first(root, url)
            except InvalidArchiveError as error:
                for violation in error.violations:
                    log.error(violation)
                log.error(
                    f"fix it, and the site will be built; http://{host}:{port}/ says the same"
                )
                self.wait(host, port)

    def wait(self, host: str, port: int) -> None:
        """Say what is wrong to whoever asks, until a file has changed."""
        page = _WAITING.format(items=self.items()).encode()

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(503)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer((host, port), Answer) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            while _state(self.root) == self.files_seen:
                time.sleep(0.3)
            server.shutdown()

    def items(self) -> str:
        """What is wrong, as items of a list."""
        return "".join(f"<li><code>{escape(said)}</code></li>" for said in self.violations)

    def built(self, config: MkDocsConfig, files: Files, env: Environment) -> None:
        self.config, self.files, self.env = config, files, env

    def attach(self, server: LiveReloadServer) -> LiveReloadServer:
        """Have the server build in this way, and show on each page what is wrong with the data."""
        build_all = server.builder
        server.builder = lambda: self.build(build_all)
        if _state(self.root) != self.files_seen:  # changed since the first build began
            server._want_rebuild = True
        # What is kept between edits is a million objects, which need not be searched for garbage
        # each time.
        gc.freeze()
        serve_file = server.get_app()
        assert serve_file is not None

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
            answer: list[Any] = []
            body = b"".join(serve_file(environ, lambda *given: answer.extend(given)))  # type: ignore[arg-type]
            status, headers = answer[:2]
            if environ["PATH_INFO"].endswith("/service-worker.js"):
                body = _NO_WORKER
            elif dict(headers).get("Content-Type", "").startswith("text/html"):
                body = self.with_violations(without_csp(body))
            kept = [(name, value) for name, value in headers if name != "Content-Length"]
            start_response(status, [*kept, ("Content-Length", str(len(body)))])
            return [body]

        server.set_app(serve)
        return server

    def with_violations(self, page: bytes) -> bytes:
        """The page with what is wrong with the data before its content."""
        if not self.violations:
            return page
        box = (
            f'<aside class="violations" role="alert"><p><b>{self.broken}; this is the last'
            f" good state.</b></p><ul>{self.items()}</ul></aside>"
        )
        before, article, after = page.partition(b"<article")
        tag, end, content = after.partition(b">")
        return before + article + tag + end + box.encode() + content

    # Edits

    def build(self, build_all: Callable[[], None]) -> None:
        """Make the parts of the site that have changed since the last time."""
        if self.later:
            self.later.stop()
        seen = _state(self.root)
        changed = {
            path
            for path in {*seen, *self.files_seen}
            if seen.get(path) != self.files_seen.get(path)
        }
        self.files_seen = seen
        code = sorted(path for path in changed if path.suffix == ".py")
        if code:
            log.warning(
                f"{code[0].relative_to(self.root)} has changed, but this server runs on with the"
                " old code: stop it (Ctrl+C) and start make serve again"
            )
        changed.difference_update(code)
        if code and not changed:
            return
        if self.site is None or not all(map(self.is_data, changed)):
            self.build_whole(build_all)
            return
        try:
            site = self.workshop.pages(self.site.assets)
        except InvalidArchiveError as error:
            self.broken, self.violations = _DATA, tuple(map(str, error.violations))
            for violation in self.violations:
                log.error(violation)
            return
        self.violations = ()
        if site.edition_date != self.site.edition_date or [p.path for p in site.pages] != [
            p.path for p in self.site.pages
        ]:
            self.build_whole(build_all)
            return
        self.rewrite(self.site, site)
        self.later = _Later(self)
        self.later.start()

    def build_whole(self, build_all: Callable[[], None]) -> None:
        """Have MkDocs build everything; what it cannot read is told, and the server goes on."""
        errors = _Errors(logging.ERROR)
        logging.getLogger("mkdocs").addHandler(errors)
        try:
            build_all()
        except Exception as error:  # whatever it is, the editor has to see it, and to go on
            self.site = None  # so that the next build is a whole one
            self.broken, self.violations = "The site cannot be built", errors.causes_of(error)
            for said in self.violations:
                log.error(f"{said}; fix it, and the site will be built again")
        finally:
            logging.getLogger("mkdocs").removeHandler(errors)

    def is_data(self, path: Path) -> bool:
        """Whether a file holds data or a translation. The edition's own words are on every page."""
        place = path.relative_to(self.root).parts
        if path == self.root / SETTINGS:
            return False
        return place[0] == "data" or (place[:2] == ("docs", "sources") and path.suffix == ".md")

    def rewrite(self, old: Site, new: Site) -> None:
        """Write the pages that have changed, and those written by hand, which name things in the
        data.
        """
        self.site = new
        self.tell(new)
        before, after = ({page.path: page for page in site.pages} for site in (old, new))
        touched: list[File] = []
        for file in self.files.documentation_pages():
            page = file.page
            if not isinstance(page, GeneratedPage):
                touched.append(file)
                continue
            page.made = after[file.src_uri]
            if page.made != before[file.src_uri] or new.structured.get(
                file.dest_uri
            ) != old.structured.get(file.dest_uri):
                touched.append(file)
        pages = [file.page for file in touched if file.page is not None]
        for page in pages:
            _populate_page(page, self.config, self.files)
        documents = self.files.documentation_pages()
        for page in pages:
            _build_page(page, self.config, documents, self.nav, self.env)
        self.finish(Path(self.config.site_dir), [page.file.dest_uri for page in pages])
        log.info(f"{len(pages)} pages made again")

    def rest(self, go_on: Callable[[], bool]) -> None:
        """Make what is made of the whole site, for as long as ``go_on`` allows."""
        assert self.site is not None
        folder = Path(self.config.site_dir)
        assets: dict[str, str | bytes] = {}
        for make in self.workshop.assets(self.site):
            if not go_on():
                return
            assets |= whole(make())
        for path in self.site.assets.keys() - assets.keys():
            (folder / path).unlink(missing_ok=True)
        for path, content in assets.items():
            if self.site.assets.get(path) != content:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(
                    content if isinstance(content, bytes) else content.encode("utf-8")
                )
        self.site = replace(self.site, assets=assets)
        self.tell(self.site)
        if go_on():
            write_for_offline(folder, self.site.archive_folder)
            write_sources(folder, self.site.graph, self.config.site_url or "")


class _Errors(logging.Handler):
    """Keeps what MkDocs logs before it gives up: its last word names no cause."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(one_line(record.getMessage()))

    def causes_of(self, error: Exception) -> tuple[str, ...]:
        """Why a build has ended, each cause in a line."""
        if isinstance(error, Abort) and self.said:
            return tuple(self.said)
        if isinstance(error, REFUSED):
            return (fault(error),)
        known = isinstance(error, MkDocsException)
        return (one_line(str(error) if known else f"{type(error).__name__}: {error}"),)


class _Later(threading.Thread):
    """Makes the rest of the site once the editor has paused."""

    PAUSE = 1.0

    def __init__(self, serving: Serving) -> None:
        super().__init__(daemon=True)
        self.serving = serving
        self.stopped = threading.Event()

    def run(self) -> None:
        if not self.stopped.wait(self.PAUSE):
            self.serving.rest(lambda: not self.stopped.is_set())

    def stop(self) -> None:
        self.stopped.set()
        self.join()


def _state(root: Path) -> dict[Path, tuple[int, int]]:
    """Every file that the site is made from, with what would show that it has changed."""
    found = [
        path
        for folder in ("data", "docs", "hooks")
        for path in (root / folder).rglob("*")
        if path.suffix != ".pyc" and not is_backup(path.name)
    ]
    state = {}
    for path in [*found, *root.iterdir()]:
        # an editor puts a new file in the place of the old one: it may be gone by now
        with contextlib.suppress(FileNotFoundError):
            status = path.stat()
            if stat.S_ISREG(status.st_mode):
                state[path] = (status.st_mtime_ns, status.st_size)
    return state
