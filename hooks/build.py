"""``make site``: the site built beside the old one and put in its place when it is whole."""

from __future__ import annotations

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
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--quiet",
            "--strict",
            "--config-file",
            str(ROOT / "mkdocs.yml"),
            "--site-dir",
            str(FRESH),
        ],
        check=False,
    )
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
