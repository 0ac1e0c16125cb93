"""The edition on hosts of five kinds: plain, redirecting, under a path, two editions at one origin,
and one that fails now and then.
"""

from __future__ import annotations

import http.server
import json
import shutil
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dossier.write.offline import write_for_offline

SOURCE = "sources/huang-lobbying-2025.html"


class Host(socketserver.ThreadingTCPServer):
    """Serves a folder under a path, in the manner of a kind of host."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self, folder: Path, path: str = "/", *, redirects: bool = False, fails: str = ""
    ) -> None:
        self.folder, self.path, self.redirects, self.fails = folder, path, redirects, fails
        self.refused: set[str] = set()
        self.asked: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), _Answers)

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up because it has gone to the next page is not a fault."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{self.path}"


class _Answers(http.server.BaseHTTPRequestHandler):
    server: Host

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        host, path = self.server, unquote(urlsplit(self.path).path)
        host.asked[path] += 1
        if host.redirects and f"{path}/" == host.path:
            path = host.path
        name = path.removeprefix(host.path)
        if name in host.refused or (
            host.fails and host.fails in name and host.asked[path] % 3 == 1
        ):
            self.send_error(503)
            return
        if host.redirects and (
            path.endswith(".html") or path.endswith("/index")
        ):  # as `npx serve` does
            self.send_response(301)
            self.send_header("Location", path.removesuffix(".html").removesuffix("/index") or "/")
            self.end_headers()
            return
        file = (
            next((f for f in self.candidates(name) if f.is_file()), None)
            if path.startswith(host.path)
            else None
        )
        found = file or host.folder / "404.html"
        self.send_response(200 if file else 404)
        kind = http.server.SimpleHTTPRequestHandler.extensions_map.get(found.suffix) or {
            ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
            ".svg": "image/svg+xml",
            ".png": "image/png", ".woff2": "font/woff2",
        }.get(found.suffix, "application/octet-stream")  # fmt: skip
        body = found.read_bytes()
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def candidates(self, name: str) -> list[Path]:
        folder = self.server.folder
        found = [folder / name, folder / name / "index.html"]
        return [*found, folder / f"{name.rstrip('/')}.html"] if self.server.redirects else found


@contextmanager
def running(host: Host) -> Iterator[Host]:
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield host
    host.shutdown()
    host.server_close()


@pytest.fixture(scope="module")
def edition(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site with names that need care in an address."""
    root = tmp_path_factory.mktemp("hosts") / "www"
    shutil.copytree(site, root, ignore=shutil.ignore_patterns("*.map", "download", "*.md"))
    icon = (root / "assets/images/icon-192.png").read_bytes()
    for name in ("a#b.png", "a?b.png", "50%25.png", "图 (1).png"):
        (root / "assets/images" / name).write_bytes(icon)
    write_for_offline(root)
    return root


@pytest.fixture
def copy(edition: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(edition, tmp_path / "www")
    return tmp_path / "www"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def kept(page: Page) -> list[str]:
    """Waits until the worker has control; gives what it could not keep."""
    page.evaluate("""async () => {
             const workers = navigator.serviceWorker;
             await workers.ready;
             if (!workers.controller) await new Promise((done) => {
               workers.addEventListener("controllerchange", done, { once: true });
             });
           }""")
    missing: list[str] = page.evaluate("""() => new Promise((done) => {
             const { port1, port2 } = new MessageChannel();
             port1.onmessage = ({ data }) => done(data);
             navigator.serviceWorker.controller.postMessage("what is missing", [port2]);
           })""")
    return missing


def read_on(page: Page, address: str) -> None:
    """A walk through the edition by links and by addresses; styles and scripts are there on every
    page.
    """
    page.goto(address)
    page.get_by_role("link", name="People and policies", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Actors")
    page.locator("a[href$='nvidia.html']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nvidia")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    )
    page.goto(f"{address}{SOURCE}#p30")
    expect(page.locator("#p30 .para-text")).to_contain_text("developer’s perspective")
    page.goto(f"{address}actors/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Actors")
    page.get_by_role("combobox").fill("实体清单")
    page.get_by_role("option").filter(has_text="Entity List").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Actors")


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "redirecting": {"redirects": True},
    "under a path": {"path": "/user/dossier/"},
    "redirecting under a path": {"path": "/user/dossier/", "redirects": True},
    "failing now and then": {"fails": "a"},
}


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "failing now and then"])
def test_the_edition_is_read_before_and_after_the_worker_has_control_and_without_a_connection(
    context: BrowserContext, edition: Path, kind: str
) -> None:
    with running(Host(edition, **KINDS[kind])) as host:
        page = context.new_page()
        read_on(page, host.address)
        assert kept(page) == []
        read_on(page, host.address)
        names = ("a%23b.png", "a%3Fb.png", "50%2525.png", "%E5%9B%BE%20(1).png")
        for path in ("actors/zte.html", *(f"assets/images/{name}" for name in names)):
            page.goto(f"{host.address}{path}")
        context.set_offline(True)
        read_on(page, host.address)
        page.goto(f"{host.address}actors/zte")  # by the name that a redirecting host gives it
        expect(page.get_by_role("heading", level=1)).to_have_text("ZTE")
        page.goto(f"{host.address}actors?x=1#top")
        assert page.url == f"{host.address}actors/?x=1#top"
        for name in names:
            page.goto(f"{host.address}assets/images/{name}")
            assert page.evaluate("document.images[0].naturalWidth") == 192, name


def test_two_editions_at_one_origin_leave_each_other_alone(
    context: BrowserContext, edition: Path, tmp_path: Path
) -> None:
    both = tmp_path / "both"
    for name in ("a", "b"):
        shutil.copytree(edition, both / name)
    zte = both / "b/actors/zte.html"
    zte.write_text(zte.read_text(encoding="utf-8").replace("<h1>", "<h1>B: "), encoding="utf-8")
    write_for_offline(both / "b")
    with running(Host(both)) as host:
        page = context.new_page()
        for name in ("a", "b"):
            page.goto(f"{host.address}{name}/")
            assert kept(page) == []
            page.goto(f"{host.address}{name}/actors/zte.html")
        context.set_offline(True)
        for name, heading in (("a", "ZTE"), ("b", "B: ZTE")):
            page.goto(f"{host.address}{name}/actors/zte.html")
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_host_that_fails_now_and_then_is_asked_again(
    context: BrowserContext, edition: Path
) -> None:
    with running(Host(edition, fails="sources/")) as host:
        page = context.new_page()
        page.goto(host.address)
        assert kept(page) == []
        page.goto(f"{host.address}{SOURCE}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        host.asked.clear()  # and fails again
        keep_whole(page)
        expect(page.locator(".keeping")).to_have_text(WHOLE)
        context.set_offline(True)
        page.goto(f"{host.address}{SOURCE}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def keep_whole(page: Page) -> None:
    """Asks for the whole edition at the foot of the page."""
    page.get_by_role("button", name="Keep the whole edition").click()


WHOLE = "The whole edition is kept in this browser, to be read without a connection."


def test_the_browser_keeps_what_was_read_and_the_whole_if_it_is_asked_for(
    context: BrowserContext, edition: Path
) -> None:
    with running(Host(edition)) as host:
        page = context.new_page()
        page.goto(f"{host.address}actors/amd.html")  # before there is a worker
        expect(page.locator(".keeping")).to_contain_text("What you read is kept in this browser")
        assert kept(page) == []
        assert not [path for path in host.asked if path.startswith(("/policies/", "/data/"))]
        context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("AMD")
        page.goto(f"{host.address}policies/chip-controls-2022.html")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Not kept for reading without a connection"
        )
        context.set_offline(False)
        page.goto(f"{host.address}actors/amd.html")
        keep_whole(page)
        expect(page.locator(".keeping")).to_have_text(WHOLE)
        context.set_offline(True)
        page.goto(f"{host.address}policies/chip-controls-2022.html")
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("Not kept")
        expect(page.locator(".keeping")).to_have_text(WHOLE)


def test_a_page_of_a_newer_edition_is_shown_and_not_kept_with_the_older(
    context: BrowserContext, copy: Path
) -> None:
    with running(Host(copy)) as host:
        page = context.new_page()
        page.goto(host.address)
        assert kept(page) == []
        page.goto(f"{host.address}actors/amd.html")
        context.new_page().goto(host.address)  # a tab that holds on to the older
        page.bring_to_front()
        for name in ("zte", "amd"):
            file = copy / f"actors/{name}.html"
            text = file.read_text(encoding="utf-8").replace("<h1>", "<h1>Newly ")
            file.write_text(text, encoding="utf-8")
        write_for_offline(copy)
        page.goto(f"{host.address}actors/zte.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Newly ZTE")
        expect(page.locator(".newer")).to_contain_text("A newer edition is ready.")
        page.goto(f"{host.address}actors/amd.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("AMD")
        before = host.asked.copy()
        page.locator(".newer").get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Newly AMD")
        context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Newly AMD")
        assert host.asked["/assets/css/site.css"] == before["/assets/css/site.css"]


def test_a_file_that_cannot_be_had_stops_nothing_and_is_told(
    context: BrowserContext, edition: Path
) -> None:
    host = Host(edition)
    host.refused = {"actors/zte.html"}
    with running(host):
        page = context.new_page()
        page.goto(host.address)
        keep_whole(page)
        expect(page.locator(".kept")).to_contain_text(
            "1 file of this edition could not be kept for reading without a connection: "
            "actors/zte.html"
        )
        context.set_offline(True)
        page.goto(f"{host.address}actors/nvidia.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nvidia")
        page.goto(f"{host.address}actors/zte.html")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Not kept for reading without a connection"
        )
        page.get_by_role("combobox").fill("Nvidia")
        expect(page.get_by_role("option").first).to_be_visible()
        context.set_offline(False)
        host.refused = set()
        page.goto(host.address)  # where it is had again
        expect(page.locator(".kept")).to_have_count(0)
        assert kept(page) == []
        context.set_offline(True)
        page.goto(f"{host.address}actors/zte.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("ZTE")


@pytest.mark.parametrize("kind", ["plain", "under a path"])
@pytest.mark.parametrize("worker", ["block", "allow"])
def test_the_page_for_no_address_finds_its_place(
    browser: Browser, edition: Path, kind: str, worker: str
) -> None:
    context = browser.new_context(service_workers=worker)  # type: ignore[arg-type]
    with running(Host(edition, **KINDS[kind])) as host:
        page = context.new_page()
        if worker == "allow":
            page.goto(host.address)
            kept(page)
        answer = page.goto(f"{host.address}actors/no/such/zte-of-shenzhen.html")
        assert answer is not None and answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("No page has this address")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.md-header')).position")
            == "sticky"
        )
        page.get_by_role("button", name="Search for “zte of shenzhen”").click()
        page.get_by_role("option").filter(has_text="ZTE").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("ZTE")
        page.goto(f"{host.address}actors/no/such/page")
        page.locator("article").get_by_role("link", name="Glossary").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")
    context.close()


def test_the_page_for_no_address_opens_from_disk(context: BrowserContext, site: Path) -> None:
    context.set_offline(True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "404.html").as_uri())
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    )
    page.get_by_role("combobox").fill("Nvidia")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("article").get_by_role("link", name="Actors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Actors")
    assert errors == []


def test_a_worker_of_the_last_version_leaves_nothing_behind(
    context: BrowserContext, edition: Path
) -> None:
    with running(Host(edition)) as host:
        page = context.new_page()
        page.goto(f"{host.address}assets/data/kinds.js")
        page.evaluate("""async () => {
                 const old = await caches.open("edition-0123456789abcdef");
                 await old.put(new URL("/index.html", location).href, new Response("old"));
                 await caches.open("edition-fedcba9876543210");
               }""")
        page.goto(host.address)
        kept(page)
        names = page.evaluate("caches.keys()")
        assert "edition-0123456789abcdef" not in names
        assert "edition-fedcba9876543210" in names  # of another edition at this origin
        assert json.dumps(names).count(f"edition {host.address} ") == 1


def test_a_newer_edition_is_offered_and_read_with_one_click(
    context: BrowserContext, copy: Path
) -> None:
    with running(Host(copy)) as host:
        page, other = context.new_page(), context.new_page()
        page.goto(host.address)
        kept(page)
        other.goto(f"{host.address}actors/amd.html")
        page.bring_to_front()
        page.goto(f"{host.address}actors/zte.html")
        zte = copy / "actors/zte.html"
        zte.write_text(
            zte.read_text(encoding="utf-8").replace("<h1>", "<h1>Newly "), encoding="utf-8"
        )
        write_for_offline(copy)
        page.evaluate(
            "navigator.serviceWorker.getRegistration().then((registration) => "
            "registration.update()).then(() => true)"
        )
        line = page.locator(".newer")
        expect(line).to_contain_text("A newer edition is ready.", timeout=20_000)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "ZTE"
        )  # nothing changes under the reader's eyes
        line.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Newly ZTE")
        expect(other.locator(".newer")).to_contain_text(
            "A newer edition has taken this one’s place."
        )
        expect(page.locator(".newer")).to_have_count(0)


def test_what_failed_to_load_is_asked_for_again_and_its_failure_is_said(
    browser: Browser, edition: Path
) -> None:
    context = browser.new_context(service_workers="block")
    host = Host(edition)
    host.refused = {"assets/data/previews.js"}
    with running(host):
        page = context.new_page()
        page.goto(f"{host.address}{SOURCE}")
        cite = page.get_by_role("button", name="Cite paragraph 12", exact=True)
        cite.click()
        expect(page.get_by_role("status").filter(has_text="could not be loaded")).to_contain_text(
            "try again"
        )
        host.refused = set()
        cite.click()
        expect(page.get_by_role("dialog")).to_contain_text("Cite paragraph 12")
        page.keyboard.press("Escape")
        page.goto(f"{host.address}actors/amd.html")
        host.refused = {
            path.relative_to(edition).as_posix()
            for path in (edition / "assets/data/search").iterdir()
        }
        page.get_by_role("combobox").fill("Nvidia")
        expect(page.get_by_role("search").get_by_role("status")).to_contain_text(
            "could not be loaded"
        )
        host.refused = set()
        page.get_by_role("combobox").fill("Nvidia H20")
        expect(page.get_by_role("option").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("how", ["forbidden", "full"])
def test_a_storage_that_keeps_nothing_breaks_nothing(
    browser: Browser, edition: Path, how: str
) -> None:
    context = browser.new_context(service_workers="block")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', "
        "'SecurityError'); } });"
        if how == "forbidden"
        else (
            "Storage.prototype.setItem = () => { throw new DOMException('full', "
            "'QuotaExceededError'); };"
        )
    )
    with running(Host(edition)) as host:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{host.address}{SOURCE}")
        page.get_by_role("button", name="Notes", exact=True).click()
        expect(page.locator("#p12 .note-mark").first).to_be_hidden()
        page.get_by_role("button", name="Cite paragraph 12", exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("combobox").fill("Nvidia")
        expect(page.get_by_role("option").first).to_be_visible()
        assert errors == []
    context.close()
