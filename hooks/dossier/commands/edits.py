"""Changes to the project's files that are made all together, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ..errors import Report, Violation
from ..graph.refs import build_graph
from ..read.load import load
from ..read.names import is_backup
from ..rules.invariants import check_invariants

_READ = ("data", "docs")
"""The folders that are read by a check."""


class Edits:
    """Files as they will be: each by its path from the project's root, ``None`` where it goes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._texts: dict[str, str | None] = {}
        self._windows: set[str] = set()

    def __getitem__(self, path: str) -> str:
        """The text of a file as it will be, with plain line ends; those that it has stay."""
        if path in self._texts:
            return self._texts[path] or ""
        raw = (self.root / path).read_bytes().decode("utf-8")
        if "\r\n" in raw:
            self._windows.add(path)
        return raw.replace("\r\n", "\n")

    def __setitem__(self, path: str, text: str) -> None:
        if path in self._texts or not (self.root / path).is_file() or self[path] != text:
            self._texts[path] = text

    def move(self, old: str, new: str) -> None:
        self._texts[new] = self[old]
        if old in self._windows:
            self._windows.add(new)
        self._texts[old] = None

    def remove(self, path: str) -> None:
        self._texts[path] = None

    def files(self) -> list[str]:
        """Every file that data and pages are read from, those to come included."""
        found = {
            path.relative_to(self.root).as_posix()
            for folder, ending in (("data", "*.yml"), ("docs", "*.md"))
            for path in (self.root / folder).rglob(ending)
            if path.is_file() and not path.is_symlink() and not is_backup(path.name)
        }
        return sorted((found | self._texts.keys()) - {p for p, t in self._texts.items() if not t})

    def violations(self) -> list[Violation]:
        """What a check would say of the project after the changes."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder)
            for name in _READ:
                if (self.root / name).is_dir():
                    shutil.copytree(self.root / name, trial / name, symlinks=True)
            self._write(trial)
            report = Report()
            check_invariants(build_graph(load(trial, report)), report)
        return sorted(set(report.violations))

    def apply(self) -> list[Path]:
        """Make the changes; gives the files that were written."""
        self._write(self.root)
        return sorted(self.root / path for path, text in self._texts.items() if text is not None)

    def _write(self, root: Path) -> None:
        for path, text in self._texts.items():
            file = root / path
            if text is None:
                file.unlink(missing_ok=True)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            lines = text.replace("\n", "\r\n") if path in self._windows else text
            file.write_bytes(lines.encode("utf-8"))


def violations_of(root: Path) -> list[Violation]:
    """What a check says of the project as it is."""
    report = Report()
    check_invariants(build_graph(load(root, report)), report)
    return sorted(set(report.violations))
