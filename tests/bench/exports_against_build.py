"""How much of a build the open data takes: a build with it beside one without; printed by ``make
bench``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
BUILD = """
import sys
import dossier.write.site
if sys.argv[1] == "without":
    dossier.write.site.FORMATS = ()
    dossier.write.site.text_files = lambda *_: {}
from mkdocs.__main__ import cli
cli(["build", "--quiet", "--no-strict", "--site-dir", sys.argv[2]])
"""


def processor_seconds(which: str, out: str) -> float:
    """The processor time of a build, which says more than the clock on a machine that does other
    things too.
    """
    best = float("inf")
    for _ in range(RUNS):
        before = os.times()
        command = [sys.executable, "-W", "ignore", "-c", BUILD, which, out]
        subprocess.run(
            command,
            cwd=ROOT,
            check=True,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": "hooks"},
        )
        after = os.times()
        best = min(
            best,
            after.children_user
            - before.children_user
            + after.children_system
            - before.children_system,
        )
    return best


def main() -> None:
    out = tempfile.mkdtemp()
    try:
        whole, bare = processor_seconds("with", out), processor_seconds("without", out)
    finally:
        shutil.rmtree(out)
    print(
        f"build {whole:.2f} s of processor time, without the open data {bare:.2f} s: the exports"
        f" take {(whole - bare) / whole:.0%} of a build"
    )


if __name__ == "__main__":
    main()
