"""The navigation, as ``nav`` in ``mkdocs.yml`` has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.kinds import PAGES


def add_indexes(nav: list[Any]) -> None:
    """Give the index of a kind that ``nav`` does not name a place in it, before its last entry."""
    named = set(_paths(nav))
    nav[-1:-1] = [
        {kind.title: f"{kind.folder}/index.md"}
        for kind in PAGES
        if f"{kind.folder}/index.md" not in named
    ]


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
