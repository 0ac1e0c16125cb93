"""Near-markup: brackets, signs and full-width forms that a text shows just as they were typed.

They are looked for in what is left once the text has been parsed, so real markup is already gone,
and so is code.
"""

from __future__ import annotations

import re

from ..kinds import LINKED

_KIND = "|".join(LINKED)
_OPEN, _CLOSE = r"[\[(［（【〔「{<]", r"[\])］）】〕」}>]"
_SQUARE, _SQUARED = r"[\[［【〔]", r"[\]］】〕]"
_ROUND, _ROUNDED = r"[(（]", r"[)）]"
_WORDS = rf"{_SQUARE}[^\[\]［］【】〔〕]{{0,300}}{_SQUARED}"
_AT = "[@＠﹫]"
_PARAGRAPH = r"(?:[a-z0-9-]{1,80}:)?p\s?\d+(?:[-–]p?\d+)?"
_CITE = "cites nothing; write [@{}]"
_LINK = "is not a link; write [words]({})"

# What it looks like, and what to write; of two that overlap the first is named. Repetitions are
# bounded, or a page of nothing but brackets would be searched again from each of them.
_PATTERNS = (
    (
        rf"{_OPEN}{{1,3}}\s*{_AT}\s*(?P<is>[A-Za-z0-9][\w:–-]*)"
        rf"(?:\s*[;；,，、]\s*{_AT}?\s*[\w:–-]+)*\s*{_CLOSE}{{0,3}}",
        _CITE,
    ),
    (rf"(?<![\w.]){_AT}\s*(?P<is>{_PARAGRAPH})\b", _CITE),
    (rf"{_SQUARE}\s*(?P<is>{_PARAGRAPH})\s*{_SQUARED}", _CITE),
    (rf"[\[［【(（]\s*{_AT}\s*[\]］】)）]?", "cites nothing; write [@p12]"),
    (
        rf"{_SQUARE}\s*[\^＾]\s*[^\[\]］】\s]{{0,80}}\s*{_SQUARED}?",
        "is not a note; notes belong in the translation, with their definitions",
    ),
    (rf"{_WORDS}\s*{_ROUND}\s*(?P<is>(?:{_KIND})\s*[:：]\s*[a-z0-9-]+)\s*{_ROUNDED}?", _LINK),
    (
        rf"(?:[(（\[［【][^\[\]［］【】()（）]{{0,300}}[)）\]］】]?\s*)?{_OPEN}?"
        rf"(?<![\w-])(?P<is>(?:{_KIND})[:：][a-z0-9][a-z0-9-]*){_CLOSE}{{0,3}}",
        _LINK,
    ),
    (r"\[{2,3}[^\[\]]{0,300}\]{2,3}", "is not a link; write [words](actor:id)"),
    (
        rf"(?:(?:{_WORDS}|{_SQUARED})[ \t]*{_ROUND}|{_ROUNDED}{_SQUARE})\s*"
        rf"(?P<is>(?:https?|mailto)[:：][^\s)）\]］】]*)[)）\]］】]?",
        _LINK,
    ),
    (rf"{_WORDS}[ \t]*{_ROUND}\s*(?P<is>[\w./#-]+\.(?:md|html)[\w#-]*)\s*{_ROUNDED}?", _LINK),
    (
        r"[［【][^［］【】]{0,300}[］】]\s*[(（][^()（）]{0,300}[)）]",
        "is not a link; write [words](address)",
    ),
    (
        r"\[(?![\s.…]*\])[^\[\]]{1,300}\]\[(?!…\])[^\[\]]{0,300}\]",
        "leads nowhere; write [words](address)",
    ),
    (r"\[[ \t]*\](?:\([^()]{0,300}\))?", "is an empty pair of brackets; remove it"),
    (r"\*\*+|(?<!\w)__+|__+(?!\w)|~~+", "marks nothing; close it, or remove it"),
    (r"`+", "begins code that does not end; close it, or remove it"),
    (
        r"\{\s*[:#.]\s*[^{}]{0,300}\}?",
        "is shown as it stands; remove it, or put it where Markdown reads it",
    ),
    (
        r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});",
        "stays as it is in some formats; write the character itself",
    ),
)
_NEARLY = tuple((re.compile(pattern), remedy) for pattern, remedy in _PATTERNS)
_HINT = re.compile(rf"[\[［【@＠﹫*`{{~&]|__|(?:{_KIND})\s*[:：]|[(（][\s@＠]|[)）][\[［]")


def nearly(text: str) -> list[tuple[str, str]]:
    """The near-markup in a parsed text's plain words: what to look for, and what to say.

    >>> nearly("He joined in May [@ p1].")
    [('[@ p1]', 'has "[@ p1]", which cites nothing; write [@p1]')]
    """
    found: list[tuple[str, str]] = []
    if "]" not in text and not _HINT.search(text):
        return found
    for pattern, remedy in _NEARLY:
        for match in pattern.finditer(text):
            meant = re.sub(r"\s", "", match.groupdict().get("is") or "").replace("：", ":")
            needle = match[0].strip()
            found.append((needle, f'has "{needle[:60]}", which {remedy.format(meant)}'))
        text = pattern.sub(lambda m: " " * len(m[0]), text)
    if lone := _lone_bracket(text):
        found.append((lone, f'has "{lone}" without its partner; add or remove one'))
    return found


def _lone_bracket(text: str) -> str:
    """The first square bracket without a partner, with the word next to it."""
    opened: list[int] = []
    for match in re.finditer(r"[\[\]]", text):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            return text[: match.end()].rsplit(maxsplit=1)[-1][-20:]
    return text[opened[0] :].split(maxsplit=1)[0][:20] if opened else ""
