"""The site as a folder of Markdown, for a generator that runs no hooks.

The folder holds what MkDocs is handed by its adapter: the pages made from the data, the hand-written
pages with their links and citations filled in, the styles, scripts and data. ``mkdocs.yml`` and the
theme are copied beside it, without the hook. What the theme's templates are told of a page stands
in its front matter. What a generator's own site then lacks is done by ``finish``.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from ..exports import Files
from ..kinds import LINKED
from ..read.prose import parse
from .files import write_files
from .site import Site

# What is code is not touched: fenced blocks first, then spans of code.
_CODE = re.compile(r"(^```.*?^```|`+[^`]+`+)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(rf"\]\(({'|'.join(LINKED)}):([a-z0-9-]+)\)")
_CITES = re.compile(r"\[@[A-Za-z0-9][^\[\]]*\]")
_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)


def write_folder(site: Site, root: Path, folder: Path, repository: str = "") -> int:
    """Write the site of the project under ``root`` into ``folder``, of which ``docs`` is replaced;
    gives the number of pages. ``repository`` is where edit links lead.
    """
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(root / "docs", docs, ignore=shutil.ignore_patterns("*.md"))
    written = [
        (page.path, fill_page(page.text, page.path, site), f"docs/{page.path}")
        for page in site.graph.archive.pages
    ]
    made = [(page.path, page.markdown, page.edit) for page in site.pages]
    for path, text, edited in [*written, *made]:
        address = path.removesuffix(".md") + ".html"
        data = {"dossier": site.page_data(address, edited, repository)}
        write_files({path: with_front(text, data)}, docs)
    write_files(copied(site.assets), docs)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write_files(
        {"mkdocs.yml": re.sub(r"^hooks:\n(?: +- .*\n)+", "", settings, flags=re.MULTILINE)}, folder
    )
    shutil.copytree(root / "hooks/theme", folder / "hooks/theme", dirs_exist_ok=True)
    return len(written) + len(made)


def copied(assets: Files) -> Files:
    """Those that a generator copies as they are; a Markdown file it would take for a page."""
    return {path: content for path, content in assets.items() if not path.endswith(".md")}


def with_front(text: str, data: dict[str, Any]) -> str:
    """A page with more in its front matter, which then stands on one line, as JSON, and takes up as
    many lines as before: what is said of a later line names the line that the contributor has.

    >>> with_front("---\\ntitle: One\\nhide: [toc]\\n---\\nText", {"a": 1})
    '---\\n{"title": "One", "hide": ["toc"], "a": 1}\\n\\n---\\nText'
    """
    found = _FRONT.match(text)
    front = {**(yaml.safe_load(found[1]) or {}), **data} if found else data
    rest = text[found.end() :] if found else text
    padding = "\n" * (found[1].count("\n") - 1 if found else 0)
    return f"---\n{json.dumps(front, ensure_ascii=False, default=str)}\n{padding}---\n{rest}"


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
