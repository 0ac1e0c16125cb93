"""An edit while the site is served: only what it touches is made again, and the result is as a
whole build makes it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from conftest import ROOT, contents, run_mkdocs
from dossier import pages
from dossier.commands.cli import main
from dossier.errors import InvalidArchiveError
from dossier.exports import document, proposals, tei
from dossier.graph.dependencies import Keeper
from dossier.read import prose
from dossier.store import PLACE, Store, memory
from dossier.write.site import Site, Workshop

Said = tuple[list[Any], dict[str, str | bytes], dict[str, str]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(
        ROOT,
        root,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", "site", ".site.*", "__pycache__", ".*_cache", ".hypothesis"
        ),
    )
    return root


def edited(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def made_again(before: Site, after: Site) -> set[str]:
    return {
        page.path for page, old in zip(after.pages, before.pages, strict=True) if page is not old
    }


# What is edited; a page that must be made again; one that must not.
EDITS = {
    "a name": (
        "data/actors/lin-na.yml",
        "name: Lin Na",
        "name: Lin Nan",
        "policies/lamp-tax.md",
        "figures.md",
    ),
    "a stance": (
        "data/actors/lin-na.yml",
        "stance: supports",
        "stance: mixed",
        "policies/lamp-tax.md",
        "glossary.md",
    ),
    "an event": (
        "data/events.yml",
        "name: The lamp tax begins",
        "name: The tax begins",
        "timeline.md",
        "glossary.md",
    ),
    "a citation": (
        "data/policies/lamp-tax.yml",
        "abolished [@p4]",
        "abolished [@p3-p4]",
        "sources/lamp-tax.md",
        "products/index.md",
    ),
    "a work": (
        "data/references.yml",
        "publisher: Harbor Gazette",
        "publisher: Port Gazette",
        "actors/lin-na.md",
        "glossary.md",
    ),
    "the text": (
        "docs/sources/lamp-tax.md",
        "three years ago, announced",
        "four years ago, announced",
        "coverage.md",
        "products/index.md",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_again_what_it_touches_as_a_whole_build_does(
    project: Path, name: str
) -> None:
    path, old, new, touched, untouched = EDITS[name]
    workshop = Workshop(project, keeper=Keeper())
    before = workshop.pages()
    edited(project, path, old, new)
    after = workshop.pages()
    assert after.pages == Workshop(project).pages().pages
    assert touched in made_again(before, after)
    assert untouched not in made_again(before, after)
    assert workshop.pages().pages == after.pages


@pytest.mark.parametrize("name", EDITS)
def test_a_second_build_makes_again_what_an_edit_touches_and_is_as_one_without_a_cache(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, new, touched, untouched = EDITS[name]
    build_with_cache(project)
    edited(project, path, old, new)
    made: list[str] = []
    render = pages.render

    def noted(page: Any, *more: Any) -> pages.Rendered:
        made.append(page.path)
        return render(page, *more)

    monkeypatch.setattr(pages, "render", noted)
    second = build_with_cache(project)
    assert touched in made
    assert untouched not in made
    made.clear()
    assert build_with_cache(project) == second
    assert made == []
    assert second == said(Workshop(project).site())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/index.md", "# ", "# The page of the "),  # a page by hand, which search knows
        ("data/events.yml", "- id: ", "# A remark.\n- id: "),  # which moves lines
    ],
)
def test_a_second_build_sees_what_no_table_of_the_data_holds(
    project: Path, path: str, old: str, new: str
) -> None:
    build_with_cache(project)
    edited(project, path, old, new)
    assert build_with_cache(project) == said(Workshop(project).site())


def test_a_second_build_writes_and_parses_again_what_an_edit_touches_and_nothing_else(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_with_cache(project)
    build_with_cache(project)  # in which nothing is asked for
    edited(project, "data/references.yml", "publisher: Harbor Gazette", "publisher: Port *Gazette*")
    made: list[Any] = []

    def note(module: Any, name: str, said: Any) -> None:
        make = getattr(module, name)

        def noted(*given: Any) -> Any:
            made.append(said(*given))
            return make(*given)

        monkeypatch.setattr(module, name, noted)

    note(document, "_written", lambda graph, key, place: key)
    note(tei, "_written", lambda graph, source, place: source)
    note(proposals, "_data_file", lambda found: found.path)
    note(prose, "_made", lambda text: text)
    second = build_with_cache(project)
    assert sorted(made) == ["data/references.yml", "reference:harbor-gazette"]
    assert second == said(Workshop(project).site())


def test_a_second_build_does_not_trust_a_cache_that_was_tampered_with(project: Path) -> None:
    first = build_with_cache(project)
    with contextlib.closing(sqlite3.connect(project / PLACE)) as database:
        for number, change in enumerate(("X'00'", "NULL", "content || 'x'")):
            database.execute(f"UPDATE pieces SET content = {change} WHERE rowid % 9 = {number}")
        database.execute("UPDATE notes SET said = replace(said, 'lamp', 'tax') WHERE rowid % 5 = 0")
        database.commit()
    assert build_with_cache(project) == first


def build_with_cache(root: Path) -> Said:
    store = Store(root / PLACE)
    with memory.of(store, "this engine"):
        found = said(Workshop(root, store=store).site())
    store.close()
    return found


def said(site: Site) -> Said:
    """All that a site holds."""
    made = [(page.path, page.front, page.body, page.edit) for page in site.pages]
    return made, dict(site.assets), site.structured


def test_what_moves_to_another_part_of_a_list_is_followed(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(ROOT / "examples/archive", root)
    edited(root, "data/edition.yml", "units:", "page_size: 1\nunits:")
    workshop = Workshop(root, keeper=Keeper())
    before = workshop.pages()
    build_with_cache(root)
    edited(root, "data/events.yml", '"1839/1840~"', '"1850"')
    after = workshop.pages()
    assert after.pages == Workshop(root).pages().pages
    assert {"timeline.md", "timeline-2.md"} <= made_again(before, after)
    assert "actors/index-2.md" not in made_again(before, after)
    assert build_with_cache(root) == said(Workshop(root).site())


def test_what_is_broken_in_between_leaves_no_trace(project: Path) -> None:
    workshop = Workshop(project, keeper=Keeper())
    before = workshop.pages()
    edited(project, "data/actors/lin-na.yml", "name: Lin Na", "nam: Lin Na")
    with pytest.raises(InvalidArchiveError):
        workshop.pages()
    edited(project, "data/actors/lin-na.yml", "nam: Lin Na", "name: Lin Na")
    assert made_again(before, workshop.pages()) == set()


def test_the_folder_that_is_served_is_that_of_a_whole_build(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(copy)
    served = tmp_path / "served"
    config = load_config(str(copy / "mkdocs.yml"), site_dir=str(served), strict=False)
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    serving = next(iter(config.plugins.events["env"])).__globals__["State"].serving
    edited(copy, "data/actors/zte.yml", "name: ZTE", "name: ZTE of Shenzhen")
    whole_builds: list[None] = []
    serving.build(lambda: whole_builds.append(None))
    assert whole_builds == []
    assert "ZTE of Shenzhen" in (served / "actors/zte.html").read_text(encoding="utf-8")
    serving.later.stop()
    serving.rest(lambda: True)
    result = run_mkdocs(copy, tmp_path / "whole")
    assert result.returncode == 0, result.stderr
    assert contents(served) == contents(tmp_path / "whole")


def test_a_site_built_with_a_cache_is_that_of_several_processes_without(
    copy: Path, tmp_path: Path
) -> None:
    assert run_mkdocs(copy, tmp_path / "first").returncode == 0
    edited(copy, "data/actors/zte.yml", "name: ZTE", "name: ZTE of Shenzhen")
    edited(copy, "docs/about.md", "\n## ", "\nA word more.\n\n## ")
    edited(copy, "hooks/theme/partials/ways.html", "\n", " \n<!-- another template -->\n")
    second = run_mkdocs(copy, tmp_path / "second")
    assert second.returncode == 0, second.stderr
    again = run_mkdocs(copy, tmp_path / "again")
    assert again.returncode == 0, again.stderr
    shutil.rmtree(copy / ".cache")
    without = run_mkdocs(copy, tmp_path / "without", DOSSIER_PROCESSES="3")
    assert without.returncode == 0, without.stderr
    expected = contents(tmp_path / "without")
    assert contents(tmp_path / "second") == expected
    assert contents(tmp_path / "again") == expected


def test_a_template_that_is_broken_is_named_by_file_and_line_in_several_processes(
    tmp_path: Path,
) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(ROOT / "examples/archive", copy)
    assert main(["--root", str(copy), "upgrade"]) == 0
    edited(copy, "hooks/dossier/pages/templates/actor.html", "<h1>", "<h1>{{ no.name }}")
    said = [
        run_mkdocs(copy, tmp_path / "site", DOSSIER_PROCESSES=count).stderr for count in ("1", "3")
    ]
    assert said[0] == said[1]
    assert "templates/actor.html" in said[0]
    assert "Traceback" not in said[0]
