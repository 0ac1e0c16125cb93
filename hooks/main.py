"""The MkDocs adapter: MkDocs' events turned into calls of ``dossier``, and nothing else.

Data are loaded and checked before MkDocs touches the output folder, so a violation leaves the last
good site as it is.
"""

from __future__ import annotations

import datetime
import gc
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from dossier.book import shelf
from dossier.errors import REFUSED, InvalidArchiveError, fault, template_fault
from dossier.pages.base import compiled_templates
from dossier.processes import processes, spread
from dossier.read.prose import DossierExtension, fill
from dossier.store import PLACE, Store
from dossier.write.engine import engine_digest, files_digest
from dossier.write.files import read_text
from dossier.write.finish import Settings, Theme, finish, finish_pages
from dossier.write.folder import copied
from dossier.write.site import Site, make_site
from generated import GeneratedPage, Headings, KeptFile
from material_theme import theme
from navigation import SHELF, add_indexes, add_shelf, titles
from serving import Serving

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.hooks.dossier")


class State:
    """What one event leaves for the next."""

    site: Site | None = None
    serving: Serving | None = None
    epoch_given = "SOURCE_DATE_EPOCH" in os.environ
    books: shelf.Shelf | None = None
    store: Store | None = None
    nav: Navigation | None = None
    files: Files | None = None
    repository = ""
    refused: Sequence[str] = ()
    """What pages that are finished ahead may not contain."""
    settings: Settings
    theme: Theme


def on_startup(command: str, dirty: bool) -> None:
    if command == "serve":
        State.serving = Serving(changed_site, finish_again)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    config.markdown_extensions.append(DossierExtension())  # type: ignore[arg-type]
    if config.nav:
        add_indexes(config.nav)
    # The repository's address is known where the site is deployed, not here; without it the edit
    # links lead to the page that says how to contribute.
    State.repository = os.environ.get("DOSSIER_REPOSITORY", "").rstrip("/")
    if State.repository:
        config.repo_url = State.repository
    State.theme = theme(map(Path, config.theme.dirs))
    State.settings = Settings(
        name=config.site_name,
        description=str(config.site_description),
        url=config.site_url or "",
        styles=tuple(map(str, config.extra_css)),
        scripts=(
            *map(str, config.extra_javascript),
            *(f"assets/js/{script['path']}" for script in config.extra["scripts"]),
        ),
    )
    config.extra_css = []
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    try:
        root, url = Path(config.config_file_path).parent, config.site_url or ""
        if State.serving and State.site is None:
            State.site = State.serving.first_good(root, url, *_address(config))
        elif State.serving:
            State.site = State.serving.first(root, url)
        else:
            State.site = _made_once(root, url)
        config.extra["search_languages"] = State.site.graph.archive.settings.search.languages
        State.books = shelf.ready(root, State.site.graph)
        # MkDocs stamps its sitemap; with the edition's own date the same input gives the same
        # bytes.
        edition = datetime.datetime.fromisoformat(State.site.edition_date).replace(
            tzinfo=datetime.UTC
        )
        if not State.epoch_given:
            os.environ["SOURCE_DATE_EPOCH"] = str(int(edition.timestamp()))
    except InvalidArchiveError as error:
        for violation in error.violations:
            log.error(str(violation))
        if State.serving and State.site is not None:
            return  # the last good data are still served, the faults at the top of every page
        raise BuildError(
            f"{len(error.violations)} violations in the data; nothing was written"
        ) from None
    except REFUSED as error:
        raise BuildError(fault(error)) from None


def _address(config: MkDocsConfig) -> tuple[str, int]:
    """Where the site is served."""
    host, _, port = str(config.dev_addr).rpartition(":")
    return host, int(port)


def _made_once(root: Path, url: str) -> Site:
    """The site of a single build. As all data are needed to the end, Python need not keep looking
    for garbage in them, until pages are made of them.
    """
    gc.disable()
    gc.set_threshold(10_000, 20, 1000)
    try:
        State.store = Store(root / PLACE)
        return make_site(root, url, State.store)
    finally:
        gc.freeze()
        gc.enable()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    site = _site()
    headings = Headings(config)
    if config.nav and any(page.path == SHELF for page in site.pages):
        add_shelf(config.nav)
    named = dict(titles(config.nav))
    for page in site.pages:
        original = files.get_file_from_path(page.path)
        if original:
            files.remove(original)
        file = File.generated(config, page.path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        GeneratedPage(page, named.get(page.path), file, config, headings)
        files.append(file)
    for path in copied(site.assets):
        kept = KeptFile.generated(config, path, content="")
        assert isinstance(kept, KeptFile)
        kept.files = site.assets
        files.append(kept)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return markdown if isinstance(page, GeneratedPage) else _site().written(markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    # MkDocs' templates escape nothing, and these two are plain text.
    page.meta.update(
        {key: escape(str(page.meta[key])) for key in ("title", "description") if key in page.meta}
    )
    if isinstance(page, GeneratedPage):
        return ""
    try:
        html = _site().with_pieces(page.file.dest_uri, html)
    except LookupError as error:
        log.warning(f"docs/{page.file.src_uri}: asks for {error}, which does not exist")
    return fill(shelf.with_books(html, State.books), _site().resolver(page.file.dest_uri))


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    page.meta["dossier"] = _page_data(page)
    if isinstance(page, GeneratedPage):
        page.open()
    return context


def _page_data(page: Page) -> dict[str, Any]:
    edited = page.made.edit if isinstance(page, GeneratedPage) else f"docs/{page.file.src_uri}"
    return _site().page_data(page.file.dest_uri, edited, State.repository)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    if isinstance(page, GeneratedPage):
        page.close()
    return output


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    State.nav = nav
    if State.serving:
        State.serving.nav = nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    env.bytecode_cache = compiled_templates()
    if State.serving:
        State.serving.built(config, files, env)
    elif State.store:
        State.files = files
        around = _around(config)
        for page in _generated(files):
            page.seek(State.store, (around, _page_data(page)))
        State.refused = _written_ahead(State.store, env, config, files)


def _written_ahead(store: Store, env: Environment, config: MkDocsConfig, files: Files) -> list[str]:
    """Have other processes put generated pages into the theme's templates and finish them, where
    these are many. MkDocs then finds them finished. Gives what they may not contain.
    """
    assert State.nav
    nav, folder, all_pages = State.nav, Path(config.site_dir), files.documentation_pages()
    pages = {page.file.dest_uri: page for page in _generated(files) if not page.finished}
    found = []

    def write(uri: str) -> tuple[list[Any], list[str]]:
        _build_page(pages[uri], config, all_pages, nav, env)
        refused = finish_pages(folder, [uri], State.theme)
        return store.put(read_text(folder / uri)).said(), refused

    if processes(len(pages)) > 1:
        for uri, (said, refused) in spread(write, [*pages], store):
            pages[uri].is_finished(store.meant(said))
            found += refused
    return found


def _generated(files: Files) -> Iterator[GeneratedPage]:
    for file in files.documentation_pages():
        if isinstance(file.page, GeneratedPage):
            yield file.page


def _around(config: MkDocsConfig) -> str:
    """A digest of what all pages have around their content: settings, templates, navigation."""

    def named(item: Any) -> Any:
        children = [named(child) for child in item.children or ()]
        return type(item).__name__, item.title, getattr(item, "url", ""), children

    assert State.nav
    code = sorted(Path(__file__).parent.glob("*.py"))
    own = [Path(folder) for folder in config.theme.dirs if "site-packages" not in folder]
    return files_digest(
        own,
        engine_digest(),
        *(path.read_text(encoding="utf-8") for path in [*code, Path(config.config_file_path)]),
        repr((config.site_url, State.repository, _site().graph.archive.settings)),
        repr([named(item) for item in State.nav]),
    )


def changed_site(site: Site) -> None:
    """What the events of an edit need to know about it."""
    State.site = site


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    assert State.serving is not None
    return State.serving.attach(server)


def on_post_build(config: MkDocsConfig) -> None:
    try:
        folder = Path(config.site_dir)
        shelf.place(Path(config.config_file_path).parent / shelf.FOLDER, State.books, folder)
        made = list(_generated(State.files)) if State.files and State.store else []
        done = {page.file.dest_uri for page in made if page.finished}
        found = finish(folder, _site(), State.settings, State.theme, done=done, store=State.store)
        found += State.refused
        if State.store and not found:
            for page in made:
                kept = page.finished or State.store.put(read_text(folder / page.file.dest_uri))
                State.store.note(page.name, kept.said())
            State.store.close()
    except REFUSED as error:
        raise BuildError(fault(error)) from None
    _warn(found)
    gc.unfreeze()


def on_build_error(error: Exception) -> None:
    if isinstance(error, TemplateError):
        raise BuildError(template_fault(error)) from None


def finish_again(folder: Path, pages: Iterable[str]) -> None:
    """Finish pages of a finished site that MkDocs has rewritten."""
    _warn(finish_pages(folder, pages, State.theme))


def _warn(found: Iterable[str]) -> None:
    for line in found:
        log.warning(line)


def _site() -> Site:
    assert State.site is not None, "on_pre_build comes first"
    return State.site
