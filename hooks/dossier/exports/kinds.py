"""What the browser's scripts know of the kinds: where their pages are and how a search heads them."""

from __future__ import annotations

from ..graph.refs import Graph
from ..kinds import KINDS
from .search import to_script


def kinds_script(graph: Graph) -> dict[str, str]:
    """The script: by kind its folder or its list's page, whether each has a page, its heading in a search."""
    known = {
        kind.id: [kind.listing or kind.folder, kind.paged, kind.search_title if kind.entry else ""]
        for kind in KINDS.values()
        if kind.id != "reference"
    }
    return {"assets/data/kinds.js": to_script("dossierKinds", known)}
