"""What a hand-written page refers to: its Markdown, block by block, read as the site's engine reads it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml
from markdown import Markdown

from .prose import DossierExtension, Prose

# Those of mkdocs.yml that decide what is code and what is text.
EXTENSIONS = ("attr_list", "tables", "md_in_html", "pymdownx.superfences", "def_list")


@cache
def split_page(text: str) -> tuple[dict[str, Any], str]:
    """A page's front matter, and its Markdown without it."""
    if text.startswith("---\n") and (end := text.find("\n---", 4)) >= 0:
        matter = yaml.safe_load(text[4:end])
        return matter if isinstance(matter, dict) else {}, text[end + 4 :]
    return {}, text


def page_title(text: str) -> str:
    """The title of a page: that of its front matter, otherwise its first heading."""
    matter, body = split_page(text)
    heading = re.search(r"^# +(.+?)\s*(?:\{.*\})?$", body, re.MULTILINE)
    return str(matter.get("title") or (heading[1] if heading else ""))


@cache
def parse_page(text: str) -> tuple[Prose, ...]:
    """The blocks of a page, each with its links, citations, quotations and problems."""
    extension = DossierExtension()
    md = Markdown(extensions=[*EXTENSIONS, extension])
    md.convert(split_page(text)[1])
    blocks = list(extension.blocks)
    if extension.problems:
        blocks.append(Prose("", "", problems=list(extension.problems)))
    return tuple(blocks)
