"""The pictures in a real browser: legible, within their frames, reachable by keyboard, printed
whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = [
    "argument-map.html",
    "timeline.html",
    "figures.html",
    "ties.html",
    "stances.html",
    "three-regimes.html",
    "coverage.html",
]
DRAWN = [
    "argument-map.html",
    "timeline.html",
    "figures.html",
    "ties.html",
    "arguments/ban-hurts-self-more.html",
]

SMALL_LABELS = """() => [...document.querySelectorAll("svg.chart text, .matrix th, .strip a,"
  + ".regimes td")]
  .filter((node) => node.getClientRects().length && node.textContent.trim())
  .map((node) => [parseFloat(getComputedStyle(node).fontSize) * (node.ownerSVGElement
    ? node.ownerSVGElement.getScreenCTM().a : 1), node.textContent])
  .filter(([size]) => size < 11.99)"""

OVERLAPS = """() => {
  const found = [];
  for (const chart of document.querySelectorAll("svg.chart:not(.key)")) {
    if (!chart.getClientRects().length) continue;
    const frame = chart.getBoundingClientRect();
    const boxes = [...chart.querySelectorAll("text:not(.tick-label)")].map((node) =>
      [node.textContent.trim(), node.getBoundingClientRect()]);
    boxes.forEach(([name, a], i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 2
        || a.top < frame.top - 2) found.push(`outside: ${name}`);
      for (const [other, b] of boxes.slice(i + 1)) {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3
          && b.top < a.bottom - 3) found.push(`${name} on ${other}`);
      }
    });
    for (const node of chart.querySelectorAll(".claim-node, a:has(> .actor-node)")) {
      const box = node.querySelector("rect").getBoundingClientRect();
      const text = node.querySelector("text").getBoundingClientRect();
      if (text.left < box.left || text.right > box.right || text.top < box.top
        || text.bottom > box.bottom + 1) found.push(`leaves its box: ${node.textContent}`);
    }
  }
  return found;
}"""

NAMELESS = """() => [...document.querySelectorAll(".chart a, .matrix td a, .strip a")]
  .filter((link) => !(link.getAttribute("aria-label") || link.textContent.trim())
    || !link.getAttribute("href"))
  .map((link) => link.outerHTML.slice(0, 120))"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_labels_are_legible_and_touch_nothing(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    assert page.evaluate(SMALL_LABELS) == []
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_every_mark_has_a_name_and_nothing_scrolls_sideways(
    page: Page, site: Path, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / name).as_uri())
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(SMALL_LABELS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_text_says_what_the_map_draws(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site / "argument-map.html").as_uri())
    drawn = {link.get_attribute("data-entry") for link in page.locator(".case-map a").all()}
    told = {link.get_attribute("href") for link in page.locator(".case-outline li > a").all()}
    expect(page.locator(".case-map")).to_be_hidden()
    expect(page.locator(".case-outline")).to_be_visible()
    assert {f"arguments/{str(entry).partition(':')[2]}.html" for entry in drawn} <= told
    narrowest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.case-outline li')]"
        ".map((claim) => claim.getBoundingClientRect().width))"
    )
    assert narrowest > 280  # however deep it lies


def test_a_claim_reached_by_keyboard_brings_out_its_arrows(page: Page, site: Path) -> None:
    page.goto((site / "argument-map.html").as_uri())
    claim = page.locator(".case-map a").nth(3)
    claim.focus()
    page.keyboard.press("Tab")
    assert page.locator(".case-map a.lit").count() >= 2
    assert page.locator(".case-map .tie-line.lit").count() >= 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/arguments/**")


def test_a_mark_of_the_timeline_leads_to_its_event(page: Page, site: Path) -> None:
    page.goto((site / "timeline.html").as_uri())
    mark = page.locator(".timeline-chart a").filter(has_text="Huang meets Trump for the first time")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#first-meeting")).to_be_in_viewport()


def test_a_sign_of_the_matrix_leads_to_the_words_behind_it(page: Page, site: Path) -> None:
    page.goto((site / "stances.html").as_uri())
    page.get_by_role("link", name="Jensen Huang opposes H20 halt (April 2025)").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#h20-halt-2025--jensen-huang")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_of_whom_and_of_what_a_sign_of_the_matrix_is_stays_in_view(
    page: Page, site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto((site / "stances.html").as_uri())
    sign = page.locator(".matrix tbody td:last-child a").last
    page.locator(".matrix-frame").evaluate(
        "node => { node.scrollIntoView(); node.scrollTo(9999, 9999);"
        " scrollBy(0, node.scrollTop ? 0 : 400); }"
    )
    expect(sign).to_be_in_viewport()
    column = sign.evaluate("node => node.closest('td').cellIndex")
    for kept in (
        page.locator(".matrix thead tr > *").nth(column),
        sign.locator("xpath=ancestor::tr/th"),
    ):
        expect(kept).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("name", ["argument-map.html", "timeline.html", "ties.html"])
def test_on_paper_nothing_is_cut_off(page: Page, site: Path, name: str) -> None:
    page.set_viewport_size({"width": 1031, "height": 702})  # A4 on its side, without its margins
    page.emulate_media(media="print")
    page.goto((site / name).as_uri())
    assert page.evaluate(OVERLAPS) == []
    wide = page.evaluate(
        "[...document.querySelectorAll('svg.chart')].filter((c) => c.getBoundingClientRect().right"
        " > 1032).length"
    )
    assert wide == 0


def test_a_claim_in_focus_stands_in_the_address(page: Page, site: Path) -> None:
    address = (site / "argument-map.html").as_uri()
    page.goto(f"{address}?focus=2")
    chosen = page.get_by_label("Show")
    expect(chosen).to_have_value("2")
    quiet = page.locator(".case-map a.lit").count()
    assert 0 < quiet < page.locator(".case-map a[data-number]").count()
    chosen.select_option("")
    expect(page.locator(".case-map.lit")).to_have_count(0)
    assert page.url == address


def test_the_map_follows_its_guided_reading(page: Page, site: Path) -> None:
    page.goto((site / "ten-steps.html").as_uri())
    steps = page.locator(".walk li")
    expect(steps).to_have_count(10)
    steps.nth(4).hover()
    spoken = steps.nth(4).locator("a[href*='arguments/']").count()
    expect(page.locator(".case-map a[data-number].lit")).to_have_count(spoken)
    assert page.evaluate(SMALL_LABELS) == []
