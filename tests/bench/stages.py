"""Where a build's time and memory go: stage by stage, on the edition and on made-up archives.

A build is run as ``make site`` runs it, in a process of its own in which the functions that are its
stages are timed from outside; what is called within another stage counts for the inner one. Prints
a table, and writes it into the site's performance page. ``python tests/bench/stages.py 0 100``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from archive import ROOT, make_archive
from build_at_scale import MEMORY, write_into_page

# Run in the project. Each stage: its name, the modules in which the function is called by its
# name, and the name.
TIMED = '''
import json, os, sys, time
def clock():
    return sum(os.times()[:4])
STARTED = 0.0
spent, held, order = {}, {}, []
running, since = ["start of Python and of MkDocs"], STARTED

def memory(field="VmRSS"):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(field))

def switch(push=None):
    """Charge the time since the last switch to the stage that was running."""
    global since
    now, name = clock(), running[-1]
    if name not in spent:
        order.append(name)
    spent[name] = spent.get(name, 0) + now - since
    held[name] = max(held.get(name, 0), memory())
    since = now
    running.append(push) if push else running.pop()

def timed(name, function):
    def wrapper(*given, **named):
        switch(name)
        try:
            made = function(*given, **named)
            if hasattr(made, "__next__"):
                made = steps(name, made)
            return made
        finally:
            switch()
    return wrapper

def steps(name, iterator):
    """The items of an iterator, what it takes to make each charged to the stage."""
    while True:
        switch(name)
        try:
            item = next(iterator)
        except StopIteration:
            return
        finally:
            switch()
        yield item

def time_stage(stage, module, function):
    setattr(module, function, timed(stage, getattr(module, function)))

sys.path.insert(0, "hooks")
os.environ["NO_MKDOCS_2_WARNING"] = "1"
import mkdocs.commands.build as engine
import mkdocs.structure.files, mkdocs.plugins
import dossier.write.finish as finish
import dossier.write.offline as offline
import dossier.write.site as site
running[0] = "MkDocs: settings, navigation, files"
spent["start of Python and of MkDocs"] = clock() - since
held["start of Python and of MkDocs"] = memory()
order.append("start of Python and of MkDocs")
since = clock()
for stage, module, functions in (
    ("data read", site, ["load", "read_edition"]),
    ("references turned round", site, ["build_graph"]),
    ("rules", site, ["check_invariants"]),
    ("pages from templates", site, ["render_changed_pages"]),
    ("what the last build was made from", site, ["Traces", "files_digest"]),
    ("structured data", site, ["structured_data"]),
    ("open data: annotations, graph; all of it kept", site.Workshop, ["kept_assets"]),
    ("previews and other scripts", site, ["kinds_script", "preview_assets", "history_assets",
      "lines_script", "redirects"]),
    ("search index", site, ["search_files"]),
    ("Chinese face", site, ["chinese_face"]),
    ("releases and frames", site, ["edition_files", "frame_files"]),
    ("Markdown twins", site, ["text_files"]),
    ("MkDocs: pages read", engine, ["_populate_page"]),
    ("MkDocs and theme: pages written", engine, ["_build_page", "_build_theme_template"]),
    ("files copied", mkdocs.structure.files.Files, ["copy_static_files"]),
    ("pages finished", finish, ["finish_pages"]),
    ("files written, styles", finish, ["write_file", "join_styles"]),
    ("archive to download", offline, ["write_archive"]),
    ("service worker", offline, ["write_service_worker"]),
):
    for function in functions:
        time_stage(stage, module, function)
def as_format(function):
    return timed("open data: " + function.__name__.removesuffix("_files"), function)
site.FORMATS = tuple(map(as_format, site.FORMATS))
from mkdocs.__main__ import cli
cli.main(["build", "--quiet", "--no-strict", "--site-dir", sys.argv[1]], standalone_mode=False)
switch("end")
rows = [[name, spent[name], held[name]] for name in order]
print(json.dumps([*rows, ["peak", sum(spent.values()), memory("VmHWM")]]))
'''


def stages(folder: Path, site: Path) -> list[tuple[str, float, float]]:
    """Of each stage of a build its name, seconds of processor time, and the most memory held at its
    end in MB; last the whole, with the peak.
    """
    result = subprocess.run(
        [sys.executable, "-c", TIMED, str(site)],
        cwd=folder, check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DOSSIER_PROCESSES": "1"},
    )  # fmt: skip
    return [(name, seconds, held) for name, seconds, held in json.loads(result.stdout)]


def measure(sources: int) -> list[tuple[str, float, float]]:
    """The stages of an archive of that many sources, with 0 of the edition, as a first build."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        own = Path(folder) / "ours"
        if sources:
            make_archive(own, sources)
        else:
            shutil.copytree(
                ROOT, own, ignore=shutil.ignore_patterns(".*", "site", "tests", "__pycache__")
            )
        stages(own, Path(folder) / "warm")  # Python and the templates keep what they compile
        shutil.rmtree(own / ".cache", ignore_errors=True)
        return stages(own, Path(folder) / "site")


def table(found: dict[int, list[tuple[str, float, float]]]) -> str:
    names = list(dict.fromkeys(name for rows in found.values() for name, _, _ in rows))
    heads = [str(sources or "the edition") for sources in found]
    lines = [
        "| stage | " + " | ".join(f"{head}, s | memory after, MB" for head in heads) + " |",
        "| --- |" + " ---: | ---: |" * len(found),
    ]
    for name in names:
        cells = []
        for rows in found.values():
            _, seconds, held = next((row for row in rows if row[0] == name), ("", 0.0, 0.0))
            cells.append(f"{seconds:.2f} | {held:.0f}")
        shown = "all, and the peak" if name == "peak" else name
        lines.append(f"| {shown} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [0, 100]
    result = table({sources: measure(sources) for sources in sizes})
    print(result)
    write_into_page("stages", result)


if __name__ == "__main__":
    main()
