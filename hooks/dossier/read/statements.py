"""The statements of a record, each with its citations, texts and quotations: what rests on what."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from ..model import Path_, Role, Statement, statements, walk
from .prose import Citation, Prose, parse, parse_citation


@dataclass(slots=True)
class SourcedStatement:
    """A statement with the values that are its own: what rests on what.

    What an entry says outside of its statements counts as one more, without a ``model``.
    """

    path: Path_
    model: Statement | None
    cites: list[tuple[Path_, Citation | None]] = field(default_factory=list)
    prose: list[tuple[Path_, str, Prose]] = field(default_factory=list)
    quotes: list[tuple[Path_, str]] = field(default_factory=list)

    def citations(self) -> list[Citation]:
        """Everything that the statement cites, in its list and in its texts."""
        listed = [citation for _, citation in self.cites if citation]
        return listed + [citation for _, _, prose in self.prose for citation in prose.citations]


def sourced_statements(record: BaseModel) -> list[SourcedStatement]:
    """The statements of a record, each with the values that are its own and not a nested one's."""
    found = {path: SourcedStatement(path, model) for path, model in statements(record)}
    found.setdefault((), SourcedStatement((), None))
    for path, role, value in walk(record):
        owner = path
        while owner not in found:
            owner = owner[:-1]
        statement = found[owner]
        if role is Role.CITE:
            statement.cites.append((path, parse_citation(value)))
        elif role is Role.PROSE:
            statement.prose.append((path, value, parse(value)))
        elif role is Role.QUOTE:
            statement.quotes.append((path, value))
    return list(found.values())
