"""``dossier requote``: after a change of the translation, the right words for what quoted it.

What stood in a paragraph before is known from the releases and, where there is one, from the last
commit. So the words that took the place of those quoted are found by holding the two wordings
against each other; where nobody knows the old one, the likest words are offered.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import Report
from ..graph.differences import words as words_of
from ..graph.refs import Graph
from ..model import Role, Text
from ..read.prose import parse
from ..read.quotations import stands_in
from ..read.translation import read_translation
from ..read.yamldoc import Document
from ..read.yamldoc import parse as parse_yaml
from ..rules.quotations import Quoted, broken, standing_elsewhere
from .edits import Edits

Paragraph = tuple[str, int]

_OMISSION = re.compile(r"(\s*(?:\[…\]|\[\.\.\.\]|…|\[[^\]A-Za-z]*\])\s*)")
_CAPITAL = re.compile(r"\[([A-Za-z])\](?=[a-z])")
_END_MARK = re.compile(r"[.,]?$")
_LIKE = 0.5
"""How much alike words must be to be offered."""
_GAP = r"(?:\\\n\s*|\s|\[@[^\]\n]*\]|\[\^[a-z0-9-]+\]|\]\([^()\s]*\)|[\[*_])*"
"""What may stand between two words that are quoted: blanks, links, citations, emphasis."""
_QUOTES = "“”‘’'\""


@dataclass(frozen=True)
class Requote:
    """A quotation that broke, the paragraph that it is from, and the words for it now; ``now`` is
    empty where nothing there is like it, and ``elsewhere`` the paragraph in which it does stand.
    """

    quoted: Quoted
    paragraph: Paragraph
    text: str
    now: str
    elsewhere: str = ""

    def __str__(self) -> str:
        name = f"p{self.paragraph[1]}"
        now = self.now or (
            f"(nothing like it; the words stand in {self.elsewhere}, cite that)"
            if self.elsewhere
            else "(nothing like it; take the words from the translation)"
        )
        head = f"{self.quoted.place}: {self.quoted.owner}"
        return f"{head}\n  quoted: {self.quoted.words}\n  {name} has: {now}"


class Before:
    """What the paragraphs said before."""

    def __init__(self, root: Path, graph: Graph) -> None:
        self.root = root
        self.graph = graph

    def texts(self, paragraph: Paragraph) -> Iterator[str]:
        """The former wordings of a paragraph, newest first."""
        source, number = paragraph
        if committed := self._committed.get(paragraph):
            yield committed
        for wording in reversed(self.graph.wordings.get(source, {}).get(f"p{number}", [])):
            yield wording.words

    @cached_property
    def _committed(self) -> dict[Paragraph, str]:
        """What stands in the last commit, where there is any."""
        found: dict[Paragraph, str] = {}
        if shutil.which("git") is None:
            return found
        for source, translation in self.graph.archive.translations.items():
            shown = subprocess.run(
                ["git", "-C", str(self.root), "show", f"HEAD:./{translation.path}"],
                capture_output=True,
                check=False,
            )
            if shown.returncode == 0:
                text = shown.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
                for paragraph in read_translation(text, translation.path, Report()).paragraphs:
                    found[source, paragraph.number] = paragraph.prose.plain
        return found


def requotes(root: Path, graph: Graph) -> list[Requote]:
    """Every quotation that broke, with the words for it now."""
    before = Before(root, graph)
    return [_requote(graph, before, quoted, texts) for quoted, texts in broken(graph)]


def _requote(graph: Graph, before: Before, quoted: Quoted, texts: dict[Paragraph, str]) -> Requote:
    found = max(
        (_renewed(quoted.words, text, before.texts(p)) for p, text in texts.items()),
        key=lambda renewed: renewed[0],
    )
    likeness, now, text = found
    paragraph = next(p for p, t in texts.items() if t == text)
    elsewhere = standing_elsewhere(graph.archive, quoted)
    if likeness < _LIKE or not stands_in(now, text):
        now = ""
    return Requote(quoted, paragraph, text, now, elsewhere)


def _renewed(quote: str, text: str, before: Iterator[str]) -> tuple[float, str, str]:
    """How sure the words are that took a quotation's place in a text, these words, and the text."""
    pieces = _OMISSION.split(quote)
    old = next((t for t in before if t != text and stands_in(quote, t)), None)
    sure, out = 1.0, []
    for n, piece in enumerate(pieces):
        if n % 2 or not piece.strip() or stands_in(piece, text):
            out.append(piece)
            continue
        bare = _CAPITAL.sub(lambda m: m[1], piece)
        likeness, words = _moved(bare, old, text) if old else _likest(bare, text)
        sure = min(sure, likeness)
        if bare != piece and words[:1].casefold() == bare[:1].casefold():  # a changed capital stays
            words = f"[{bare[0]}]{words[1:]}"
        # What ends a quotation may be the quoting sentence's own.
        out.append(words + ("" if words[-1:] in (".", ",") else _END_MARK.findall(piece)[0]))
    return sure, "".join(out), text


def _tokens(text: str) -> list[str]:
    return [re.sub(f"[{_QUOTES}]", "'", word.strip()) for word in words_of(text)]


def _moved(piece: str, old: str, new: str) -> tuple[float, str]:
    """The words of a new wording that stand where a piece of an old one stood."""
    one, other, wanted = _tokens(old), _tokens(new), _tokens(piece.rstrip(" .,"))
    folded, sought = ([w.casefold() for w in tokens] for tokens in (one, wanted))
    start = next((n for n in range(len(one)) if folded[n : n + len(wanted)] == sought), None)
    if start is None:
        return _likest(piece, new)
    end = start + len(wanted)
    first, last = len(other), 0
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if b <= start or a >= end:
            continue
        same = tag == "equal"
        first = min(first, c + max(start - a, 0) if same else c)
        last = max(last, c + min(end, b) - a if same else d)
    return (1.0, _joined(new, first, last)) if first < last else (0.0, "")


def _likest(piece: str, text: str) -> tuple[float, str]:
    """The words of a text that are most like a piece, whatever their number."""
    have, wanted = _tokens(text.lower()), _tokens(piece.rstrip(" .,").lower())
    best = (0.0, 0, 0)
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)
    for length in range(max(1, len(wanted) * 2 // 3), len(wanted) * 3 // 2 + 2):
        for start in range(len(have) - length + 1):
            matcher.set_seq1(have[start : start + length])
            if matcher.real_quick_ratio() > best[0] and matcher.quick_ratio() > best[0]:
                best = max(best, (matcher.ratio(), start, start + length))
    likeness, start, end = best
    return likeness, _joined(text, start, end)


def _joined(text: str, start: int, end: int) -> str:
    """Some of a text's words, as they stand."""
    return "".join(words_of(text)[start:end]).strip()


# Putting them in


def put_in(edits: Edits, graph: Graph, found: Requote) -> bool:
    """Write the new words in place of the old in the file; whether that could be done. Markup about
    them stays, and where they would fall upon markup nothing is written.
    """
    path = found.quoted.place.path
    text = edits[path]
    start, end, now = 0, len(text), found.now
    role: Role | None = Role.PROSE
    if found.quoted.path:
        record = graph.record(found.quoted.owner)
        document = parse_yaml(text, path, Report())
        if document is None:
            return False
        marks = document.spans[(*record.path, *found.quoted.path)]
        start, end = marks[0].index, marks[1].index
        value = _value(document, (*record.path, *found.quoted.path))
        role = Role.QUOTE if " ".join(value.split()) == found.quoted.words else Role.PROSE
    if role is Role.PROSE:
        now = now.replace("“", "‘").replace("”", "’")
    for match in _pattern(found.quoted.words).finditer(text, start, end):
        changed = _replaced(text, match, found.quoted.words, now)
        if changed is not None and _is_right(changed, found, graph, role, now):
            edits[path] = changed
            return True
    return False


def _value(document: Document, path: tuple[str | int, ...]) -> str:
    value: Any = document.value
    for step in path:
        value = value[step]
    return str(value)


def _pattern(quote: str) -> re.Pattern[str]:
    """A quotation as it may stand in a file, each of its words a group."""

    def one(word: str) -> str:
        return "".join(
            rf"(?:\\?[{_QUOTES}]|'')" if char in _QUOTES else re.escape(char) for char in word
        )

    return re.compile(_GAP.join(f"({one(word.strip())})" for word in words_of(quote)))


def _replaced(text: str, match: re.Match[str], old: str, new: str) -> str | None:
    """The file with the words changed that differ; ``None`` where markup stands among them."""
    before, after = words_of(old), words_of(new)
    steps = SequenceMatcher(
        None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False
    ).get_opcodes()
    for tag, a, b, c, d in reversed(steps):
        if tag == "equal":
            continue
        words = "".join(after[c:d]).strip()
        if a == b:  # beside the word before, or the one after
            if a:
                glue = " " if after[c - 1].endswith(" ") else ""
                start = end = match.end(a)
                words = glue + words
            else:
                start = end = match.start(1)
                words += " " if after[d - 1].endswith(" ") else ""
        elif c == d:
            with_next = a == 0 or (before[a - 1].endswith(" ") and b < len(before))
            start, end = (
                (match.start(a + 1), match.start(b + 1) if b < len(before) else match.end(b))
                if with_next
                else (match.end(a), match.end(b))
            )
        else:
            start, end = match.start(a + 1), match.end(b)
        if re.search(r"[\[\]*_@]", text[start:end]) and not re.search(r"[\[\]*_@]", old):
            return None
        text = text[:start] + words + text[end:]
    return text


def _is_right(text: str, found: Requote, graph: Graph, role: Role | None, now: str) -> bool:
    """Whether the file can be read with the new words, and quotes them."""
    quoted = found.quoted
    if not quoted.path:
        return stands_in(now, found.text)
    document = parse_yaml(text, quoted.place.path, Report())
    if document is None:
        return False
    path = (*graph.record(quoted.owner).path, *quoted.path)
    value = _value(document, path) if path in document.spans else ""
    if role is Role.QUOTE:
        return stands_in(" ".join(value.split()), found.text)
    return any(" ".join(q.words.split()) == now for q in parse(Text(value)).quotations)
