"""Every rule, broken once: file, line, column and cause, as a contributor reads them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Edit, read

TEXT = "docs/sources/lamp-tax.md"
LIN = "data/actors/lin-na.yml"

# What is wrong, in which file, what is replaced by what, and the one message that must come of it.
BROKEN = {
    "unknown paragraph": (LIN, "announced the lamp tax [@p1]", "announced the lamp tax [@p9]",
        'data/actors/lin-na.yml:5:57: cites unknown paragraph "p9" (the source has p1 to p4)'),
    "unknown paragraph in a list": (LIN, "    at: actor:harbor-office\n    cites: "
    "[p1]", "    at: actor:harbor-office\n    cites: [p1, p12]",
        'data/actors/lin-na.yml:16:17: cites unknown paragraph "p12" (the source has p1 to p4)'),
    "unknown source": (LIN, "announced the lamp tax [@p1]", "announced the lamp tax [@lamp-tex:p1]",
        'data/actors/lin-na.yml:5:66: cites unknown source "lamp-tex" (did you mean '
        '"lamp-tax"?); correct the id'),
    "backward range": (LIN, "tax [@p1].", "tax [@p3-p1].",
        'data/actors/lin-na.yml:5:57: cites the range "p3-p1" backwards; write p1-p3'),
    "unknown reference": (LIN, "@harbor-gazette", "@harbor-gazete",
        'data/actors/lin-na.yml:11:46: cites unknown reference "harbor-gazete" (did you mean '
        '"harbor-gazette"?); correct the id or add it to data/references.yml'),
    "no citation syntax": (LIN, "tax [@p1].", "tax [@page 1].",
        'data/actors/lin-na.yml:5:56: has the citation "@page 1", which is neither @p12 nor '
        '@p12-p14 nor @reference-id'),
    "citation without its sign": (LIN,
        "The author has her praise the tax", "The author has her praise the tax [p2]",
        'data/actors/lin-na.yml:8:45: has "[p2]", which cites nothing; write [@p2]'),
    "image in a field": (LIN,
        "The author has her praise the tax", "The author has ![her](x.png) praise the tax",
        "data/actors/lin-na.yml:8:26: holds an image, which a field cannot show; write words"),
    "entry of another kind": (LIN,
        "The author has her praise the tax", "The author has her praise the [tax](term:lamp-tax)",
        'data/actors/lin-na.yml:8:46: links to unknown term "lamp-tax" (did you mean '
        'policy:lamp-tax?); correct the id or add the entry'),
    "unknown entry in a field": (LIN, "    to: actor:harbor-office", "    to: actor:harbour-office",
        'data/actors/lin-na.yml:19:9: links to unknown actor "harbour-office" (did you mean '
        '"harbor-office"?); correct the id or add the entry'),
    "unknown entry in prose": (LIN, "The author has her praise the "
                                    "tax", "The author has her praise the [tax](policy:lamp-taxes)",
        'data/actors/lin-na.yml:8:46: links to unknown policy "lamp-taxes" (did you mean '
        '"lamp-tax"?); correct the id or add the entry'),
    "wrong kind of link": (LIN, "    to: actor:harbor-office", "    to: policy:lamp-tax",
        'data/actors/lin-na.yml:19:9: has "policy:lamp-tax" for "to"; write actor:id'),
    "link to itself": (LIN, "    to: actor:harbor-office", "    to: actor:lin-na",
        'data/actors/lin-na.yml:19:9: links to itself ("actor:lin-na"); remove it'),
    "unknown field": (LIN, "aliases:", "alias:",
        'data/actors/lin-na.yml:3:1: has the unknown field "alias" (did you mean "aliases"?); '
        'remove or rename it'),
    "field twice": (LIN, "zh: 林娜", "name: Lin",
        'data/actors/lin-na.yml:2:1: has the field "name" twice; keep one'),
    "missing field": (LIN, "type: person\n", "",
        'data/actors/lin-na.yml:1:1: lacks the field "type"; add it'),
    "wrong word": (LIN, "type: person", "type: persona",
        'data/actors/lin-na.yml:4:7: has "persona" for "type" (did you mean "person"?); use one '
        'of person, company, administration, government body, group'),
    "text for a list": (LIN, "aliases: [Lin the Harbor Master]", "aliases: Lin",
        'data/actors/lin-na.yml:3:10: has one value for "aliases" where a list is wanted; write '
        'aliases: [Lin], or a line with - for each'),
    "empty field": (LIN, "name: Lin Na", "name:",
        'data/actors/lin-na.yml:1:6: has the field "name" empty; give text'),
    "statement without citation": (LIN, "pass over what it brought in [@p2].\n    quote: makes "
    "ships safer at night", "pass over what it brought in.",
        "data/actors/lin-na.yml:7:5: is a statement that cites nothing; add cites: [p12] or a "
        "citation in its text"),
    "summary without citation": (LIN, "tax [@p1].", "tax.",
        "data/actors/lin-na.yml:5:10: has a summary that cites nothing; add [@p12] or "
        "[@reference-id]"),
    "author without paragraph": (LIN, "voice: editors", "voice: author",
        "data/actors/lin-na.yml:10:5: is the author's statement but cites no paragraph; cite "
        "one, or set voice: editors"),
    "no voice": (LIN, "  - voice: author\n    text", "  - text",
        'data/actors/lin-na.yml:7:5: lacks the field "voice"; add it'),
    "quoted without speaker": (LIN, "    speaker: actor:lin-na\n", "",
        "data/actors/lin-na.yml:23:12: has the voice of a quoted person but no speaker; add "
        "speaker: actor:id"),
    "speaker without quotation": (LIN, "  - voice: quoted", "  - voice: author",
        'data/actors/lin-na.yml:24:14: names a speaker, but its voice is "author"; set voice: '
        'quoted or remove the speaker'),
    "quotation off by a word": (LIN,
        "quote: makes ships safer at night", "quote: makes boats safer at night",
        'data/actors/lin-na.yml:9:12: quotes "makes boats safer at night", which does not stand '
        'in p2 (it has "makes ships safer at night,”"; dossier requote puts that in)'),
    "quotation in another paragraph": (LIN, "    cites: [p2]", "    cites: [p1]",
        'data/actors/lin-na.yml:27:12: quotes "The lamp tax makes ships safer at night", which '
        'does not stand in p1; it stands in p2, cite that'),
    "quotation in prose": ("data/arguments/tax-failed.yml", "“did not buy it”", "“did not sell it”",
        'data/arguments/tax-failed.yml:9:26: quotes "did not sell it", which does not stand in '
        'p3 (it has "did not buy it."; dossier requote puts that in)'),
    "quotation in a page": ("docs/index.md", "“has failed”", "“has succeeded”",
        'docs/index.md:3:82: quotes "has succeeded", which does not stand in p4 (it has "has '
        'failed"; dossier requote puts that in)'),
    "changed translation": (TEXT, "has failed and should", "failed and should",
        'data/arguments/tax-failed.yml:12:11: quotes "the lamp tax has failed", which does not '
        'stand in p4'),
    "not a date": ("data/events.yml", 'date: "2020"', 'date: "2020-13"',
        'data/events.yml:4:9: has "2020-13", which is not a day of the calendar'),
    "verdict on a judgment": ("data/checks/lamp-tax.yml", "  type: judgment\n",
    "  type: judgment\n  verdict: imprecise\n",
        "data/checks/lamp-tax.yml:15:12: gives a judgment a verdict; remove it, or say which "
        "type of claim this is"),
    "verdict without reference": ("data/checks/lamp-tax.yml", "so too [@harbor-gazette]", "so too",
        'data/checks/lamp-tax.yml:7:12: has the verdict "bears out" without a reference; cite '
        'one in the note'),
    "missing verdict": ("data/checks/lamp-tax.yml", "  verdict: bears out\n", "",
        "data/checks/lamp-tax.yml:1:3: is a fact without a verdict; add verdict: bears out, "
        "imprecise, contradicted or not verifiable here"),
    "reference that nobody can look up": ("data/references.yml",
    "  url: https://example.org/gazette\n", "",
        'data/references.yml:1:7: is a reference that nobody can look up ("harbor-gazette"); '
        'give it a "url", an "archived" address or a "shelfmark", or cite another work'),
    "orphan": ("data/events.yml", "  standalone: The only event.\n", "",
        'data/events.yml:1:3: is an orphan: nothing refers to event:tax-begins; link to it, or '
        'say why not in "standalone"'),
    "id twice": ("data/terms.yml", "- id: much-thunder",
        "- id: much-thunder\n  name: thunder\n  zh: 雷声大\n  voice: author\n  type: idiom\n"
        "  note: Thunder [@p3].\n- id: much-thunder",
        'data/terms.yml:7:7: has the id "much-thunder", which data/terms.yml:1:7 has already; '
        'choose another'),
    "id and file differ": (LIN, "name: Lin Na", "id: lin\nname: Lin Na",
        'data/actors/lin-na.yml:1:5: has the id "lin", but the file is named "lin-na"; leave the '
        'id out'),
    "paragraph without id": (TEXT, "{ #p3 }", "",
        "docs/sources/lamp-tax.md:12:1: has no paragraph id; write { #p12 } on the line after "
        "the paragraph"),
    "paragraph out of order": (TEXT, "{ #p3 }", "{ #p4 }",
        "docs/sources/lamp-tax.md:13:1: is p4 where p3 should stand; every paragraph comes once, "
        "in the source's order"),
    "stray text": (TEXT, "## Part 1 {#part-1}", "## Part 1 {#part-1}\n\nAnd another thing.",
        "docs/sources/lamp-tax.md:6:1: has no paragraph id; write { #p12 } on the line after the "
        "paragraph"),
    "paragraph missing": ("data/sources/lamp-tax.yml", "paragraphs: 4", "paragraphs: 5",
        "docs/sources/lamp-tax.md:1:1: has p1 to p4, but the source has 5 paragraphs; translate "
        "p5"),
    "paragraph too many": ("data/sources/lamp-tax.yml", "paragraphs: 4", "paragraphs: 3",
        "docs/sources/lamp-tax.md:15:1: is p4, but the source has 3 paragraphs; merge or remove "
        "it"),
    "note without mark": (TEXT, "takings).[^yuan]", "takings).",
        'docs/sources/lamp-tax.md:10:1: defines the note "[^yuan]", to which no paragraph '
        'refers; put [^yuan] in the text'),
    "mark without note": (TEXT, "[^yuan]: The author gives no currency but 元.\n", "",
        'docs/sources/lamp-tax.md:7:59: refers to the note "[^yuan]", which is not defined; add '
        '[^yuan]: … after the paragraph'),
    "unknown link in the translation": (TEXT, "(term:much-thunder)", "(term:much-lightning)",
        'docs/sources/lamp-tax.md:12:112: links to unknown term "much-lightning"; correct the id '
        'or add the entry'),
    "HTML in prose": (LIN, "The harbor master who", "The <b>harbor</b> master who",
        'data/actors/lin-na.yml:5:14: holds HTML ("<b>"); write plain text or Markdown'),
    "script in a name": (LIN, "name: Lin Na", "name: Lin <script>alert(1)</script>",
        'data/actors/lin-na.yml:1:11: holds HTML ("<script>"); write plain text'),
    "javascript link": (LIN, "[@p1].", "[@p1] [x](javascript:alert).",
        'data/actors/lin-na.yml:5:65: links to "javascript:alert"; a link begins with one of '
        'actor, policy, argument, product, event, figure, term, https, http, mailto'),
    "javascript address": ("data/references.yml", "url: https://example.org/gazette",
    "url: javascript:alert(1)",
        'data/references.yml:5:8: has "javascript:alert(1)" for "url"; write a full address that '
        'begins with https://'),
    "unclosed quotation mark": (LIN, "name: Lin Na", 'name: "Lin Na',
        "data/actors/lin-na.yml:"),
    "colon in a plain value": (LIN, "name: Lin Na", "name: Lin: Na",
        'data/actors/lin-na.yml:1:10: is not valid YAML: a second ": " in one line; put the '
        'whole value in quotes'),
    "tab": (LIN, "  - voice: author\n    text", "\t- voice: author\n    text",
        "data/actors/lin-na.yml:7:1: is not valid YAML: a tab indents this line; use spaces"),
    "anchor": (LIN, "name: Lin Na", "name: &a Lin Na",
        "data/actors/lin-na.yml:1:7: uses a YAML anchor or alias (& or *); write the value out"),
    "tag": (LIN, "name: Lin Na", "name: !!python/object:os.system Lin Na",
        'data/actors/lin-na.yml:1:7: uses the YAML tag '
        '"tag:yaml.org,2002:python/object:os.system"; write a plain value'),
    "merge key": (LIN, "name: Lin Na", "<<: x\nname: Lin Na",
        "data/actors/lin-na.yml:1:1: uses a YAML merge key (<<); write the fields out"),
    "second document": (LIN, "name: Lin Na", "---\nname: Lin Na\n---\na: b\n",
        "data/actors/lin-na.yml:3:1: holds a second document after ---; keep one document a file"),
    "invisible character": (LIN, "name: Lin Na", "name: Lin\u200bNa",
        "data/actors/lin-na.yml:1:10: holds the invisible character U+200B; delete it"),
    "invisible character by escape": (LIN, "name: Lin Na", 'name: "Lin\\u200bNa"',
        "data/actors/lin-na.yml:1:7: holds the invisible character U+200B; delete it"),
    "link slot by escape": (LIN, "name: Lin Na", 'name: "\\ue000href x\\ue001"',
        "data/actors/lin-na.yml:1:7: holds the invisible character U+E000; delete it"),
    "wrong fingerprint": ("data/sources/lamp-tax.yml", 'p1: "', 'p1: "x',
        'data/sources/lamp-tax.yml:27:7: has "x'),
    "parts with a gap": ("data/sources/lamp-tax.yml", "first: p2", "first: p3",
        'data/sources/lamp-tax.yml:22:12: begins the part "part-1" at p3; parts follow one '
        'another, so p2 is next'),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_names_file_line_column_and_cause(name: str, project: Path, edit: Edit) -> None:
    path, old, new, message = BROKEN[name]
    edit(path, old, new)
    _, violations = read(project)
    expected = message.removesuffix(" ")
    assert any(v.startswith(expected) for v in violations), "\n".join(violations)


def test_a_circle_of_support_is_named_with_its_path(project: Path, edit: Edit) -> None:
    edit(
        "data/arguments/tax-failed.yml",
        "type: value",
        "type: value\nsupports: [argument:tax-makes-safe]",
    )
    edit(
        "data/arguments/tax-makes-safe.yml",
        "type: causal",
        "type: causal\nsupports: [argument:tax-failed]",
    )
    _, violations = read(project)
    assert violations == [
        "data/arguments/tax-makes-safe.yml:6:12: closes a circle of support: tax-failed → "
        "tax-makes-safe → tax-failed; remove one step"
    ]


def test_a_broken_translation_is_the_only_thing_reported(project: Path, edit: Edit) -> None:
    edit(TEXT, "{ #p3 }", "")
    _, violations = read(project)
    assert [v.split(": ")[0] for v in violations] == ["docs/sources/lamp-tax.md:12:1"]


def test_a_paragraph_left_out_is_reported_once(project: Path, edit: Edit) -> None:
    text = (project / TEXT).read_text(encoding="utf-8")
    edit(TEXT, text[text.index("“[The lamp") : text.index("[^yuan]:")], "")
    edit(TEXT, "[^yuan]: The author gives no currency but 元.\n\n", "")
    _, violations = read(project)
    assert [v.partition("; ")[0] for v in violations] == [
        "docs/sources/lamp-tax.md:7:1: is p3 where p2 should stand"
    ]


UNREADABLE: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a list for an entry": (LIN, lambda text:
        "- name: Lin Na", "is not an entry; write its fields as name: value"),
    "an entry for a list": ("data/references.yml", lambda text: "id: harbor-gazette",
        "is not a list; each reference is an item"),
    "what is no id": ("data/references.yml",
    lambda text: text.replace("- id: harbor-gazette", "- id: Harbor Gazette"),
    'has "Harbor Gazette" for "id"'),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_not_reported_where_it_is_linked(name: str, project: Path) -> None:
    path, spoil, message = UNREADABLE[name]
    file = project / path
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    _, violations = read(project)
    assert len(violations) == 1, violations
    assert message in violations[0]


def test_two_entries_of_one_id_are_one_fault(project: Path) -> None:
    file = project / "data/references.yml"
    file.write_text(file.read_text(encoding="utf-8") * 2, encoding="utf-8")
    _, violations = read(project)
    assert len(violations) == file.read_text(encoding="utf-8").count("- id:") // 2, violations


PAGES = {
    "a script": ("<script>alert(1)</script>",
        '3:2: holds <script>alert(1), which no page of this site may contain; remove it'),
    "a handler": ('<b onclick="x()">b</b>',
        '3:4: holds <b onclick="x()">, which no page of this site may contain; remove it'),
    "a frame": ('<iframe src="https://example.org/"></iframe>',
        "3:2: holds <iframe>, which no page of this site may contain; remove it"),
    "an address that runs": ('<a href="javascript:x()">a</a>',
        '3:4: holds <a href="javascript:x()">, which no page of this site may contain; remove it'),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_may_not_hold(name: str, project: Path) -> None:
    markup, message = PAGES[name]
    (project / "docs/more.md").write_text(f"# More\n\n{markup}\n", encoding="utf-8")
    _, violations = read(project)
    assert violations == [f"docs/more.md:{message}"]


def test_what_is_shown_as_code_is_held_by_no_page(project: Path) -> None:
    (project / "docs/more.md").write_text(
        "# More\n\n`<script>`\n\n```\n<b onclick='x'>\n```\n\n| a |\n| --: |\n| 1 |\n",
        encoding="utf-8",
    )
    _, violations = read(project)
    assert violations == []


def test_a_broken_front_matter_is_named_in_its_page(project: Path) -> None:
    (project / "docs/more.md").write_text(
        '---\nhide:\n  - toc\ntitle: "More\n---\n\n# More\n', encoding="utf-8"
    )
    _, violations = read(project)
    assert violations == [
        "docs/more.md:4:8: is not valid YAML: a quotation mark is opened and not closed; close "
        "it, or use > for long text"
    ]


def test_a_page_may_not_stand_where_one_is_made(project: Path) -> None:
    (project / "docs/timeline.md").write_text("# Mine\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "dossier", "check"], cwd=project, capture_output=True, text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.startswith(
        "docs/timeline.md:1:1: has the address of a page that is made from the data; give it "
        "another name"
    )


def test_a_broken_value_is_reported_once_and_does_not_drag_others_along(
    project: Path, edit: Edit
) -> None:
    edit(LIN, "type: person", "type: persona")
    _, violations = read(project)
    assert len(violations) == 1, violations


def test_all_violations_come_in_one_run_sorted_by_file_and_line(project: Path, edit: Edit) -> None:
    edit(LIN, "tax [@p1].", "tax [@p9].")
    edit(LIN, "    to: actor:harbor-office", "    to: actor:nobody")
    edit("data/events.yml", 'date: "2020"', 'date: "20"')
    edit("docs/index.md", "“has failed”", "“has won”")
    _, violations = read(project)
    assert [v.split(": ")[0] for v in violations] == [
        "data/actors/lin-na.yml:5:57",
        "data/actors/lin-na.yml:19:9",
        "data/events.yml:4:9",
        "docs/index.md:3:82",
    ]


FILES = {
    "byte-order mark": ("data/actors/x.yml", b"\xef\xbb\xbfname: x",
                                                 "data/actors/x.yml:1:1: begins with a "
                                                 "byte-order mark; save it as UTF-8 without one"),
    "not UTF-8": ("data/actors/x.yml", b"name: x\nzh: \xb0\xa1",
                                           "data/actors/x.yml:2:5: is not UTF-8 here; save the "
                                           "file as UTF-8"),
    "empty": ("data/actors/x.yml", b"",
        "data/actors/x.yml:1:1: is empty; write the fields of the entry or delete the file"),
    "huge": ("data/actors/x.yml", b"a" * 10_000_000,
        "data/actors/x.yml:1:1: is larger than 2 MB; split or shorten it"),
    "a list for an entry": ("data/actors/x.yml", b"- a",
        "data/actors/x.yml:1:1: is not an entry; write its fields as name: value"),
    "a mapping for a list": ("data/terms/x.yml", b"a: b",
        "data/terms/x.yml:1:1: is not a list; each term is an item that begins with - id:"),
    "deep": ("data/actors/x.yml", b"[" * 5000,
        "data/actors/x.yml:1:21: is nested more than 20 levels deep; flatten it"),
    "aliases": ("data/actors/x.yml", b"a: &a [x]\nb: [*a, *a]",
                                         "data/actors/x.yml:1:4: uses a YAML anchor or alias (& "
                                         "or *); write the value out"),
    "wrong folder": ("data/actor/x.yml", b"name: x",
        'data/actor/x.yml:1:1: is not in a known place: there is no kind "actor" (did you mean '
        '"actors"?)'),
    "wrong ending": ("data/actors/x.yaml", b"name: x",
        "data/actors/x.yaml:1:1: is not a .yml file; rename it or move it out of data/"),
    "name that is no id": ("data/actors/Lin Na.yml", b"name: x",
        'data/actors/Lin Na.yml:1:1: has the name "Lin Na", which is not an id'),
    "translation without record": ("docs/sources/x.md", b"x",
        "docs/sources/x.md:1:1: has no record; write data/sources/x.yml"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_unreadable_or_misplaced_file_gets_one_clear_line(name: str, project: Path) -> None:
    path, content, message = FILES[name]
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    _, violations = read(project)
    assert len(violations) == 1, violations
    assert violations[0].startswith(message)


def test_a_symbolic_link_is_not_followed(project: Path) -> None:
    (project / "data/actors/x.yml").symlink_to("/etc/passwd")
    (project / "data/outside").symlink_to("/etc")
    (project / "docs/hosts.txt").symlink_to("/etc/hosts")
    _, violations = read(project)
    assert any(v.startswith("data/actors/x.yml:1:1: is a symbolic link") for v in violations)
    assert any(v.startswith("docs/hosts.txt:1:1: is a symbolic link") for v in violations)
    assert not any("root:" in v for v in violations)


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dossier", "--root", str(project), *arguments],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks"), **environment},
    )  # fmt: skip


def test_the_command_exits_with_1_and_no_traceback(project: Path, edit: Edit) -> None:
    assert run(project, "check").returncode == 0
    edit(LIN, "tax [@p1].", "tax [@p9].")
    result = run(project, "check")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.endswith("1 violation\n")


def test_in_a_pull_request_the_same_text_becomes_an_annotation(project: Path, edit: Edit) -> None:
    edit(LIN, "tax [@p1].", "tax [@p9].")
    result = run(project, "check", GITHUB_ACTIONS="true")
    assert (
        result.stdout
        == '::error file=data/actors/lin-na.yml,line=5,col=57::cites unknown paragraph "p9" (the'
        " source has p1 to p4)\n"
    )


def test_a_list_that_cannot_be_read_brings_no_others_down(project: Path) -> None:
    path = project / "data/events.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  name: ", "  name ", 1), encoding="utf-8"
    )
    _, violations = read(project)
    assert len(violations) == 1, violations
    assert "colon" in violations[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('date: "2020"', "date: “2020”", "has curly quotation marks; write straight ones or none"),
        (
            "actors: [actor:lin-na]",
            "actors: actor:lin-na",
            'has one value for "actors" where a list is wanted; write actors: [actor:lin-na]',
        ),
        (
            "announces the tax",
            "announces the [tax](lamp-tax)",
            'links to "lamp-tax" without saying what that is; write actor:lamp-tax',
        ),
        (
            '  date: "2020"',
            '   date: "2020"',
            "this line is indented too deep, or the one before lacks its colon",
        ),
        ('date: "2020"', 'date: "2020', "a quotation mark is opened and not closed"),
    ],
)
def test_a_slip_is_told_by_its_cause(project: Path, old: str, new: str, said: str) -> None:
    path = project / "data/events.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, violations = read(project)
    assert any(said in violation for violation in violations), violations
