"""Voices: checked words are found in the paragraph's HTML and wrapped, whatever else stands among
them.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dossier.graph.refs import Graph
from dossier.graph.voices import mark
from dossier.model import Check
from dossier.pages.source import source_pages
from dossier.read.prose import parse


def check(id_: str, quote: str, type_: str = "fact") -> Check:
    return Check.model_validate(
        {
            "id": id_,
            "name": id_,
            "voice": "author",
            "cites": ["p1"],
            "type": type_,
            "quote": quote,
            "note": "Note.",
            "checked": "2026-01-01",
        }
    )


@pytest.mark.parametrize(
    ("html", "checks", "marked"),
    [
        # Plain words, and what is escaped in them.
        (
            "He paid A&amp;B &lt; twice.",
            [("a", "A&B < twice", "fact")],
            "He paid [fact a:A&amp;B &lt; twice].",
        ),
        # Whole links and emphasis stay within one span,
        (
            'He <a href="x">paid</a> <em>twice</em> so.',
            [("a", "paid twice", "judgment")],
            'He [judgment a:<a href="x">paid</a> <em>twice</em>] so.',
        ),
        # those shared with the surroundings are cut.
        (
            'The <a href="x">lamp tax failed</a> badly.',
            [("a", "tax failed badly", "judgment")],
            'The <a href="x">lamp [judgment a:tax failed]</a>[judgment a: badly].',
        ),
        # A quotation takes the marks around it, and American commas within them.
        (
            'As <a href="x">“no loss,”</a> he said.',
            [("a", "no loss", "quotation")],
            'As [quotation a:<a href="x">“no loss,”</a>] he said.',
        ),
        # A quotation within a fact shows as a quotation; both keep their checks.
        (
            "She called it “a gift” twice.",
            [("q", "a gift", "quotation"), ("f", "She called it “a gift” twice", "fact")],
            "[fact f:She called it ][quotation q:“a gift”][fact f: twice].",
        ),
        # So do those where both begin.
        (
            "It won twice.",
            [("a", "It", "fact"), ("b", "It won twice", "judgment")],
            "[fact a:It][judgment b: won twice].",
        ),
        # A note's mark within is kept, and its number is not among the words.
        (
            'It rose<sup class="note-mark"><a id="mark-n">1</a></sup> at once.',
            [("a", "rose at once", "figure")],
            'It [fact a:rose<sup class="note-mark"><a id="mark-n">1</a></sup> at once].',
        ),
        # An omission leaves out what it omits.
        (
            "It rose, they say, at once.",
            [("a", "It rose […] at once", "prediction")],
            "[judgment a:It rose], they say, [judgment a:at once].",
        ),
        # Words that are not there mark nothing, nor does half of them.
        ("It rose.", [("a", "It fell", "fact"), ("b", "It rose … and fell", "fact")], "It rose."),
        ("", [("a", "It fell", "fact")], ""),
    ],
)
def test_words_are_wrapped(html: str, checks: list[tuple[str, str, str]], marked: str) -> None:
    expected = re.sub(
        r"\[(\w+) (\w+):", r'<span class="said said-\1" data-check="\2">', marked
    ).replace("]", "</span>")
    assert mark(html, [check(*fields) for fields in checks]) == expected


class _Strict(HTMLParser):
    """Notes text, and tags that close in the wrong order."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_check_of_the_edition_is_marked_and_no_word_is_lost(real: Graph) -> None:
    marked, checks = set(), set()
    for _, make in source_pages(real):
        for part in make().context["parts"]:
            for entry in part["paragraphs"]:
                before, after = _Strict(), _Strict()
                before.feed(entry["p"].prose.html)
                after.feed(entry["html"])
                assert after.wrong == after.open == []
                assert after.text == before.text
                marked |= set(re.findall(r'data-check="([^"]+)"', entry["html"]))
                checks |= {c.id for c in entry["checks"]}
    assert marked == checks


def test_links_of_a_marked_paragraph_still_lead_to_entries() -> None:
    prose = parse("In [April](event:halt) the [H20](product:h20) was halted.")
    html = mark(prose.html, [check("a", "In April the H20 was halted")])
    assert html.count('<a class="entry') == 2
    assert html.startswith('<span class="said said-fact" data-check="a">In <a')
