"""A change proposed from the published page, from disk: what a stranger does, and that git and the
check take what comes of it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, axe, read
from dossier.graph.refs import build_graph

expect.set_options(timeout=30_000)  # as all else that is waited for
SOURCE = "sources/huang-lobbying-2025.html"


@pytest.fixture(scope="module")
def disk(site: Path) -> str:
    return f"{site.as_uri()}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's data and texts, to which every patch of these tests is applied."""
    root = tmp_path_factory.mktemp("propose")
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("assets"))
    return root


def in_order(page: Page) -> None:
    expect(page.locator(".propose-status")).to_contain_text("In order, as far as")


def apply(page: Page, root: Path, tmp_path: Path) -> str:
    """Download the patch and have git apply it to a copy; gives the patch."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the patch").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    done = subprocess.run(
        ["git", "apply", "--verbose", str(file)],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return file.read_text(encoding="utf-8")


def test_an_input_method_s_keys_choose_nothing(page: Page, disk: str) -> None:
    page.goto(f"{disk}timeline.html")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_role("button", name="Choose an event …").click()
    box = page.get_by_role("searchbox", name="Words to look for")
    box.fill("meets trump first")
    for composing in ({"isComposing": True}, {"keyCode": 229}):  # Safari says it by the code
        for key in ("ArrowDown", "Enter"):
            box.evaluate(
                "(input, event) => input.dispatchEvent(new KeyboardEvent('keydown', event))",
                {"key": key, "bubbles": True, "cancelable": True, **composing},
            )
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page.get_by_label("Date", exact=True)).to_be_visible()


def test_a_date_is_wrong_then_right(page: Page, disk: str, copy: Path, tmp_path: Path) -> None:
    page.goto(f"{disk}timeline.html")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_role("button", name="Choose an event …").click()
    page.get_by_role("searchbox", name="Words to look for").fill("meets trump first")
    page.keyboard.press("Enter")
    date = page.get_by_label("Date", exact=True)
    date.fill("2025-02-30")
    date.press("Tab")
    expect(page.locator("#f-date-fault")).to_have_text(
        'Has "2025-02-30", which is not a day of the calendar.'
    )
    expect(page.locator(".propose-status")).to_contain_text("One thing is still to be")
    date.fill("2025-02-01")
    in_order(page)
    page.get_by_label("Why, and what it rests on").fill("The essay counts by Beijing's clock.")
    patch = apply(page, copy, tmp_path)
    assert '-  date: "2025-01-31"\n+  date: "2025-02-01"\n' in patch
    assert len(re.findall("^[+-]", patch, re.MULTILINE)) == 4  # with both names of the file
    assert "by Beijing's clock." in patch


def test_a_person_is_added_with_a_citation_picked_by_its_words(
    page: Page, disk: str, copy: Path, tmp_path: Path
) -> None:
    page.goto(f"{disk}propose.html?new=actor")
    page.get_by_label("Name", exact=True).fill("Lisa Su")
    page.get_by_label("Type", exact=True).select_option("person")
    summary = page.get_by_label("Summary", exact=True)
    summary.fill("Chief executive of , one of the “[o]ther chipmakers”")
    summary.evaluate("(area) => area.setSelectionRange(19, 19)")
    page.get_by_role("button", name="Link to an entry in Summary").click()
    page.keyboard.insert_text("amd")
    page.keyboard.press("Enter")
    expect(summary).to_have_value(
        "Chief executive of [AMD](actor:amd), one of the “[o]ther chipmakers”"
    )
    summary.evaluate("(area) => area.setSelectionRange(area.value.length, area.value.length)")
    page.get_by_role("button", name="Cite a paragraph or a work in Summary").click()
    page.keyboard.insert_text("other chipmakers including")
    page.get_by_role("button", name=re.compile("^p1 .*Other chipmakers")).click()
    expect(summary).to_have_value(
        "Chief executive of [AMD](actor:amd), one of the “[o]ther chipmakers” [@p1]"
    )
    expect(page.locator(".propose-look a.cite")).to_have_text("p1")
    expect(page.locator(".propose-status")).to_contain_text("is an orphan")
    page.get_by_role("button", name="standalone: is an orphan").click()
    expect(page.get_by_label("Standalone", exact=True)).to_be_focused()
    page.keyboard.insert_text("Nothing else refers to her yet.")
    in_order(page)
    patch = apply(page, copy, tmp_path)
    assert "+++ b/data/actors/lisa-su.yml" in patch
    assert "+# yaml-language-server: $schema=../.schemas/actor.json\n+name: Lisa Su\n" in patch


def test_an_argument_is_answered(page: Page, disk: str, copy: Path, tmp_path: Path) -> None:
    page.goto(f"{disk}arguments/developers-can-choose.html")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_role("button", name="Answer this argument").click()
    page.get_by_label("Name", exact=True).fill("Demand can be replaced too")
    page.get_by_label("Claim", exact=True).fill("A buyer with another supplier is not tied either.")
    page.get_by_label("Maker", exact=True).select_option("editors")
    page.get_by_label("Type", exact=True).select_option("causal")
    page.get_by_label("Summary", exact=True).fill(
        "An answer to “the only thing that cannot be replaced is demand” [@p31]."
    )
    page.get_by_label("Summary", exact=True).press("Tab")
    expect(page.locator("#f-summary-fault")).to_contain_text("it stands in p30, cite that")
    page.get_by_label("Summary", exact=True).fill(
        "An answer to “the only thing that cannot be replaced is demand” [@p30]."
    )
    page.get_by_role("button", name="Cite a paragraph or a work …").click()
    page.keyboard.insert_text("p30")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="standalone: is an orphan").click()
    page.keyboard.insert_text("Answers an argument; nothing answers it yet.")
    in_order(page)
    patch = apply(page, copy, tmp_path)
    assert "+attacks: [argument:developers-can-choose]\n" in patch
    assert "+cites: [p30]\n" in patch


def test_a_slip_of_the_translation_arrives_with_its_words_and_names_what_quotes_them(
    page: Page, disk: str, copy: Path, tmp_path: Path
) -> None:
    archive, _ = read(ROOT)
    source = "huang-lobbying-2025"
    text = archive.translations[source][50]
    assert text.text.startswith("Moreover, ")  # which nothing quotes
    page.goto(f"{disk}{SOURCE}#p50")
    page.evaluate("""() => {
      const text = document.querySelector("#p50 .para-text");
      const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walk.nextNode() && !walk.currentNode.data.includes("Moreover"));
      const range = document.createRange();
      const at = walk.currentNode.data.indexOf("Moreover");
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + 8);
      getSelection().addRange(range);
    }""")
    page.locator(".select-bar").get_by_role("button", name="Report a mistake").click()
    page.get_by_role("link", name="Propose the change yourself").click()
    area = page.get_by_label("Paragraph 50")
    expect(page.locator("[data-propose]")).to_contain_text(
        f"docs/sources/{source}.md, line {text.location.line}"
    )
    expect(page.locator("q").first).to_have_text("Moreover")
    expect(area).to_be_focused()
    page.keyboard.insert_text("Besides")
    in_order(page)
    patch = apply(page, copy, tmp_path)
    assert "\n+Besides, modern governments" in patch
    # What others quote is named, each with what stands there now.
    area.fill("Governments have power.")
    expect(page.locator(".propose-warning")).to_contain_text("would no longer stand here")
    expect(page.get_by_role("button", name="Change it too: ").first).to_be_visible()


def test_quotations_that_a_change_breaks_get_today_s_words(
    page: Page, disk: str, copy: Path, tmp_path: Path
) -> None:
    page.goto(f"{disk}propose.html?at={SOURCE}%23p12")
    area = page.get_by_label("Paragraph 12")
    area.fill(area.input_value().replace("far from lethal", "not fatal"))
    expect(page.locator(".propose-status")).to_contain_text("breaks 4 quotations")
    page.get_by_role("button", name="Put today’s words into all of them").click()
    in_order(page)
    expect(page.locator(".propose-parts > li")).to_have_count(4)
    patch = apply(page, copy, tmp_path)
    assert "the ban was not fatal" in patch


def test_a_deletion_says_what_would_dangle(
    page: Page, disk: str, copy: Path, tmp_path: Path
) -> None:
    page.goto(f"{disk}propose.html?at=actors/zte.html")
    page.get_by_role("button", name="Delete this actor …").click()
    warning = page.locator(".propose-what")
    expect(warning).to_contain_text("These would lead nowhere")
    expect(warning).to_contain_text("ZTE is sanctioned (event)")
    expect(page.locator(".propose-diff figcaption")).to_contain_text("deleted")
    expect(page.locator(".propose-status")).to_contain_text("11 places still lead to actor:zte")
    page.get_by_role("button", name="Change it too: Huawei").click()
    passage = page.locator("textarea[name='account.0.text']")
    page.get_by_role("group", name="Account").locator("summary").first.click()
    passage.fill(re.sub(r"\[ZTE\]\(actor:zte\)", "ZTE", passage.input_value()))
    expect(page.locator(".propose-status")).to_contain_text("10 places still lead to actor:zte")
    page.goto(f"{disk}propose.html?at=checks.html%23h200-sales-allowed")
    page.get_by_role("button", name="Delete this check …").click()
    expect(page.locator(".propose-what")).to_contain_text("Nothing depends on it.")
    in_order(page)
    patch = apply(page, copy, tmp_path)
    assert "-- id: h200-sales-allowed\n" in patch


def test_what_all_the_patches_make_passes_the_check(copy: Path) -> None:
    archive, violations = read(copy)
    assert violations == []
    assert build_graph(archive).record("actor:lisa-su").model.summary.endswith("[@p1]")
    assert archive.events["first-meeting"].model.date == "2025-02-01"
    assert "h200-sales-allowed" not in archive.checks


def test_with_a_repository_its_own_editor_is_filled_in(page: Page, disk: str) -> None:
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
      const known = document.createElement("meta");
      known.name = "dossier-repository";
      known.content = "https://github.example/team/edition";
      document.head.append(known);
    })""")
    page.goto(f"{disk}propose.html?new=product")
    page.get_by_label("Name", exact=True).fill("H30")
    new = page.get_by_role("link", name="Open the new file in the repository’s editor")
    expect(new).to_have_attribute("href", re.compile(r"/new/main\?filename=data%2Fproducts%2Fh30"))
    page.goto(f"{disk}propose.html?at=products/h20.html")
    page.get_by_label("Name", exact=True).fill("Nvidia H20s")
    edit = page.get_by_role("link", name="Open it in the repository’s editor")
    expect(edit).to_have_attribute(
        "href", "https://github.example/team/edition/edit/main/data/products/h20.yml"
    )
    issue = page.get_by_role("link", name="Open an issue with the change")
    expect(issue).to_have_attribute("href", re.compile("%2Bname%3A%20Nvidia%20H20s"))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_the_form(
    browser: Browser, disk: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(f"{disk}propose.html?at=actors/zte.html")
    page.get_by_label("Name", exact=True).fill("")
    for summary in page.locator(".propose-form details > summary").all():
        summary.click()
    page.get_by_role("button", name="name: lacks the field").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Change something else too …").click()
    assert axe(page, ".propose-dialog") == []
    context.close()


def test_without_scripts_the_page_says_how_to_contribute(browser: Browser, disk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{disk}actors/zte.html")
    page.get_by_role("link", name="Propose a change").click()
    expect(page.locator("[data-propose]").get_by_role("link", name="Contribute")).to_be_visible()
    context.close()
