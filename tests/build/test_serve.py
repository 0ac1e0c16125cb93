"""``make serve``: a change shows, broken data leave the last good page with the error on it, and a
fix fixes it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT
from dossier.commands.cli import main

HOLM = "data/actors/peter-holm.yml"
BOUND = 300.0
"""Seconds for what never comes, on a busy machine too; what comes is not waited for longer."""


@dataclass
class Server:
    """A small edition being served, and what its terminal says."""

    process: subprocess.Popen[bytes]
    root: Path
    address: str

    @property
    def terminal(self) -> str:
        return (self.root.parent / "terminal").read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def mend(self) -> None:
        """Put right what was broken when serving began."""
        if "nam: Peter" in (self.root / HOLM).read_text(encoding="utf-8"):
            self.replace(HOLM, "nam: Peter", "name: Peter")

    def wait_for(self, text: str, present: bool = True) -> str:
        """Wait until the page holds the text, or no longer does; gives the page."""

        def page() -> str | None:
            html = ask(f"{self.address}actors/peter-holm.html")
            return html if html and (text in html) is present else None

        return self.until(page, f"{text!r} {'in' if present else 'gone from'} the page")

    def told(self, text: str) -> str:
        """Wait until the terminal holds the text; gives its line."""

        def line() -> str | None:
            found = [line for line in self.terminal.splitlines() if text in line]
            return found[-1] if found else None

        return self.until(line, f"{text!r} in the terminal")

    def until(self, look: Callable[[], str | None], sought: str) -> str:
        end = time.monotonic() + BOUND
        while (found := look()) is None:
            assert self.process.poll() is None, f"the server has ended: {self.terminal[-2000:]}"
            assert time.monotonic() < end, f"never came: {sought}; {self.terminal[-2000:]}"
            time.sleep(0.1)
        return found


def ask(address: str) -> str:
    """A page, or what is said in its place; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return str(answer.read(), "utf-8")
    except urllib.error.HTTPError as error:
        return str(error.read(), "utf-8")
    except OSError:
        return ""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("served") / "project"
    shutil.copytree(ROOT / "examples/speech", root)
    assert main(["--root", str(root), "upgrade"]) == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "-a", f"127.0.0.1:{port}"]
    holm = root / HOLM  # broken from the start
    holm.write_text(holm.read_text("utf-8").replace("name: Peter", "nam: Peter", 1), "utf-8")
    with (root.parent / "terminal").open("wb") as terminal:
        process = subprocess.Popen(
            serving,
            cwd=root,
            env={**os.environ, "PYTHONPATH": "hooks", "NO_MKDOCS_2_WARNING": "1"},
            stdout=terminal,
            stderr=terminal,
        )
        yield Server(process, root, f"http://127.0.0.1:{port}/")
        process.terminate()
        process.wait(10)


def test_serving_begins_with_broken_data(server: Server) -> None:
    html = server.wait_for("There is no site to show yet")
    assert f"{HOLM}:1:1: has the unknown field" in html
    assert 'http-equiv="refresh"' in html
    server.mend()
    server.wait_for("<h1>Peter Holm</h1>")


def test_serving_follows_changes_and_survives_broken_data(server: Server) -> None:
    server.mend()
    html = server.wait_for("<h1>Peter Holm</h1>")
    assert "livereload(" in html
    assert (
        "Content-Security-Policy" not in html
    )  # it would keep the server's script from loading the page again
    server.replace(HOLM, "name: Peter", "name: Old Peter")
    server.wait_for("<h1>Old Peter Holm</h1>")
    server.replace(HOLM, "name: Old Peter", "nam: Peter")
    html = server.wait_for("The data are broken")
    assert HOLM in html
    assert "<h1>Old Peter Holm</h1>" in html
    server.replace(HOLM, "nam: Peter", "name: Peter")
    html = server.wait_for("<h1>Peter Holm</h1>")
    assert "The data are broken" not in html
    kicker = '<p class="kicker">'
    server.replace("hooks/dossier/pages/templates/actor.html", kicker, '<p class="kicker changed">')
    server.wait_for("kicker changed")


def test_code_that_cannot_be_taken_up_and_what_cannot_be_built_are_told(server: Server) -> None:
    server.mend()
    server.wait_for("<h1>Peter Holm</h1>")
    for name in ("peter-holm.yml~", "#peter-holm.yml#"):
        (server.root / "data/actors" / name).write_text("nonsense", encoding="utf-8")
    code = server.root / "hooks/dossier/dates.py"
    code.write_text(code.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert "start make serve again" in server.told("hooks/dossier/dates.py has changed")
    for path, broken, said in (
        ("mkdocs.yml", "nav: [", "parsing the configuration file"),
        ("mkdocs.yml", "docs_dir: nowhere\n", "nowhere"),
        ("mkdocs.yml", "extra: {}\n", "KeyError: &#x27;scripts&#x27;"),
        ("hooks/dossier/pages/templates/actor.html", "{% if %}", "actor.html:"),
        ("hooks/dossier/pages/templates/actor.html", "{{ no.thing }}", "&#x27;no&#x27; is undef"),
        ("hooks/theme/main.html", "{% block %}", "main.html:"),
    ):
        file = server.root / path
        good = file.read_text(encoding="utf-8")
        file.write_text(good + broken, encoding="utf-8")
        html = server.wait_for("The site cannot be built")
        assert said in html.partition("</aside>")[0]
        file.write_text(good, encoding="utf-8")
        server.wait_for("The site cannot be built", present=False)
    assert server.terminal.count("fix it, and the site will be built again") >= 6
    html = server.wait_for("<h1>Peter Holm</h1>")
    assert "The data are broken" not in html
    assert "Traceback" not in server.terminal
    assert "nonsense" not in server.terminal
