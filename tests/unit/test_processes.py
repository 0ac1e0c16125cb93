"""Work in several processes: the same as in one, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from dossier.processes import ENOUGH, processes, spread
from dossier.store import Memory, Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
HERE = os.getpid()


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_PROCESSES", "3")


def test_each_thing_comes_with_what_is_made_of_it() -> None:
    for large in (0, 2, 50):
        found = dict(spread(lambda n: (n * n, os.getpid()), range(50), Store(), large))
        assert {n: made for n, (made, _) in found.items()} == {n: n * n for n in range(50)}
        assert HERE not in {process for _, process in found.values()}
    assert list(spread(lambda n: n, [], Store())) == []


def test_what_is_kept_and_remembered_in_another_process_is_at_home(tmp_path: Path) -> None:
    memory = Memory()
    store = Store(tmp_path / "made.sqlite")
    before = store.put("from before")

    def make(n: int) -> tuple[list[object], object, object]:
        remembered = memory((f"{n}",), lambda: [n])
        return store.put(f"{n}\n" * 500_000).said(), before.read(), remembered

    with memory.of(store, "one"):
        found = dict(spread(make, range(9), store))
    store.close()
    later = Store(tmp_path / "made.sqlite")
    with memory.of(later, "one"):
        for n, (said, read, remembered) in found.items():
            kept = later.kept(said)
            assert kept and kept.read() == f"{n}\n" * 500_000
            assert (read, remembered) == ("from before", [n])
            assert memory((f"{n}",), lambda: "not asked for") == [n]


def test_what_fails_in_another_process_fails_at_home_where_it_is_told() -> None:
    def make(n: int) -> int:
        return n // (n - 7)

    with pytest.raises(ZeroDivisionError):
        list(spread(make, range(20), Store()))


def test_what_a_process_that_is_killed_was_to_make_is_made_at_home() -> None:
    def make(n: int) -> int:
        if n % 8 == 3 and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert sorted(spread(make, range(60), Store())) == [(n, n) for n in range(60)]


def test_no_process_outlives_the_one_that_began_it() -> None:
    script = """
import os, signal, time
from dossier.processes import spread
from dossier.store import Store
def make(n):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0.1)
    return n
for n, _ in spread(make, range(1000), Store()):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    result = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
    )  # fmt: skip
    # The pipe is at its end, so that nobody is left who holds it.
    assert result.returncode == -signal.SIGKILL
    assert len(set(result.stdout.split())) == 3


def test_little_work_stays_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.delenv("DOSSIER_PROCESSES")
    assert (processes(ENOUGH - 1), processes(ENOUGH)) == (1, 2)
    monkeypatch.setenv("DOSSIER_PROCESSES", "1")
    assert processes(ENOUGH) == 1
