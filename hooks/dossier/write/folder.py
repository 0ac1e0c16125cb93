"""The second adapter: the site as a folder of Markdown, for a generator that runs no hooks.

The folder holds what MkDocs is handed by the first: the pages made from the data, the hand-written
pages with their links and citations filled in, the styles, scripts and data. ``mkdocs.yml`` and the
theme are copied beside it, without the hook. What is lost is on the page ``docs/open-data.md``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..kinds import LINKED
from ..read.prose import parse
from .site import Site, make_site

# What is code is not touched: fenced blocks first, then spans of code.
_CODE = re.compile(r"(^```.*?^```|`+[^`]+`+)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(rf"\]\(({'|'.join(LINKED)}):([a-z0-9-]+)\)")
_CITES = re.compile(r"\[@[A-Za-z0-9][^\[\]]*\]")


def write_folder(root: Path, folder: Path, url: str = "") -> int:
    """Write the site under ``root`` into ``folder``; gives the number of pages.

    ``folder/docs`` is replaced. Raises ``InvalidArchiveError`` with all violations of the data.
    """
    site = make_site(root, url)
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(root / "docs", docs, ignore=shutil.ignore_patterns("*.md"))
    pages = {page.path: fill_page(page.text, page.path, site) for page in site.graph.archive.pages}
    pages |= {page.path: page.markdown for page in site.pages}
    write_files(
        {
            path: text + _script(site, path.removesuffix(".md") + ".html")
            for path, text in pages.items()
        },
        docs,
    )
    # A twin would be taken for a page.
    write_files(
        {asset: content for asset, content in site.assets.items() if not asset.endswith(".md")},
        docs,
    )
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write_files(
        {"mkdocs.yml": re.sub(r"^hooks:\n(?: +- .*\n)+", "", settings, flags=re.MULTILINE)}, folder
    )
    shutil.copytree(root / "hooks/theme", folder / "hooks/theme", dirs_exist_ok=True)
    return len(pages)


def fill_page(text: str, path: str, site: Site) -> str:
    """A hand-written page with the links and citations in its Markdown made into Markdown's own."""
    page = path.removesuffix(".md") + ".html"
    resolver = site.resolver(page)

    def link(match: re.Match[str]) -> str:
        return f"]({resolver('href', f'{match[1]}:{match[2]}')})"

    def cites(match: re.Match[str]) -> str:
        found = [citation.with_source(resolver.source) for citation in parse(match[0]).citations]
        return " ".join(
            f"[{resolver.citation_label(c)}]({resolver.citation_href(c)}){{ .cite }}" for c in found
        )

    pieces = _CODE.split(text)
    return "".join(
        piece if n % 2 else site.with_pieces(page, _CITES.sub(cites, _LINK.sub(link, piece)))
        for n, piece in enumerate(pieces)
    )


def _script(site: Site, page: str) -> str:
    structured = site.structured.get(page)
    return f'\n\n<script type="application/ld+json">{structured}</script>\n' if structured else ""


def write_files(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Write files, by their paths, into a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
