"""Verse, lists, tables, quotations, turns, clauses, pictures: each a paragraph with its id."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from pathlib import Path

import pytest

from conftest import read
from dossier.errors import Report
from dossier.exports.base import whole
from dossier.exports.tei import tei_files
from dossier.graph.refs import build_graph
from dossier.pages import render_pages
from dossier.read.edition import Edition
from dossier.read.forms import form_of
from dossier.read.translation import read_translation

TEI = "{http://www.tei-c.org/ns/1.0}"
FIRST = "The lamp tax of the harbor began three years ago, announced by"
LAST = "In my view the [lamp tax](policy:lamp-tax) has failed"


def with_first(project: Path, text: str, more: str = "") -> tuple[str, etree.Element, list[str]]:
    """The page and the TEI with another first paragraph in front of its words, and violations."""
    file = project / "docs/sources/lamp-tax.md"
    old = file.read_text(encoding="utf-8")
    first, _, rest = old.partition("\n{ #p1 }")
    links = first.removeprefix(FIRST).removesuffix(".")
    file.write_text(f"{text.replace('…', FIRST + links)}\n{{ #p1{more} }}{rest}", encoding="utf-8")
    archive, violations = read(project)
    if violations:
        return "", etree.Element("none"), violations
    graph = build_graph(archive)
    page = next(p for p in render_pages(graph) if p.path == "sources/lamp-tax.md").body
    tei = whole(tei_files(graph, Edition("", "", "", "")))["data/lamp-tax.tei.xml"]
    return page, etree.fromstring(tei), violations


def test_verse_keeps_its_lines_and_counts_them(project: Path) -> None:
    page, tei, _ = with_first(project, "| Burn, *lamp*,\n| …\n| three\n| four\n| five")
    assert '<span class="verse-line" id="l1">Burn, <em>lamp</em>,</span><br>' in page
    assert '<span class="verse-line" id="l5" data-line="5">five</span></p>' in page
    group = tei.find(f".//{TEI}lg")
    assert group is not None
    assert ["".join(line.itertext()) for line in group][2:] == ["three", "four", "five"]


def test_lists_tables_and_quotations_are_what_they_are(project: Path) -> None:
    page, tei, _ = with_first(project, "- oil\n  and wicks\n- …")
    assert '<div class="para-text text-list"' in page
    assert "<li>oil and wicks</li>" in page
    assert tei.find(f".//{TEI}list/{TEI}item") is not None


def test_a_table_has_its_head(project: Path) -> None:
    page, tei, _ = with_first(project, "| Lamp | Cost |\n| --- | --- |\n| … | 12 |")
    assert "<tr><th>Lamp</th> <th>Cost</th></tr>" in page
    assert "<td>12</td>" in page
    assert len(tei.findall(f".//{TEI}row")) == 2


def test_a_quotation_set_off_is_a_blockquote(project: Path) -> None:
    page, _, _ = with_first(project, "> …\n> and so on.")
    assert '<blockquote class="para-text text-quote"' in page
    assert "&gt;" not in page.split("</blockquote>", maxsplit=1)[0][-300:]


def test_a_picture_has_its_caption(project: Path) -> None:
    (project / "docs/images").mkdir()
    (project / "docs/images/map.png").write_bytes(b"")
    page, _, _ = with_first(project, "![…](images/map.png)")
    assert '<img src="../images/map.png" alt="The lamp tax of the harbor' in page
    assert "<figcaption>The lamp tax of the harbor" in page


def test_a_turn_has_its_speaker_and_a_clause_its_label(project: Path) -> None:
    page, tei, _ = with_first(project, "…", ' speaker="actor:lin-na" label="2(a)" level=2')
    assert '<b class="speaker"><a class="entry" href="../actors/lin-na.html">Lin Na</a></b>' in page
    assert '<p class="para-text level-2"' in page
    assert '<span class="clause-label">2(a)</span>' in page
    turn = tei.find(f".//{TEI}sp")
    assert turn is not None
    assert turn.findtext(f"{TEI}speaker") == "Lin Na"
    assert turn[1].get("n") == "2(a)"


def test_smaller_headings_and_the_authors_own_notes(project: Path) -> None:
    file = project / "docs/sources/lamp-tax.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(LAST, f"### What remains {{#remains}}\n\n{LAST}[^author-1]")
        + "\n[^author-1]: Says the author.\n",
        encoding="utf-8",
    )
    archive, violations = read(project)
    assert violations == []
    pages = {page.path: page.body for page in render_pages(build_graph(archive))}
    page = pages["sources/lamp-tax.md"]
    assert "### What remains {#remains}" in page
    assert 'Says the author. <span class="by">The author</span>' in page


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("…", ' speakr="x"', 'says "speakr" of the paragraph (did you mean "speaker"?)'),
        ("…", ' speaker="actor:nobody"', 'links to unknown actor "nobody"'),
        ("![…](images/no.png)", "", 'shows "images/no.png", which is not there; put the picture'),
        ("…", " level=9", 'has the level "9"; write a number from 1 to 6'),
        ("| *one\n| two* …", "", "has markup that runs over the end of a line"),
    ],
)
def test_a_slip_is_named_with_its_place(project: Path, text: str, more: str, said: str) -> None:
    _, _, violations = with_first(project, text, more)
    assert any(said in violation for violation in violations), violations
    assert all(violation.startswith("docs/sources/lamp-tax.md:") for violation in violations)


def test_the_original_stands_beside_the_translation_where_it_may(project: Path) -> None:
    original = (project / "originals/lamp-tax.txt").read_text(encoding="utf-8").splitlines()
    record = project / "data/sources/lamp-tax.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(f'{text}original:\n  p1: "{original[0]}"\n', encoding="utf-8")
    archive, violations = read(project)
    assert violations == []
    pages = {page.path: page.body for page in render_pages(build_graph(archive))}
    page = pages["sources/lamp-tax.md"]
    assert f'<p class="original" lang="zh-Hans" data-layer="original">{original[0]}' in page
    assert "not published here" not in page
    assert ">Original</button>" in page
    record.write_text(f'{text}original:\n  p2: "{original[0]}"\n', encoding="utf-8")
    [said] = read(project)[1]
    assert "is not the paragraph whose fingerprint p2 has" in said


def test_the_form_shows_by_how_lines_begin() -> None:
    for text, name in (
        ("- 5 degrees it was.", "prose"),
        ("1. one\n2. two", "numbers"),
        ("In 1863.\n- no list", "prose"),
        ("| a | b", "verse"),
        ("", "prose"),
    ):
        assert form_of(text).name == name, text


def test_lines_are_counted_through_the_source() -> None:
    report = Report()
    text = "| a\n| b\n{ #p1 }\n\nProse.\n{ #p2 }\n\n| c\n{ #p3 }\n"
    found = read_translation(text, "x.md", report)
    assert report.violations == []
    assert [p.first_line for p in found.paragraphs] == [1, 3, 3]
    assert found[3].prose.html == '<span class="verse-line" id="l3">c</span>'
