"""The pages made from the data: which ones there are, and how they become Markdown files.

A rendered page is Markdown that any generator reads: front matter, headings, and between them
blocks of finished HTML whose links already lead from the page's own address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import yaml
from jinja2 import Environment

from ..csp import own_scripts, with_csp
from ..graph.dependencies import Keeper, Traces
from ..graph.refs import Graph, address, gloss_address, relative
from ..kinds import KINDS
from ..model import MODELS
from ..processes import spread
from ..read.load import Record
from ..store import Kept, Store
from .base import Page, Recipe, View, environment, front
from .changes import change_pages
from .entries import entry_pages
from .glosses import gloss_pages
from .gone import gone_from, gone_pages
from .lists import list_pages
from .pictures import picture_pages
from .shelf import shelf_pages
from .source import note_numbers, source_pages


@dataclass(frozen=True)
class Rendered:
    """A generated file: its path from ``docs/``, its front matter, what follows it, and the file
    that a contributor edits.
    """

    path: str
    front: dict[str, Any]
    content: str | Kept
    edit: str

    @property
    def body(self) -> str:
        return self.content if isinstance(self.content, str) else str(self.content.read())

    @property
    def made_of(self) -> str:
        """What stands for the body of a page that lies in a store; of any other nothing."""
        return "" if isinstance(self.content, str) else repr(self.content.said())

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
    yield from shelf_pages(graph)
    yield from gloss_pages(graph)
    yield from picture_pages(graph)
    yield from change_pages(graph)
    yield from gone_pages(graph)


def render_pages(graph: Graph, keeper: Keeper | None = None) -> list[Rendered]:
    """All generated pages of a checked archive; with a keeper, only those that have changed are
    made again.
    """
    templates = environment()
    made = ((name, partial(_made, make, graph, templates)) for name, make in all_pages(graph))
    return [keeper(name, make) if keeper else make() for name, make in made]


def render_changed_pages(graph: Graph, traces: Traces, store: Store) -> list[Rendered]:
    """All generated pages of a checked archive, of which those are made that are not as the last
    build has made them.
    """
    templates = environment()
    recipes = dict(all_pages(graph))

    def made(name: str) -> tuple[dict[str, Any], set[str]]:
        page, reads = traces.reading(lambda: render(recipes[name](), graph, templates))
        content = store.put(page.body).said()
        value = {"path": page.path, "front": page.front, "content": content, "edit": page.edit}
        return value, reads

    def there(value: dict[str, Any]) -> bool:
        return store.kept(value["content"]) is not None

    lacking = [name for name in recipes if not traces.known(name, there)]
    for name, (value, reads) in spread(made, lacking, store):
        traces.add(name, value, reads)
    values = map(traces.__getitem__, recipes)
    return [Rendered(**value | {"content": store.meant(value["content"])}) for value in values]


def _made(make: Callable[[], Page], graph: Graph, templates: Environment) -> Rendered:
    return render(make(), graph, templates)


def render(page: Page, graph: Graph, templates: Environment) -> Rendered:
    source = page.context["source"].id if page.template == "source.html" else None
    entry = page.context.get("entry")
    numbered = page.numbered or bool(page.listed and not source)
    view = View(graph, page.url, source or getattr(entry, "source", None), numbered, page.name)
    if source:
        view.resolver.note_numbers.update(note_numbers(graph, source))
    words = graph.archive.settings.pages.get(page.name)
    if words and words.description:
        page = replace(page, description=words.description)
    body = templates.get_template(page.template).render(
        page=page, v=view, graph=graph, **page.context
    )
    if page.part:
        body += templates.get_template("parts_end.html").render(page=page, v=view, graph=graph)
    body += _nothing_yet(graph, page, templates)
    if found := gone_from(graph, page.path):
        body += templates.get_template("gone_from.html").render(v=view, found=found)
    return Rendered(page.path, front(page), body, page.edit)


_SHOWS = {"argument-map.md": "argument", "stances.md": "policy", "ties.md": "actor"} | {
    kind.index.replace(".html", ".md"): kind.id for kind in KINDS.values()
}
"""By page: the kind of what it shows."""


def _nothing_yet(graph: Graph, page: Page, templates: Environment) -> str:
    """For a page for which the edition has nothing yet: what belongs there, and how to begin."""
    kind = KINDS.get(_SHOWS.get(page.path, ""))
    if kind is None or graph.archive.of(kind.id):
        return ""
    what = (MODELS[kind.id].__doc__ or "").split("\n")[0]
    return templates.get_template("nothing_yet.html").render(kind=kind, what=what)


def redirects(graph: Graph) -> dict[str, str]:
    """A page at every address that something had and has not any more: path from the site's root
    to HTML. Where a list holds the former ids, its own anchors do this.
    """
    template = environment().get_template("redirect.html")
    return {
        old: with_csp(html, own_scripts([html]))
        for old, new, title in _moved(graph)
        for html in [template.render(title=title, href=relative(old, new))]
    }


def _moved(graph: Graph) -> Iterator[tuple[str, str, str]]:
    """The former addresses with those of today, and the title of what stands there."""
    archive = graph.archive
    records: list[Record[Any]] = [*archive.page_entries(), *archive.sources.values()]
    for record in records:
        model = record.model
        name = model.short if model.kind == "source" else model.name
        for old in model.formerly:
            yield address(model.kind, old), address(model.kind, model.id), name
    for source in archive.sources.values():  # the texts that releases have kept
        for old in source.model.formerly:
            for version, snapshot in archive.editions.items():
                if source.model.id in snapshot.sources:
                    kept = f"editions/{version}/{{}}.html".format
                    yield kept(old), kept(source.model.id), source.model.short
    for term in archive.terms.values():
        if term.model.gloss:
            for old in term.model.formerly:
                yield gloss_address(old), gloss_address(term.model.id), term.model.name
    for key, gone in archive.gone.items():
        kind, _, id_ = key.partition(":")
        if kind == "term":
            yield gloss_address(id_), graph.address(kind, id_), gone.model.name
        for old in gone.model.formerly if KINDS[kind].paged else ():
            yield address(kind, old), address(kind, id_), gone.model.name
