"""The graph: who refers to what, in which order, and what a link and a citation lead to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Edit, graph_of, read
from dossier.graph.parts import ListPart
from dossier.graph.refs import (
    Graph,
    Mention,
    Resolver,
    address,
    build_graph,
    comparison_address,
    gloss_address,
    paragraph_address,
    reference_label,
    relative,
)
from dossier.read.prose import Citation, fill, parse

RECORD = """title: {title}
title_by_editors: true
short: {short}
author:
language: {language}
publisher: A harbor paper
unknown: []
rights: Invented for the tests.
{more}
description: It is short [@{id}:p1-p2].
parts:
  - id: first
    title: The first
    first: p1
    last: p1
    subject: The tax
  - id: second
    title: The second
    first: p2
    last: p4
    subject: The rest
paragraphs: 4
"""


def texts() -> dict[str, str]:
    """A song on the same tax, and another translation of the essay."""
    paragraphs = "It began.\n{ #p1 }\n\n## The second {#second}\n\n" + "".join(
        f"{words}\n{{ #p{number} }}\n\n"
        for number, words in ((2, "It was loud."), (3, "It failed."), (4, "It went."))
    )
    song = RECORD.format(
        title="A song", short="Song", language="en", id="song", more="date: '2022-05'\ngenre: poem"
    )
    plainer = RECORD.format(
        title="In plainer words", short="Plainer", language="zh-Hans", id="plainer",
        more="translation_of: lamp-tax\ntranslators: [Mo]\ntranslated: '2026-01-01'",
    )  # fmt: skip
    return {
        "data/sources/song.yml": song,
        "data/sources/plainer.yml": plainer,
        "docs/sources/song.md": paragraphs.replace("It failed", "[Lin](actor:lin-na) failed"),
        "docs/sources/plainer.md": paragraphs.replace("It failed", "The lamp tax failed"),
    }


@pytest.fixture
def several(project: Path, edit: Edit) -> Graph:
    """The small archive with a second source, of which an entry speaks, and a second translation
    of the first."""
    for path, content in texts().items():
        (project / path).write_text(content, encoding="utf-8")
    edit("data/sources/lamp-tax.yml", "paragraphs: 4", "default: true\nparagraphs: 4")
    edit(
        "data/actors/lin-na.yml",
        "account:\n",
        "account:\n  - voice: author\n    text: She sings [@song:p2-p3; @p4; @plainer:p4].\n",
    )
    archive, violations = read(project)
    assert [v for v in violations if "renderings" not in v and "kept for" not in v] == []
    return build_graph(archive)


def test_where_each_thing_stands() -> None:
    assert address("actor", "lin-na") == "actors/lin-na.html"
    assert address("source", "lamp-tax") == "sources/lamp-tax.html"
    assert address("event", "tax-begins") == "timeline.html#tax-begins"
    assert address("reference", "gazette") == "bibliography.html#gazette"
    assert gloss_address("thunder") == "glossary/thunder.html"
    assert comparison_address("actor:lin-na") == "compare/actor-lin-na.html"
    assert paragraph_address("lamp-tax", "p3") == "sources/lamp-tax.html#p3"


@pytest.mark.parametrize(
    ("page", "to", "link"),
    [
        ("actors/lin-na.html", "actors/lin-na.html#said", "#said"),
        ("actors/lin-na.html", "actors/lin-na.html", "lin-na.html"),
        ("actors/lin-na.html", "actors/mo-li.html#said", "mo-li.html#said"),
        ("actors/lin-na.html", "timeline.html#begins", "../timeline.html#begins"),
        ("timeline.html", "actors/lin-na.html", "actors/lin-na.html"),
        ("timeline.html", "timeline.html#begins", "#begins"),
        ("editions/1.0.0/x.html", "sources/x.html#p1", "../../sources/x.html#p1"),
    ],
)
def test_a_link_works_from_its_page(page: str, to: str, link: str) -> None:
    assert relative(page, to) == link


def test_references_are_turned_round(small: Graph) -> None:
    assert {key: [(m.number, [link.words for link in m.links]) for m in found]
            for key, found in small.mentions.items()} == {
        "actor:harbor-office": [(1, ["harbor master"])],
        "actor:lin-na": [(1, ["Lin Na"]), (2, ["Lin Na"])],
        "figure:takings": [(2, ["120,000 yuan"])],
        "policy:lamp-tax": [(2, ["The lamp tax"]), (3, ["lamp tax"]), (4, ["lamp tax"])],
        "product:lamp": [(4, ["“lamps”"])],
        "term:much-thunder": [(3, ["“much thunder, little rain.”"])],
    }  # fmt: skip
    assert small.referrers == {
        "actor:harbor-office": ["actor:lin-na", "policy:lamp-tax", "product:lamp"],
        "actor:lin-na": [
            "argument:tax-makes-safe",
            "event:tax-begins",
            "check:announced-by-lin-na",
        ],
        "argument:tax-makes-safe": ["argument:tax-failed"],
        "policy:lamp-tax": ["actor:lin-na", "argument:tax-makes-safe", "event:tax-begins"],
        "product:lamp": ["policy:lamp-tax"],
    }
    assert [small.cited_by["lamp-tax", number] for number in (1, 2, 3, 4)] == [
        ["actor:harbor-office", "actor:lin-na", "policy:lamp-tax", "event:tax-begins",
         "check:announced-by-lin-na"],
        ["actor:lin-na", "argument:tax-makes-safe", "figure:takings"],
        ["argument:tax-failed", "term:much-thunder"],
        ["policy:lamp-tax", "argument:tax-failed", "product:lamp", "check:failed"],
    ]  # fmt: skip
    assert small.reference_used_by == {
        "harbor-gazette": ["actor:lin-na", "check:announced-by-lin-na"]
    }
    assert small.named_on == {"policy:lamp-tax": [("index.md", "Harbor papers")]}
    assert small.cited_works == {"harbor-gazette"}
    assert small.ranges == {("lamp-tax", 1): ["p1-p4"]}
    assert small.version() == "" and small.pin("lamp-tax", "p1") == ""
    assert small.revision("actor:lin-na") == "" and not small.changed


def test_pages_of_a_kind_follow_one_another_by_name(small: Graph, project: Path) -> None:
    (project / "data/actors/an-actor.yml").write_text(
        "name: mo Li\ntype: person\nsummary: A man [@p1].\n", encoding="utf-8"
    )
    turns = graph_of(project).turns
    assert turns["actor:harbor-office"] == (None, "actor:lin-na")
    assert turns["actor:lin-na"] == ("actor:harbor-office", "actor:an-actor")
    assert turns["actor:an-actor"] == ("actor:lin-na", None)
    assert turns["policy:lamp-tax"] == (None, None)
    assert not any(key.startswith(("source:", "event:")) for key in small.turns)


def test_notes_speakers_and_pages_count_as_uses(project: Path, edit: Edit) -> None:
    text = "docs/sources/lamp-tax.md"
    edit(text, "no currency but 元.", "no currency but 元, says [him](actor:mo-li) [@yearbook].")
    edit(text, "{ #p3 }", '{ #p3 speaker="actor:mo-la" }')
    edit(
        "docs/index.md",
        "In code",
        "See [Lin](actor:lin-na), [Lin](actor:lin-na) [@p2-p3; @almanac].\n\n"
        "[L](actor:lin-na).\n\nIn code",
    )
    edit("data/checks/lamp-tax.yml", "cites: [p4]", "cites: [p4, p2-p4, p2-p4, digest]")
    graph = graph_of(project)
    assert {"actor:mo-li", "actor:mo-la", "actor:lin-na"} <= graph.linked
    assert graph.cited_works == {"harbor-gazette", "yearbook", "almanac", "digest"}
    assert graph.mentions["actor:mo-la"] == [Mention("lamp-tax", 3, ())]
    assert graph.mentions["actor:mo-li"] == [], "a note is not the text"
    assert graph.ranges["lamp-tax", 2] == ["p2-p4", "p2-p3"]
    assert graph.named_on["actor:lin-na"] == [("index.md", "Harbor papers")]
    assert graph.named_on["reference:almanac"] == [("index.md", "Harbor papers")]
    assert graph.reference_used_by["digest"] == ["check:failed"]


def test_what_is_about_itself_refers_to_nothing(project: Path, edit: Edit) -> None:
    edit("data/terms.yml", "note: Said", "note: It, [thunder](term:storm), is said")
    edit("data/terms.yml", "id: much-thunder", "id: storm")
    graph = graph_of(project)
    assert "term:storm" not in graph.linked and not graph.referrers["term:storm"]


def test_what_an_entry_cites_stands_in_the_order_of_the_text(several: Graph) -> None:
    assert [(c.source, c.label) for c in several.citations("actor:lin-na")] == [
        ("lamp-tax", "p1"),
        ("lamp-tax", "p2"),
        ("lamp-tax", "p4"),
        ("plainer", "p4"),
        ("song", "p2–p3"),
        (None, "harbor-gazette"),
    ]
    assert several.citations("actor:lin-na") is several.citations("actor:lin-na")
    assert several.cited_paragraphs("actor:lin-na") == [
        ("lamp-tax", 1), ("lamp-tax", 2), ("lamp-tax", 4), ("plainer", 4), ("song", 2), ("song", 3)
    ]  # fmt: skip
    assert "actor:lin-na" in several.citing("plainer", 1)
    assert several.citing("lamp-tax", 4).count("actor:lin-na") == 1
    assert "check:failed" in several.citing("plainer", 4)
    assert several.citing("song", 3) == ["actor:lin-na"]
    assert several.citing("song", 1) == []


def test_of_a_range_counts_what_the_source_has(small: Graph) -> None:
    def paragraphs(source: str | None, first: int, last: int) -> list[tuple[str, int]]:
        return list(small.paragraphs_of(Citation(source, first, last)))

    assert paragraphs("lamp-tax", 3, 9) == [("lamp-tax", 3), ("lamp-tax", 4)]
    assert paragraphs("lamp-tax", 0, 1) == [("lamp-tax", 1)]
    assert paragraphs("lamp-tax", 2, 2) == [("lamp-tax", 2)]
    assert paragraphs("nowhere", 1, 2) == paragraphs(None, 1, 1) == []


def test_the_stops_of_a_thread(small: Graph) -> None:
    def stops(key: str) -> list[tuple[int, int]]:
        return [(m.number, len(m.links)) for m in small.stops(key)]

    assert stops("actor:lin-na") == [(1, 1), (2, 1)]
    assert stops("policy:lamp-tax") == [(2, 1), (3, 1), (4, 1)], "not p1, which it only cites"
    assert stops("argument:tax-failed") == [(3, 0), (4, 0)]
    assert stops("figure:takings") == [(2, 1)]
    assert stops("term:much-thunder") == [(3, 1)]
    assert stops("check:announced-by-lin-na") == [(1, 0)]
    passages = [(m.source, m.number, len(m.links)) for m in small.passages("policy:lamp-tax")]
    assert passages == [("lamp-tax", number, min(1, number - 1)) for number in (1, 2, 3, 4)]


def test_a_check_is_about_what_it_lists_and_not_what_it_compares(project: Path, edit: Edit) -> None:
    edit("data/checks/lamp-tax.yml", "judgment [@p4]", "judgment [@p4], unlike [@p2]")
    graph = graph_of(project)
    assert [m.number for m in graph.stops("check:failed")] == [4]
    assert "check:failed" in graph.cited_by["lamp-tax", 2]
    assert [c.id for c in graph.checks_on("lamp-tax", 4)] == ["failed"]
    assert graph.checks_on("lamp-tax", 2) == []
    assert graph.listed_paragraphs(graph.record("check:failed").model) == [("lamp-tax", 4)]


def test_several_sources_are_told_apart(several: Graph) -> None:
    assert several.versions == {"lamp-tax": ["lamp-tax", "plainer"], "song": ["song"]}
    assert [source.id for source in several.beside("plainer")] == ["lamp-tax"]
    assert [source.id for source in several.beside("lamp-tax")] == ["plainer"]
    assert several.beside("song") == several.beside("nowhere") == []
    assert sorted(["plainer", None, "lamp-tax", "song"], key=several.in_time) == [
        "song",
        "lamp-tax",
        None,
        "plainer",
    ]
    assert several.called == "text" and several.tongue == "original"
    lin = several.record("actor:lin-na").model
    assert several.source_of(lin, lin.account[0], lin.account[0].text) == "song"
    assert several.source_of(lin, lin.account[2], lin.account[2].text) is None
    assert several.cited_source(lin, ["harbor-gazette", "p3"], "as [@song:p1]") == "lamp-tax"
    assert several.cited_source(lin, [], "a work [@harbor-gazette]", "as [@song:p1]") == "song"
    assert several.default_source(several.archive.sources["song"].model) == "song"
    assert several.default_source(lin) == "lamp-tax"
    assert several.part_of("song", 1).id == "first"
    assert several.part_of("song", 2).id == several.part_of("song", 4).id == "second"


def test_what_stands_on_a_list_is_found_on_the_part_that_has_it(several: Graph) -> None:
    # As long as no list is cut, nobody asks in which part of its source a paragraph stands.
    assert several.coverage_address("song", 9) == "coverage.html#song-p9"
    assert several.address("event", "tax-begins") == "timeline.html#tax-begins"
    several.lists["coverage"] = [ListPart("coverage"), ListPart("coverage", 2)]
    several.places |= {
        "coverage:song/second": "coverage-2.html",
        "event:tax-begins": "timeline-3.html",
        "actor:lin-na": "actors/index-2.html",
    }
    assert several.coverage_address("song", 1) == "coverage.html#song-p1"
    assert several.coverage_address("song", 3) == "coverage-2.html#song-p3"
    assert several.coverage_address("lamp-tax", 3) == "coverage.html#lamp-tax-p3"
    assert several.address("event", "tax-begins") == "timeline-3.html#tax-begins"
    assert several.address("reference", "gazette") == "bibliography.html#gazette"
    assert several.address("actor", "lin-na") == "actors/lin-na.html"  # it has a page of its own


def test_of_what_no_release_has_nothing_is_out_of_step(several: Graph) -> None:
    assert several.is_released("nowhere") and not several.is_released("nowhere", "p1")
    assert several.checks_on("song", 3) == []


def test_an_argument_is_its_quotations_source_s_before_its_claim_s(
    several: Graph, project: Path, edit: Edit
) -> None:
    argument = several.record("argument:tax-failed").model
    assert several.work_of_argument(argument) == "lamp-tax"
    edit("data/arguments/tax-failed.yml", "    cites: [p4]", "    cites: [song:p3]")
    edit("data/arguments/tax-makes-safe.yml", "    cites: [p2]", "    cites: []")
    edit("data/arguments/tax-makes-safe.yml", "[@p2]", "[@plainer:p2]")
    graph = graph_of(project)
    assert graph.work_of_argument(graph.record("argument:tax-failed").model) == "song"
    bare = argument.model_copy(update={"quotations": [], "summary": "", "claim": "It failed."})
    assert graph.work_of_argument(bare) == ""
    cited = bare.model_copy(update={"claim": "It failed [@plainer:p4]."})
    assert graph.work_of_argument(cited) == "lamp-tax", "of which that is a translation"
    assert graph.work_of_argument(bare.model_copy(update={"cites": ["song:p1"]})) == "song"
    assert graph.work_of_argument(bare.model_copy(update={"summary": "So [@song:p1]."})) == "song"


def test_an_entry_of_its_own_source_cites_that(several: Graph, project: Path) -> None:
    (project / "data/checks/song.yml").write_text(
        "- id: sung\n  name: It is sung\n  source: song\n  voice: author\n  type: judgment\n"
        "  quote: It was loud\n  cites: [p2]\n  note: So it says [@p3; @zeal; @almanac].\n"
        '  checked: "2026-01-02"\n',
        encoding="utf-8",
    )
    graph = graph_of(project)
    check = graph.record("check:sung").model
    assert [(c.source, c.label) for c in graph.citations("check:sung")] == [
        ("song", "p2"),
        ("song", "p3"),
        (None, "almanac"),
        (None, "zeal"),
    ]
    assert graph.default_source(check) == "song"
    assert graph.listed_paragraphs(check) == [("song", 2)]
    assert graph.source_of(check, check) == "song"
    assert graph.cited_by["song", 3] == ["actor:lin-na", "check:sung"]
    argument = graph.record("argument:tax-failed").model.model_copy(update={"source": "song"})
    assert graph.work_of_argument(argument) == "song"
    by_claim = argument.model_copy(update={"quotations": [], "claim": "So [@p1]."})
    assert graph.work_of_argument(by_claim) == "song"


def test_a_language_is_called_as_the_edition_has_it(small: Graph, project: Path) -> None:
    (project / "data/edition.yml").write_text(
        "languages:\n  zh-Hans: Harborese\n", encoding="utf-8"
    )
    graph = graph_of(project)
    assert (graph.language("zh-Hans"), graph.language("ja")) == ("Harborese", "Japanese")


def test_one_text_is_called_by_its_genre_and_language(small: Graph) -> None:
    assert small.called == small.archive.sources["lamp-tax"].model.genre
    assert small.tongue == "Chinese"
    assert small.language("zh-Hans") == "Chinese (Simplified)"


def test_who_refers_and_who_makes(project: Path, edit: Edit) -> None:
    (project / "data/products/oil.yml").write_text(
        "name: Oil\ntype: device\nsummary: Not the [office’s](actor:harbor-office) [@p4].\n"
        "maker: actor:lin-na\n",
        encoding="utf-8",
    )
    graph = graph_of(project)
    office = "actor:harbor-office"
    assert [p.id for p in graph.referring("product", office)] == ["lamp", "oil"]
    assert [p.id for p in graph.products_of(office)] == ["lamp"]
    assert [a.id for a in graph.referring("actor", office)] == ["lin-na"]
    assert graph.referring("event", office) == []


def shown(graph: Graph, text: str, **on_page: Any) -> list[tuple[str, str]]:
    """Where the links and citations of a text on an actor's page lead, and what they show."""
    html = fill(parse(text).html, Resolver(graph, "actors/lin-na.html", **on_page))
    return re.findall(r'<a[^>]* href="([^"]*)"[^>]*>(.*?)</a>', html)


def test_a_citation_shows_its_paragraph_and_of_several_sources_which(
    small: Graph, several: Graph
) -> None:
    cited = "[@p2; @lamp-tax:p3; @song:p2-p3]"
    assert shown(small, cited, source="lamp-tax") == [
        ("../sources/lamp-tax.html#p2", "p2"),
        ("../sources/lamp-tax.html#p3", "p3"),
        ("../sources/song.html#p2-p3", "p2–p3"),
    ]
    assert [label for _, label in shown(several, cited, source="lamp-tax")] == [
        "Lamp tax, p2",
        "Lamp tax, p3",
        "Song, p2–p3",
    ]
    labels = [label for _, label in shown(several, cited, source="song", unnamed="song")]
    assert labels == ["p2", "Lamp tax, p3", "p2–p3"]


def test_a_work_is_shown_by_name_or_by_its_number_on_the_page(small: Graph) -> None:
    cited = "[@harbor-gazette] [@harbor-gazette]"
    named = ("../bibliography.html#harbor-gazette", "Harbor Gazette, 2021")
    assert shown(small, cited) == [named, named]
    assert shown(small, cited, works={"another": 1}) == [("#w-harbor-gazette", "2")] * 2


def test_a_name_leads_to_its_entry_and_a_term_to_its_gloss(project: Path, edit: Edit) -> None:
    edit(
        "data/terms.yml",
        "type: idiom\n",
        "type: idiom\n  gloss:\n    why: Short [@p3].\n    changes: Little.\n    others:\n"
        "      - {english: talk, effect: Plain.}\n      - {english: air, effect: Rude.}\n",
    )
    graph = graph_of(project)
    text = "[a](term:much-thunder) [b](term:rain) [c](actor:lin-na) [d](product:much-thunder)"
    assert shown(graph, text) == [
        ("../glossary/much-thunder.html", "a"),
        ("../glossary.html#rain", "b"),
        ("lin-na.html", "c"),
        ("../products/much-thunder.html", "d"),
    ]
    resolve = Resolver(graph, "actors/lin-na.html", note_numbers={"yuan": 3})
    assert resolve("note", "yuan") == "3" and resolve("note", "other") == "*"


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("title", "title", "Harbor Gazette, 2021"),
        ("  date: \"2021\"\n", "", "Harbor Gazette, undated"),
        ("  url", "  short: The Gazette\n  url", "The Gazette"),
        ("Harbor Gazette\n", "Harbor Gazette (Lamp Street)\n", "Harbor Gazette, 2021"),
        ("Harbor Gazette\n", "Harbor Gazette / Ships, Ltd.\n", "Harbor Gazette, 2021"),
        ("Harbor Gazette\n", "Harbor Gazette, Lamp Street\n", "Harbor Gazette, 2021"),
        ("basis: read\n  accessed: \"2026-01-01\"", "basis: known",
         "Harbor Gazette, 2021, not read by the editors"),
    ],
)  # fmt: skip
def test_a_work_is_called_by_publisher_and_date(
    project: Path, edit: Edit, old: str, new: str, label: str
) -> None:
    edit("data/references.yml", old, new)
    assert reference_label(graph_of(project), "harbor-gazette") == label
