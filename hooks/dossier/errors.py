"""Violations: what is wrong with the data, where, and how to fix it."""

from __future__ import annotations

import difflib
import errno
import sqlite3
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file of the project: its path from the root, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def found(self) -> Location:
        """The place itself, see ``Sought``."""
        return self


class Sought(Location):
    """A place that is looked up when it is asked for: rules name many, and hardly ever need one.

    It reads like the place itself; whoever compares places, or keeps them, takes ``found()``.
    """

    def __init__(self, find: Callable[[], Location]) -> None:
        object.__setattr__(self, "find", find)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.found(), name)

    def __str__(self) -> str:
        return str(self.found())

    def found(self) -> Location:
        find: Callable[[], Location] = self.__dict__["find"]
        return find()


@dataclass(frozen=True, order=True)
class Violation:
    """One broken rule: ``data/actors/lin-na.yml:14:9: cites unknown paragraph "p52" (…)``."""

    location: Location
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {one_line(self.message)}"


class InvalidArchiveError(Exception):
    """The data break a rule. Carries every violation of the run, sorted by file and line."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = sorted(set(violations))
        super().__init__("\n".join(map(str, self.violations)))


class MissingError(Exception):
    """A library or tool is missing; the message says which, and how to get it."""


REFUSED = (OSError, sqlite3.Error)
"""What is raised when the machine refuses something; ``fault`` puts it in words."""

_REMEDIES = {
    errno.ENOENT: "put it back (git checkout), or install the requirements again",
    errno.EACCES: "make it readable and its folder writable",
    errno.ENOSPC: "free some space and build again",
    errno.EDQUOT: "free some space and build again",
    errno.EFBIG: "free some space or lift the limit on the size of files, and build again",
}


def fault(error: OSError | sqlite3.Error) -> str:
    """What the machine refused, in one line: file, cause, remedy.

    >>> fault(FileNotFoundError(errno.ENOENT, "No such file or directory", "table.txt"))[:44]
    'table.txt: No such file or directory; put it'
    """
    if isinstance(error, sqlite3.Error):
        # The code's lowest byte says of what sort the error is (sqlite.org/rescode.html).
        sort = getattr(error, "sqlite_errorcode", 0) & 0xFF
        full = sort in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
        remedy = _REMEDIES[errno.EFBIG] if full else "delete the folder .cache and build again"
        return one_line(f"a database that is being written: {error}; {remedy}")
    # When a copy fails, blame the target, unless the original is missing.
    file = error.filename2 if error.filename2 and error.errno != errno.ENOENT else error.filename
    said = f"{file}: {error.strerror}" if file else error.strerror or str(error)
    remedy = _REMEDIES.get(
        error.errno or errno.ENOENT, "check that it is an ordinary file, and build again"
    )
    return one_line(f"{said}; {remedy}")


def template_fault(error: Exception) -> str:
    """What Jinja refused, in one line: the template, its line, and what it said.

    In its tracebacks the frames are those of the templates.
    """
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith((".html", ".svg"))
    ]
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "a template"
    return one_line(f"{place}: {type(error).__name__}: {error}")


@dataclass
class Report:
    """Collects violations, so that one run can name them all."""

    violations: list[Violation] = field(default_factory=list)

    def add(self, location: Location, message: str) -> None:
        self.violations.append(Violation(location.found(), message))

    def raise_if_any(self) -> None:
        if self.violations:
            raise InvalidArchiveError(self.violations)


def one_line(text: str, limit: int = 400) -> str:
    """A message fit for one line of a terminal: no control characters, not too long."""
    clean = "".join(c if c.isprintable() else "�" for c in text.replace("\n", " "))
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def quoted(value: object, limit: int = 60) -> str:
    """A value as a message shows it: in double quotes, cut where it is long."""
    text = str(value)
    return f'"{text if len(text) <= limit else text[: limit - 1] + "…"}"'


def nearest(wrong: str, known: Iterable[str]) -> str:
    """`` (did you mean "…"?)`` with the known value closest to ``wrong``, or nothing."""
    # Several words may be equally near; sorting makes the choice the same on every machine.
    matches = difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f' (did you mean "{matches[0]}"?)' if matches else ""
