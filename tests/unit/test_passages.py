"""Passages: the sentence in which something is said, whose words they are, what several sources
say of one thing, and on which side an argument is.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from conftest import Edit, graph_of
from dossier.graph.comparison import said_of
from dossier.graph.excerpts import excerpt, find, in_context, shorten
from dossier.graph.refs import Graph
from dossier.graph.sides import balance, sides
from dossier.graph.voices import mark
from dossier.graph.wording import headwords_of, misplaced, paragraphs_with, standings
from dossier.model import Check
from dossier.read.load import Archive


@pytest.mark.parametrize(
    ("plain", "words", "found"),
    [
        ("He won, and he lost.", "He won,", ["He won"]),
        ("He won, and he lost.", "he lost.", ["he lost"]),
        ("We won. We won.", "We won", ["We won"]),
        ("Won or not, won … Won", "Won […] Won", ["Won", "Won"]),
        ("He said “won,” she said.", "said ‘won’ she", ["said “won,” she"]),
        ("He  won ‘it,’ he  won ‘it,’ he", "won ‘it’ he … won ‘it’ he",
         ["won ‘it,’ he", "won ‘it,’ he"]),
        (",He won", ",He won", [",He won"]),
        ("He “won,” so “won” so", "‘won’ so", ["“won” so"]),
        ("a .X", ".X", [".X"]),
        ("MAX", "MAX", ["MAX"]),
        ("MA", "MAX", []),
        ("He lost.", "won", []),
    ],
)  # fmt: skip
def test_words_are_found_where_they_first_stand(plain: str, words: str, found: list[str]) -> None:
    spans = find(plain, words)
    assert [plain[start:end] for start, end in spans] == found
    assert [start for start, _ in spans] == sorted({start for start, _ in spans})
    assert not spans or found != ["We won"] or spans == [(0, 6)]


FOUR = "One is. Two is. Three is. Four is."


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([(0, 3)], "<mark>One</mark> is. …"),
        ([(8, 11)], "… <mark>Two</mark> is. …"),
        ([(26, 30)], "… <mark>Four</mark> is."),
        ([(0, 3), (8, 11)], "<mark>One</mark> is. <mark>Two</mark> is. …"),
        ([(0, 3), (16, 21)], "<mark>One</mark> is. … <mark>Three</mark> is. …"),
        ([(8, 11), (12, 14)], "… <mark>Two</mark> <mark>is</mark>. …"),
        ([(8, 11), (11, 14)], "… <mark>Two</mark><mark> is</mark>. …"),
        ([(8, 12), (9, 14)], "… <mark>Two is</mark>. …"),
        ([(8, 15)], "… <mark>Two is.</mark> …"),
        ([(7, 8)], ""),
        ([(4, 8), (12, 14)], "One <mark>is.</mark> Two <mark>is</mark>. …"),
        ([(4, 11)], "One <mark>is.</mark> <mark>Two</mark> is. …"),
    ],
)
def test_an_excerpt_has_the_sentences_of_the_words(spans: list[tuple[int, int]], html: str) -> None:
    assert excerpt(FOUR, spans) == html


def test_words_stand_in_context_cut_at_words() -> None:
    text = "One two three four five six seven"
    assert in_context(text, (14, 18), 10) == "… three <mark>four</mark> five six …"
    assert in_context(text, (14, 18), 9) == "… three <mark>four</mark> five …"
    assert in_context(text, (0, 3), 6) == "<mark>One</mark> two …"
    assert in_context(text, (28, 33), 6) == "… six <mark>seven</mark>"
    assert in_context(text, (4, 7)) == "One <mark>two</mark> three four five six seven"
    assert in_context(text, (4, 7), 4) == "One <mark>two</mark> …"
    assert in_context(f"a {'b' * 46} c {'d' * 46} e", (49, 50)) == (
        f"… {'b' * 46} <mark>c</mark> {'d' * 46} …"
    )


def test_a_text_is_shortened_where_it_is_too_long() -> None:
    assert shorten("one two", 7) == "one two"
    assert shorten("one, two", 7) == "one…"
    assert shorten("one two X, three", 12) == "one two X…"
    assert shorten(",one two", 7) == ",one…"
    assert shorten("one two", 6) == "one…"
    assert shorten("one two three", 7) == "one…"


def test_an_argument_is_on_the_side_of_what_it_supports(small: Graph) -> None:
    makers: dict[str, tuple[str, list[str], list[str]]] = {
        "author": ("author", [], []),
        "critics": ("critics", [], []),
        "for-critics": ("editors", [], ["critics"]),
        "for-author": ("editors", ["nowhere"], ["author"]),
        "against-author": ("editors", ["author"], []),
        "one": ("editors", ["other"], []),
        "other": ("editors", ["one"], ["author"]),
        "neither": ("editors", [], []),
    }
    record = small.archive.arguments["tax-failed"]
    archive = Archive()
    for id_, (maker, attacks, supports) in makers.items():
        model = record.model.model_copy(
            update={
                "id": id_,
                "maker": maker,
                "attacks": [f"argument:{other}" for other in attacks],
                "supports": [f"argument:{other}" for other in supports],
            }
        )
        archive.arguments[id_] = dataclasses.replace(record, model=model)
    graph = Graph(archive)
    assert sides(graph) == {
        "author": "for",
        "critics": "against",
        "for-critics": "against",
        "for-author": "for",
        "against-author": "against",
        "one": "against",
        "other": "for",
    }
    assert [side.word for side in balance(graph)] == ["for", "against"]


def test_what_is_said_of_a_policy_stands_under_the_source_that_says_it(
    project: Path, edit: Edit
) -> None:
    """Bare citations mean the source of whoever cites, whatever is meant by default."""
    song = (project / "data/sources/lamp-tax.yml").read_text(encoding="utf-8")
    (project / "data/sources/a-song.yml").write_text(f"{song}default: true\n", encoding="utf-8")
    (project / "data/sources/b-song.yml").write_text(song, encoding="utf-8")
    words = (project / "docs/sources/lamp-tax.md").read_text(encoding="utf-8")
    for id_ in ("a-song", "b-song"):
        (project / f"docs/sources/{id_}.md").write_text(words, encoding="utf-8")
    edit(
        "data/policies/lamp-tax.yml",
        "status:\n",
        "source: lamp-tax\naccount:\n"
        "  - {voice: editors, text: 'Not said [@p1].'}\n"
        "  - {voice: author, text: 'An account [@p1].'}\n"
        "design:\n  - {voice: author, text: 'A design [@p2].'}\n"
        "status:\n  - {voice: author, state: proposed, date: '2021', text: 'Later [@p1].'}\n",
    )
    edit("data/figures.yml", "unit: USD", "unit: USD\n  source: b-song\n"
         "  policies: [policy:lamp-tax]")  # fmt: skip
    edit("data/actors/lin-na.yml", "type: person", "type: person\nsource: b-song")
    edit(
        "data/actors/lin-na.yml",
        "    quote: The lamp tax makes ships safer at night\n    cites: [p2]",
        "    text: She is for it [@p2].\n  - {voice: author, toward: argument:tax-failed,"
        " stance: opposes, text: 'Not this [@p2].'}",
    )
    edit("data/arguments/tax-makes-safe.yml", "maker: quoted", "source: lamp-tax\nmaker: quoted\n"
         "premises:\n  - {voice: author, text: 'A reason [@p2].'}")  # fmt: skip
    graph = graph_of(project)
    assert [
        (row, source, told(item)) for row, source, item in said_of(graph, "policy:lamp-tax")
    ] == [
        ("passages", "lamp-tax", "An account [@p1]."),
        ("design", "lamp-tax", "A design [@p2]."),
        ("status", "lamp-tax", "It began three years ago [@p1]."),
        ("status", "lamp-tax", "Later [@p1]."),
        ("stances", "b-song", "actor:lin-na: She is for it [@p2]."),
        ("arguments", "lamp-tax", "The tax makes ships safe"),
        ("figures", "b-song", "What the tax brought in"),
    ]
    assert [
        (row, source, told(item)) for row, source, item in said_of(graph, "argument:tax-makes-safe")
    ][:2] == [
        ("words", "lamp-tax", "The lamp tax makes ships safer at night"),
        ("premises", "lamp-tax", "A reason [@p2]."),
    ]
    assert ("stances", "b-song", "policy:lamp-tax: She is for it [@p2].") in [
        (row, source, told(item)) for row, source, item in said_of(graph, "actor:lin-na")
    ]


def told(item: object) -> str:
    """What a row of a comparison has: a text, or the name of an entry."""
    if isinstance(item, tuple):
        return f"{item[0]}: {told(item[1])}"
    return str(getattr(item, "text", None) or getattr(item, "name", ""))


def test_the_word_of_a_term_comes_before_the_others_of_its_headwords(
    project: Path, edit: Edit
) -> None:
    edit("data/renderings.yml", "zh: 灯税", "zh: 灯税\n  term: term:much-thunder")
    edit("data/renderings.yml", "zh: 失败", "zh: 雷声大，雨点小\n  term: term:much-thunder")
    headwords = headwords_of(graph_of(project), "term:much-thunder")
    assert [headword.id for headword in headwords] == ["fail", "lamp-tax"]


def test_a_headword_of_another_source_stands_in_that(project: Path, edit: Edit) -> None:
    for folder, end in (("data/sources", "yml"), ("docs/sources", "md")):
        text = (project / folder / f"lamp-tax.{end}").read_text(encoding="utf-8")
        (project / folder / f"a-song.{end}").write_text(text, encoding="utf-8")
    edit("data/sources/lamp-tax.yml", "paragraphs: 4", "default: true\nparagraphs: 4")
    edit("data/renderings.yml", "zh: 灯税", "zh: 灯税\n  source: a-song")
    graph = graph_of(project)
    assert [paragraphs_with(graph, r.model) for r in graph.archive.renderings.values()] == [
        [("a-song", 1), ("a-song", 2), ("a-song", 3), ("a-song", 4)],
        [("lamp-tax", 4)],
    ]
    assert list(misplaced(graph, "lamp-tax", {"p3": "失败", "p4": "失败"})) == [
        "data/renderings.yml:11:15: 失败: p3 has it and is not named"
    ]
    (project / "docs/sources/a-song.md").unlink()
    graph = graph_of(project)
    assert list(standings(graph, graph.archive.renderings["lamp-tax"].model)) == []


@pytest.mark.parametrize(
    ("html", "quote", "type_", "verdict", "marked"),
    [
        ('It “is” so"', "so", "fact", None, 'It “is” [said-fact:so]"'),
        ("‘Won’ is it", "Won", "quotation", None, "[said-quotation:‘Won’] is it"),
        ("“Won” is it", "Won", "fact", None, "“[said-fact:Won]” is it"),
        ("(Won’ is it", "Won", "quotation", None, "([said-quotation:Won]’ is it"),
        ("“Won is it", "Won", "quotation", None, "“[said-quotation:Won] is it"),
        ("It won.", "won", "fact", "contradicted",
         "It [said-fact doubt-contradicted:won]."),
        ("It won.", "won", "fact", "bears out", "It [said-fact:won]."),
        ("Won<br>so<img src='x'>it.", "so", "fact", None, "Won<br>[said-fact:so]<img src='x'>it."),
        ("It w<br>on.", "won", "fact", None, "It [said-fact:w<br>on]."),
        ("It wo<br>n.", "won", "fact", None, "It [said-fact:wo<br>n]."),
        ("<i>it w<br>on</i> so.", "won so", "fact", None,
         "<i>it [said-fact:w<br>on]</i>[said-fact: so]."),
        ("It <i>w</i>on.", "won", "fact", None, "It [said-fact:<i>w</i>on]."),
        ("<i></i>It won.", "It", "fact", None, "[said-fact:<i></i>It] won."),
    ],
)  # fmt: skip
def test_checked_words_show_their_voice_and_a_doubt(
    html: str, quote: str, type_: str, verdict: str | None, marked: str
) -> None:
    check = Check.model_validate(
        {
            "id": "a",
            "name": "A",
            "voice": "author",
            "cites": ["p1"],
            "type": type_,
            "quote": quote,
            "verdict": verdict,
            "note": "Note.",
            "checked": "2026-01-01",
        }
    )
    shown = re.sub(r'<span class="said ([^"]+)" data-check="a">', r"[\1:", mark(html, [check]))
    assert shown.replace("</span>", "]") == marked
