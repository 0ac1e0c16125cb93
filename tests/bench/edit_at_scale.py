"""What an edit costs while the site is served, beside a whole build of the same archive.

Each archive is built once as ``make serve`` builds it; then the name of an entry is changed, some
times over, and each change is followed until its pages are written. Prints a table, and writes it
into the site's performance page. ``python tests/bench/edit_at_scale.py 1 10 100``.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from archive import ROOT, make_archive

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- edit: made by make bench -->", "<!-- end of edit -->"

# Run in the project: seconds of processor time of a whole build, then of each edit and of what
# follows it.
SERVE = """
import gc, logging, sys, time
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
logging.disable(logging.CRITICAL)
last = time.process_time()
def lap():
    global last
    before, last = last, time.process_time()
    return last - before
config = load_config("mkdocs.yml", site_dir=sys.argv[1], strict=False)
config.plugins.on_startup(command="serve", dirty=False)
build(config)
print("whole", lap())
serving = config.plugins.events["env"][0].__globals__["State"].serving
gc.freeze()
actors, policies = (sorted(Path("data", kind).glob("*.yml")) for kind in ("actors", "policies"))
for path in actors[:2] + policies[-2:]:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: ", "name: New ", 1), encoding="utf-8")
    lap()
    serving.build(lambda: sys.exit("a whole build, where an edit was to be followed"))
    print("edit", lap())
    serving.later.stop()
serving.rest(lambda: True)
print("rest", lap())
"""


def measure(sources: int) -> dict[str, float]:
    """The median seconds of each kind for an archive of that many sources."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "archive"
        make_archive(root, sources)
        result = subprocess.run(
            [sys.executable, "-c", SERVE, str(Path(folder) / "site")],
            cwd=root, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root / "hooks")},
        )  # fmt: skip
    found: dict[str, list[float]] = {}
    for line in result.stdout.splitlines():
        name, _, seconds = line.partition(" ")
        found.setdefault(name, []).append(float(seconds))
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> None:
    lines = [
        "| sources | whole build, s | an edit, s | of a whole build | the rest, afterwards, s |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for sources in [int(argument) for argument in sys.argv[1:]] or [1, 10, 100]:
        found = measure(sources)
        share = found["edit"] / found["whole"]
        lines.append(
            f"| {sources} | {found['whole']:.1f} | {found['edit']:.2f} | {share:.0%} |"
            f" {found['rest']:.1f} |"
        )
    table = "\n".join(lines)
    print(table)
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n\n{table}\n\n{END}", text, flags=re.DOTALL),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
