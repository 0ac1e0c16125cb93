"""The content security policy in a real browser: what is foreign does not run, what is the site's
own does.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from conftest import serve

# Over http, tests/browser/test_requests.py looks for errors on pages of all kinds.
KINDS = [
    "index.html", "sources/huang-lobbying-2025.html", "actors/index.html", "actors/nvidia.html",
    "policies/chip-controls-2022.html",
    "timeline.html", "glossary.html", "checks.html", "coverage.html", "about.html",
    "architecture.html",
]  # fmt: skip

FOREIGN = """
<p id="injected" style="position: fixed">injected</p>
<script>document.documentElement.dataset.ran += " inline";</script>
<img src="nowhere.png" onerror="document.documentElement.dataset.ran += ' handler'" alt="">
<a id="address" href="javascript:document.documentElement.dataset.ran += ' address'">address</a>
<script src="OUTSIDE"></script>
<iframe src="about.html"></iframe>
"""


@pytest.fixture(params=["http", "file"])
def address(
    request: pytest.FixtureRequest, site: Path, tmp_path: Path
) -> Iterator[tuple[str, Path]]:
    """A copy of the site to be tampered with, over http or from disk."""
    copy = tmp_path / "copy"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.map", "download"))
    if request.param == "file":
        yield f"{copy.as_uri()}/", copy
    else:
        with serve(copy) as http:
            yield http, copy


def test_what_is_injected_does_not_run(
    browser: Browser, address: tuple[str, Path], tmp_path: Path
) -> None:
    base, copy = address
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "evil.js").write_text(
        "document.documentElement.dataset.ran += ' outside';", encoding="utf-8"
    )
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    html = (copy / "actors/zte.html").read_text(encoding="utf-8")
    with serve(outside) as elsewhere:
        html = html.replace(
            "</article>", FOREIGN.replace("OUTSIDE", f"{elsewhere}evil.js") + "</article>"
        )
        (copy / "actors/guarded.html").write_text(html, encoding="utf-8")
        (copy / "actors/open.html").write_text(
            html.replace("Content-Security-Policy", "x-nothing"), encoding="utf-8"
        )
        page.goto(f"{base}actors/guarded.html", wait_until="load")
        page.locator("#address").click()
        expect(page.locator("#injected")).to_have_css("position", "static")
        assert page.evaluate("document.documentElement.dataset.ran") is None
        assert (
            sum("violates the following Content Security Policy directive" in text for text in said)
            >= 5
        )
        page.goto(f"{base}actors/open.html", wait_until="load")  # without the CSP all of it runs
        ran = page.evaluate("document.documentElement.dataset.ran")
        assert {"inline", "handler", "outside"} <= set(ran.split())
        expect(page.locator("#injected")).to_have_css("position", "fixed")
    page.close()


def test_no_page_breaks_its_own_csp(browser: Browser, site: Path, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console",
        lambda message: (
            said.append(f"{page.url}: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    for address in (
        *(f"{site.as_uri()}/{name}" for name in KINDS),
        served,
        f"{served}actors/nvidia.html",
    ):
        page.goto(address, wait_until="load")
        # The theme's own inline scripts have run.
        assert page.evaluate("typeof __md_get === 'function' && typeof palette !== 'undefined'"), (
            address
        )
    context.close()
    assert said == []


def test_the_features_of_the_site_work_under_the_csp(
    browser: Browser, address: tuple[str, Path]
) -> None:
    base, _ = address
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{base}actors/zte.html")
    page.get_by_role("combobox").fill("老黄")
    expect(page.get_by_role("option").filter(has_text="Jensen Huang").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".lead a.cite").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_title("Switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    if base.startswith("http"):
        assert page.evaluate(
            "navigator.serviceWorker.ready.then((r) => Boolean(r.active || r.waiting || "
            "r.installing))"
        )
    context.close()
