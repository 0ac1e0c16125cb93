"""Zensical builds the site that MkDocs builds: the same pages, articles and files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import zensical_engine
from archive import make_archive
from conftest import ROOT
from dossier.write.offline import ARCHIVE, LIST, NEWEST, NOT_FOUND, WORKER

THEIRS = ("assets/javascripts/", "sitemap.xml")
"""The theme's script, which each has in a form of its own, and the sitemap, which MkDocs also
writes compressed."""
OF_ALL_FILES = {"assets/css/site.css", ARCHIVE, WORKER, LIST, NEWEST}
"""Files that hold something of the theme's, or of every other file."""

HEAD = {
    "title": r"<title>.*?</title>",
    "description": r'<meta name="description"[^>]*>',
    "what a shared link shows": r'<meta property="og:[^>]*>',
    "other forms": r'<link rel="alternate "[^>]*>',
    "structured data": r'<script type="application/ld\+json">.*?</script>',
    "scripts": r'<script src="[^"]*assets/(?:js|data)/[^"]*"[^>]*>',
}


def files(site: Path) -> set[str]:
    found = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    return {path for path in found if not path.startswith(THEIRS)}


def read(path: Path) -> str:
    """A page, its links written as MkDocs writes them."""
    return re.sub(r'((?:href|src|content)=")\./(?=.)', r"\1", path.read_text(encoding="utf-8"))


def article(html: str) -> str:
    """The article as it stands in the page, without what only leads to it."""
    found = re.search(r"<article\b.*?</article>", html, re.DOTALL)
    assert found
    return re.sub(r"\s+", "", found[0].replace('<a id="__skip" tabindex="-1"></a>', ""))


def test_both_have_the_same_files(mkdocs_site: Path, zensical_site: Path) -> None:
    assert files(mkdocs_site) == files(zensical_site)
    different = [
        path
        for path in sorted(files(mkdocs_site) - OF_ALL_FILES)
        if not path.endswith(".html")
        and (mkdocs_site / path).read_bytes() != (zensical_site / path).read_bytes()
    ]
    assert different == []


def test_every_article_is_the_same(mkdocs_site: Path, zensical_site: Path) -> None:
    pages = [path for path in files(mkdocs_site) if path.endswith(".html")]
    assert len(pages) > 180
    for path in pages:
        one, other = read(mkdocs_site / path), read(zensical_site / path)
        if "<article" not in one:  # a former address, which redirects
            assert one == other, path
            continue
        assert article(one) == article(other), path
        for what, pattern in HEAD.items():
            assert re.findall(pattern, one) == re.findall(pattern, other), f"{path}: {what}"
        assert other.count('http-equiv="Content-Security-Policy"') == 1, path


def test_a_page_that_is_not_there_leads_to_the_same_pages(
    mkdocs_site: Path, zensical_site: Path
) -> None:
    links = [
        re.findall(r'<ahref="([^"]*)">', article(read(site / NOT_FOUND)))
        for site in (mkdocs_site, zensical_site)
    ]
    assert len(links[0]) > 8
    assert links[0] == links[1]


def test_a_published_copy_names_itself_in_full(
    mkdocs_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, repository = "https://edition.example/site/", "https://github.example/team/edition"
    monkeypatch.setenv("DOSSIER_SITE_URL", address)
    monkeypatch.setenv("DOSSIER_REPOSITORY", repository)
    assert zensical_engine.build(ROOT, tmp_path / "site") == []
    html = (tmp_path / "site/actors/nvidia.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}actors/nvidia.html">' in html
    assert f'href="{repository}/edit/main/data/actors/nvidia.yml"' in html
    assert 'data-md-component="source"' not in html  # the theme's script would ask for stars
    listed = re.findall(
        r"<loc>(.*?)</loc>", (tmp_path / "site/sitemap.xml").read_text(encoding="utf-8")
    )
    assert len(listed) > 180
    assert {url.removeprefix(address) or "index.html" for url in listed} <= files(mkdocs_site)
    feed = (tmp_path / "site/feed.xml").read_text(encoding="utf-8")
    assert f'href="{address}feed.xml"' in feed


WITHOUT_MKDOCS = """
import runpy, sys
sys.modules["mkdocs"] = sys.modules["material"] = None
sys.argv = ["hooks/build.py", "zensical"]
sys.path.insert(0, "hooks")
runpy.run_path("hooks/build.py", run_name="__main__")
"""

FAULTS = [
    (
        "docs/rights.md",
        "\n[dead](nowhere.md)\n",
        "docs/rights.md:7:8: page does not exist",
    ),
    (
        "docs/rights.md",
        "\n<!-- made: nonsense -->\n",
        "docs/rights.md:7:1: asks for 'nonsense', which does not exist",
    ),
    (
        "docs/rights.md",
        '\n<iframe src="about.html"></iframe>\n',
        "docs/rights.md:7:2: holds <iframe>, which no page of this site may contain; remove it",
    ),
    (
        "data/actors/actor-000-0.yml",
        "nickname: Zed\n",
        "data/actors/actor-000-0.yml:",
    ),
    (
        "mkdocs.yml",
        "  - path: assets/js/missing.js\n",
        "docs/assets/js/missing.js: No such file, but mkdocs.yml names it",
    ),
]


def test_it_needs_no_mkdocs_and_a_fault_is_one_clear_line(tmp_path: Path) -> None:
    project = tmp_path / "project"
    make_archive(project, 1)

    def build() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_MKDOCS],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )

    result = build()
    assert result.returncode == 0, result.stderr
    assert (result.stdout.startswith("built "), result.stderr) == (True, "")
    shutil.rmtree(project / "site/assets")  # as a mark that the site is left alone
    for path, added, said in FAULTS:
        kept = (project / path).read_text(encoding="utf-8")
        (project / path).write_text(kept + added, encoding="utf-8")
        result = build()
        assert result.returncode == 1, path
        assert said in result.stderr
        lines = result.stderr.splitlines()
        assert len([line for line in lines if line.startswith("ERROR")]) <= 2, result.stderr
        assert "Traceback" not in result.stderr
        (project / path).write_text(kept, encoding="utf-8")
    assert not (project / "site/assets").exists()
    assert list(project.glob(".site*")) == []
    data = json.loads((project / "site/manifest.webmanifest").read_text(encoding="utf-8"))
    assert data["start_url"] == "index.html"
