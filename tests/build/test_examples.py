"""The four small editions in ``examples``: each works with the engine as it is now, and builds."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as etree
import zipfile
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from conftest import ROOT, axe, contents, run_mkdocs
from dossier.commands.cli import main
from site_links import dead_links, read_pages

TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites of all four."""
    sites = {}
    for name in ("speech", "poem", "statute", "archive"):
        copy = tmp_path_factory.mktemp(name) / name
        shutil.copytree(ROOT / "examples" / name, copy)
        assert main(["--root", str(copy), "upgrade"]) == 0
        made = run_mkdocs(copy, copy / "site")
        assert made.returncode == 0, made.stderr
        sites[name] = copy / "site"
    return sites


@pytest.fixture(scope="module")
def cut_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as it would be with lists far too long for a page: each holds one thing."""
    copy = tmp_path_factory.mktemp("cut") / "archive"
    shutil.copytree(ROOT / "examples/archive", copy)
    assert main(["--root", str(copy), "upgrade"]) == 0
    with (copy / "data/edition.yml").open("a", encoding="utf-8") as settings:
        settings.write("page_size: 1\n")
    made = run_mkdocs(copy, copy / "site")
    assert made.returncode == 0, made.stderr
    return copy / "site"


def test_an_archive_of_several_sources_gives_the_same_bytes_again(
    built: dict[str, Path], tmp_path: Path
) -> None:
    # In another order of hashes, and in several processes.
    copy = tmp_path / "archive"
    shutil.copytree(ROOT / "examples/archive", copy)
    assert main(["--root", str(copy), "upgrade"]) == 0
    again = run_mkdocs(copy, copy / "site", PYTHONHASHSEED="7", DOSSIER_PROCESSES="3")
    assert again.returncode == 0, again.stderr
    first, second = (contents(site) for site in (built["archive"], copy / "site"))
    assert any(path.startswith("download/sources/") for path in first)
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_every_link_of_lists_that_are_cut_resolves(cut_up: Path) -> None:
    pages = read_pages(cut_up)
    assert {"timeline-2.html", "coverage-2.html", "actors/index-2.html"} <= pages.keys()
    assert dead_links(cut_up, pages) == []
    named = (cut_up / "sitemap.xml").read_text(encoding="utf-8")
    assert "timeline-2.html" in named or "<loc>" not in named
    assert (cut_up / "timeline-2.html.md").is_file()
    trail = pages["timeline-2.html"].links
    assert {"timeline.html", "sources/index.html"} <= set(trail)


def test_an_old_anchor_leads_to_the_part_that_has_it(cut_up: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((cut_up / "timeline.html").as_uri() + "#act-in-force")
    page.locator("#act-in-force").wait_for()
    assert page.url.endswith("timeline-2.html#act-in-force")
    page.close()


def test_a_filter_goes_along_to_the_next_part(cut_up: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((cut_up / "actors/index.html").as_uri())
    page.locator('.filters input[value="person"]').check()
    page.locator(".turn").get_by_role("link").click()
    page.locator("h1").filter(has_text=":").wait_for()
    assert page.url.endswith("index-2.html?type=person")
    expect(page.locator(".filter-count")).to_contain_text("on this part")
    page.close()


def test_each_source_can_be_taken_along(built: dict[str, Path], tmp_path: Path) -> None:
    site = built["archive"]
    archives = sorted(path.stem for path in (site / "download/sources").iterdir())
    assert archives == sorted(
        path.stem for path in (site / "sources").glob("*.html") if path.stem != "index"
    )
    for name in archives:
        with zipfile.ZipFile(site / f"download/sources/{name}.zip") as archive:
            archive.extractall(tmp_path)
        pages = read_pages(tmp_path / name)
        assert {"index.html", f"sources/{name}.html"} <= pages.keys()
        assert dead_links(tmp_path / name, pages) == []
    assert (site / "download/sources/lights-act.zip").stat().st_size < 1_000_000
    assert not (tmp_path / "lights-act/sources/lamp-song.html").exists()


def test_a_source_that_was_taken_along_is_read_from_disk(
    built: dict[str, Path], tmp_path: Path, browser: Browser
) -> None:
    with zipfile.ZipFile(built["archive"] / "download/sources/lights-act.zip") as archive:
        archive.extractall(tmp_path)
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((tmp_path / "lights-act/index.html").as_uri())
    page.locator("#p1").wait_for()
    page.get_by_role("button", name="Cite paragraph 1").click()
    expect(page.locator("dialog.cite-dialog")).to_contain_text("lights")
    page.keyboard.press("Escape")
    page.locator(".finder-input").fill("lamp")
    expect(page.locator(".finder")).to_contain_text("This copy holds one source")
    assert faults == []
    context.close()


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
    assert "<p class=original lang=zh-Hant data-layer=original>床前明月光，<br>" in text.replace(
        "'", ""
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


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_chooses_between_two_translations_or_sees_both(
    built: dict[str, Path], browser: Browser, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto((built["poem"] / "sources/ten-tang-quatrains.html").as_uri())
    beside = page.locator("#p3 .version")
    if scripts:
        assert not beside.is_visible()
        page.get_by_role("button", name="Side by side").click()
    text = page.locator("#p3 .para-text").bounding_box()
    other = beside.bounding_box()
    assert text and other and other["x"] > text["x"] + text["width"] / 2
    assert "white sun · lean hill · end" in beside.inner_text()
    beside.get_by_role("link", name="Word by word, p3").click()
    page.locator("#p3:target").get_by_text("white sun · lean hill · end").wait_for()
    page.locator(".versions").get_by_role("link", name="Ten Tang quatrains").click()
    page.get_by_text("The white sun sinks along the hills").first.wait_for()
    context.close()


def test_several_sources_stand_on_a_shelf_that_is_chosen_from(
    built: dict[str, Path], browser: Browser
) -> None:
    shelf = (built["archive"] / "sources/index.html").as_uri()
    page = browser.new_page()
    page.goto(shelf)
    page.get_by_label("French").check()
    assert page.locator(".shelf > li:visible").count() == 1
    assert page.get_by_role("heading", name="Song").is_hidden()
    page.locator(".shelf > li:visible a").first.click()
    page.get_by_role("heading", name="A skipper’s letter", level=1).wait_for()
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shelf)
    page.locator(".shelf-ways").get_by_role("link", name="German").click()
    page.locator("dt:target + dd").get_by_role("link", name="Lamp song").click()
    page.get_by_role("heading", name="The song of the lamps").wait_for()
    assert page.locator(".section-bar").get_by_role("link", name="Sources").is_visible()
    context.close()


def test_answers_are_kept_to_the_source_that_a_reader_chooses(
    built: dict[str, Path], browser: Browser
) -> None:
    base = (built["archive"] / "search.html").as_uri()
    page = browser.new_page()
    page.goto(f"{base}?q=lamp")
    box, source = page.get_by_role("searchbox"), page.get_by_role("combobox", name="Source")
    status = page.locator("main").get_by_role("status")
    hits = page.locator(".search-hit")
    expect(hits).to_have_count(20)
    expect(status).to_have_text("22 results.")
    names = ["Lamp song", "Lights Act", "Master’s account", "Quay meeting", "Skipper’s letter"]
    expect(source.locator("option")).to_have_text(["All sources", *names])
    assert page.locator("mark").count() >= 19
    source.select_option("Skipper’s letter")
    expect(status).to_have_text("5 results.")
    paragraphs = hits.filter(has_text=re.compile("paragraph [0-9]+"))
    expect(paragraphs).to_have_count(1)
    expect(paragraphs).to_contain_text("Skipper’s letter, paragraph 4")
    assert page.url == f"{base}?q=lamp&source=skippers-letter"
    expect(page.get_by_role("button", name="More", exact=True)).to_be_hidden()
    # Another question is put to the same source; the choice is in the address and taken back.
    box.fill("pay")
    expect(hits.filter(has_text=re.compile("paragraph [0-9]+")).first).to_contain_text("Skipper’s")
    expect(source).to_have_value("skippers-letter")
    source.select_option("Lamp song")
    expect(hits.first).to_contain_text("Lamp song, paragraph 1")
    page.get_by_role("button", name=re.compile("^Paragraphs")).click()
    page.wait_for_url(re.compile("source=lamp-song"))
    page.go_back()
    page.go_back()
    expect(source).to_have_value("skippers-letter")
    expect(hits.filter(has_text=re.compile("paragraph [0-9]+")).first).to_contain_text("Skipper’s")
    page.reload()
    expect(source).to_have_value("skippers-letter")
    expect(box).to_have_value("pay")
    # What is typed says the same.
    page.goto(f"{base}?q=source:lights-act%20lamp")
    expect(hits.filter(has_text=re.compile("paragraph [0-9]+"))).to_have_text(
        re.compile("^Lights Act, paragraph")
    )
    found = axe(page)
    assert found == [], found
    page.close()


def test_what_sources_say_of_one_policy_is_compared_without_scripts(
    built: dict[str, Path], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built["archive"] / "policies/berth-tax.html").as_uri())
    page.get_by_role("link", name="What 5 sources say of Tax on berths").click()
    stands = page.locator("tr", has=page.get_by_role("rowheader", name="Who stands where"))
    assert "is of two minds" in stands.locator("td").nth(2).inner_text()
    assert "Skipper" not in stands.locator("td").nth(2).inner_text()
    for other in ("Quay meeting", "Lights Act", "Lamp song"):
        page.get_by_label(other).uncheck()
    shown = page.locator("thead th:visible a").all_inner_texts()
    assert shown == ["Skipper’s letter", "Master’s account"]
    context.close()


def test_the_design_of_a_policy_is_each_source_s_own(built: dict[str, Path]) -> None:
    text = (built["archive"] / "policies/berth-tax.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h2[^>]*>(The design, [^<]*)", text)
    assert headings == [
        "The design, as “Quay meeting” has it", "The design, as “Lights Act” has it",
    ]  # fmt: skip
    compared = (built["archive"] / "compare/policy-berth-tax.html").read_text(encoding="utf-8")
    row = compared.partition(">The design<")[2].partition("</tr>")[0]
    meeting, act, *others = row.split("<td")[1:]
    assert "may not be given the next" in meeting and "not by the night" not in meeting
    assert "not by the night" in act
    assert all("Nothing." in other for other in others)
    one = (built["speech"] / "policies").glob("*.html")
    assert not any("The design, as “" in page.read_text(encoding="utf-8") for page in one)


def test_the_timeline_can_be_kept_to_one_source(built: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built["archive"] / "timeline.html").as_uri())
    shown = page.locator(".timeline > li:visible .event-name")
    assert shown.count() == 2
    source = page.get_by_role("group", name="Source")
    source.get_by_label("Lights Act").check()
    assert shown.all_inner_texts() == ["The Lights Act law"]
    assert page.url.endswith("?of=lights-act")
    source.get_by_label("Quay meeting").check()  # which tells of both
    assert shown.count() == 2
    page.close()
    assert "data-of" not in (built["speech"] / "timeline.html").read_text(encoding="utf-8")


def test_the_argument_map_names_the_source_of_every_claim_and_what_goes_between(
    built: dict[str, Path],
) -> None:
    text = (built["archive"] / "argument-map.html").read_text(encoding="utf-8")
    between = text.partition('id="between"')[2].partition("</ul>")[0]
    assert re.findall(r'class="?relation relation-(\w+)', between) == [
        "attacks", "attacks", "supports", "attacks",
    ]  # fmt: skip
    assert len(re.findall(r'<tspan class="?claim-source', text)) == 7
    one = (built["speech"] / "argument-map.html").read_text(encoding="utf-8")
    assert "Between the sources" not in one and "claim-source" not in one
    assert not (built["speech"] / "sources/index.html").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_only_several_texts_have_is_accessible(
    built: dict[str, Path], browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    for name in (
        "archive/site/sources/index.html",
        "archive/site/compare/policy-berth-tax.html",
        "archive/site/argument-map.html",
        "archive/site/actors/peter-holm.html",
        "poem/site/sources/ten-tang-quatrains.html",
    ):
        edition, _, path = name.partition("/site/")
        page.goto((built[edition] / path).as_uri())
        if edition == "poem":
            page.get_by_role("button", name="Side by side").click()
        assert axe(page) == [], name
    page.close()
