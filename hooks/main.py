"""The MkDocs adapter: MkDocs' events turned into calls of ``dossier``, and nothing else.

Data are loaded and checked before MkDocs touches the output folder, so a violation leaves the last
good site as it is.
"""

from __future__ import annotations

import datetime
import gc
import logging
import os
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from dossier.book import shelf
from dossier.book.content import revision
from dossier.csp import Pattern, own_scripts, refused, with_policy, with_rel
from dossier.errors import InvalidArchiveError, fault
from dossier.graph.refs import relative
from dossier.kinds import PAGES
from dossier.pages.base import compiled_templates
from dossier.read.edition import read_edition
from dossier.read.prose import DossierExtension, fill
from dossier.write.minify import lean, one_style_sheet, with_faces, without_rules
from dossier.write.not_found import anywhere
from dossier.write.offline import NOT_FOUND, manifest, write_for_offline
from dossier.write.site import Site, make_site
from generated import GeneratedPage, Headings
from serving import Serving

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.hooks.dossier")


# The theme's pictures for admonitions, task lists and page states, and its colors for diagrams,
# which no page of this site has.
_UNUSED = re.compile(
    r"--md-(?:admonition|tasklist|status|version|annotation)-[\w-]*:\s*url\((?:\"[^\"]*\"|'[^']*')\);?"
    r"|--md-mermaid-[\w-]*:[^;}]*;?"
)
# What the theme has styles for and this site has not: a page may weigh only so much, see
# test_weight.py.
UNUSED_CLASSES = re.compile(
    r"\.(?:tabbed-|highlighttable|linenodiv|task-list|critic|emojione|twemoji|gemoji|arithmatex|grid|key-|mermaid"
    r"|md-(?:annotation|author|banner|code__|consent|draft|feedback|meta|pagination|path|pin|post|profile|progress"
    r"|search|select|social|source|status|suggest|tag|version))"
)


class State:
    """What one event leaves for the next."""

    site: Site | None = None
    serving: Serving | None = None
    epoch_given = "SOURCE_DATE_EPOCH" in os.environ
    own: tuple[Pattern, ...] = ()
    books: shelf.Shelf | None = None
    styles: tuple[str, ...] = ()
    sheet: str = ""


def on_startup(command: str, dirty: bool) -> None:
    if command == "serve":
        State.serving = Serving(changed_site)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    config.markdown_extensions.append(DossierExtension())  # type: ignore[arg-type]
    _name_every_index(config)
    # The repository's address is known where the site is deployed, not here; without it the edit
    # links lead to the page that says how to contribute.
    repository = os.environ.get("DOSSIER_REPOSITORY")
    if repository:
        config.repo_url = repository.rstrip("/")
        config.edit_uri = "edit/main/docs/"
    templates = (
        path
        for folder in config.theme.dirs
        for at in ("*.html", "partials/javascripts/*.html")
        for path in Path(folder).glob(at)
    )
    State.own = tuple(own_scripts(path.read_text(encoding="utf-8") for path in sorted(templates)))
    State.styles, config.extra_css = tuple(map(str, config.extra_css)), []
    return config


def _name_every_index(config: MkDocsConfig) -> None:
    """Give the index of a kind that ``nav`` does not name a place in it, before its last entry."""
    if config.nav:
        named = set(_paths(config.nav))
        new = [
            {kind.title: f"{kind.folder}/index.md"}
            for kind in PAGES
            if f"{kind.folder}/index.md" not in named
        ]
        config.nav[-1:-1] = new


def on_pre_build(config: MkDocsConfig) -> None:
    try:
        root, url = Path(config.config_file_path).parent, config.site_url or ""
        State.site = State.serving.first(root, url) if State.serving else _made_once(root, url)
        State.books = _books(root, State.site)
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
            return  # the last good data are served on, with what is wrong at the top of every page
        raise BuildError(
            f"{len(error.violations)} violations in the data; nothing was written"
        ) from None
    except OSError as error:
        raise BuildError(fault(error)) from None


def _books(root: Path, site: Site) -> shelf.Shelf | None:
    """The books that lie ready, unless they are of other words than the site."""
    found = shelf.look(root / shelf.FOLDER)
    if found and found.revision != revision(site.graph, read_edition(root, site.graph.archive)):
        log.info("book/ holds another revision of the edition, which is not offered; make book")
        return None
    return found


def _made_once(root: Path, url: str) -> Site:
    """The site of a single build. As it is all needed to the end, Python need not look again and
    again for what is not.
    """
    gc.disable()
    try:
        return make_site(root, url)
    finally:
        gc.freeze()
        gc.enable()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    site = _site()
    named = [
        *State.styles,
        *(str(s) for s in config.extra_javascript),
        *(f"assets/js/{name}" for name in config.extra["scripts"]),
    ]
    for path in named:
        if path not in files.src_uris and path not in site.assets:
            raise BuildError(
                f"docs/{path}: No such file, but mkdocs.yml names it; put it back, or take it out"
                " there"
            )
    headings = Headings(config)
    titles = dict(_titles(config.nav))
    for page in site.pages:
        original = files.get_file_from_path(page.path)
        if original:
            files.remove(original)
        file = File.generated(
            config, page.path, content=page.body, inclusion=InclusionLevel.NOT_IN_NAV
        )
        file.edit_uri = f"../{page.edit}"
        GeneratedPage(page, titles.get(page.path), file, config, headings)
        files.append(file)
    name, description = config.site_name, str(config.site_description)
    made: dict[str, str | bytes] = {
        "manifest.webmanifest": manifest(name, description),
        **site.assets,
    }
    for path, content in made.items():
        if not path.endswith(".md"):  # which MkDocs would take for a page
            files.append(File.generated(config, path, content=content))
    return _one_style_sheet(_without_theme_search(files), config)


def _titles(nav: Any) -> Iterator[tuple[str, str]]:
    """The titles that the navigation gives to pages: path and title."""
    for item in nav or ():
        for title, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                yield value, title
            else:
                yield from _titles(value)


def _paths(nav: Any) -> Iterator[str]:
    """Every path that the navigation names."""
    for item in nav:
        for value in item.values() if isinstance(item, dict) else [item]:
            yield from [value] if isinstance(value, str) else _paths(value)


def _one_style_sheet(files: Files, config: MkDocsConfig) -> Files:
    # A page waits for each of its style sheets before it shows anything.
    themes = sorted(f.src_uri for f in files if f.src_uri.startswith("assets/stylesheets/"))
    parts = [path for path in themes if path.endswith(".css")] + [*State.styles]
    sheets = [files.src_uris[path] for path in parts]
    texts = [_UNUSED.sub("", sheet.content_string) for sheet in sheets]
    at = len(sheets) - len(State.styles)
    content = one_style_sheet(
        [*(without_rules(text, UNUSED_CLASSES) for text in texts[:at]), *texts[at:]]
    )
    State.sheet = content
    content = with_faces(content, lambda name: files.src_uris[f"assets/fonts/{name}"].content_bytes)
    for file in {*sheets, *(files.src_uris[path] for path in themes)}:
        files.remove(file)
    files.append(File.generated(config, "assets/css/site.css", content=content))
    return files


def _without_theme_search(files: Files) -> Files:
    for file in list(files):
        if file.src_uri.startswith(("assets/javascripts/lunr/", "assets/javascripts/workers/")):
            files.remove(file)
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    # MkDocs' templates escape nothing, and these two are plain text.
    page.meta.update(
        {key: escape(str(page.meta[key])) for key in ("title", "description") if key in page.meta}
    )
    try:
        html = _site().with_pieces(page.file.dest_uri, html)
    except LookupError as error:
        log.warning(f"docs/{page.file.src_uri}: asks for {error}, of which nothing can be made")
    html = shelf.with_books(html, State.books)
    return fill(html, _site().resolver(page.file.dest_uri))


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    edited = page.meta.get("dossier_edit") or f"docs/{page.file.src_uri}"
    context["edited_file"] = edited
    context["structured"] = _site().structured.get(page.file.dest_uri)
    context["alternates"] = _site().alternates(page.file.dest_uri)
    context["edit_link"] = page.edit_url or relative(page.file.dest_uri, "contribute.html#edit")
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    for found in refused(output, State.own):
        log.warning(
            f"docs/{page.file.src_uri}: holds {found}, which no page of this site may; write it"
            " without"
        )
    return finished(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    if not template_name.endswith(".html"):
        return output_content
    if template_name == NOT_FOUND:
        base = urlsplit(config.site_url or "").path
        page = anywhere(
            with_rel(lean(output_content)),
            State.sheet,
            base.rstrip("/") + "/" if config.site_url else "",
        )
        return with_policy(page, State.own, own_styles=True)
    return finished(output_content)


def finished(html: str) -> str:
    """The page as it is written."""
    return with_policy(with_rel(lean(html)), State.own)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    if State.serving:
        State.serving.nav = nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    env.bytecode_cache = compiled_templates()
    if State.serving:
        State.serving.built(config, files, env)


def changed_site(site: Site) -> None:
    """What the events of an edit are to know of it."""
    State.site = site


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    assert State.serving is not None
    return State.serving.attach(server)


def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    for path, content in _site().assets.items():
        if path.endswith(".md"):
            (site / path).write_text(str(content), encoding="utf-8")
    shelf.place(Path(config.config_file_path).parent / shelf.FOLDER, State.books, site)
    write_for_offline(site)
    gc.unfreeze()


def _site() -> Site:
    assert State.site is not None, "on_pre_build comes first"
    return State.site
