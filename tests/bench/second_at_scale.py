"""What a second build costs: one in which nothing has changed, and one after an edit.

Each archive is built as ``make site`` builds it: twice, then again after the name of an entry has
changed, one of the last source and then one that all sources name, and last without a cache, which
must give the same bytes. Prints a table, and writes it
into the site's performance page. ``python tests/bench/second_at_scale.py 1 10 100``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from archive import make_archive
from build_at_scale import MEMORY, Measured, build, write_into_page


@dataclass(frozen=True)
class Builds:
    """The builds of an archive; ``whole`` is the one without a cache."""

    whole: Measured
    second: Measured
    edited: Measured
    named: Measured
    """After an edit of what all sources name."""
    cache: float
    """What is kept for the next build, in MB."""


def measure(sources: int, folder: Path) -> Builds:
    """Builds of an archive of that many sources, made in an empty folder."""
    own, kept = folder / "ours", folder / "kept"
    make_archive(own, sources)
    build(own, sources, "ours")  # Python and the templates keep what they compile
    second = build(own, sources, "ours")
    edited, named = (edit(own, sources, number) for number in (sources - 1, 0))
    (own / "site").rename(kept)
    cache = sum(p.stat().st_size for p in (own / ".cache").rglob("*") if p.is_file()) / 1e6
    shutil.rmtree(own / ".cache")
    whole = build(own, sources, "ours")
    if digests(kept) != digests(own / "site"):
        raise SystemExit("a build with a cache is not the same as one without")
    return Builds(whole, second, edited, named, cache)


def edit(own: Path, sources: int, number: int) -> Measured:
    """A build after the name of an actor of a source has changed."""
    path = own / f"data/actors/actor-{number:03d}-0.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: ", "name: New ", 1), "utf-8")
    return build(own, sources, "ours")


def digests(site: Path) -> dict[str, bytes]:
    return {
        os.fspath(path.relative_to(site)): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def table(found: dict[int, Builds]) -> str:
    lines = [
        "| sources | whole build, s | nothing changed, s | of a whole build | an edit, s |"
        " of a whole build | of what all name, s | of a whole build | peak memory, MB"
        " | cache, MB |",
        "|" + " ---: |" * 10,
    ]
    for sources, b in found.items():
        again = (b.second, b.edited, b.named)
        shares = " | ".join(f"{m.cpu:.1f} | {m.cpu / b.whole.cpu:.0%}" for m in again)
        peak = max(m.memory for m in (b.whole, *again))
        lines.append(f"| {sources} | {b.whole.cpu:.1f} | {shares} | {peak:.0f} | {b.cache:.0f} |")
    return "\n".join(lines)


def main() -> None:
    found: dict[int, Builds] = {}
    for sources in [int(argument) for argument in sys.argv[1:]] or [1, 10, 100]:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            found[sources] = measure(sources, Path(folder))
        print(table({sources: found[sources]}), flush=True)
    result = table(found)
    print(f"\n{result}")
    write_into_page("second", result)


if __name__ == "__main__":
    main()
