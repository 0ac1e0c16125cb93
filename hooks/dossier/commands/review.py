"""Drift: which paragraphs of a translation have changed since they were last reviewed.

``data/sources/ID.lock.json`` holds, for each paragraph, the fingerprint of the source paragraph,
that of the translation as it was reviewed against it, and who read it when, where that was said. A
difference is not a violation, since any fix of the translation makes one; it asks for a look at
what rests on the paragraph.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..errors import Location, Report
from ..graph.refs import Graph
from ..read.load import Archive
from ..read.translation import Paragraph
from ..read.words import fingerprint
from ..read.yamldoc import read_text

Lock = dict[str, list[str]]


@dataclass(frozen=True)
class Drift:
    """A paragraph that asks for review, why, and the entries that rest on it."""

    location: Location
    source: str
    paragraph: str
    cause: str
    resting: tuple[str, ...]
    several: bool = False
    """Whether the site has several sources, so that the command must name one."""

    def __str__(self) -> str:
        rest = f"; look at what rests on it: {', '.join(self.resting)}" if self.resting else ""
        which = f"--source {self.source} " if self.several else ""
        return (
            f"{self.location}: {self.paragraph} {self.cause}{rest}; then run dossier review"
            f" {which}{self.paragraph}"
        )


def lock_path(source: str) -> str:
    return f"data/sources/{source}.lock.json"


def translation_fingerprint(paragraph: Paragraph) -> str:
    """SHA-256 of the paragraph's plain text: links and notes may change without review."""
    return fingerprint(paragraph.prose.plain)


def current(archive: Archive, source: str) -> Lock:
    """The lock as it would be written now."""
    prints = archive.sources[source].model.fingerprints
    return {
        p.id: [prints.get(p.id, ""), translation_fingerprint(p)]
        for p in archive.translations[source].paragraphs
    }


def drifts(root: Path, graph: Graph) -> list[Drift]:
    """What has changed since the review, in the order of the text."""
    found = []
    for source, translation in graph.archive.translations.items():
        if not graph.archive.sources[source].model.translators:
            continue
        lock = read_lock(root, source)
        now = current(graph.archive, source)
        for paragraph in translation.paragraphs:
            then = lock.get(paragraph.id)
            if then is not None and then[:2] == now[paragraph.id]:
                continue
            cause = (
                "has never been reviewed"
                if then is None
                else "has changed since it was last reviewed"
            )
            if then is not None and then[0] != now[paragraph.id][0]:
                cause = "stands against another source paragraph than when it was last reviewed"
            resting = tuple(graph.cited_by.get((source, paragraph.number), ()))
            found.append(
                Drift(
                    paragraph.location,
                    source,
                    paragraph.id,
                    cause,
                    resting,
                    len(graph.archive.sources) > 1,
                )
            )
    return found


def read_lock(root: Path, source: str) -> Lock:
    """The lock of a source; empty where there is none or it cannot be read."""
    path = root / lock_path(source)
    text = read_text(path, lock_path(source), Report()) if path.exists() else None
    try:
        data = json.loads(text) if text else {}
    except json.JSONDecodeError:
        return {}
    return data if isinstance(data, dict) else {}


def write_lock(
    root: Path, archive: Archive, source: str, paragraphs: list[str], by: str = ""
) -> Path:
    """Mark paragraphs (all, if none is named) as reviewed, by whom and when; gives the lock."""
    now = current(archive, source)
    lock = read_lock(root, source)
    for paragraph in paragraphs or now:
        lock[paragraph] = [*now[paragraph], by] if by else now[paragraph]
    ordered = {paragraph: lock[paragraph] for paragraph in now if paragraph in lock}
    path = root / lock_path(source)
    path.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    return path
