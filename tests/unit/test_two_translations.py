"""Another translation of a source: cited for itself, read beside the first, one text with it."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.commands.cli import main
from dossier.commands.open_work import open_work
from dossier.exports.base import Place, whole
from dossier.exports.document import entry
from dossier.exports.search import hits
from dossier.exports.tei import tei_files
from dossier.graph.refs import Graph, build_graph
from dossier.pages import render_pages
from dossier.read.edition import Edition

TEXT = "docs/sources/plainer.md"
RECORD = "data/sources/plainer.yml"
NOWHERE = Edition("", "", "", "")


@pytest.fixture
def two(project: Path) -> Path:
    """The small archive with a second translation, begun by the command and filled in."""
    assert main(["--root", str(project), "new-translation", "plainer", "In plainer words"]) == 0
    text, record = project / TEXT, project / RECORD
    for number in range(1, text.read_text(encoding="utf-8").count("TODO") + 1):
        filled = text.read_text(encoding="utf-8").replace("TODO", f"Plain words {number}.", 1)
        text.write_text(filled, encoding="utf-8")
    known = record.read_text(encoding="utf-8").replace(
        "translated: TODO", 'translated: "2026-01-02"'
    )
    record.write_text(known.replace("TODO", "invented"), encoding="utf-8")
    return project


def graph_of(root: Path) -> Graph:
    archive, violations = read(root)
    assert violations == []
    return build_graph(archive)


def test_the_source_is_one_and_bare_citations_go_on_meaning_its_first_translation(
    two: Path,
) -> None:
    graph = graph_of(two)
    assert graph.archive.works() == ["lamp-tax"]
    assert graph.archive.default_source() == "lamp-tax"
    first, second = (graph.archive.sources[id_].model for id_ in ("lamp-tax", "plainer"))
    assert second.fingerprints == first.fingerprints
    pages = {page.path: page.body for page in render_pages(graph)}
    assert "What the text says" in pages["actors/lin-na.md"]
    assert "Lamp tax, p" not in pages["actors/lin-na.md"]


def test_either_page_leads_to_the_other_and_has_it_beside_each_paragraph(two: Path) -> None:
    pages = {page.path: page.body for page in render_pages(graph_of(two))}
    here, there = pages["sources/lamp-tax.md"], pages["sources/plainer.md"]
    assert '<a href="plainer.html">In plainer words</a>' in here
    assert '<a href="lamp-tax.html">Lamp tax</a>' in there
    assert re.search(r'<div class="version"[^>]*><a [^>]*href="plainer.html#p2">', here)
    assert "Plain words 2." in here
    assert "The lamp tax of the harbor began" in there
    ids = re.findall(r'\bid="([^"]+)"', there)
    assert len(ids) == len(set(ids))
    assert "Side by side" in here and "Side by side" in there


def test_a_citation_says_which_translation_it_quotes(two: Path, edit: Edit) -> None:
    edit(
        "data/actors/lin-na.yml",
        "account:\n",
        "account:\n  - voice: author\n    text: So it is put"
        " [@plainer:p2].\n    quote: Plain words 2.\n",
    )
    pages = {page.path: page.body for page in render_pages(graph_of(two))}
    assert "In plainer words, p2</a>" in pages["actors/lin-na.md"]
    edit("data/actors/lin-na.yml", "[@plainer:p2]", "[@p2]")
    [violation] = read(two)[1]
    assert "it stands in plainer:p2, cite that" in violation


def test_a_paragraph_that_is_cited_in_one_translation_is_covered(two: Path) -> None:
    graph = graph_of(two)
    assert not graph.cited_by.get(("plainer", 2))
    assert graph.citing("plainer", 2) == graph.cited_by["lamp-tax", 2]
    assert "Paragraphs that nothing cites" not in open_work(graph, datetime.date(2026, 1, 1))
    pages = {page.path: page.body for page in render_pages(graph)}
    assert 'id="lamp-tax-p2"' in pages["coverage.md"]
    assert "plainer" not in pages["coverage.md"]


def test_search_and_exports_keep_the_translations_apart(two: Path) -> None:
    graph = graph_of(two)
    titles = [hit.title for hit in hits(graph) if hit.kind == "paragraph"]
    assert "Paragraph 1" in titles and "In plainer words, paragraph 1" in titles
    files = whole(tei_files(graph, NOWHERE))
    assert 'corresp="plainer.tei.xml#p2"' in files["data/lamp-tax.tei.xml"]
    assert 'corresp="lamp-tax.tei.xml#p2"' in files["data/plainer.tei.xml"]
    made = entry(graph, graph.archive.sources["plainer"].model, Place("data/edition.json", NOWHERE))
    assert made["translation_of"] == "lamp-tax"
    assert json.dumps(made["translation"]).count("Plain words") >= 8


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('of: "lamp-tax"', "of: lamp-tex", 'is no other source (did you mean "lamp-tax"?)'),
        ('of: "lamp-tax"', "of: plainer", "which is no other source"),
        ('language: "zh-Hans"', "language: ja", 'has another "language" than data/sources/lamp'),
        ("translators: [invented]", "# none", "names no translators"),
        ("paragraphs: ", "original: {p1: 灯税}\nparagraphs: ", "gives original again"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_source_is_told(
    two: Path, edit: Edit, old: str, new: str, wanted: str
) -> None:
    edit(RECORD, old, new)
    violations = read(two)[1]
    assert any(v.startswith(RECORD) and wanted in v for v in violations), violations
