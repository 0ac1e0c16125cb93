"""No page asks the network for anything, and none moves sideways on a narrow screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

KINDS = [
    "index.html", "sources/huang-lobbying-2025.html#p12", "actors/index.html", "actors/nvidia.html",
    "policies/index.html",
    "policies/chip-controls-2022.html", "arguments/index.html",
    "arguments/chip-weapon-had-no-effect.html", "products/index.html",
    "products/h20.html", "timeline.html", "figures.html", "glossary.html", "checks.html",
    "bibliography.html", "coverage.html",
    "about.html", "how-to-read.html", "rights.html", "contribute.html", "architecture.html",
]  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_no_request_leaves_the_site(browser: Browser, served: str, name: str) -> None:
    page = browser.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.goto(served + name, wait_until="networkidle")
    page.get_by_role("combobox").click()
    page.wait_for_load_state("networkidle")
    page.close()
    assert [url for url in requests if not url.startswith((served, "data:"))] == []
    assert errors == []


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways(browser: Browser, site: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site.as_uri()}/{name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
