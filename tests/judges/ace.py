"""What Ace by DAISY finds in an EPUB: ``python tests/judges/ace.py book/edition.epub``.

Ace comes from npm (``make judge`` installs it) and looks at the book in the system's Chromium.
Fails with a line for each violation.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOOL = Path(__file__).with_name("node_modules") / ".bin/ace-puppeteer"


def main(book: Path) -> int:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("make judge: there is no Chromium on this machine; on Debian: apt install chromium")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            ["node", str(TOOL), "--force", "--outdir", folder, str(book)],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser},
            capture_output=True,
            text=True,
            check=False,
        )
        report = Path(folder) / "report.json"
        if ran.returncode or not report.is_file():
            print(f"make judge: Ace did not run: {(ran.stderr or ran.stdout).strip()[-500:]}")
            return 1
        said = json.loads(report.read_text(encoding="utf-8"))
    found = list(violations(said))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{book}: Ace by DAISY finds {len(found)} violations, in all: {said['earl:result']}")
    return 1 if found or said["earl:result"]["earl:outcome"] != "pass" else 0


def violations(report: dict[str, Any]) -> Iterator[str]:
    """A line for each: the file, how grave it is, which rule, what is wrong."""
    for file in report["assertions"]:
        for found in file["assertions"]:
            test, result = found["earl:test"], found["earl:result"]
            where = file["earl:testSubject"]["url"]
            said = " ".join(str(result.get("dct:description", "")).split())
            yield f"{where}: {test.get('earl:impact')}: {test.get('dct:title')}: {said}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
