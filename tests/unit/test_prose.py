"""Links and citations in prose, and quotations found word for word."""

from __future__ import annotations

import pytest

from dossier.read.prose import fill, parse, parse_citation
from dossier.read.quotations import stands_in


def test_links_and_citations_are_read_off() -> None:
    prose = parse("[Huang](actor:jensen-huang) said so [@p12-p14; @other:p3; @bis-2022].")
    assert [link.raw for link in prose.links] == ["actor:jensen-huang"]
    assert [(c.source, c.first, c.last, c.reference) for c in prose.citations] == [
        (None, 12, 14, None),
        ("other", 3, 3, None),
        (None, 0, 0, "bis-2022"),
    ]
    assert prose.plain == "Huang said so ."


@pytest.mark.parametrize(
    "text", ["Huang's", "[Huang's](actor:h)", "[Huang](actor:h)'s", "the *Times*'s"]
)
def test_a_straight_apostrophe_is_made_curly(text: str) -> None:
    assert "’s" in parse(text).plain
    assert "'" not in parse(text).plain


def test_code_is_never_touched() -> None:
    prose = parse("Write `[@p12]` and `[x](actor:y)`.")
    assert not prose.links
    assert not prose.citations
    assert "<code>[@p12]</code>" in prose.html
    assert "<code>[x](actor:y)</code>" in prose.html


def test_what_looks_like_an_attribute_in_text_stays_text() -> None:
    html = fill(
        parse('He wrote href="actor:y" and class="cite".').html, lambda use, target: "BROKEN"
    )
    assert "BROKEN" not in html


def test_html_is_shown_and_not_run() -> None:
    assert "<script>" not in parse("a <script>alert(1)</script> b").html
    assert "<img" not in parse('<img src=x onerror="alert(1)">').html
    assert "<img" not in parse("![x](y.png)").html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_unsafe_targets_lose_their_address(target: str) -> None:
    prose = parse(f"[x]({target})")
    assert "href" not in prose.html
    assert "a link begins with one of" in prose.problems[0].message


def test_chinese_runs_say_their_language() -> None:
    assert parse("the word 黄仁勋 here").html == 'the word <span lang="zh-Hans">黄仁勋</span> here'


def test_a_quotation_is_vouched_for_by_the_next_citation() -> None:
    prose = parse("He said “one” [@p1], then “two” [@p2], then “three”.")
    assert [(q.words, [c.first for c in q.citations]) for q in prose.quotations] == [
        ("one", [1]),
        ("two", [2]),
        ("three", []),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the chip weapon", True),
        ("administration’s “chip weapon” had", True),
        ("administration's 'chip weapon' had", True),
        ("the chip weap", False),
        ("the chip weapons", False),
        ("the weapon chip", False),
        ("For [...] weapon", True),
        ("weapon […] For", False),
        ("[T]he Biden", True),
        ("[f]or the Biden", True),
        ("produced no obvious effect,", True),
        ("effect produced", False),
    ],
)
def test_words_stand_in_a_passage_or_do_not(words: str, found: bool) -> None:
    passage = (
        "For the Biden administration’s “chip weapon” had produced no obvious effect. And the chip"
        " weapon"
    )
    assert stands_in(words, passage) is found


@pytest.mark.parametrize("text", ["", "P12", "p12-", "a b", "-a", "p12:p3:p4"])
def test_what_is_no_citation(text: str) -> None:
    assert parse_citation(text) is None
