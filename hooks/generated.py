"""A page made from the data, as MkDocs sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from dossier.pages import Rendered
from dossier.store import Kept, Store
from dossier.write.files import write_file

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


class KeptFile(File):
    """A file of the site whose content lies in a store until it is written."""

    files: Mapping[str, str | bytes]

    def copy_file(self, dirty: bool = False) -> None:
        write_file(self.files, self.src_uri, Path(self.abs_dest_path))


class GeneratedPage(Page):
    """A page whose headings are Markdown, with finished HTML between them.

    So the headings alone are converted. Running the HTML through Markdown's parser, which would
    leave it as it is, would take most of a build's time. The page has its content only while it is
    written, since MkDocs reads all pages before it writes the first.
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

    name = ""
    """By which the store knows it."""
    finished: Kept | None = None
    """The page as the last build has finished it, where it would be the same again."""

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", dict(self.made.front)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""

    def open(self) -> None:
        """Read in what stands on it."""
        if self.finished:
            return
        body = self.made.body
        contents = [token for line in _HEADING.findall(body) for token in self.headings(line)[1]]
        self.content = _HEADING.sub(lambda m: self.headings(m[0])[0], body)
        self.toc = get_toc(contents)

    def seek(self, store: Store, made_of: tuple[Any, ...]) -> None:
        """Look whether it has been finished before, from the same."""
        assert isinstance(self.made.content, Kept)
        said = repr((made_of, self.made.content.said(), self.made.front, self.title))
        self.name = f"page {sha256(said.encode()).hexdigest()}"
        if finished := store.kept(store.noted(self.name)):
            self.is_finished(finished)

    def is_finished(self, page: Kept) -> None:
        """Have it written as it is."""
        self.finished = page
        self.meta["template"] = "finished.html"

    def close(self) -> None:
        """Let go of it."""
        self.content, self.toc = "", get_toc([])

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """What links from other pages may lead to."""
        content = _HEADING.sub(lambda m: self.headings(m[0])[0], self.made.body)
        return set(_ID.findall(content))
