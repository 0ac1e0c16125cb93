"""Search in a real browser, over http and from a folder on disk with the network off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

SOURCE = "sources/huang-lobbying-2025.html"

# What is typed, the name of the first result, and where choosing it leads.
QUERIES = {
    "Jensen Huang": ("Jensen Huang", "actors/jensen-huang.html"),
    "黄仁": ("Jensen Huang", "actors/jensen-huang.html"),
    "老黄": ("Jensen Huang", "actors/jensen-huang.html"),
    "Jensen Hunag": ("Jensen Huang", "actors/jensen-huang.html"),
    "輝達": ("Nvidia", "actors/nvidia.html"),
    "h 20": ("Nvidia H20", "products/h20.html"),
    "實體清單": ("Entity List", "glossary.html#entity-list"),
    "45億": ("Nvidia’s first-quarter charge", "figures.html#q1-charge"),
    "the only thing that cannot be replaced is demand": ("Paragraph 30", f"{SOURCE}#p30"),
    "bibliography": ("Bibliography", "bibliography.html"),
}


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    context = browser.new_context(offline=base.startswith("file"))
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(base + "timeline.html")
    yield page
    assert errors == []
    context.close()


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_its_entry_and_leads_there(page: Page, base: str, query: str) -> None:
    name, target = QUERIES[query]
    page.get_by_role("combobox").fill(query)
    option = page.get_by_role("option").first
    expect(option).to_contain_text(name)
    option.click()
    page.wait_for_url(base + target)
    if "#" in target:
        expect(page.locator("#" + target.partition("#")[2])).to_be_in_viewport()


def test_nothing_of_the_search_is_loaded_before_it_is_used(browser: Browser, served: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served + "actors/nvidia.html", wait_until="networkidle")
    engine = re.compile(r"search-|snowball|analyzer|assets/data/search/|simplified")
    assert [url for url in asked if engine.search(url)] == []
    page.get_by_role("combobox").fill("musk")
    expect(page.get_by_role("option").first).to_contain_text("Elon Musk")
    assert [url for url in asked if engine.search(url)]
    context.close()


def test_results_are_chosen_by_keyboard_and_a_kind_is_opened(page: Page) -> None:
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.insert_text("stargate")
    status = page.get_by_role("search").get_by_role("status")
    expect(status).to_contain_text(re.compile(r"^\d+ results"))
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    paragraphs = page.get_by_role("option", name=re.compile(r"^Paragraphs \d+$"))
    count = str(paragraphs.text_content()).split()[-1]
    paragraphs.click()
    expect(status).to_contain_text(f"{count} results")
    expect(
        page.get_by_role("group", name="More answers").locator(".finder-name").first
    ).to_have_text(re.compile(r"^Paragraph \d+$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"sources/.*#p\d+$"))


def test_what_is_tied_to_the_first_answer_stands_below_it(page: Page, base: str) -> None:
    page.get_by_role("combobox").fill("stargate")
    related = page.get_by_role("group", name="Related to Stargate")
    related.get_by_role("option", name="Masayoshi Son").click()
    page.wait_for_url(base + "actors/masayoshi-son.html")


# What is typed, the result, and what of it is marked: found by a stem, by an alias in another
# script, by value, by date.
MARKED = [
    ("lobbied", "Paragraph 26", "lobbyist"),
    ("英伟达", "Paragraph 26", "Nvidia’s"),
    ("老黄", "Paragraph 26", "Old Huang’s"),
    ("45亿", "Paragraph 20", "$4.5 billion"),
    ("25万", "Paragraph 40", "$250,000"),
    ("12月9日", "Paragraph 1", "December 9"),
    ("strategic deterrence", "Paragraph 22", "strategic deterrence"),
]


@pytest.mark.parametrize(("query", "name", "words"), MARKED)
def test_the_words_found_are_marked(
    page: Page, base: str, query: str, name: str, words: str
) -> None:
    page.goto(f"{base}search.html?q={quote(query)}&kind=paragraph")
    hit = page.locator(".search-hit").filter(has=page.get_by_text(name, exact=True))
    if not hit.count():
        expect(page.locator(".search-hit").first).to_be_visible()
    more = page.get_by_role("button", name="More", exact=True)
    if more.is_visible():
        more.click()
    marks = hit.locator("mark").all_text_contents()
    assert words.lstrip("$") in " ".join(marks).replace("  ", " ") or words.lstrip("$") in marks, (
        marks
    )


def test_what_was_done_with_a_question_is_said(page: Page) -> None:
    box, status = page.get_by_role("combobox"), page.get_by_role("search").get_by_role("status")
    for query, said in (
        ("nvidia zqx", "“zqx” was not found."),
        ("Jensen Hunag", "A slip was forgiven in “hunag”."),
        ("英伟达", "Also found as Nvidia."),
        ("the", "“the” says too little to search for."),
        ("zzzqqq xxyyww", "You can search names in English or Chinese"),
        ('"dealer arms"', "These very words were not found one after another."),
        ("kind:nonsense nvidia", "There is no kind:nonsense."),
        ("who opposes", "Name what it is about"),
    ):
        box.fill(query)
        expect(status).to_contain_text(said)


def test_a_line_below_the_box_says_how_to_ask(page: Page, base: str) -> None:
    page.get_by_role("combobox").fill("nvidia")
    line = page.get_by_role("search").locator(".finder-help")
    expect(line).to_contain_text('"exact words" -without kind:policy p20-p22')
    line.get_by_role("link").click()
    page.wait_for_url(base + "search.html#ask")


def test_an_input_method_is_waited_for(page: Page) -> None:
    box, status = page.get_by_role("combobox"), page.get_by_role("search").get_by_role("status")
    box.fill("ying wei da")  # after this all that it needs is in memory
    expect(status).to_contain_text("Also found as Nvidia")
    box.fill("nvidia")
    expect(status).not_to_contain_text("Also")
    said = status.text_content()
    box.evaluate("""(input) => {
        input.dispatchEvent(new CompositionEvent("compositionstart"));
        input.value = "ying wei da";
        input.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229,
          bubbles: true }));
        const frame = () => new Promise(requestAnimationFrame);
        return frame().then(frame).then(frame);
    }""")
    assert status.text_content() == said
    assert page.url.endswith("timeline.html")
    box.evaluate("""(input) => {
        input.value = "黄仁勋";
        input.dispatchEvent(
          new CompositionEvent("compositionend", { data: "黄仁勋", bubbles: true }));
    }""")
    expect(page.get_by_role("option").first).to_contain_text("Jensen Huang")


def test_escape_closes_the_results(page: Page) -> None:
    page.get_by_role("combobox").fill("Trump")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()


def test_a_search_has_an_address_and_the_browser_goes_through_searches(
    page: Page, base: str
) -> None:
    page.get_by_role("combobox").fill("tariff war")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "search.html?q=tariff%20war")
    hits = page.locator(".search-hit")
    expect(hits.first).to_contain_text("Trump tariff war")
    own = page.get_by_role("searchbox", name="Search the edition, in English or Chinese")
    expect(own).to_have_value("tariff war")
    page.get_by_role("button", name=re.compile("^Paragraphs")).click()
    page.wait_for_url(re.compile(r"q=tariff\+war&kind=paragraph$"))
    expect(hits.first).to_contain_text("Paragraph")
    page.go_back()
    expect(hits.first).to_contain_text("Trump tariff war")
    expect(page.get_by_role("combobox", name="Source")).to_have_count(0)  # there is only one
    own.fill("gerstner")
    own.press("Enter")
    page.wait_for_url(re.compile(r"q=gerstner$"))
    expect(hits.first).to_contain_text("Brad Gerstner")
    hits.first.click()
    page.wait_for_url(base + "actors/brad-gerstner.html")
    page.go_back()
    expect(hits.first).to_contain_text("Brad Gerstner")
    page.go_back()
    expect(own).to_have_value("tariff war")
    expect(hits.first).to_contain_text("Trump tariff war")


def test_the_page_tells_how_to_ask_without_a_script(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(f"{(site / 'search.html').as_uri()}")
    expect(page.get_by_role("heading", name="How to ask")).to_be_visible()
    context.close()


def test_what_was_chosen_stays_chosen_while_the_answers_change_around_it(page: Page) -> None:
    box = page.get_by_role("combobox")
    box.fill("nvidi")
    expect(page.get_by_role("option").first).to_contain_text("Nvidia")
    page.keyboard.press("ArrowDown")
    href = str(page.locator("[role=option][aria-selected=true]").get_attribute("href"))
    page.keyboard.insert_text("a")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("results")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_attribute("href", href)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"actors/nvidia.html$"))
