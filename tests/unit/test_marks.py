"""Quotation marks: only “…”, "…" and ‘…’ quote; every other pair, and every half of one, is
named.
"""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier.errors import Location, Report
from dossier.graph.refs import Graph
from dossier.read.marks import read_marks
from dossier.read.prose import parse
from dossier.rules.invariants import check_prose
from dossier.rules.quotations import Quoted, check_quotation

INVENTED = "a wholly invented sentence"
RIGHT = "makes ships safer at night"  # p2 of the small archive


def said(graph: Graph, text: str) -> list[str]:
    """What the check says of a field with this text."""
    report, place = Report(), Location("x")
    prose = parse(text)
    check_prose(graph.archive, prose, "lamp-tax", lambda needle: place, report)
    for quotation in prose.quotations:
        vouching = quotation.citations or tuple(prose.citations)
        quoted = Quoted(quotation.words, vouching, "lamp-tax", place, "x")
        check_quotation(graph.archive, quoted, report)
    return [violation.message for violation in report.violations]


PAIRS = {
    '“"': 'quotes with “ and "; write “…”',
    '"”': 'quotes with " and ”; write “…”',
    "“": "opens a quotation with “ and does not close it; write ” after its last word",
    '"': 'opens a quotation with " and does not close it; write ” after its last word',
    "‘": "opens a quotation with ‘ and does not close it; write “…”",
    "„”": "quotes with „ and ”; write “…”",
    "„“": "quotes with „ and “; write “…”",
    "”“": "quotes with ” and “; write “…”",
    "””": "quotes with ” and ”; write “…”",
    "«»": "quotes with « and »; write “…”",
    "「」": "quotes with 「 and 」; write “…”",
    "《》": "quotes with 《 and 》; write “…”",
    "″″": "quotes with ″ and ″; write “…”",
    "＂＂": "quotes with ＂ and ＂; write “…”",
    "′′": "quotes with ′ and ′; write “…”",
}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_that_is_none_is_named_with_the_right_one(small: Graph, pair: str) -> None:
    closing = pair[1:]
    for words in (INVENTED, RIGHT):  # the right words in wrong marks are not accepted either
        assert said(small, f"The author says {pair[0]}{words}{closing} of it [@p2].") == [
            PAIRS[pair]
        ]


def test_a_mark_that_nothing_opens_is_named(small: Graph) -> None:
    assert said(small, f"The author says {INVENTED}” of it [@p2].") == [
        "closes a quotation with ” that nothing opens; write “ before its first word"
    ]


def test_two_straight_marks_in_a_row_are_no_quotation_mark(small: Graph) -> None:
    (message,) = said(small, f"The author says ''{INVENTED}'' of it [@p2].")
    assert message.endswith("write “…”")


@pytest.mark.parametrize("pair", ["“”", '""', "‘’", "''"])
def test_marks_that_quote_are_compared_with_the_text(small: Graph, pair: str) -> None:
    assert said(small, f"It {pair[0]}{RIGHT}{pair[1]} [@p2].") == []
    (message,) = said(small, f"It {pair[0]}{INVENTED}{pair[1]} [@p2].")
    assert message.startswith(f'quotes "{INVENTED}", which does not stand in p2')


@pytest.mark.parametrize(
    "text",
    [
        "It’s the workers’ tax, and it isn’t theirs; ’tis the harbor’s [@p2].",
        "The ’90s and the workers’ rights; the '80s and the lamps' light [@p2].",
        "A so-called ‘lamp tax’ [@p2].",
        "Sailors’ lamps, fishers’ nets, masters’ words and gulls’ cries [@p2].",
        "The Chinese is 「雷声大」, in the paper 《海港报》 [@p2].",
        "A lamp of 5′ and a rope of 3′ [@p2].",
        "In code `“` and `„x”` are code [@p2].",
    ],
)
def test_apostrophes_and_short_words_quote_nothing(small: Graph, text: str) -> None:
    assert said(small, text) == []


def test_a_possessive_within_single_marks_does_not_end_them() -> None:
    marked, slips = read_marks("They spoke of ‘the workers’ wholly invented lamps’ at night.")
    assert [m.words for m in marked] == ["the workers’ wholly invented lamps"]
    assert slips == []


def test_a_quotation_after_one_left_open_is_still_compared(small: Graph) -> None:
    messages = said(small, f"It “is so, and “{INVENTED}” [@p2].")
    assert [m.split(" ")[0] for m in messages] == ["opens", "quotes"]


# Whatever Unicode takes for a quotation mark, and what is typed in place of one.
MARKS = sorted(
    # of philologists
    {c for c in map(chr, range(0x20, 0x3100)) if unicodedata.category(c) in ("Pi",
    "Pf")} - set("⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡")
    | set("\"“”„‟‚‛«»‹›「」『』《》〈〉〝〞〟＂″''′｢｣")
)  # fmt: skip


@given(
    st.sampled_from(MARKS),
    st.sampled_from([*MARKS, "", "''"]),
    st.integers(0, 3),
    st.sampled_from(["", "the workers’ lamps and "]),
)
@example("’", "’", 0, "")
@example("'", "”", 0, "")
@settings(max_examples=600)
def test_invented_words_pass_in_no_marks(
    small: Graph, opening: str, closing: str, spaces: int, before: str
) -> None:
    if opening in "'’′" and (
        closing in ("", "‘", "‛", "‚") or (closing == "''" and opening == "’")
    ):
        return  # an apostrophe, and a mark of which nobody can say that it closes
    text = f"So it is {before}{opening}{INVENTED}{closing} of{' ' * spaces} the tax [@p2]."
    assert said(small, text) != [], text


@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "‘",
                "’",
                "„",
                "«",
                "''",
                "word",
                "words’",
                "it’s",
                " ",
                " ",
                ".",
                "[@p2]",
            ]
        ),
        max_size=14,
    ).map("".join)
)
@settings(max_examples=400)
def test_marks_at_random_never_break_the_reader(text: str) -> None:
    marked, slips = read_marks(text)
    assert all(
        0 <= m.start < m.end <= len(text) and text[m.start + 1 : m.end - 1] == m.words
        for m in marked
    )
    spans = [(m.start, m.end) for m in marked]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(slip.message and slip.needle for slip in slips)
