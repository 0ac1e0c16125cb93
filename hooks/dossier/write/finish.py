"""The last step of every build: it finishes the folder that an engine wrote, whichever engine that
was.

An engine turns Markdown into pages, in its theme's templates. What this site promises beyond that
is done here, with the folder on disk: one style sheet, the content security policy, the page for
addresses that have none, the files of the edition, the archive and the service worker.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..csp import Pattern, refused, with_csp, with_rel
from ..store import Store
from .engine import engine_digest
from .files import read_text, write_file, write_text
from .minify import one_style_sheet, with_faces, without_blanks, without_comments, without_rules
from .not_found import anywhere
from .offline import NOT_FOUND, manifest, write_for_offline
from .one_source import write_sources
from .site import Site
from .valid import valid

SCRIPTS = "assets/js"
STYLES = "assets/css/site.css"
MANIFEST = "manifest.webmanifest"


@dataclass(frozen=True)
class Settings:
    """What ``mkdocs.yml`` says about the site, for every engine alike; paths are the site's."""

    name: str
    description: str
    url: str
    """Where the site is published, or empty where that is unknown."""
    styles: tuple[str, ...]
    """The style sheets of this project, in their order."""
    scripts: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """What an engine's theme has put into the folder, and what this site leaves out of it."""

    scripts: tuple[Pattern, ...]
    """Its inline scripts, and those of this project's own templates: the CSP lets them
    through."""
    styles: str
    """The folder of its style sheets, which are joined in the order of their names."""
    unused_properties: Pattern
    unused_selectors: Pattern
    unused_markup: Pattern
    """What goes from every page, but for the words that are a group."""
    left_out: tuple[str, ...]
    """Files and folders that no page needs once the site is finished, as patterns."""


def finish(
    folder: Path,
    site: Site,
    settings: Settings,
    theme: Theme,
    *,
    done: Set[str] = frozenset(),
    store: Store | None = None,
) -> list[str]:
    """Finish the folder, in which some pages are ``done``. Gives a line for each thing in a page
    that its CSP refuses and that therefore must go; raises ``OSError`` where a file is missing
    that ``mkdocs.yml`` names.
    """
    short = site.graph.archive.settings.short_name
    if not (folder / MANIFEST).exists():
        write_text(folder / MANIFEST, manifest(settings.name, settings.description, short))
    # A Markdown twin, for one, is no file that an engine would copy.
    for path in site.assets:
        if not (folder / path).exists():
            write_file(site.assets, path, folder / path)
    for path in (*settings.styles, *settings.scripts):
        if not (folder / path).exists():
            raise FileNotFoundError(
                errno.ENOENT,
                "No such file, but mkdocs.yml names it; put it back, or take it out there",
                f"docs/{path}",
            )
    for script in sorted((folder / SCRIPTS).glob("*.js")):
        write_text(script, without_comments(read_text(script)))
    styles = join_styles(folder, settings.styles, theme, store)
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    found = finish_pages(folder, sorted(pages - site.assets.keys() - {NOT_FOUND} - done), theme)
    base = urlsplit(settings.url).path.rstrip("/") + "/" if settings.url else ""
    write_text(
        folder / NOT_FOUND,
        with_csp(
            anywhere(_tidy(read_text(folder / NOT_FOUND), theme), styles, base),
            theme.scripts,
            own_styles=True,
        ),
    )
    for pattern in theme.left_out:
        for left in list(folder.glob(pattern)):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()
    write_for_offline(folder, site.archive_folder, store)
    write_sources(folder, site.graph, settings.url, store)
    return found


def finish_pages(folder: Path, pages: Iterable[str], theme: Theme) -> list[str]:
    """Finish these pages, as the engine has written them; gives a line for each thing that their
    CSP refuses.
    """
    found = []
    for page in pages:
        html = read_text(folder / page)
        found += [
            f"docs/{page.removesuffix('.html')}.md: holds {thing}, which no page of this site may"
            " contain; remove it"
            for thing in refused(html, theme.scripts)
        ]
        write_text(folder / page, with_csp(_tidy(html, theme), theme.scripts))
    return found


def _tidy(html: str, theme: Theme) -> str:
    """A page without what nothing here needs, its markup valid, its links saying what they are."""
    html = theme.unused_markup.sub(
        lambda found: found[found.lastindex] if found.lastindex else "", without_blanks(html)
    )
    return valid(with_rel(html))


def join_styles(folder: Path, ours: Iterable[str], theme: Theme, store: Store | None = None) -> str:
    """Make the theme's style sheets and ours one, since a page waits for each of its sheets before
    it shows anything. Gives the sheet without the faces that are put into it.
    """
    theirs = sorted((folder / theme.styles).glob("*.css"))
    own = [folder / path for path in ours]
    sheets = (_needed(read_text(path), theme, store) for path in theirs)
    styles = one_style_sheet([*sheets, *map(read_text, own)])
    for path in (*theirs, *own):
        path.unlink()
    faces = folder / "assets/fonts"
    write_text(folder / STYLES, with_faces(styles, lambda name: (faces / name).read_bytes()))
    return styles


def _needed(sheet: str, theme: Theme, store: Store | None) -> str:
    """Of a style sheet of the theme's what this site has a use for."""
    unused = theme.unused_properties, theme.unused_selectors

    def make() -> str:
        return without_rules(unused[0].sub("", sheet), unused[1])

    if store is None:
        return make()
    patterns = (pattern.pattern for pattern in unused)
    return str(store.remember(("styles", engine_digest(), *patterns, sheet), make))
