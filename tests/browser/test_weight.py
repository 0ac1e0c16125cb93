"""What a page weighs: its HTML, its first view over http, and what it makes a reader wait for."""

from __future__ import annotations

import gzip
import re
import statistics
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from material_theme import UNUSED_CLASSES

ENTRIES = ("actors", "policies", "arguments", "products")


def test_an_entry_page_is_light(site: Path) -> None:
    weights = {
        p.relative_to(site).as_posix(): p.stat().st_size
        for kind in ENTRIES
        for p in (site / kind).glob("*.html")
    }
    assert {name: weight for name, weight in weights.items() if weight >= 60_000} == {}
    assert statistics.median(weights.values()) < 30_000


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "404.html",
        "sources/huang-lobbying-2025.html",
        "actors/index.html",
        "actors/jensen-huang.html",
        "actors/nvidia.html",
        "policies/index.html",
        "policies/biden-tech-regulation.html",
        "products/index.html",
        "products/h20.html",
        "arguments/index.html",
        "arguments/a-call-reaches-further.html",
        "glossary.html",
        "glossary/arms-dealer.html",
        "timeline.html",
        "figures.html",
        "bibliography.html",
        "checks.html",
        "coverage.html",
        "concordance.html",
        "word-for-word.html",
        "stances.html",
        "three-regimes.html",
        "argument-map.html",
        "ten-steps.html",
        "ties.html",
        "search.html",
        "what-changed.html",
        "your-own.html",
        "propose.html",
        "style.html",
        "introduction.html",
        "about.html",
    ],
)
def test_the_first_view_is_small(browser: Browser, served: str, name: str) -> None:
    context = browser.new_context(
        service_workers="block"
    )  # it fetches the edition for later, after the page is there
    page = context.new_page()
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(served + name, wait_until="networkidle")
    weights = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in answers if answer.ok}
    context.close()
    assert any(url.endswith(".css") for url in weights)
    assert sum(weights.values()) < 250_000, weights


def test_chinese_further_down_comes_once_the_reader_goes_on(browser: Browser, served: str) -> None:
    page = browser.new_context(service_workers="block").new_page()
    page.goto(served + "glossary.html", wait_until="networkidle")
    with page.expect_request(lambda request: "/chinese-" in request.url):
        page.mouse.wheel(0, 400)
    page.context.close()


def test_no_page_waits_for_more_than_one_style_sheet_and_the_theme_s_script(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count('rel="stylesheet"') <= 1, path
        waited_for = [
            tag for tag in re.findall(r"<script[^>]*\ssrc=[^>]*>", html) if " defer" not in tag
        ]
        assert [
            tag
            for tag in waited_for
            if not re.search(r'src="[^"]*assets/javascripts/theme\.js"', tag)
        ] == [], path
        assert "<script src" not in html.partition("</head>")[0], path


def test_the_style_sheet_holds_the_theme_s_and_ours(site: Path) -> None:
    css = (site / "assets/css/site.css").read_text(encoding="utf-8")
    assert css.index("[data-md-color-scheme=slate]") < css.index(".para-text")
    assert css.count("@charset") == 1
    # Beside it only what comes with a reader’s first note, with printing, or with a form.
    styles = {path.name for path in site.rglob("*.css")}
    assert styles == {"site.css", "notes.css", "print.css", "propose.css"}


def test_no_page_uses_what_the_style_sheet_leaves_out(site: Path) -> None:
    for path in site.rglob("*.html"):
        classes = {
            f".{name}"
            for found in re.findall(r'\bclass="([^"]*)"', path.read_text(encoding="utf-8"))
            for name in found.split()
        }
        assert sorted(name for name in classes if UNUSED_CLASSES.match(name)) == [], path


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("about.html", set()),
        ("actors/zte.html", {"thread.js"}),
        ("checks.html", {"filter.js", "thread.js"}),
        (
            "sources/huang-lobbying-2025.html",
            {"article.js", "history.js", "layers.js", "parallel.js", "thread.js"},
        ),
    ],
)
def test_scripts_stand_only_where_they_are_used(site: Path, name: str, scripts: set[str]) -> None:
    everywhere = {"base.js", "search.js", "previews.js", "cite.js", "notes.js", "offline.js"}
    html = (site / name).read_text(encoding="utf-8")
    assert set(re.findall(r'assets/js/([\w-]+\.js)"', html)) == everywhere | scripts
