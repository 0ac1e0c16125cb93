"""What a reader's notes cost a page: none, a hundred, ten thousand, all of them on the text itself.

Builds the edition, then opens it in Chromium from disk. Prints the median milliseconds from the
beginning to the load event, for drawing all notes, for opening the list and for a search in it.
``python tests/bench/notes_at_scale.py 0 100 10000``.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from archive import ROOT

SOURCE = "sources/huang-lobbying-2025.html"
RUNS = 5
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

WRITE = """async (count) => {
  await window.dossier.notes.act("draw");
  const { describe, read } = window.dossier.anchor;
  const texts = [...document.querySelectorAll(".para-text")]
    .map((node) => [node.dataset.paragraph, read(node).text]);
  const notes = Array.from({ length: count }, (_, n) => {
    const [at, text] = texts[n % texts.length];
    const start = (n * 37) % (text.length - 40);
    return { id: `urn:x:${n}`, layer: "own", page: window.dossier.path, title: `paragraph ${at}`,
      spots: [describe(at, text, start, start + 20 + (n % 20))], body: `note ${n}`, tags: [],
      created: new Date(n).toISOString() };
  });
  if (count) await (await window.dossier.notes.store()).put(notes);
}"""
MEASURE = """async () => {
  const time = async (act) => { const from = performance.now(); await act();
    return performance.now() - from; };
  const [loaded] = performance.getEntriesByType("navigation");
  await window.dossier.notes.act("draw");
  const drawn = await time(() => window.dossier.notes.draw());
  const listed = await time(() => window.dossier.notes.list());
  const search = document.querySelector(".own-all input[type=search]");
  search.value = "note 77";
  const found = await time(() => search.dispatchEvent(new Event("input")));
  return [loaded.loadEventEnd, drawn, listed, found];
}"""


def measure(page: Page, address: str) -> list[float]:
    rows = []
    for _ in range(RUNS):
        page.goto("about:blank")
        page.goto(address, wait_until="load")
        rows.append(page.evaluate(MEASURE))
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def main(counts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict"]
        subprocess.run(
            [*command, "--site-dir", str(site)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
            check=True,
        )
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        print("notes    load    draw    list  search, ms")
        for count in counts:
            page = browser.new_context().new_page()
            address = f"{site.as_uri()}/{SOURCE}"
            page.goto(address)
            page.evaluate(WRITE, count)
            print(f"{count:5d}", *(f"{value:7.0f}" for value in measure(page, address)))
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [0, 100, 10_000])
