"""A second source whose entries overlap with the first's: kept apart, and shown to disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.commands.cli import main
from dossier.graph.refs import build_graph
from dossier.pages import render_pages
from dossier.write.site import Workshop
from judged import Engine, keys

ORIGINAL = "林娜说灯税该取消。\n港务长后来也没有解释。\n"


@pytest.fixture
def two(project: Path, edit: Edit) -> Path:
    """The small archive with a second source, filled in as the page on adding one says."""
    text = project.parent / "second.txt"
    text.write_text(ORIGINAL, encoding="utf-8")
    assert (
        main(["--root", str(project), "new-source", str(text), "second-essay", "A second essay"])
        == 0
    )
    skeleton = project / "docs/sources/second-essay.md"
    assert "[Lin Na](actor:lin-na)" in skeleton.read_text(encoding="utf-8")
    assert "林娜" not in skeleton.read_text(encoding="utf-8")
    record = project / "data/sources/second-essay.yml"
    filled = record.read_text(encoding="utf-8")
    for field, value in {
        "date": '"2024"',
        "translated": '"2026-01-01"',
        "description": "An invented second essay [@second-essay:p1-p2].",
    }.items():
        start = filled.index(f"\n{field}: TODO")
        filled = filled[:start] + f"\n{field}: {value}" + filled[filled.index("\n", start + 1) :]
    record.write_text(filled.replace("TODO", "invented"), encoding="utf-8")
    skeleton.write_text(
        "[Lin Na](actor:lin-na) says that the [lamp tax](policy:lamp-tax) should go.\n{ #p1"
        " }\n\nThe harbor master did not explain later either.\n{ #p2 }\n",
        encoding="utf-8",
    )
    lin = project / "data/actors/lin-na.yml"
    lin.write_text(
        lin.read_text(encoding="utf-8")
        .replace(
            "account:\n",
            "account:\n  - voice: author\n    text: In the second essay she wants it gone"
            " [@second-essay:p1].\n",
        )
        .replace(
            "stances:\n",
            "stances:\n  - voice: author\n    toward: policy:lamp-tax\n    stance: opposes\n   "
            " text: She says that it should go [@second-essay:p1].\n",
        ),
        encoding="utf-8",
    )
    return project


def test_two_sources_check_clean(two: Path) -> None:
    assert read(two)[1] == []


def test_a_skeleton_is_named_until_it_is_translated(project: Path) -> None:
    text = project.parent / "second.txt"
    text.write_text(ORIGINAL, encoding="utf-8")
    main(["--root", str(project), "new-source", str(text), "second-essay", "A second essay"])
    _, violations = read(project)
    assert any("second-essay.yml" in v and "TODO" in v for v in violations)


def test_review_of_one_of_several_sources_names_it(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(two), "check"]) == 0
    assert "then run dossier review --source second-essay p1" in capsys.readouterr().out
    assert main(["--root", str(two), "review", "p1"]) == 2
    assert main(["--root", str(two), "review", "--source", "second-essay", "p1"]) == 0
    main(["--root", str(two), "check"])
    assert "second-essay p1" not in capsys.readouterr().out


def test_without_a_default_a_bare_citation_is_refused(two: Path) -> None:
    record = two / "data/sources/lamp-tax.yml"
    record.write_text(
        record.read_text(encoding="utf-8").replace("default: true\n", ""), encoding="utf-8"
    )
    _, violations = read(two)
    wanted = (
        'data/actors/harbor-office.yml:3:48: cites "p1" without saying of which source; write'
        " source-id:p1 (known: lamp-tax, second-essay)"
    )
    assert wanted in violations


def test_two_defaults_are_refused(two: Path) -> None:
    record = two / "data/sources/second-essay.yml"
    record.write_text(record.read_text(encoding="utf-8") + "default: true\n", encoding="utf-8")
    _, violations = read(two)
    assert any("is marked as the default source, as lamp-tax is; keep one" in v for v in violations)


def test_an_actor_s_page_keeps_the_sources_apart_and_shows_where_they_disagree(two: Path) -> None:
    archive, _ = read(two)
    pages = {page.path: page.markdown for page in render_pages(build_graph(archive))}
    page = pages["actors/lin-na.md"]
    assert "## What “Lamp tax” says" in page
    assert "## What “A second essay” says" in page
    assert "## Where the sources disagree" in page
    assert "supports it" in page
    assert "opposes it" in page
    assert "A second essay, p1" in page  # citations name their source
    assert {"sources/lamp-tax.md", "sources/second-essay.md"} <= pages.keys()


def test_the_checks_and_the_coverage_speak_of_both(two: Path) -> None:
    archive, _ = read(two)
    graph = build_graph(archive)
    assert [(m.source, m.number) for m in graph.mentions["actor:lin-na"]] == [
        ("lamp-tax", 1),
        ("lamp-tax", 2),
        ("second-essay", 1),
    ]


def test_a_source_in_english_is_taken_as_it_is_and_names_are_whole_words(project: Path) -> None:
    text = project.parent / "second.txt"
    text.write_text("The lamp burns [low].\nLin Na’s lamps.\n", encoding="utf-8")
    call = ["--root", str(project), "new-source", str(text), "letter", "A letter"]
    assert main([*call, "--language", "english"]) == 2
    assert main([*call, "--language", "en"]) == 0
    written = (project / "docs/sources/letter.md").read_text(encoding="utf-8")
    assert written.startswith("The lamp burns \\[low\\].\n{ #p1 }")
    record = (project / "data/sources/letter.yml").read_text(encoding="utf-8")
    assert "language: en" in record
    assert "translators" not in record
    main(
        ["--root", str(project), "new-source", str(text), "lettre", "A letter", "--language", "fr"]
    )
    suggested = (project / "docs/sources/lettre.md").read_text(encoding="utf-8")
    assert "[Lamp](product:lamp)" in suggested.split("{ #p1 }", maxsplit=1)[0]
    assert "product:lamp" not in suggested.split("{ #p1 }")[1]


def test_answers_are_kept_to_one_source(two: Path) -> None:
    site = Workshop(two).site()
    named = keys(site)
    engine = Engine(site.assets)
    asked = {
        question: {named[id_] for id_ in engine.ask(question)["ids"]}
        for question in ("harbor", "source:second-essay harbor", "source:second-essay")
    }
    nonesuch = engine.ask("source:nonesuch harbor")
    engine.close()
    assert {"paragraph:second-essay:2", "paragraph:lamp-tax:1"} <= asked["harbor"]
    assert "paragraph:second-essay:2" in asked["source:second-essay harbor"]
    assert "paragraph:lamp-tax:1" not in asked["source:second-essay harbor"]
    assert {"actor:lin-na", "paragraph:second-essay:1"} <= asked["source:second-essay"]
    assert nonesuch["total"] == 0
    assert nonesuch["notes"]["unknown"] == ["source:nonesuch"]
