"""Work shared out among processes, where there is enough of it to pay for them.

A process begins as a copy of this one, so that all data are there. The store it has not: only this
process reads and writes it, and serves the others. What fails in another is made here once more,
where it can be told what is wrong and where.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .store import Store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    Pipe = Connection[Any, Any]

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 400
"""Things to make, below which processes cost more than they save (``make bench``)."""
HANDFUL = 8
"""Things that are given out at a time."""


def processes(things: int) -> int:
    """How many processes that many things are worth: ``DOSSIER_PROCESSES``, or else one for each
    processor. One, which is this one, where there is little to make, and where the system does not
    copy a process safely, as it does on Linux.
    """
    if sys.platform != "linux":
        return 1
    asked = os.environ.get("DOSSIER_PROCESSES", "")
    if asked.isdecimal():
        return max(1, int(asked))
    return len(os.sched_getaffinity(0)) if things >= ENOUGH else 1


def spread(
    make: Callable[[T], R], work: Sequence[T], store: Store, large: int = 0, each: int = 1
) -> Iterator[tuple[T, R]]:
    """Each thing with what ``make`` gives of it, as they become ready. The first ``large`` take
    long and are given out one by one; ``each`` says how many pages, say, one thing is about.

    What is given and made passes from process to process, so it has to be such as pickle can say.
    """
    handfuls = chain(
        (work[n : n + 1] for n in range(large)),
        (work[n : n + HANDFUL] for n in range(large, len(work), HANDFUL)),
    )
    count = processes(len(work) * each)
    others = _begun(make, store, count) if count > 1 else {}
    try:
        busy = dict(zip(others, handfuls, strict=False))
        for pipe, things in busy.items():
            pipe.send(things)
        while busy:
            for pipe in cast("list[Pipe]", wait([*busy])):
                match _heard(pipe):
                    case ("ask", name, given):
                        pipe.send(getattr(store, name)(*given))
                    case ("tell", name, given):
                        getattr(store, name)(*given)
                    case ("made", made):
                        things = busy.pop(pipe)
                        if more := next(handfuls, None):
                            busy[pipe] = more
                            pipe.send(more)
                        yield from zip(things, made, strict=True)
                    case _:
                        yield from ((thing, make(thing)) for thing in busy.pop(pipe))
        yield from ((thing, make(thing)) for things in handfuls for thing in things)
    finally:
        for pipe, process in others.items():
            pipe.close()
            process.terminate()
            process.join()


def _begun(
    make: Callable[[T], R], store: Store, count: int
) -> dict[Pipe, multiprocessing.process.BaseProcess]:
    """That many processes, each with the pipe to it."""
    system = multiprocessing.get_context("fork")
    found: dict[Pipe, multiprocessing.process.BaseProcess] = {}
    for _ in range(count):
        here, there = system.Pipe()
        process = system.Process(
            target=_work, args=(make, store, there, [*found, here]), daemon=True
        )
        process.start()
        there.close()
        found[here] = process
    return found


def _heard(pipe: Pipe) -> Any:
    """What another process says, or nothing if it has failed or is there no more."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _work(make: Callable[[T], R], store: Store, home: Pipe, others: list[Pipe]) -> None:
    """In a process of its own: make what is asked for, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for pipe in others:  # held open here, they would hide that the asker has gone
        pipe.close()
    store.lend(home)
    with contextlib.suppress(EOFError, OSError):
        while True:
            things = home.recv()
            try:
                said: Any = ("made", [make(thing) for thing in things])
            except Exception:  # it is made once more at home
                said = None
            home.send(said)
