"""Search in a real browser, over http and from a folder on disk with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SOURCE = "sources/huang-lobbying-2025.html"

# What is typed, the name of a result that must be among the first, and where choosing it leads.
QUERIES = {
    "Jensen Huang": ("Jensen Huang", "actors/jensen-huang.html"),
    "黄仁勋": ("Jensen Huang", "actors/jensen-huang.html"),
    "黄仁": ("Jensen Huang", "actors/jensen-huang.html"),
    "黃仁勳": ("Jensen Huang", "actors/jensen-huang.html"),
    "老黄": ("Jensen Huang", "actors/jensen-huang.html"),
    "huang renxun": ("Jensen Huang", "actors/jensen-huang.html"),
    "Jensen Hunag": ("Jensen Huang", "actors/jensen-huang.html"),
    "英伟达": ("Nvidia", "actors/nvidia.html"),
    "英偉達": ("Nvidia", "actors/nvidia.html"),
    "輝達": ("Nvidia", "actors/nvidia.html"),
    "Nvdia": ("Nvidia", "actors/nvidia.html"),
    "H20": ("Nvidia H20", "products/h20.html"),
    "实体清单": ("Entity List", "glossary.html#entity-list"),
    "the only thing that cannot be replaced is demand": ("Paragraph 30", f"{SOURCE}#p30"),
    "p30": ("Paragraph 30", f"{SOURCE}#p30"),
}


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path) -> str:
    return str(request.getfixturevalue("served")) if request.param == "http" else f"{site.as_uri()}/"


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
    option = page.get_by_role("option").filter(has=page.locator(".finder-name", has_text=name)).first
    expect(option).to_be_visible()
    option.click()
    page.wait_for_url(base + target)
    if "#" in target:
        expect(page.locator("#" + target.partition("#")[2])).to_be_in_viewport()
    else:
        expect(page.get_by_role("heading", level=1)).to_contain_text(name.removeprefix("Nvidia "))


def test_results_are_grouped_and_chosen_by_keyboard(page: Page, base: str) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("stargate")
    expect(page.get_by_role("group", name="Policies")).to_be_visible()
    expect(page.get_by_role("group", name="Paragraphs")).to_be_visible()
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("timeline.html"))


def test_a_result_shows_its_context(page: Page) -> None:
    page.get_by_role("combobox").fill("military deterrence strategic")
    page.get_by_role("combobox").fill("strategic deterrence")
    option = page.get_by_role("option").filter(has_text="Paragraph 22").first
    expect(option.locator("mark").first).to_be_visible()


def test_a_query_that_finds_nothing_says_what_can_be_searched(page: Page) -> None:
    page.get_by_role("combobox").fill("zzzqqq xxyyww")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("You can search names in English or Chinese")


def test_escape_closes_the_results(page: Page) -> None:
    page.get_by_role("combobox").fill("Trump")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
