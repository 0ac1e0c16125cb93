"""The step that finishes a folder, on as small a folder as possible."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from dossier.csp import own_scripts
from dossier.store import Store
from dossier.write.finish import Theme, finish_pages, join_styles
from dossier.write.folder import with_front
from dossier.write.offline import ARCHIVE, write_archive

THEME = Theme(
    scripts=tuple(own_scripts(["<script>theirs()</script>"])),
    styles="theme",
    unused_properties=re.compile(r"--unused:[^;}]*;?"),
    unused_selectors=re.compile(r"\.unused"),
    unused_markup=re.compile("<i>([^<]*)</i>"),
    left_out=(),
)
PAGE = """<!doctype html><html><head><meta charset="utf-8"></head><body>
  <script>theirs()</script>{}
</body></html>"""


def test_a_page_gets_its_policy_and_what_it_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(PAGE.format(""), encoding="utf-8")
    (tmp_path / "bad.html").write_text(
        PAGE.format('<script>foreign()</script><p style="color: red">x</p>'), encoding="utf-8"
    )
    found = finish_pages(tmp_path, ["bad.html", "good.html"], THEME)
    assert [line.partition(", which")[0] for line in found] == [
        "docs/bad.md: holds <script>foreign()",
        'docs/bad.md: holds <p style="color: red">',
    ]
    good = (tmp_path / "good.html").read_text(encoding="utf-8")
    assert good.count("Content-Security-Policy") == 1
    assert good.count("sha256-") == 1
    assert (tmp_path / "bad.html").read_text(encoding="utf-8").count("sha256-") == 1


def test_what_the_theme_puts_on_a_page_for_nothing_goes_but_for_its_words(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.format("<p><i>Read</i></p>"), encoding="utf-8")
    assert finish_pages(tmp_path, ["page.html"], THEME) == []
    assert "<p>Read</p>" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_style_sheets_become_one_the_theme_s_first(tmp_path: Path) -> None:
    for path, text in {
        "theme/a.css": "a{--unused:1;b:c}.unused{d:e}",
        "theme/b.css": "b{c:d}",
        "ours.css": ".unused { kept: yes; }",
        "assets/css/other.css": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    styles = join_styles(tmp_path, ["ours.css"], THEME)
    assert styles.splitlines()[1:] == ["a{b:c}", "b{c:d}", ".unused{kept:yes;}"]
    assert (tmp_path / "assets/css/site.css").read_text(encoding="utf-8") == styles
    assert not (tmp_path / "ours.css").exists()
    assert list((tmp_path / "theme").iterdir()) == []


@pytest.mark.parametrize(
    "text", ["---\ntitle: One\nhide:\n  - toc\n---\n\nText\n", "---\ntitle: One\n---\n\nText\n"]
)
def test_more_front_matter_moves_no_line(text: str) -> None:
    given = with_front(text, {"dossier": {"edited": "a.yml"}})
    assert given.splitlines().index("Text") == text.splitlines().index("Text")
    assert '"title": "One"' in given and '"edited": "a.yml"' in given


def test_a_title_is_made_ready_for_templates_that_escape_nothing() -> None:
    given = with_front('---\ntitle: A "B" <C>\n---\nText', {}, escaped=True)
    assert '"title": "A &quot;B&quot; &lt;C&gt;"' in given


def test_the_archive_is_the_same_whether_or_not_its_files_were_compressed_before(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    contents = {"index.html": b"<p>lamp</p>" * 99, "empty.txt": b"", "name-ü.txt": b"\xff\x00"}
    for path, content in contents.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(content)
    found = []
    for store in (None, Store(tmp_path / "store"), Store()):
        for _ in range(2):
            write_archive(site, "lamp", sorted(contents), store)
            found.append((site / ARCHIVE).read_bytes())
    assert len(set(found)) == 1
    with zipfile.ZipFile(site / ARCHIVE) as archive:
        assert archive.testzip() is None
        assert {n.removeprefix("lamp/"): archive.read(n) for n in archive.namelist()} == contents
