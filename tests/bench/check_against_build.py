"""How long the checks take beside a whole build: ``make bench`` prints the ratio, nothing is
asserted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3


def seconds(*command: str) -> float:
    """The best of some runs, which is the one least disturbed by the machine."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(
            command,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": "hooks"},
        )
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    out = tempfile.mkdtemp()
    try:
        check = seconds(sys.executable, "-m", "dossier", "check")
        build = seconds(
            sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", out
        )
    finally:
        shutil.rmtree(out)
    print(
        f"check {check:.2f} s, build {build:.2f} s: the checks take {check / build:.0%} of a build"
    )


if __name__ == "__main__":
    main()
