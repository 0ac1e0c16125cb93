"""The searches that others would use on the same pages, asked the same questions in Chromium over
http: Material's own (lunr, in its worker) and Pagefind.

Each is set up as its documentation has it for a site in English and Chinese, and is dealt with
generously: a result counts with all that it shows, a page with its sections; and one that leads to
a section of the text counts for every paragraph in it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Page, sync_playwright

from build_at_scale import bare_settings, build
from dossier.write.site import Site
from judged import addresses
from search_at_scale import CHROMIUM, serve

MISSING = "left out, as {} is not installed: pip install -r requirements/bench.txt"
SHOWN = 20
ROOT = Path(__file__).resolve().parents[2]

# The theme asks its worker; what it answers is seen on the way.
OVERHEAR = """() => {
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        if (data.type === 1) window.searchReady = true;
        if (data.type === 3) window.searchAnswer?.(data.data.items);
      });
    }
  };
}"""
ASK_MATERIAL = """async ([question, shown]) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const items = await new Promise((done) => {
    window.searchAnswer = done;
    input.value = question;
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });
  return items.slice(0, shown).map((item) => item.map((part) => part.location));
}"""
ASK_PAGEFIND = """async ([question, shown]) => {
  window.pagefind ??= await import("/pagefind/pagefind.js");
  const { results } = await window.pagefind.search(question);
  const pages = await Promise.all(results.slice(0, shown).map((result) => result.data()));
  return pages.map((page) => [page.url, ...page.sub_results.map((part) => part.url)]);
}"""


class Places:
    """What stands at an address of the site: the keys of its entries, paragraphs, pages."""

    def __init__(self, site: Site) -> None:
        self.at = addresses(site)
        archive = site.graph.archive
        for id_ in archive.sources:
            parts: dict[str, list[str]] = defaultdict(list)
            for paragraph in archive.translations[id_].paragraphs:
                key = f"paragraph:{id_}:{paragraph.number}"
                parts[f"sources/{id_}.html#{paragraph.part or ''}".rstrip("#")].append(key)
            for address, keys in parts.items():
                self.at[address] = [*self.at.get(address, []), *keys]

    def keys(self, locations: list[str]) -> list[str]:
        found = []
        for location in locations:
            address = location.lstrip("/").split("?")[0] or "index.html"
            path, _, fragment = address.partition("#")
            path = f"{path}index.html" if path.endswith("/") else path
            known = self.at.get(f"{path}#{fragment}") if fragment else None
            found += known or self.at.get(path, [])
        return found


def material(site: Site, questions: list[str], folder: Path) -> Mapping[str, list[list[str]]] | str:
    """What Material's search answers, by question; or why it could not be asked."""
    if not importlib.util.find_spec("jieba"):
        return MISSING.format("jieba, which cuts Chinese for it,")
    subprocess.run(
        [sys.executable, "-m", "dossier", "--root", str(ROOT), "pages", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
    )
    search = {"search": {"lang": ["en", "zh"], "separator": r"[\s\u200b\-]"}}
    settings = {**bare_settings(ROOT), "plugins": [search]}
    for ours in ("hooks", "docs/assets", "docs/data"):
        shutil.rmtree(folder / ours)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    build(folder, 0, "bare")
    with _page(folder / "site") as (page, address):
        page.add_init_script(f"({OVERHEAR})()")
        page.goto(address)
        page.locator("[data-md-component=search-query]").focus()
        page.wait_for_function("window.searchReady")
        return _asked(page, ASK_MATERIAL, site, questions)


def pagefind(site: Site, questions: list[str], folder: Path) -> Mapping[str, list[list[str]]] | str:
    """What Pagefind answers, by question; or why it could not be asked."""
    if not importlib.util.find_spec("pagefind"):
        return MISSING.format("Pagefind")
    shutil.copytree(
        ROOT, folder, ignore=shutil.ignore_patterns(".*", "site", "tests", "__pycache__")
    )
    build(folder, 0, "ours")
    built = folder / "site"
    subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(built), "--root-selector", "article"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    # A page of its own, since those of the site let no other search run.
    (built / "ask.html").write_text("<!doctype html><html lang=en><title>Ask</title></html>")
    with _page(built) as (page, address):
        page.goto(f"{address}ask.html")
        return _asked(page, ASK_PAGEFIND, site, questions)


def _asked(page: Page, script: str, site: Site, questions: list[str]) -> dict[str, list[list[str]]]:
    places = Places(site)
    return {
        question: [places.keys(result) for result in page.evaluate(script, [question, SHOWN])]
        for question in questions
    }


@contextmanager
def _page(folder: Path) -> Iterator[tuple[Page, str]]:
    address, stop = serve(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser.new_page(service_workers="block"), address
        finally:
            browser.close()
            stop()
