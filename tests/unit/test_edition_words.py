"""What belongs to this edition's text is in its data, and nowhere in the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, read
from dossier.graph.refs import build_graph
from dossier.pages import render_pages
from edition_words import OWN

SHARED = ("contribute.md", "open-data.md", "second-source.md", "architecture.md", "your-own.md")
"""Pages that every edition has, in the same words."""


def _engine() -> list[Path]:
    found = [
        path
        for folder in ("hooks", "docs/assets/js", "docs/assets/css")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".svg", ".js", ".css", ".yml", ".md", ".txt"}
    ]
    return found + [path for name in SHARED if (path := ROOT / "docs" / name).exists()]


def test_the_engine_and_the_pages_of_every_edition_name_nothing_of_the_essay() -> None:
    files = _engine()
    assert len(files) > 100
    named = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for match in OWN.finditer(line)
    ]
    assert named == []


def test_the_templates_call_no_text_an_essay() -> None:
    templates = ROOT / "hooks/dossier/pages/templates"
    for path in [*templates.rglob("*"), *(ROOT / "hooks/theme").rglob("*.html")]:
        if path.is_file():
            assert "essay" not in path.read_text(encoding="utf-8").lower(), path


@pytest.fixture
def named(project: Path) -> Callable[[str], list[str]]:
    """Writes ``data/edition.yml`` and gives the violations."""

    def write(text: str) -> list[str]:
        (project / "data/edition.yml").write_text(text, encoding="utf-8")
        return read(project)[1]

    return write


def test_a_word_of_the_edition_is_checked_where_it_is_used(
    named: Callable[[str], list[str]],
) -> None:
    assert named("lanes: [laws, lamps]\n") == [
        'data/events.yml:5:9: has "law" for "lane" (did you mean "laws"?); use one of laws, lamps,'
        " or add it to lanes in data/edition.yml"
    ]


def test_a_slip_in_the_editions_words_has_its_place(named: Callable[[str], list[str]]) -> None:
    assert named("lane: [law]\n") == [
        'data/edition.yml:1:1: has the unknown field "lane" (did you mean "lanes"?); remove or'
        " rename it"
    ]
    assert named("- law\n")[0].startswith("data/edition.yml:1:1: ")
    assert named("instruments: {tariff: Law}\n")[0].startswith("data/edition.yml:1:23: ")


def test_a_second_clock_needs_its_places(project: Path) -> None:
    events = project / "data/events.yml"
    text = events.read_text(encoding="utf-8")
    events.write_text(text.replace('date: "2020"\n', 'date: "2020"\n  local: "2019"\n'))
    [said] = read(project)[1]
    assert said.startswith("data/events.yml:5:10: gives a date by another clock; name both places")
    (project / "data/edition.yml").write_text("clocks: {source: Qingdao, local: Lima}\n")
    archive, violations = read(project)
    assert violations == []
    pages = {page.path: page.body for page in render_pages(build_graph(archive))}
    assert "2019 in Lima" in pages["timeline.md"]
    assert "where that is Qingdao’s and Lima’s differs" in pages["timeline.md"]


def test_pages_begin_with_the_editions_words_and_languages_have_its_names(
    project: Path,
) -> None:
    (project / "data/edition.yml").write_text(
        "reader: islander\nlanguages: {zh-Hans: Harbor Chinese}\n"
        "pages: {products: {lead: Lamps and nothing else., description: All lamps.}}\n"
    )
    record = project / "data/sources/lamp-tax.yml"
    with record.open("a", encoding="utf-8") as file:
        file.write('readings: [{paragraph: p2, text: "Plain to any islander [@p2]."}]\n')
    archive, violations = read(project)
    assert violations == []
    pages = {page.path: page for page in render_pages(build_graph(archive))}
    assert "Lamps and nothing else." in pages["products/index.md"].body
    assert pages["products/index.md"].front["description"] == "All lamps."
    text = pages["sources/lamp-tax.md"].body
    assert "<dd>Harbor Chinese</dd>" in text
    assert "Translated from the Chinese · 2023 · title by the editors" in text
    assert ">Islander</button>" in text
    assert "How an islander takes it" in text
