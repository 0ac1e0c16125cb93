"""What the commands do for a contributor: new entries, renamed ids, open work, review, schemas."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT, Edit, read
from dossier.commands.cli import main
from dossier.commands.open_work import open_work
from dossier.commands.review import drifts
from dossier.commands.schema import (
    WRITTEN_BY_HAND,
    modeline,
    schema_files,
    settings_schema,
)
from dossier.graph.refs import Graph, build_graph
from dossier.kinds import BY_FOLDER, KINDS
from dossier.model import Settings, schema


def call(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), *arguments])


def test_a_new_entry_has_its_fields_explained_and_candidates_filled_in(project: Path) -> None:
    assert (
        call(project, "new", "actor", "fishermen", "The fishermen", "fishermen", "--zh", "渔民")
        == 0
    )
    text = (project / "data/actors/fishermen.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../.schemas/actor.json\n")
    assert "cites: [p3]" in text
    assert "zh: 渔民" in text
    assert "# The Chinese name as the source writes it" in text


@pytest.mark.parametrize(
    "kind",
    [
        "actor",
        "policy",
        "argument",
        "product",
        "event",
        "figure",
        "term",
        "check",
        "reference",
        "rendering",
    ],
)
def test_what_is_not_filled_in_yet_is_named(project: Path, kind: str) -> None:
    assert call(project, "new", kind, "fresh", "Fresh") == 0
    _, violations = read(project)
    assert violations
    assert all("TODO" in v or "lacks" in v or "empty" in v for v in violations), violations
    folder = KINDS[kind].folder
    file = project / f"data/{folder}/fresh.yml"
    file = file if file.exists() else project / f"data/{folder}.yml"
    named = {int(v.split(":")[1]) for v in violations if "is not written yet (TODO)" in v}
    lines = file.read_text(encoding="utf-8").splitlines()
    assert named >= {n for n, line in enumerate(lines, 1) if re.search(r": TODO", line)}


def test_all_that_is_to_be_written_is_asked_in_one_round(project: Path) -> None:
    """Filling in every TODO that a new entry has, in one go, leaves nothing to be asked."""
    answers = {
        "event": {"voice": "author", "date": '"2021"', "lane": "law", "summary": "So [@p1]."},
        "reference": {"publisher": "A press", "url": "https://example.org/new", "basis": "known"},
        "policy": {"summary": "A law [@p1].", "instrument": "tax", "issuer": "actor:lin-na",
                   "target": "Ships [@p1].", "voice": "author", "state": "in force",
                   "date": '"2021"', "text": "It began [@p1]."},
        "check": {"voice": "author", "type": "fact", "quote": "has failed",
                  "verdict": "not verifiable here", "note": "Nobody knows.", "checked": '"2026"'},
    }  # fmt: skip
    for kind, said in answers.items():
        assert call(project, "new", kind, f"new-{kind}", "has failed") == 0
        folder = KINDS[kind].folder
        file = project / f"data/{folder}/new-{kind}.yml"
        file = file if file.exists() else project / f"data/{folder}.yml"
        text = file.read_text(encoding="utf-8")
        for name, value in {**said, "standalone": "Only a test."}.items():
            text = re.sub(rf"^( *(?:- )?{name}:) TODO.*$", rf"\1 {value}", text, flags=re.M)
        assert "TODO" not in text
        file.write_text(text, encoding="utf-8")
    _, violations = read(project)
    assert violations == []


@pytest.mark.parametrize(
    ("kind", "id_"), [("actor", "lin-na"), ("actor", "Lin Na"), ("actor", "../x")]
)
def test_an_id_that_is_taken_or_none_is_refused(
    project: Path, kind: str, id_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(project, "new", kind, id_, "X") == 2
    assert capsys.readouterr().err.startswith("dossier: ")


def test_a_second_entry_of_one_name_is_asked_about(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(project, "new", "actor", "miss-lin", "Lin Na") == 0
    assert "actor:lin-na has that name as well" in capsys.readouterr().err


def test_open_work_is_listed(project: Path, edit: Edit) -> None:
    edit("docs/sources/lamp-tax.md", "[Lin Na](actor:lin-na) said", "Lin Na said")
    archive, violations = read(project)
    assert violations == []
    found = open_work(build_graph(archive), datetime.date(2027, 6, 1))
    assert found["Names in the text without a link"] == [
        'docs/sources/lamp-tax.md:6:63: "Lin Na" could link to actor:lin-na'
    ]
    assert len(found["Checks older than 365 days"]) == 2


def test_a_changed_translation_asks_for_review_and_names_what_rests_on_it(
    project: Path, edit: Edit
) -> None:
    assert call(project, "review") == 0
    edit("docs/sources/lamp-tax.md", "did not buy it", "did not buy it at all")
    edit("data/arguments/tax-failed.yml", "did not buy it", "did not buy it at all")
    archive, violations = read(project)
    assert violations == []
    (drift,) = drifts(project, build_graph(archive))
    assert (
        str(drift)
        == "docs/sources/lamp-tax.md:12:1: p3 has changed since it was last reviewed; look at what"
        " rests on it: argument:tax-failed, term:much-thunder; then run dossier review p3"
    )
    assert (
        call(
            project, "review", "p3", "--by", "Lin Na, against the Chinese", "--today", "2027-06-01"
        )
        == 0
    )
    assert drifts(project, build_graph(archive)) == []
    lock = json.loads((project / "data/sources/lamp-tax.lock.json").read_text(encoding="utf-8"))
    assert lock["p3"][2] == "Lin Na, against the Chinese, 2027-06-01"
    assert len(lock["p2"]) == 2  # nobody signed it


def test_a_new_link_or_note_asks_for_no_review(project: Path, edit: Edit) -> None:
    call(project, "review")
    edit("docs/sources/lamp-tax.md", "The fishermen", "The [fishermen](actor:lin-na)")
    archive, _ = read(project)
    assert drifts(project, build_graph(archive)) == []


def test_the_real_translation_is_reviewed(real: Graph) -> None:
    assert drifts(ROOT, real) == []


def test_schemas_are_in_step_with_the_model(real: Graph) -> None:
    for path, content in schema_files(real.archive.settings).items():
        assert (ROOT / path).read_text(encoding="utf-8") == content, f"run dossier schemas ({path})"
    for path, renew in WRITTEN_BY_HAND.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        assert renew(text) == text, f"run dossier schemas ({path})"


def test_every_data_file_fits_its_schema_and_points_to_it(real: Graph) -> None:
    files = list((ROOT / "data").rglob("*.yml"))
    assert files
    for path in files:
        shown = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        assert text.startswith(modeline(shown) + "\n"), shown
        place = path.relative_to(ROOT / "data").parts[0].removesuffix(".yml")
        described = (
            settings_schema()
            if place == "edition"
            else schema(BY_FOLDER[place].id, real.archive.settings)
        )
        jsonschema.validate(yaml.safe_load(text), described)


def test_the_schema_refuses_what_the_model_refuses(project: Path) -> None:
    entry = yaml.safe_load((project / "data/actors/lin-na.yml").read_text(encoding="utf-8"))
    jsonschema.validate(entry, schema("actor", Settings()))
    for change in (
        {"type": "persona"},
        {"alias": ["x"]},
        {"relations": [{"voice": "author", "to": "nvidia", "type": "leads"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**entry, **change}, schema("actor", Settings()))


def test_vs_code_knows_the_schema_of_every_kind() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert set(settings["yaml.schemas"]) == set(schema_files(Settings()))


def test_a_copy_of_the_small_archive_is_whole(project: Path) -> None:
    shutil.copytree(project, project.parent / "again")
    assert read(project.parent / "again")[1] == []


@pytest.mark.parametrize("folder", [".", "..", "docs", "data/new", "hooks"])
@pytest.mark.parametrize("command", ["pages", "export"])
def test_nothing_is_written_over_what_the_project_is_made_from(
    project: Path, command: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(project.rglob("*"))
    assert call(project, command, str(project / folder)) == 2
    assert "belongs to the project itself" in capsys.readouterr().err
    assert sorted(project.rglob("*")) == before
