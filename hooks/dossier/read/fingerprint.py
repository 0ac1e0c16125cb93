"""Fingerprints of source paragraphs: how a copy of the original is recognized without publishing
it.

A paragraph is reduced to what survives copying (simplified characters, lower-case letters, digits)
and hashed with SHA-256. So a traditional copy, one with other punctuation and one with the pinyin
that some scrapers leave in brackets after a character all give the same fingerprint.
``docs/assets/js/parallel.js`` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from ..han import HAN
from ..home import HOME

# OpenCC's table, one file for this module and for the browser.
TABLE = HOME / "docs/assets/vendor/opencc/TSCharacters.txt"

# A syllable of pinyin in brackets right after a character is the scraper's: 燈稅(shuì).
_PINYIN = re.compile(rf"(?<=[{HAN}])[(（][a-zàáèéìíòóùúāēěīńňōūǎǐǒǔǖǘǚǜüḿǹ]{{1,6}}[)）]")


@lru_cache(maxsize=1)
def simplified() -> dict[int, str]:
    """Traditional characters to simplified ones, for ``str.translate``."""
    table: dict[int, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, _, variants = line.partition("\t")
            if len(traditional) == 1:
                table[ord(traditional)] = variants.split(" ")[0]
    # 著 stays 著 in OpenCC's table, as in 著作, but a traditional text writes 着 with it too.
    table[ord("著")] = "着"
    return table


def reduce(text: str) -> str:
    """The part of a paragraph that is hashed.

    >>> reduce("港口的燈稅(shuì)，B12！")
    '港口的灯税b12'
    """
    text = _PINYIN.sub("", unicodedata.normalize("NFC", text))
    text = unicodedata.normalize("NFKC", text).translate(simplified()).lower()
    return "".join(
        char
        for char in text
        if unicodedata.category(char)[0] == "L" or unicodedata.category(char) == "Nd"
    )


def fingerprint(text: str) -> str:
    """SHA-256 of the reduced paragraph, in hexadecimal."""
    return hashlib.sha256(reduce(text).encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Match:
    """How a reader's copy compares with a source: the ids that match, those that do not, lines left
    over, and by id the lines that match.
    """

    matched: list[str]
    missing: list[str]
    unknown: list[str]
    texts: dict[str, str] = field(default_factory=dict)


def match(copy: str, fingerprints: dict[str, str]) -> Match:
    """Compare a copy, a paragraph a line, with the fingerprints of a source.

    Paragraphs may be alike: each line of the copy is then the next of them.
    """
    known: dict[str, list[str]] = {}
    for id_, digest in fingerprints.items():
        known.setdefault(digest, []).append(id_)
    matched: dict[str, str] = {}
    unknown = []
    for line in copy.splitlines():
        text = re.sub(r"^\s*\[p\d+\]\s*", "", line).strip()
        if not reduce(text):
            continue
        alike = known.get(fingerprint(text))
        if alike is None:
            unknown.append(text)
        elif rest := [id_ for id_ in alike if id_ not in matched]:
            matched[rest[0]] = text
    order = list(fingerprints)
    return Match(
        [i for i in order if i in matched], [i for i in order if i not in matched], unknown, matched
    )
