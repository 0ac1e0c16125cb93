"""WCAG 2.2 AA by axe, on a page of each kind, light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from conftest import axe

KINDS = [
    "index.html", "sources/huang-lobbying-2025.html", "actors/index.html",
    "actors/jensen-huang.html", "policies/index.html",
    "policies/h20-halt-2025.html", "arguments/index.html", "arguments/ban-hurts-self-more.html",
    "products/h20.html", "timeline.html",
    "figures.html", "glossary.html", "checks.html", "bibliography.html", "coverage.html",
    "contribute.html", "argument-map.html",
    "ties.html", "stances.html", "three-regimes.html", "open-data.html", "performance.html",
]  # fmt: skip


# Of more than a dozen neighbors of one kind the others look like the first twelve.
THIN = """() => { const seen = new Map();
  for (const node of document.querySelectorAll("article :is(li, tr, section, p)")) {
    const key = node.tagName + node.className, at = seen.get(node.parentNode) ?? new Map();
    seen.set(node.parentNode, at.set(key, (at.get(key) ?? 0) + 1));
    if (at.get(key) > 12) node.remove();
  } }"""
OF_COLORS = ("color-contrast", "link-in-text-block")
OF_ROOM = ("target-size", "scrollable-region-focusable", "meta-viewport", "color-contrast")


@pytest.mark.parametrize(
    ("scheme", "width", "rules"),
    [
        ("light", 1280, None),
        # What else axe looks at does not depend on colors and width.
        ("dark", 1280, OF_COLORS),
        ("light", 390, OF_ROOM),
    ],
)
def test_axe_finds_nothing(
    browser: Browser,
    site: Path,
    scheme: Literal["light", "dark"],
    width: int,
    rules: tuple[str, ...] | None,
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = []
    for name in KINDS:
        page.goto(f"{site.as_uri()}/{name}")
        if rules:
            page.evaluate(THIN)
        found += [f"{name}: {violation}" for violation in axe(page, rules=rules)]
    context.close()
    assert found == []


def test_axe_finds_nothing_in_what_opens(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.as_uri()}/sources/huang-lobbying-2025.html#p7")
    page.get_by_role("combobox").fill("Huang")
    page.get_by_role("option").first.wait_for()
    # Checked by itself, since what the open panel covers cannot be aimed at.
    assert axe(page, ".finder") == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Cite paragraph 7").click()
    assert axe(page, ".cite-dialog") == []
    context.close()
