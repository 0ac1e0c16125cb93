"""Other people's texts, cut into headings and paragraphs as the edition writes them.

A plain text with empty lines has a paragraph between any two of them, its lines joined; one without
has a paragraph a line. In Markdown, ``#`` is the title and ``##`` begins a part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..han import HAN

_MARKUP = re.compile(r"([\\`*_\[\]])")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}\u3000-\u303f\uff00-\uffef])\n(?=[{HAN}\u3000-\u303f])")


@dataclass(frozen=True)
class Block:
    """A paragraph as Markdown, or the heading of a part."""

    text: str
    heading: bool = False


class UnreadableTextError(Exception):
    """A text that cannot be taken in; the message says where and why, in one line."""


def read_blocks(path: Path) -> list[Block]:
    """The headings and paragraphs of a file, by its ending. Raises ``UnreadableTextError``, and
    ``OSError`` where the file cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableTextError(
            f"{path} has the ending {path.suffix or '(none)'}; known are {', '.join(READERS)}"
        )
    blocks = [block for block in reader(path) if block.text.strip()]
    if not any(not block.heading for block in blocks):
        raise UnreadableTextError(f"{path} holds no paragraph")
    return blocks


def _plain(path: Path) -> list[Block]:
    return [Block(_MARKUP.sub(r"\\\1", text)) for text in paragraphs(_text(path))]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line.

    >>> paragraphs("One\\nline.\\n\\nAnother."), paragraphs("One.\\nTwo.")
    (['One line.', 'Another.'], ['One.', 'Two.'])
    """
    text = text.strip()
    cut = re.split(r"\n[ \t]*\n", text) if re.search(r"\n[ \t]*\n", text) else text.splitlines()
    return [" ".join(_BETWEEN_HAN.sub("", part.strip()).split()) for part in cut if part.strip()]


def _markdown(path: Path) -> list[Block]:
    blocks = []
    for text in re.split(r"\n[ \t]*\n", _text(path).strip()):
        heading = re.match(r"(#{1,6})\s+(.+?)\s*#*\s*\Z", text.strip())
        if heading and len(heading[1]) == 1:
            continue
        blocks.append(Block(heading[2], heading=True) if heading else Block(text.strip()))
    return blocks


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableTextError(f"{path}:{line}:1: is not UTF-8 text; save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


READERS: dict[str, Callable[[Path], list[Block]]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
}
