"""What the browser's scripts know of the kinds: where their pages are."""

from __future__ import annotations

from ..graph.refs import Graph
from ..kinds import KINDS
from .search import to_script


def kinds_script(graph: Graph) -> dict[str, str]:
    """The script: by kind its folder or its list's page, whether each has a page."""
    known = {
        kind.id: [kind.listing or kind.folder, kind.paged]
        for kind in KINDS.values()
        if kind.id != "reference"
    }
    return {"assets/data/kinds.js": to_script("dossierKinds", known)}
