"""The fuzzer itself works: it breaks files, puts them back, and tells what it found."""

from __future__ import annotations

from pathlib import Path

import pytest

from break_files import Breaker


def test_some_rounds_find_nothing(tmp_path: Path) -> None:
    breaker = Breaker(tmp_path)
    before = {path: path.read_bytes() for path in breaker.files}
    assert [find for number in range(12) if (find := breaker(number))] == []
    assert {path: path.read_bytes() for path in breaker.files} == before
    assert 0 < breaker.in_order < 12


def test_a_traceback_is_a_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = Breaker(tmp_path)

    def broken() -> None:
        raise IndexError("made up")

    monkeypatch.setattr(breaker.workshop, "pages", broken)
    find = breaker(1)
    assert find is not None
    assert "IndexError: made up" in find.trouble
