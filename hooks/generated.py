"""A page made from the data, as MkDocs has it."""

from __future__ import annotations

import re

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from dossier.pages import Rendered

_HEADING = re.compile(r"^#{2,6} .*$", re.MULTILINE)
_ID = re.compile(r'\sid="([^"]*)"')


class GeneratedPage(Page):
    """A page of which the headings are Markdown, and between them stands finished HTML.

    So the headings alone are converted. To have the HTML read again by Markdown's parser, which would
    leave it as it is, would take most of the time of a build.
    """

    def __init__(self, made: Rendered, title: str | None, file: File, config: MkDocsConfig, converter: Markdown) -> None:
        super().__init__(title, file, config)
        self.made = made
        self.converter = converter

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = self.made.body, dict(self.made.front)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        assert self.markdown is not None
        md = self.converter.reset()
        converted = iter(md.convert("\n\n".join(_HEADING.findall(self.markdown))).split("\n"))
        self.content = _HEADING.sub(lambda _: next(converted), self.markdown)
        self.toc = get_toc(getattr(md, "toc_tokens", []))
        self.present_anchor_ids = set(_ID.findall(self.content))
