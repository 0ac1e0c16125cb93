"""Releases as data: the words of each paragraph and note, and what stood in each entry, release by
release.

``data/editions/1.1.0.json`` is written by ``dossier release`` and never by hand. It holds a digest
of every paragraph, and the words of those alone that no earlier release has; of notes and entries
it holds what is new. So fifty releases stay small, and a clone without history has them too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from .. import dates
from ..errors import Location, Report, quoted
from .words import DIGITS, digest
from .yamldoc import read_text

FOLDER = "data/editions"
_AGAIN = "a release is never edited: git checkout {}"

Digest = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{DIGITS}}}$")]
ParagraphId = Annotated[str, StringConstraints(pattern=r"^p[1-9]\d*$")]
_VERSION = r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(_Frozen):
    """Who changed the words of a paragraph, and why."""

    by: str
    why: str


class Released(_Frozen):
    """The text of a source as it stood at a release.

    ``paragraphs`` gives for each, in order, the digest of its words and of the source's paragraph;
    ``words`` those that no earlier release has. ``notes`` are those that are new or have other
    words, with their paragraphs; ``None`` stands for one that is gone.
    """

    title: str
    swhid: str
    parts: dict[ParagraphId, str]
    paragraphs: dict[ParagraphId, tuple[Digest, str]]
    words: dict[ParagraphId, str]
    changes: dict[ParagraphId, Change]
    notes: dict[str, tuple[ParagraphId, str] | None]


class Snapshot(_Frozen):
    """A release. ``commit`` is that of the history from which it was made after the event.

    ``entries`` gives for each that is new or changed the digest of its content and its name;
    ``None`` stands for one that is gone.
    """

    version: Annotated[str, StringConstraints(pattern=f"^{_VERSION}$")]
    date: str
    commit: str | None = None
    sources: dict[str, Released]
    entries: dict[str, tuple[Digest, str] | None]


def snapshot_path(version: str) -> str:
    """Where a release lies, from the project's root."""
    return f"{FOLDER}/{version}.json"


def order(version: str) -> tuple[int, ...]:
    """The key by which versions sort; empty for anything that is not a version.

    >>> order("1.10.0") > order("1.9.3"), order("next")
    (True, ())
    """
    return tuple(map(int, version.split("."))) if re.fullmatch(_VERSION, version) else ()


def read_snapshots(root: Path, report: Report) -> dict[str, Snapshot]:
    """Every release under ``root``, oldest first; what the command did not write is reported."""
    found: dict[str, Snapshot] = {}
    known: dict[str, set[str]] = {}
    for path in sorted((root / FOLDER).glob("[!.]*"), key=lambda p: (order(p.stem), p.name)):
        shown = path.relative_to(root).as_posix()
        text = read_text(path, shown, report)
        snapshot = _parse(text, shown, report) if text is not None else None
        if snapshot is None:
            continue
        if shown != snapshot_path(snapshot.version):
            report.add(
                Location(shown),
                f"holds release {snapshot.version}; {_AGAIN.format(shown)}",
            )
            continue
        last = next(reversed(found.values()), None)
        if last and snapshot.date < last.date:
            report.add(
                _locate(text or "", '"date"', shown),
                f"is dated {snapshot.date}, before release {last.version} ({last.date});"
                f" {_AGAIN.format(shown)}",
            )
        _check_words(snapshot, known, text or "", shown, report)
        found[snapshot.version] = snapshot
    return found


def _parse(text: str, shown: str, report: Report) -> Snapshot | None:
    wrong = f"is not what dossier release writes: {{}}; {_AGAIN.format(shown)}"
    try:
        snapshot = Snapshot.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        report.add(Location(shown, error.lineno, error.colno), wrong.format(error.msg))
        return None
    except (ValidationError, RecursionError) as error:
        detail = error.errors()[0] if isinstance(error, ValidationError) else None
        where = [str(part) for part in detail["loc"]] if detail else []
        place = _locate(text, f'"{where[-1]}"' if where else "", shown)
        said = detail["msg"][:1].lower() + detail["msg"][1:] if detail else "too deep"
        report.add(place, wrong.format(f"{'.'.join(where) or 'the file'}: {said}"))
        return None
    if problem := dates.problem(snapshot.date):
        report.add(_locate(text, '"date"', shown), wrong.format(f"date {problem}"))
        return None
    return snapshot


def _check_words(
    snapshot: Snapshot, known: dict[str, set[str]], text: str, shown: str, report: Report
) -> None:
    """Every paragraph has words, here or in an earlier release, and they are those of its
    digest.
    """
    for source, released in snapshot.sources.items():
        digests = known.setdefault(source, set())
        after = text.find('"words"', max(text.find(f'"{source}"'), 0))
        for id_, words in released.words.items():
            found = digest(words)
            if released.paragraphs.get(id_, ("", ""))[0] != found:
                report.add(
                    _locate(text, f'"{id_}"', shown, after),
                    f"has other words for {id_} than were released ({quoted(words, 40)});"
                    f" {_AGAIN.format(shown)}",
                )
            digests.add(found)
        for id_, (wanted, _) in released.paragraphs.items():
            if wanted not in digests and id_ not in released.words:
                report.add(
                    _locate(text, f'"{id_}"', shown),
                    f"gives {id_} a digest of which no release has the words;"
                    f" {_AGAIN.format(shown)}",
                )


def _locate(text: str, needle: str, shown: str, start: int = 0) -> Location:
    at = max(text.find(needle, max(start, 0)) if needle else 0, 0)
    return Location(shown, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def write_snapshot(snapshot: Snapshot) -> str:
    """A release as its file holds it: a line for each paragraph, note and entry."""
    return _lines(snapshot.model_dump(mode="json", exclude_defaults=True)) + "\n"


def _lines(value: Any, depth: int = 0) -> str:
    if not isinstance(value, Mapping) or not value or depth == 5:
        return json.dumps(value, ensure_ascii=False)
    inner = " " * (depth + 1)
    members = (
        f"{inner}{json.dumps(name)}: {_lines(member, depth + 1)}" for name, member in value.items()
    )
    return "{\n" + ",\n".join(members) + f"\n{' ' * depth}}}"
