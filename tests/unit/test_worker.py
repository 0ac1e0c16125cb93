"""The service worker without a browser: in Node.js, with caches and a host made up for it. How it
does in browsers and on hosts of several kinds, the browser tests hold.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dossier.write import offline
from dossier.write.offline import write_for_offline
from node import NODE

# What a worker has around it. The host serves ``folder``, of which ``asked`` notes what was asked
# for; ``start`` runs a worker's script, ``visit`` has it answer a request, ``tell`` a message.
AROUND = r"""
const fs = require("fs"), vm = require("vm"), path = require("path");
const ROOT = "https://host/edition/";
const store = new Map();
const asked = [];
let connected = true, folder = "";
const urlOf = (what) => (typeof what === "string" ? what : what.url);
const cacheOf = (name) => {
  if (!store.has(name)) store.set(name, new Map());
  const kept = store.get(name);
  return {
    match: async (what) => kept.get(urlOf(what))?.clone(),
    put: async (what, answer) => void kept.set(urlOf(what), answer),
    keys: async () => [...kept.keys()].map((url) => ({ url })),
  };
};
const caches = {
  open: async (name) => cacheOf(name),
  keys: async () => [...store.keys()],
  delete: async (name) => store.delete(name),
};
const answerOf = async (what) => {
  const url = urlOf(what);
  if (!connected) throw new TypeError("no connection");
  const name = decodeURIComponent(new URL(url).pathname.slice("/edition/".length));
  asked.push(name);
  const files = [name, `${name}.html`].map((one) => path.join(folder, one));
  const file = files.find((one) => fs.existsSync(one) && fs.statSync(one).isFile());
  const answer = new Response(file ? fs.readFileSync(file) : "", { status: file ? 200 : 404 });
  Object.defineProperty(answer, "url", { value: url });
  return answer;
};
const start = async (site) => {
  folder = site;
  const listeners = {};
  let updates = 0;
  const worker = {
    registration: { scope: ROOT, update: async () => void (updates += 1) },
    addEventListener: (name, listener) => { listeners[name] = listener; },
    skipWaiting() {}, clients: { claim: async () => {} },
  };
  const context = vm.createContext({ self: worker, caches, fetch: answerOf, URL, Request, Response,
    Headers, Set, Map, crypto, setTimeout: (act) => setTimeout(act, 0), console, Uint8Array });
  vm.runInContext(fs.readFileSync(path.join(site, "service-worker.js"), "utf8"), context);
  const event = async (name, given) => {
    const waits = [];
    let answer;
    const waitUntil = (work) => waits.push(work);
    listeners[name]({ ...given, waitUntil, respondWith: (given) => { answer = given; } });
    const result = await answer;
    await Promise.all(waits);
    return result;
  };
  return {
    take: async () => { await event("install"); await event("activate"); },
    updates: () => updates,
    tell: async (data) => {
      const said = [];
      await event("message", { data, ports: [{ postMessage: (one) => said.push(one) }] });
      return said;
    },
    visit: async (name, page = true, client = "") => {
      const request = { url: ROOT + name, method: "GET", mode: page ? "navigate" : "no-cors" };
      const answer = await event("fetch", { request, clientId: client, resultingClientId: client });
      return answer ? `${answer.status} ${await answer.text()}` : "not ours";
    },
  };
};
const alone = () => { connected = false; asked.length = 0; };
const again = () => { connected = true; asked.length = 0; };
"""
FILES = {
    "index.html": "home",
    "404.html": "<html >none",
    "a.html": "page a",
    "b.html": "page b",
    "assets/css/site.css": "styles",
    "assets/data/previews.js": "previews",
    "data/edition.json": "data",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    write_for_offline(root)
    return root


def run(script: str, **given: Path) -> Any:
    """What a script gives in which a worker is run."""
    names = "".join(f"const {name} = {json.dumps(str(value))};" for name, value in given.items())
    whole = (
        f"{AROUND}{names}"
        f"(async () => {{ {script} }})().then((found) => console.log(JSON.stringify(found)));"
    )
    done = subprocess.run([NODE, "-e", whole], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_at_first_only_what_every_page_needs_is_loaded(site: Path) -> None:
    asked = run("const w = await start(site); await w.take(); return asked;", site=site)
    assert sorted(asked) == sorted(["404.html", "index.html", "assets/css/site.css", offline.LIST])


def test_what_was_read_is_there_without_a_connection_and_what_was_not_says_so(site: Path) -> None:
    read, unread, loaded, data = run(
        """const w = await start(site); await w.take();
        await w.visit("a"); await w.visit("assets/data/previews.js", false);
        await w.visit("data/edition.json", false);
        alone();
        return [await w.visit("a.html?x=1"), await w.visit("b.html"),
          await w.visit("assets/data/previews.js", false),
          await w.visit("data/edition.json", false).catch(() => "lost")];""",
        site=site,
    )
    assert read == "200 page a"
    assert unread.startswith("503 ")
    assert 'data-why="offline"' in unread
    assert loaded == "200 previews"
    assert data == "lost"


def test_a_page_that_came_before_the_worker_is_kept_with_what_it_had_loaded(site: Path) -> None:
    page, loaded = run(
        """const w = await start(site); await w.take();
        await w.tell({ read: [ROOT + "b.html#p1", ROOT + "assets/data/previews.js", "data:,"] });
        alone();
        return [await w.visit("b.html"), await w.visit("assets/data/previews.js", false)];""",
        site=site,
    )
    assert (page, loaded) == ("200 page b", "200 previews")


def test_the_whole_is_kept_when_it_is_asked_for_and_of_the_next_version_as_well(site: Path) -> None:
    newer = newer_of(site)
    before, said, page, asked, after = run(
        """const w = await start(site); await w.take();
        const before = await w.tell("how much");
        const said = await w.tell("keep the whole");
        alone();
        const page = await w.visit("b.html");
        again();
        const next = await start(newer); await next.take();
        const loaded = [...asked];
        alone();
        const after = [await next.visit("a.html"), await next.visit("b.html")];
        return [before, said, page, loaded, after];""",
        site=site,
        newer=newer,
    )
    kept = [name for name in FILES if not name.startswith("data/")]
    assert before == [{"whole": False, "bytes": sum(len(FILES[name]) for name in kept)}]
    assert said[-1] == {"missing": []}
    assert page == "200 page b"
    assert sorted(asked) == ["a.html", offline.LIST]  # only what is another
    assert after == ["200 newer a", "200 page b"]


def newer_of(site: Path) -> Path:
    """The next version of a site, in which one page is another."""
    newer = site.with_name("newer")
    for path in site.rglob("*"):
        if path.is_file():
            target = newer / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (newer / "a.html").write_text("newer a", encoding="utf-8")
    write_for_offline(newer)
    return newer


def test_a_page_of_a_newer_version_is_shown_with_its_own_files_and_not_kept(site: Path) -> None:
    shown, styles, others, updates, later = run(
        """const w = await start(site); await w.take();
        folder = newer;
        const shown = await w.visit("a.html", true, "new");
        asked.length = 0;
        await w.visit("assets/css/site.css", false, "new");
        const styles = [...asked];
        asked.length = 0;
        await w.visit("assets/css/site.css", false, "old");
        await w.visit("index.html", true, "new"); // from there on, to a page that is kept
        const others = [...asked];
        alone();
        return [shown, styles, others, w.updates(), await w.visit("a.html")];""",
        site=site,
        newer=newer_of(site),
    )
    assert shown == "200 newer a"
    assert styles[0] == "assets/css/site.css"
    assert others == []
    assert updates == 1
    assert later.startswith("503 ")


def test_a_host_that_changes_its_pages_hinders_nothing(site: Path) -> None:
    for name in ("a.html", "index.html"):
        (site / name).write_text("rewritten by the host", encoding="utf-8")
    page, updates = run(
        """const w = await start(site); await w.take(); await w.visit("a.html");
        alone(); return [await w.visit("a.html"), w.updates()];""",
        site=site,
    )
    assert page == "200 rewritten by the host"
    assert updates == 0


def test_where_the_list_is_lost_the_site_is_read_from_the_host(site: Path) -> None:
    page = run(
        """const w = await start(site); await w.take();
        const lost = await start(site); store.clear(); return lost.visit("a.html");""",
        site=site,
    )
    assert page == "200 page a"


def test_a_large_search_index_is_kept_as_it_is_used(site: Path, monkeypatch: Any) -> None:
    part = site / "assets/data/search/terms-0.js"
    part.parent.mkdir(parents=True)
    part.write_text("terms", encoding="utf-8")
    found = []
    for limit in (5, 4):
        monkeypatch.setattr(offline, "SMALL", limit)
        write_for_offline(site)
        found.append(run("const w = await start(site); await w.take(); return asked;", site=site))
    assert ["assets/data/search/terms-0.js" in asked for asked in found] == [True, False]
