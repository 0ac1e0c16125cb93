"""Files written and read as they are: UTF-8, and line ends left alone on every system."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def read_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def write_files(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Write files, by their paths, into a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
