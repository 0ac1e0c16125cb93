"""The built site, read as files: every paragraph there, every link and anchor resolving."""

from __future__ import annotations

import html.parser
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops

from conftest import ROOT, run_mkdocs
from dossier.graph.refs import Graph, address
from dossier.han import HAN_RUN
from dossier.kinds import PAGES
from dossier.pages import redirects
from pictures import pictures
from site_links import Reader, dead_links, read_pages


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Reader]:
    return read_pages(site)


def test_every_paragraph_stands_in_the_text_with_its_id(
    pages: dict[str, Reader], real: Graph
) -> None:
    for source in real.archive.sources.values():
        ids = pages[f"sources/{source.model.id}.html"].ids
        assert [i for i in ids if re.fullmatch(r"p\d+", i)] == [
            f"p{n}" for n in range(1, source.model.paragraphs + 1)
        ]
    assert len(real.archive.translations["huang-lobbying-2025"].paragraphs) == 51


def test_every_link_and_anchor_resolves(site: Path, pages: dict[str, Reader]) -> None:
    assert dead_links(site, pages) == []


def test_no_link_starts_at_the_root_of_the_host(pages: dict[str, Reader]) -> None:
    for name, page in pages.items():
        if name != "404.html":
            assert [link for link in page.links + page.resources if link.startswith("/")] == [], (
                name
            )


def test_no_resource_comes_from_elsewhere(site: Path, pages: dict[str, Reader]) -> None:
    for name, page in pages.items():
        assert [r for r in page.resources if urlsplit(r).scheme or r.startswith("//")] == [], name
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", path.read_text(encoding="utf-8")), (
            path
        )


class Targets(html.parser.HTMLParser):
    """Collects where the elements of a page lead, with their ``rel``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "action", "formaction", "xlink:href", "data", "poster"):
            if name in given:
                self.found.append((tag, given[name].strip(), given.get("rel", "")))


def test_links_lead_to_the_web_or_to_a_mailbox_and_say_that_they_lead_out(site: Path) -> None:
    outward = 0
    for path in site.rglob("*.html"):
        reader = Targets()
        reader.feed(path.read_text(encoding="utf-8"))
        for tag, target, rel in reader.found:
            parts = urlsplit(target)
            assert parts.scheme in ("", "https", "http", "mailto"), (path, target)
            if tag == "a" and parts.netloc:
                outward += 1
                assert {"external", "noopener", "noreferrer"} <= set(rel.split()), (path, target)
    assert outward > 200


# By which a search engine, or a reader who hears the links alone, does not know where one leads
# (the list is Lighthouse's).
NO_WORDS = {
    "click here", "click this", "go", "here", "information", "learn more", "more", "more info",
    "more information", "read more", "right here", "see more", "start", "this",
}  # fmt: skip


def test_every_link_says_where_it_leads(site: Path) -> None:
    vague = [
        f"{path.relative_to(site)}: {link[0]}"
        for path in site.rglob("*.html")
        for link in re.finditer(r"<a\b[^>]*>(.*?)</a>", path.read_text(encoding="utf-8"), re.DOTALL)
        if " ".join(re.sub("<[^>]+>", "", link[1]).split()).lower() in NO_WORDS
    ]
    assert vague == []


def test_no_voice_is_named_below_words_that_are_another_s(site: Path) -> None:
    below = re.compile(r'</blockquote>\s*(?:</?p[^>]*>\s*)*<span class="voice')
    pages = site.rglob("*.html")
    assert [page for page in pages if below.search(page.read_text(encoding="utf-8"))] == []


def test_ids_are_unique_on_every_page(pages: dict[str, Reader]) -> None:
    for name, page in pages.items():
        assert sorted(page.ids) == sorted(set(page.ids)), name


def test_every_entry_has_its_address(pages: dict[str, Reader], real: Graph) -> None:
    for record in real.archive.entries():
        path, _, fragment = address(record.model.kind, record.model.id).partition("#")
        assert path in pages
        assert not fragment or fragment in pages[path].ids
    for reference in real.archive.references:
        assert reference in pages["bibliography.html"].ids


def test_no_slot_is_left_unfilled_and_no_syntax_shows(site: Path, pages: dict[str, Reader]) -> None:
    for name, page in pages.items():
        text = "".join(page.text)
        assert not re.search("[\ue000-\uf8ff]", text), name
        if name not in (
            "contribute.html",
            "architecture.html",
            "second-source.html",
            "your-own.html",
        ):  # they show the syntax
            assert "[@" not in text, name
            assert not re.search(
                r"\]\((?:actor|policy|argument|product|event|figure|term):", text
            ), name


VOID = {"meta", "link", "img", "br", "input", "hr", "source", "wbr"}


class Languages(html.parser.HTMLParser):
    """Collects Chinese text that no element around it says to be Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if HAN_RUN.search(data) and not any(
            tag in ("script", "style", "title") for tag, _ in self.open
        ):
            language = next((lang for _, lang in reversed(self.open) if lang), "")
            if not language.startswith("zh"):
                self.unmarked.append(data.strip()[:60])


def test_every_chinese_run_says_its_language(site: Path) -> None:
    for path in site.rglob("*.html"):
        reader = Languages()
        reader.feed(path.read_text(encoding="utf-8"))
        assert reader.unmarked == [], path


def test_entry_pages_say_more_than_links(pages: dict[str, Reader], real: Graph) -> None:
    for kind in PAGES:
        for record in real.archive.of(kind.id).values():
            assert record.model.account or record.model.premises, record.document.path


def test_every_page_names_the_file_to_edit(
    pages: dict[str, Reader], real: Graph, site: Path
) -> None:
    for name in pages:
        # What a release was is not edited, nor by readers the engine's form for proposing changes.
        of_the_engine = name in {"404.html", "propose.html"}
        if of_the_engine or name in redirects(real) or name.startswith("editions/"):
            continue
        html = (site / name).read_text(encoding="utf-8")
        named = re.search(r"Propose a change</a> to (?:<a[^>]*>)?<code>([^<]+)</code>", html)
        assert named, name
        assert (ROOT / named[1]).exists(), named[1]


def test_with_a_repository_the_edit_link_leads_to_the_file(tmp_path: Path) -> None:
    out = tmp_path / "site"
    result = run_mkdocs(ROOT, out, DOSSIER_REPOSITORY="https://github.example/team/edition")
    assert result.returncode == 0, result.stderr
    html = (out / "actors/nvidia.html").read_text(encoding="utf-8")
    assert 'href="https://github.example/team/edition/edit/main/data/actors/nvidia.yml"' in html
    assert (
        'data-md-component="source"' not in html
    )  # the theme's script would ask GitHub for stars and forks
    html = (out / "sources/huang-lobbying-2025.html").read_text(encoding="utf-8")
    assert (
        'href="https://github.example/team/edition/edit/main/docs/sources/huang-lobbying-2025.md"'
        in html
    )


def test_pages_weigh_the_same_in_a_larger_archive(pages: dict[str, Reader]) -> None:
    # Generated pages stay out of the navigation, which would otherwise stand on every page.
    links = pages["actors/zte.html"].links
    assert sum("arguments/" in link for link in links) < 60


# Read by Python before anything else: another day, and folders listed in another order.
ANOTHER_DAY = """
import datetime, os, time
day, now, listdir, scandir = 400 * 86400, time.time, os.listdir, os.scandir
time.time = lambda: now() + day
class Date(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(time.time())
datetime.date, datetime.datetime = Date, Datetime
os.listdir = lambda *path: sorted(listdir(*path), reverse=True)
"""


def test_the_same_input_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere, in another folder"
    shutil.copytree(
        ROOT,
        copy,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", "site", ".site.*", "__pycache__", ".*_cache", ".hypothesis"
        ),
    )
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    (tmp_path / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    out = tmp_path / "out"
    elsewhere = {
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "TZ": "Asia/Shanghai",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{copy / 'hooks'}",
    }
    result = run_mkdocs(copy, out, **elsewhere)
    assert result.returncode == 0, result.stderr
    names = {p.relative_to(site) for p in site.rglob("*") if p.is_file()}
    assert {
        Path("download/edition.zip"),
        Path("service-worker.js"),
        Path("sitemap.xml.gz"),
    } <= names
    assert names == {p.relative_to(out) for p in out.rglob("*") if p.is_file()}
    assert (
        sorted(
            str(name) for name in names if (site / name).read_bytes() != (out / name).read_bytes()
        )
        == []
    )


def test_broken_data_leave_the_last_good_site(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(
        ROOT,
        copy,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", "site", ".site.*", "__pycache__", ".*_cache", ".hypothesis"
        ),
    )
    command = [sys.executable, "hooks/build.py"]
    good = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr
    before = {p: p.read_bytes() for p in (copy / "site").rglob("*.html")}
    zte = copy / "data/actors/zte.yml"
    zte.write_text(zte.read_text(encoding="utf-8").replace("[@p4]", "[@p99]"), encoding="utf-8")
    bad = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert bad.returncode != 0
    assert 'cites unknown paragraph "p99" (the source has p1 to p51)' in bad.stderr
    assert "Traceback" not in bad.stderr
    assert {p: p.read_bytes() for p in (copy / "site").rglob("*.html")} == before


def test_make_site_fails_on_a_warning(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(
        ROOT,
        copy,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", "site", ".site.*", "__pycache__", ".*_cache", ".hypothesis"
        ),
    )
    about = copy / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n[dead](nowhere.md)\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "hooks/build.py"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "nowhere.md" in result.stderr
    assert not (copy / "site").exists()


def test_the_timeline_follows_washington_where_the_article_has_beijing(site: Path) -> None:
    html = (site / "timeline.html").read_text(encoding="utf-8")
    # December 4 in the article and December 3 in Washington; the letters are of December 4 there.
    assert html.index('id="december-meeting"') < html.index('id="ballroom-letters-2025-12"')


def test_a_term_shows_every_paragraph_that_has_it(site: Path) -> None:
    html = (site / "glossary.html").read_text(encoding="utf-8")
    entry = html[html.index('id="old-huang"') :].partition('class="term"')[0]
    assert "In the text: 3 passages" in entry
    assert entry.count("<mark>Old Huang") == 3


def test_icons_and_card_show_the_name_that_the_site_has() -> None:
    for path, drawn in pictures(ROOT).items():
        fresh, kept = (Image.open(file) for file in (io.BytesIO(drawn), ROOT / "docs" / path))
        assert fresh.size == kept.size, path
        assert ImageChops.difference(fresh.convert("RGB"), kept.convert("RGB")).getbbox() is None, (
            f"{path}: run make pictures"
        )
