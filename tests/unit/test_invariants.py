"""The invariants: the small archive with one thing changed, and all that is then said."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, SMALL, read

CASES: dict[str, dict[str, Any]] = yaml.load(
    (ROOT / "tests/unit/invariants.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the small archive for all cases, each of which puts back what it changes."""
    root = tmp_path_factory.mktemp("invariants") / "small"
    shutil.copytree(SMALL, root)
    return root


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_said_of_a_change(name: str, copy: Path) -> None:
    before: dict[Path, str | None] = {}
    for change in CASES[name]["edits"]:
        file = copy / change["in"]
        text = file.read_text(encoding="utf-8") if file.exists() else None
        before.setdefault(file, text)
        if "old" in change:
            assert text and change["old"] in text
            new = text.replace(change["old"], change["new"], 1)
        else:
            new = change["new"]
        file.write_text(new, encoding="utf-8")
    try:
        assert read(copy)[1] == CASES[name]["said"]
    finally:
        for file, text in before.items():
            if text is None:
                file.unlink()
            else:
                file.write_text(text, encoding="utf-8")
