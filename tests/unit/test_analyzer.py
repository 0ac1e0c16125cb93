"""The search's analyzer: English as it is written, quantities, dates; the same in Python and in the
browser.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from dossier.exports.analyzer import analyze, lexicon, terms
from dossier.exports.search import traditional
from node import NODE

ASSETS = ROOT / "docs/assets"

ANALYZE = """
const { readFileSync } = require("fs");
const [assets] = process.argv.slice(1);
for (const file of ["vendor/snowball/base-stemmer.js", "vendor/snowball/english-stemmer.js",
  "js/analyzer.js"]) {
  (0, eval)(readFileSync(`${assets}/${file}`, "utf8"));
}
const { lexicon, traditional, texts } = JSON.parse(readFileSync(0, "utf8"));
const { fold, analyze } = dossierAnalyzer(lexicon, traditional, new EnglishStemmer());
console.log(JSON.stringify(texts.map((text) => analyze(fold(text)).map(({ kind, term }) => [kind,
  term]))));
"""


def in_the_browser(texts: list[str]) -> list[list[list[str]]]:
    """The tokens of texts as the browser's script has them, run in the Node.js that comes with
    Playwright.
    """
    given = json.dumps({"lexicon": lexicon(), "traditional": traditional(), "texts": texts})
    done = subprocess.run(
        [NODE, "-e", ANALYZE, str(ASSETS)],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found: list[list[list[str]]] = json.loads(done.stdout)
    return found


# What is written in several ways, and is one thing to the search.
SAME = {
    "4500000000": ["$4.5 billion", "4.5bn", "US$4.5bn", "4,500 million", "4500m", "45亿", "45億",
    "四十五亿", "4.5-billion"],
    "4000000000000": ["four trillion", "4 trillion", "$4tn", "4万亿", "四万亿美元",
    "4 trillion dollars"],
    "250000": ["250000", "250,000", "$250,000", "250k", "25万", "25萬", "二十五万", "250 thousand"],
    "25%": ["25%", "25 %", "25 percent", "25 per cent", "25-percent", "twenty-five percent",
    "百分之25", "百分之二十五", "２５％"],
    "2025-12-09": [
        "December 9, 2025", "9 December 2025", "Dec. 9, 2025", "9 Dec 2025", "2025-12-09",
        "2025/12/9", "12/9/2025", "9.12.2025",
        "2025年12月9日", "2025年12月9號", "the 9th of December 2025", "december 9th 2025",
    ],
    "-12-09": ["Dec 9", "9 December", "December 9th", "12月9日", "12月9号", "十二月九日", "Dec. 9"],
    "2025-04": ["April 2025", "Apr 2025", "2025年4月", "2025-04", "april of 2025"],
    "3": ["three", "3", "three-hour", "三小时"],
    "lobbi": ["lobby", "lobbies", "lobbying", "lobbied", "Lobbyist", "lobbyists"],
    "organiz": ["organise", "organize", "organised", "organisations", "organizations",
    "organizing"],
    "labor": ["labour", "labor", "labours"],
    "licens": ["licence", "license", "licences", "licensing"],
    "defens": ["defence", "defense"],
    "program": ["programme", "programs"],
    "favorit": ["favourite", "favorite", "favourites"],
    "huang": ["Huang’s", "Huang's", "HUANG", "Huáng", "Ｈｕａｎｇ", "Huangs"],
    "us": ["U.S.", "US", "U.S.A."],
    "ai": ["A.I.", "AI", "a.i.", "AI-chip"],
}  # fmt: skip


@pytest.mark.parametrize("term", SAME)
def test_what_is_one_thing_is_one_term_however_it_is_written(term: str) -> None:
    for text in SAME[term]:
        assert term in [token.term for token in analyze(text)], text


@pytest.mark.parametrize(
    ("text", "term"),
    [("may", "-05"), ("march on", "-03"), ("H20", "20"), ("4nm", "4"),
    ("v2025.12.99", "2025-12-99"), ("13/13/2025", "2025-13-13"), ("蜜月期", "-1")],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_none(text: str, term: str) -> None:
    assert term not in [token.term for token in analyze(text)]


def test_a_compound_is_found_in_one_word_too() -> None:
    assert {"mar", "lago", "maralago"} <= set(terms("Mar-a-Lago"))
    assert "deepseekr1" in set(terms("DeepSeek‑R1"))


def vocabulary(root: Path) -> list[str]:
    """Every word of the project's texts, and some that no text has."""
    files = [
        *root.glob("data/**/*.yml"),
        *root.glob("docs/**/*.md"),
        *root.glob("tests/**/*.py"),
        *root.glob("*.md"),
    ]
    words = {
        word.lower()
        for file in files
        for word in re.findall(r"[^\W\d_]{2,}", file.read_text(encoding="utf-8"))
    }
    suffixes = (
        "s",
        "es",
        "ed",
        "ing",
        "ly",
        "ation",
        "isation",
        "ised",
        "ful",
        "ness",
        "ment",
        "our",
        "ours",
        "ies",
        "ied",
        "al",
        "ity",
        "ive",
    )
    some = sorted(words)[::5]
    return sorted(words | {word + suffix for word in some for suffix in suffixes})


def test_both_stem_alike_every_word_of_the_edition_and_many_that_are_none() -> None:
    words = vocabulary(ROOT)
    assert len(words) > 30_000
    ours = [[[token.kind, token.term] for token in analyze(word)] for word in words]
    theirs = in_the_browser(words)
    differing = [word for word, a, b in zip(words, ours, theirs, strict=True) if a != b]
    assert differing == []


def test_both_analyze_the_texts_alike() -> None:
    texts = [
        line
        for file in sorted(ROOT.glob("data/**/*.yml"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    texts += [
        line
        for file in sorted(ROOT.glob("docs/**/*.md"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    texts += [text for same in SAME.values() for text in same]
    texts += [
        "𠮷野家 Ｈ２０ ½ ﬁne İstanbul ǅ ß",
        "e\u0301 ü‘a’b ‑ — 1990s 4.5.6 1,2,3 25.0% 0.50",
        "tens, even hundreds, of billions; a million; one hundred and five",
    ]
    theirs = in_the_browser(texts)
    wrong: list[Any] = []
    for text, found in zip(texts, theirs, strict=True):
        ours = [[token.kind, token.term] for token in analyze(text)]
        if ours != found:
            wrong.append((text, ours, found))
    assert wrong == []
