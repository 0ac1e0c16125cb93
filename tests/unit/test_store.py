"""What a build keeps on disk: given back as it was, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dossier.store import PIECE, Assets, LostError, Memory, OnDisk, Store

TEXT = "灯 lamp\n" * 3


def test_what_is_kept_is_given_back_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "made.sqlite")
    large = "lamp\n" * PIECE
    pieces = (large[n : n + 999_999] for n in range(0, len(large), 999_999))
    contents: dict[str, str | bytes] = {
        "text": TEXT,
        "bytes": b"\xff\x00",
        "none": "",
        "large": large,
    }
    assets = Assets(store)
    for path, content in contents.items():
        assets.add(path, pieces if path == "large" else content)
    assert dict(assets) == contents
    assets.write("large", tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == large


def _another(store: Path) -> None:
    with sqlite3.connect(store) as database:
        database.execute("UPDATE pieces SET content = ?", (b"another",))


def _nothing(store: Path) -> None:
    with sqlite3.connect(store) as database:
        database.execute("DELETE FROM pieces")


@pytest.mark.parametrize("harm", [_another, _nothing])
def test_what_is_not_what_was_kept_is_not_given(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    file = tmp_path / "made.sqlite"
    store = Store(file)
    digests = store.put(TEXT).pieces
    store.close()
    harm(file)
    later = Store(file)
    with pytest.raises(LostError):
        later.piece(digests[0])
    assert later.put(TEXT).read() == TEXT


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_store_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "made.sqlite"
    file.write_bytes(content)
    store = Store(file)
    assert store.put(TEXT).read() == TEXT
    store.close()
    assert Store(file).piece(Store().put(TEXT).pieces[0]) == TEXT.encode()


def test_two_builds_at_once_do_not_wait_for_each_other(tmp_path: Path) -> None:
    stores = [Store(tmp_path / "made.sqlite") for _ in range(2)]
    assert [store.put(TEXT).read() for store in stores] == [TEXT, TEXT]


def test_where_nothing_can_be_kept_a_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert Store(tmp_path / "file/made.sqlite").put(TEXT).read() == TEXT


def test_what_no_build_uses_any_more_is_let_go(tmp_path: Path) -> None:
    file = tmp_path / "made.sqlite"
    for text in ("old", "new"):
        store = Store(file)
        kept = store.put(text)
        store.close()
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT digest FROM pieces").fetchall() == [kept.pieces]


def test_what_lies_in_a_file_is_kept_piece_by_piece(tmp_path: Path) -> None:
    content = bytes(range(256)) * (PIECE // 100)
    (tmp_path / "file").write_bytes(content)
    store = Store()
    kept = store.put(OnDisk(tmp_path / "file"))
    assert len(kept.pieces) > 1
    assert kept == store.put(content)
    assert kept.read() == content


def test_memory_has_what_an_engine_has_made_of_the_same_and_forgets_it_with_the_store(
    tmp_path: Path,
) -> None:
    memory = Memory()
    made: list[tuple[str, ...]] = []

    def ask(*inputs: str) -> Any:
        def make() -> list[str]:
            made.append(inputs)
            return [*inputs]

        return memory(inputs, make)

    for engine in ("one", "one", "other"):
        store = Store(tmp_path / "made.sqlite")
        with memory.of(store, engine):
            assert ask("a", "b") == ["a", "b"]
            assert ask("ab") == ["ab"]
        store.close()
    assert made == [("a", "b"), ("ab",)] * 2
    assert not memory
    assert ask("ab") == ["ab"]
    assert made[4:] == [("ab",)]
