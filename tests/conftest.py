"""Shared by all tests: the small invented archive, the real site built once, and a real browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import settings
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

import zensical_engine
from dossier.errors import Report
from dossier.graph.refs import Graph, build_graph
from dossier.read.load import Archive, load
from dossier.rules.invariants import check_invariants

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests/small"
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # of what is in order, the counts are enough
}
# The same examples on every machine and run; "fresh" is for the workflow that looks for new ones,
# "few" for the mutants, each of which is put to the same tests.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.register_profile("fresh", deadline=None, max_examples=2000, print_blob=True)
settings.register_profile("few", derandomize=True, database=None, deadline=None, max_examples=5)
settings.load_profile("fixed")
# The tests run in several processes themselves.
os.environ.setdefault("DOSSIER_PROCESSES", "1")
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=("mkdocs", "zensical"),
        default="mkdocs",
        help="what builds the site that the tests look at",
    )


def pytest_configure(config: pytest.Config) -> None:
    if CHROMIUM is None and os.environ.get("CI"):
        raise pytest.UsageError("no Chromium: in CI the browser tests must run")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        for item in items:
            if {"browser", "context"} & set(getattr(item, "fixturenames", ())):
                item.add_marker(
                    pytest.mark.skip(
                        reason="no Chromium on this machine: browser tests are left out"
                    )
                )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.write_line(
            "No Chromium on this machine: the browser tests were LEFT OUT. Install Debian's"
            " chromium to run them."
        )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the small archive, to be broken."""
    shutil.copytree(SMALL, tmp_path / "small")
    return tmp_path / "small"


def read(root: Path) -> tuple[Archive, list[str]]:
    """The archive under ``root`` and its violations, as a contributor sees them."""
    report = Report()
    archive = load(root, report)
    check_invariants(build_graph(archive), report)
    return archive, [str(violation) for violation in sorted(set(report.violations))]


def graph_of(root: Path) -> Graph:
    """The graph of the archive under ``root``, whatever is wrong with it."""
    return build_graph(read(root)[0])


@pytest.fixture(scope="session")
def small() -> Graph:
    archive, violations = read(SMALL)
    assert violations == []
    return build_graph(archive)


@pytest.fixture(scope="session")
def real() -> Graph:
    archive, violations = read(ROOT)
    assert violations == []
    return build_graph(archive)


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site, by its path from there."""
    return {
        os.fspath(path.relative_to(site)): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def run_mkdocs(root: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``mkdocs build --strict`` of a project, as ``make site`` calls it."""
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--config-file",
            str(root / "mkdocs.yml"),
            "--site-dir",
            str(out),
        ],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(root / "hooks"),
            "NO_MKDOCS_2_WARNING": "1",
            **environment,
        },
        check=False,
    )


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built by MkDocs once for all tests."""
    out = tmp_path_factory.mktemp("built") / "site"
    result = run_mkdocs(ROOT, out)
    assert result.returncode == 0, result.stderr
    return out


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built by Zensical once for all tests."""
    out = tmp_path_factory.mktemp("zensical") / "site"
    assert zensical_engine.build(ROOT, out) == []
    return out


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """The real site, built by the engine that ``--engine`` names."""
    built: Path = request.getfixturevalue(f"{request.config.getoption('--engine')}_site")
    return built


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """A folder over http on a free port; gives the address with a slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The real site over http, under a base path, as on GitHub Pages."""
    with serve(site.parent) as address:
        yield f"{address}site/"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # A bound for what never comes, on a busy machine too; what comes is not waited for longer.
    expect.set_options(timeout=30_000)
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
        ],
    )
    yield chromium
    chromium.close()


Edit = Callable[[str, str, str], None]


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path) -> str:
    """The site's address over http, then from disk; with a slash at its end."""
    return (
        str(request.getfixturevalue("served")) if request.param == "http" else f"{site.as_uri()}/"
    )


def wait_until_kept(page: Page, base: str, kept: str) -> None:
    """Waits until another tab reads what was kept: the browser writes it down in its own time.
    ``kept`` is an expression of JavaScript. The other tab stays: Chromium may forget what it has
    not yet written to disk when a tab that has read it is closed (1 time in 25).
    """
    other = page.context.new_page()
    for _ in range(500):
        other.goto(base + "about.html")
        if other.evaluate(f"() => Boolean({kept})"):
            break
    else:
        said = [tab.evaluate("JSON.stringify({...localStorage})") for tab in (page, other)]
        raise AssertionError(f"never written down: {kept}; here {said[0]}, elsewhere {said[1]}")
    page.bring_to_front()


def axe(page: Page, context: str | None = None, rules: tuple[str, ...] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 AA in a page, or in a part of it, once nothing moves in it
    any more; by all its rules, or by those that are named.
    """
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map((animation) =>"
        " animation.finished)).then(() => true)"
    )
    by = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = Axe().run(page, context=context, options={**AXE_OPTIONS, **by}).response
    assert found["passes"], "axe did not run"
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]


@pytest.fixture
def edit(project: Path) -> Edit:
    """Replace text in a file of the small archive; the text must be there."""

    def replace(path: str, old: str, new: str) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
