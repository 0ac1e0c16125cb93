"""The rules of quoting and of translating: what is said of small archives that break them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, SMALL, read

RULES: dict[str, dict[str, dict[str, Any]]] = yaml.load(
    (ROOT / "tests/unit/rules.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
del RULES["texts"]  # those that several cases have in common


@pytest.mark.parametrize("rule", RULES)
def test_all_that_is_said_of_what_breaks_a_rule(rule: str, tmp_path: Path) -> None:
    said = {name: said_of(case, tmp_path / name) for name, case in RULES[rule].items()}
    assert said == {name: case["said"] for name, case in RULES[rule].items()}


def test_of_two_sources_nobody_guesses_which_is_meant(tmp_path: Path) -> None:
    """A headword that names neither counts as Chinese; its paragraphs are not known."""
    files = RULES["words stand in what is cited"]["words of a song"]["files"]
    edits = {"data/renderings.yml": {"zh: 失败": "zh: failed"}}
    said = said_of({"files": files, "edits": edits}, tmp_path / "small")
    assert [line for line in said if "without saying of which source" not in line] == [
        'data/renderings.yml:5:14: lists the rendering "lamp tax" of 灯税, which stands in none of'
        " its paragraphs; remove it",
        'data/renderings.yml:9:7: has "failed" for a Chinese word; write it in Chinese characters'
        " alone",
        'data/renderings.yml:12:14: lists the rendering "fail" of failed, which stands in none of'
        " its paragraphs; remove it",
    ]


def said_of(case: dict[str, Any], root: Path) -> list[str]:
    """What is said of the small archive after some replacements in its files, and with others."""
    shutil.copytree(SMALL, root)
    for path, text in case.get("files", {}).items():
        (root / path).write_text(text, encoding="utf-8")
    for path, changes in case.get("edits", {}).items():
        text = (root / path).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text, f"{old!r} is not in {path}"
            text = text.replace(old, new, 1)
        (root / path).write_text(text, encoding="utf-8")
    return read(root)[1]
