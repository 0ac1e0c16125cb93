"""What YAML allows and contributors do not need: refused in one line, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import read
from dossier.errors import InvalidArchiveError
from dossier.read.edition import read_edition

FIELDS = "name: Lin Na\ntype: person\n"

# What the file of an actor holds, and what is said first.
REFUSED = {
    "a lone question mark": ("?", "1:2: has a field without a name; write name: value"),
    "a question mark after fields": (FIELDS + "?",
        "3:2: has a field without a name; write name: value"),
    "a name that is null": (FIELDS + "~: x\n",
        "3:1: has a field without a name; write name: value"),
    "a name that is the word for null": (FIELDS + "null: x\n",
        "3:1: has a field without a name; write name: value"),
    "no name before the colon": (FIELDS + ": x\n",
        "3:1: is not valid YAML: did not find expected key"),
    "no name in braces": (FIELDS + "roles: [{: x}]\n",
        "3:10: is not valid YAML: did not find expected node content"),
    "a list for a name": (FIELDS + "? [a, b]\n: c\n",
        "3:3: has a list or mapping as the name of a field; use a word"),
    "a mapping for a name": (FIELDS + "? {a: b}\n: c\n",
        "3:3: has a list or mapping as the name of a field; use a word"),
    "a name in quotes with nothing in it": (FIELDS + '"": x\n',
        '3:1: has the unknown field ""; remove or rename it'),
    "a name after a question mark": (FIELDS + "? nonsense\n: x\n",
                                                  '3:3: has the unknown field "nonsense"; remove '
                                                  'or rename it'),
    "a name with a value on the next line": (FIELDS + "nonsense:\n  x\n",
                                                          '3:1: has the unknown field '
                                                          '"nonsense"; remove or rename it'),
    "an escape for what nobody sees": (FIELDS + '"na\\u200bme": x\n',
                                                    "3:1: holds the invisible character U+200B; "
                                                    "delete it"),
    "a tag": (FIELDS + "zh: !!binary aGk=\n",
        '3:5: uses the YAML tag "tag:yaml.org,2002:binary"; write a plain value'),
    "a tag of its own": (FIELDS + "zh: !mine x\n",
        '3:5: uses the YAML tag "!mine"; write a plain value'),
    "a tag on the name": (FIELDS + "!!str zh: x\n",
        '3:1: uses the YAML tag "tag:yaml.org,2002:str"; write a plain value'),
    "a tag on the file": ("!!map\nname: x\n",
        '1:1: uses the YAML tag "tag:yaml.org,2002:map"; write a plain value'),
    "an anchor": (FIELDS + "zh: &a x\n",
        "3:5: uses a YAML anchor or alias (& or *); write the value out"),
    "an alias": (FIELDS + "zh: *a\n",
        "3:5: uses a YAML anchor or alias (& or *); write the value out"),
    "a merge key": (FIELDS + "<<: {zh: x}\n",
        "3:1: uses a YAML merge key (<<); write the fields out"),
    "a word for a file": ("nonsense", "1:1: is not an entry; write its fields as name: value"),
    "a number for a file": ("42\n", "1:1: is not an entry; write its fields as name: value"),
    "a list for a file": ("- name: x\n", "1:1: is not an entry; write its fields as name: value"),
    "a text in quotes for a file": ('"x"', "1:1: is not an entry; write its fields as name: value"),
    "nothing": ("", "1:1: is empty; write the fields of the entry or delete the file"),
    "a comment alone": ("# later\n",
        "1:1: is empty; write the fields of the entry or delete the file"),
    "three dashes alone": ("---\n",
        "1:1: is empty; write the fields of the entry or delete the file"),
    "null": ("~\n", "1:1: is empty; write the fields of the entry or delete the file"),
    "two documents": (FIELDS + "---\nname: y\n",
        "3:1: holds a second document after ---; keep one document a file"),
    "two empty documents": ("---\n---\n",
        "2:1: holds a second document after ---; keep one document a file"),
    "a list that the file ends in": (FIELDS + "aliases: [x,<<",
                                                  "3:15: is not valid YAML: did not find "
                                                  "expected ',' or ']'"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_its_place(project: Path, case: str) -> None:
    content, expected = REFUSED[case]
    (project / "data/actors/lin-na.yml").write_text(content, encoding="utf-8")
    _, violations = read(project)
    assert any(v.startswith(f"data/actors/lin-na.yml:{expected}") for v in violations), violations


def test_a_list_file_says_so_too(project: Path) -> None:
    for content, expected in {
        "? x\n": "is not a list; each event is an item that begins with - id:",
        "- ?\n": "has a field without a name; write name: value",
        "- x\n": "is not an entry; write its fields as name: value",
        "- - id: x\n": "is not an entry; write its fields as name: value",
        "-\n": "is not an entry; write its fields as name: value",
    }.items():
        (project / "data/events.yml").write_text(content, encoding="utf-8")
        _, violations = read(project)
        said = [v for v in violations if v.startswith("data/events.yml:1:")]
        assert len(said) == 1, violations
        assert expected in said[0]


def test_front_matter_is_read_in_the_same_way(project: Path) -> None:
    page = project / "docs/about.md"
    page.write_text("---\n? [a]\n: b\n---\n\n# About\n", encoding="utf-8")
    _, violations = read(project)
    assert (
        "docs/about.md:2:3: has a list or mapping as the name of a field; use a word" in violations
    )


CITATION = {
    "another encoding": (
        "title: “x”".encode("utf-16"),
        "CITATION.cff:1:1: is not UTF-8 here; save the file as UTF-8",
    ),
    "a list": (
        b"- x\n",
        "CITATION.cff:1:1: is not a record of the edition; write its fields as name: value",
    ),
    "a list for a title": (
        b"title: [x]\n",
        'CITATION.cff:1:8: has the field "title" in the wrong shape; give text',
    ),
    "an author without a name": (
        b"authors:\n  - x\n",
        'CITATION.cff:2:5: has no name for the first author; write authors: [{name: "…"}]',
    ),
    "one author for a list": (
        b"authors: x\n",
        'CITATION.cff:1:10: has no name for the first author; write authors: [{name: "…"}]',
    ),
    "broken": (b"title: [x\n", "CITATION.cff:2:1: is not valid YAML"),
}


@pytest.mark.parametrize("case", CITATION)
def test_a_broken_record_of_the_edition_is_told_like_broken_data(project: Path, case: str) -> None:
    content, expected = CITATION[case]
    (project / "CITATION.cff").write_bytes(content)
    with pytest.raises(InvalidArchiveError) as error:
        read_edition(project, read(project)[0])
    assert str(error.value).startswith(expected)


def test_a_page_may_give_a_date_that_is_none(project: Path) -> None:
    page = project / "docs/about.md"
    page.write_text("---\ntitle: About\ndate: 2025-02-30\n---\n\n# About\n", encoding="utf-8")
    archive, _ = read(project)
    assert [page.title for page in archive.pages if page.path == "about.md"] == ["About"]


def test_a_list_of_changes_may_have_no_release_yet(project: Path) -> None:
    (project / "CHANGELOG.md").write_text("# Changes\n", encoding="utf-8")
    assert read_edition(project, read(project)[0]).releases == ()
