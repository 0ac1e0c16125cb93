"""Quotation marks: only “…”, "…" and ‘…’ quote; every other pair, and every half of one, is
reported.
"""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import read
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


OPEN = PAIRS["“"]
CLOSES = "closes a quotation with ” that nothing opens; write “ before its first word"
QUOTES = "quotes with {} and {}; write “…”"
QUOTES_NOTHING = (
    "has the mark {}, which quotes nothing here; write “ before the words and ” after them"
)

# A text, where in it quotations begin and end, and the slips: what to look for, and what is said.
READ: list[tuple[str, list[tuple[int, int]], list[tuple[str, str]]]] = [
    ("", [], []),
    ("no marks", [], []),
    ("it's the dogs' bones", [], []),
    ("“one” and “two”.", [(0, 5), (10, 15)], []),
    ("“a ‘b c d’ e” f", [(0, 13)], []),
    ("“a “b” c” d", [(0, 9)], []),
    ('"a" and "b"', [(0, 3), (8, 11)], []),
    (",,so far'' he", [], [(",,so", QUOTES.format(",,", "''"))]),
    ("a ,,so b", [], [(",,so", QUOTES_NOTHING.format(",,"))]),
    ("他说「雷声大」和《海港》", [], []),
    ("He says 「thunder」 now", [], [("「thunder", QUOTES.format("「", "」"))]),
    ("word” rest", [], [("word”", CLOSES)]),
    ("x ”so far” y", [], [("”so", QUOTES.format("”", "”"))]),
    ("‘one two three “x y” z’ ‘four five six’ w", [(15, 20), (24, 39)], [("‘one", PAIRS["‘"])]),
    ("‘one ‘two three ‘four five six’", [(16, 31)],
        [("‘one", PAIRS["‘"]), ("‘two", PAIRS["‘"])]),
    ("“a”‘b c d’", [(0, 3), (3, 10)], []),
    ("one two word” b", [], [("word”", CLOSES)]),
    ('“a “b” c" d', [(3, 6)], [("“a", OPEN), ('c"', CLOSES.replace("”", '"'))]),
    ('"so and "so" x', [(8, 12)], [('"so', PAIRS['"'])]),
    ('so" and "so" x', [(8, 12)], [('so"', CLOSES.replace("”", '"'))]),
    ('so". And ("so", "[s]o") x', [(10, 14), (16, 22)], [('so"', CLOSES.replace("”", '"'))]),
    ("so ”", [], [("”", CLOSES)]),
    ("so ” y", [], [("”", CLOSES)]),
    ("X”so” y", [], [("X”", CLOSES), ("X”so”", CLOSES)]),
    ("a verylongwordbeforethemark” b", [], [("ongwordbeforethemark”", CLOSES)]),
    ("„so far” b", [], [("„so", QUOTES.format("„", "”"))]),
    ("“open only", [], [("“open", OPEN)]),
    ('"open only', [], [('"open', PAIRS['"'])]),
    ("“" + 40 * "a", [], [("“" + 30 * "a", OPEN)]),
    ("rope 5″ long", [], [("″", QUOTES_NOTHING.format("″"))]),
    ("x ″so″ y", [], [("″so", QUOTES.format("″", "″"))]),
    ("‘one two three’ x", [(0, 15)], []),
    ("‘one two’ x", [], []),
    ("‘open only x", [], [("‘open", PAIRS["‘"])]),
    ("a 'one two three' b", [(2, 17)], []),
    ("a 'one two three b", [], []),
    ("‘the workers’ long lamps’ at", [(0, 25)], []),
    ("the ’90s and '80s lamps are on", [], []),
    ("'tis so and 'twas so it is'", [], []),
    ("‘one two three' x", [(0, 15)], []),
    ("a ′one two three′ b", [], [("′one", QUOTES.format("′", "′"))]),
    ("“it ‘one two three’ x” ‘four five six’ y", [(0, 22), (23, 38)], []),
    ("‘one two ‘three four five’ z", [(9, 26)], [("‘one", PAIRS["‘"])]),
    ("‘one two three “x y” z’ w", [(15, 20)], [("‘one", PAIRS["‘"])]),
    ("“a” „b” ‘c d e’ “f", [(0, 3), (8, 15)], [("„b", QUOTES.format("„", "”")), ("“f", OPEN)]),
    ("‘one two three’s’ lamps", [(0, 17)], []),
    ("a ‘[one] two three’ b", [(2, 19)], []),
    ("(‘one two three’)", [(1, 16)], []),
    ("a‘one two three’", [(1, 16)], []),
    ("«so far» and “x”", [(13, 16)], [("«so", QUOTES.format("«", "»"))]),
    ("“a “b c” d", [(3, 8)], [("“a", OPEN)]),
    ("“a” b”", [(0, 3)], [("b”", CLOSES)]),
    ('"a “b” c" d', [(0, 9)], []),
    ('“x" y” z', [(0, 6)], []),
    ("‘a b c’ ‘d e f’", [(0, 7), (8, 15)], []),
    ('"one" \'two three four\' "five"', [(0, 5), (6, 22), (23, 29)], []),
    ("“「雷声」” x", [(0, 6)], []),
    ("「雷声 “x y” 」", [], [("「雷声", QUOTES.format("「", "」"))]),
    ("x ‘a b c", [], [("‘a", PAIRS["‘"])]),
    ("‘a b c “d” e’ f’ g", [(7, 10)], [("‘a", PAIRS["‘"])]),
    ("he said 'one two three', then 'four five six'.", [(8, 23), (30, 45)], []),
    ("❛one two three❜", [], [("❛one", QUOTES.format("❛", "❜"))]),
    ("a ''b'' c", [], [("''b", QUOTES.format("''", "''"))]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans", "slips"), READ)
def test_every_mark_of_a_text_is_read(
    text: str, spans: list[tuple[int, int]], slips: list[tuple[str, str]]
) -> None:
    marked, found = read_marks(text)
    assert [(m.start, m.end) for m in marked] == spans
    assert [m.words for m in marked] == [text[start + 1 : end - 1] for start, end in spans]
    assert [(slip.needle, slip.message) for slip in found] == slips


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
@settings(max_examples=6 * settings().max_examples)
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
@settings(max_examples=4 * settings().max_examples)
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


LOST: list[tuple[str, int, str]] = [
    ("He says “the tax” [@p1] and\n  “the end” [@p2], then\n  “the lamp [@p2].", 7, "“the"),
    ('He says "the tax" [@p1]\n  and "the end" [@p2], then\n  "the lamp [@p2].', 7, '"the'),
    ("It says “lamp” [@p1].\n  Then\n  “[lamp](policy:lamp-tax) [@p2].", 7, "“[lamp"),
    ("A tax” [@p1]\n  and so\n  a [tax](policy:lamp-tax)” [@p2].", 7, "tax]("),
    ("The light, it says,\n  “makes ships\n  sink at night” [@p2].", 6, "makes ships"),
]


@pytest.mark.parametrize(("text", "line", "words"), LOST)
def test_a_mark_that_is_lost_is_named_where_it_stands(
    project: Path, text: str, line: int, words: str
) -> None:
    file = project / "data/actors/harbor-office.yml"
    head, _, rest = file.read_text(encoding="utf-8").partition("summary: ")
    rest = rest.partition("\n")[2]
    file.write_text(f"{head}summary: >-\n  {text}\n{rest}", encoding="utf-8")
    (last, *_) = reversed(read(project)[1])
    path, row, column, _ = last.split(":", 3)
    assert path == "data/actors/harbor-office.yml"
    there = file.read_text(encoding="utf-8").splitlines()[int(row) - 1][int(column) - 1 :]
    assert there.startswith(words)
    assert int(row) == head.count("\n") + line - 3
