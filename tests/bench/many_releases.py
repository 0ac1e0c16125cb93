"""What fifty releases add to a build: the edition with its own beside one with fifty more; printed
by ``make bench``.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dossier.errors import Report
from dossier.graph.history import entries_at, newest, texts_of
from dossier.read.editions import Change, Released, Snapshot, snapshot_path, write_snapshot
from dossier.read.load import load
from dossier.read.words import DIGITS, digest, fingerprint

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
MORE = 50
REWORDED, ENTRIES = 12, 20
"""So many paragraphs and entries change in each, as in release 1.1.0."""
BUILD = (
    "import sys; from mkdocs.__main__ import cli;"
    " cli(['build', '--quiet', '--strict', '--site-dir', sys.argv[1]])"
)


def add_releases(root: Path, number: int) -> None:
    """Add invented releases to the project under ``root``, each with a few changed paragraphs and
    entries.
    """
    archive = load(root, Report())
    last = archive.editions[newest(archive)]
    source = next(iter(last.sources))
    texts = dict(texts_of(archive, source)[last.version])
    prints = {id_: printed for id_, (_, printed) in last.sources[source].paragraphs.items()}
    names = {key: name for key, (_, name) in entries_at(archive.editions.values()).items()}
    day = datetime.date.fromisoformat(last.date)
    major = int(last.version.split(".")[0]) + 1
    for n in range(number):
        version = f"{major}.{n}.0"
        chosen = [list(texts)[(n * 7 + k * 5) % len(texts)] for k in range(REWORDED)]
        for id_ in chosen:
            words = texts[id_].split()
            words[n % len(words)] = f"“altered{n}”"
            texts[id_] = " ".join(words)
        touched = [list(names)[(n * 31 + k * 17) % len(names)] for k in range(ENTRIES)]
        released = Released(
            title=last.sources[source].title,
            swhid=last.sources[source].swhid,
            parts=last.sources[source].parts,
            paragraphs={id_: (digest(words), prints[id_]) for id_, words in texts.items()},
            words={id_: texts[id_] for id_ in chosen},
            changes={id_: Change(by="the bench", why=f"Invented, {version}.") for id_ in chosen},
            notes={},
        )
        snapshot = Snapshot(
            version=version,
            date=(day + datetime.timedelta(days=n + 1)).isoformat(),
            sources={source: released},
            entries={
                key: (fingerprint(f"{key} {version}")[:DIGITS], names[key]) for key in touched
            },
        )
        (root / snapshot_path(version)).write_text(write_snapshot(snapshot), encoding="utf-8")


def processor_seconds(root: Path, out: Path) -> float:
    """The processor time of a build, which says more than the clock on a busy machine."""
    before = os.times()
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD, str(out)],
        cwd=root,
        check=True,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": "hooks"},
    )
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def copy(to: Path) -> Path:
    """The project without what is generated from it."""
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "site", ".cache", "__pycache__", ".*_cache", "tests", "export"
    )
    shutil.copytree(ROOT, to, ignore=left_out)
    cited = to / "CITATION.cff"  # which would not name the invented releases
    lines = cited.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("version:")]
    cited.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return to


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        own, many = copy(Path(name, "own")), copy(Path(name, "many"))
        add_releases(many, MORE)
        # In turn, so that both meet the same machine.
        turns = [[processor_seconds(r, r / "site") for r in (own, many)] for _ in range(RUNS)]
        few, fifty = (min(times) for times in zip(*turns, strict=True))
        page = "site/sources/huang-lobbying-2025.html"
        weights = [len((root / page).read_bytes()) for root in (own, many)]
        data = [sum(f.stat().st_size for f in (r / "data/editions").iterdir()) for r in (own, many)]
    growth = fifty / few - 1
    print(
        f"build {few:.2f} s of processor time, with {MORE} more releases"
        f" {fifty:.2f} s: {growth:+.1%}; the text's page {weights[0]:,} and"
        f" {weights[1]:,} bytes; data/editions {data[0]:,} and {data[1]:,} bytes"
    )


if __name__ == "__main__":
    main()
