"""What a hand-written page refers to: its Markdown, block by block, read as the site's engine reads
it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown import Markdown

from ..errors import Report
from .prose import DossierExtension, Prose
from .yamldoc import parse

# The extensions in mkdocs.yml that decide what is code and what is text.
_EXTENSIONS = ("attr_list", "tables", "md_in_html", "pymdownx.superfences", "def_list")
_CONFIGS = {"tables": {"use_align_attribute": True}}


def front_matter(text: str) -> tuple[str, str]:
    """A page's front matter as it is written, and its Markdown without it."""
    if text.startswith("---\n") and (end := text.find("\n---", 4)) >= 0:
        return text[4:end], text[end + 4 :]
    return "", text


def split_page(text: str) -> tuple[dict[str, Any], str]:
    """A page's front matter, which has been checked, and its Markdown without it."""
    written, body = front_matter(text)
    document = parse(written, "", Report())
    matter = document.value if document else None
    return matter if isinstance(matter, dict) else {}, body


def _title(matter: dict[str, Any], body: str) -> str:
    """The title of a page: that of its front matter, otherwise its first heading."""
    heading = re.search(r"^# +(.+?)\s*(?:\{.*\})?$", body, re.MULTILINE)
    return str(matter.get("title") or (heading[1] if heading else ""))


@dataclass(frozen=True)
class PageText:
    """A page's title, its front matter, its HTML with slots, and its blocks, each with its links,
    citations, quotations and problems."""

    title: str
    front: dict[str, Any]
    html: str
    blocks: tuple[Prose, ...]


def parse_page(text: str) -> PageText:
    """Parse a page with its front matter. Never raises; what is wrong with it stands in the blocks'
    problems.
    """
    md, extension = _markdown()
    front, body = split_page(text)
    html = md.reset().convert(body)
    blocks = list(extension.blocks)
    if extension.problems:
        blocks.append(Prose(b"", "", problems=tuple(extension.problems)))
    return PageText(_title(front, body), front, html, tuple(blocks))


@cache
def _markdown() -> tuple[Markdown, DossierExtension]:
    extension = DossierExtension()
    return (
        Markdown(
            extensions=[*_EXTENSIONS, extension], extension_configs=_CONFIGS, output_format="html"
        ),
        extension,
    )
