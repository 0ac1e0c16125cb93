"""YAML with the line and column of every value, and nothing of YAML that is dangerous or
surprising.

Every scalar is read as text and the model decides what it means, so that ``no`` stays a word and
``2025-04`` a date. Anchors, aliases, tags and merge keys are refused: contributors do not need
them, and nested aliases are the classic way to make a small file fill up memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import yaml

from ..errors import Location, Report, quoted
from ..store import memory
from .needles import find


class Mark(Protocol):
    """A position in the text, as both of PyYAML's parsers give it: counted from 0."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


Path_ = tuple[str | int, ...]
Value = str | None | list["Value"] | dict[str, "Value"]

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_OPEN = 100

_SPACES = "\n\t\u00a0\u2009\u200a\u202f\u3000"
_JOINERS = "\u200c\u200d"
"""They join or part letters of some scripts, and the signs of an emoji, and are harmless there."""
_JOINED = re.compile(r"[^\x00-\x7f\s][\u200c\u200d](?=[^\x00-\x7f\s])")
_SUSPECT = re.compile(r"[^\x20-\x7e\n]")
_CLOSES = {"]": "[", ")": "(", ">": "<"}
_OPEN = re.compile(r"[\[\]()<>]|(?<=`)`|\n[^\S\n]*(?=\n|- |[\w-]+:)")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Places:
    """Where in a file every part of its value stands."""

    spans: dict[Path_, tuple[Mark, Mark]] = field(default_factory=dict)
    keys: dict[Path_, Mark] = field(default_factory=dict)
    """Where the name of each field begins."""


@dataclass
class Document:
    """A parsed file, its value, and where in the file every part of it stands.

    The places are many times as large as the text and hardly ever asked for, so that they are read
    off the text again when they are.
    """

    path: str
    text: str
    value: Value = None
    places: Places | None = None
    """Where the text itself does not say, as that of a sheet does not."""
    file: Path | None = None
    """From where the text is read again, once it has been let go."""
    digest: str = ""
    """Of the text, once it has been let go."""

    def let_go(self, file: Path) -> None:
        """Keep of it only where it lies: its records have all that it says."""
        self.digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        self.text, self.value, self.file = "", None, file

    def whole(self) -> Document:
        """The document with its text and its value, read again where they have been let go."""
        if not self.file:
            return self
        text = self._text()
        return parse(text, self.path, Report()) or Document(self.path, text)

    @property
    def spans(self) -> dict[Path_, tuple[Mark, Mark]]:
        """Where every part of the value begins and ends."""
        return self._places().spans

    @property
    def keys(self) -> dict[Path_, Mark]:
        """Where the name of each field begins."""
        return self._places().keys

    def location(self, path: Path_ = (), needle: str | None = None) -> Location:
        """Where the value at ``path`` stands; with ``needle``, where in it that text first stands.

        A path that the file does not have (a field left out) gives its nearest parent.
        """
        spans = self._places().spans
        while path not in spans and path:
            path = path[:-1]
        if path not in spans:
            return Location(self.path)
        start, end = spans[path]
        if needle:
            text = self._text()
            at = find(text, needle, start.index, end.index)
            if at >= 0:
                line = text.count("\n", 0, at)
                return Location(self.path, line + 1, at - text.rfind("\n", 0, at))
        return Location(self.path, start.line + 1, start.column + 1)

    def key_location(self, path: Path_) -> Location:
        """Where the name of the field at ``path`` stands, rather than its value."""
        mark = self._places().keys.get(path)
        return Location(self.path, mark.line + 1, mark.column + 1) if mark else self.location(path)

    def _places(self) -> Places:
        return self.places or _places(self._text())

    def _text(self) -> str:
        return (read_text(self.file, self.path, Report()) if self.file else None) or self.text


@lru_cache(8)
def _places(text: str) -> Places:
    """The places of a text; of one that is no YAML document those up to where it breaks."""
    places = Places()
    with contextlib.suppress(yaml.YAMLError, _RefusedError):
        _Builder(Document("", text), Report(), places).build(yaml.parse(text, Loader=_Loader))
    return places


_UNSAVED: dict[Path, str] = {}


@contextmanager
def unsaved(texts: Mapping[Path, str]) -> Iterator[None]:
    """While it lasts, files are read as they stand in an editor and not on disk."""
    _UNSAVED.update(texts)
    try:
        yield
    finally:
        _UNSAVED.clear()


def read_text(path: Path, shown: str, report: Report) -> str | None:
    """The text of a file, or ``None`` with a violation: too large, unreadable, not UTF-8, a link,
    not an ordinary file.
    """
    place = Location(shown)
    try:
        if path.is_symlink():
            report.add(place, "is a symbolic link; put the file itself here")
            return None
        if not path.is_file():
            report.add(
                place, "is not an ordinary file but a pipe, a device or a folder; put a file here"
            )
            return None
        if path.stat().st_size > MAX_BYTES:
            report.add(place, f"is larger than {MAX_BYTES // 1_000_000} MB; split or shorten it")
            return None
        raw = _UNSAVED[path].encode("utf-8") if path in _UNSAVED else path.read_bytes()
    except OSError as error:
        report.add(
            place, f"cannot be read ({error.strerror or error}); check that it is a readable file"
        )
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        report.add(place, "begins with a byte-order mark; save it as UTF-8 without one")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start)
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1)
        report.add(
            Location(shown, line + 1, column + 1), "is not UTF-8 here; save the file as UTF-8"
        )
        return None
    # Mark indices count characters after this, so that Windows line ends do not shift them.
    text = text.replace("\r\n", "\n")
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start())
        report.add(
            Location(shown, line + 1),
            "holds a merge conflict; keep one of the two versions, without the marks",
        )
        return None
    found = invisible(text)
    if found:
        line = text.count("\n", 0, found.start())
        column = found.start() - text.rfind("\n", 0, found.start())
        report.add(
            Location(shown, line + 1, column),
            f"holds the invisible character U+{ord(found[0]):04X}; delete it",
        )
        return None
    marks = {".md": "[(<`", ".yml": "(<`"}.get(path.suffix, "")
    if (at := _too_deep(text, marks)) is not None:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        report.add(
            Location(shown, line, column),
            f'opens "{text[at]}" {MAX_OPEN} times one within another; close each, or take it out',
        )
        return None
    return text


def _too_deep(text: str, marks: str) -> int | None:
    """Where in a paragraph or field too many of these marks stand open. Markdown looks for the end
    of each, and would take hours.
    """
    if all(text.count(mark) < MAX_OPEN for mark in marks):
        return None
    depths = dict.fromkeys(marks, 0)
    for found in _OPEN.finditer(text):
        mark = found[0]
        if mark in depths:
            depths[mark] += 1
            if depths[mark] == MAX_OPEN:
                return found.start()
        elif mark.isspace():
            depths = dict.fromkeys(marks, 0)
        elif (opening := _CLOSES.get(mark)) in depths:
            depths[opening] = max(0, depths[opening] - 1)
    return None


def invisible(text: str) -> re.Match[str] | None:
    """The first character that is invisible, or that this package reserves for its own link slots.

    Those are control, format and private-use characters (see ``prose.py``); spaces are harmless.
    """
    return next(
        (
            m
            for m in _SUSPECT.finditer(text)
            if (not m[0].isprintable() and m[0] not in _SPACES) or "\ue000" <= m[0] <= "\uf8ff"
            if not (m[0] in _JOINERS and _JOINED.match(text, m.start() - 1))
        ),
        None,
    )


def parse(text: str, shown: str, report: Report) -> Document | None:
    """Parse one YAML document; ``None`` with a violation where it is not one."""
    known = memory(("yaml", text), lambda: _faultless(text)) if memory else []
    return Document(shown, text, known[0]) if known else _parsed(text, shown, report)


def _faultless(text: str) -> list[Value]:
    """What a text says, if there is nothing in it to be reported."""
    report = Report()
    document = _parsed(text, "", report)
    return [] if document is None or report.violations else [document.value]


def _parsed(text: str, shown: str, report: Report, loader: Any = _Loader) -> Document | None:
    document = Document(shown, text)
    try:
        _Builder(document, report).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        # A newer libyaml reads ahead and gives up before it says what is nested.
        if "nesting depth" in (error.problem or "") and loader is not yaml.SafeLoader:
            return _parsed(text, shown, report, yaml.SafeLoader)
        unclosed = "quoted scalar" in (error.context or "")  # it began where the mark was opened
        mark = (error.context_mark if unclosed else error.problem_mark) or error.context_mark
        place = _place(text, shown, mark) if mark else Location(shown)
        report.add(place, f"is not valid YAML: {_explain(error, text)}")
        return None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        report.add(
            Location(shown),
            f"is not valid YAML: {' '.join(str(error).split())}; delete the character",
        )
        return None
    except _RefusedError as error:
        report.add(Location(shown, error.mark.line + 1, error.mark.column + 1), error.message)
        return None
    return document


def _place(text: str, shown: str, mark: Mark) -> Location:
    """Where a mark stands; the end of the text if the parser counts past it."""
    last = text.count("\n")
    if mark.line > last:
        return Location(shown, last + 1, len(text) - text.rfind("\n"))
    return Location(shown, mark.line + 1, mark.column + 1)


def _explain(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = (error.problem or "").strip()
    mark = error.problem_mark
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return "a tab indents this line; use spaces"
    if "mapping values are not allowed" in problem:
        if re.match(r"\s*(?:- )?[\w-]+:\s+[^\s\"'].*?:\s", line):
            return 'a second ": " in one line; put the whole value in quotes'
        return (
            "this line is indented too deep, or the one before lacks its colon; align it, or write"
            " name: value"
        )
    if "could not find expected ':'" in problem:
        return "the line before lacks its colon; write name: value"
    if "found unexpected end of stream" in problem or "while scanning a quoted scalar" in (
        error.context or ""
    ):
        return "a quotation mark is opened and not closed; close it, or use > for long text"
    return (
        f"{problem or error.context or 'unreadable'}; check indentation, colons and quotation marks"
    )


class _RefusedError(Exception):
    def __init__(self, mark: Mark, message: str) -> None:
        self.mark = mark
        self.message = message


@dataclass
class _Open:
    """A list or mapping whose end has not been read, with its path and the key read last."""

    value: list[Value] | dict[str, Value]
    path: Path_
    start: Mark
    key: str | None = None

    @property
    def expects_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


def _is_null(event: Any) -> bool:
    """Whether a scalar is what YAML reads as null."""
    return not event.style and event.value in ("", "~", "null")


class _Builder:
    """Builds the value from parser events, without recursion, so that depth cannot exhaust the
    stack.
    """

    def __init__(self, document: Document, report: Report, places: Places | None = None) -> None:
        self.document = document
        self.report = report
        self.places = places
        self.stack: list[_Open] = []
        self.documents = 0

    def build(self, events: Iterable[Any]) -> None:
        for event in events:
            if getattr(event, "anchor", None) is not None:
                raise _RefusedError(
                    event.start_mark, "uses a YAML anchor or alias (& or *); write the value out"
                )
            if getattr(event, "tag", None) not in (None, "!"):
                raise _RefusedError(
                    event.start_mark, f'uses the YAML tag "{event.tag}"; write a plain value'
                )
            if isinstance(event, yaml.DocumentStartEvent):
                self.document_start(event)
            elif isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self.open(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.close(event)

    def document_start(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _RefusedError(
                event.start_mark, "holds a second document after ---; keep one document a file"
            )

    def close(self, event: Any) -> None:
        closed = self.stack.pop()
        if self.places:
            self.places.spans[closed.path] = (closed.start, event.end_mark)

    def scalar(self, event: Any) -> None:
        if self.stack and self.stack[-1].expects_key:
            self.key(event)
            return
        self.refuse_invisible(event)
        self.place(None if _is_null(event) else event.value, event)

    def refuse_invisible(self, event: Any) -> None:
        found = invisible(event.value)
        if found:  # written as an escape, such as "\\u200b"
            message = f"holds the invisible character U+{ord(found[0]):04X}; delete it"
            raise _RefusedError(event.start_mark, message)

    def key(self, event: Any) -> None:
        container = self.stack[-1]
        if event.value == "<<" and not event.style:
            message = "uses a YAML merge key (<<); write the fields out"
            raise _RefusedError(event.start_mark, message)
        if _is_null(event):
            message = "has a field without a name; write name: value"
            raise _RefusedError(event.start_mark, message)
        self.refuse_invisible(event)
        assert isinstance(container.value, dict)
        if event.value in container.value:
            place = Location(
                self.document.path, event.start_mark.line + 1, event.start_mark.column + 1
            )
            self.report.add(place, f"has the field {quoted(event.value)} twice; keep one")
        container.key = event.value
        if self.places:
            self.places.keys[(*container.path, event.value)] = event.start_mark

    def open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _RefusedError(
                event.start_mark, f"is nested more than {MAX_DEPTH} levels deep; flatten it"
            )
        if self.stack and self.stack[-1].expects_key:
            raise _RefusedError(
                event.start_mark, "has a list or mapping as the name of a field; use a word"
            )
        value: list[Value] | dict[str, Value] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        path = self.place(value, event)
        self.stack.append(_Open(value, path, event.start_mark))

    def place(self, value: Value, event: Any) -> Path_:
        """Put a value where it belongs, and remember where in the file it stood."""
        path: Path_ = ()
        if not self.stack:
            self.document.value = value
        else:
            parent = self.stack[-1]
            if isinstance(parent.value, list):
                path = (*parent.path, len(parent.value))
                parent.value.append(value)
            else:
                assert parent.key is not None
                path = (*parent.path, parent.key)
                parent.value[parent.key] = value
                parent.key = None
        if self.places:
            self.places.spans[path] = (event.start_mark, event.end_mark)
        return path
