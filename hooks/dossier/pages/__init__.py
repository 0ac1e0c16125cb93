"""The pages made from the data: which there are, and their rendering to Markdown files.

A rendered page is Markdown that any generator reads: front matter, headings, and between them
blocks of finished HTML whose links already lead from the page's own address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import yaml
from jinja2 import Environment

from ..csp import own_scripts, with_policy
from ..graph.dependencies import Keeper
from ..graph.refs import Graph, address
from ..model import PageEntry
from .base import Page, Recipe, View, environment, front
from .changes import change_pages
from .entries import entry_pages
from .glosses import gloss_pages
from .lists import list_pages
from .pictures import picture_pages
from .source import note_numbers, source_pages


@dataclass(frozen=True)
class Rendered:
    """A generated file: its path from ``docs/``, its front matter, what follows it, and the file
    that a contributor edits.
    """

    path: str
    front: dict[str, Any]
    body: str
    edit: str

    @property
    def title(self) -> str:
        return str(self.front["title"])

    @property
    def markdown(self) -> str:
        """The file as a generator reads it."""
        front = yaml.safe_dump(self.front, allow_unicode=True, sort_keys=False, width=10_000)
        return f"---\n{front}---\n\n{self.body}"


def all_pages(graph: Graph) -> Iterator[Recipe]:
    """Every generated page, sources first."""
    yield from source_pages(graph)
    yield from entry_pages(graph)
    yield from list_pages(graph)
    yield from gloss_pages(graph)
    yield from picture_pages(graph)
    yield from change_pages(graph)


def render_pages(graph: Graph, keeper: Keeper | None = None) -> list[Rendered]:
    """All generated pages of a checked archive; a keeper makes only those again that have
    changed.
    """
    templates = environment()
    made = ((name, partial(_made, make, graph, templates)) for name, make in all_pages(graph))
    return [keeper(name, make) if keeper else make() for name, make in made]


def _made(make: Callable[[], Page], graph: Graph, templates: Environment) -> Rendered:
    return render(make(), graph, templates)


def render(page: Page, graph: Graph, templates: Environment) -> Rendered:
    source = page.context["source"].id if page.template == "source.html" else None
    entry = page.context.get("entry")
    view = View(graph, page.url, source or getattr(entry, "source", None), bool(page.listed))
    if source:
        view.resolver.note_numbers.update(note_numbers(graph, source))
    body = templates.get_template(page.template).render(
        page=page, v=view, graph=graph, **page.context
    )
    return Rendered(page.path, front(page), body, page.edit)


def redirects(graph: Graph) -> dict[str, str]:
    """A page at every former address of an entry: path from the site's root to HTML."""
    template = environment().get_template("redirect.html")

    def page(entry: PageEntry) -> str:
        html = template.render(title=entry.name, href=f"{entry.id}.html")
        return with_policy(html, own_scripts([html]))

    return {
        address(record.model.kind, old): page(record.model)
        for record in graph.archive.page_entries()
        for old in record.model.formerly
    }
