"""The three changes of CONTRIBUTING, made as written, on the real data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, read

BLOCKS = re.findall(
    r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL
)


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
        text[:entry] + text[entry:].replace(line, '  date: "2025-02"', 1), encoding="utf-8"
    )
    archive, violations = read(copy)
    assert violations == []
    assert archive.events["first-meeting"].model.date == "2025-02"


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
