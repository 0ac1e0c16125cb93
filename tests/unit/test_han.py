"""What a Chinese character is: the same for Python, for the browser and for Unicode."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from conftest import ROOT
from dossier.han import HAN, HAN_RUN
from node import NODE

DIFFERING = """
const ours = new RegExp(`[${process.argv[1]}]`, "u");
const found = [];
for (let code = 0; code < 0x110000; code++) {
  const char = String.fromCodePoint(code);
  if (/\\p{Unassigned}/u.test(char)) continue;
  if (ours.test(char) !== /\\p{Script=Han}/u.test(char)) found.push(code.toString(16));
}
console.log(JSON.stringify(found));
"""


def differing(characters: str) -> list[str]:
    """The characters on which a browser's engine disagrees, in hexadecimal."""
    command = [NODE, "-e", DIFFERING, characters]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def test_python_and_browsers_mean_the_same_characters() -> None:
    assert differing(HAN) == []
    assert differing(HAN.replace("\u3007", "")) == ["3007"]


def test_nobody_has_ranges_of_his_own() -> None:
    own = re.compile(r"\\u(?:3400|4dbf|4e00|9fff)", re.IGNORECASE)
    code = [*ROOT.glob("hooks/**/*.py"), *ROOT.glob("docs/assets/js/*.js")]
    found = [
        str(path.relative_to(ROOT)) for path in code if own.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["hooks/dossier/han.py"]


def test_browsers_have_one_pattern_of_a_run_and_it_is_python_s() -> None:
    pattern = HAN_RUN.pattern.replace(f"[{HAN}]", r"\p{Script=Han}")
    found = [
        path.name
        for path in ROOT.glob("docs/assets/js/*.js")
        if "《》" in path.read_text(encoding="utf-8")
    ]
    assert found == ["base.js"]
    assert f"/({pattern})/u" in (ROOT / "docs/assets/js/base.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Huang (黄仁勋) said", ["黄仁勋"]),
        ("二〇二五年", ["二〇二五年"]),
        ("《左传》、《史记》", ["左传", "史记"]),
        ("老黄，你好。", ["老黄，你好"]),
        ("𠮷野家", ["𠮷野家"]),
        ("ひらがな, 한국, H200", []),
    ],
)
def test_a_run_has_the_marks_within_it_and_not_those_around_it(text: str, runs: list[str]) -> None:
    assert HAN_RUN.findall(text) == runs
