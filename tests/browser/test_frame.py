"""What the theme's script does around an article, whichever it is: Material's, or our own where
Zensical builds the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ESSAY = "sources/huang-lobbying-2025.html"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    yield context.new_page()
    context.close()


def test_the_contents_follow_the_reader(page: Page, site: Path) -> None:
    page.goto(f"{(site / ESSAY).as_uri()}#p40")
    contents = page.locator(".md-sidebar--secondary a.md-nav__link")
    now = page.locator(".md-sidebar--secondary a.md-nav__link--active")
    expect(now).to_have_count(1)
    assert now.get_attribute("href") not in ("", contents.first.get_attribute("href"))
    page.evaluate("scrollTo(0, 0)")
    expect(now).to_have_count(0)


def test_the_ways_in_stay_however_far_one_has_read(page: Page, site: Path) -> None:
    page.goto((site / "actors/nvidia.html").as_uri())
    page.evaluate("scrollTo(0, 1500)")
    page.locator(".ways-in").get_by_role("link", name="Checked").click()
    expect(page).to_have_title("Checks - Chips, Huang and the White House")


def test_a_side_column_ends_where_the_page_does(page: Page, site: Path) -> None:
    page.goto((site / "actors/nvidia.html").as_uri())
    for place in (0, 700, 10**6):
        page.evaluate(f"scrollTo(0, {place})")
        page.wait_for_function(
            "() => { const bottom = document.querySelector('.md-sidebar--secondary"
            " .md-sidebar__scrollwrap').getBoundingClientRect().bottom; return bottom > 200 &&"
            " bottom <= Math.min(innerHeight,"
            " document.querySelector('main').getBoundingClientRect().bottom) + 1; }"
        )


def test_the_drawer_opens_and_closes(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site / "index.html").as_uri())
    drawer = page.locator(".md-sidebar--primary")
    link = drawer.get_by_role("link", name="People and policies")
    expect(link).not_to_be_visible()
    page.locator("label.md-header__button[for=__drawer]").click()
    expect(link).to_be_in_viewport()
    link.click()
    expect(page).to_have_title("Actors - Chips, Huang and the White House")


def test_the_system_s_colors_are_taken_and_a_choice_is_kept(page: Page, site: Path) -> None:
    page.goto((site / "about.html").as_uri())
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    expect(page.get_by_title("Switch to light")).to_be_hidden()
    page.goto((site / "rights.html").as_uri())
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_wide_tables_and_code_scroll_by_themselves_and_by_key(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site / "performance.html").as_uri())
    table = page.locator(".md-typeset__scrollwrap").first
    expect(table).to_have_attribute("tabindex", "0")
    assert table.evaluate("node => node.scrollWidth > node.clientWidth")
    page.goto((site / "open-data.html").as_uri())
    code = page.locator("pre > code[tabindex='0']").first
    expect(code).to_be_attached()
    assert code.evaluate("node => node.scrollWidth > node.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_folded_opens_on_paper(page: Page, site: Path) -> None:
    page.goto((site / ESSAY).as_uri())
    folded = "document.querySelectorAll('.md-content details:not([open])').length"
    before = page.evaluate(folded)
    if not before:
        pytest.skip("nothing is folded on this page")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(folded) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded) == before
