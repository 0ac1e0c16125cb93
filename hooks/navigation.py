"""The navigation, as ``nav`` in ``mkdocs.yml`` has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.kinds import KINDS, PAGES

SHELF = KINDS["source"].index.replace(".html", ".md")


def add_indexes(nav: list[Any]) -> None:
    """Give the index of a kind that ``nav`` does not name a place in it: in the section that names
    the first of those that it does, or else before its last entry.
    """
    indexes = {f"{kind.folder}/index.md": kind.title for kind in PAGES}
    named = indexes.keys() & set(_paths(nav))
    new = [{title: path} for path, title in indexes.items() if path not in named]
    sections = (section for item in nav if isinstance(item, dict) for section in item.values())
    lists = [s for s in sections if isinstance(s, list) and named & set(_paths(s))]
    if lists:
        lists[0].extend(new)
    else:
        nav[-1:-1] = new


def add_shelf(nav: list[Any]) -> None:
    """Give the list of sources, which is made where there are several, its place before the first
    source that ``nav`` names, unless it is named there itself.
    """
    if SHELF in _paths(nav):
        return
    place, at = nav, 1
    for section in (s for item in nav if isinstance(item, dict) for s in item.values()):
        if isinstance(section, list):
            named = [n for n, i in enumerate(section) if any(_of_source(p) for p in _paths([i]))]
            if named:
                place, at = section, named[0]
                break
    place.insert(at, {"Sources": SHELF})


def _of_source(path: str) -> bool:
    return path.startswith("sources/")


def titles(nav: Any) -> Iterator[tuple[str, str]]:
    """The titles that the navigation gives to pages: path and title."""
    for item in nav or ():
        for title, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                yield value, title
            else:
                yield from titles(value)


def _paths(nav: Any) -> Iterator[str]:
    """Every path that the navigation names."""
    for item in nav:
        for value in item.values() if isinstance(item, dict) else [item]:
            yield from [value] if isinstance(value, str) else _paths(value)
