"""What may happen to a build: killed, a full disk, files that are missing or not files at all. The
last good site stays.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from archive import make_archive
from conftest import ROOT
from dossier.errors import fault
from dossier.pages.base import compiled_templates
from dossier.store import PLACE
from dossier.write import images

COMMAND = [sys.executable, "hooks/build.py"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small made-up project with its site, built once."""
    folder = tmp_path_factory.mktemp("built") / "project"
    make_archive(folder, 1)
    result = subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the project with the last good site in it, and a change since."""
    copy = tmp_path / "project"
    shutil.copytree(built, copy)
    actor = copy / "data/actors/actor-000-0.yml"
    actor.write_text(
        re.sub(
            "^name: .*$",
            "name: Changed Since",
            actor.read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        ),
        encoding="utf-8",
    )
    return copy


def digest(site: Path) -> str:
    """One value for all files of a site."""
    found = hashlib.sha256()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        found.update(
            path.relative_to(site).as_posix().encode()
            + b"\0"
            + hashlib.sha256(path.read_bytes()).digest()
        )
    return found.hexdigest()


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "at the start": lambda root: True,
    "with the first page": lambda root: (root / ".site.new/index.html").exists(),
    "half-way": lambda root: len(list((root / ".site.new").rglob("*.html"))) > 12,
    "with the last file": lambda root: (root / ".site.new/service-worker.js").exists(),
}


def test_a_killed_build_leaves_the_last_good_site(project: Path) -> None:
    left = {"as it was": digest(project / "site")}
    for name, moment in MOMENTS.items():
        shutil.rmtree(project / ".site.new", ignore_errors=True)
        process = subprocess.Popen(
            COMMAND, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not moment(project) and process.poll() is None:
            time.sleep(0.002)
        process.kill()
        process.wait()
        left[name] = digest(project / "site")
    result = subprocess.run(COMMAND, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "<h1>Changed Since</h1>" in (project / "site/actors/actor-000-0.html").read_text(
        encoding="utf-8"
    )
    # Killed with its last file written, it may have come as far as to put the new site in place,
    # but whole.
    last = left.pop("with the last file")
    assert last in (left["as it was"], digest(project / "site"))
    assert len(set(left.values())) == 1, left
    assert [p.name for p in project.glob(".site*")] == []


@pytest.fixture
def builder() -> ModuleType:
    """``hooks/build.py`` as a module."""
    spec = importlib.util.spec_from_file_location("build_script", ROOT / "hooks/build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_a_site_at_every_moment(builder: ModuleType, tmp_path: Path) -> None:
    fresh, site, old = (tmp_path / name for name in ("fresh", "site", "old"))
    for folder in (fresh, site):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name, encoding="utf-8")
    if not builder.exchange(fresh, site):
        pytest.skip("this system cannot exchange two folders in one step")
    missing = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal missing
        while not done.is_set():
            missing += not (site / "index.html").exists()

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(2000):
        builder.put_in_place(fresh, site, old)
    done.set()
    watcher.join()
    assert missing == 0


def test_without_an_exchange_the_site_is_still_replaced(
    builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "exchange", lambda one, other: False)
    fresh, site, old = (tmp_path / name for name in ("fresh", "site", "old"))
    for folder in (fresh, site, old):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name, encoding="utf-8")
    builder.put_in_place(fresh, site, old)
    assert (site / "index.html").read_text(encoding="utf-8") == "fresh"


def full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


FAULTS: list[tuple[str, Callable[[Path], object], str]] = [
    (
        "data/actors/actor-000-0.yml",
        a_folder,
        "data/actors/actor-000-0.yml:1:1: is not an ordinary file but a pipe, a device or a folder;"
        " put a file here",
    ),
    (
        "data/actors/actor-000-0.yml",
        a_dangling_link,
        "data/actors/actor-000-0.yml:1:1: is a symbolic link; put the file itself here",
    ),
    ("docs/rights.md", not_text, "docs/rights.md:1:1: is not UTF-8 here; save the file as UTF-8"),
    (
        "docs/assets/vendor/opencc/TSCharacters.txt",
        Path.unlink,
        "TSCharacters.txt: No such file or directory; put it back",
    ),
    (
        "hooks/dossier/pages/templates/actor.html",
        Path.unlink,
        "'actor.html' not found in search path",
    ),
    (
        "hooks/dossier/write/service-worker.js",
        Path.unlink,
        "service-worker.js: No such file or directory; put it back",
    ),
    (
        "docs/assets/css/dossier.css",
        Path.unlink,
        "docs/assets/css/dossier.css: No such file, but mkdocs.yml names it; put it back",
    ),
    (
        "docs/assets/js/base.js",
        Path.unlink,
        "docs/assets/js/base.js: No such file, but mkdocs.yml names it; put it back",
    ),
]


def test_a_fault_is_one_clear_line(project: Path) -> None:
    good = digest(project / "site")

    def build(limit: Callable[[], None] | None = None) -> str:
        result = subprocess.run(
            COMMAND, cwd=project, capture_output=True, text=True, check=False, preexec_fn=limit
        )
        assert result.returncode != 0
        assert "Traceback" not in result.stderr
        assert (
            len([line for line in result.stderr.splitlines() if line.startswith("ERROR")]) <= 2
        ), result.stderr  # the fault, the count
        assert digest(project / "site") == good
        return result.stderr

    for name, spoil, said in FAULTS:
        kept = (project / name).read_bytes()
        spoil(project / name)
        assert said in build(), name
        if (project / name).is_dir():
            (project / name).rmdir()
        (project / name).unlink(missing_ok=True)
        (project / name).write_bytes(kept)
    assert "free some space or lift the limit on the size of files, and build again" in build(
        full_disk
    )


def test_a_cache_with_damaged_pages_is_begun_anew(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(built, project)
    good, cache = digest(project / "site"), project / PLACE
    content = cache.read_bytes()
    page = 4096
    cache.write_bytes(content[:page] + b"\xff" * (len(content) - 2 * page) + content[-page:])
    result = subprocess.run(COMMAND, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert f"{PLACE} was damaged and is deleted; building again without it" in result.stderr
    assert digest(project / "site") == good


def test_a_pillow_that_cannot_draw_letters_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_freetype(size: int) -> None:
        raise ImportError("The _imagingft C module is not installed")

    monkeypatch.setattr("PIL.ImageFont.load_default", without_freetype)
    with pytest.raises(OSError, match="cannot draw letters") as raised:
        images.social_card("Title", "Line")
    assert "install the requirements again" in fault(raised.value)


def test_a_folder_for_compiled_templates_that_is_another_s_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> str:
        raise RuntimeError("Cannot determine safe temp directory.")

    monkeypatch.setattr("jinja2.FileSystemBytecodeCache._get_default_cache_dir", refuse)
    assert compiled_templates() is None
