"""``make site``: the site built beside the old one and put in its place when it is whole.

``hooks/build.py`` builds with MkDocs, ``hooks/build.py zensical`` with Zensical; of the two only
the one that builds has to be installed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import os
import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from dossier.errors import REFUSED, fault, one_line
from dossier.store import PLACE, is_damaged

ROOT = Path(__file__).resolve().parents[1]
SITE, FRESH, OLD = ROOT / "site", ROOT / ".site.new", ROOT / ".site.old"


def main(arguments: Sequence[str]) -> int:
    """Build; 0 with a new ``site/``, otherwise 1 or MkDocs' exit code, and ``site/`` as it was."""
    parser = argparse.ArgumentParser(prog="hooks/build.py", description=__doc__)
    parser.add_argument("engine", choices=ENGINES, nargs="?", default="mkdocs")
    engine = parser.parse_args(arguments).engine
    if not SITE.exists() and OLD.exists():  # killed between the two renames of ``put_in_place``
        OLD.rename(SITE)
    shutil.rmtree(FRESH, ignore_errors=True)
    if find_spec(engine) is None:
        print(f"ERROR   -  {engine} is not installed: make site ENGINE={engine}", file=sys.stderr)
        return 1
    code = build(engine)
    if code and is_damaged(ROOT / PLACE):
        (ROOT / PLACE).unlink()
        print(f"{PLACE} was damaged and is deleted; building again without it", file=sys.stderr)
        code = build(engine)
    if code == 0:
        put_in_place(FRESH, SITE, OLD)
        print(f"built {sum(1 for _ in SITE.rglob('*.html'))} pages: open {SITE / 'index.html'}")
    for left in (FRESH, OLD):
        shutil.rmtree(left, ignore_errors=True)
    return code


def build(engine: str) -> int:
    """Build into ``FRESH``, saying what is wrong on stderr; 0 or an exit code."""
    try:
        return ENGINES[engine]()
    except REFUSED as error:
        print(f"ERROR   -  {fault(error)}\nNothing was changed in {SITE}", file=sys.stderr)
        return 1


def with_mkdocs() -> int:
    """Build into ``FRESH``, saying what is wrong on stderr; MkDocs' exit code.

    In this process, so that nothing goes on writing when it is killed.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # read when the theme is imported
    from click import ClickException  # noqa: PLC0415
    from mkdocs.__main__ import cli  # noqa: PLC0415

    # Not --quiet: it would keep warnings from the strict mode that is to fail on them.
    arguments = [
        "build",
        "--strict",
        "--config-file",
        str(ROOT / "mkdocs.yml"),
        "--site-dir",
        str(FRESH),
    ]
    said = io.StringIO()
    code = 0
    try:
        with contextlib.redirect_stderr(said):
            cli.main(arguments, standalone_mode=False)
    except ClickException as error:
        code = error.exit_code
        print(error.format_message(), file=said)
    finally:
        lines = said.getvalue().splitlines(keepends=True)
        print(
            *(line for line in lines if not line.startswith("INFO")),
            sep="",
            end="",
            file=sys.stderr,
        )
    return code


def with_zensical() -> int:
    """Build into ``FRESH``, saying what is wrong on stderr; 1 if anything is."""
    from zensical_engine import build  # noqa: PLC0415

    found = build(ROOT, FRESH)
    for line in found:
        print(f"ERROR   -  {one_line(line)}", file=sys.stderr)
    return 1 if found else 0


ENGINES = {"mkdocs": with_mkdocs, "zensical": with_zensical}


def put_in_place(fresh: Path, site: Path, old: Path) -> None:
    """Make ``fresh`` the site; there is always one, if the system can exchange two folders."""
    if not site.exists():
        fresh.rename(site)
    elif not exchange(fresh, site):
        shutil.rmtree(old, ignore_errors=True)
        site.rename(old)
        fresh.rename(site)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` if that is not possible (it is on Linux)."""
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(renameat2(here, os.fsencode(one), here, os.fsencode(other), swap) == 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
