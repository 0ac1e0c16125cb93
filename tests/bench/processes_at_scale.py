"""What several processes save: a first build in one process, and one in as many as there are
processors.

The builds are made in turn, without a cache, and must give the same bytes; of each the quickest
counts. Prints a table, and writes it into the site's performance page.
``python tests/bench/processes_at_scale.py 10 100``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from archive import make_archive
from build_at_scale import MEMORY, Measured, build, write_into_page
from second_at_scale import digests

RUNS = 2


def measure(sources: int, folder: Path) -> tuple[Measured, Measured]:
    """The quickest build of an archive of that many sources in one process, and in several."""
    own = folder / "ours"
    make_archive(own, sources)
    build(own, sources, "ours")  # Python and the templates keep what they compile
    found: dict[str, list[Measured]] = {"1": [], processors(): []}
    made = []
    for _ in range(RUNS):
        for count, builds in found.items():
            shutil.rmtree(own / ".cache")
            os.environ["DOSSIER_PROCESSES"] = count
            builds.append(build(own, sources, "ours"))
            made.append(digests(own / "site"))
    if any(other != made[0] for other in made):
        raise SystemExit("a build in several processes is not the same as one in one")
    one, several = (min(builds, key=lambda m: m.wall) for builds in found.values())
    return one, several


def processors() -> str:
    return str(len(os.sched_getaffinity(0)))


def main() -> None:
    lines = [
        f"| sources | in one process, s | in {processors()}, s | times as fast"
        " | processor, s, in one | in several |",
        "|" + " ---: |" * 6,
    ]
    for sources in [int(argument) for argument in sys.argv[1:]] or [10, 100]:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            one, several = measure(sources, Path(folder))
        lines.append(
            f"| {sources} | {one.wall:.1f} | {several.wall:.1f} | {one.wall / several.wall:.2f} |"
            f" {one.cpu:.1f} | {several.cpu:.1f} |"
        )
        print(lines[-1], flush=True)
    result = "\n".join(lines)
    print(f"\n{result}")
    write_into_page("processes", result)


if __name__ == "__main__":
    main()
