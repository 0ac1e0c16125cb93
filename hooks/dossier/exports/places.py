"""Where the anchors of a list that is cut into parts have gone, for whoever follows an old one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..graph.refs import Graph
from ..kinds import LISTS
from ..pages import Rendered
from .search import json_of

_ID = re.compile(r'\sid="([^"]+)"|^#.*\{#([^ }]+)\}$', re.MULTILINE)
_MANY = re.compile(r"-p\d+$|--.*$")
"""What follows the name of a thing that has many anchors: a paragraph, whom a tie leads to."""
LISTED = {kind.listing for kind in LISTS}


def place_files(graph: Graph, pages: Iterable[Rendered]) -> dict[str, str]:
    """A script for each such list: by anchor the page that has it. ``docs/assets/js/parts.js`` asks
    for it where a page lacks an anchor.
    """
    bodies = {page.path.removesuffix(".md") + ".html": page for page in pages}
    files = {}
    for name, parts in graph.lists.items():
        found: dict[str, str] = {}
        for part in parts:
            for match in _ID.finditer(bodies[part.page].body):
                id_ = match[1] or match[2]
                found.setdefault(id_ if name in LISTED else _MANY.sub("", id_), part.page)
        script = f"(window.dossierPlaces ??= {{}})[{json_of(name)}] = {json_of(found)};\n"
        files[f"assets/data/places/{name.replace('/', '-')}.js"] = script
    return files
