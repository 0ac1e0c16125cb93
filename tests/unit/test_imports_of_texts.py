"""Other people's material: texts by their endings, entries from a sheet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import read
from dossier.commands.cli import main
from dossier.commands.init import text_of
from dossier.commands.texts import READERS, UnreadableTextError, read_blocks

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><head>One</head>
<p>A <hi rend="i">lamp</hi> [x]<note>left out</note> burns.</p>
<sp><speaker>The Chair</speaker><p>Speak.</p></sp>
<lg><l>one line</l><l>two</l></lg>
<div><head>Below</head><list><item>a</item><item>b</item></list>
<table><row><cell>A</cell></row><row><cell>1</cell></row></table></div>
</div></body></text></TEI>"""

TEXT = """## One {#part-1}

A *lamp* \\[x\\] burns.
{ #p1 }

Speak.
{ #p2 speaker="The Chair" }

| one line
| two
{ #p3 }

### Below {#heading-1}

- a
- b
{ #p4 }

| A |
| --- |
| 1 |
{ #p5 }
"""


def taken(tmp_path: Path, name: str, text: str, *, verse: bool = False) -> str:
    """The text of an edition, as it is taken from a file of this name."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return text_of(read_blocks(file, verse=verse))


def test_tei_keeps_heads_turns_verse_lists_and_tables(tmp_path: Path) -> None:
    assert taken(tmp_path, "a.xml", TEI) == TEXT


def test_markdown_keeps_its_headings_and_forms(tmp_path: Path) -> None:
    text = "# Title\n\n## One\n\n> quoted\n> words\n\n#### Low\n\nLast *one*.\n"
    assert taken(tmp_path, "a.md", text) == (
        "## One {#part-1}\n\n> quoted\n> words\n{ #p1 }\n\n#### Low {#heading-1}\n\n"
        "Last *one*.\n{ #p2 }\n"
    )


def test_a_plain_text_is_words_and_nothing_else(tmp_path: Path) -> None:
    text = "Broken\nlines.\n\n*Stars* & [brackets]_.\n"
    assert taken(tmp_path, "a.txt", text) == (
        "Broken lines.\n{ #p1 }\n\n\\*Stars\\* & \\[brackets\\]\\_.\n{ #p2 }\n"
    )
    assert taken(tmp_path, "b.txt", "a\nb\n\nc\n", verse=True) == (
        "| a\n| b\n{ #p1 }\n\n| c\n{ #p2 }\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xml", b"<TEI>\n<text><body></p></body></text></TEI>", ":2:15: is not well-formed XML"),
        ("a.xml", b"<TEI/>", "has no body"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "declares entities"),
        ("a.txt", b"one\ntwo \xff", ":2:1: is not UTF-8 text; save it as UTF-8"),
        ("a.txt", b" \n\n", "holds no paragraph"),
    ],
)
def test_a_text_that_cannot_be_read_says_where(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableTextError) as caught:
        read_blocks(file)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(file))


def test_without_pandoc_a_word_file_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert ".docx" in READERS
    with pytest.raises(UnreadableTextError, match=r"needs pandoc, which is not installed"):
        read_blocks(tmp_path / "a.docx")


# Sheets


def sheet(project: Path, name: str, text: str) -> int:
    file = project.parent / name
    file.write_text(text, encoding="utf-8")
    return main(["--root", str(project), "import", str(file)])


def test_a_sheet_becomes_entries(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "name,type,summary,aliases,standalone\n"
        '"Holm, Peter",person,"Who says ""has failed"" [@p4].",Peter; the fisherman,Not named.\n'
        "\nBerta,person,A neighbor [@p4].,,Not named yet.\n"
    )
    assert sheet(project, "actors.csv", text) == 0
    assert capsys.readouterr().out == "data/actors/holm-peter.yml\ndata/actors/berta.yml\n"
    archive, violations = read(project)
    assert violations == []
    holm = archive.actors["holm-peter"].model
    assert (holm.name, holm.aliases) == ("Holm, Peter", ["Peter", "the fisherman"])
    assert holm.summary == 'Who says "has failed" [@p4].'


def test_a_list_grows_by_a_sheet(project: Path) -> None:
    text = "id\tname\tvoice\tdate\tlane\tsummary\tstandalone\n"
    text += "storm\tA storm\tauthor\t2021\tlife\tIt blows [@p2].\tOnly told.\n"
    assert sheet(project, "events.csv", text) == 0
    archive, violations = read(project)
    assert violations == []
    assert list(archive.events) == ["tax-begins", "storm"]


def test_a_slip_in_a_sheet_has_line_and_column_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        'name,type,summary\nA,person,Fine [@p1].\n"B\nb",persn,x\nLin Na,person,Again.\n,person,x\n'
    )
    before = sorted(project.rglob("*.yml"))
    assert sheet(project, "actors.csv", text) == 1
    said = capsys.readouterr().err.splitlines()
    assert any(line.startswith("actors.csv:6:") for line in said)
    assert any(
        line.startswith('actors.csv:4:4: has "persn" for "type" (did you mean "person"?)')
        for line in said
    )
    assert any(
        line.startswith('actors.csv:5:1: has the id "lin-na", which is taken') for line in said
    )
    assert said[-1] == "nothing was written"
    assert sorted(project.rglob("*.yml")) == before


def test_what_a_sheet_cannot_hold_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sheet(project, "actors.csv", "name,roles,summry\nA,x,y\n") == 1
    said = capsys.readouterr().err
    assert 'actors.csv:1:6: "roles" is a field that a sheet cannot hold' in said
    assert 'actors.csv:1:12: "summry" is not a field of actor (did you mean "summary"?)' in said
    assert sheet(project, "people.csv", "name\nA\n") == 1
    assert "people.csv:1:1: has the name of no kind" in capsys.readouterr().err
