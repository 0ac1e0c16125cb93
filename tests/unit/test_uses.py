"""What depends on a thing: every place that names it, in the order of files and lines."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import ROOT, Edit, read
from dossier.graph.refs import Graph, build_graph
from dossier.graph.uses import Target, dependents, targets, uses

NAMED: dict[str, dict[str, list[str]]] = yaml.load(
    (ROOT / "tests/unit/uses.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
"""By what is asked about: the places, by the sort of place under which they are told."""

PAGE = """See [her page](actors/lin-na.md), [another's](actors/lin-nas.md),
[p2](../sources/lamp-tax.html#p2) and [p22](../sources/lamp-tax.html#p22), as told
[@harbor-gazette] of [Lin](actor:lin-na). She says that it “makes ships safer” [@p2] and “did
not buy it” [@p3-p4] in “the dark” [@harbor-gazette].

In code"""
GONE = """\
- was: actor:mo-li
  name: Mo Li
  gone: "2026-01-03"
  reason: He is [Lin Na](actor:lin-na).
  instead: actor:lin-na
- was: actor:mo-la
  name: Mo La
  gone: "2026-01-03"
  reason: Nobody is.
"""
GLOSS = """type: idiom
  gloss:
    why: It is short [@p3].
    changes: Little.
    others:
      - {english: all talk, effect: It is plainer.}
      - {english: hot air, effect: It is ruder.}
"""


@pytest.fixture
def graph(project: Path, edit: Edit) -> Graph:
    """The small archive, with every way in which something can be named."""
    edit(
        "docs/sources/lamp-tax.md",
        "no currency but 元.",
        "no currency but 元; [Lin Na](actor:lin-na) counts [@harbor-gazette].",
    )
    edit("docs/sources/lamp-tax.md", "{ #p3 }", '{ #p3 speaker="actor:lin-na" }')
    edit("docs/index.md", "In code", PAGE)
    edit("data/actors/lin-na.yml", "type: person", "type: person\nformerly: [lin, miss-lin]")
    edit("data/terms.yml", "type: idiom\n", GLOSS)
    edit("data/arguments/tax-failed.yml", "type: value", "type: value\nsource: lamp-tax")
    edit(
        "data/sources/lamp-tax.yml",
        "paragraphs [@p1-p4]",
        "paragraphs [@p1-p4] that [Lin Na](actor:lin-na) and [@harbor-gazette] are about",
    )
    (project / "data/gone.yml").write_text(GONE, encoding="utf-8")
    archive, violations = read(project)
    assert violations == []
    return build_graph(archive)


@pytest.mark.parametrize("name", NAMED)
def test_every_place_is_told(graph: Graph, name: str) -> None:
    [target] = targets(graph, name)
    told: dict[str, list[str]] = {}
    for use in uses(graph, target):
        told.setdefault(use.sort, []).append(str(use))
    assert told == NAMED[name]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("actor:lin-na", [Target("actor:lin-na")]),
        ("lin-na", [Target("actor:lin-na")]),
        ("lamp-tax", [Target(f"{kind}:lamp-tax") for kind in ("policy", "rendering", "source")]),
        ("p4", [Target("source:lamp-tax", 4)]),
        ("lamp-tax:p4", [Target("source:lamp-tax", 4)]),
        ("p5", []),
        ("p0", []),
        ("another:p1", []),
        ("actor:nobody", []),
        ("person:lin-na", []),
        ("nobody", []),
    ],
)
def test_a_name_means_all_that_have_it(small: Graph, name: str, meant: list[Target]) -> None:
    assert targets(small, name) == meant


def test_what_depends_on_all_there_is_stands_in_the_order_of_the_archive(graph: Graph) -> None:
    found = dependents(graph)
    lin, work = found["actor:lin-na"], found["reference:harbor-gazette"]
    assert list(found) == sorted(found)
    assert "argument:tax-failed" not in found, "nothing depends on it"
    assert lin.entries == [
        "argument:tax-makes-safe",
        "event:tax-begins",
        "check:announced-by-lin-na",
        "source:lamp-tax",
    ]
    assert lin.paragraphs == [("lamp-tax", 1), ("lamp-tax", 2), ("lamp-tax", 3)]
    assert lin.notes == work.notes == [("lamp-tax", 2)]
    assert lin.pages == work.pages == ["index.md"]
    assert lin.formerly == ["lin", "miss-lin"]
    assert work.entries == ["actor:lin-na", "check:announced-by-lin-na", "source:lamp-tax"]
