"""Other people's texts, cut into headings and paragraphs as the edition writes them.

A plain text with empty lines has a paragraph between any two of them, its lines joined (or, of
verse, kept); one without has a paragraph a line. In Markdown, ``#`` is the title, ``##`` begins a
part, smaller headings stand over the next paragraph, and footnotes are the author's. Of TEI a
subset is read, see ``_tei``; what pandoc reads comes in as Markdown. Signs that only vertical
setting needs become those of horizontal setting, and characters that nobody can see are left out.
"""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from ..han import HAN
from ..read.yamldoc import invisible

_MARKUP = re.compile(r"[\\`*_\[\]{}]|~(?=~)|<(?=\s*/?\s*[A-Za-z!])|@(?=\s*(?:[a-z0-9-]+:)?p\s?\d)")
_OPENING = re.compile(r"^(?=[|>#+]|-\s)", re.MULTILINE)
"""What a line of plain text may begin with that would give it a form."""
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}\u3000-\u303f\uff00-\uffef])\n(?=[{HAN}\u3000-\u303f])")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*(.*)\Z", re.DOTALL)
_CALL = re.compile(r"\[\^([^\]\s]+)\](?!:)")

UPRIGHT = str.maketrans(
    dict(zip("︐︑︒︓︔︕︖︗︘︙", "，、。：；！？〖〗…", strict=True))
    | dict(
        zip(
            "︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
            "：—–＿（）｛｝〔〕【】《》〈〉「」『』［］",
            strict=True,
        )
    )
    | {"〻": "々"}
    | dict.fromkeys(map(chr, range(0x3190, 0x31A0)))
)
"""Signs of vertical setting, and those of horizontal setting that stand for them; the marks by
which Japanese readers put Chinese words into their own order (kanbun) are left out."""


@dataclass(frozen=True)
class Block:
    """A paragraph as Markdown with what is said of it, or a heading with its level (2 for a part).

    ``notes`` are the author's own on the paragraph, by the id with which its words call them;
    ``line`` is where it begins in the file, where that is known.
    """

    text: str
    level: int = 0
    speaker: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    line: int = 0

    @property
    def heading(self) -> bool:
        return self.level > 0


class UnreadableTextError(Exception):
    """A text that cannot be read; the message says where and why, in one line."""


@dataclass(frozen=True)
class File:
    """A file that is given: its encoding, where that is not Unicode, and a folder into which the
    pictures of a file of pandoc's kinds are put.
    """

    path: Path
    encoding: str = ""
    media: str = ""


def read_blocks(
    path: Path, *, verse: bool = False, encoding: str = "", media: str = ""
) -> list[Block]:
    """The headings and paragraphs of a file, by its ending, see ``File``. Raises
    ``UnreadableTextError``, and ``OSError`` where the file cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableTextError(
            f"{path} has the ending {path.suffix or '(none)'}; known are {', '.join(READERS)}"
        )
    blocks = [
        block
        for block in (_verse if verse else reader)(File(path, encoding, media))
        if block.text.strip() and block.text.strip() != "|"
    ]
    if all(block.heading for block in blocks):
        raise UnreadableTextError(f"{path} holds no paragraph")
    return _orderly(blocks)


def _orderly(blocks: list[Block]) -> list[Block]:
    """The blocks, a part's heading that has no paragraph under it made a smaller one of the next,
    and what stands after the last paragraph left out.
    """
    while blocks[-1].heading:
        blocks = blocks[:-1]
    found: list[Block] = []
    filled = False  # whether a paragraph stands between here and the next part
    for block in reversed(blocks):
        if block.level == 2:
            found.append(block if filled else replace(block, level=3))
            filled = False
        else:
            filled = filled or not block.heading
            found.append(block)
    return found[::-1]


def escaped(text: str) -> str:
    """Plain text as Markdown.

    >>> print(escaped("> 1 < 2, *x* <b> &amp; [@p1]"))
    \\> 1 < 2, \\*x\\* \\<b> & \\[\\@p1\\]
    """
    return _OPENING.sub(r"\\", _MARKUP.sub(r"\\\g<0>", _ENTITY.sub(_character, text)))


def _character(entity: re.Match[str]) -> str:
    made = unescape(entity[0])
    return entity[0] if made == entity[0] or invisible(made) else made


def _plain(file: File) -> list[Block]:
    text = read_file(file)
    found, line = [], 1
    for paragraph in _paragraphs(text):
        words = _joined(paragraph)
        if words:
            lead = len(paragraph) - len(paragraph.lstrip("\n \t"))
            found.append(Block(escaped(words), line=line + paragraph[:lead].count("\n")))
        line += paragraph.count("\n") + 1
    return found


def _verse(file: File) -> list[Block]:
    found, line = [], 1
    for stanza in _cut(read_file(file)):
        lines = [escaped(part.strip()) for part in stanza.strip().split("\n")]
        begins = line + stanza[: len(stanza) - len(stanza.lstrip())].count("\n")
        found.append(Block("\n".join(f"| {part}" for part in lines), line=begins))
        line += stanza.count("\n") + 1
    return found


def _cut(text: str) -> list[str]:
    """A text cut at its empty lines, each piece with the line ends before it but one."""
    return re.split(r"\n(?=[ \t]*\n)", text)


def _paragraphs(text: str) -> list[str]:
    return _cut(text) if _EMPTY_LINE.search(text.strip()) else text.split("\n")


def _joined(paragraph: str) -> str:
    return " ".join(_BETWEEN_HAN.sub("", paragraph.strip()).split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line.

    >>> paragraphs("One\\nline.\\n\\nAnother."), paragraphs("One.\\nTwo.")
    (['One line.', 'Another.'], ['One.', 'Two.'])
    """
    return [words for part in _paragraphs(text) if (words := _joined(part))]


# Markdown -------------------------------------------------------------------------------------


def _markdown(file: File) -> list[Block]:
    return _blocks_of(read_file(file))


def _blocks_of(text: str) -> list[Block]:
    """The blocks of a Markdown text, its footnotes as the author's with the paragraphs that call
    them.
    """
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    # One heading of the first level is the title; where there are several, they are the parts'.
    lower = 1 if len(re.findall(r"^# ", text, re.MULTILINE)) > 1 else 0
    for line, part in _pieces(text):
        last = blocks[-1] if blocks else None
        heading = re.match(r"(#{1,6})\s+(.+?)\s*#*\s*(?:\{[^}]*\})?\Z", part.strip())
        underlined = re.match(r"(.+)\n(=+|-+)[ \t]*\Z", part.strip())
        note = _NOTE.match(part.strip())
        if heading:
            level = len(heading[1]) + lower
            if level > 1:
                blocks.append(Block(heading[2], level=min(level, 6), line=line))
        elif underlined and not part.lstrip().startswith(("|", ">", "-")):
            if underlined[2][0] == "-":
                blocks.append(Block(underlined[1].strip(), level=2, line=line))
        elif note:
            notes[note[1]] = " ".join(note[2].split())
        elif last and not last.heading and _goes_on(last.text, part):
            blocks[-1] = replace(last, text=f"{last.text}\n{part.strip()}")
        elif not re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", part):
            blocks.append(Block(part.strip(), line=line))
    numbers = {id_: f"author-{n}" for n, id_ in enumerate(notes, 1)}
    return [_with_notes(block, notes, numbers) for block in blocks]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, or lines that hold the mark of a quotation alone, each with
    its line; without front matter, and without ids that an edition had given.
    """
    front = re.match(r"---\n.*?\n---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    line = 1 + (front[0].count("\n") if front else 0)
    kept: list[str] = []
    for row in [*text[front.end() if front else 0 :].split("\n"), ""]:
        if row.strip() in ("", ">"):
            if kept:
                yield line - len(kept), "\n".join(kept)
            kept = []
        elif not re.fullmatch(r"\{:?\s*#[^}]*\}", row.strip()):
            kept.append(row)
        else:
            kept.append("")
        line += 1


def _goes_on(before: str, part: str) -> bool:
    """Whether a piece belongs to the list before it, whose items stand apart."""
    return any(
        re.match(mark, before) and (re.match(mark, part) or part[:1].isspace())
        for mark in (r"[-*]\s+", r"\d+[.)]\s+")
    )


def _with_notes(block: Block, notes: dict[str, str], numbers: dict[str, str]) -> Block:
    """A block that calls its notes as the author's."""
    called = [id_ for id_ in _CALL.findall(block.text) if id_ in notes]
    text = _CALL.sub(lambda m: f"[^{numbers[m[1]]}]" if m[1] in numbers else m[0], block.text)
    return replace(block, text=text, notes=tuple((numbers[i], notes[i]) for i in called))


# Files ----------------------------------------------------------------------------------------


def read_file(file: File) -> str:
    """A file's text, cleaned of what no reader could see."""
    return cleaned(_decoded(file))


def _decoded(file: File) -> str:
    path, encoding = file.path, file.encoding
    data = path.read_bytes()
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        return data.decode(encoding or marked)
    except LookupError:
        raise UnreadableTextError(
            f'"{encoding}" is no known encoding; write one such as gb18030'
        ) from None
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        name = encoding or "UTF-8"
        remedy = f"save it as UTF-8, or say --encoding {_guess(data)}"
        raise UnreadableTextError(f"{path}:{line}:{column}: is not {name} text; {remedy}") from None


_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _guess(data: bytes) -> str:
    """The encoding that a text in none of Unicode's may have."""
    for name in ("gb18030", "shift_jis", "big5"):
        try:
            words = data.decode(name)
        except UnicodeDecodeError:
            continue
        foreign = [char for char in words if ord(char) > 127]
        if len(
            [c for c in foreign if re.match(rf"[{HAN}\u3000-\u30ff\uff00-\uffef]", c)]
        ) > 0.9 * len(foreign):
            return name
    return "windows-1252"


def cleaned(text: str) -> str:
    """A text with line ends of one kind, upright signs, and no character that nobody can see.

    >>> cleaned("a\\r\\nb\\u200b ﹁c﹂")
    'a\\nb 「c」'
    """
    text = _LINE_ENDS.sub("\n", text).translate(UPRIGHT)
    if not invisible(text):
        return text
    return "".join(
        char
        for n, char in enumerate(text)
        if unicodedata.category(char) not in ("Cc", "Cf")
        or not invisible(text[max(0, n - 1) : n + 2])
        or char in "\n\t"
    )


# TEI ------------------------------------------------------------------------------------------

_PHRASES = {"emph": "*", "hi": "*", "title": "*", "foreign": "*"}


def _tei(file: File) -> list[Block]:
    """The body of a TEI P5 document: ``head``, ``p``, ``ab``, ``lg`` and ``l``, ``sp`` and
    ``speaker``, ``quote``, ``list``, ``table``; ``note`` is left out. Any other element is read as
    what it holds.
    """
    path = file.path
    data = _decoded(file).encode() if file.encoding else path.read_bytes()
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise UnreadableTextError(f"{path} declares entities; write the characters themselves")
    try:
        root = etree.fromstring(data)
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
                items = [words for i in child.iter("item") if (words := _words(i))]
                mark = "- " if len(items) > 1 else ""
                yield Block("\n".join(f"{mark}{words}" for words in items), 0, speaker)
            case "table":
                rows = [[_words(cell) for cell in row.iter("cell")] for row in child.iter("row")]
                rows = [[cell.replace("|", "\\|") for cell in row] for row in rows if row]
                table = [f"| {' | '.join(row)} |" for row in rows]
                rule = f"|{' --- |' * len(rows[0])}" if rows else ""
                yield Block("\n".join([*table[:1], rule, *table[1:]] if rows else []), 0, speaker)
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
        yield escaped(cleaned(part.text or ""))
        for child in part:
            if child.tag != "note":
                said = "".join(read(child)) if child.tag != "lb" else " "
                mark = _PHRASES.get(str(child.tag), "") if said.strip() else ""
                yield f"{mark}{said.strip() if mark else said}{mark}"
            yield escaped(cleaned(child.tail or ""))

    return " ".join("".join(read(element)).split())


# Pandoc ---------------------------------------------------------------------------------------


def _pandoc(file: File) -> list[Block]:
    """A file as pandoc converts it, which ``of_pandoc`` reads."""
    path, pandoc = file.path, shutil.which("pandoc")
    if pandoc is None:
        raise UnreadableTextError(
            f"{path} needs pandoc, which is not installed; or save it as .txt"
        )
    if not path.is_file():
        raise UnreadableTextError(f"{path}: No such file; check the path")
    media = ["--extract-media", file.media] if file.media else []
    made = subprocess.run(
        [pandoc, "--to", PANDOC_FORM, "--wrap", "none", *media, "--", str(path.resolve())],
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    if made.returncode:
        said = made.stderr.strip().partition("\n")[0]
        raise UnreadableTextError(f"{path} is not read by pandoc: {said}")
    return of_pandoc(made.stdout)


PANDOC = (".docx", ".odt", ".rtf", ".epub", ".html")
PANDOC_FORM = "gfm-raw_html-strikeout+footnotes"


def of_pandoc(text: str) -> list[Block]:
    """The blocks of a file as pandoc writes it; where they stood in the file is not known."""
    blocks = _blocks_of(cleaned(_ENTITY.sub(_character, text)))
    return [replace(block, line=0, text=_evened(block.text)) for block in blocks]


def _evened(text: str) -> str:
    """Markdown without the blanks that line up its lists and tables, and without broken lines."""
    text = re.sub(r"(?:\\| {2,})\n\s*", " ", text)
    text = re.sub(r"^([-*]|\d+[.)])\s+", r"\1 ", text, flags=re.MULTILINE)
    if not text.startswith("|"):
        return text
    text = re.sub(r"\|[:-]+(?=\|)", "| --- ", text)
    return re.sub(r" {2,}", " ", text)


READERS: dict[str, Callable[[File], list[Block]]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".xml": _tei,
    ".tei": _tei,
    **dict.fromkeys(PANDOC, _pandoc),
}
