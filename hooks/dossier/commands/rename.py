"""``dossier rename`` and ``dossier delete``: an id is changed, or given up, everywhere at once, and
its old address goes on leading somewhere.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import Violation
from ..graph.history import entries_at
from ..kinds import KINDS
from ..model import Role, walk
from ..read.load import GONE, Archive, Record
from ..read.prose import parse_citation
from .edits import Edits, violations_of
from .review import lock_path
from .scaffold import ScaffoldError, check_id
from .schema import modeline


def of_kind(archive: Archive, key: str) -> tuple[str, str]:
    """The kind and the id of something that there is. Raises ``ScaffoldError`` where it is not said
    clearly, or is not there.
    """
    kind, colon, id_ = key.partition(":")
    having = [f"{known}:{id_ or kind}" for known in KINDS if (id_ or kind) in archive.of(known)]
    if not colon:
        meant = " or ".join(having) or f"one of {', '.join(f'{known}:{kind}' for known in KINDS)}"
        raise ScaffoldError(f'"{key}" does not say of what kind it is; write {meant}')
    if kind not in KINDS:
        known = f" (there is {' and '.join(having)})" if having else ""
        raise ScaffoldError(f'there is no kind "{kind}"; the kinds are {", ".join(KINDS)}{known}')
    if id_ not in archive.of(kind):
        known = f"; there is {' and '.join(having)}" if having else ""
        raise ScaffoldError(f"there is no {key}{known}")
    return kind, id_


def rename(root: Path, archive: Archive, key: str, new: str) -> list[Path]:
    """Give an entry, a work or a source a new id, in its own file and wherever it is named; gives
    the files changed.

    It remembers the old id in ``formerly``, from which its old address leads on.
    """
    kind, old = of_kind(archive, key)
    if new in archive.of(kind):
        raise ScaffoldError(f'the id "{new}" is taken')
    if f"{kind}:{new}" in archive.gone:
        raise ScaffoldError(f'the id "{new}" was given up ({GONE}), and is not used again')
    check_id(kind, new)
    record = archive.of(kind)[old]
    edits = Edits(root)
    _give_id(edits, record, new)
    _point(edits, archive, key, f"{kind}:{new}")
    if KINDS[kind].paged:
        path = record.document.path
        edits.move(path, path.removesuffix(f"{old}.yml") + f"{new}.yml")
    if kind == "source":
        for own in (lock_path, "docs/sources/{}.md".format):
            if (root / own(old)).is_file():
                edits.move(own(old), own(new))
        _in_navigation(edits, f"sources/{old}.md", f"sources/{new}.md")
    return edits.apply()


def _give_id(edits: Edits, record: Record[Any], new: str) -> None:
    """Change an entry's own id, and note the old one."""
    path, old = record.document.path, record.model.id
    text = edits[path]
    former = [old, *(id_ for id_ in record.model.formerly if id_ != new)]
    before, entry, after = _item(text, record)
    indent = "" if KINDS[record.model.kind].paged else "  "
    if before or indent:
        entry = entry.replace(entry.partition("\n")[0], f"- id: {new}", 1)
    line = f"{indent}formerly: [{', '.join(former)}]"
    entry, count = re.subn(
        rf"^{indent}formerly:.*(?:\n{indent} *- .*)*$", line, entry, flags=re.MULTILINE
    )
    if not count:
        tail = "\n\n" if after else "\n"
        entry = f"{entry.rstrip()}\n{line}{tail}"
    edits[path] = before + entry + after


def _item(text: str, record: Record[Any]) -> tuple[str, str, str]:
    """A file as what stands before an entry, the entry, and what stands after it.

    In a list the item begins at its "- id:" line and ends before the next one.
    """
    if KINDS[record.model.kind].paged:
        return "", text, ""
    id_ = record.model.id
    start = re.search(rf"^- id: *[\"']?{re.escape(id_)}[\"']? *(?:#.*)?$", text, re.MULTILINE)
    if start is None:
        raise ScaffoldError(
            f'{record.document.path} does not give {id_} as "- id: {id_}"; change it by hand'
        )
    following = re.search(r"^- ", text[start.end() :], re.MULTILINE)
    end = start.end() + following.start() if following else len(text)
    return text[: start.start()], text[start.start() : end], text[end:]


def a(kind: str) -> str:
    """A kind with its article.

    >>> a("actor"), a("check")
    ('an actor', 'a check')
    """
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


# Who names it


def _point(edits: Edits, archive: Archive, old: str, new: str) -> None:
    """Have everything that names one thing name another."""
    kind, _, id_ = old.partition(":")
    to = new.partition(":")[2]
    named = [
        (re.compile(rf"(?<![A-Za-z0-9:-]){re.escape(old)}(?![a-z0-9-])"), lambda _: new),
    ]
    if kind == "reference":
        named.append((re.compile(rf"(?<=@){re.escape(id_)}(?![a-z0-9:-])"), lambda _: to))
    elif kind == "source":
        named.append((re.compile(rf"(?<=@){re.escape(id_)}(?=:p\d)"), lambda _: to))
        named.append((re.compile(rf"(?<=sources/){re.escape(id_)}(?=\.(?:md|html))"), lambda _: to))
    cited = _cited_in_fields(archive, kind, id_, to)
    for path in edits.files():
        text = edits[path]
        for start, end, value in sorted(cited.get(path, ()), reverse=True):
            text = text[:start] + value + text[end:]
        for pattern, by in named:
            text = pattern.sub(by, text)
        edits[path] = text


def _cited_in_fields(
    archive: Archive, kind: str, old: str, new: str
) -> dict[str, set[tuple[int, int, str]]]:
    """Where lists of citations and the field ``source`` name a work or a source: by file, start and
    end in it, and what is to stand there.
    """
    found: dict[str, set[tuple[int, int, str]]] = {}
    if kind not in ("reference", "source"):
        return found
    for records in archive.records.values():
        for record in records.values():
            values = [(path, value) for path, role, value in walk(record.model)
                      if role is Role.CITE and _names(kind, old, value)]  # fmt: skip
            if kind == "source" and getattr(record.model, "source", None) == old:
                values.append((("source",), old))
            for path, value in values:
                start, end = record.document.spans[(*record.path, *path)]
                there = record.document.whole().text[start.index : end.index]
                found.setdefault(record.document.path, set()).add(
                    (start.index, end.index, there.replace(value, new + value[len(old) :]))
                )
    return found


def _names(kind: str, id_: str, citation: str) -> bool:
    cited = parse_citation(citation)
    return cited is not None and id_ == (cited.source if kind == "source" else cited.reference)


def _in_navigation(edits: Edits, old: str, new: str | None) -> None:
    """A page has another place in the site's navigation, or none."""
    if not (edits.root / "mkdocs.yml").is_file():
        return
    text = edits["mkdocs.yml"]
    edits["mkdocs.yml"] = (
        text.replace(old, new)
        if new
        else re.sub(rf"^ *- .*\b{re.escape(old)} *\n", "", text, flags=re.MULTILINE)
    )


# Deletion


class DanglingError(Exception):
    """Something depends on what was to be deleted; carries what a check would say then."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = violations
        super().__init__("\n".join(map(str, violations)))


def delete(
    root: Path,
    archive: Archive,
    key: str,
    reason: str,
    instead: str | None,
    today: datetime.date,
) -> list[Path]:
    """Take an entry, a work or a source out; gives the files changed.

    With a ``reason`` its old address says what became of it, and where there is one, leads to what
    stands ``instead`` of it, as all links do. Raises ``DanglingError`` where something would name
    what is not there any more, and ``ScaffoldError`` where the call makes no sense.
    """
    kind, id_ = of_kind(archive, key)
    record = archive.of(kind)[id_]
    if instead:
        other, _ = of_kind(archive, instead)
        if instead == key:
            raise ScaffoldError(f"{key} cannot stand instead of itself")
        if KINDS[other].linked != KINDS[kind].linked or (not KINDS[kind].linked and other != kind):
            raise ScaffoldError(f"{a(other)} cannot stand for {a(kind)}; name another")
    released = key in entries_at(archive.editions.values()) or any(
        kind == "source" and id_ in snapshot.sources for snapshot in archive.editions.values()
    )
    if released and not reason:
        raise ScaffoldError(
            f"{key} is part of a release and may have been cited; say with --reason why it goes,"
            " and its old address will say so"
        )
    before = violations_of(root)
    edits = Edits(root)
    _take_out(edits, record)
    if instead:
        _point(edits, _without(archive, key), key, instead)
        _tidy_lists(edits, instead)
    if reason:
        _note(edits, record, reason, instead, today)
    known = {violation.message for violation in before}
    if new := [v for v in edits.violations() if v.message not in known]:
        raise DanglingError(new)
    return edits.apply()


def _without(archive: Archive, key: str) -> Archive:
    """The archive without an entry, whose own file is gone."""
    kind, _, id_ = key.partition(":")
    left = {k: v for k, v in archive.of(kind).items() if k != id_}
    path = archive.of(kind)[id_].document.path
    # In a list the places of what stands beside it have moved.
    left = {k: v for k, v in left.items() if v.document.path != path}
    return Archive({**archive.records, kind: left})


def _take_out(edits: Edits, record: Record[Any]) -> None:
    kind, id_, path = record.model.kind, record.model.id, record.document.path
    before, _, after = _item(edits[path], record)
    if KINDS[kind].paged or not re.search(r"^- ", before + after, re.MULTILINE):
        edits.remove(path)
    else:
        edits[path] = before + after if after else before.rstrip() + "\n"
    if kind == "source":
        for own in (lock_path(id_), f"docs/sources/{id_}.md"):
            edits.remove(own)
        _in_navigation(edits, f"sources/{id_}.md", None)


def _tidy_lists(edits: Edits, key: str) -> None:
    """No list names the same entry twice: it may have had both."""
    twice = re.compile(r"\[([^\[\]\n]*)\]")

    def once(match: re.Match[str]) -> str:
        items = [item.strip() for item in match[1].split(",")]
        if items.count(key) < 2:
            return match[0]
        return f"[{', '.join(dict.fromkeys(items))}]"

    for path in edits.files():
        if path.endswith(".yml"):
            edits[path] = twice.sub(once, edits[path])


def _note(
    edits: Edits, record: Record[Any], reason: str, instead: str | None, today: datetime.date
) -> None:
    """What is said at the old address."""
    model = record.model
    name = getattr(model, "name", None) or model.title
    lines = [
        f"- was: {model.kind}:{model.id}",
        f"  name: {_text(name)}",
        f'  gone: "{today}"',
        f"  reason: {_text(reason)}",
        *([f"  instead: {instead}"] if instead else []),
        *([f"  formerly: [{', '.join(model.formerly)}]"] if model.formerly else []),
    ]
    exists = (edits.root / GONE).is_file()
    head = edits[GONE].rstrip() + "\n\n" if exists else modeline(GONE) + "\n\n"
    edits[GONE] = head + "\n".join(lines) + "\n"


_text: Callable[[str], str] = json.JSONEncoder(ensure_ascii=False).encode
"""Words as YAML holds them: what JSON writes, YAML reads."""
