"""The changes of CONTRIBUTING, made as written, on the real data; and every command on the page."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, read
from dossier.commands.cli import main, parser
from dossier.graph.refs import Graph

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = sorted(
    {
        found
        for found in re.findall(r"`dossier ([a-z][^`]*)`|^dossier ([a-z].*)$", PAGE, re.MULTILINE)
        for found in found
        if found and "COMMAND" not in found
    }
)
WINDOWS = re.findall(r"^\.venv\\Scripts\\python (.*)$", PAGE, re.MULTILINE)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("assets"))
    return tmp_path


def test_fix_a_date(copy: Path) -> None:
    line = BLOCKS[0].rstrip("\n")
    events = copy / "data/events.yml"
    text = events.read_text(encoding="utf-8")
    entry = text.index("id: first-meeting")
    assert line in text[entry : text.index("\n- id:", entry)]
    events.write_text(
        text[:entry] + text[entry:].replace(line, '  date: "2025-02-01"', 1), encoding="utf-8"
    )
    archive, violations = read(copy)
    assert violations == []
    assert archive.events["first-meeting"].model.date == "2025-02-01"


def test_add_an_actor(copy: Path) -> None:
    (copy / "data/actors/lisa-su.yml").write_text(BLOCKS[1], encoding="utf-8")
    archive, violations = read(copy)
    assert violations == []
    assert archive.actors["lisa-su"].model.name == "Lisa Su"


def test_answer_an_argument(copy: Path) -> None:
    (copy / "data/arguments/demand-can-be-replaced.yml").write_text(BLOCKS[2], encoding="utf-8")
    archive, violations = read(copy)
    assert violations == []
    assert archive.arguments["demand-can-be-replaced"].model.attacks == [
        "argument:developers-can-choose"
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_on_the_page_can_be_called(command: str) -> None:
    """Its name, its options and how many words it takes are those of the command line."""
    assert parser().parse_args(shlex.split(command)).command == command.split(maxsplit=1)[0]


def test_what_windows_is_told_to_run_is_there() -> None:
    """No shell of Windows is asked: the lines are one program with plain words, which every shell
    takes alike, and their files are there.
    """
    assert len(WINDOWS) >= 4
    for line in WINDOWS:
        assert not set("&|<>^%$;`'\"()") & set(line), line
        for word in line.split():
            if "\\" in word or "/" in word:
                assert (ROOT / word.replace("\\", "/")).exists(), word


def test_a_fact_on_the_page_is_one(real: Graph) -> None:
    cited = re.findall(r"\[(day|date|month|year|number)\]\(([a-z]+:[a-z0-9-]+)#([a-z]+)\)", PAGE)
    assert cited
    for style, key, name in cited:
        assert real.archive.facts.words(key, name, style)[0]


def test_change_a_word_of_the_translation(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = copy / "docs/sources/huang-lobbying-2025.md"
    words = text.read_text(encoding="utf-8")
    assert words.count("crave grand achievements") == 1
    text.write_text(words.replace("crave grand achievements", "crave great deeds"), "utf-8")
    assert main(["--root", str(copy), "requote", "--apply", "all"]) == 0
    _, violations = read(copy)
    assert [v for v in violations if "quotes" in v] == []
    assert main(["--root", str(copy), "review", "p30", "--by", "A test, against the Chinese"]) == 0


def test_delete_what_the_page_deletes(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "data/actors/lisa-su.yml").write_text(BLOCKS[1], encoding="utf-8")
    [command] = [c for c in COMMANDS if c.startswith("delete")]
    assert main(["--root", str(copy), *shlex.split(command)]) == 0
    archive, violations = read(copy)
    assert violations == []
    assert "actor:lisa-su" in archive.gone
