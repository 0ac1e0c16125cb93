"""The statements of a record, each with its citations, texts and quotations: what rests on what."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from ..model import Path_, Role, Statement, statements, walk
from .prose import Citation, Prose, parse, parse_citation


@dataclass(slots=True)
class Group:
    """The values that belong to one statement, or to the entry itself: what rests on what."""

    path: Path_
    statement: Statement | None
    cites: list[tuple[Path_, Citation | None]] = field(default_factory=list)
    prose: list[tuple[Path_, str, Prose]] = field(default_factory=list)
    quotes: list[tuple[Path_, str]] = field(default_factory=list)

    def citations(self) -> list[Citation]:
        """All that the statement cites, in its list and in its texts."""
        listed = [citation for _, citation in self.cites if citation]
        return listed + [citation for _, _, prose in self.prose for citation in prose.citations]


def groups(record: BaseModel) -> list[Group]:
    """The statements of a record, each with the values that are its own and not a nested one's."""
    found = {path: Group(path, statement) for path, statement in statements(record)}
    found.setdefault((), Group((), None))
    for path, role, value in walk(record):
        owner = path
        while owner not in found:
            owner = owner[:-1]
        group = found[owner]
        if role is Role.CITE:
            group.cites.append((path, parse_citation(value)))
        elif role is Role.PROSE:
            group.prose.append((path, value, parse(value)))
        elif role is Role.QUOTE:
            group.quotes.append((path, value))
    return list(found.values())
