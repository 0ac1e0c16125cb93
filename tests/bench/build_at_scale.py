"""What a build costs as the archive grows: this project's, beside a bare build of the very same
pages.

Builds of each made-up archive, in one run on one machine: this project's; a bare MkDocs and
Material build of the Markdown pages that it renders, with the same navigation and features of the
theme; one without the theme's search, which takes most of the time of a large one; the usual way,
the bare build with every page in the navigation; and where they are installed, Zensical's of the
folder that ``dossier pages`` writes, and Hugo's of the same Markdown in a template of one line, the
known fast end. The edition itself is built likewise, as size 0. Prints a table and the exponents of
growth, and writes the table into the site's performance page.
``python tests/bench/build_at_scale.py 0 1 10 100``.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from archive import ROOT, make_archive

PAGE = ROOT / "docs/performance.md"
SMALL = 20
# In memory, where there is a folder for that: what it costs to create a file differs tenfold from
# disk to disk.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
NAMES = {
    "ours": "this project",
    "bare": "bare",
    "plain": "bare, no search",
    "usual": "usual",
    "zensical": "Zensical",
    "hugo": "Hugo",
}
COMMANDS = {
    "zensical": [sys.executable, "-m", "zensical", "build", "--config-file", "mkdocs.yml"],
    "hugo": ["hugo", "--quiet", "--destination", "site"],
}
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict", "--site-dir", "site"]
HUGO = """\
title = "Bench"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
uglyURLs = true
[markup.goldmark.renderer]
unsafe = true
"""
PLAIN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    "<body><main>{{ .Content }}</main></body></html>"
)
KEPT = ("site_name", "use_directory_urls", "nav", "markdown_extensions")
UNCHECKED = {
    "nav": {"omitted_files": "ignore"},
    "links": {"not_found": "ignore", "anchors": "ignore", "unrecognized_links": "ignore"},
}


@dataclass(frozen=True)
class Measured:
    """A build: seconds of processor time and of waiting, peak memory and output in MB, bytes of the
    middle page and of the search index.
    """

    sources: int
    way: str
    pages: int
    cpu: float
    wall: float
    memory: float
    output: float
    page: int
    index: int


def build(folder: Path, sources: int, way: str) -> Measured:
    """Build a project in a process of its own and measure it."""
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    command = COMMANDS.get(way, MKDOCS)
    environment = {
        "DOSSIER_PROCESSES": "1",
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(folder / "hooks"),
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build of {folder} failed: {' '.join(command)}")
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    found = [
        *site.glob("assets/data/search*"),
        *site.glob("search/search_index.json"),
        *site.glob("assets/data/search/*"),
    ]
    return Measured(
        sources, way, len(pages), used.ru_utime + used.ru_stime, time.perf_counter() - start,
        used.ru_maxrss / 1024,
        sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6,
        int(statistics.median(pages)), sum(path.stat().st_size for path in found if path.is_file()),
    )  # fmt: skip


def measure(sources: int, folder: Path) -> list[Measured]:
    """All builds of an archive of that many sources, made in an empty folder; with 0, of the
    edition.

    Of a small archive each is built five times, in turn, and the quickest counts: what else the
    machine does disturbs them. The first also compiles what Python and the templates keep. This
    project's has no cache, as on a first build.
    """
    own = folder / "ours"
    if sources:
        make_archive(own, sources)
    else:
        shutil.copytree(
            ROOT, own, ignore=shutil.ignore_patterns(".*", "site", "tests", "__pycache__")
        )
    subprocess.run(
        [sys.executable, "-m", "dossier", "--root", str(own), "pages", str(folder / "bare")],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(own / "hooks")},
    )  # fmt: skip
    others = [way for way in COMMANDS if prepare(way, folder)]
    for ours in ("hooks", "docs/assets", "docs/data"):  # pages alone, without what else it makes
        shutil.rmtree(folder / "bare" / ours)
    bare = bare_settings(own)
    settings = {
        "bare": bare,
        "plain": {**bare, "plugins": []},
        "usual": {name: bare[name] for name in bare if name != "nav"},
    }
    found: dict[str, list[Measured]] = {way: [] for way in NAMES}
    for _ in range(5 if sources < SMALL else 1):
        shutil.rmtree(own / ".cache", ignore_errors=True)
        found["ours"].append(build(own, sources, "ours"))
        for way, chosen in settings.items():
            (folder / "bare/mkdocs.yml").write_text(
                yaml.safe_dump(chosen, sort_keys=False), encoding="utf-8"
            )
            found[way].append(build(folder / "bare", sources, way))
        for way in others:
            found[way].append(build(folder / way, sources, way))
    return [min(builds, key=lambda m: m.cpu) for builds in found.values() if builds]


def prepare(way: str, folder: Path) -> bool:
    """Lay out what another engine builds, of the folder for MkDocs alone; ``False`` where the
    engine is not installed.
    """
    if way == "zensical" and find_spec("zensical"):
        shutil.copytree(folder / "bare", folder / way)
        return True
    if way == "hugo" and shutil.which("hugo"):
        shutil.copytree(
            folder / "bare/docs", folder / way / "content",
            ignore=lambda at, _: ("assets", "data") if Path(at).name == "docs" else (),
        )  # fmt: skip
        for index in (folder / way).rglob("index.md"):  # of a folder of pages, as Hugo has it
            index.rename(index.with_name("_index.md"))
        layouts = folder / way / "layouts"
        (layouts / "_default").mkdir(parents=True)
        for name in ("_default/single.html", "_default/list.html", "index.html"):
            (layouts / name).write_text(PLAIN, encoding="utf-8")
        (folder / way / "hugo.toml").write_text(HUGO, encoding="utf-8")
        return True
    return False


def bare_settings(own: Path) -> dict[str, Any]:
    """The settings of a project for MkDocs and Material alone: its navigation and the theme's
    features, without its code.
    """
    settings = yaml.safe_load((own / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", ""))
    theme = {name: settings["theme"][name] for name in ("name", "font", "palette", "features")}
    return {
        **{name: settings[name] for name in KEPT},
        "theme": theme,
        "plugins": ["search"],
        "validation": UNCHECKED,
    }


def exponent(small: Measured, large: Measured, what: str) -> str:
    """The power of the number of sources with which something grows: 1 is in proportion, 0 not at
    all; nothing for what is not there.
    """
    if not getattr(small, what):
        return ""
    power = math.log(getattr(large, what) / getattr(small, what)) / math.log(
        large.sources / small.sources
    )
    return f"{round(power, 2) + 0.0:.2f}"  # no minus before a zero


def table(found: list[Measured]) -> str:
    lines = [
        (
            "| sources | pages | build | processor, s | against bare | peak memory, MB | output, "
            "MB | middle page, kB | search index, kB |"
        ),
        "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    bare = {m.sources: m.cpu for m in found if m.way == "bare"}
    for m in found:
        lines.append(
            f"| {m.sources or 'the edition'} | {m.pages} | {NAMES[m.way]} | {m.cpu:.1f} |"
            f" {m.cpu / bare[m.sources]:.2f} | {m.memory:.0f} | {m.output:.1f} |"
            f" {m.page / 1000:.1f} | {m.index / 1000:.0f} |"
        )
    sizes = sorted({m.sources for m in found} - {0})
    if len(sizes) > 1:
        for way, name in NAMES.items():
            ends = [m for m in found if m.way == way and m.sources in sizes[-2:]]
            if len(ends) < 2:
                continue
            first, last = ends
            powers = {
                what: exponent(first, last, what)
                for what in ("cpu", "memory", "output", "page", "index")
            }
            lines.append(
                f"| growth | {sizes[-2]} to {sizes[-1]} | {name} | {powers['cpu']} | |"
                f" {powers['memory']} | {powers['output']} | {powers['page']} | {powers['index']} |"
            )
    return "\n".join(lines)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [0, 1, 10, 100]
    found: list[Measured] = []
    for sources in sizes:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            found += measure(sources, Path(folder))
        print(table([m for m in found if m.sources == sources]), flush=True)
    result = table(found)
    print(f"\n{result}")
    write_into_page("table", result)


def write_into_page(name: str, result: str) -> None:
    """Put a table between its marks on the performance page."""
    begin, end = f"<!-- {name}: made by make bench -->", f"<!-- end of {name} -->"
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        re.sub(f"{begin}.*?{end}", f"{begin}\n\n{result}\n\n{end}", text, flags=re.DOTALL),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
