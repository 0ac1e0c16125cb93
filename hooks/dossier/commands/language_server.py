"""``dossier language-server``: an editor asks over the Language Server Protocol, on standard input
and output, and ``assist.py`` answers.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from ..errors import Location, Violation
from .assist import Assistant

_PAUSE = 0.3
"""How long, in seconds, nothing must have been typed before everything is checked."""


class Server(LanguageServer):
    """The server of one project."""

    def __init__(self, root: Path) -> None:
        super().__init__("dossier", "1")
        self.root = root.resolve()
        self.assistant = Assistant(self.root)
        self.turn = 0
        self.told: set[Path] = set()

    def texts(self) -> dict[Path, str]:
        """What stands in the files that are open."""
        return {
            Path(document.path): document.source
            for document in self.workspace.text_documents.values()
        }

    async def check(self) -> None:
        """Tell what is wrong, once the typing has paused."""
        self.turn += 1
        turn = self.turn
        await asyncio.sleep(_PAUSE)
        if turn != self.turn:
            return
        texts = self.texts()
        found = await asyncio.get_running_loop().run_in_executor(None, self.assistant.check, texts)
        if turn == self.turn:
            self.tell(found, texts)

    def tell(self, violations: list[Violation], texts: dict[Path, str]) -> None:
        by_file: dict[Path, list[types.Diagnostic]] = {path: [] for path in self.told | {*texts}}
        for violation in violations:
            path = self.root / violation.location.path
            lines = texts[path].split("\n") if path in texts else _lines(path)
            by_file.setdefault(path, []).append(
                types.Diagnostic(
                    _range(violation.location, lines),
                    violation.message,
                    severity=types.DiagnosticSeverity.Error,
                    source="dossier",
                )
            )
        self.told = {path for path, diagnostics in by_file.items() if diagnostics}
        for path, diagnostics in by_file.items():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(path.as_uri(), diagnostics)
            )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n") if path.is_file() else []


def _range(place: Location, lines: list[str]) -> types.Range:
    """From a place to the end of its line."""
    line = place.line - 1
    text = lines[line] if line < len(lines) else ""
    start = _units(text[: place.column - 1])
    return types.Range(
        types.Position(line, start), types.Position(line, max(_units(text), start + 1))
    )


def _units(text: str) -> int:
    """How long a text is as the protocol counts."""
    return len(text.encode("utf-16-le")) // 2


def _column(text: str, units: int) -> int:
    """Where a column of the protocol is in a text."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def server(root: Path) -> Server:
    """The server, with what it answers."""
    made = Server(root)

    def at(
        document: types.TextDocumentIdentifier, position: types.Position
    ) -> tuple[list[str], int, int]:
        lines = made.workspace.get_text_document(document.uri).source.split("\n")
        line = position.line
        text = lines[line] if line < len(lines) else ""
        return lines, line, _column(text, position.character)

    @made.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=[":", "@", "(", "#", "[", " ", "p"]),
    )
    def complete(params: types.CompletionParams) -> list[types.CompletionItem]:
        lines, line, column = at(params.text_document, params.position)
        return [
            types.CompletionItem(
                offer.text,
                detail=offer.detail,
                filter_text=offer.found_by,
                documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.preview),
                text_edit=types.TextEdit(
                    types.Range(
                        types.Position(line, _units(lines[line][: offer.start])),
                        params.position,
                    ),
                    offer.text,
                ),
            )
            for offer in made.assistant.offers(lines, line, column)
        ]

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        lines, line, column = at(params.text_document, params.position)
        meaning = made.assistant.meaning(lines[line], column) if line < len(lines) else ""
        content = types.MarkupContent(types.MarkupKind.Markdown, meaning)
        return types.Hover(content) if meaning else None

    @made.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(params: types.DefinitionParams) -> types.Location | None:
        lines, line, column = at(params.text_document, params.position)
        place = made.assistant.definition(lines[line], column) if line < len(lines) else None
        if place is None:
            return None
        path = made.root / place.path
        return types.Location(path.as_uri(), _range(place, _lines(path)))

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        await made.check()

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        await made.check()

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        await made.check()

    return made


def serve(root: Path) -> None:
    """Answer an editor until it leaves."""
    server(root).start_io()
