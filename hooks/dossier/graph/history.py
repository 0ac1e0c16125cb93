"""How the text and the entries came to be as they are: the wordings of a paragraph, what changed in
a release, and what has changed since the newest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import dates
from ..read.changes import said_of
from ..read.editions import Change, Released, Snapshot, order
from ..read.load import Archive, Record
from ..read.translation import Paragraph
from ..read.words import digest
from .differences import BREAK, Piece, compare, partners

NEXT = ""
"""The version given to what is not released yet."""
Ids = tuple[str, ...]
Said = tuple[str, str]
"""Who changed something, and why."""


@dataclass(frozen=True)
class Wording:
    """Words of a paragraph, with the release in which they first stood (``NEXT`` for those that
    are not released yet), its day, and who put them there and why.
    """

    release: str
    date: str
    words: str
    by: str = ""
    why: str = ""

    @property
    def digest(self) -> str:
        return digest(self.words)

    def since(self, earlier: Wording) -> tuple[Piece, ...]:
        """How it differs from an earlier one."""
        return compare(earlier.words, self.words)


@dataclass(frozen=True)
class Rewording:
    """A paragraph whose words changed, or several that were joined or split.

    ``before`` and ``after`` are their ids; either may be empty.
    """

    source: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    old: str
    new: str
    by: str
    why: str

    @property
    def paragraph(self) -> str:
        """The id under which the change is told."""
        return (self.after or self.before)[0]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return compare(self.old, self.new)


@dataclass(frozen=True)
class Changes:
    """What is new in a release compared with the one before, or in what is not released yet.

    ``notes`` are the paragraphs of which translators' notes changed. Entries stand with their
    names, by key.
    """

    version: str
    date: str
    rewordings: tuple[Rewording, ...]
    notes: tuple[tuple[str, str], ...]
    added: Mapping[str, str]
    changed: Mapping[str, str]
    removed: Mapping[str, str]
    digests: Mapping[str, str]
    """The digests of what is new and what has changed, by key."""
    first: bool = False

    @property
    def empty(self) -> bool:
        return not (self.rewordings or self.notes or self.added or self.changed or self.removed)


# What stands now and what stood in a release


def texts_now(archive: Archive, source: str) -> dict[str, str]:
    """The words of each paragraph of a source, as they are; one that was joined with another has
    none.
    """
    return {
        p.id: " ".join(p.prose.plain.split()) for p in _paragraphs(archive, source) if not p.joined
    }


def texts_of(archive: Archive, source: str) -> dict[str, dict[str, str]]:
    """By release: the words of each paragraph of a source."""
    known: dict[str, str] = {}
    found = {}
    for version, snapshot in archive.editions.items():
        if released := snapshot.sources.get(source):
            known |= {released.paragraphs[id_][0]: w for id_, w in released.words.items()}
            found[version] = {
                id_: known[d] for id_, (d, _) in released.paragraphs.items() if d in known
            }
    return found


def notes_now(archive: Archive, source: str) -> dict[str, tuple[str, str]]:
    """The translators' notes: id to paragraph and words."""
    return {
        note.id: (p.id, " ".join(note.prose.plain.split()))
        for p in _paragraphs(archive, source)
        for note in p.notes
    }


def _paragraphs(archive: Archive, source: str) -> list[Paragraph]:
    """The paragraphs of a source, of which there may be none left."""
    return archive.translations[source].paragraphs if source in archive.translations else []


def notes_at(snapshots: Iterable[Snapshot], source: str) -> dict[str, tuple[str, str]]:
    """The notes after these releases."""
    found: dict[str, tuple[str, str]] = {}
    for snapshot in snapshots:
        if released := snapshot.sources.get(source):
            found = _after(found, released.notes)
    return found


def entries_now(archive: Archive) -> dict[str, tuple[str, str]]:
    """Everything that is said in entries and works: key to digest and name."""
    found = {}
    records: list[Record[Any]] = [*archive.entries(), *archive.references.values()]
    for record in records:
        model = record.model
        name = model.title if model.kind == "reference" else model.name
        found[f"{model.kind}:{model.id}"] = (record.digest, str(name))
    return found


def entries_at(snapshots: Iterable[Snapshot]) -> dict[str, tuple[str, str]]:
    """The entries after these releases."""
    found: dict[str, tuple[str, str]] = {}
    for snapshot in snapshots:
        found = _after(found, snapshot.entries)
    return found


def _after(
    before: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str] | None]
) -> dict[str, tuple[str, str]]:
    """What stands after a release that says what is new in it."""
    found = {key: value for key, value in before.items() if key not in new}
    return found | {key: value for key, value in new.items() if value is not None}


# What changed


def wordings(archive: Archive) -> dict[str, dict[str, list[Wording]]]:
    """By source and paragraph: its wordings, oldest first, the one of today last. A paragraph that
    is gone keeps those that it had; a source that is in no release is left out.
    """
    return {
        source: _wordings(archive, source, texts)
        for source in _sources(archive)
        if (texts := texts_of(archive, source))
    }


def _wordings(
    archive: Archive, source: str, texts: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Wording]]:
    found: dict[str, list[Wording]] = {}
    for version, released in texts.items():
        snapshot = archive.editions[version]
        for id_, words in released.items():
            own = found.setdefault(id_, [])
            if not own or own[-1].words != words:
                said = snapshot.sources[source].changes.get(id_) or Change(by="", why="")
                own.append(Wording(version, snapshot.date, words, said.by, said.why))
    by, day = makers(archive, source), newest_day(archive)
    for id_, words in texts_now(archive, source).items():
        own = found.setdefault(id_, [])
        if not own or own[-1].words != words:
            why = " ".join(said_of(id_, archive.unreleased))
            own.append(Wording(NEXT, day, words, by, why))
    return found


def history(archive: Archive) -> list[Changes]:
    """What changed, newest first: what is not released yet, if there is any, then release by
    release.
    """
    found: list[Changes] = []
    texts = {source: texts_of(archive, source) for source in _sources(archive)}
    before: dict[str, dict[str, str]] = {}
    notes: dict[str, dict[str, tuple[str, str]]] = {}
    entries: dict[str, tuple[str, str]] = {}
    renamed = _renamed(archive)
    for version, snapshot in archive.editions.items():
        rewordings: list[Rewording] = []
        noted: list[tuple[str, str]] = []
        for source, released in snapshot.sources.items():

            def said(ids: Ids, released: Released = released) -> Said:
                told = [c for id_ in ids if (c := released.changes.get(id_))]
                return (told[0].by, told[0].why) if told else ("", "")

            now, then = texts[source][version], _after(notes.get(source, {}), released.notes)
            if found:
                rewordings += _rewordings(source, before.get(source, {}), now, said)
                noted += _notes(source, notes.get(source, {}), then)
            before[source], notes[source] = now, then
        standing = _after(entries, snapshot.entries)
        found.append(
            Changes(
                version,
                snapshot.date,
                tuple(rewordings),
                tuple(noted),
                *_entries(entries, standing, renamed),
                first=not found,
            )
        )
        entries = standing
    if found and not (coming := unreleased(archive)).empty:
        found.append(coming)
    return found[::-1]


def unreleased(archive: Archive) -> Changes:
    """What has changed since the newest release; everything where there is none."""
    snapshots = list(archive.editions.values())
    rewordings: list[Rewording] = []
    notes: list[tuple[str, str]] = []
    for source in _sources(archive):
        before = next(reversed(texts_of(archive, source).values()), {})
        by = makers(archive, source)

        def said(ids: Ids, by: str = by) -> Said:
            found = (words for id_ in ids for words in said_of(id_, archive.unreleased))
            return by, " ".join(dict.fromkeys(found))

        rewordings += _rewordings(source, before, texts_now(archive, source), said)
        notes += _notes(source, notes_at(snapshots, source), notes_now(archive, source))
    return Changes(
        NEXT,
        newest_day(archive),
        tuple(rewordings),
        tuple(notes),
        *_entries(entries_at(snapshots), entries_now(archive), _renamed(archive)),
        first=not snapshots,
    )


def _sources(archive: Archive) -> list[str]:
    """Every source of today or of any release."""
    released = (id_ for s in archive.editions.values() for id_ in s.sources)
    return list(dict.fromkeys((*archive.sources, *released)))


def _rewordings(
    source: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    said: Callable[[Ids], Said],
) -> Iterator[Rewording]:
    """The changes from one text to another; ``said`` gives who made a change and why."""
    for olds, news in partners(before, after).items():
        if olds == news and before[olds[0]] == after[news[0]]:
            continue
        for one, other in [(olds, news)] if olds else [((), (id_,)) for id_ in news]:
            old, new = (
                f" {BREAK} ".join(texts[id_] for id_ in ids)
                for texts, ids in ((before, one), (after, other))
            )
            ids = tuple(dict.fromkeys((*other, *one)))
            yield Rewording(source, one, other, old, new, *said(ids))


def _notes(
    source: str, before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> list[tuple[str, str]]:
    touched = {
        place[0]
        for id_ in {*before, *after}
        if before.get(id_) != after.get(id_)
        for place in (before.get(id_), after.get(id_))
        if place
    }
    return [(source, id_) for id_ in sorted(touched, key=lambda id_: int(id_[1:]))]


def _renamed(archive: Archive) -> dict[str, str]:
    """The former keys of entries, each with today's."""
    records: list[Record[Any]] = [*archive.entries(), *archive.references.values()]
    return {
        f"{r.model.kind}:{old}": f"{r.model.kind}:{r.model.id}"
        for r in records
        for old in r.model.formerly
    }


def _entries(
    before: Mapping[str, tuple[str, str]],
    after: Mapping[str, tuple[str, str]],
    renamed: Mapping[str, str],
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """The entries that are new, changed, gone, and the digests of the first two. One that was
    renamed is changed.
    """
    before = {
        new if (new := renamed.get(key, key)) in after and key not in after else key: entry
        for key, entry in before.items()
    }
    fresh = {key: entry for key, entry in after.items() if before.get(key) != entry}
    return (
        {key: name for key, (_, name) in fresh.items() if key not in before},
        {key: name for key, (_, name) in fresh.items() if key in before},
        {key: name for key, (_, name) in before.items() if key not in after},
        {key: found for key, (found, _) in fresh.items()},
    )


# How the edition of today is called


def makers(archive: Archive, source: str) -> str:
    """Who changes the words of a translation."""
    record = archive.sources.get(source)
    return " and ".join(record.model.translators) if record else ""


def newest_day(archive: Archive) -> str:
    """The newest date that the edition gives itself, ``YYYY-MM-DD``: that of a check, a translation
    or a release.
    """
    stated = [r.model.checked for r in archive.checks.values()] + [
        r.model.made for r in archive.sources.values() if r.model.made
    ]
    days = [dates.span(date)[1] for date in stated if not dates.problem(date)]
    return max([*days, *(s.date for s in archive.editions.values())], default="2000-01-01")


def newest(archive: Archive) -> str:
    """The version of the newest release; empty where there is none."""
    return max(archive.editions, key=order, default="")


def in_words(version: str) -> str:
    """A version as a sentence has it.

    >>> in_words("1.1.0+2026-11-29")
    '1.1.0, with changes to November 29, 2026'
    """
    release, _, day = version.partition("+")
    return f"{release}, with changes to {dates.human(day)}" if day else release
