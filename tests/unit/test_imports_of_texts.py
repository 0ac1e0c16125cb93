"""Other people's material: texts by their endings, entries from a sheet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import read
from dossier.commands.cli import main
from dossier.commands.init import text_of
from dossier.commands.texts import READERS, UnreadableTextError, of_pandoc, read_blocks

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
        ("a.txt", b"one\ntwo \xff", ":2:5: is not UTF-8 text; save it as UTF-8, or say --enc"),
        ("a.txt", "一段。".encode("gb18030"), "or say --encoding gb18030"),
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


WORD = Path(__file__).parents[1] / "foreign/word"
LETTER = """## Part one {#part-1}

A paragraph with *emphasis*, a footnote[^author-1], and 5 \\< 6.
{ #p1 }

[^author-1]: The author’s own note.

> A quotation.
{ #p2 }

> Of two paragraphs.
{ #p3 }

- one
- two
{ #p4 }

## Part two {#part-2}

### Smaller {#heading-1}

| Berth | Due |
| --- | --- |
| 30 | 2 |
{ #p5 }

A line and another, gone.
{ #p6 }
"""


def test_a_word_file_comes_in_through_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    """With pandoc itself where it is installed, and elsewhere with what it has answered."""
    recorded = (WORD / "letter.md").read_text(encoding="utf-8")
    if shutil.which("pandoc") is None:
        answer = subprocess.CompletedProcess("pandoc", 0, stdout=recorded, stderr="")
        monkeypatch.setattr(shutil, "which", lambda _: "pandoc")
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert text_of(read_blocks(WORD / "letter.docx")) == LETTER
    assert text_of(of_pandoc(recorded)) == LETTER


def test_signs_of_vertical_setting_are_set_upright_and_those_of_kanbun_left_out(
    tmp_path: Path,
) -> None:
    assert taken(tmp_path, "a.txt", "﹁不㆑知﹂︵一︶，種〻。\n\n︽詩︾︱二︙\n") == (
        "「不知」（一），種々。\n{ #p1 }\n\n《詩》—二…\n{ #p2 }\n"
    )


def test_a_text_in_another_encoding_is_read_when_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("一段。\r\n\r\n二段。".encode("gb18030"))
    assert [block.text for block in read_blocks(file, encoding="gb18030")] == ["一段。", "二段。"]
    file.write_bytes("﻿Bom.\n".encode("utf-16"))
    assert [block.text for block in read_blocks(file)] == ["Bom."]


def test_markdown_as_others_write_it(tmp_path: Path) -> None:
    text = """---
title: Left out
---

# One

Calls[^x].

- a

- b

***

# Two

## Empty

# Three

Last.
{ #p9 }

[^x]: What is
    called.

## Nothing follows
"""
    assert taken(tmp_path, "a.md", text) == (
        "## One {#part-1}\n\nCalls[^author-1].\n{ #p1 }\n\n[^author-1]: What is called.\n\n"
        "- a\n- b\n{ #p2 }\n\n### Two {#heading-1}\n\n### Empty {#heading-2}\n\n"
        "## Three {#part-2}\n\nLast.\n{ #p3 }\n"
    )


def begun(tmp_path: Path, name: str, content: bytes, title: str = "T") -> int:
    file = tmp_path / name
    file.write_bytes(content)
    call = ["init", str(tmp_path / "new"), "--text", str(file), "--language", "en"]
    return main([*call, "--title", title, "--no-build"])


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2, a <b>tag</b> &amp; &nbsp; [@p9] { #p1 } ![i](j) ~~x~~ ``` $x$ {{ y }}\n",
        "| no verse\n\n> no quotation\n\n# no heading\n\n- no list\n\n[a]: b\n",
        "\ufeffBom\r\n\r\nCrlf\r\n\r\nOld\rMac\u2028line\x0cfeed\x00\u200b\u202e\n",
        "👩‍👧 می‌خواهم\n",
        "one" * 100_000,
    ],
)
def test_any_plain_text_begins_an_edition_that_is_in_order(tmp_path: Path, text: str) -> None:
    assert begun(tmp_path, "a.txt", text.encode()) == 0
    assert main(["--root", str(tmp_path / "new"), "check"]) == 0


@pytest.mark.parametrize("title", ['"No" & it’s: #1', "🚀 título", "{{ x }} `c` [a](b) *", "null"])
def test_any_title_begins_an_edition_that_is_in_order(tmp_path: Path, title: str) -> None:
    assert begun(tmp_path, "a.txt", b"A text.\n", title) == 0
    assert main(["--root", str(tmp_path / "new"), "check"]) == 0


@pytest.mark.parametrize(
    ("content", "title", "said"),
    [
        (b"# A\n\nFine.\n\nNot <b>so</b>.\n", "T", 'a.md:5:5: holds HTML ("<b>")'),
        (b"Fine.\n\n![A map](map.png)\n", "T", "a.md:3:1: shows map.png, which is not beside it"),
        (b"Fine.\n", "A <b>", '--title: holds HTML ("<b>")'),
    ],
)
def test_what_cannot_be_taken_in_says_where_it_is_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, title: str, said: str
) -> None:
    assert begun(tmp_path, "a.md", content, title) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "actors.csv:1:1: is empty; its first row names the fields"),
        (b'name,type\n"Anna,person\n', "actors.csv:2:1: opens a quotation mark that does not"),
        (b"name,name\nA,B\n", 'actors.csv:1:1: "name" stands in more than one column'),
        ("name,type,summary\n🚀,person,x [@p4].\n".encode(), "no id can be made; give the row"),
        ("name,type\n张三,person\n".encode("gb18030"), "actors.csv:2:1: is not UTF-8 text"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_where(
    project: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    file = project.parent / "actors.csv"
    file.write_bytes(content)
    assert main(["--root", str(project), "import", str(file)]) > 0
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_sheet_as_excel_saves_it_is_read(project: Path, encoding: str) -> None:
    text = "name;type;summary;standalone\r\nBerta;person;A neighbor, as told [@p4].;Not named.\r\n"
    file = project.parent / "actors.csv"
    file.write_bytes(text.encode(encoding))
    assert main(["--root", str(project), "import", str(file)]) == 0
    archive, violations = read(project)
    assert violations == []
    assert archive.actors["berta"].model.summary == "A neighbor, as told [@p4]."


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
