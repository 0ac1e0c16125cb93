"""Breaks the real files and looks at what the reader says: a traceback is a find, and so is a
violation that points nowhere. ``make fuzz`` runs it for ten minutes.

Each round changes one file of the data or the texts, reads the archive, puts the file back. Where
the change leaves the archive in order, its pages are made as well. A round has a number, and the
number alone decides what it does: ``--round`` repeats one.
"""

from __future__ import annotations

import argparse
import random
import re
import secrets
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dossier.errors import InvalidArchiveError, Violation
from dossier.graph.dependencies import Keeper
from dossier.write.site import Workshop

ROOT = Path(__file__).resolve().parents[2]

PIECES = [
    "?", "? ", "? x", "? [a, b]\n: c\n", "? {a: b}\n: c\n",
        "? - a\n: b\n", "~: x\n", "null: x\n", ": x\n", '"": x\n',
    "!!python/name:os.system ", "!!binary ", "!x ", "! ", "&a ", "*a", "<<: *a\n", "<<: {a: b}\n",
    '"<<": x\n',
    "---\n", "--- ", "...\n", "%YAML 1.2\n---\n", "%TAG ! x\n", "|\n", ">-\n", "|9\n", "- ", "-\n",
    "[", "]", "{", "}",
    "[" * 30, "{a: " * 30, ",", "#", "'", '"', "\t", "  ", "\n", "\n\n", "\r", "\r\n", "~", "null",
    "true", "[]", "{}", "=",
    "0x10", "1e999", ".nan", "-1", "2025-02-30", "2025-13", "0000-00-00", "9" * 400, "x" * 5000,
    "\ufeff", "\u200b",
    "\0", "\x7f", "\x85", "\u2028", "\ue000",
        "\ue001href a:b", '"\\ud800"', '"\\x00"', '"\\u200b": x\n', '"\\UFFFFFFFF"',
    "😀", "é", "黄", "İ", "ß", "[@p1", "[@p1]", "[@]", "[@p0]", "[@p9-p1]", "[@p" + "9" * 30 + "]",
    "[^x]", "[^x]: y\n",
    "](actor:", "[x](actor:)", "[x](policy:y)", "actor:", "actor:x", "{ #p1 }\n", "{ #p99 }\n",
    "{#}", "## x {#y}\n", "# x\n",
    "```\n", "`", "<b>", "<!--", "</section>", "{{ x }}", "{% x %}", "https://", "https://[",
    "javascript:x", "../x", "/",
]  # fmt: skip

Break = Callable[[random.Random, str, str], str]


def _span(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + int(chance.expovariate(1 / 20)))


def _cut(chance: random.Random, text: str, _: str) -> str:
    start, end = _span(chance, text)
    return text[:start] + text[end:]


def _end_early(chance: random.Random, text: str, _: str) -> str:
    return text[: chance.randint(0, len(text))]


def _put_in(chance: random.Random, text: str, _: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(PIECES) + text[at:]


def _put_first_in_line(chance: random.Random, text: str, _: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], chance.choice(PIECES), *lines[at:]])


def _other_value(chance: random.Random, text: str, _: str) -> str:
    places = list(re.finditer(r"(?<=: )\S.*|(?<=- )\S.*|(?<=[\[,])[\w:-]+(?=[,\]])", text))
    if not places:
        return text
    place = chance.choice(places)
    return text[: place.start()] + chance.choice(PIECES) + text[place.end() :]


def _other_name(chance: random.Random, text: str, _: str) -> str:
    places = list(re.finditer(r"[a-z_]+(?=:)", text))
    if not places:
        return text
    place = chance.choice(places)
    return text[: place.start()] + chance.choice(PIECES) + text[place.end() :]


def _lines_in_another_order(chance: random.Random, text: str, _: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    start = chance.randrange(len(lines))
    some = lines[start : start + chance.randint(2, 6)]
    chance.shuffle(some)
    return "".join([*lines[:start], *some, *lines[start + len(some) :]])


def _line_again(chance: random.Random, text: str, _: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = chance.choice(lines)
    at = chance.randint(0, len(lines))
    return "".join([*lines[:at], line, *lines[at:]])


def _indented_otherwise(chance: random.Random, text: str, _: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(["", " ", "   ", "\t", "        "]) + lines[at].lstrip(" ")
    return "".join(lines)


def _grafted(chance: random.Random, text: str, other: str) -> str:
    start, end = _span(chance, other)
    at = chance.randint(0, len(text))
    return text[:at] + other[start : end + 200] + text[at:]


def _nothing_else(chance: random.Random, _: str, __: str) -> str:
    return "".join(chance.choices(PIECES, k=chance.randint(0, 3)))


BREAKS: list[Break] = [
    _cut, _end_early, _put_in, _put_in, _put_first_in_line, _put_first_in_line, _other_value,
    _other_value,
    _other_value, _other_name, _other_name, _lines_in_another_order, _line_again,
    _indented_otherwise, _grafted,
    _nothing_else,
]  # fmt: skip


def _bytes(chance: random.Random, text: str) -> bytes:
    """The text as a file: now and then in another encoding, or with a byte that is not UTF-8."""
    content = text.encode("utf-8", "surrogatepass")
    match chance.randrange(40):
        case 0:
            return text.encode("utf-16", "surrogatepass")
        case 1:
            return text.encode("gb18030", "replace")
        case 2:
            at = chance.randint(0, len(content))
            return content[:at] + chance.randbytes(chance.randint(1, 4)) + content[at:]
        case _:
            return content


@dataclass(frozen=True)
class Find:
    """What should not be: the round, the file as it was broken, and what came of it."""

    round: int
    path: str
    content: bytes
    trouble: str


class Breaker:
    """A copy of the project in ``folder``, whose files are broken one by one."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        leave_out = shutil.ignore_patterns("assets", "__pycache__")
        for name in ("data", "docs"):
            shutil.copytree(ROOT / name, self.root / name, ignore=leave_out)
        for name in ("CITATION.cff", "mkdocs.yml"):
            shutil.copy(ROOT / name, self.root / name)
        self.files = [
            p for p in sorted(self.root.rglob("*")) if p.suffix in (".yml", ".md", ".cff")
        ]
        self.files.remove(self.root / "mkdocs.yml")
        self.workshop = Workshop(self.root, keeper=Keeper())
        self.in_order = 0

    def __call__(self, number: int) -> Find | None:
        """Play a round."""
        chance = random.Random(number)
        path, other = chance.choice(self.files), chance.choice(self.files)
        before = path.read_bytes()
        text = before.decode("utf-8")
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            text = chance.choice(BREAKS)(chance, text, other.read_text(encoding="utf-8"))
        content = _bytes(chance, text)
        path.write_bytes(content)
        try:
            trouble = self.trouble()
        finally:
            path.write_bytes(before)
        shown = path.relative_to(self.root).as_posix()
        return Find(number, shown, content, trouble) if trouble else None

    def trouble(self) -> str:
        """What is wrong with how the archive is read as it is now; empty where nothing is."""
        try:
            self.workshop.pages()
        except InvalidArchiveError as error:
            lost = [
                str(violation)
                for violation in error.violations
                if not self.leads_somewhere(violation)
            ]
            return "\n".join(lost)
        except Exception:
            return traceback.format_exc()
        self.in_order += 1
        return ""

    def leads_somewhere(self, violation: Violation) -> bool:
        """Whether its file is there, has its line, and the message is one line that can be
        shown.
        """
        place = violation.location
        path = self.root / place.path
        if not path.exists() or not violation.message.strip() or not str(violation).isprintable():
            return False
        if not path.is_file():
            return True
        lines = path.read_bytes().replace(b"\r\n", b"\n").count(b"\n") + 1
        return 1 <= place.line <= lines and place.column >= 1


def rounds(seed: int, seconds: float) -> Iterator[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield seed
        seed += 1


def main() -> int:
    """Play; 0 if nothing was found, otherwise 1 with the finds on stdout and their files kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--seed", type=int, default=None, help="the first round (default: another each time)"
    )
    parser.add_argument("--round", type=int, default=None, help="play one round again")
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"), help="where finds are kept")
    options = parser.parse_args()
    seed = secrets.randbelow(10**9) if options.seed is None else options.seed
    numbers = [options.round] if options.round is not None else rounds(seed, options.minutes * 60)
    played = 0
    known: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        breaker = Breaker(Path(folder))
        for number in numbers:
            find = breaker(number)
            played += 1
            if find is None:
                continue
            cause = find.trouble.strip().splitlines()[-3:]
            print(f"round {find.round}: {find.path}\n{find.trouble}", flush=True)
            if str(cause) not in known:
                known.add(str(cause))
                options.keep.mkdir(exist_ok=True)
                (options.keep / f"{find.round}-{Path(find.path).name}").write_bytes(find.content)
        print(f"{played} rounds, {breaker.in_order} of them in order, {len(known)} kinds of finds")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
