"""What differs between two wordings: the cases in which a naive comparison goes wrong."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.graph.differences import as_html, compare, partners, words

TEXTS = st.text(st.sampled_from("ab“”‘’ \u00a0,.—¶来华国内5<&"), max_size=60)


def marked(old: str, new: str) -> str:
    """The difference as one reads it: [-cut-] and {+added+}."""
    html = unescape(re.sub("</?span[^>]*>", "", as_html(compare(old, new))))
    html = re.sub("<del>(.*?)</del>", r"[-\1-]", html)
    return re.sub("<ins>(.*?)</ins>", r"{+\1+}", html)


def test_words_are_compared_and_not_letters() -> None:
    assert marked("the capital market’s reaction", "the capital markets’ reaction") == (
        "the capital [-market’s-] {+markets’+} reaction"
    )
    assert marked("cost $1.5 billion, it said", "cost $4.5 billion, it said") == (
        "cost $[-1.5-] {+4.5+} billion, it said"
    )


def test_a_word_before_what_was_cut_keeps_its_blank() -> None:
    assert marked("an added $4.5 billion in costs.", "a rise of $4.5 billion.") == (
        "[-an added-] {+a rise of+} $4.5 billion [-in costs-]."
    )
    assert marked("It fell.", "It fell at once.") == "It fell {+at once+}."


def test_chinese_inside_english_changes_by_the_character() -> None:
    assert marked("The Chinese is 来华, a trip.", "The Chinese is 来华行程, a trip.") == (
        "The Chinese is 来华{+行程+}, a trip."
    )
    assert marked("The word 国内 places him", "The word 国产 places him") == (
        "The word 国[-内-] {+产+} places him"
    )
    assert marked("so 政商关系 is", "so “politics and business” is") == (
        "so [-政商关系-] {+“politics and business”+} is"
    )


def test_a_changed_quotation_mark_is_a_change_of_the_mark() -> None:
    assert marked('He "eased" it', "He “eased” it") == 'He [-"-]{+“+}eased[-"-] {+”+} it'
    assert marked("“eased,” he said", "“eased”, he said").count("eased") == 1
    assert "don’t" not in marked("they don’t “pick sides”", "they don’t ‘pick sides’").replace(
        "they don’t ", ""
    )


def test_short_words_between_changes_do_not_break_them_up() -> None:
    assert marked("an end of the ban here", "a stop to the ban here") == (
        "[-an end of-] {+a stop to+} the ban here"
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("red of blue", "green of yellow", "[-red of blue-] {+green of yellow+}"),
        ("A red of blue", "A green of yellow", "A [-red of blue-] {+green of yellow+}"),
        ("red, blue", "green, yellow", "[-red, blue-] {+green, yellow+}"),
        ("red the blue", "green the yellow", "[-red the blue-] {+green the yellow+}"),
        ("red with blue", "green with yellow", "[-red-] {+green+} with [-blue-] {+yellow+}"),
        ("red of it blue", "green of it yellow", "[-red-] {+green+} of it [-blue-] {+yellow+}"),
        ("red of", "green of", "[-red-] {+green+} of"),
        ("of red", "of green", "of [-red-] {+green+}"),
        ("a b of c d of e", "x b of y d of z", "[-a-] {+x+} b of [-c-] {+y+} d of [-e-] {+z+}"),
        ("a of c of e", "x of y of z", "[-a of c of e-] {+x of y of z+}"),
        ("红 国 蓝", "绿 国 黄", "[-红-] {+绿+} 国 [-蓝-] {+黄+}"),
        ("red ¶ blue", "green ¶ yellow", "[-red-] {+green+} ¶ [-blue-] {+yellow+}"),
    ],
)
def test_nobody_reads_in_crumbs(old: str, new: str, shown: str) -> None:
    assert marked(f"{old} so", f"{new} so") == f"{shown} so"


def test_a_split_paragraph_shows_where_it_was_split() -> None:
    old = {"p1": "One.", "p2": "The tax began that year. The fishermen did not pay it at all."}
    new = {"p1": "One.", "p2": "The tax began that year.",
           "p9": "The fishermen did not pay it at all."}  # fmt: skip
    assert partners(old, new) == {("p1",): ("p1",), ("p2",): ("p2", "p9")}
    joined = f"{new['p2']} ¶ {new['p9']}"
    assert marked(old["p2"], joined) == (
        "The tax began that year. {+¶+} The fishermen did not pay it at all."
    )


def test_joined_paragraphs_show_where_they_were_joined() -> None:
    old = {"p1": "The tax began that year.", "p2": "The fishermen did not pay it at all.",
           "p3": "Three."}  # fmt: skip
    new = {"p1": "The tax began that year; the fishermen did not pay it at all.", "p3": "Three."}
    assert partners(old, new) == {("p1", "p2"): ("p1",), ("p3",): ("p3",)}
    assert marked(f"{old['p1']} ¶ {old['p2']}", new["p1"]) == (
        "The tax began that year[-. ¶ The-] {+; the+} fishermen did not pay it at all."
    )


def test_what_is_gone_and_what_is_new_stand_alone() -> None:
    old = {"p1": "The harbor has lamps.", "p2": "Nobody knows who lit them first."}
    new = {"p1": "The harbor has lamps.", "p3": "A law of that summer forbids candles on ships."}
    assert partners(old, new) == {("p1",): ("p1",), ("p2",): (), (): ("p3",)}


def test_a_paragraph_went_where_half_of_its_runs_of_words_stand() -> None:
    gone = "One two three four five six seven eight nine"  # six runs of four words
    half, less = "So one two three four five six it is", "So one two three four five it is"
    for words_there, kept in ((half, True), (half.upper(), True), (less, False)):
        found = partners({"p1": "A beginning.", "p2": gone}, {"p1": words_there})
        assert (("p1", "p2") in found) == kept
        assert (found.get(("p2",)) == ()) != kept
    assert partners({"p1": "A word.", "p2": "A sign."}, {"p1": "A word: a sign."}) == {
        ("p1",): ("p1",),
        ("p2",): (),
    }, "two words are too few to be found again"


@given(TEXTS, TEXTS)
def test_nothing_is_lost(old: str, new: str) -> None:
    pieces = compare(old, new)

    def bare(*kinds: str) -> str:
        return re.sub(r"\s", "", "".join(text for kind, text in pieces if kind in kinds))

    assert bare("same", "cut") == re.sub(r"\s", "", old)
    assert bare("same", "added") == re.sub(r"\s", "", new)
    assert "<" not in re.sub("</?(?:ins|del|span)[^<>]*>", "", as_html(pieces))


@given(TEXTS)
def test_the_same_is_the_same_however_it_is_spaced(text: str) -> None:
    assert all(kind == "same" for kind, _ in compare(text, "  ".join(words(text))))
