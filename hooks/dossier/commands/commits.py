"""The project as it stood at a commit of its history."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .scaffold import ScaffoldError


@contextmanager
def tree_of(root: Path, commit: str) -> Iterator[tuple[str, Path]]:
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
