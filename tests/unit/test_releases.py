"""Releases: what the command writes and refuses, what a paragraph has been, ids that stay."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import Edit, read
from dossier.commands.cli import main
from dossier.errors import InvalidArchiveError, Report
from dossier.exports.tei import tei_path
from dossier.graph.history import NEXT, history
from dossier.graph.refs import Graph, build_graph
from dossier.read.edition import read_edition
from dossier.read.editions import read_snapshots
from dossier.read.load import Archive
from dossier.write.site import Site, make_site

TEXT = "docs/sources/lamp-tax.md"
CHANGES = """# Changes

## Unreleased

{coming}

## 1.1.0 — March 2, 2026

- Nearer to the Chinese: “put an end to” (p4), “anglers” (p9).

## 1.0.0 — March 1, 2026

- The text.
"""


@pytest.fixture
def released(project: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The small archive with its first release."""
    (project / "CHANGELOG.md").write_text(CHANGES.format(coming=""), encoding="utf-8")
    assert run(project, "review") == 0
    assert run(project, "release", "1.0.0") == 0
    capsys.readouterr()
    return project


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def graph(root: Path) -> Graph:
    return build_graph(archive(root))


def archive(root: Path) -> Archive:
    found, violations = read(root)
    assert violations == []
    return found


def reworded(root: Path, edit: Edit) -> None:
    edit(TEXT, "should be abolished", "should be put an end to")
    assert run(root, "review") == 0


def test_a_release_holds_only_what_is_new_in_it(released: Path, edit: Edit) -> None:
    reworded(released, edit)
    assert run(released, "release", "1.1.0") == 0
    first, second = (
        json.loads((released / f"data/editions/{v}.json").read_text(encoding="utf-8"))
        for v in ("1.0.0", "1.1.0")
    )
    assert list(first["sources"]["lamp-tax"]["words"]) == ["p1", "p2", "p3", "p4"]
    assert list(second["sources"]["lamp-tax"]["words"]) == ["p4"]
    assert list(second["sources"]["lamp-tax"]["paragraphs"]) == ["p1", "p2", "p3", "p4"]
    assert second["entries"] == {} and second["sources"]["lamp-tax"]["notes"] == {}
    assert second["sources"]["lamp-tax"]["changes"]["p4"] == {
        "by": "the tests",
        "why": "Nearer to the Chinese: “put an end to.”",
    }


def test_a_paragraph_s_revision_is_the_release_that_changed_its_words(
    released: Path, edit: Edit
) -> None:
    reworded(released, edit)
    text = CHANGES.format(coming="- The verdict is milder (p4).")
    (released / "CHANGELOG.md").write_text(text, encoding="utf-8")
    found = graph(released).wordings["lamp-tax"]
    assert [w.release for w in found["p1"]] == ["1.0.0"]
    assert [w.release for w in found["p4"]] == ["1.0.0", NEXT]
    assert found["p4"][-1].why == "The verdict is milder."
    assert graph(released).version() == "1.0.0+2026-03-01"
    assert run(released, "release", "1.1.0") == 0
    found = graph(released).wordings["lamp-tax"]
    assert [w.release for w in found["p4"]] == ["1.0.0", "1.1.0"]
    assert [w.release for w in found["p1"]] == ["1.0.0"]
    assert graph(released).version() == "1.1.0"


def test_links_and_line_breaks_are_no_change_and_notes_are_one_of_the_note(
    released: Path, edit: Edit
) -> None:
    edit(TEXT, "“[The lamp tax](policy:lamp-tax) makes", "“The lamp tax\nmakes")
    assert history(archive(released))[0].version == "1.0.0"
    edit(TEXT, "gives no currency", "names no currency")
    coming = history(archive(released))[0]
    assert coming.rewordings == () and coming.notes == (("lamp-tax", "p2"),)


def test_entries_have_revisions_too(released: Path, edit: Edit) -> None:
    edit("data/checks/lamp-tax.yml", "The gazette says so too", "The gazette says the same")
    edit("data/products/lamp.yml", "name: ", "name:  ")  # a blank changes nothing
    coming = history(archive(released))[0]
    assert list(coming.changed) == ["check:announced-by-lin-na"]
    assert not coming.added and not coming.removed
    graph = build_graph(archive(released))
    assert graph.revision("product:lamp") == "lamp@1.0.0"
    assert re.fullmatch("announced-by-lin-na@[0-9a-f]{8}", graph.revision(*coming.changed))


def test_an_entry_that_is_renamed_is_changed(released: Path) -> None:
    assert run(released, "rename", "product:lamp", "harbor-lamp") == 0
    coming = history(archive(released))[0]
    assert "product:harbor-lamp" in coming.changed
    assert not coming.added and not coming.removed


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.1", '"1.1" is not a version; write three numbers, such as 1.2.0'),
        ("1.0.0", "1.0.0 does not come after the newest release, 1.0.0"),
        ("1.2.0", 'CHANGELOG.md has no section "## 1.2.0 — Month D, YYYY"; say there what is new'),
        ("1.1.0", "nothing has changed since 1.0.0"),
    ],
)
def test_a_release_that_makes_no_sense_is_refused(
    released: Path, capsys: pytest.CaptureFixture[str], version: str, said: str
) -> None:
    assert run(released, "release", version) == 2
    assert capsys.readouterr().err == f"dossier: {said}\n"
    assert [p.name for p in (released / "data/editions").iterdir()] == ["1.0.0.json"]


def test_words_that_nobody_reviewed_or_gave_a_reason_for_are_not_released(
    released: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(TEXT, "The fishermen", "The anglers")
    assert run(released, "release", "1.1.0") == 2
    assert "p3 changed since it was last reviewed; run dossier review" in capsys.readouterr().err
    run(released, "review")
    assert run(released, "release", "1.1.0") == 2
    assert "does not say under 1.1.0 why p3 changed" in capsys.readouterr().err
    assert run(released, "release", "1.1.0", "--why", "Asked for by a reader.") == 0


def test_a_release_is_cited_with_its_version(released: Path, edit: Edit) -> None:
    (released / "CITATION.cff").write_text(
        'title: Lamps\ndate-released: "2020-01-01"\n', encoding="utf-8"
    )
    reworded(released, edit)
    run(released, "release", "1.1.0")
    assert (released / "CITATION.cff").read_text(encoding="utf-8").splitlines() == [
        "title: Lamps",
        'date-released: "2026-03-02"',
        'version: "1.1.0"',
    ]


@pytest.mark.skipif(shutil.which("git") is None, reason="no Git on this machine")
def test_a_release_of_the_past_is_made_from_a_commit_and_says_so(project: Path, edit: Edit) -> None:
    (project / "CHANGELOG.md").write_text(CHANGES.format(coming=""), encoding="utf-8")

    def git(*arguments: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        done = subprocess.run(
            ["git", "-C", str(project), *who, *arguments],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    commit = git("rev-parse", "HEAD")
    edit(TEXT, "should be abolished", "should be put an end to")
    assert run(project, "release", "1.0.0", "--from", "HEAD") == 0
    snapshot = archive(project).editions["1.0.0"]
    assert snapshot.commit == commit
    assert snapshot.sources["lamp-tax"].words["p4"].startswith("In my view")
    assert "abolished" in snapshot.sources["lamp-tax"].words["p4"]
    blob = git("hash-object", "--no-filters", str(project / TEXT))
    assert snapshot.sources["lamp-tax"].swhid != f"swh:1:cnt:{blob}"
    git("stash", "-q", "--", TEXT)
    blob = git("hash-object", "--no-filters", str(project / TEXT))
    assert snapshot.sources["lamp-tax"].swhid == f"swh:1:cnt:{blob}"
    assert run(project, "release", "1.1.0", "--from", "nowhere") == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("The fishermen", "The anglers", 'has other words for p3 than were released ("The anglers'),
        ('"version"', '"verse"', "is not what dossier release writes: version: field required"),
        ("{", "(", "is not what dossier release writes: Expecting value"),
        ('"1.0.0"', '"1.0.1"', "holds release 1.0.1; a release is never edited: git checkout"),
        ("2026-03-01", "2026-13-01", "is not what dossier release writes: date "),
    ],
)
def test_a_release_that_was_edited_is_named(
    released: Path, edit: Edit, old: str, new: str, said: str
) -> None:
    edit("data/editions/1.0.0.json", old, new)
    report = Report()
    read_snapshots(released, report)
    assert len(report.violations) == 1
    line = str(report.violations[0])
    assert line.startswith("data/editions/1.0.0.json:") and said in line
    assert "git checkout data/editions/1.0.0.json" in line


def test_words_that_were_changed_are_found_where_they_stood(released: Path, edit: Edit) -> None:
    reworded(released, edit)
    run(released, "release", "1.1.0")
    edit("data/arguments/tax-failed.yml", "the lamp tax has failed", "should be abolished")
    _, violations = read(released)
    assert [v for v in violations if "it stood in p4 in release 1.0.0" in v] == violations
    assert violations[0].endswith('; today it has "should be put"; dossier requote puts that in')


def test_numbers_stay_with_their_paragraphs(released: Path, edit: Edit) -> None:
    """Two paragraphs that change places take their numbers along: nobody may renumber them."""
    path = released / "data/sources/lamp-tax.yml"
    text = path.read_text(encoding="utf-8")
    three, four = re.findall(r'p[34]: "([0-9a-f]{64})"', text)
    swapped = text.replace(three, "?").replace(four, three).replace("?", four)
    path.write_text(swapped, encoding="utf-8")
    _, violations = read(released)
    said = "but its paragraph of the source is"
    assert [v.partition("; ")[0] for v in violations] == [
        f"{TEXT}:12:1: is p3, {said} p4 in the releases",
        f"{TEXT}:15:1: is p4, {said} p3 in the releases",
    ]


def test_an_id_that_was_given_up_is_not_used_again(released: Path, edit: Edit) -> None:
    """A release without p4 stands between one with it and the text of today."""
    reworded(released, edit)
    assert run(released, "release", "1.1.0") == 0
    path = released / "data/editions/1.1.0.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for field in ("paragraphs", "words", "changes"):
        data["sources"]["lamp-tax"][field].pop("p4")
    path.write_text(json.dumps(data), encoding="utf-8")
    _, violations = read(released)
    assert violations == [
        f"{TEXT}:15:1: is p4, which release 1.1.0 gave up; ids are not used again"
    ]


# What is made of them


def built(root: Path) -> Site:
    return make_site(root, "https://edition.example/")


def test_what_a_release_s_pages_say_no_later_release_changes(released: Path, edit: Edit) -> None:
    path = "editions/1.0.0/lamp-tax.html"
    before = {p: c for p, c in built(released).assets.items() if p.startswith("editions/1.0.0/")}
    assert set(before) == {path, "editions/1.0.0/index.html"}
    reworded(released, edit)
    assert run(released, "release", "1.1.0") == 0
    site = built(released)
    assert {p: site.assets[p] for p in before} == before
    old = str(before[path])
    assert "should be abolished" in old and "<script" not in old
    assert '<link rel="canonical" href="https://edition.example/sources/lamp-tax.html">' in old
    assert '<link rel="memento" href=' in old
    new = str(site.assets["editions/1.1.0/lamp-tax.html"])
    assert f'<link rel="predecessor-version" href="https://edition.example/{path}">' in new
    changes = str(site.assets["editions/1.1.0/index.html"])
    assert "<del>abolished</del>" in changes and "<ins>put an end to</ins>" in changes
    assert "Nearer to the Chinese" in changes and "p1" not in changes
    timemap = str(site.assets["editions/lamp-tax.timemap.txt"])
    assert [re.findall('rel="([^"]+)"', line)[0] for line in timemap.splitlines()] == [
        "original", "self", "first memento", "last memento"
    ]  # fmt: skip


def test_a_page_weighs_the_same_however_many_releases_there_are(released: Path, edit: Edit) -> None:
    """What a paragraph was lies in a file that is fetched when it is asked for."""

    def weight() -> int:
        pages = {page.path: page.body for page in built(released).pages}
        return len(pages["sources/lamp-tax.md"])

    reworded(released, edit)
    assert run(released, "release", "1.1.0") == 0
    one = weight()
    words = "put an end to"
    for n in range(2, 12):
        text = f"# Changes\n\n## 1.{n}.0 — March 3, 2026\n\n- Other words for the end (p4).\n"
        (released / "CHANGELOG.md").write_text(text, encoding="utf-8")
        edit(TEXT, words, words := f"ended {n}")
        run(released, "review")
        assert run(released, "release", f"1.{n}.0") == 0
    assert abs(weight() - one) < 50  # the numbers of releases and the words themselves
    past = str(built(released).assets["assets/data/history/lamp-tax/p4.js"])
    assert past.count('"release":') == 12


def test_only_a_source_that_was_released_has_a_list_of_dated_copies(released: Path) -> None:
    site = built(released)
    assert site.timemap("sources/lamp-tax.html") == "../editions/lamp-tax.timemap.txt"
    assert site.timemap("actors/lin-na.html") == site.timemap("actors/lamp-tax.html") == ""


def test_the_page_says_of_what_it_is_a_revision(released: Path, edit: Edit) -> None:
    def said() -> dict[str, Any]:
        found = json.loads(built(released).structured["sources/lamp-tax.html"])
        node: dict[str, Any] = found["@graph"][0]
        return node

    revision_of = "http://www.w3.org/ns/prov#wasRevisionOf"
    assert said()["version"] == "1.0.0" and revision_of not in said()
    reworded(released, edit)
    assert said()["version"].startswith("1.0.0+")
    address = "https://edition.example/editions/1.0.0/lamp-tax.html"
    assert said()[revision_of] == {"@id": address}

    def parts() -> list[tuple[str, str]]:
        return [(part["@id"], part[revision_of]["@id"]) for part in said()["hasPart"]]

    here = "https://edition.example/sources/lamp-tax.html#p4@"
    ((coming, before),) = parts()
    assert re.fullmatch(re.escape(here) + "[0-9a-f]{8}", coming) and before == f"{address}#p4"
    assert run(released, "release", "1.1.0") == 0
    assert said()["version"] == "1.1.0" and said()[revision_of] == {"@id": address}
    assert parts() == [(f"{here}1.1.0", f"{address}#p4")]


def test_the_citation_file_names_the_newest_release(released: Path) -> None:
    (released / "CITATION.cff").write_text('title: Lamps\nversion: "0.9.0"\n', encoding="utf-8")
    with pytest.raises(InvalidArchiveError) as error:
        read_edition(released, archive(released))
    assert str(error.value) == (
        'CITATION.cff:2:10: says version "0.9.0", but the newest release is 1.0.0; dossier release'
        " writes both"
    )


def test_without_a_release_nothing_speaks_of_editions(project: Path) -> None:
    site = built(project)
    assert not [p for p in site.assets if p.startswith(("editions/", "assets/data/history/"))]
    [changes] = [page for page in site.pages if page.path == "what-changed.md"]
    assert "Nothing is released yet" in changes.body and "<form" not in changes.body
    assert site.graph.version() == "" and "version" not in str(site.structured)
    assert "edition" not in next(p.body for p in site.pages if p.path == "sources/lamp-tax.md")


def test_a_joined_paragraph_leaves_its_id_where_it_was(
    released: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who cited p4 finds there that its words stand in p3, and what they were."""
    file = released / TEXT
    before, last = file.read_text(encoding="utf-8").split("\n{ #p3 }\n\n")
    words = last.removesuffix("\n{ #p4 }\n")
    line = "Joined with paragraph 3 in edition 1.1.0 [@p3]."
    file.write_text(f"{before} {words}\n{{ #p3 }}\n\n{line}\n{{ #p4 joined=p3 }}\n", "utf-8")
    edit("data/sources/lamp-tax.yml", '  p4: "', '  # p4: "')
    _, violations = read(released)
    cited = "cites p4, which was joined with p3; cite p3"
    assert sum(v.endswith(cited) for v in violations) >= 8
    for path in (*released.glob("data/**/*.yml"), released / "docs/index.md"):
        if "sources" not in path.parts:
            text = re.sub(r"\bp3, p4\b", "p3", path.read_text(encoding="utf-8"))
            path.write_text(re.sub(r"(?<![\w-])p4\b", "p3", text), encoding="utf-8")
    edit("data/sources/lamp-tax.yml", "[@p1-p4]", "[@p1-p3]")
    changes = CHANGES.format(coming="- One paragraph of what was two (p3).")
    (released / "CHANGELOG.md").write_text(changes, encoding="utf-8")
    coming = history(archive(released))[0]
    (rewording,) = coming.rewordings
    assert (rewording.before, rewording.after) == (("p3", "p4"), ("p3",))
    site = built(released)
    (page,) = [page.body for page in site.pages if page.path == "sources/lamp-tax.md"]
    stands = page.partition('id="p4"')[2]
    assert "Joined with paragraph 3" in stands and 'href="#p3"' in stands and "Editors" in stands
    past = str(site.assets["assets/data/history/lamp-tax/p4.js"])
    assert '"into": ["p3"]' in past.replace('":[', '": [')
    document = json.loads(str(site.assets["data/edition.json"]))
    (text,) = document["sources"]
    assert [p.get("joined") for p in text["translation"]] == [None, None, None, "p3"]
    assert '<note type="editors">Joined with' in str(site.assets[tei_path("lamp-tax")])
    assert run(released, "review") == 0
    assert run(released, "release", "1.1.0", "--why", "One of what was two.") == 0
    assert run(released, "check") == 0  # the id that the release gave up stays where it was
    edit(TEXT, "joined=p3", "joined=p9")
    assert read(released)[1] == [
        f'{TEXT}:15:1: was joined with "p9", which is no paragraph with words of its own; name the'
        " one that has its words now"
    ]


def test_a_paragraph_that_is_split_is_compared_with_both_of_its_parts(
    released: Path, edit: Edit
) -> None:
    """The last one, since no number that others have cited may move."""
    words = "and should be abolished; [“lamps”](product:lamp) or no lamps.\n"
    first, second = words.split("; ")
    split = f"{first}.\n{{ #p4 }}\n\n{second.replace('l', 'L', 1)}{{ #p5 }}"
    edit(TEXT, f"{words}{{ #p4 }}", split)
    edit("data/sources/lamp-tax.yml", "paragraphs: 4", "paragraphs: 5")
    edit("data/sources/lamp-tax.yml", "last: p4", "last: p5")
    path = released / "data/sources/lamp-tax.yml"
    text = path.read_text(encoding="utf-8")
    halves = 'p4: "{}"\n  p5: "{}"'.format("4" * 64, "5" * 64)
    path.write_text(re.sub('p4: "[0-9a-f]{64}"', halves, text), encoding="utf-8")
    changes = CHANGES.format(coming="- The last paragraph is two (p4, p5).")
    (released / "CHANGELOG.md").write_text(changes, encoding="utf-8")
    (rewording,) = history(archive(released))[0].rewordings
    assert (rewording.before, rewording.after) == (("p4",), ("p4", "p5"))
    assert "¶" in "".join(text for kind, text in rewording.pieces if kind == "added")
    past = str(built(released).assets["assets/data/history/lamp-tax/p4.js"])
    assert '"into":["p4","p5"]' in past.replace(" ", "")
    assert run(released, "review") == 0
    assert run(released, "release", "1.1.0", "--why", "Two of what was one.") == 0
    assert run(released, "check") == 0
