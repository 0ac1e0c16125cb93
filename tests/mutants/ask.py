"""Puts the mutants of a stage to the tests, each in a process of its own.

mutmut writes the mutants; it asks all tests that touch the function, each time in a pytest that
collects anew. Here the tests are collected once, each says once which lines it runs, and a mutant
is put only to those that run the statement that it changes, those first that noticed a mutant of
the same function. What comes of it stands where mutmut would have written it, so that it can be
shown in mutmut's ways as well.
"""

from __future__ import annotations

import ast
import functools
import gc
import os
import pickle
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)

NOTICED, UNNOTICED, UNTESTED, LOST = 1, 0, 33, -24
"""The exit codes by which mutmut knows what has come of a mutant."""
SECONDS = 20
"""As many as the tests of a mutant may compute; one that goes on is lost in a loop."""

ENOUGH = 400
"""Tests to which a mutant is put at most: what none of these notices counts as not noticed."""

Line = tuple[str, int]


@dataclass(frozen=True)
class Mutant:
    """A function that mutmut changed, and the lines of the statement in which it did so: those of
    the function as it was.
    """

    name: str
    function: frozenset[Line]
    statement: frozenset[Line]


def mutants_in(file: Path, names: list[str]) -> Iterator[Mutant]:
    """The mutants of those names in a file that mutmut wrote."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    functions = {
        node.name: node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)
    }
    for name in names:
        short = name.rpartition(".")[2]
        was = functions[f"{short.rpartition('_')[0]}_orig"]
        became = functions[short]
        numbers = range(was.lineno, (was.end_lineno or 0) + 1)
        changed = next(
            (
                number
                for number, new in zip(numbers, lines[became.lineno - 1 :], strict=False)
                if lines[number - 1] != new.replace(short, was.name)
            ),
            numbers[-1],
        )
        yield Mutant(name, at(file, numbers), at(file, statement_at(was, changed)))


def at(file: Path, numbers: range) -> frozenset[Line]:
    return frozenset((str(file), number) for number in numbers)


def statement_at(function: ast.FunctionDef, line: int) -> range:
    """The lines of the innermost statement in which a line of a function stands; of one that holds
    others, what comes before them.
    """
    found = range(function.lineno, (function.end_lineno or 0) + 1)
    for node in ast.walk(function):
        if isinstance(node, ast.stmt | ast.match_case) and node is not function:
            first = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else getattr(node, "end_lineno", first)
            numbers = range(first, max(first, last) + 1)
            if line in numbers and len(numbers) < len(found):
                found = numbers
    return found


class Questions:
    """A plugin of pytest that puts the tests it has collected to each mutant, in place of running
    them.
    """

    def __init__(self, mutants: list[Mutant], tell: Callable[[str, int], None]) -> None:
        self.mutants = mutants
        self.tell = tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            return False
        if (failed := first_failed(session.items)) is not None:
            sys.exit(f"{session.items[failed].nodeid} fails where nothing is changed")
        forget()
        gc.freeze()
        files = {file for mutant in self.mutants for file, _ in mutant.function}
        run_by = {item: lines_of(item, files) for item in session.items}
        telling = most_telling(session.items, run_by)
        order: dict[frozenset[Line], list[pytest.Item]] = {}
        for mutant in self.mutants:
            touching = [item for item in telling if run_by[item] & mutant.function]
            items = order.setdefault(mutant.function, touching)
            asked = [item for item in items if run_by[item] & mutant.statement] or items
            code, noticed_by = outcome(mutant, asked[:ENOUGH])
            if noticed_by is not None:
                items.remove(asked[noticed_by])
                items.insert(0, asked[noticed_by])
            self.tell(mutant.name, code)
        return True


def forget() -> None:
    """Have what was kept of the unchanged functions worked out anew."""
    gc.collect()
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper):
            kept.cache_clear()


def most_telling(
    items: list[pytest.Item], run_by: dict[pytest.Item, set[Line]]
) -> list[pytest.Item]:
    """The tests that run the rarest lines first; of those that run the same lines one each time."""
    runs = Counter(line for lines in run_by.values() for line in lines)
    alike: Counter[frozenset[Line]] = Counter()
    ranks = {}
    for item in items:
        alike[lines := frozenset(run_by[item])] += 1
        ranks[item] = alike[lines], -sum(1 / runs[line] for line in lines)
    return sorted(items, key=ranks.__getitem__)


def lines_of(item: pytest.Item, files: set[str]) -> set[Line]:
    """The lines of those files that a test runs where nothing is changed."""

    def work() -> set[Line]:
        found: set[Line] = set()

        def trace(frame: FrameType, _event: str, _argument: Any) -> Any:
            if frame.f_code.co_filename not in files:
                return None
            found.add((frame.f_code.co_filename, frame.f_lineno))
            return trace

        sys.settrace(trace)
        first_failed([item])
        sys.settrace(None)
        return found

    return set(apart(work)[1])


def outcome(mutant: Mutant, items: list[pytest.Item]) -> tuple[int, int | None]:
    """What comes of a mutant, and which of the tests notices it."""
    if not items:
        return UNTESTED, None

    def work() -> int | None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        set_mutant_under_test(mutant.name)
        return first_failed(items)

    code, noticed_by = apart(work)
    if code:
        return (LOST if code < 0 else NOTICED), None
    return (UNNOTICED if noticed_by is None else NOTICED), noticed_by


def first_failed(items: list[pytest.Item]) -> int | None:
    """Which of the tests is the first to fail, if any does."""
    for index, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
        if any(r.failed for r in runtestprotocol(item, log=False, nextitem=following)):
            return index
    return None


def apart(work: Callable[[], Any]) -> tuple[int, Any]:
    """The exit code of a process in which something is worked out, and what that is."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            os.write(writing, pickle.dumps(work()))
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, pickle.loads(said) if said and not code else None


def main() -> int:
    """Write the mutants of the project in the folder where one stands, and ask for those of which
    nothing is known.
    """
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(1)
    results: dict[str, SourceFileMutationData] = {}
    mutants: list[Mutant] = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        data.meta_path = data.meta_path.resolve()
        names = [name for name, code in data.exit_code_by_key.items() if code is None]
        mutants += mutants_in(Path("mutants", path).resolve(), names)
        results |= dict.fromkeys(names, data)

    def tell(name: str, code: int) -> None:
        results[name].exit_code_by_key[name] = code
        print(name, code, flush=True)

    arguments = [
        "--rootdir=.",
        "--tb=native",
        *config().pytest_add_cli_args,
        *config().pytest_add_cli_args_test_selection,
    ]
    os.chdir("mutants")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # what is known is kept
    try:
        return int(pytest.main(arguments, plugins=[Questions(mutants, tell)])) if mutants else 0
    finally:
        for data in set(results.values()):
            data.save()


if __name__ == "__main__":
    sys.exit(main())
