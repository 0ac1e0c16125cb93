"""What a pull request changes for readers, as its reviewers are told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, Edit
from dossier.commands.cli import main


@pytest.fixture
def committed(project: Path) -> Path:
    for command in ("init -q", "add .", "-c user.name=x -c user.email=x@y commit -qm x"):
        subprocess.run(["git", "-C", str(project), *command.split()], check=True)
    return project


def told(project: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The summary by its headings."""
    assert main(["--root", str(project), "changes", "HEAD"]) == 0
    sections = capsys.readouterr().out.split("\n## ")
    return {section.partition("\n")[0]: section.partition("\n")[2] for section in sections}


def test_nothing_is_said_of_nothing(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (heading, said), *_ = told(committed, capsys).items()
    assert heading == "# What changes for readers"
    assert "no page reads or looks different" in said


def test_words_stand_before_and_after_and_pages_and_pictures_are_named(
    committed: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit("data/events.yml", '"2020"', '"2021"')
    edit("data/actors/harbor-office.yml", "The office that levies", "The @office that raises")
    edit("docs/sources/lamp-tax.md", "did not buy it", "did not believe it")
    edit("data/arguments/tax-failed.yml", "did not buy it", "did not believe it")
    edit("data/arguments/tax-failed.yml", "name: The tax has failed", "name: The tax failed")
    edit("data/terms.yml", "雷声大，雨点小", "雷声大雨点小")
    edit("docs/index.md", "three years ago", "long ago")
    said = told(committed, capsys)
    eyes = said["For the eyes of a reader of Chinese"]
    assert "- **lamp-tax p3**: The fishermen did not <del>buy</del> <ins>believe</ins> it." in eyes
    assert "term\\:much-thunder, zh" in eyes
    assert "- **event\\:tax-begins, date**: <del>2020</del><ins>2021</ins>" in said["Dates (1)"]
    statements = said["Statements (2)"]
    assert "The <ins>&#64;</ins>office that" in statements
    assert "<del>levies</del> <ins>raises</ins>" in statements
    assert "actor\\:harbor-office" in statements
    pages = next(text for heading, text in said.items() if heading.startswith("Pages"))
    assert {"- timeline.md", "- index.md", "- arguments/tax-failed.md"} <= set(pages.split("\n"))
    pictures = next(text for heading, text in said.items() if heading.startswith("Pictures"))
    assert "- argument-map.md" in pictures


def test_a_commit_that_is_not_there_is_told(
    committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(committed), "changes", "nowhere"]) == 2
    assert 'no commit "nowhere" here' in capsys.readouterr().err


def test_the_summary_is_made_where_nothing_secret_is() -> None:
    workflow = yaml.load(
        (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    steps = workflow["jobs"]["check"]["steps"]
    step = next(s for s in steps if "GITHUB_STEP_SUMMARY" in s.get("run", ""))
    assert "env" not in step
    assert "${{" not in step["run"]
    assert workflow["permissions"] == {"contents": "read"}
