"""Would the tests notice? Breaks the core modules line by line and counts what no test sees.

``make mutants`` mutates the parsing of prose, the graph and the rules with mutmut, runs for each
mutant the unit tests that run its line (``ask.py``), and compares what survives with
``survivors.yml``, which says of each why it changes nothing. It fails where fewer than 95 in 100 of
the others die. ::

    python tests/mutants/run.py            # all stages; an hour or two, on one core
    python tests/mutants/run.py prose      # one of them
    python tests/mutants/run.py prose --show   # and each survivor with its change

The work is done in ``.cache/mutants``, which keeps what is known: a second run asks only for what
has changed and for what no test noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WANTED = 0.95
UNNOTICED = (0, 5, 33)
"""The exit codes by which mutmut says that all tests passed, or that none bears on it."""
OPTIONS = ("-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-profile", "few")


class Stage(NamedTuple):
    """Modules under ``hooks/dossier``; the tests that bear on them, without
    some that take long.
    """

    modules: list[str]
    tests: list[str]
    without: tuple[str, ...] = ()


STAGES = {
    name: Stage(**stage)
    for name, stage in yaml.safe_load((HERE / "stages.yml").read_text(encoding="utf-8")).items()
}
CONFIG = """\
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = ["data", "docs", "hooks", "mkdocs.yml"]
pytest_add_cli_args = {options}
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false

[tool.pytest.ini_options]
pythonpath = ["src", "tests", "tests/bench", "tests/fuzz"]
"""


@dataclass(frozen=True)
class Survivor:
    """A mutant that no test notices: the function, its lines as they were and as they became."""

    function: str
    was: str
    became: str


def prepare(stage: Stage, folder: Path) -> None:
    """A copy of the project in the layout that mutmut knows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("tests", "data", "docs", "hooks/faces"):
        copy(ROOT / name, folder / name)
    copy(ROOT / "hooks", folder / "src")
    shutil.copy2(ROOT / "mkdocs.yml", folder)
    (folder / "pyproject.toml").write_text(
        CONFIG.format(
            modules=[f"src/dossier/{module}" for module in stage.modules],
            tests=[f"tests/{test}" for test in stage.tests],
            options=[*OPTIONS, *(f"--deselect=tests/{test}" for test in stage.without)],
        ),
        encoding="utf-8",
    )


def copy(source: Path, target: Path) -> None:
    """A folder with the times of its files, by which mutmut knows what has changed."""
    shutil.rmtree(target, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "fonts")
    shutil.copytree(source, target, ignore=ignored)


def forget_survivors(folder: Path) -> None:
    """Have mutmut ask again for the mutants that no test noticed, as there may be new tests."""
    for file in (folder / "mutants").rglob("*.meta"):
        data = json.loads(file.read_text(encoding="utf-8"))
        codes = data["exit_code_by_key"]
        data["exit_code_by_key"] = {
            name: None if code in UNNOTICED else code for name, code in codes.items()
        }
        file.write_text(json.dumps(data), encoding="utf-8")


def mutate(folder: Path) -> None:
    """Let mutmut do it; what it found stands in ``folder/mutants``."""
    command = [sys.executable, str(HERE / "ask.py")]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        result = subprocess.run(
            command, cwd=folder, env=environment, stdout=log, stderr=log, check=False
        )
    if result.returncode:
        last = (folder / "log.txt").read_text(encoding="utf-8").splitlines()[-1:]
        sys.exit(f"mutmut: {''.join(last)} (all of it in {folder / 'log.txt'})")


def outcome(folder: Path) -> tuple[Counter[str], list[Survivor]]:
    """How many mutants came to what end, and those that lived."""
    os.chdir(folder)  # mutmut reads its files from where one stands
    from mutmut.configuration import reset_config  # noqa: PLC0415
    from mutmut.mutation.data import SourceFileMutationData  # noqa: PLC0415
    from mutmut.mutation.diff_apply import get_diff_for_mutant  # noqa: PLC0415
    from mutmut.stats import status_by_exit_code  # noqa: PLC0415
    from mutmut.utils.file_utils import walk_mutatable_files  # noqa: PLC0415

    reset_config()  # it would go on with those of the stage before
    ends: Counter[str] = Counter()
    alive = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            end = status_by_exit_code[code]
            ends[end] += 1
            if end in ("survived", "no tests"):
                alive.append(survivor(name, get_diff_for_mutant(name)))
    return ends, alive


def survivor(name: str, diff: str) -> Survivor:
    """What a mutant changes, by its name (``dossier.read.prose.x_parse__mutmut_3``) and diff."""
    function = (
        name.partition("__mutmut_")[0].replace("xǁ", "").replace("ǁ", ".").replace(".x_", ".")
    )
    lines = [line for line in diff.splitlines() if line[:3] not in ("---", "+++")]
    was, became = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return Survivor(function.removeprefix("dossier."), was, became)


def known() -> dict[Survivor, str]:
    """The survivors that change nothing, each with the reason."""
    entries = yaml.safe_load((HERE / "survivors.yml").read_text(encoding="utf-8")) or []
    return {Survivor(e["in"], e["was"], e["became"]): e["because"] for e in entries}


def main() -> int:
    parser = argparse.ArgumentParser(description="break the core modules, count what no test sees")
    parser.add_argument("stages", nargs="*", help=f"of {', '.join(STAGES)}; all by default")
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache/mutants")
    parser.add_argument("--show", action="store_true", help="show each survivor with its change")
    parser.add_argument("--only-count", action="store_true", help="count what the last run found")
    arguments = parser.parse_args()
    short = 0
    for name in arguments.stages or STAGES:
        folder = arguments.folder.resolve() / name
        if not arguments.only_count:
            prepare(STAGES[name], folder)
            forget_survivors(folder)
            mutate(folder)
        ends, alive = outcome(folder)
        equivalent = known()
        noticed = ends.total() - len(alive)
        unexplained = [found for found in alive if found not in equivalent]
        share = noticed / max(1, noticed + len(unexplained))
        short += share < WANTED
        print(
            f"{name}: {ends.total()} mutants, {noticed} noticed, {len(alive) - len(unexplained)}"
            f" equivalent, {len(unexplained)} not noticed: {share:.1%} ({dict(ends)})"
        )
        for found in unexplained if arguments.show or share < WANTED else []:
            print(f"\n  {found.function}\n  - {found.was}\n  + {found.became}")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main())
