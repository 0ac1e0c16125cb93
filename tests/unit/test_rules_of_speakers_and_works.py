"""Rules that nothing else breaks: who is said to speak, works that nobody cites, citations after a
closing mark.
"""

from __future__ import annotations

from pathlib import Path

from conftest import Edit, read

FAILED = "data/arguments/tax-failed.yml"


def test_an_argument_by_a_quoted_person_names_the_speaker(project: Path, edit: Edit) -> None:
    edit(FAILED, "maker: author", "maker: quoted")
    assert read(project)[1] == [
        f"{FAILED}:3:8: is made by a quoted person but names no speaker; add speaker: actor:id"
    ]


def test_an_argument_by_nobody_quoted_names_none(project: Path, edit: Edit) -> None:
    edit(FAILED, "maker: author", "maker: author\nspeaker: actor:lin-na")
    assert read(project)[1] == [
        f'{FAILED}:4:10: names a speaker, but its maker is "author"; set maker: quoted or remove'
        " the speaker"
    ]


def test_a_work_that_nothing_cites_is_named(project: Path, edit: Edit) -> None:
    edit(
        "data/references.yml",
        "- id: harbor-gazette",
        "- id: harbor-atlas\n  title: The harbor drawn\n  publisher: Harbor Press\n"
        "  url: https://example.org/atlas\n  basis: known\n- id: harbor-gazette",
    )
    violations = read(project)[1]
    assert len(violations) == 1, violations
    assert violations[0].startswith(
        'data/references.yml:1:7: is a reference that nothing cites ("harbor-atlas"); cite it'
    )


def test_a_work_may_stand_alone_with_a_reason(project: Path, edit: Edit) -> None:
    edit(
        "data/references.yml",
        "- id: harbor-gazette",
        "- id: harbor-atlas\n  title: The harbor drawn\n  publisher: Harbor Press\n"
        "  url: https://example.org/atlas\n  basis: known\n  standalone: A map to look at.\n"
        "- id: harbor-gazette",
    )
    assert read(project)[1] == []


def test_a_citation_right_after_a_closing_mark_holds_the_quotation(
    project: Path, edit: Edit
) -> None:
    edit(FAILED, "The fishermen “did not buy it” [@p3].", "The fishermen “did not buy it”[@p3].")
    assert read(project)[1] == []
    edit(FAILED, "“did not buy it”[@p3]", "“did not sell it”[@p3]")
    assert len(read(project)[1]) == 1
