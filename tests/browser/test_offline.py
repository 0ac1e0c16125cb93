"""Without a network: the archive that opens by double click, and the service worker."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from conftest import serve
from dossier.write.offline import write_for_offline

SOURCE = "sources/huang-lobbying-2025.html"


def test_the_archive_unpacks_to_a_site_that_opens_from_disk(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(served)
    with page.expect_download() as download:
        page.get_by_role("link", name="the whole edition as one archive").click()
    download.value.save_as(tmp_path / "edition.zip")
    page.close()
    with zipfile.ZipFile(tmp_path / "edition.zip") as archive:
        archive.extractall(tmp_path)
    (folder,) = [p for p in tmp_path.iterdir() if p.is_dir()]
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("combobox").fill("老黄")
    page.get_by_role("option").filter(has_text="Jensen Huang").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jensen Huang")
    expect(page.get_by_role("link", name="the whole edition as one archive")).to_be_hidden()
    context.close()


@pytest.fixture
def deployed(site: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A copy of the site that can be deployed again, over http."""
    root = tmp_path / "www"
    shutil.copytree(site, root)
    with serve(root) as address:
        yield address, root


def test_a_visitor_reads_and_searches_on_after_the_connection_drops(
    browser: Browser, deployed: tuple[str, Path]
) -> None:
    address, _ = deployed
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for name in (SOURCE, "actors/zte.html"):
        page.goto(address + name)
    context.set_offline(True)
    page.goto(address + SOURCE + "#p30")
    expect(page.locator("#p30 .para-text")).to_contain_text("developer’s perspective")
    page.get_by_role("combobox").fill("实体清单")
    expect(page.get_by_role("option").filter(has_text="Entity List").first).to_be_visible()
    page.goto(address + "actors/zte.html?from=elsewhere")
    expect(page.get_by_role("heading", level=1)).to_have_text("ZTE")
    context.close()


def test_a_new_deploy_never_mixes_with_the_old_one(
    browser: Browser, deployed: tuple[str, Path]
) -> None:
    address, root = deployed
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(address + "actors/zte.html")
    for name in ("actors/zte.html", "actors/intel.html"):
        file = root / name
        file.write_text(
            file.read_text(encoding="utf-8").replace("<h1>", "<h1>New "), encoding="utf-8"
        )
    write_for_offline(root)
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true)"
    )
    page.wait_for_function(
        "navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting))"
    )
    page.goto(address + "actors/zte.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("ZTE")  # still all of the old version
    page.close()
    page = context.new_page()
    page.goto("about:blank")
    page.goto(address + "actors/zte.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ZTE")
    page.close()
    context.close()


def test_the_site_can_be_installed(site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert (site / icon["src"]).read_bytes().startswith(b"\x89PNG")
    assert (site / manifest["start_url"]).is_file()
