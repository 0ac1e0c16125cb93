"""What depends on a thing: everything that would lead to nothing if it were gone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .refs import Graph, named_in


@dataclass
class Dependents:
    """Where an entry or a work is used, in the order of the archive."""

    entries: list[str] = field(default_factory=list)
    """Entries, renderings and records of sources that link to it or cite it, by key."""
    paragraphs: list[tuple[str, int]] = field(default_factory=list)
    """Paragraphs of the text whose words link to it, by source and number."""
    notes: list[tuple[str, int]] = field(default_factory=list)
    """Paragraphs of which a translators' note links to it or cites it."""
    pages: list[str] = field(default_factory=list)
    """Pages written by hand, by their path below ``docs/``."""
    formerly: list[str] = field(default_factory=list)
    """Ids that it had before, from whose addresses readers are led here."""


def dependents(graph: Graph) -> dict[str, Dependents]:
    """By key (``actor:lin-na``, ``reference:ID``) what depends on it; only what has any."""
    archive = graph.archive
    found: dict[str, Dependents] = defaultdict(Dependents)
    for target, keys in graph.referrers.items():
        found[target].entries += keys
    for work, keys in graph.reference_used_by.items():
        found[f"reference:{work}"].entries += keys
    for source_record in archive.sources.values():  # what they link to is among the referrers
        for said in source_record.statements:
            for citation in said.citations():
                if citation.reference:
                    key = f"source:{source_record.model.id}"
                    found[f"reference:{citation.reference}"].entries.append(key)
    for target, mentions in graph.mentions.items():
        found[target].paragraphs += [(m.source, m.number) for m in mentions]
    for source, translation in archive.translations.items():
        for paragraph in translation.paragraphs:
            for key in {key for note in paragraph.notes for key in named_in(note.prose)}:
                found[key].notes.append((source, paragraph.number))
    for key, pages in graph.named_on.items():
        found[key].pages += [path for path, _ in pages]
    for record in archive.entries():
        if record.model.formerly:
            found[f"{record.model.kind}:{record.model.id}"].formerly += record.model.formerly
    return dict(sorted(found.items()))
