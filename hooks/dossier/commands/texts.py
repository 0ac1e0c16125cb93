"""Other people's texts, cut into headings and paragraphs as the edition writes them.

A plain text with empty lines has a paragraph between any two of them, its lines joined (or, of
verse, kept); one without has a paragraph a line. In Markdown, ``#`` is the title, ``##`` begins a
part, and smaller headings stand over the next paragraph. Of TEI a subset is read, see ``_tei``;
what pandoc reads comes in as Markdown.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..han import HAN

_MARKUP = re.compile(r"([\\`*_\[\]])")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}\u3000-\u303f\uff00-\uffef])\n(?=[{HAN}\u3000-\u303f])")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Block:
    """A paragraph as Markdown with what is said of it, or a heading with its level (2 for a
    part).
    """

    text: str
    level: int = 0
    speaker: str = ""

    @property
    def heading(self) -> bool:
        return self.level > 0


class UnreadableTextError(Exception):
    """A text that cannot be read; the message says where and why, in one line."""


def read_blocks(path: Path, *, verse: bool = False) -> list[Block]:
    """The headings and paragraphs of a file, by its ending. Raises ``UnreadableTextError``, and
    ``OSError`` where the file cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableTextError(
            f"{path} has the ending {path.suffix or '(none)'}; known are {', '.join(READERS)}"
        )
    blocks = [
        block
        for block in (_verse(path) if verse else reader(path))
        if block.text.strip() and block.text.strip() != "|"
    ]
    if all(block.heading for block in blocks):
        raise UnreadableTextError(f"{path} holds no paragraph")
    return blocks


def escaped(text: str) -> str:
    """Plain text as Markdown."""
    return _MARKUP.sub(r"\\\1", text)


def _plain(path: Path) -> list[Block]:
    return [Block(escaped(text)) for text in paragraphs(_text(path))]


def _verse(path: Path) -> list[Block]:
    stanzas = _EMPTY_LINE.split(_text(path).strip())
    return [
        Block("\n".join(f"| {escaped(line.strip())}" for line in stanza.strip().split("\n")))
        for stanza in stanzas
    ]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line.

    >>> paragraphs("One\\nline.\\n\\nAnother."), paragraphs("One.\\nTwo.")
    (['One line.', 'Another.'], ['One.', 'Two.'])
    """
    text = text.strip()
    cut = _EMPTY_LINE.split(text) if _EMPTY_LINE.search(text) else text.splitlines()
    return [" ".join(_BETWEEN_HAN.sub("", part.strip()).split()) for part in cut if part.strip()]


def _markdown(path: Path) -> list[Block]:
    return list(_blocks_of(_text(path)))


def _blocks_of(text: str) -> Iterator[Block]:
    for part in _EMPTY_LINE.split(text.strip()):
        heading = re.match(r"(#{1,6})\s+(.+?)\s*#*\s*(?:\{[^}]*\})?\Z", part.strip())
        if heading and len(heading[1]) > 1:
            yield Block(heading[2], level=len(heading[1]))
        elif not heading:
            yield Block(part.strip())


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableTextError(f"{path}:{line}:1: is not UTF-8 text; save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


# TEI ------------------------------------------------------------------------------------------

_PHRASES = {"emph": "*", "hi": "*", "title": "*", "foreign": "*"}


def _tei(path: Path) -> list[Block]:
    """The body of a TEI P5 document: ``head``, ``p``, ``ab``, ``lg`` and ``l``, ``sp`` and
    ``speaker``, ``quote``, ``list``, ``table``; ``note`` is left out. Any other element is read as
    what it holds.
    """
    if "<!ENTITY" in _text(path):
        raise UnreadableTextError(f"{path} declares entities; write the characters themselves")
    try:
        root = etree.fromstring(_text(path))
    except etree.ParseError as error:
        line, column = error.position
        raise UnreadableTextError(
            f"{path}:{line}:{column + 1}: is not well-formed XML ({error.msg.partition(':')[0]})"
        ) from None
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    body = root.find(".//body")
    if body is None:
        raise UnreadableTextError(f"{path} has no body; a TEI document has one in its text")
    return list(_read_tei(body, 1, ""))


def _read_tei(element: etree.Element, level: int, speaker: str) -> Iterator[Block]:
    for child in element:
        match child.tag:
            case "head":
                yield Block(_words(child), level=min(max(level, 2), 6))
            case "p" | "ab" | "l" if child.find("lg") is None and child.find("p") is None:
                yield Block(_words(child) if child.tag != "l" else f"| {_words(child)}", 0, speaker)
            case "lg" if child.find("lg") is None:
                lines = "\n".join(f"| {_words(line)}" for line in child.iter("l"))
                yield Block(lines, 0, speaker)
            case "quote":
                yield Block(f"> {_words(child)}", 0, speaker)
            case "list":
                yield Block("\n".join(f"- {_words(i)}" for i in child.iter("item")), 0, speaker)
            case "table":
                rows = [[_words(cell) for cell in row.iter("cell")] for row in child.iter("row")]
                table = [f"| {' | '.join(row)} |" for row in rows]
                rule = f"|{' --- |' * len(rows[0])}" if rows else ""
                yield Block("\n".join([*table[:1], rule, *table[1:]]), 0, speaker)
            case "sp":
                said = child.find("speaker")
                yield from _read_tei(child, level, _words(said) if said is not None else "")
            case "speaker" | "note":
                pass
            case _:
                yield from _read_tei(child, level + (child.tag.startswith("div")), speaker)


def _words(element: etree.Element) -> str:
    """What an element says, its emphasis marked, on one line."""

    def read(part: etree.Element) -> Iterator[str]:
        yield escaped(part.text or "")
        for child in part:
            if child.tag != "note":
                said = "".join(read(child)) if child.tag != "lb" else " "
                mark = _PHRASES.get(str(child.tag), "") if said.strip() else ""
                yield f"{mark}{said.strip() if mark else said}{mark}"
            yield escaped(child.tail or "")

    return " ".join("".join(read(element)).split())


# Pandoc ---------------------------------------------------------------------------------------


def _pandoc(path: Path) -> list[Block]:
    """A file as pandoc converts it."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise UnreadableTextError(
            f"{path} needs pandoc, which is not installed; or save it as .txt"
        )
    if not path.is_file():
        raise UnreadableTextError(f"{path}: No such file; check the path")
    form = "gfm-raw_html-footnotes"
    made = subprocess.run(
        [pandoc, "--to", form, "--wrap", "none", "--", str(path)],
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    if made.returncode:
        said = made.stderr.strip().partition("\n")[0]
        raise UnreadableTextError(f"{path} is not read by pandoc: {said}")
    return list(_blocks_of(made.stdout))


READERS: dict[str, Callable[[Path], list[Block]]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".xml": _tei,
    ".tei": _tei,
    **dict.fromkeys((".docx", ".odt", ".rtf", ".epub", ".html"), _pandoc),
}
