"""How the search sees a text: words by their stems, quantities by their values, dates by the
calendar.

``docs/assets/js/analyzer.js`` does the same to a question in the browser. What both know about
languages is written once, in ``analyzer.yml``, which the build passes on; a test holds the two to
the same tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from snowballstemmer import EnglishStemmer

from ..han import HAN
from ..read.fingerprint import simplified

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_HAN = re.compile(f"[{HAN}]+")
_HAN_OR_NOT = re.compile(f"[{HAN}]+|[^{HAN}]+")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]+(?:-[^\W_]+){1,2}(?![^\W_])")
_APOSTROPHES = dict.fromkeys("’‘ʼ`´′＇", "'")
_HYPHENS = dict.fromkeys("‐‑‒–—―−", "-")
_POINTED = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?")


@cache
def lexicon() -> dict[str, Any]:
    """What ``analyzer.yml`` says."""
    found: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    )
    return found


class _Folded(dict[int, str]):
    """Every character as it is compared, worked out at its first use."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        char = _APOSTROPHES.get(char) or _HYPHENS.get(char) or char
        char = unicodedata.normalize("NFKC", char).translate(simplified()).lower()
        self[code] = "".join(
            c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c)[0] != "M"
        )
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower case, simplified characters, no accents, one apostrophe and one hyphen, abbreviations
    without their points (as long as before, so that places stay).

    >>> fold("Gǎngkǒu’s 燈稅 Ｂ１２, A.I.")
    "gangkou's 灯税 b12, ai  "
    """
    return _POINTED.sub(_without_points, text.translate(_FOLDED))


def _without_points(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "")
    return ("us" if letters == "usa" else letters).ljust(len(match[0]))


@dataclass(slots=True)
class Token:
    """A word (``stem``), a ``stop`` word, a ``han`` run, a ``number``, a ``percent`` or a ``date``,
    and where it ends.
    """

    kind: str
    term: str
    start: int
    end: int


@dataclass(frozen=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    groups: str
    stay: bool


@cache
def _rules() -> list[_Rule]:
    def pattern(text: str) -> re.Pattern[str]:
        for _ in range(2):
            text = re.sub(r"\{([A-Z]+)\}", lambda m: lexicon()["parts"][m[1]], text)
        return re.compile(text, re.ASCII)

    return [
        _Rule(r["kind"], pattern(r["pattern"]), r.get("groups", ""), r.get("stay", False))
        for r in lexicon()["rules"]
    ]


def analyze(text: str) -> list[Token]:
    """The tokens of a text, by place.

    >>> [token.term for token in analyze("On Dec. 9 costs rose by $4.5 billion, or 25 percent")]
    ['on', '-12-09', 'cost', 'rise', 'by', '4500000000', 'or', '25%']
    """
    folded = fold(text)
    tokens = []
    rest = folded
    for rule in _rules():
        if rule.kind == "number" and not rule.stay and not re.search(r"[0-9a-z]", rest):
            continue
        for match in rule.pattern.finditer(rest):
            term = _value(rule, match, folded)
            if term is None:
                continue
            tokens.append(Token(rule.kind, term, *match.span()))
            if not rule.stay:
                rest = (
                    rest[: match.start()]
                    + " " * (match.end() - match.start())
                    + rest[match.end() :]
                )
    tokens.extend(_words(rest))
    return sorted(tokens, key=lambda token: (token.start, token.end))


def _words(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word, at = match[0], match.start()
        if word.isascii():
            yield from _plain(word, at)
            continue
        for part in _HAN_OR_NOT.finditer(word):
            if _HAN.match(part[0]):
                yield Token("han", part[0], at + part.start(), at + part.end())
            else:
                yield from _plain(part[0], at + part.start())


def _plain(word: str, at: int) -> Iterator[Token]:
    kind, term = _term(word)
    if term:
        yield Token(kind, term, at, at + len(word))


@lru_cache(200_000)
def _term(word: str) -> tuple[str, str]:
    plain = re.sub(r"'s?$", "", word).replace("'", "") if "'" in word else word
    return "stop" if plain in _stop() else "word", stem(plain)


@cache
def _stop() -> frozenset[str]:
    return frozenset(word.replace("'", "") for word in lexicon()["stop"].split())


_SNOWBALL = EnglishStemmer()


@lru_cache(200_000)
def stem(word: str) -> str:
    """The stem of a folded word, in American spelling.

    >>> stem("lighted"), stem("organisations"), stem("spent"), stem("b12")
    ('light', 'organiz', 'spend', 'b12')
    """
    if not word.isascii() or not word.isalpha() or len(word) < 3:
        return word
    word = lexicon()["irregular"].get(word, word)
    word = lexicon()["spelling"].get(word, word)
    for pattern, replacement in _endings():
        word = pattern.sub(replacement, word)
    return str(_SNOWBALL.stemWord(word))


@cache
def _endings() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(pattern), re.sub(r"\$(\d)", r"\\\1", replacement))
        for pattern, replacement in lexicon()["endings"]
    ]


def _value(rule: _Rule, match: re.Match[str], folded: str) -> str | None:
    if rule.kind == "date":
        return _date(dict(zip(rule.groups, match.groups(), strict=False)))
    number = _number(match[1])
    if number is None:
        return None
    if rule.kind == "percent":
        return f"{number}%"
    scale = match[2] if len(match.groups()) > 1 else None
    return _shift(number, lexicon()["scales"][scale]) if scale else number


def _date(parts: dict[str, str | None]) -> str | None:
    """A date as ISO 8601 has it, without a year where none is named: ``2025-12-09``, ``-12-09``,
    ``2025-12``, ``-12``.
    """
    year = parts.get("y") or ""
    month, day = (_whole(parts[part]) if parts.get(part) else None for part in "md")
    if month is not None and day is not None and month > 12 >= day:
        month, day = day, month
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if month is None:
        return year
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day is not None else "")


def _whole(text: str | None) -> int | None:
    if text in lexicon()["months"]:
        return int(lexicon()["months"][text])
    number = _number(text or "")
    return int(number) if number and number.isdigit() else None


def _number(text: str) -> str | None:
    """The value of digits, English words or Chinese numerals, written out.

    >>> _number("4,500"), _number("four trillion"), _number("twenty-five"), _number("四万亿")
    ('4500', '4000000000000', '25', '4000000000000')
    """
    if text[:1].isdigit():
        return _shift(text.replace(",", ""), 0)
    if text[:1].isascii():
        return _spelled(text)
    total = section = digit = 0
    for char in text:
        if char in lexicon()["digits"]:
            digit = lexicon()["digits"][char]
        elif char in "十百千":
            section += (digit or 1) * 10 ** " 十百千".index(char)
            digit = 0
        else:
            total = (total + section + digit or 1) * 10 ** (4 if char == "万" else 8)
            section = digit = 0
    return str(total + section + digit)


def _spelled(text: str) -> str | None:
    numbers, scales = lexicon()["numbers"], lexicon()["scales"]
    total = part = 0
    for word in re.split(r"[ -]", text):
        if word in numbers:
            part += numbers[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in scales:
            total += (part or 1) * 10 ** scales[word]
            part = 0
    return str(total + part) if total + part else None


def _shift(number: str, zeros: int) -> str:
    """A decimal number times a power of ten, exactly.

    >>> _shift("4.5", 9), _shift("2.50", 0)
    ('4500000000', '2.5')
    """
    whole, _, fraction = number.partition(".")
    fraction = fraction.ljust(zeros, "0")
    whole, fraction = whole + fraction[:zeros], fraction[zeros:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def terms(text: str, *, names: bool = False) -> Iterator[str]:
    """The terms by which a text is found; a name also by single characters and by compounds written
    as one.

    >>> list(terms("Mar-a-Lago on December 9, 2025", names=True))
    ['mar', 'lago', '@2025-12-09', '@-12-09', '@2025-12', '@-12', '2025', 'maralago']
    """
    for token in analyze(text):
        if token.kind == "han":
            if names or len(token.term) == 1:
                yield from token.term
            yield from (token.term[i : i + 2] for i in range(len(token.term) - 1))
        elif token.kind == "date":
            yield from dated(token.term)
        elif token.kind != "stop":
            yield token.term
    for match in _COMPOUND.finditer(fold(text)) if "-" in text or "‑" in text else ():
        joined = match[0].replace("-", "")
        if joined.isascii() and not joined.isdigit() and len(joined) <= 20:
            yield stem(joined)


def dated(date: str) -> Iterator[str]:
    """The terms of a date, from the day to the year: a question may be less precise than the text.

    >>> list(dated("2025-12"))
    ['@2025-12', '@-12', '2025']
    """
    year, month, day = (*date.split("-"), "", "")[:3]
    if day and year:
        yield f"@{date}"
    if day:
        yield f"@-{month}-{day}"
    if month and year:
        yield f"@{year}-{month}"
    if month:
        yield f"@-{month}"
    if year:
        yield year
