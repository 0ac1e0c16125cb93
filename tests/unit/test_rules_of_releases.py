"""A paragraph's id stands for that paragraph for good, from release to release."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.errors import Location, Report
from dossier.read.editions import Released, Snapshot
from dossier.read.load import Archive
from dossier.read.prose import Citation
from dossier.read.words import DIGITS, digest
from dossier.rules.editions import check_editions, release_with
from dossier.rules.quotations import Quoted, check_quotation

TEXT = "docs/sources/lamp-tax.md"
PRINTS = {
    "p1": "95c02db014abf4078f0f731de4425c06b008d5415c217feddd1c532e2c3ae188",
    "p2": "954fc359cd834fcebee0ae3f13082b5b829923060d21b040886f5fa9af69ad3d",
    "p3": "7b34efb40148e09fdfe5a9280d5f48e68b8122e6495f6984bbcba60f7a21018e",
    "p4": "9ad89fdb1b1b37d4ed9550fd8144da225de72f32f6ceaba06f13e7f9dd26fc49",
}


def release(version: str, *ids: str, source: str = "lamp-tax", **renumbered: str) -> Snapshot:
    """A release of a text that has these paragraphs; one that is renumbered is another's of
    today."""
    text = Released(
        title="Lamp tax",
        swhid="",
        parts={},
        paragraphs={
            id_: (digest(f"Words of {id_}."), PRINTS.get(renumbered.get(id_, id_), "")[:DIGITS])
            for id_ in ids
        },
        words={id_: f"Words of {id_}." for id_ in ids},
        changes={},
        notes={},
    )
    return Snapshot(version=version, date="2026-03-01", sources={source: text}, entries={})


@pytest.fixture
def archive(project: Path) -> Archive:
    return read(project)[0]


def said(archive: Archive, *releases: Snapshot) -> list[str]:
    archive.editions = {snapshot.version: snapshot for snapshot in releases}
    report = Report()
    check_editions(archive, report)
    return [str(violation) for violation in sorted(report.violations)]


ALL = ("p1", "p2", "p3", "p4")


def test_what_is_as_it_was_is_not_spoken_of(archive: Archive) -> None:
    assert said(archive) == []
    assert said(archive, release("1.0.0", *ALL), release("1.1.0", *ALL)) == []
    assert said(archive, release("1.0.0", "p1"), release("1.1.0", *ALL)) == []
    assert said(archive, release("1.0.0", "p9", source="a-song")) == []


def test_an_id_that_a_release_gave_up_comes_in_no_later_one(archive: Archive) -> None:
    releases = (
        release("1.0.0", *ALL, "p5", "p6"),
        release("1.1.0", "p1", source="a-song"),
        release("1.2.0", *ALL, "p6"),
        release("1.3.0", *ALL),
        release("1.4.0", *ALL, "p5"),
        release("1.5.0", *ALL, "p6"),
    )
    assert said(archive, *releases) == [
        "data/editions/1.4.0.json:1:1: has p5 again, which release 1.2.0 gave up; ids are not"
        " used again",
        "data/editions/1.5.0.json:1:1: has p6 again, which release 1.3.0 gave up; ids are not"
        " used again",
    ]


def test_an_id_that_a_release_gave_up_does_not_come_back_today(archive: Archive) -> None:
    first, last = release("1.0.0", *ALL), release("1.1.0", "p1", "p3")
    assert said(archive, first, last) == [
        f"{TEXT}:6:1: is p2, which release 1.1.0 gave up; ids are not used again",
        f"{TEXT}:15:1: is p4, which release 1.1.0 gave up; ids are not used again",
    ]


def test_a_paragraph_keeps_its_number(archive: Archive) -> None:
    kept = "who cites it means that one, so the numbers must stay"
    assert said(archive, release("1.0.0", *ALL, p2="p3", p3="p2")) == [
        f"{TEXT}:6:1: is p2, but its paragraph of the source is p3 in the releases; {kept}",
        f"{TEXT}:12:1: is p3, but its paragraph of the source is p2 in the releases; {kept}",
    ]


def test_a_paragraph_keeps_its_number_also_where_a_release_gave_that_up(archive: Archive) -> None:
    gave_up = release("1.0.0", "p1", "p2", "p3", "p9", p9="p4"), release("1.1.0", "p1", "p2", "p3")
    assert said(archive, *gave_up) == [
        f"{TEXT}:15:1: is p4, but its paragraph of the source is p9 in the releases; who cites it"
        " means that one, so the numbers must stay"
    ]


def test_a_joined_paragraph_may_have_been_given_up(project: Path, edit: Edit) -> None:
    edit(TEXT, "{ #p3 }", "{ #p3 joined=p2 }")
    found = said(read(project)[0], release("1.0.0", *ALL), release("1.1.0", "p1", "p2"))
    assert found == [f"{TEXT}:15:1: is p4, which release 1.1.0 gave up; ids are not used again"]


def test_a_text_without_a_record_brings_no_other_down(archive: Archive) -> None:
    archive.translations = {"a-lost-text": archive.translations["lamp-tax"]} | archive.translations
    archive.sources["without-prints"] = archive.sources["lamp-tax"]
    assert len(said(archive, release("1.0.0", *ALL), release("1.1.0", "p1", "p2", "p3"))) == 1


def test_words_are_found_in_the_newest_release_that_has_them(archive: Archive) -> None:
    archive.editions = {
        "1.0.0": release("1.0.0", "p1", "p2"),
        "1.1.0": release("1.1.0", "p2"),
        "1.2.0": release("1.2.0", "p3"),
    }
    assert release_with(archive, "lamp-tax", "Words of p2") == ("1.1.0", "p2")
    assert release_with(archive, "lamp-tax", "Words of p1") == ("1.0.0", "p1")
    assert release_with(archive, "lamp-tax", "Words of p4") is None
    assert release_with(archive, "a-song", "Words of p2") is None


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("She did not mention its takings.",
         '; today it has "She did not mention that it"; dossier requote puts that in'),
        ("Nobody was at sea.", "; quote today's words"),
    ],
)  # fmt: skip
def test_words_of_a_release_are_known_where_they_are_quoted(
    archive: Archive, words: str, now: str
) -> None:
    text = release("1.0.0", "p2").sources["lamp-tax"]
    text = text.model_copy(update={"words": {"p2": words}})
    then = Snapshot(version="1.0.0", date="2026-03-01", sources={"lamp-tax": text}, entries={})
    archive.editions = {"1.0.0": then}
    report = Report()
    place = Location("data/actors/lin-na.yml", 9, 12)
    quoted = Quoted(words, (Citation("lamp-tax", 2, 2),), "lamp-tax", place, "actor:lin-na")
    check_quotation(archive, quoted, report)
    assert [str(violation) for violation in report.violations] == [
        f'{place}: quotes "{words}", which does not stand in p2; it stood in p2 in release'
        f" 1.0.0{now}"
    ]
