"""No near-markup becomes prose: it is reported, with what to write."""

from __future__ import annotations

import pytest

from dossier.read.nearly import nearly
from dossier.read.page_text import parse_page
from dossier.read.prose import parse

NEARLY = {
    "[AMD] (actor:amd)": "write [words](actor:amd)",
    "［AMD］（actor:amd）": "write [words](actor:amd)",
    "【AMD】(actor:amd)": "write [words](actor:amd)",
    "[AMD]（actor:amd）": "write [words](actor:amd)",
    "[AMD](actor:amd": "write [words](actor:amd)",
    "(AMD)[actor:amd]": "write [words](actor:amd)",
    "[AMD] (actor: amd)": "write [words](actor:amd)",
    "[AMD][actor:amd]": "write [words](actor:amd)",
    "actor:amd": "write [words](actor:amd)",
    "actor：amd": "write [words](actor:amd)",
    "[[AMD]]": "write [words](actor:id)",
    "[x][nowhere]": "write [words](address)",
    "[x][]": "write [words](address)",
    "[x] (https://example.org/a)": "write [words](https://example.org/a)",
    "[x] (about.md)": "write [words](about.md)",
    "［x］（somewhere）": "write [words](address)",
    "[@ p1]": "write [@p1]",
    "[ @p1]": "write [@p1]",
    "【@p1】": "write [@p1]",
    "［@p1］": "write [@p1]",
    "(@p1)": "write [@p1]",
    "(see @p1)": "write [@p1]",
    "[@p1": "write [@p1]",
    "@p1": "write [@p1]",
    "＠p1": "write [@p1]",
    "[＠p1]": "write [@p1]",
    "[p1]": "write [@p1]",
    "【p1】": "write [@p1]",
    "(@wick-2020)": "write [@wick-2020]",
    "[@]": "write [@p12]",
    "[ ^1]": "notes belong in the translation",
    "［^1］": "notes belong in the translation",
    "[[@p1]]": "remove it",
    "[@p1]]": "add or remove one",
    "**bold": "close it, or remove it",
    "`code": "close it, or remove it",
    "{: .small }": "remove it",
    "{ #p1 }": "remove it",
    "&nbsp;": "write the character itself",
}


@pytest.mark.parametrize("slip", NEARLY)
def test_in_a_field_it_is_named(slip: str) -> None:
    problems = parse(f"He said so {slip} in May [@p2].").problems
    assert any(NEARLY[slip] in problem.message for problem in problems), problems
    assert len(problems) == 1


@pytest.mark.parametrize(
    "slip", [s for s in NEARLY if not s.startswith("&")]
)  # a page knows entities
def test_on_a_page_it_is_named(slip: str) -> None:
    blocks = parse_page(f"# Page\n\nHe said so {slip} in May [@p2].\n").blocks
    assert any(NEARLY[slip] in problem.message for block in blocks for problem in block.problems)


def test_a_note_on_a_page_is_none() -> None:
    blocks = parse_page("# Page\n\nSo it is.[^1]\n").blocks
    assert any(
        "notes belong in the translation" in problem.message
        for block in blocks
        for problem in block.problems
    )


@pytest.mark.parametrize(
    "text",
    [
        "“[T]he [new] lamps […] and … [sic]” [@p2].",
        "Write to lin@example.org, or to the harbor (on p. 1).",
        "The event: a lamp was lit; the policy: none.",
        "One [lamp](product:lamp) ([@p1]), another [@p1; @p2-p3].",
        "In code `[@ p1] [[x]] actor:amd` nothing changes.",
        "See [the page](https://example.org/a_(b)) and <https://example.org/x__y>.",
        "**Bold** and *italics* and 3 * 4 * 5.",
        "R&D; Q&A; 5 {five}.",
    ],
)
def test_what_is_markup_or_plain_prose_passes(text: str) -> None:
    assert not parse(text).problems


def test_what_overlaps_is_named_once() -> None:
    assert nearly("【@p1；@p2】") == [
        ("【@p1；@p2】", 'has "【@p1；@p2】", which cites nothing; write [@p1]')
    ]


def test_a_link_without_words_and_one_to_nowhere_are_named() -> None:
    assert [p.message for p in parse("So [](actor:amd) it is.").problems] == [
        'links to "actor:amd" without words; write [words](actor:amd)'
    ]
    assert [p.message for p in parse("So [it](actor：amd) is.").problems] == [
        'links to "actor：amd" without saying what that is; write actor:amd'
    ]
    assert (
        parse("So [it](/glossary.html) is.")
        .problems[0]
        .message.endswith("write actor:id, policy:id, or a full address")
    )
