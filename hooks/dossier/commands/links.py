"""Whether the addresses of the works still answer: asked where there is a network, the day
recorded.
"""

from __future__ import annotations

import datetime
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..model import Reference

FILE = Path("data/references.yml")
SECONDS = 20
# Some publishers turn away a client that does not say what it is.
_HEADERS = {"User-Agent": "dossier-links/1 (checks the references of an edition)"}


class Answer(NamedTuple):
    """What one address of one work answered; `trouble` is empty where it answered well."""

    id: str
    url: str
    trouble: str


def ask(works: Iterable[Reference], seconds: float = SECONDS) -> Iterator[Answer]:
    """Ask for each work's address and its archived copy, one after the other."""
    for work in works:
        for url in (work.url, work.archived):
            if url:
                yield Answer(work.id, url, _trouble(url, seconds))


def _trouble(url: str, seconds: float) -> str:
    request = urllib.request.Request(url, headers=_HEADERS)
    try:
        with urllib.request.urlopen(request, timeout=seconds):
            return ""
    except urllib.error.HTTPError as error:
        return f"answers {error.code}"
    except OSError as error:
        return f"does not answer ({getattr(error, 'reason', error)})"


def record(root: Path, answers: Iterable[Answer], today: datetime.date) -> list[str]:
    """Write the day into each work whose addresses all answered; return their ids."""
    answers = list(answers)
    failed = {answer.id for answer in answers if answer.trouble}
    sound = list(dict.fromkeys(answer.id for answer in answers if answer.id not in failed))
    path = root / FILE
    text = path.read_text("utf-8")
    for id_ in sound:
        text = _dated(text, id_, today.isoformat())
    path.write_text(text, "utf-8")
    return sound


def _dated(text: str, id_: str, day: str) -> str:
    """The file with a work's `link_checked` set, all other lines as they stand."""
    work = re.compile(rf"^- id: {re.escape(id_)}\n(?:(?!- id: ).*\n?)*", re.MULTILINE)

    def set_day(match: re.Match[str]) -> str:
        line = f'  link_checked: "{day}"\n'
        entry, found = re.subn(r"^  link_checked:.*\n", line, match[0], flags=re.MULTILINE)
        return (
            entry
            if found
            else re.sub(r"^(  basis:.*\n)", rf"\1{line}", entry, count=1, flags=re.MULTILINE)
        )

    return work.sub(set_day, text, count=1)
