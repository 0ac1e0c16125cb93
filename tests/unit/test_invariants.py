"""The invariants: the small archive with one thing changed, and all that is then said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, Edit, read

CASES: dict[str, dict[str, Any]] = yaml.load(
    (ROOT / "tests/unit/invariants.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_said_of_a_change(name: str, project: Path, edit: Edit) -> None:
    for change in CASES[name]["edits"]:
        edit(change["in"], change["old"], change["new"])
    assert read(project)[1] == CASES[name]["said"]
