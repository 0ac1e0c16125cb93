"""The three small editions in ``examples``: each works with the engine as it is now, and builds."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import ROOT, run_mkdocs
from dossier.commands.cli import main

TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites of all three."""
    sites = {}
    for name in ("speech", "poem", "statute"):
        copy = tmp_path_factory.mktemp(name) / name
        shutil.copytree(ROOT / "examples" / name, copy)
        assert main(["--root", str(copy), "upgrade"]) == 0
        made = run_mkdocs(copy, copy / "site")
        assert made.returncode == 0, made.stderr
        sites[name] = copy / "site"
    return sites


def page(site: Path, source: str) -> str:
    return (site / f"sources/{source}.html").read_text(encoding="utf-8").replace('"', "")


def tei(site: Path, source: str) -> etree.Element:
    return etree.fromstring((site / f"data/{source}.tei.xml").read_text(encoding="utf-8"))


def test_a_speech_in_its_own_language_has_its_turns(built: dict[str, Path]) -> None:
    text = page(built["speech"], "the-lamp-debate")
    assert "Translated from" not in text
    assert "class=entry href=../actors/anna-brandt.html>Anna Brandt</a></b>" in text
    assert "<b class=speaker>A voice</b>" in text
    document = tei(built["speech"], "the-lamp-debate")
    spoken = [sp.findtext(f"{TEI}speaker") for sp in document.iter(f"{TEI}sp")]
    assert len(spoken) == 12 and spoken[1] == "Anna Brandt"
    languages = [entry.get("ident") for entry in document.iter(f"{TEI}language")]
    assert languages == ["en"]
    actor = (built["speech"] / "actors/anna-brandt.html").read_text(encoding="utf-8")
    assert "May I answer that?" in actor


def test_poems_stand_beside_their_originals(built: dict[str, Path]) -> None:
    text = page(built["poem"], "ten-tang-quatrains")
    assert "Translated from the Chinese · about AD 700 to about AD 860" in text
    assert "<span class=verse-line id=l40 data-line=40>only," in text
    assert (
        "<p class=original facing lang=zh-Hant data-layer=original>床前明月光，<br>"
        in text.replace("'", "")
    )
    assert len(list(tei(built["poem"], "ten-tang-quatrains").iter(f"{TEI}l"))) == 40


def test_a_statute_has_its_clauses_and_its_table(built: dict[str, Path]) -> None:
    text = page(built["statute"], "the-harbor-lights-act")
    assert "<span class=clause-label>3(1)</span>" in text
    assert "class=para-text level-2" in text
    assert "<td>5 crowns</td>" in text
    numbers = [p.get("n") for p in tei(built["statute"], "the-harbor-lights-act").iter(f"{TEI}p")]
    assert "(b)" in numbers


def test_every_example_is_linked_from_the_documentation(built: dict[str, Path]) -> None:
    told = (ROOT / "docs/your-own.md").read_text(encoding="utf-8")
    for name in built:
        assert f"`{name}`" in told
    assert {path.name for path in (ROOT / "examples").iterdir()} == built.keys()


def test_a_turn_is_cited_by_its_words_and_found(built: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built["speech"] / "sources/the-lamp-debate.html").as_uri())
    page.get_by_role("button", name="Cite paragraph 3").click()
    cited = page.locator("dialog.cite-dialog").inner_text()
    assert "“Who gave it, then?” (The editors of this project. “The lamp debate”" in cited
    assert "Translat" not in cited
    page.keyboard.press("Escape")
    page.locator(".finder-input").fill("grandfathers")
    page.locator(".finder-results a").first.wait_for()
    assert "Paragraph 8" in page.locator(".finder-results").inner_text()
    page.close()
