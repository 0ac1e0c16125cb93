"""The site as a folder of Markdown, for a generator that runs no hooks.

The folder holds what MkDocs is handed by its adapter: the pages made from the data, the
hand-written pages with their links and citations filled in, the styles, scripts and data.
``mkdocs.yml`` and the theme are copied beside it, without the hook. What the theme's templates are
told about a page is in its front matter. What the generator's own output still lacks, ``finish``
adds.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from ..errors import InvalidArchiveError, Violation
from ..kinds import LINKED
from ..read.load import HandPage
from ..read.prose import fill, parse
from ..store import Assets
from .files import read_text, write_files, write_text
from .site import Site

# What is code is not touched: fenced blocks first, then spans of code.
_CODE = re.compile(r"(^```.*?^```|`+[^`]+`+)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(rf"\]\(({'|'.join(LINKED)}):([a-z0-9-]+)\)")
_CITES = re.compile(r"\[@[A-Za-z0-9][^\[\]]*\]")
_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)


def write_folder(
    site: Site, root: Path, folder: Path, repository: str = "", *, plain: bool = True
) -> int:
    """Write the site of the project under ``root`` into ``folder``, of which ``docs`` is replaced;
    gives the number of pages.

    ``repository`` is where edit links lead. Not ``plain``, the folder is for a generator that is
    given the project's Markdown extension, and whose templates escape nothing: hand-written pages
    are left as they are, to be filled in by ``fill_links``. Raises ``InvalidArchiveError`` for a
    page that asks for a piece that does not exist.
    """
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(root / "docs", docs, ignore=shutil.ignore_patterns("*.md"))
    written = (
        (page.path, fill_page(page, site) if plain else page.text, f"docs/{page.path}")
        for page in site.graph.archive.pages
    )
    made = ((page.path, page.markdown, page.edit) for page in site.pages)
    for path, text, edited in chain(written, made):
        address = path.removesuffix(".md") + ".html"
        data = {"dossier": site.page_data(address, edited, repository)}
        write_files({path: with_front(text, data, escaped=not plain)}, docs)
    write_files(copied(site.assets), docs)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write_files(
        {"mkdocs.yml": re.sub(r"^hooks:\n(?: +- .*\n)+", "", settings, flags=re.MULTILINE)}, folder
    )
    shutil.copytree(root / "hooks/theme", folder / "hooks/theme", dirs_exist_ok=True)
    return len(site.graph.archive.pages) + len(site.pages)


def copied(assets: Mapping[str, str | bytes]) -> Mapping[str, str | bytes]:
    """Those that a generator copies as they are; it would take a Markdown file for a page."""
    paths = [path for path in assets if not path.endswith(".md")]
    if isinstance(assets, Assets):
        return assets.only(paths)
    return {path: assets[path] for path in paths}


def with_front(text: str, data: dict[str, Any], *, escaped: bool = False) -> str:
    """A page with more in its front matter, which then stands on one line, as JSON, and takes up as
    many lines as before: what is said of a later line names the line that the contributor has. To
    a page that had none three are added.
    ``escaped``, its plain texts are ready for an attribute.

    >>> with_front("---\\ntitle: One\\nhide: [toc]\\n---\\nText", {"a": 1})
    '---\\n{"title": "One", "hide": ["toc"], "a": 1}\\n\\n---\\nText'
    """
    found = _FRONT.match(text)
    front = {**(yaml.safe_load(found[1]) or {}), **data} if found else data
    if escaped:
        front |= {key: escape(str(front[key])) for key in ("title", "description") if key in front}
    rest = text[found.end() :] if found else text
    padding = "\n" * (found[1].count("\n") - 1 if found else 0)
    return f"---\n{json.dumps(front, ensure_ascii=False, default=str)}\n{padding}---\n{rest}"


def fill_page(page: HandPage, site: Site) -> str:
    """A hand-written page with what it shows of the data, and its links and citations made into
    Markdown's own. Raises ``InvalidArchiveError`` for a piece that does not exist.
    """
    address = page.path.removesuffix(".md") + ".html"
    resolver = site.resolver(address)

    def link(match: re.Match[str]) -> str:
        return f"]({resolver('href', f'{match[1]}:{match[2]}')})"

    def cites(match: re.Match[str]) -> str:
        found = [citation.with_source(resolver.source) for citation in parse(match[0]).citations]
        return " ".join(
            f"[{resolver.citation_label(c)}]({resolver.citation_href(c)}){{ .cite }}" for c in found
        )

    return "".join(
        text if n % 2 else _with_pieces(page, site, _CITES.sub(cites, _LINK.sub(link, text)))
        for n, text in enumerate(_CODE.split(page.text))
    )


def fill_links(site: Site, folder: Path) -> None:
    """Fill in the hand-written pages of a site that was made with the Markdown extension: what they
    show of the data, links and citations. Raises as ``fill_page`` does.
    """
    for page in site.graph.archive.pages:
        address = page.path.removesuffix(".md") + ".html"
        html = _with_pieces(page, site, read_text(folder / address))
        write_text(folder / address, fill(html, site.resolver(address)))


def _with_pieces(page: HandPage, site: Site, text: str) -> str:
    try:
        return site.with_pieces(page.path.removesuffix(".md") + ".html", text)
    except LookupError as error:
        message = f"asks for {error}, which does not exist"
        raise InvalidArchiveError([Violation(page.locate("<!-- made: "), message)]) from None
