"""A Sphinx inventory: other documentation links to entries and paragraphs by name.

``:external+edition:ref:`actor:lin-na``` in Sphinx, ``[text][actor:lin-na]`` with mkdocstrings. The
format is version 2: four lines, then the entries under zlib.
"""

from __future__ import annotations

import zlib

from ..graph.refs import Graph, paragraph_address
from ..read.edition import Edition
from .base import Files, key_of, paragraphs, records

PATH = "objects.inv"


def inventory_files(graph: Graph, edition: Edition) -> Files:
    """The inventory. Its addresses are from the site's root, where it stands."""
    lines = []
    for record in records(graph):
        model = record.model
        name = getattr(model, "name", None) or model.title
        lines.append(_line(key_of(model), graph.address(model.kind, model.id), name))
    for source, p in paragraphs(graph):
        lines.append(
            _line(
                f"{source.id}:{p.id}",
                paragraph_address(source.id, p.id),
                f"{source.short}, paragraph {p.number}",
            )
        )
    version = edition.releases[0].version if edition.releases else ""
    head = (
        f"# Sphinx inventory version 2\n# Project: {edition.title}\n# Version: {version}\n# The"
        " remainder of this file is compressed using zlib.\n"
    )
    return {PATH: head.encode() + zlib.compress("".join(lines).encode(), 9)}


def _line(name: str, uri: str, title: str) -> str:
    return f"{name} std:label -1 {uri} {' '.join(title.split())}\n"
