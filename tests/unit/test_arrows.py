"""Reasons for relations: shown, exported to the part they aim at, and refused where they aim at
nothing.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from conftest import Edit, graph_of, read
from dossier.commands.cli import main
from dossier.commands.open_work import open_work
from dossier.exports.graphs import aif
from dossier.graph.refs import build_graph, reference_label
from dossier.graph.sides import sides

FAILED = "data/arguments/tax-failed.yml"
ATTACK = "attacks: [argument:tax-makes-safe]\n"
ARROW = """arrows:
  - voice: editors
    to: argument:tax-makes-safe
    target: %s
    because: Lights that nobody buys light nothing [@p3].
"""


def _premise(edit: Edit) -> None:
    edit(
        "data/arguments/tax-makes-safe.yml",
        "policies:",
        "premises:\n  - voice: editors\n    text: Light is safety [@p2].\npolicies:",
    )


@pytest.mark.parametrize(
    ("target", "end"),
    [
        ("claim", "tax-makes-safe"),
        ("step", "tax-makes-safe/inference"),
        ("premise 1", "tax-makes-safe/premise-1"),
    ],
)
def test_aif_leads_the_conflict_to_the_part_that_is_meant(
    project: Path, edit: Edit, target: str, end: str
) -> None:
    _premise(edit)
    edit(FAILED, ATTACK, ATTACK + ARROW % target)
    archive, violations = read(project)
    assert violations == []
    edges = {(edge["fromID"], edge["toID"]) for edge in aif(build_graph(archive))["edges"]}
    conflict = "tax-failed/attacks/tax-makes-safe"
    assert {(conflict, end), (f"{conflict}/because", conflict)} <= edges


def test_a_reason_without_a_relation_is_refused(project: Path, edit: Edit) -> None:
    edit(FAILED, ATTACK, "concedes: []\n" + ARROW % "claim")
    assert any(
        "gives a reason for argument:tax-makes-safe, to which it has no relation" in line
        for line in read(project)[1]
    )


def test_a_reason_that_aims_at_a_premise_that_is_not_there_is_refused(
    project: Path, edit: Edit
) -> None:
    edit(FAILED, ATTACK, ATTACK + ARROW % "premise 1")
    assert any(
        "aims at the premise 1 of argument:tax-makes-safe, which has 0 premises" in line
        for line in read(project)[1]
    )


def test_an_argument_of_the_editors_that_nothing_answers_is_open_work(
    project: Path, edit: Edit
) -> None:
    heading, day = "Editors’ arguments that nothing answers", datetime.date(2026, 11, 28)
    assert heading not in open_work(graph_of(project), day)
    edit(FAILED, "maker: author", "maker: editors")
    found = open_work(graph_of(project), day)[heading]
    assert [line.partition(": ")[2] for line in found] == ["The tax has failed"]
    edit(
        "data/arguments/tax-makes-safe.yml",
        "policies:",
        "attacks: [argument:tax-failed]\npolicies:",
    )
    assert heading not in open_work(graph_of(project), day)


def test_sides_follow_from_whom_an_argument_attacks_and_supports(project: Path, edit: Edit) -> None:
    edit(FAILED, "maker: author", "maker: editors")
    assert sides(graph_of(project)) == {
        "tax-makes-safe": "for",
        "tax-failed": "against",
    }
    reply = project / "data/arguments/reply.yml"
    reply.write_text(
        "name: A reply\nclaim: It has not failed.\nmaker: editors\ntype: value\nsummary: A reply"
        " [@p2].\nattacks: [argument:tax-failed]\nstandalone: A reply.\n",
        encoding="utf-8",
    )
    assert sides(graph_of(project))["reply"] == "for"


def test_check_counts_the_sides_and_names_what_nothing_answers(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "check"]) == 0
    assert "arguments:" not in capsys.readouterr().out
    edit(FAILED, "maker: author", "maker: editors")
    assert main(["--root", str(project), "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "arguments: 1 for the case (0 by the editors), 1 against the case (1 by the editors)",
        "  open: nothing answers data/arguments/tax-failed.yml: The tax has failed",
    ]


def test_a_citation_of_a_work_that_nobody_opened_says_so(project: Path, edit: Edit) -> None:
    label = reference_label(graph_of(project), "harbor-gazette")
    edit("data/references.yml", "basis: read", "basis: known")
    assert (
        reference_label(graph_of(project), "harbor-gazette") == f"{label}, not read by the editors"
    )
