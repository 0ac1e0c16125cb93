"""``make site``: the site built beside the old one and put in its place when it is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE, FRESH, OLD = ROOT / "site", ROOT / ".site.new", ROOT / ".site.old"


def main() -> int:
    """Build; 0 with a new ``site/``, otherwise MkDocs' exit code and ``site/`` as it was."""
    if not SITE.exists() and OLD.exists():  # killed between the two renames below
        OLD.rename(SITE)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(FRESH)]
    # Not --quiet: it would keep warnings from the strict mode that is to fail on them.
    result = subprocess.run(
        command,
        check=False,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")},
    )
    print("".join(line for line in result.stderr.splitlines(keepends=True) if not line.startswith("INFO")), end="", file=sys.stderr)
    if result.returncode:
        shutil.rmtree(FRESH, ignore_errors=True)
        return result.returncode
    shutil.rmtree(OLD, ignore_errors=True)
    if SITE.exists():
        SITE.rename(OLD)
    FRESH.rename(SITE)
    shutil.rmtree(OLD, ignore_errors=True)
    print(f"built {sum(1 for _ in SITE.rglob('*.html'))} pages: open {SITE / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
