"""``dossier release``: the edition as it stands, or stood at a commit, written down as a release.

The day and the reasons are those of ``CHANGELOG.md``: a paragraph whose words have changed is named
there, or ``--why`` says why.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import Report
from ..graph.history import (
    entries_at,
    entries_now,
    makers,
    newest,
    notes_at,
    notes_now,
    texts_now,
    texts_of,
    unreleased,
)
from ..graph.refs import build_graph
from ..read.changes import FILE, read_releases, said_of
from ..read.editions import Change, Released, Snapshot, order, snapshot_path, write_snapshot
from ..read.load import Archive, load
from ..read.words import DIGITS, digest
from .review import drifts
from .scaffold import ScaffoldError

CITATION = "CITATION.cff"


@dataclass(frozen=True)
class Reasons:
    """What the command line says about the changed words: who changed them, and why, for those that
    the list of changes does not mention.
    """

    by: str = ""
    why: str = ""


def write_release(
    root: Path, archive: Archive, version: str, reasons: Reasons, commit: str = ""
) -> list[Path]:
    """Write a release of a checked archive, or of the tree of a commit, and note it in
    ``CITATION.cff``; gives the files written. Raises ``ScaffoldError`` if something is wrong.
    """
    _check_version(archive, version)
    text = (root / FILE).read_text(encoding="utf-8") if (root / FILE).is_file() else ""
    listed = next((r for r in read_releases(text) if r.version == version), None)
    if listed is None:
        raise ScaffoldError(
            f'{FILE} has no section "## {version} — {"Month D, YYYY"}"; say there what is new'
        )
    last = archive.editions.get(newest(archive))
    if last and listed.date < last.date:
        raise ScaffoldError(
            f"{FILE} dates {version} {listed.date}, before release {last.version} ({last.date})"
        )
    if commit:
        with _tree(root, commit) as (full, folder):
            then = load(folder, Report())
            then.editions = archive.editions
            snapshot = _snapshot(then, version, listed.date, listed.changes, reasons, full)
    else:
        if found := [d.paragraph for d in drifts(root, build_graph(archive))]:
            raise ScaffoldError(
                f"{', '.join(found)} changed since {'it was' if len(found) == 1 else 'they were'}"
                " last reviewed; run dossier review"
            )
        snapshot = _snapshot(archive, version, listed.date, listed.changes, reasons)
    path = root / snapshot_path(version)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_snapshot(snapshot), encoding="utf-8")
    return [path, *_cited(root, snapshot)]


def _check_version(archive: Archive, version: str) -> None:
    if not order(version):
        raise ScaffoldError(f'"{version}" is not a version; write three numbers, such as 1.2.0')
    last = newest(archive)
    if last and order(version) <= order(last):
        raise ScaffoldError(f"{version} does not come after the newest release, {last}")


def _snapshot(
    archive: Archive,
    version: str,
    date: str,
    changes: tuple[str, ...],
    reasons: Reasons,
    commit: str = "",
) -> Snapshot:
    """The release of an archive whose earlier releases are known to it."""
    coming = unreleased(archive)
    if coming.empty:
        raise ScaffoldError(f"nothing has changed since {newest(archive) or 'the beginning'}")
    reworded = {
        (r.source, id_): r for r in coming.rewordings for id_ in r.after if not coming.first
    }
    why = {
        (source, id_): " ".join(said_of(id_, changes)) or reasons.why for source, id_ in reworded
    }
    if unsaid := [id_ for (_, id_), said in why.items() if not said]:
        raise ScaffoldError(
            f"{FILE} does not say under {version} why {', '.join(unsaid)} changed; name"
            f" {'it' if len(unsaid) == 1 else 'them'} there, or give --why"
        )
    earlier = list(archive.editions.values())
    before, now = entries_at(earlier), entries_now(archive)
    sources = {}
    for id_, record in archive.sources.items():
        texts = texts_now(archive, id_)
        known = {digest(w) for then in texts_of(archive, id_).values() for w in then.values()}
        noted, notes = notes_at(earlier, id_), notes_now(archive, id_)
        sources[id_] = Released(
            title=record.model.title,
            swhid=archive.translations[id_].swhid,
            parts={part.first: part.title for part in record.model.parts},
            paragraphs={
                p: (digest(words), record.model.fingerprints.get(p, "")[:DIGITS])
                for p, words in texts.items()
            },
            words={p: words for p, words in texts.items() if digest(words) not in known},
            changes={
                p: Change(by=reasons.by or makers(archive, id_), why=said)
                for (source, p), said in why.items()
                if source == id_
            },
            notes={n: note for n, note in notes.items() if noted.get(n) != note}
            | {n: None for n in noted if n not in notes},
        )
    return Snapshot(
        version=version,
        date=date,
        commit=commit or None,
        sources=sources,
        entries={key: entry for key, entry in now.items() if before.get(key) != entry}
        | {key: None for key in before if key not in now},
    )


@contextmanager
def _tree(root: Path, commit: str) -> Iterator[tuple[str, Path]]:
    """The full name of a commit, and a folder with what it holds."""

    def git(*arguments: str) -> bytes:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, check=False
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ScaffoldError(f'no commit "{commit}" here ({said[-1] if said else "git failed"})')
        return done.stdout

    full = git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").decode().strip()
    with tempfile.TemporaryDirectory() as name, tarfile.open(
        fileobj=io.BytesIO(git("archive", full, "data", "docs"))
    ) as tree:  # fmt: skip
        tree.extractall(name, filter="data")
        yield full, Path(name)


def _cited(root: Path, snapshot: Snapshot) -> list[Path]:
    """``CITATION.cff`` with the version and its day, where there is such a file."""
    path = root / CITATION
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    for name, value in (("version", snapshot.version), ("date-released", snapshot.date)):
        line = f'{name}: "{value}"'
        text, count = re.subn(rf"^{name}:.*$", line, text, count=1, flags=re.MULTILINE)
        text += "" if count else f"{line}\n"
    path.write_text(text, encoding="utf-8")
    return [path]
