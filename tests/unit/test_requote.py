"""After a change of the translation, quotations are given the words that stand there now."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.commands.cli import main

TEXT = "docs/sources/lamp-tax.md"


def call(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), *arguments])


@pytest.fixture
def changed(project: Path, edit: Edit) -> Path:
    """The small archive, committed, then its text changed under four quotations."""
    edit(
        "docs/index.md",
        "“has failed” [@p4]",
        "that the tax\n“has [failed](argument:tax-failed)” [@p4]",
    )
    for command in ("init -q", "add .", "-c user.name=x -c user.email=x@y commit -qm x"):
        subprocess.run(["git", "-C", str(project), *command.split()], check=True)
    edit(TEXT, "makes ships safer at night", "makes every ship safer by night")
    edit(TEXT, "did not buy it", "refused to buy it")
    edit(TEXT, "has failed", "has clearly failed")
    edit(TEXT, "announced by", "proclaimed by")
    return project


def test_each_broken_quotation_stands_beside_what_stands_there_now(
    changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {p: p.read_bytes() for p in (changed / "data").rglob("*") if p.is_file()}
    assert call(changed, "requote") == 1
    told = capsys.readouterr().out
    for quoted, now in (
        ("p2 has: makes every ship safer by night", "makes ships safer at night"),
        ("p3 has: refused to buy it", "did not buy it"),
        ("p4 has: the lamp tax has clearly failed", "the lamp tax has failed"),
        ("p1 has: proclaimed by harbor master Lin Na", "announced by harbor master Lin Na"),
    ):  # fmt: skip
        assert f"quoted: {now}\n  {quoted}\n" in told
    assert "data/arguments/tax-failed.yml:9:26: argument:tax-failed" in told
    assert "docs/index.md:4:2: docs/index.md" in told
    assert before == {p: p.read_bytes() for p in (changed / "data").rglob("*") if p.is_file()}


def test_one_entry_or_all_get_the_words_that_stand_there_now(changed: Path) -> None:
    assert call(changed, "requote", "--apply", "argument:tax-failed") == 1
    argument = (changed / "data/arguments/tax-failed.yml").read_text(encoding="utf-8")
    assert "The fishermen “refused to buy it” [@p3]." in argument
    assert "text: the lamp tax has clearly failed" in argument
    assert "announced by" in (changed / "data/checks/lamp-tax.yml").read_text(encoding="utf-8")
    assert call(changed, "requote", "--apply", "all") == 0
    assert [v for v in read(changed)[1] if "quotes" in v] == []
    page = (changed / "docs/index.md").read_text(encoding="utf-8")
    assert "“has clearly [failed](argument:tax-failed)” [@p4]" in page
    assert call(changed, "requote") == 0


@pytest.mark.parametrize(
    "written",
    [
        "text: “[T]he lamp tax has … abolished” [@p4].",
        "text: >-\n      He says “lamp\n      tax has failed.” So be it [@p4].",
        'text: "He says “lamp tax has\n      failed,” [@p4] \\u0041men."',
    ],
)
def test_omissions_capitals_and_folded_lines_stay(project: Path, edit: Edit, written: str) -> None:
    edit("data/arguments/tax-failed.yml", "text: The fishermen “did not buy it” [@p3].", written)
    edit(TEXT, "In my view the [lamp tax](policy:lamp-tax)", "In my view the lamp duty")
    call(project, "requote", "--apply", "all")
    then = written.replace("tax has", "duty has")
    assert then in (project / "data/arguments/tax-failed.yml").read_text(encoding="utf-8")


def test_the_same_words_elsewhere_in_the_file_stay(project: Path, edit: Edit) -> None:
    edit("data/arguments/tax-failed.yml", "The author's conclusion", "They did not buy it, so he")
    edit(TEXT, "did not buy it", "did not want it")
    assert call(project, "requote", "--apply", "all") == 0
    argument = (project / "data/arguments/tax-failed.yml").read_text(encoding="utf-8")
    assert "They did not buy it, so he" in argument
    assert "The fishermen “did not want it” [@p3]." in argument


def test_where_nothing_is_like_it_nobody_guesses(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(TEXT, "The fishermen did not buy it.", "Nobody was at sea.")
    assert call(project, "requote", "--apply", "all") == 1
    assert (
        "p3 has: (nothing like it; take the words from the translation)" in capsys.readouterr().out
    )
    assert "“did not buy it”" in (project / "data/arguments/tax-failed.yml").read_text("utf-8")


def test_an_entry_of_which_no_quotation_broke_is_named(
    changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(changed, "requote", "--apply", "actor:nobody") == 2
    assert "no quotation broke in actor:nobody; there are actor:lin-na" in capsys.readouterr().err
