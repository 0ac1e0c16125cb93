"""The same pages whatever faces a machine has: DejaVu alone, Liberation alone, the site's own
turned off, text at 200 %.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Browser, Page, Playwright
from test_pictures import DRAWN, OVERLAPS
from test_reader import LINES, SOURCE

from conftest import CHROMIUM

FOLDERS = {
    "DejaVu": "/usr/share/fonts/truetype/dejavu",
    "Liberation": "/usr/share/fonts/truetype/liberation",
}
CHINESE = "/usr/share/fonts/opentype/noto"
PAGES = [
    "index.html",
    SOURCE,
    "actors/nvidia.html",
    "arguments/ban-hurts-self-more.html",
    "checks.html",
    "glossary/lobbying.html",
]

WIDTHS = """() => [...document.querySelectorAll(".para-text")]
  .map((node) => node.getBoundingClientRect().height)"""


def launched(
    playwright: Playwright, folder: Path, faces: list[str], *arguments: str
) -> Iterator[Browser]:
    """A Chromium on a machine that has these folders of faces alone."""
    config = folder / "fonts.conf"
    dirs = "".join(f"<dir>{escape(face)}</dir>" for face in faces)
    config.write_text(
        f"<?xml version='1.0'?><fontconfig>{dirs}"
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", *arguments],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )
    yield browser
    browser.close()


@pytest.fixture(
    scope="module",
    params=[name for name, folder in FOLDERS.items() if Path(folder).is_dir()] or ["none"],
)
def machine(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    assert request.param != "none", "no machine of this kind can be had: install fonts-dejavu-core"
    yield from launched(
        playwright, tmp_path_factory.mktemp("fonts"), [FOLDERS[request.param], CHINESE]
    )


@pytest.fixture
def page(machine: Browser) -> Iterator[Page]:
    context = machine.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_labels_stay_in_their_boxes(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    assert page.evaluate(OVERLAPS) == []


def test_lines_are_of_a_length_to_read(page: Page, site: Path) -> None:
    page.goto((site / SOURCE).as_uri())
    lines = sorted(page.evaluate(LINES))
    assert 60 <= lines[len(lines) // 2] <= 75


def test_the_text_breaks_as_it_does_on_any_machine(
    page: Page, browser: Browser, site: Path
) -> None:
    page.goto((site / SOURCE).as_uri())
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    other.goto((site / SOURCE).as_uri())
    assert page.evaluate(WIDTHS) == other.evaluate(WIDTHS)
    other.close()


@pytest.mark.parametrize("name", PAGES)
def test_where_the_site_s_faces_are_turned_off_nothing_leaves_the_page(
    machine: Browser, site: Path, name: str
) -> None:
    context = machine.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/*.woff2", lambda route: route.abort())
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((site / name).as_uri())
        page.locator("h1").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (
            page.evaluate("getComputedStyle(document.body).opacity") == "1"
        )  # shown, though the faces did not come
    if name == SOURCE:
        lines = sorted(page.evaluate(LINES))
        assert 58 <= lines[len(lines) // 2] <= 78
    context.close()


@pytest.fixture(scope="module")
def enlarged(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A reader whose browser is set to letters twice as large."""
    yield from launched(
        playwright,
        tmp_path_factory.mktemp("large"),
        ["/usr/share/fonts"],
        "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26",
    )


@pytest.mark.parametrize("name", PAGES)
def test_text_at_twice_its_size_stays_on_the_page(enlarged: Browser, site: Path, name: str) -> None:
    page = enlarged.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / name).as_uri())
    assert (
        page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.md-content p')).fontSize)"
        )
        > 24
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()


EVERY_KIND = [
    *PAGES, "actors/index.html", "policies/h20-halt-2025.html", "products/h20.html",
    "timeline.html", "figures.html", "glossary.html",
    "argument-map.html", "ties.html", "stances.html", "bibliography.html", "coverage.html",
    "introduction.html", "search.html", "404.html",
    "concordance.html", "word-for-word.html",
]  # fmt: skip

STACKS = """() => {
        const found = new Set();
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode.parentElement;
        if (walk.currentNode.data.trim() && !node.closest('script, style, noscript, title'))
          found.add(getComputedStyle(node).fontFamily.split(',')[0].replace(/"/g, ''));
    }
    return [...found]; }"""


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_word_is_set_in_the_site_s_own_faces(browser: Browser, site: Path, name: str) -> None:
    page = browser.new_page()
    page.goto((site / name).as_uri())
    page.mouse.move(200, 200)  # the notes' Chinese face comes when somebody begins to read
    assert set(page.evaluate(STACKS)) <= {
        "Source Serif 4",
        "Source Sans 3",
        "Noto Serif SC",
        "ui-monospace",
    }
    page.close()
