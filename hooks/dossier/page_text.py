"""What a hand-written page refers to: its Markdown, block by block, read as the site's engine reads it."""

from __future__ import annotations

from functools import cache

from markdown import Markdown

from .prose import DossierExtension, Prose

# Those of mkdocs.yml that decide what is code and what is text.
EXTENSIONS = ("attr_list", "tables", "md_in_html", "pymdownx.superfences", "def_list")


@cache
def parse_page(text: str) -> tuple[Prose, ...]:
    """The blocks of a page, each with its links, citations, quotations and problems."""
    extension = DossierExtension()
    md = Markdown(extensions=[*EXTENSIONS, extension])
    body = text
    if text.startswith("---\n"):
        end = text.find("\n---", 4)
        body = text[end + 4 :] if end >= 0 else text
    md.convert(body)
    blocks = list(extension.blocks)
    if extension.problems:
        blocks.append(Prose("", "", problems=list(extension.problems)))
    return tuple(blocks)
