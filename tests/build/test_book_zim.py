"""The site as a ZIM: whole, searched in both languages, without what its reader cannot have."""

from __future__ import annotations

import http.server
import posixpath
import re
import shutil
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from conftest import ROOT
from dossier.book.content import Book, gather
from dossier.book.zim import zim
from dossier.graph.refs import Graph
from dossier.read.edition import read_edition
from dossier.write.offline import site_files

pytest.importorskip("libzim")


@pytest.fixture(scope="module")
def book(real: Graph) -> Book:
    return gather(real, read_edition(ROOT, real.archive), real.day)


@pytest.fixture(scope="module")
def file(book: Book, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zim") / "edition.zim"
    path.write_bytes(zim(book, site))
    return path


@pytest.fixture(scope="module")
def archive(file: Path) -> Any:
    from libzim.reader import Archive  # noqa: PLC0415

    return Archive(file)


def found(archive: Any, words: str) -> list[str]:
    from libzim.search import Query, Searcher  # noqa: PLC0415

    search = Searcher(archive).search(Query().set_query(words))
    return list(search.getResults(0, search.getEstimatedMatches()))


def test_it_is_sound_and_holds_the_site(archive: Any, site: Path) -> None:
    assert archive.check()
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.has_illustration(48)
    assert archive.get_metadata("Language") == b"eng,zho"
    wanted = set(site_files(site)) - {"manifest.webmanifest", "404.html"}
    assert {path for path in wanted if not archive.has_entry_by_path(path)} == set()


_ADDRESS = re.compile(r'\b(?:href|src)="([^"#?]+)')


def test_what_zimcheck_asks_of_a_file(archive: Any, site: Path) -> None:
    """Debian's zimcheck is older than the format: its questions, asked here. No entry is empty, no
    link of a page leads nowhere or out of the file, and the metadata are there.
    """
    empty, dangling = [], set()
    for path in sorted(set(site_files(site)) - {"manifest.webmanifest", "404.html"}):
        item = archive.get_entry_by_path(path).get_item()
        if not item.size:
            empty.append(path)
        if not path.endswith(".html"):
            continue
        folder = posixpath.dirname(path)
        for link in set(_ADDRESS.findall(bytes(item.content).decode())):
            if re.match(r"[a-z]+:", link):
                continue
            to = posixpath.normpath(posixpath.join(folder, unquote(link)))
            if to.startswith("..") or not archive.has_entry_by_path(to):
                dangling.add((path, link))
    assert (empty, dangling) == ([], set())
    wanted = ("Name", "Title", "Description", "Language", "Creator", "Publisher", "Date")
    assert [name for name in wanted if not archive.get_metadata(name)] == []
    assert len(archive.get_metadata("Title").decode()) <= 30
    assert len(archive.get_metadata("Description").decode()) <= 80
    assert archive.has_fulltext_index and archive.has_title_index


def test_the_text_has_its_numbers_notes_and_links(archive: Any, real: Graph) -> None:
    (source,) = real.archive.sources
    text = html.fromstring(
        bytes(archive.get_entry_by_path(f"sources/{source}.html").get_item().content)
    )

    def of(name: str) -> list[Any]:
        found: list[Any] = text.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        return found

    paragraphs = real.archive.translations[source].paragraphs
    assert [e.text for e in text.xpath("//section//a[@class='para-no']")] == [
        str(p.number) for p in paragraphs
    ]
    assert len(of("note-translators")) == sum(len(p.notes) for p in paragraphs)
    assert len(of("note-reading")) == len(real.archive.sources[source].model.readings)
    beside = {c.id for p in paragraphs for c in real.checks_on(source, p.number)}
    assert {e.get("id").removeprefix("check-") for e in of("note-check")} == beside
    links = text.xpath("//*[contains(@class, 'para-text')]//a[@class='entry']/@href")
    assert len(links) == sum(len(p.prose.links) for p in paragraphs)
    gone = [
        link
        for link in links
        if not archive.has_entry_by_path(posixpath.normpath(f"sources/{link.partition('#')[0]}"))
    ]
    assert gone == []


def test_kiwix_finds_english_and_chinese(archive: Any) -> None:
    assert "sources/huang-lobbying-2025.html" in found(archive, "honeymoon")
    assert "actors/jensen-huang.html" in found(archive, "黄仁勋")


def test_pages_have_no_policy_no_worker_and_no_offer_of_files(archive: Any, site: Path) -> None:
    for path in (p for p in site_files(site) if p.endswith(".html") and p != "404.html"):
        text = bytes(archive.get_entry_by_path(path).get_item().content).decode()
        assert "Content-Security-Policy" not in text
        assert 'rel="manifest"' not in text
        assert not re.search('href="[^"]*download/', text), path


def test_the_same_site_gives_the_same_bytes(book: Book, site: Path, tmp_path: Path) -> None:
    for name in ("index.html", "glossary.html", "assets/images/icon-192.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, tmp_path / name)
    assert zim(book, tmp_path) == zim(book, tmp_path)


def test_zimcheck_finds_nothing(file: Path) -> None:
    tool = shutil.which("zimcheck")
    if not tool:
        pytest.skip("no zimcheck on this machine (Debian: zim-tools)")
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"zim-tools (\d+)\.(\d+)", version.stdout)
    if number is None or (int(number[1]), int(number[2])) < (3, 5):
        pytest.skip("this zimcheck wants the list of titles that the format has since given up")
    said = subprocess.run([tool, "-A", str(file)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


@pytest.fixture
def reader(archive: Any) -> Iterator[str]:
    """The ZIM over http, as Kiwix serves it: under a path of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].removeprefix("/content/edition/")
            there = archive.has_entry_by_path(path)
            self.send_response(200 if there else 404)
            if there:
                item = archive.get_entry_by_path(path).get_item()
                self.send_header("Content-Type", item.mimetype)
                self.end_headers()
                self.wfile.write(bytes(item.content))
            else:
                self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/content/edition/"
        server.shutdown()


def test_the_sites_own_search_works_inside(browser: Browser, reader: str) -> None:
    page = browser.new_page()
    missing: list[str] = []
    page.on("response", lambda r: missing.append(r.url) if r.status == 404 else None)
    page.goto(f"{reader}timeline.html")
    page.get_by_role("combobox").fill("老黄")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Jensen Huang")
    option.click()
    page.wait_for_url(f"{reader}actors/jensen-huang.html")
    assert missing == []
    page.close()
