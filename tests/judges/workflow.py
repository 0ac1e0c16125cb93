"""Runs the check of a pull request as GitHub would: ``python tests/judges/workflow.py``.

act (``make workflow`` installs it) runs the steps on this machine, with no container. Actions are
not fetched: one that does nothing stands for each, since act itself brings the working copy, and
Python is here.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github/workflows/check.yml"
STAND_IN = """\
name: stand-in
description: Does nothing.
runs:
  using: composite
  steps:
    - {shell: bash, run: "true"}
"""


def main() -> int:
    text = WORKFLOW.read_text(encoding="utf-8")
    act = Path(sys.executable).with_name("act")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "action.yml").write_text(STAND_IN, encoding="utf-8")
        actions = sorted(set(re.findall(r"uses: (\S+)", text)))
        machines = sorted(set(re.findall(r"runs-on: (\S+)", text)))
        return subprocess.run(
            [
                str(act), "pull_request", "--workflows", str(WORKFLOW), "--job", "check",
                *(f"--platform={machine}=-self-hosted" for machine in machines),
                *(f"--local-repository={action}={folder}" for action in actions),
            ],
            cwd=ROOT,
            check=False,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
