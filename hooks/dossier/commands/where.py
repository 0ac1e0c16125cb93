"""``dossier where``: what depends on an entry, a work, a source or a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..graph.refs import Graph, paragraph_address
from ..graph.uses import ENTRIES, PAGES, QUOTATIONS, REDIRECTS, TEXT, Target, uses
from ..pages import render_pages

_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def where(graph: Graph, target: Target, pictures: bool = True) -> Iterator[str]:
    """The lines of the answer: a heading a sort of place, and its places by file and line."""
    found = uses(graph, target)
    yield f"{named(target)} — {_title(graph, target)}, {_place(graph, target)}"
    for sort in (ENTRIES, TEXT, QUOTATIONS, PAGES, REDIRECTS):
        if of_sort := [use for use in found if use.sort == sort]:
            yield f"{sort} ({len(of_sort)})"
            yield from (f"  {use}" for use in of_sort)
    shown = _pictures(graph, target) if pictures else []
    if shown:
        yield f"Pictures ({len(shown)})"
        yield from (f"  {path}" for path in shown)
    if not found and not shown:
        yield "nothing depends on it"


def named(target: Target) -> str:
    """How the command calls it."""
    return f"{target.id}:p{target.number}" if target.number else target.key


def _title(graph: Graph, target: Target) -> str:
    if target.number:
        words = graph.archive.translations[target.id][target.number].prose.plain.split()
        return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
    model = graph.record(target.key).model
    return str(getattr(model, "name", None) or model.title)


def _place(graph: Graph, target: Target) -> str:
    if target.number:
        return str(graph.archive.translations[target.id][target.number].location)
    return str(graph.record(target.key).at())


def _pictures(graph: Graph, target: Target) -> list[str]:
    """The pages whose pictures lead to it."""
    there = (
        paragraph_address(target.id, f"p{target.number}")
        if target.number
        else graph.address(target.kind, target.id)
    )
    # Seen from a page its address is the last part of this, or the fragment alone.
    ends = {there.rpartition("/")[2], f"#{there.rpartition('#')[2]}" if "#" in there else there}
    leads = re.compile(rf'href="(?:[^"]*/)?(?:{"|".join(map(re.escape, ends))})"')
    return [
        page.path.removesuffix(".md") + ".html"
        for page in render_pages(graph)
        if any(leads.search(svg) for svg in _PICTURE.findall(page.body))
        and page.path.removesuffix(".md") + ".html" != there
    ]
