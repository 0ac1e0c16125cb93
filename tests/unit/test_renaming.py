"""What depends on an entry, and what becomes of it when the id changes or the entry goes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.commands.cli import main
from dossier.graph.refs import Graph, address
from dossier.graph.uses import ENTRIES, TEXT, Target, dependents, uses
from dossier.write.site import make_site

EVERYTHING = [
    ("policy:lamp-tax", "tax-on-lamps"),
    ("term:much-thunder", "thunder"),
    ("actor:lin-na", "lin"),
    ("check:failed", "has-failed"),
    ("reference:harbor-gazette", "gazette-2021"),
    ("rendering:fail", "to-fail"),
    ("source:lamp-tax", "on-the-lamp-tax"),
    ("figure:takings", "what-it-brought"),
]


def call(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), *arguments])


def anchors(project: Path) -> dict[str, str]:
    """Every page that the site writes, by its address: its HTML."""
    site = make_site(project)
    pages = {page.path.removesuffix(".md") + ".html": page.body for page in site.pages}
    return pages | {path: str(html) for path, html in site.assets.items() if path.endswith("html")}


def leads_on(pages: dict[str, str], old: str) -> bool:
    path, _, fragment = old.partition("#")
    return path in pages and (not fragment or f'id="{fragment}"' in pages[path])


@pytest.mark.parametrize(("entry", "new"), EVERYTHING)
def test_a_renamed_entry_is_renamed_everywhere_and_remembers(
    project: Path, entry: str, new: str
) -> None:
    assert call(project, "rename", entry, new) == 0
    archive, violations = read(project)
    assert violations == []
    kind, _, old = entry.partition(":")
    assert archive.of(kind)[new].model.formerly == [old]
    assert old not in archive.of(kind)
    assert leads_on(anchors(project), address(kind, old))


def test_a_name_may_be_changed_and_changed_back(project: Path) -> None:
    assert call(project, "rename", "check:failed", "has-failed") == 0
    assert call(project, "rename", "check:has-failed", "failed") == 0
    archive, violations = read(project)
    assert violations == []
    assert archive.checks["failed"].model.formerly == ["has-failed"]


def test_a_renamed_source_takes_its_files_citations_and_releases_with_it(
    project: Path, edit: Edit
) -> None:
    edit("docs/index.md", "[@p1]", "[@lamp-tax:p1]")
    edit("data/actors/lin-na.yml", "cites: [p1]", 'cites: ["lamp-tax:p1"]')
    assert call(project, "review") == 0
    (project / "CHANGELOG.md").write_text(
        "# Changes\n\n## 1.0.0 — January 1, 2027\n\n- The first.\n", encoding="utf-8"
    )
    assert call(project, "release", "1.0.0") == 0
    released = (project / "data/editions/1.0.0.json").read_text(encoding="utf-8")
    assert call(project, "rename", "source:lamp-tax", "lamps") == 0
    archive, violations = read(project)
    assert violations == []
    assert archive.editions["1.0.0"].sources.keys() == {"lamps"}
    assert (project / "data/editions/1.0.0.json").read_text(encoding="utf-8") == released
    assert "[@lamps:p1]" in (project / "docs/index.md").read_text(encoding="utf-8")
    assert archive.actors["lin-na"].model.roles[0].cites == ["lamps:p1"]
    assert {p.name for p in (project / "data/sources").iterdir()} == {
        "lamps.yml",
        "lamps.lock.json",
    }
    pages = anchors(project)
    assert "lamps.html" in pages["editions/1.0.0/lamp-tax.html"]
    assert "location.hash" in pages["sources/lamp-tax.html"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("lin-na", '"lin-na" does not say of what kind it is; write actor:lin-na'),
        ("nobody", '"nobody" does not say of what kind it is; write one of actor:nobody'),
        ("person:lin-na", 'there is no kind "person"; the kinds are actor'),
        ("policy:lin-na", "there is no policy:lin-na; there is actor:lin-na"),
    ],
)
@pytest.mark.parametrize("command", ["rename", "delete"])
def test_what_is_not_said_clearly_is_asked_for(
    project: Path, entry: str, said: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(project, command, entry, *(["fresh"] if command == "rename" else [])) == 2
    assert said in capsys.readouterr().err


def test_line_ends_of_windows_stay(project: Path) -> None:
    file = project / "data/policies/lamp-tax.yml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert call(project, "rename", "product:lamp", "lantern") == 0
    raw = file.read_bytes()
    assert b"[product:lantern]\r\n" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lin-na", "docs/sources/lamp-tax.md:1:109: p1, as “Lin Na”"),
        ("lin-na", "data/arguments/tax-makes-safe.yml:4:10: argument:tax-makes-safe, speaker"),
        ("policy:lamp-tax", "docs/index.md:3:15: “lamp tax”"),
        ("p4", "data/arguments/tax-failed.yml:12:11: “the lamp tax has failed”"),
        ("p4", "docs/index.md:3:82: “has failed”"),
        ("p4", "data/renderings.yml:10:16: rendering:fail, paragraphs 1"),
        ("lamp-tax:p1", "data/policies/lamp-tax.yml:5:31: policy:lamp-tax, target"),
        ("harbor-gazette", "data/actors/lin-na.yml:11:46: actor:lin-na, account 2, text"),
        ("argument:tax-makes-safe", "arguments/tax-failed.html"),
    ],
)
def test_what_depends_on_something_is_told_line_by_line(
    project: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(project, "where", name) == 0
    told = capsys.readouterr().out.splitlines()
    assert said in [line.strip() for line in told], told


def test_what_depends_on_something_is_the_same_by_line_and_by_key(small: Graph) -> None:
    by_key = dependents(small)
    assert "actor:lin-na" in by_key and "reference:harbor-gazette" in by_key
    for key, found in by_key.items():
        by_line = uses(small, Target(key))
        users = {use.words.partition(", ")[0] for use in by_line if use.sort == ENTRIES}
        assert len(found.entries) == len(set(found.entries)), key
        assert set(found.entries) == users, key
        text = {use.words.partition(",")[0] for use in by_line if use.sort == TEXT}
        notes = {words.rpartition(" ")[2] for words in text if words.startswith("the note")}
        linking = {words for words in text if not words.startswith("the note")}
        assert {f"p{number}" for _, number in found.paragraphs} == linking, key
        assert {f"p{number}" for _, number in found.notes} == notes, key


def test_of_what_is_unknown_the_nearest_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(project, "where", "lin-naa") == 2
    assert 'did you mean "lin-na"?' in capsys.readouterr().err


def test_nothing_is_deleted_on_which_something_depends(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}
    assert call(project, "delete", "actor:harbor-office", "--reason", "Twice.") == 1
    said = capsys.readouterr().err
    assert re.search(
        r'docs/sources/lamp-tax\.md:1:\d+: links to unknown actor "harbor-office"', said
    )
    assert "data/policies/lamp-tax.yml:4:9: links to unknown actor" in said
    assert "was not deleted: 5 places" in said
    assert before == {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}


def test_what_would_be_orphaned_keeps_an_entry_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(project, "delete", "argument:tax-failed") == 1
    assert "is an orphan: nothing refers to argument:tax-makes-safe" in capsys.readouterr().err


@pytest.mark.parametrize(
    "entry", ["actor:lin-na", "check:failed", "figure:takings", "term:much-thunder"]
)
def test_the_old_address_says_what_became_of_it(project: Path, edit: Edit, entry: str) -> None:
    for path in ("data/arguments/tax-makes-safe.yml", "docs/sources/lamp-tax.md"):
        file = project / path
        text = file.read_text(encoding="utf-8")
        text = re.sub(rf"\[([^\]]*)\]\({entry}\)", r"\1", text)
        text = text.replace("maker: quoted\nspeaker: actor:lin-na", "maker: critics")
        file.write_text(text, encoding="utf-8")
    if entry == "actor:lin-na":
        edit("data/checks/lamp-tax.yml", "  about: [actor:lin-na]\n", "")
        edit("data/events.yml", "  actors: [actor:lin-na]\n", "")
        edit("data/arguments/tax-makes-safe.yml", "causal", "causal\nstandalone: A test.")
        edit("data/policies/lamp-tax.yml", "tariff", "tariff\nstandalone: A test.")
    reason = "It stood here twice, see [the lamp tax](policy:lamp-tax)."
    day = ("--today", "2027-03-01")
    assert call(project, "delete", entry, "--reason", reason, *day) == 0
    archive, violations = read(project)
    assert violations == []
    kind, _, id_ = entry.partition(":")
    assert id_ not in archive.of(kind)
    pages = anchors(project)
    path, _, fragment = address(kind, id_).partition("#")
    assert leads_on(pages, address(kind, id_))
    there = pages[path][pages[path].index(f'id="{fragment}"') if fragment else 0 :]
    assert "March 1, 2027" in there
    assert "It stood here twice" in there
    assert call(project, "new", kind, id_, "Again") == 2


def test_links_lead_to_what_stands_instead(project: Path, edit: Edit) -> None:
    shutil.copy(project / "data/actors/lin-na.yml", project / "data/actors/miss-lin.yml")
    edit("data/actors/miss-lin.yml", "actor:lin-na", "actor:miss-lin")
    edit("data/checks/lamp-tax.yml", "[actor:lin-na]", "[actor:miss-lin, actor:lin-na]")
    assert read(project)[1] == []
    told = ("--reason", "One person.", "--replacement", "actor:miss-lin")
    assert call(project, "delete", "actor:lin-na", *told) == 0
    archive, violations = read(project)
    assert violations == []
    assert archive.checks["announced-by-lin-na"].model.about == ["actor:miss-lin"]
    assert 'href="miss-lin.html"' in anchors(project)["actors/lin-na.html"]
    assert call(project, "rename", "actor:miss-lin", "lin") == 0
    assert 'href="lin.html"' in anchors(project)["actors/lin-na.html"]


def test_a_gone_id_is_not_used_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/gone.yml").write_text(
        '- was: actor:lin-na\n  name: Lin\n  gone: "2027"\n  reason: Twice.\n'
        "  instead: actor:lin-nb\n",
        encoding="utf-8",
    )
    _, violations = read(project)
    assert [v.partition(": ")[2].partition(";")[0] for v in violations] == [
        "says that actor:lin-na is gone, but data/actors/lin-na.yml has it",
        'links to unknown actor "lin-nb" (did you mean "lin-na"?)',
    ]
