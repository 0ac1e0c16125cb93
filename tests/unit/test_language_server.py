"""The language server as an editor meets it: over its protocol, on standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SMALL
from dossier.commands.assist import Assistant
from dossier.commands.cli import main

ACTOR = "data/actors/harbor-office.yml"
EVENTS = "data/events.yml"


class Editor:
    """An editor that has a project open."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.number = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dossier", "--root", str(project), "language-server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "hooks"), *sys.path])},
        )

    def tell(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next message; what is said of files is noted."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            told = message["params"]
            self.diagnostics[told["uri"]] = told["diagnostics"]
        return message

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        self.tell(method, params, id=self.number)
        while (message := self.hear()).get("id") != self.number:
            pass
        assert "error" not in message, message
        return message["result"]

    def uri(self, path: str) -> str:
        return (self.project / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        text = text or (self.project / path).read_text(encoding="utf-8")
        document = {"uri": self.uri(path), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def type(self, path: str, text: str, version: int) -> None:
        document = {"uri": self.uri(path), "version": version}
        changes = [{"text": text}]
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def at(self, path: str, line: int, column: int) -> dict[str, Any]:
        return {
            "textDocument": {"uri": self.uri(path)},
            "position": {"line": line, "character": column},
        }

    def wait_for(self, path: str, count: int) -> list[dict[str, Any]]:
        while len(self.diagnostics.get(self.uri(path), [1, 2, 3, 4])) != count:
            self.hear()
        return self.diagnostics[self.uri(path)]


@pytest.fixture
def editor(project: Path) -> Iterator[Editor]:
    pytest.importorskip("pygls", reason="the language server is an extra: make editor")
    made = Editor(project)
    made.ask("initialize", {"processId": None, "rootUri": project.as_uri(), "capabilities": {}})
    made.tell("initialized", {})
    yield made
    made.ask("shutdown", None)
    made.tell("exit", None)
    made.process.wait(timeout=20)


def test_an_editor_is_helped_while_one_types(editor: Editor) -> None:
    text = (editor.project / ACTOR).read_text(encoding="utf-8")
    editor.open(ACTOR)
    assert editor.wait_for(ACTOR, 0) == []

    editor.type(ACTOR, text.replace("lamp tax [@p1]", "𝄞 [tax](policy:lamp-tx) [@p1]"), 2)
    (fault,) = editor.wait_for(ACTOR, 1)
    assert 'links to unknown policy "lamp-tx" (did you mean "lamp-tax"?)' in fault["message"]
    line = text.replace("lamp tax [@p1]", "𝄞 [tax](policy:lamp-tx) [@p1]").split("\n")[2]
    start = len(line[: line.index("(policy")].encode("utf-16-le")) // 2
    assert fault["range"]["start"] == {"line": 2, "character": start}

    offered = editor.ask("textDocument/completion", editor.at(ACTOR, 2, start + len("(policy:la")))
    assert [item["textEdit"]["newText"] for item in offered] == ["lamp-tax"]
    assert offered[0]["detail"] == "Lamp tax"
    assert "A tax for lighting the harbor" in offered[0]["documentation"]["value"]

    editor.type(ACTOR, text, 3)
    editor.wait_for(ACTOR, 0)
    column = text.split("\n")[2].index("@p1") + 2
    shown = editor.ask("textDocument/hover", editor.at(ACTOR, 2, column))
    assert "The lamp tax of the harbor began three years ago" in shown["contents"]["value"]
    editor.open(EVENTS)
    link = (editor.project / EVENTS).read_text(encoding="utf-8").split("\n")[6].index("policy:l")
    found = editor.ask("textDocument/definition", editor.at(EVENTS, 6, link))
    assert found["uri"] == editor.uri("data/policies/lamp-tax.yml")


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    made = Assistant(SMALL)
    made.check({})
    return made


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("summary: See [her](", "actor:lin-na"),
        ("summary: See [her](actor:", "lin-na"),
        ("summary: She said so [@", "p2"),
        ("summary: She said so [@p1; @harb", "harbor-gazette"),
        ("cites: [p1, ", "p2"),
        ("  cites:\n    - ", "harbor-gazette"),
        ("policies: [policy:la", "lamp-tax"),
        ("speaker: ", "actor:lin-na"),
        ("  actors:\n    - ", "actor:lin-na"),
        ("text: On [date](event:tax-begins#", "date"),
    ],
)
def test_what_may_stand_there_is_offered(assistant: Assistant, typed: str, offered: str) -> None:
    lines = typed.split("\n")
    found = {o.text: o for o in assistant.offers(lines, len(lines) - 1, len(lines[-1]))}
    assert offered in found
    assert found[offered].preview


def test_names_in_any_script_find_an_id_and_words_a_paragraph(assistant: Assistant) -> None:
    by_name = {o.text: o.found_by for o in assistant.offers(["a [her]("], 0, 8)}
    for name in ("Lin Na", "林娜", "Lin the Harbor Master"):
        assert name in by_name["actor:lin-na"]
    by_words = {o.text: o.found_by for o in assistant.offers(["[@"], 0, 2)}
    assert "fishermen did not buy it" in by_words["p3"]
    assert assistant.offers(["name: Lin"], 0, 9) == []


@pytest.mark.parametrize(
    ("line", "at", "meaning"),
    [
        ("about: [actor:lin-na]", 12, "The harbor master who announced"),
        ("text: so [@p2-p3]", 13, "The fishermen did not buy it."),
        ("cites: [p1, harbor-gazette]", 15, "The harbor's year"),
        ("text: [@p9]", 9, ""),
        ("text: nothing", 8, ""),
    ],
)
def test_what_an_id_means_is_shown(assistant: Assistant, line: str, at: int, meaning: str) -> None:
    found = assistant.meaning(line, at)
    assert meaning in found if meaning else found == ""


def test_without_the_library_a_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dossier.commands.cli.find_spec", lambda name: None)
    assert main(["--root", str(SMALL), "language-server"]) == 2
    assert "needs pygls; install it with" in capsys.readouterr().err
