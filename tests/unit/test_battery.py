"""Slips, accidents and odd files by the hundred: whatever is handed in, the command neither stops
nor hangs, prints at most three lines for one cause, and leads to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from dossier.commands.cli import main

BATTERY: dict[str, dict[str, dict[str, str]]] = yaml.load(
    (ROOT / "tests/unit/battery.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
CASES = {f"{kind}: {name}": case for kind, found in BATTERY.items() for name, case in found.items()}
LIN = "data/actors/lin-na.yml"
PLACED = re.compile(r"[^:]+:\d+:\d+: \S.*")

Said = Callable[[], list[str]]


@pytest.fixture
def said(project: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """What ``dossier check`` says of the project, which it must find wrong."""

    def check() -> list[str]:
        code = main(["--root", str(project), "check"])
        *lines, count = capsys.readouterr().err.splitlines()
        assert code == 1
        assert count == f"{len(lines)} violation{'' if len(lines) == 1 else 's'}"
        assert 1 <= len(lines) <= 3, "\n".join(lines)
        assert all(PLACED.fullmatch(line) for line in lines), lines
        return lines

    return check


def test_the_battery_is_large() -> None:
    inputs = [tuple(case[key] for key in case if key != "said") for case in CASES.values()]
    assert len(set(inputs)) == len(inputs)
    assert len(inputs) + len(ENCODED) + len(PLACES) + len(CALLS) > 400


@pytest.mark.parametrize("name", CASES)
def test_a_slip_is_told(project: Path, said: Said, name: str) -> None:
    case = CASES[name]
    file = project / case["file"]
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if "whole" in case:
        changed = case["whole"]
    elif "more" in case:
        changed = text + case["more"]
    else:
        assert case["old"] in text
        changed = text.replace(case["old"], case["new"], 1)
    file.write_text(changed, encoding="utf-8", newline="")
    lines = said()
    assert any(line.startswith(case["said"]) for line in lines), "\n".join(lines)


GOOD = "name: Lin Na\ntype: person\nsummary: The harbor master [@p1].\nstandalone: x\n"

ENCODED: dict[str, tuple[bytes, str]] = {
    "UTF-16 with a mark": (GOOD.encode("utf-16"), "1:1: is not UTF-8 here"),
    "UTF-16 without a mark": (
        GOOD.encode("utf-16-le"),
        "1:2: holds the invisible character U+0000",
    ),
    "UTF-32": (GOOD.encode("utf-32"), "1:1: is not UTF-8 here"),
    "Latin-1": (GOOD.replace("Lin", "Lín").encode("latin-1"), "1:8: is not UTF-8 here"),
    "GB 18030": (GOOD.replace("Lin", "林").encode("gb18030"), "1:7: is not UTF-8 here"),
    "Big5": (GOOD.replace("Lin", "林").encode("big5"), "1:7: is not UTF-8 here"),
    "Windows quotation marks": (b"name: \x93Lin\x94\n", "1:7: is not UTF-8 here"),
    "a character cut off": ("name: 林".encode()[:-1], "1:7: is not UTF-8 here"),
    "an overlong form": (b"name: \xc0\xaf\n", "1:7: is not UTF-8 here"),
    "a surrogate": (b"name: \xed\xa0\x80\n", "1:7: is not UTF-8 here"),
    "a byte-order mark": (b"\xef\xbb\xbf" + GOOD.encode(), "1:1: begins with a byte-order mark"),
    "a byte-order mark within": (
        "name: \ufeffLin".encode(),
        "1:7: holds the invisible character U+FEFF",
    ),
    "a null byte": (b"name: Lin\0", "1:10: holds the invisible character U+0000"),
    "a color of the terminal": (b"name: \x1b[31mLin", "1:7: holds the invisible character U+001B"),
    "a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "1:1: is not UTF-8 here"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "1:1: is not UTF-8 here"),
    "a ZIP": (b"PK\x03\x04\x14", "1:3: holds the invisible character U+0003"),
    "a gzip": (b"\x1f\x8b\x08", "1:2: is not UTF-8 here"),
    "a line separator": ("name: Lin\u2028".encode(), "1:10: holds the invisible character U+2028"),
    "a soft hyphen": ("name: Lin\u00ad".encode(), "1:10: holds the invisible character U+00AD"),
    "a right-to-left override": (
        "name: Lin\u202e".encode(),
        "1:10: holds the invisible character U+202E",
    ),
    "a zero-width joiner": (
        "name: Lin\u200d".encode(),
        "1:10: holds the invisible character U+200D",
    ),
    "a character of private use": (
        "name: Lin\ue000".encode(),
        "1:10: holds the invisible character U+E000",
    ),
    "a non-character": ("name: Lin\uffff".encode(), "1:10: holds the invisible character U+FFFF"),
    "a tag character": (
        "name: Lin\U000e0041".encode(),
        "1:10: holds the invisible character U+E0041",
    ),
    "line ends of old Macintoshes": (
        b"name: Lin\rNa",
        "1:10: holds the invisible character U+000D",
    ),
    "two megabytes and one byte": (b"x" * 2_000_001, "1:1: is larger than 2 MB"),
    "a merge conflict": (b"<<<<<<< HEAD\nname: Lin\n=======\n", "1:1: holds a merge conflict"),
}


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("path", [LIN, "docs/sources/lamp-tax.md", "docs/index.md"])
def test_bytes_that_are_no_text_are_told(project: Path, said: Said, name: str, path: str) -> None:
    content, message = ENCODED[name]
    (project / path).write_bytes(content)
    (line,) = said()
    assert line.startswith(f"{path}:{message}")


OPENED = {"[": "[", "[@": "[", "[a](": "(", "(": "(", "<a ": "<", "`": "`"}


@pytest.mark.parametrize(
    ("path", "filler"),
    [
        *((path, one) for path in ("docs/sources/lamp-tax.md", "docs/index.md") for one in OPENED),
        *((LIN, one) for one, mark in OPENED.items() if mark != "["),  # which YAML counts itself
    ],
)
def test_what_is_opened_without_end_is_told_at_once(
    project: Path, said: Said, path: str, filler: str
) -> None:
    with (project / path).open("a", encoding="utf-8") as file:
        file.write(f"\nzh: x {filler * 20_000}\n")
    (line,) = said()
    assert line.startswith(f"{path}:") and f': opens "{OPENED[filler]}" 100 times' in line


def test_tags_without_a_partner_are_told(project: Path, said: Said) -> None:
    """Nothing of a page is seen after a <title> that has no end."""
    with (project / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write("\nThe <title> of it, in `<code>`, <b>is</b> so.</div>\n")
    title, div = said()
    assert title.startswith("docs/index.md:6:5: holds <title>, which has no end; write both tags")
    assert div.startswith("docs/index.md:6:46: holds </div>, which ends what nothing begins")


def test_a_translation_of_what_is_no_source_is_told_once(project: Path, said: Said) -> None:
    file = project / "data/sources/lamp-tax.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"translation_of: nobody\n{text}", encoding="utf-8")
    assert any(': is a translation of "nobody", which is no other source' in x for x in said())


def test_a_picture_in_a_paragraph_is_told(project: Path, said: Said) -> None:
    file = project / "docs/sources/lamp-tax.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("The fish", "![x](http://a.example/x.png) The fish"), "utf-8")
    image, _ = said()
    assert image.startswith("docs/sources/lamp-tax.md:12:1: holds an image")


def test_many_unknown_fields_are_one_line(project: Path, said: Said) -> None:
    fields = "".join(f"field-{n}: x\n" for n in range(500))
    with (project / LIN).open("a", encoding="utf-8") as file:
        file.write(fields)
    (line,) = said()
    assert 'has 500 unknown fields, "field-0", "field-1", "field-2" and others' in line


@pytest.mark.parametrize("joined", [{"p3": "p3"}, {"p3": "p4", "p4": "p3"}, {"p3": "p9"}])
def test_a_paragraph_joined_with_none_is_told_once(
    project: Path, joined: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "docs/sources/lamp-tax.md"
    text = file.read_text(encoding="utf-8")
    for one, into in joined.items():
        text = text.replace(f"#{one} }}", f"#{one} joined={into} }}")
    file.write_text(text, encoding="utf-8")
    assert main(["--root", str(project), "check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert sum("which is no paragraph with words of its own" in line for line in lines) == len(
        joined
    )
    assert not any("; cite p" in line for line in lines)


A_PIPE = "is not an ordinary file but a pipe, a device or a folder"
A_LINK = "is a symbolic link"
NO_YML = "is not a .yml file"


def _actor(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")


def _page(path: Path) -> None:
    path.write_text("# Page\n", encoding="utf-8")


def _to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "data/actors/x.yaml": (_actor, NO_YML),
    "data/actors/x.json": (_actor, NO_YML),
    "data/actors/x": (_actor, NO_YML),
    "data/actors/x.yml.txt": (_actor, NO_YML),
    "data/actors/x.yml.orig": (_actor, NO_YML),
    "data/Thumbs.db": (_actor, NO_YML),
    "data/actors/a b.yml": (_actor, 'has the name "a b", which is not an id'),
    "data/actors/-x.yml": (_actor, 'has the name "-x", which is not an id'),
    "data/actors/林娜.yml": (_actor, 'has the name "林娜", which is not an id'),
    "data/actors/Lin-Na.yml": (_actor, 'has the name "Lin-Na", which is not an id'),
    "data/actors/index.yml": (_actor, 'has the name "index", which is the list\'s own page'),
    "data/actors/index-2.yml": (_actor, 'has the name "index-2", which is the list\'s own page'),
    "data/actors/nul.yml": (_actor, 'has the name "nul.yml", which Windows keeps'),
    "data/actors/com1.yml": (_actor, 'has the name "com1.yml", which Windows keeps'),
    "data/actors/sub/x.yml": (_actor, "is in the wrong place; actor files are"),
    "data/actors.yml": (_actor, "is in the wrong place; actor files are"),
    "data/x.yml": (_actor, 'is not in a known place: there is no kind "x"'),
    "data/persons/x.yml": (_actor, 'is not in a known place: there is no kind "persons"'),
    "data/actors/pipe.yml": (os.mkfifo, A_PIPE),
    "data/actors/folder.yml": (os.mkdir, A_PIPE),
    "data/events.yml": (os.mkdir, A_PIPE),
    "data/actors/out.yml": (_to("/etc/passwd"), A_LINK),
    "data/actors/loop.yml": (_to("loop.yml"), A_LINK),
    "data/actors/dangling.yml": (_to("nowhere"), A_LINK),
    "data/actors/endless.yml": (_to("/dev/zero"), A_LINK),
    "docs/what?.md": (_page, 'has the name "what?.md", which Windows cannot hold'),
    "docs/prn.txt": (_page, 'has the name "prn.txt", which Windows keeps'),
    "docs/timeline.md": (_page, "has the address of a page that is made from the data"),
    "docs/actors/lin-na.md": (_page, "has the address of a page that is made from the data"),
    "docs/sources/other.md": (_page, "has no record; write data/sources/other.yml"),
    "docs/pipe.md": (os.mkfifo, A_PIPE),
    "docs/folder.md": (os.mkdir, A_PIPE),
    "docs/outside": (_to("/etc"), A_LINK),
    "docs/endless.md": (_to("/dev/zero"), A_LINK),
}


@pytest.mark.parametrize("path", PLACES)
def test_what_is_in_the_wrong_place_or_no_file_is_told(
    project: Path, said: Said, path: str
) -> None:
    make, message = PLACES[path]
    (project / path).unlink(missing_ok=True)
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    make(project / path)
    assert any(line.startswith(f"{path}:1:1: {message}") for line in said())


BESIDE = ["{}~", "#{}#", ".{}.swp", ".#{}"]


@pytest.mark.parametrize("pattern", BESIDE)
@pytest.mark.parametrize("path", [LIN, "docs/index.md", "data/events.yml"])
def test_what_an_editor_leaves_is_nobody_s_data(project: Path, path: str, pattern: str) -> None:
    file = project / path
    beside = file.with_name(pattern.format(file.name))
    if pattern.startswith(".#"):
        beside.symlink_to("somebody@example.org.1")
    else:
        beside.write_text("nonsense", encoding="utf-8")
    assert main(["--root", str(project), "check"]) == 0


USAGE = "usage: "

CALLS: dict[str, str] = {
    "": USAGE,
    "nonsense": USAGE,
    "check x": USAGE,
    "match": USAGE,
    "match nowhere.txt": "dossier: nowhere.txt: No such file or directory; check the path",
    "match FOLDER": "Is a directory; check the path",
    "match BINARY": "dossier: the file is not UTF-8 text; save it as UTF-8",
    "match COPY --source x": "dossier: name a source with --source; known: lamp-tax",
    "fingerprint": USAGE,
    "fingerprint nowhere": "dossier: nowhere: No such file or directory; check the path",
    "fingerprint BINARY": "dossier: the file is not UTF-8 text; save it as UTF-8",
    "fingerprint FOLDER": "Is a directory; check the path",
    "new": USAGE,
    "new actor": USAGE,
    "new person x X": USAGE,
    "new source x X": USAGE,
    "new actor X_X X": 'dossier: "X_X" is not an id',
    "new actor ../x X": 'dossier: "../x" is not an id',
    "new actor index X": 'dossier: "index" has the name "index", which is the list\'s own page',
    "new actor con X": 'dossier: "con" has the name "con.yml", which Windows keeps',
    "new term letter-a X": 'dossier: "letter-a" has the id "letter-a", which its page uses itself',
    "new actor lin-na X": "dossier: actor:lin-na exists already in data/actors/lin-na.yml",
    "new event tax-begins X": "dossier: event:tax-begins exists already in data/events.yml",
    "new actor x NOTHING": "dossier: an entry needs a name",
    f"new actor {'a' * 300} X": "dossier: an id has at most 100 characters",
    "--root NOWHERE new actor x X": "holds no data/; go to the project's folder, or name --root",
    "--root NOWHERE review": "dossier: name a source with --source; known: none",
    "new-translation": USAGE,
    "new-translation x X --of lamp-tx": 'dossier: there is no source "lamp-tx" (did you mean',
    "new-translation lamp-tax X": 'dossier: "lamp-tax" is taken or is not an id',
    "new-source": USAGE,
    "new-source nowhere x X": "dossier: nowhere: No such file or directory; check the path",
    "new-source COPY X X": 'dossier: "X" is taken or is not an id',
    "new-source COPY lamp-tax X": 'dossier: "lamp-tax" is taken or is not an id',
    "new-source BINARY x X": "binary:1:1: is not UTF-8 text; save it as UTF-8",
    "rename": USAGE,
    "rename lin-na x": 'dossier: "lin-na" does not say of what kind it is; write actor:lin-na',
    "rename actor:nobody x": "dossier: there is no actor:nobody",
    "rename actor:lin-na Lin": 'dossier: "Lin" is not an id',
    "rename actor:lin-na harbor-office": 'dossier: the id "harbor-office" is taken',
    "rename actor:lin-na index": 'dossier: "index" has the name "index"',
    "rename actor:lin-na con": 'dossier: "con" has the name "con.yml"',
    "rename term:much-thunder letter-b": 'dossier: "letter-b" has the id "letter-b"',
    "rename person:lin-na x": 'dossier: there is no kind "person"; the kinds are actor',
    "delete": USAGE,
    "delete lin-na": 'dossier: "lin-na" does not say of what kind it is; write actor:lin-na',
    "delete actor:lin-na --replacement actor:lin-na": "dossier: actor:lin-na cannot stand instead",
    "delete actor:lin-na --replacement check:failed": "dossier: a check cannot stand for an actor",
    "where nobody": 'dossier: there is nothing called "nobody"',
    "requote --apply actor:lin-na": "dossier: no quotation broke in actor:lin-na",
    "open --today tomorrow": USAGE,
    "open --today 2026-02-30": USAGE,
    "links nothing": "dossier: no reference nothing in data/references.yml",
    "review p99": "dossier: lamp-tax has no p99",
    "review --source x": "dossier: name a source with --source; known: lamp-tax",
    "export": USAGE,
    "export COPY": "Not a directory",
    "export FOLDER": "belongs to the project itself",
    "pages": USAGE,
    "pages FOLDER": "belongs to the project itself",
    "schemas x": USAGE,
}


@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_call_is_told_and_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], call: str
) -> None:
    given = {"COPY": "copy.txt", "BINARY": "binary", "FOLDER": "docs", "NOWHERE": "nowhere"}
    (project / "copy.txt").write_text("x\n", encoding="utf-8")
    (project / "binary").write_bytes(b"\xff\xff")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    words = [
        "" if word == "NOTHING" else str(project / given[word]) if word in given else word
        for word in call.split()
    ]
    try:
        code = main(["--root", str(project), *words])
    except SystemExit as left:  # the parser's own way
        code = left.code if isinstance(left.code, int) else 1
    said = capsys.readouterr().err
    assert code == 2
    if CALLS[call] == USAGE:
        assert said.startswith(USAGE) and ": error: " in said.splitlines()[-1]
    else:
        assert said.count("\n") == 1 and said.startswith("dossier: ") and CALLS[call] in said
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
