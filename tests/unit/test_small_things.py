"""Dates, excerpts, fingerprints, search terms, addresses: the rules behind what a page shows."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from conftest import ROOT, SMALL, read
from dossier import dates
from dossier.commands.cli import main
from dossier.exports.search import hits
from dossier.graph.excerpts import excerpt, sentences, shorten
from dossier.graph.refs import Graph, build_graph, relative
from dossier.pages import render_pages
from dossier.pages.base import View
from dossier.read.fingerprint import fingerprint, match, reduce
from dossier.read.prose import parse

WITH_EXAMPLES = sorted(
    path.relative_to(ROOT / "hooks").with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "hooks/dossier").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_in_the_documentation_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025", "2025"),
        ("2025-04~", "about April 2025"),
        ("0726~", "about AD 726"),
        ("-0043-03-15", "March 15, 44 BC"),
        ("-0004-02-29", "February 29, 5 BC"),
        ("-0100/-0043", "101 BC to 44 BC"),
        ("2025-04-27?", "April 27, 2025 (uncertain)"),
        ("../2024", "until 2024"),
        ("2025-02-01/2026-02-20", "February 1, 2025 to February 20, 2026"),
    ],
)
def test_dates_read_as_americans_write_them(edtf: str, words: str) -> None:
    assert dates.problem(edtf) is None
    assert dates.human(edtf) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13",
        "2025-02-30",
        "2025-1-1",
        "1/2/3",
        "../..",
        "-43",
        "-0043-02-30",
        "April 2025",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert dates.problem(text)


def test_a_month_sorts_before_its_days() -> None:
    assert sorted(["2025-04-27", "2025-04", "2025", "2024-12-31"], key=dates.sort_key) == [
        "2024-12-31",
        "2025",
        "2025-04",
        "2025-04-27",
    ]


def test_dates_before_christ_sort_and_stand_on_the_timeline(project: Path) -> None:
    events = project / "data/events.yml"
    text = events.read_text(encoding="utf-8")
    old = text.replace("tax-begins", "first-lamp").replace('"2020"', '"-0043-03-15"')
    events.write_text(text + old.replace("The lamp tax begins", "The first lamp"))
    archive, violations = read(project)
    assert violations == []
    page = next(p for p in render_pages(build_graph(archive)) if p.path == "timeline.md").body
    assert page.index("## 44 BC {#y-0043}") < page.index("## 2020 {#y2020}")
    assert "March 15, 44 BC" in page


def test_sentences_do_not_break_at_initials() -> None:
    text = "J. P. Morgan left. “He won,” she said. The U.S. chip held."
    assert [text[a:b] for a, b in sentences(text)] == [
        "J. P. Morgan left.",
        "“He won,” she said.",
        "The U.S. chip held.",
    ]


def test_an_excerpt_marks_the_words_and_shows_what_was_left_out() -> None:
    prose = parse("First. Then [Huang](actor:h) won. Last <x.")
    html = excerpt(prose.plain, [(link.at, link.at + len(link.words)) for link in prose.links])
    assert html == "… Then <mark>Huang</mark> won. …"


def test_shortening_cuts_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two…"


def test_a_traditional_or_scraped_copy_has_the_same_fingerprint() -> None:
    assert reduce("總統(tǒng)特朗普,對華芯片(中國)H200。") == "总统特朗普对华芯片中国h200"
    assert fingerprint("隨著 貿(mào)易戰(zhàn)") == fingerprint("随着贸易战！")


def test_a_copy_is_matched_paragraph_by_paragraph() -> None:
    source = ["海港的灯税。", "雷声大，雨点小。"]
    prints = {f"p{n}": fingerprint(text) for n, text in enumerate(source, 1)}
    result = match("[p1] 海港的燈稅\n\nsomething else\n", prints)
    assert (result.matched, result.missing, result.unknown) == (["p1"], ["p2"], ["something else"])


def test_the_command_says_which_paragraphs_match(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(SMALL), "match", str(SMALL / "originals/lamp-tax.txt")]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "4 of 4 paragraphs match: p1 p2 p3 p4"


def test_links_lead_from_any_page() -> None:
    assert relative("index.html", "actors/nvidia.html") == "actors/nvidia.html"
    assert relative("actors/nvidia.html", "actors/amd.html") == "amd.html"
    assert relative("timeline.html", "timeline.html#x") == "#x"


def test_everything_with_a_name_can_be_found(small: Graph) -> None:
    found = {hit.url for hit in hits(small)}
    assert {
        "actors/lin-na.html",
        "glossary.html#much-thunder",
        "sources/lamp-tax.html#p3",
        "checks.html#failed",
    } <= found
    entries = [
        hit
        for hit in hits(small)
        if hit.kind not in ("paragraph", "part", "stance", "reference", "year", "page")
    ]
    assert len(entries) == sum(1 for _ in small.archive.entries())


def test_what_a_text_cites_is_not_cited_again_beside_it(small: Graph) -> None:
    view = View(small, "index.html")
    assert view.cites(["p1", "p2"], "So it is [@p1-p2].") == ""
    assert "p2" in view.cites(["p1", "p2"], "So it is [@p1].")


def test_back_references(small: Graph) -> None:
    assert [m.number for m in small.mentions["policy:lamp-tax"]] == [2, 3, 4]
    assert "actor:lin-na" in small.referrers["policy:lamp-tax"]
    assert "check:failed" in small.cited_by["lamp-tax", 4]
    assert small.ranges["lamp-tax", 1] == ["p1-p4"]
