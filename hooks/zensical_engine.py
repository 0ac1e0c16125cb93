"""The Zensical adapter: the same site, built by an engine that runs no hooks.

What MkDocs is told by events, Zensical finds in a folder made for it: the pages as Markdown, and
settings derived from ``mkdocs.yml``. Its output is then finished by the step that finishes MkDocs'.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Set
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag

from dossier.book import shelf
from dossier.errors import InvalidArchiveError
from dossier.read.prose import DossierExtension
from dossier.store import PLACE, Store
from dossier.write.files import write_text
from dossier.write.finish import Settings, finish
from dossier.write.folder import fill_links, write_folder
from dossier.write.site import make_site
from material_theme import STYLES, theme
from navigation import SHELF, add_indexes, add_shelf

THEME = "hooks/theme-zensical"
"""What differs from Zensical's theme alone."""
LEFT_OUT = ("assets/javascripts/LICENSE", "search.json")

EXTENSION = f"{DossierExtension.__module__}:{DossierExtension.__name__}"

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_ISSUE = re.compile(r"^(?:Warning|Error): (.*)\n.*\[ (\S+):(\d+):(\d+) \]", re.MULTILINE)


def build(root: Path, out: Path) -> list[str]:
    """Build the project under ``root`` as the folder ``out``, which must not exist yet.

    Gives a line for each thing that is wrong; if anything is, there is no ``out``. Raises
    ``OSError`` if the machine refuses something.
    """
    work = out.with_name(f"{out.name}.work")
    shutil.rmtree(work, ignore_errors=True)
    try:
        found = _build(root, work)
        if not found:
            (work / "site").rename(out)
    except InvalidArchiveError as error:
        count = f"{len(error.violations)} violations in the data; nothing was written"
        found = [*map(str, error.violations), count]
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return found


def _build(root: Path, work: Path) -> list[str]:
    """Make the folder that Zensical builds, have it built into ``site`` there, and finish that."""
    settings = read_settings(root)
    repository = os.environ.get("DOSSIER_REPOSITORY", "").rstrip("/")
    store = Store(root / PLACE)
    site = make_site(root, settings["site_url"], store)
    if any(page.path == SHELF for page in site.pages):
        add_shelf(settings["nav"])
    write_folder(site, root, work, repository, plain=False)
    shutil.copytree(root / THEME, work / "hooks/theme", dirs_exist_ok=True)
    settings["extra"]["search_languages"] = site.graph.archive.settings.search.languages
    given = for_zensical(settings, repository)
    write_text(work / "mkdocs.yml", yaml.safe_dump(given, allow_unicode=True, sort_keys=False))
    pages = site.graph.archive.pages
    found = run(work, {page.path for page in pages if not page.text.startswith("---\n")})
    if found:
        return found
    fill_links(site, work / "site")
    books = shelf.ready(root, site.graph)
    for page in site.graph.archive.pages:
        file = work / "site" / Path(page.path).with_suffix(".html")
        write_text(file, shelf.with_books(file.read_text(encoding="utf-8"), books))
    shelf.place(root / shelf.FOLDER, books, work / "site")
    look = theme(template_folders(root), f"{STYLES}/classic", LEFT_OUT)
    found = finish(work / "site", site, shared(settings), look, store=store)
    if not found:
        store.close()
    return found


class _Loader(yaml.SafeLoader):
    """Reads ``!ENV`` as MkDocs does."""


add_env_tag(_Loader)


def read_settings(root: Path) -> dict[str, Any]:
    """``mkdocs.yml``, its navigation complete."""
    with (root / "mkdocs.yml").open(encoding="utf-8") as file:
        settings: dict[str, Any] = yaml.load(file, _Loader)
    add_indexes(settings["nav"])
    return settings


def for_zensical(settings: dict[str, Any], repository: str) -> dict[str, Any]:
    """The settings as Zensical is given them."""
    look = settings["theme"]
    # Zensical takes any index in a section for the section's own page, Material one of its folder.
    features = [name for name in look["features"] if name != "navigation.indexes"]
    given = {
        **{name: value for name, value in settings.items() if name not in ("hooks", "watch")},
        # The classic variant is Material's design, which the project's styles build on.
        "theme": {**look, "variant": "classic", "features": features},
        "extra_css": [],
        "markdown_extensions": [*settings["markdown_extensions"], EXTENSION],
        "repo_url": repository,
    }
    return {name: value for name, value in given.items() if value not in ("", None)}


def shared(settings: dict[str, Any]) -> Settings:
    """The settings as the finishing step is given them."""
    return Settings(
        name=settings["site_name"],
        description=settings["site_description"],
        url=settings["site_url"],
        styles=tuple(settings["extra_css"]),
        scripts=(
            *(script["path"] for script in settings["extra_javascript"]),
            *(f"assets/js/{script['path']}" for script in settings["extra"]["scripts"]),
        ),
    )


def template_folders(root: Path) -> list[Path]:
    """Where the templates lie that the pages were made from."""
    package = find_spec("zensical")
    assert package and package.origin
    return [Path(package.origin).parent / "templates", root / "hooks/theme"]


def run(work: Path, bare: Set[str]) -> list[str]:
    """Have Zensical build the folder; gives what it finds wrong, each with file, line and column as
    the contributor has them. ``bare`` are the pages without front matter of their own.

    In a process of its own, since it prints past Python and fails with a traceback.
    """
    result = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode == 0:
        return []
    said = _COLOR.sub("", result.stdout)
    return [
        f"docs/{path}:{int(line) - 3 * (path in bare)}:{column}: {what}"
        for what, path, line, column in _ISSUE.findall(said)
    ] or said.splitlines()[-1:]
