"""What an engine is: its code, and the libraries that are installed beside it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..home import HOME

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def engine_digest() -> str:
    """A digest of the package's files, and of the versions of Python and of all that is installed:
    with the same, the same data give the same pages.
    """
    installed = sorted(
        path.name for folder in sys.path if folder for path in Path(folder).glob("*.dist-info")
    )
    beside = [HOME / "docs/assets/vendor", HOME / "hooks/faces"]
    return files_digest([_PACKAGE, *beside], sys.version, *installed)


def files_digest(folders: Iterable[Path], *more: str) -> str:
    """A digest of all files in these folders, but for what Python compiles, and of more texts."""
    digest = hashlib.sha256("\n".join(more).encode("utf-8"))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()
