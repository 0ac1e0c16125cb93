"""The styles keep to one system of sizes, spaces, weights and colors; a page shows all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from styles import ROOT, STYLES, declarations

SHEETS = [path for path in STYLES if path.name != "print.css"]
"""Those for the screen: a chapter on paper has the measures of the book."""
SPACES = re.compile(r"(?:padding|margin)(?:-.*)?|(?:row-|column-)?gap")
LENGTH = re.compile(r"(?<![\w.-])-?[\d.]+(?:r?em|px|ch|vw)\b")
OWN_LENGTHS = re.compile(r"(?:1em|[123]px)")
"""What the system lets stand beside its own: the size that is there, and hairlines."""


def beside_the_system(name: str, value: str) -> bool:
    """Whether a declaration uses what the system does not have."""
    if name == "font-size":
        return not re.fullmatch(r"var\(--(?:t-[\w-]+|size)\)|inherit|1em|1[2-6]px", value)
    if name == "font" and (size := re.search(r"[\d.]+(?:r?em|px)", value)):
        return size[0] != "1em"
    if name == "font-weight":
        return value not in {"400", "600", "inherit", "400 700"}
    if SPACES.fullmatch(name):
        return not all(map(OWN_LENGTHS.fullmatch, LENGTH.findall(value)))
    return not name.startswith("--") and bool(
        re.search(r"#[0-9a-f]{3,8}\b", re.sub(r"url\(.*?\)", "", value))
    )


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_styles_use_the_systems_sizes_spaces_weights_and_colors_alone(path: Path) -> None:
    found = [
        f"{path.name}: {name}: {value}"
        for name, value, _ in declarations(path)
        if beside_the_system(name, value)
    ]
    assert found == []


def test_the_page_on_the_look_shows_every_property_of_the_system() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    page = (ROOT / "docs/style.md").read_text(encoding="utf-8")
    system = {
        *re.findall(
            r"(--(?:[tsg]-?\w+|col|reading|ui|chinese)): ",
            (ROOT / "docs/assets/css/type.css").read_text(encoding="utf-8"),
        ),
        *re.findall(r"^  (--[a-z]+): #", styles, re.MULTILINE),
    }
    assert len(system) > 30
    assert {name for name in system if f"<code>{name}</code>" not in page} == set()
    shown = set(re.findall(r'<dt class="shows(-[\w-]+)"><code>(--[\w-]+)</code>', page))
    assert all(name == f"-{mark}" and f".shows{mark} {{" in styles for mark, name in shown)
