"""Where the engine's own files lie: in the repository, or in an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_REPOSITORY = _PACKAGE.parents[1]

HOME = _REPOSITORY if (_REPOSITORY / "docs/assets/js").is_dir() else _PACKAGE / "engine"
"""The folder that holds ``hooks``, ``docs/assets`` and the rest, as the repository does."""
