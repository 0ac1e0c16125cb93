"""How the edition came to be as it is: told from invented releases and the small archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.graph.history import (
    NEXT,
    Changes,
    Rewording,
    entries_at,
    entries_now,
    history,
    in_words,
    makers,
    newest,
    newest_day,
    notes_at,
    texts_of,
    unreleased,
    wordings,
)
from dossier.graph.refs import build_graph
from dossier.read.editions import Change, Released, Snapshot
from dossier.read.load import Archive
from dossier.read.words import DIGITS, digest

Notes = dict[str, tuple[str, str] | None]
FIRST = {
    "p1": "The lamp tax of the harbor began three years ago.",
    "p2": "Ships pay it at night.",
    "p3": "Nobody likes it, neither the fishermen nor the mayor.",
}
SECOND = {
    "p1": "The lamp tax of the harbor began four years ago.",
    "p3": "Nobody likes it, neither the fishermen nor the mayor.",
    "p4": "An end was put to it in the autumn of the same year.",
}


def text(
    words: dict[str, str],
    known: dict[str, str] | None = None,
    notes: Notes | None = None,
    **changes: Change,
) -> Released:
    """A text at a release that comes after one with the known words."""
    return Released(
        title="Lamp tax",
        swhid="",
        parts={},
        paragraphs={id_: (digest(said), "") for id_, said in words.items()},
        words={id_: said for id_, said in words.items() if (known or {}).get(id_) != said},
        changes=changes,
        notes=notes or {},
    )


def entry(said: str, name: str) -> tuple[str, str]:
    return digest(said)[:DIGITS], name


def archive_of(root: Path, *releases: Snapshot) -> Archive:
    archive, violations = read(root)
    assert violations == []
    archive.editions = {release.version: release for release in releases}
    return archive


@pytest.fixture
def told(project: Path) -> Archive:
    """The small archive after two releases of a source that is not there any more, and of the lamp
    tax."""
    return archive_of(
        project,
        Snapshot(
            version="1.9.0",
            date="2026-03-01",
            sources={
                "an-older-essay": text(
                    FIRST,
                    notes={
                        "year": ("p1", "Of the lamp."),
                        "night": ("p2", "Or the evening."),
                        "calm": ("p10", "Calm."),
                        "wind": ("p11", "Wind."),
                    },
                )
            },
            entries={
                "actor:lin-na": entry("old", "Lin"),
                "actor:mo-li": entry("Mo", "Mo Li"),
                "product:lamp": entry("lamp", "Lamp"),
                "product:ship": entry("ship", "Ship"),
            },
        ),
        Snapshot(
            version="1.10.0",
            date="2026-04-01",
            sources={
                "an-older-essay": text(
                    SECOND,
                    FIRST,
                    {
                        "year": ("p3", "Of the lamp."),
                        "night": None,
                        "end": ("p4", "Or a stop."),
                        "wind": ("p11", "A wind."),
                    },
                    p1=Change(by="Lin", why="A slip."),
                ),
                "a-song": text({"p1": "Rain fell."}, notes={"rain": ("p1", "Or drops.")}),
            },
            entries={
                "actor:lin-na": entry("new", "Lin Na"),
                "actor:mo-li": None,
                "event:end": entry("end", "The end"),
            },
        ),
    )


def test_each_release_says_what_is_new_in_it(told: Archive) -> None:
    first, second = history(told)[:0:-1]
    assert (first.version, first.date, first.first) == ("1.9.0", "2026-03-01", True)
    assert first.rewordings == () and first.notes == ()
    assert first.added == {
        "actor:lin-na": "Lin",
        "actor:mo-li": "Mo Li",
        "product:lamp": "Lamp",
        "product:ship": "Ship",
    }
    assert not first.changed and not first.removed and not first.empty
    assert second == Changes(
        "1.10.0",
        "2026-04-01",
        (
            Rewording(
                "an-older-essay", ("p1",), ("p1",), FIRST["p1"], SECOND["p1"], "Lin", "A slip."
            ),
            Rewording("an-older-essay", ("p2",), (), FIRST["p2"], "", "", ""),
            Rewording("an-older-essay", (), ("p4",), "", SECOND["p4"], "", ""),
            Rewording("a-song", (), ("p1",), "", "Rain fell.", "", ""),
        ),
        (*(("an-older-essay", f"p{n}") for n in (1, 2, 3, 4, 11)), ("a-song", "p1")),
        added={"event:end": "The end"},
        changed={"actor:lin-na": "Lin Na"},
        removed={"actor:mo-li": "Mo Li"},
        digests={
            "actor:lin-na": entry("new", "")[0],
            "event:end": entry("end", "")[0],
        },
    )
    assert [rewording.paragraph for rewording in second.rewordings] == ["p1", "p2", "p4", "p1"]
    assert [tuple(piece) for piece in second.rewordings[0].pieces if piece.kind != "same"] == [
        ("cut", "three "),
        ("added", "four "),
    ]


def test_what_is_not_released_yet_comes_first(told: Archive) -> None:
    coming = history(told)[0]
    assert coming == unreleased(told)
    assert (coming.version, coming.date, coming.first) == (NEXT, "2026-04-01", False)
    gone = [r for r in coming.rewordings if r.source == "an-older-essay"]
    assert [(r.before, r.after) for r in gone] == [(("p1",), ()), (("p3",), ()), (("p4",), ())]
    assert {r.by for r in gone} == {""}, "nobody translates what is not there any more"
    new = [r for r in coming.rewordings if r.source == "lamp-tax"]
    assert [(r.before, r.after) for r in new] == [((), (f"p{n}",)) for n in (1, 2, 3, 4)]
    assert {r.by for r in new} == {"the tests"}
    assert coming.notes == (
        ("lamp-tax", "p2"),
        *(("an-older-essay", f"p{n}") for n in (3, 4, 10, 11)),
        ("a-song", "p1"),
    )
    assert coming.removed == {"product:ship": "Ship", "event:end": "The end"}
    assert set(coming.changed) == {"actor:lin-na", "product:lamp"}
    assert coming.changed["actor:lin-na"] == "Lin Na"
    assert coming.added["reference:harbor-gazette"] == "The harbor's year"
    assert coming.digests.keys() == {*coming.added, *coming.changed}


def test_where_nothing_is_released_everything_is_new(project: Path) -> None:
    archive = archive_of(project)
    assert history(archive) == []
    coming = unreleased(archive)
    assert coming.first and len(coming.rewordings) == 4 and not coming.changed
    assert newest(archive) == ""


def test_what_the_list_of_changes_says_is_why(told: Archive) -> None:
    told.unreleased = ("The opening is new (p1-p2), the rest too (p3).", "Nobody knows.")
    why = {r.paragraph: r.why for r in unreleased(told).rewordings if r.source == "lamp-tax"}
    assert why == dict.fromkeys(("p1", "p2", "p3"), "The opening is new, the rest too.") | {
        "p4": ""
    }
    assert wordings(told)["an-older-essay"].keys() == {"p1", "p2", "p3", "p4"}


def test_a_paragraph_keeps_the_words_that_it_had(told: Archive) -> None:
    found = wordings(told)
    assert found.keys() == {"an-older-essay", "a-song"}, "what no release has is not told"
    own = found["an-older-essay"]
    assert [(w.release, w.date, w.words, w.by, w.why) for w in own["p1"]] == [
        ("1.9.0", "2026-03-01", FIRST["p1"], "", ""),
        ("1.10.0", "2026-04-01", SECOND["p1"], "Lin", "A slip."),
    ]
    assert [w.release for w in own["p2"]] == [w.release for w in own["p3"]] == ["1.9.0"]
    assert [tuple(p) for p in own["p1"][1].since(own["p1"][0]) if p.kind == "cut"] == [
        ("cut", "three ")
    ]


def test_words_of_today_stand_last(project: Path, edit: Edit) -> None:
    now, _ = read(project)
    words = {p.id: " ".join(p.prose.plain.split()) for p in now.translations["lamp-tax"].paragraphs}
    before = words | {"p3": "The fishermen did."}
    del before["p4"]
    release = Snapshot(
        version="1.0.0", date="2026-03-01", sources={"lamp-tax": text(before)}, entries={}
    )
    edit("data/sources/lamp-tax.yml", "translators: [the tests]", "translators: [Lin, Mo]")
    archive = archive_of(project, release)
    archive.unreleased = ("They do not (p3). They never did (p3).",)
    own = wordings(archive)["lamp-tax"]
    assert {id_: [w.release for w in found] for id_, found in own.items()} == {
        "p1": ["1.0.0"],
        "p2": ["1.0.0"],
        "p3": ["1.0.0", NEXT],
        "p4": [NEXT],
    }
    last = own["p3"][-1]
    assert (last.date, last.words, last.by) == ("2026-03-01", words["p3"], "Lin and Mo")
    assert last.why == "They do not. They never did."
    assert [r.why for r in unreleased(archive).rewordings] == [last.why, ""]
    graph = build_graph(archive)
    assert graph.pin("lamp-tax", "p1") == "@1.0.0"
    assert graph.pin("lamp-tax", "p3") == f"@{digest(words['p3'])[:8]}"
    assert graph.version() == graph.version("lamp-tax") == "1.0.0+2026-03-01"
    assert graph.version("lamp-tax", "p1") == "1.0.0"
    assert graph.version("lamp-tax", "p3") == "1.0.0+2026-03-01"
    assert graph.is_released("lamp-tax", "p1") and not graph.is_released("lamp-tax")


def test_where_nothing_has_changed_the_release_is_what_stands(project: Path, edit: Edit) -> None:
    now, _ = read(project)
    words = {p.id: " ".join(p.prose.plain.split()) for p in now.translations["lamp-tax"].paragraphs}
    notes: Notes = {"yuan": ("p2", "The author gives no currency but 元.")}
    entries = entries_now(now)
    old, older = words | {"p3": "The fishermen did."}, words | {"p3": "No one did."}
    releases = [
        Snapshot(version="1.0.0", date="2026-03-01", sources={"lamp-tax": text(older)},
                 entries=entries | {"actor:lin-na": entry("before", "Lin")}),
        Snapshot(version="1.1.0", date="2026-03-02", sources={"lamp-tax": text(old, older)},
                 entries={}),
        Snapshot(version="1.2.0", date="2026-03-03",
                 sources={"lamp-tax": text(words, old, notes)},
                 entries={"actor:lin-na": (now.actors["lin-na"].digest, "Lin Na")}),
    ]  # fmt: skip
    archive = archive_of(project, *releases)
    graph = build_graph(archive)
    assert unreleased(archive).empty and not graph.changed
    assert [changes.version for changes in history(archive)] == ["1.2.0", "1.1.0", "1.0.0"]
    assert list(graph.history) == ["1.2.0", "1.1.0", "1.0.0"]
    assert (
        graph.version() == graph.version("lamp-tax") == graph.version("lamp-tax", "p3") == "1.2.0"
    )
    assert graph.is_released() and graph.is_released("lamp-tax")
    assert not graph.is_released("lamp-tax", "p9"), "there is none"
    assert graph.revision("actor:lin-na") == "lin-na@1.2.0"
    edit("docs/sources/lamp-tax.md", "did not buy it", "did not buy that")
    edit("data/products/lamp.yml", "meant to pay", "to pay")
    edit("data/arguments/tax-failed.yml", "did not buy it", "did not buy that")
    graph = build_graph(archive_of(project, *releases))
    digests = [wording.digest for wording in graph.wordings["lamp-tax"]["p3"]]
    assert len(digests) == 4 and graph.pin("lamp-tax", "p3") == f"@{digests[-1][:8]}"
    assert graph.pin("lamp-tax", "p2") == "@1.2.0"
    lamp = graph.archive.products["lamp"].digest
    assert graph.revision("product:lamp") == f"lamp@{lamp[:8]}"
    assert graph.revision("actor:harbor-office") == "harbor-office@1.0.0"


def test_an_entry_that_has_another_id_is_changed_and_not_new(project: Path, edit: Edit) -> None:
    edit("data/products/lamp.yml", "type: device", "type: device\nformerly: [lantern]")
    release = Snapshot(
        version="1.0.0",
        date="2026-03-01",
        sources={},
        entries={"product:lantern": entry("lantern", "Lantern")},
    )
    coming = unreleased(archive_of(project, release))
    assert coming.changed == {"product:lamp": "Lamp"}
    assert "product:lamp" not in coming.added and not coming.removed


def test_what_was_renamed_later_has_its_old_id_in_an_older_release(
    project: Path, edit: Edit
) -> None:
    edit("data/products/lamp.yml", "type: device", "type: device\nformerly: [lantern]")
    lantern = {"product:lantern": entry("lantern", "Lantern")}
    ship = {"product:ship": entry("ship", "Ship")}
    second = history(
        archive_of(
            project,
            Snapshot(version="1.0.0", date="2026-03-01", sources={}, entries=lantern),
            Snapshot(version="1.1.0", date="2026-03-02", sources={}, entries=ship),
        )
    )[1]
    assert (second.added, second.changed, second.removed) == ({"product:ship": "Ship"}, {}, {})


def test_the_edition_is_as_new_as_the_newest_day_in_it(
    told: Archive, project: Path, edit: Edit
) -> None:
    assert (newest(told), newest_day(told)) == ("1.10.0", "2026-04-01")
    told.editions = {}
    assert newest_day(told) == "2026-01-02", "of the checks"
    edit("data/sources/lamp-tax.yml", 'translated: "2026-01-01"', 'translated: "2026-01"')
    assert newest_day(read(project)[0]) == "2026-01-31", "of the translation"
    edit("data/sources/lamp-tax.yml", 'translated: "2026-01"', 'translated: "2026-13"')
    archive = read(project)[0]
    assert newest_day(archive) == "2026-01-02", "what is no day counts for nothing"
    for records in archive.records.values():
        records.clear()
    assert newest_day(archive) == "2000-01-01", "none is given"


def test_what_stood_after_a_release_is_told_release_by_release(told: Archive) -> None:
    first, second = told.editions.values()
    assert notes_at([first], "an-older-essay")["night"] == ("p2", "Or the evening.")
    assert notes_at([first, second], "an-older-essay") == {
        "year": ("p3", "Of the lamp."),
        "calm": ("p10", "Calm."),
        "wind": ("p11", "A wind."),
        "end": ("p4", "Or a stop."),
    }
    assert notes_at([first, second], "lamp-tax") == {}
    assert entries_at([first]).keys() >= {"actor:mo-li"}
    assert entries_at([first, second])["actor:lin-na"] == entry("new", "Lin Na")
    assert "actor:mo-li" not in entries_at([first, second])
    assert texts_of(told, "an-older-essay") == {"1.9.0": FIRST, "1.10.0": SECOND}
    assert texts_of(told, "lamp-tax") == {}
    assert makers(told, "lamp-tax") == "the tests" and makers(told, "an-older-essay") == ""


def test_a_version_is_said_in_words() -> None:
    assert in_words("1.1.0") == "1.1.0"
    assert in_words("1.1.0+2026-11-29") == "1.1.0, with changes to November 29, 2026"
