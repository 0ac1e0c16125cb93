"""A page made from the data, as MkDocs sees it."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from dossier.pages import Rendered

_HEADING = re.compile(r"^#{2,6} .*$", re.MULTILINE)
_ID = re.compile(r'\sid="([^"]*)"')


class Headings:
    """Converts lines that are headings to HTML and to what the table of contents needs; most recur
    on many pages.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self.markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )
        self.known: dict[str, tuple[str, list[Any]]] = {}

    def __call__(self, line: str) -> tuple[str, list[Any]]:
        if line not in self.known:
            html = self.markdown.reset().convert(line)
            self.known[line] = html, getattr(self.markdown, "toc_tokens", [])
        return self.known[line]


class GeneratedPage(Page):
    """A page whose headings are Markdown, with finished HTML between them.

    So the headings alone are converted. Running the HTML through Markdown's parser, which would
    leave it as it is, would take most of a build's time.
    """

    def __init__(
        self,
        made: Rendered,
        title: str | None,
        file: File,
        config: MkDocsConfig,
        headings: Headings,
    ) -> None:
        super().__init__(title, file, config)
        self.made = made
        self.headings = headings

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = self.made.body, dict(self.made.front)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        assert self.markdown is not None
        contents = [
            token for line in _HEADING.findall(self.markdown) for token in self.headings(line)[1]
        ]
        self.content = _HEADING.sub(lambda m: self.headings(m[0])[0], self.markdown)
        self.toc = get_toc(contents)
        self.present_anchor_ids = set(_ID.findall(self.content))
