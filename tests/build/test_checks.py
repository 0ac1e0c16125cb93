"""The checks as readers and search engines get them: complete, counted right, quoted right."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from dossier.graph.refs import Graph
from dossier.read.quotations import stands_in


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "checks.html").read_text(encoding="utf-8")


def test_every_figure_and_dated_event_of_the_article_is_checked(real: Graph) -> None:
    about = {key for record in real.archive.checks.values() for key in record.model.about}
    assert [f for f in real.archive.figures if f"figure:{f}" not in about] == []
    assert [
        e
        for e, r in real.archive.events.items()
        if r.model.voice == "author" and f"event:{e}" not in about
    ] == []


def test_the_page_in_brief_has_what_is_contradicted(site: Path, real: Graph) -> None:
    page = (site / "brief.html").read_text(encoding="utf-8")
    wrong = page[page.index('id="wrong"') : page.index("<p>Much else")]
    contradicted = {
        number
        for record in real.archive.checks.values()
        if record.model.verdict == "contradicted"
        for _, number in real.listed_paragraphs(record.model)
    }
    assert set(map(int, re.findall(r">p(\d+)</a>", wrong))) == contradicted


def test_every_paragraph_has_a_check(real: Graph) -> None:
    checked = {
        key
        for record in real.archive.checks.values()
        for key in real.listed_paragraphs(record.model)
    }
    assert [n for n in range(1, 52) if ("huang-lobbying-2025", n) not in checked] == []


def test_the_counts_on_the_page_are_those_of_the_data(page: str, real: Graph) -> None:
    counts = Counter(r.model.verdict or "judgment" for r in real.archive.checks.values())
    shown = re.findall(r'<li><span class="verdict [^"]*">([^<]+)</span> <b>(\d+)</b></li>', page)
    assert dict(counts) == {verdict: int(number) for verdict, number in shown}
    assert page.count('class="check" id=') == sum(counts.values())


def test_each_claim_s_words_stand_in_its_paragraph(real: Graph) -> None:
    for record in real.archive.checks.values():
        texts = [
            real.archive.translations[s][n].prose.plain
            for s, n in real.listed_paragraphs(record.model)
        ]
        assert any(stands_in(record.model.quote, text) for text in texts), record.model.id


def test_no_reference_lacks_title_publisher_or_how_well_it_is_known(real: Graph) -> None:
    for record in real.archive.references.values():
        assert record.model.title
        assert record.model.publisher
        assert record.model.basis in ("read", "known")


def test_claim_reviews_stand_in_the_page(page: str, site: Path, real: Graph) -> None:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(script)
    reviews = [node for node in data["@graph"] if node["@type"] == "ClaimReview"]
    assert len(reviews) == sum(bool(r.model.verdict) for r in real.archive.checks.values())
    for review in reviews:
        assert review["claimReviewed"]
        assert review["reviewRating"]["alternateName"] in (
            "bears out",
            "imprecise",
            "contradicted",
            "not verifiable here",
        )
        path, _, fragment = review["itemReviewed"]["appearance"]["url"].partition("#")
        assert f'id="{fragment}"' in (site / path).read_text(encoding="utf-8")


def test_the_note_beside_a_paragraph_is_marked_as_the_editors(site: Path) -> None:
    html = (site / "sources/huang-lobbying-2025.html").read_text(encoding="utf-8")
    notes = re.findall(r'<details class="note note-check".*?</details>', html, re.DOTALL)
    assert notes
    assert all("Editors’ note" in note for note in notes)
