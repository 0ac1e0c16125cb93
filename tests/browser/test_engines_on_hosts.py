"""The kinds of host in Firefox and WebKit: what test_hosts.py tries in Chromium, once a browser,
the worker included where the engine has one under automation.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from test_hosts import KINDS, SOURCE, Host, running

import engines
from dossier.write.offline import write_for_offline
from engines import Tab, arrive, wait_for

ENGINES: dict[str, Callable[[], AbstractContextManager[Tab]]] = {
    "firefox": engines.firefox,
    "webkit": engines.webkit,
}

HEADING = "document.querySelector('h1')?.textContent.trim()"
CONTROL = """(async () => {
  const workers = navigator.serviceWorker;
  if (!workers) return "none";
  const late = new Promise((done) => setTimeout(() => done("late"), 25000));
  const taken = workers.ready.then(() => workers.controller ? "taken" : new Promise((done) =>
    workers.addEventListener("controllerchange", () => done("taken"), { once: true })));
  return Promise.race([taken, late]);
})()"""


@pytest.fixture(scope="module", params=list(ENGINES))
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    if missing := engines.missing(request.param):
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    with ENGINES[request.param]() as tab:
        tab.resize(1280, 1000)
        yield tab


@pytest.fixture(scope="module")
def www(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("engines-hosts") / "www"
    shutil.copytree(site, root, ignore=shutil.ignore_patterns("*.map", "download", "*.md"))
    write_for_offline(root)
    return root


def read_on(tab: Tab, address: str) -> None:
    """By an address, by a link, by a folder and to a paragraph; styled on each page."""
    for path, heading in (("", None), ("actors/nvidia.html", "Nvidia"), ("actors/", "Actors")):
        tab.go(address + path)
        wait_for(tab, "getComputedStyle(document.querySelector('.md-header')).position==='sticky'")
        if heading:
            wait_for(tab, f"{HEADING} === '{heading}'")
    tab.run("document.querySelector(\"article a[href$='zte.html']\").click()")
    arrive(tab, f"{address}actors/zte")
    wait_for(tab, f"{HEADING} === 'ZTE'")
    tab.go(f"{address}{SOURCE}#p30")
    wait_for(tab, "document.querySelector('#p30 .para-text')?.textContent.includes('developer’s')")


def visited(tab: Tab, address: str) -> str:
    """Whether the worker has taken a page by the second visit. WebKit may lose the first install
    when the page that began it is left, and says nothing of it until the next page registers.
    """
    tab.go(address)
    control = str(tab.run(CONTROL))
    if control == "late":
        tab.go(address)
        control = str(tab.run(CONTROL))
    return control


HOSTS: dict[str, dict[str, Any]] = {
    **{kind: options for kind, options in KINDS.items() if not options.get("fails")},
    "failing now and then": {"fails": "sources/"},
}


@pytest.mark.parametrize("kind", HOSTS)
def test_the_edition_is_read_with_and_without_its_worker(tab: Tab, www: Path, kind: str) -> None:
    with running(Host(www, **HOSTS[kind])) as host:
        if "fails" not in HOSTS[kind]:
            read_on(tab, host.address)
        control = visited(tab, host.address)
        assert control in ("taken", "none")
        if control == "taken":  # what the host fails to give is kept by now
            read_on(tab, host.address)
            host.refused = {path.relative_to(www).as_posix() for path in www.rglob("*.html")}
            read_on(tab, host.address)


def test_two_editions_at_one_origin(tab: Tab, www: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copytree(www, tmp_path / name)
    zte = tmp_path / "b/actors/zte.html"
    zte.write_text(zte.read_text(encoding="utf-8").replace("<h1>", "<h1>B: "), encoding="utf-8")
    write_for_offline(tmp_path / "b")
    with running(Host(tmp_path)) as host:
        for name in ("a", "b"):
            assert visited(tab, f"{host.address}{name}/") in ("taken", "none")
        for name, heading in (("a", "ZTE"), ("b", "B: ZTE")):
            tab.go(f"{host.address}{name}/actors/zte.html")
            wait_for(tab, f"{HEADING} === '{heading}'")
