"""Files written and read as they are: UTF-8, and line ends left alone on every system."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..store import Assets


def read_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def write_files(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Write files, by their paths, into a folder."""
    for path in files:
        write_file(files, path, folder / path)


def write_file(files: Mapping[str, str | bytes], path: str, target: Path) -> None:
    """Write one of the files into a file, whose folder is made where it is missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(files, Assets):
        files.write(path, target)
    else:
        content = files[path]
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
