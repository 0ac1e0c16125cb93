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
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    root = tmp_path_factory.mktemp("served") / "project"
    shutil.copytree(
        ROOT,
        root,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", "site", ".site.*", "__pycache__", ".*_cache", ".hypothesis"
        ),
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (root.parent / "terminal").open("w", encoding="utf-8") as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "-a", f"127.0.0.1:{port}"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": "hooks"},
            stdout=terminal,
            stderr=terminal,
        )
        yield f"http://127.0.0.1:{port}/", root
        process.terminate()
        process.wait(10)


def wait_for(address: str, text: str, present: bool = True) -> str:
    """Ask until the page holds the text (or no longer does); a server that never does fails the
    test.
    """
    html = ""
    for _ in range(240):
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                html = str(answer.read(), "utf-8")
            if (text in html) is present:
                return html
        except OSError:
            pass
        time.sleep(0.25)
    raise AssertionError(
        f"{text!r} {'did not appear' if present else 'did not go away'}: {html[:300]}"
    )


def told(root: Path, text: str) -> str:
    """Wait until the terminal holds the text; gives its line."""
    for _ in range(240):
        lines = (root.parent / "terminal").read_text(encoding="utf-8").splitlines()
        if found := [line for line in lines if text in line]:
            return found[-1]
        time.sleep(0.25)
    raise AssertionError(f"the terminal never said {text!r}: {lines[-8:]}")


def test_serving_follows_changes_and_survives_broken_data(server: tuple[str, Path]) -> None:
    address, root = server
    page = address + "actors/zte.html"
    html = wait_for(page, "<h1>ZTE</h1>")
    assert "livereload(" in html
    assert (
        "Content-Security-Policy" not in html
    )  # it would keep the server's script from loading the page again
    zte = root / "data/actors/zte.yml"
    good = zte.read_text(encoding="utf-8")
    zte.write_text(good.replace("name: ZTE", "name: ZTE of Shenzhen"), encoding="utf-8")
    wait_for(page, "<h1>ZTE of Shenzhen</h1>")
    zte.write_text(good.replace("name: ZTE", "nam: ZTE"), encoding="utf-8")
    html = wait_for(page, "The data are broken")
    assert "data/actors/zte.yml" in html
    assert "<h1>ZTE of Shenzhen</h1>" in html
    zte.write_text(good, encoding="utf-8")
    html = wait_for(page, "<h1>ZTE</h1>")
    assert "The data are broken" not in html
    template = root / "hooks/dossier/pages/templates/actor.html"
    template.write_text(
        template.read_text(encoding="utf-8").replace(
            '<p class="kicker">', '<p class="kicker changed">'
        ),
        encoding="utf-8",
    )
    wait_for(page, "kicker changed")


def test_code_that_cannot_be_taken_up_and_what_cannot_be_built_are_told(
    server: tuple[str, Path],
) -> None:
    address, root = server
    page = address + "actors/zte.html"
    wait_for(page, "</h1>")
    (root / "data/actors/zte.yml~").write_text("nonsense", encoding="utf-8")
    (root / "data/actors/#zte.yml#").write_text("nonsense", encoding="utf-8")
    code = root / "hooks/dossier/dates.py"
    code.write_text(code.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert "start make serve again" in told(root, "hooks/dossier/dates.py has changed")
    for path, broken, said in (
        ("mkdocs.yml", "nav: [", "parsing the configuration file"),
        ("hooks/dossier/pages/templates/actor.html", "{% if %}", "actor.html:"),
        ("hooks/theme/main.html", "{% block %}", "main.html:"),
    ):
        file = root / path
        good = file.read_text(encoding="utf-8")
        file.write_text(good + broken, encoding="utf-8")
        assert "fix it, and the site will be built again" in told(root, said)
        file.write_text(good, encoding="utf-8")
        wait_for(page, "</h1>")
    html = wait_for(page, "<h1>ZTE</h1>")
    assert "The data are broken" not in html
    terminal = (root.parent / "terminal").read_text(encoding="utf-8")
    assert "Traceback" not in terminal
    assert "nonsense" not in terminal
