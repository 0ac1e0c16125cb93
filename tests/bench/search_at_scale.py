"""How long a search takes on a large archive opened from disk: the index whole, and in parts.

Makes the index of a made-up archive and lays it beside a page with the box. Then asks in Chromium,
on a fresh page each time, with the network off: from the click into the box to the first results,
and for the next key. Prints the medians, and over http the bytes that one search loads; writes them
into the site's performance page. ``python tests/bench/search_at_scale.py 100 1000``.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import socketserver
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Request, sync_playwright

from archive import ROOT, make_archive
from build_at_scale import build, write_into_page

sys.path.insert(0, str(ROOT / "hooks"))

import dossier.exports.search
from dossier.write.site import read_graph

QUERIES = ("Actor 041", "kelsul", "torsul marden", "山川林")
RUNS = 5
WHOLE = 100
"""Sources up to which the index is measured whole, too."""
HEAD = (
    "| sources | index | size, kB | click to first results, ms | next key, ms |"
    " loaded by one search, kB | at most |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: |"
)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

ASK = """async (query) => {
  const input = document.querySelector(".finder-input");
  const shown = (before) => new Promise((done) => {
    const look = () => {
      const status = document.querySelector(".finder-status").textContent;
      if (/result|Nothing/.test(status) && status !== before) done(performance.now());
        else setTimeout(look, 0);
    };
    look();
  });
  const type = (text) => { input.value = text; input.dispatchEvent(new Event("input",
    { bubbles: true })); };
  const start = performance.now();
  input.focus();
  type(query.slice(0, -1));
  const first = await shown("");
  const before = document.querySelector(".finder-status").textContent;
  document.querySelector(".finder-status").textContent = "";
  type(query);
  return [first - start, (await shown("")) - first, before];
}"""


def ask(browser: Browser, address: str, query: str, offline: bool) -> tuple[float, float, int]:
    """Milliseconds to the first results and for the next key, and the bytes that were loaded for
    them.
    """
    context = browser.new_context(offline=offline, service_workers="block")
    page = context.new_page()
    loaded: list[Request] = []

    def finished(request: Request) -> None:  # Playwright marks what listens, which no method bears
        loaded.append(request)

    page.goto(address)
    page.wait_for_load_state("load")
    if not offline:
        page.on("requestfinished", finished)
    first, following, _ = page.evaluate(ASK, query)
    size = sum(request.sizes()["responseBodySize"] for request in loaded)
    context.close()
    return first, following, size


def serve(folder: Path) -> tuple[str, Callable[[], None]]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = socketserver.ThreadingTCPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/", server.shutdown


def indices(folder: Path, sources: int) -> dict[str, dict[str, str]]:
    """The index of a made-up archive: in parts, and whole where that is not out of the question."""
    make_archive(folder, sources)
    graph = read_graph(folder)
    found = {"in parts": dossier.exports.search.search_assets(graph)}
    if sources <= WHOLE:
        kept = dossier.exports.search.PART, dossier.exports.search.CHUNK
        dossier.exports.search.PART = dossier.exports.search.CHUNK = 10**9
        found = {"whole": dossier.exports.search.search_assets(graph), **found}
        dossier.exports.search.PART, dossier.exports.search.CHUNK = kept
    return found


def measure(browser: Browser, site: Path, assets: dict[str, str]) -> str:
    """The cells of a row: size, milliseconds to first results and for the next key, bytes."""
    shutil.rmtree(site / "assets/data/search")
    for path, content in assets.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(content, encoding="utf-8")
    asked = [
        ask(browser, (site / "index.html").as_uri(), query, offline=True)
        for query in QUERIES
        for _ in range(RUNS)
    ]
    address, stop = serve(site)
    loaded = [ask(browser, address, query, offline=False)[2] for query in QUERIES]
    stop()
    size = sum(len(content.encode()) for content in assets.values())
    return (
        f"{size / 1000:,.0f} | {statistics.median(a for a, _, _ in asked):.0f} |"
        f" {statistics.median(b for _, b, _ in asked):.0f} |"
        f" {statistics.median(loaded) / 1000:.0f} | {max(loaded) / 1000:.0f}"
    )


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [100]
    lines = [HEAD]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        make_archive(folder / "page", 1)  # a page with the box; the index is what is measured
        build(folder / "page", 1, "ours")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"],
        )
        for sources in sizes:
            for how, assets in indices(folder / str(sources), sources).items():
                row = measure(browser, folder / "page/site", assets)
                lines.append(f"| {sources:,} | {how} | {row} |")
                print(lines[-1], flush=True)
        browser.close()
    write_into_page("search", "\n".join(lines))


if __name__ == "__main__":
    main()
