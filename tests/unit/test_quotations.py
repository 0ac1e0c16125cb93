"""Quoted words are found as whole words, piece by piece, and what is most like them is named."""

from __future__ import annotations

import pytest

from dossier.read.quotations import fold, likest, stands_in


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ('“it” ‘is’ "so"', "'it' 'is' 'so'"),
        ("1–2 — 3", "1-2 - 3"),
        ("a\u00a0b  c\n d", "a b c d"),
        ("the “tax,” the “lamp.” Yes, no.", "the 'tax' the 'lamp' Yes, no."),
    ],
)
def test_marks_dashes_and_spaces_are_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


PASSAGE = "I say one lamp, two lamps; the lamp_oil and one tax. The harbor tax."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("I", True),
        ("one … two", True),
        ("two … one", True),
        ("one … two … two", False),
        ("amp", False),
        ("ay one", False),
        ("I sa", False),
        ("the lam", False),
        ("lamp oil", False),
        ("oil", False),
        ("; the", True),
        ("tax X", False),
        ("[…] two lamps", True),
        ("[…] three lamps", False),
        ("two lamps […]", True),
        ("the [best] lamp_oil", True),
        ("[i] say", True),
        ("[t]he harbor", True),
        ("[T]he lamp_oil", True),
        ("[T]he HARBOR", True),
        ("THE harbor", False),
        ("…", False),
        (".,", False),
    ],
)
def test_the_pieces_stand_in_order_and_whole(words: str, found: bool) -> None:
    assert stands_in(words, PASSAGE) is found


LONG = " ".join(f"lamp{n}" for n in range(40))
HALF = " ".join(f"lamp{n}" if n % 2 else f"lump{n}" for n in range(40))


@pytest.mark.parametrize(
    ("words", "passages", "best"),
    [
        ("lamp tax", ["So the lamp tax fell."], "lamp tax"),
        ("lamp tax", ["So the lamp tix, or lamp tex, fell."], "lamp tix,"),
        ("lamp tax", ["No word of it.", "It is a lamp tex"], "lamp tex"),
        ("the “lamp tax” fell", ["When the ‘lamp tux’ fell, all fell."], "the ‘lamp tux’ fell,"),
        ("a bc", ["a xy"], "a xy"),  # just like enough
        ("a bcd", ["a xyz"], ""),
        ("one two three four", ["one xxxxx yyyyy zzzzzz"], ""),
        ("lamp tax now", ["lamp tax"], "lamp tax"),
        ("lamp tax", ["big lamp"], ""),  # fewer words than were quoted are no candidate
        ("lamp tax", ["so big lamp"], ""),
        ("lamp tax", [], ""),
        ("lamp", [""], ""),
        (LONG, [HALF], HALF),  # a long text has no letters too common to count
    ],
)
def test_the_words_most_like_those_quoted_are_named(
    words: str, passages: list[str], best: str
) -> None:
    assert likest(words, passages) == best
