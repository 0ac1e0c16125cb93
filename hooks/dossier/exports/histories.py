"""What the browser is told about a paragraph's past, one script per paragraph, loaded on demand.

So a page weighs the same whatever the number of releases.
"""

from __future__ import annotations

import json
from typing import Any

from ..graph.differences import BREAK, Piece, compare, partners
from ..graph.history import Wording, texts_now, texts_of
from ..graph.refs import Graph
from ..read.words import digest
from .search import json_of

_KINDS = {"same": 0, "cut": -1, "added": 1}


def history_assets(graph: Graph) -> dict[str, str]:
    """For each source with releases ``history/ID.js``, which says what there is, and for each
    paragraph that has had other words ``history/ID/p12.js``.
    """
    files: dict[str, str] = {}
    archive = graph.archive
    for source in archive.sources:
        found = graph.wordings.get(source)
        if not found:
            continue
        now, texts = texts_now(archive, source), texts_of(archive, source)
        changed = [id_ for id_, own in found.items() if len(own) > 1 or id_ not in now]
        index = {
            "releases": {v: s.date for v, s in archive.editions.items() if source in s.sources},
            "digests": {id_: digest(words) for id_, words in now.items()},
            "changed": changed,
        }
        files[f"assets/data/history/{source}.js"] = _script(source, index)
        for id_ in changed:
            files[f"assets/data/history/{source}/{id_}.js"] = _script(
                f"{source}#{id_}", _past(id_, found[id_], texts, now)
            )
    return files


def _script(name: str, data: Any) -> str:
    return f"(window.dossierHistory ??= {{}})[{json.dumps(name)}] = {json_of(data)};\n"


def _past(
    id_: str, own: list[Wording], texts: dict[str, dict[str, str]], now: dict[str, str]
) -> dict[str, Any]:
    """The wordings of a paragraph: how each differs from the one before (``step``) and from
    today's (``then``); ``at`` gives which of them each release has.
    """
    at = {
        version: next(n for n, w in enumerate(own) if w.words == words[id_])
        for version, words in texts.items()
        if id_ in words
    }
    shown: list[dict[str, Any]] = []
    into: tuple[str, ...] = (id_,)
    for n, wording in enumerate(own):
        told: dict[str, Any] = {"release": wording.release, "date": wording.date,
                                "digest": wording.digest}  # fmt: skip
        if n:
            told |= {
                "by": wording.by,
                "why": wording.why,
                "step": _pieces(wording.since(own[n - 1])),
            }
        if wording.words != now.get(id_):
            version = next(v for v, index in at.items() if index == n)
            olds, into = _counterparts(id_, texts[version], now)
            old = f" {BREAK} ".join(texts[version][o] for o in olds)
            then = compare(old, f" {BREAK} ".join(now[i] for i in into))
            told["then"] = _pieces(then)
        shown.append(told)
    return {"at": at, "wordings": shown} | ({"into": into} if into != (id_,) else {})


def _counterparts(
    id_: str, then: dict[str, str], now: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs that one was joined with or split into, then and now."""
    if then.keys() == now.keys():
        return (id_,), (id_,)
    return next((olds, news) for olds, news in partners(then, now).items() if id_ in olds)


def _pieces(pieces: tuple[Piece, ...]) -> list[list[Any]]:
    return [[_KINDS[kind], text] for kind, text in pieces]
