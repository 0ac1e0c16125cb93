"""How the text and the entries came to be what they are: the wordings of a paragraph, what changed
in a release, and what has changed since the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import dates
from ..read.changes import said_of
from ..read.editions import Released, Snapshot, order
from ..read.load import Archive, Record
from ..read.words import content_digest, digest
from .differences import BREAK, Piece, compare, partners

NEXT = ""
"""The version of what is not released yet."""
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
    """A paragraph whose words changed, or several of which some were joined or one was split.

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
    """What is new in a release against the one before, or in what is not released yet.

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
    """The words of each paragraph of a source, as they are."""
    return {p.id: " ".join(p.prose.plain.split()) for p in archive.translations[source].paragraphs}


def texts_of(archive: Archive, source: str) -> dict[str, dict[str, str]]:
    """By release: the words of each paragraph of a source."""
    known: dict[str, str] = {}
    found = {}
    for version, snapshot in archive.editions.items():
        if released := snapshot.sources.get(source):
            known |= {released.paragraphs[id_][0]: w for id_, w in released.words.items()}
            found[version] = {id_: known[d] for id_, (d, _) in released.paragraphs.items()}
    return found


def notes_now(archive: Archive, source: str) -> dict[str, tuple[str, str]]:
    """The translators' notes: id to paragraph and words."""
    return {
        note.id: (p.id, " ".join(note.prose.plain.split()))
        for p in archive.translations[source].paragraphs
        for note in p.notes
    }


def notes_at(snapshots: Iterable[Snapshot], source: str) -> dict[str, tuple[str, str]]:
    """The notes after these releases."""
    found: dict[str, tuple[str, str]] = {}
    for snapshot in snapshots:
        if released := snapshot.sources.get(source):
            for id_, note in released.notes.items():
                if note is None:
                    found.pop(id_, None)
                else:
                    found[id_] = note
    return found


def entries_now(archive: Archive) -> dict[str, tuple[str, str]]:
    """Everything that is said in entries and works: key to digest and name."""
    found = {}
    records: list[Record[Any]] = [*archive.entries(), *archive.references.values()]
    for record in records:
        value: Any = record.document.value
        for step in record.path:
            value = value[step]
        model = record.model
        name = model.title if model.kind == "reference" else model.name
        found[f"{model.kind}:{model.id}"] = (content_digest(value), str(name))
    return found


def entries_at(snapshots: Iterable[Snapshot]) -> dict[str, tuple[str, str]]:
    """The entries after these releases."""
    found: dict[str, tuple[str, str]] = {}
    for snapshot in snapshots:
        for key, entry in snapshot.entries.items():
            if entry is None:
                found.pop(key, None)
            else:
                found[key] = entry
    return found


# What changed


def wordings(archive: Archive, source: str) -> dict[str, list[Wording]]:
    """By paragraph: its wordings, oldest first, the one of today last. A paragraph that is gone
    has those that it had.
    """
    found: dict[str, list[Wording]] = {}
    for version, texts in texts_of(archive, source).items():
        snapshot = archive.editions[version]
        released = snapshot.sources[source]
        for id_, words in texts.items():
            own = found.setdefault(id_, [])
            if not own or own[-1].words != words:
                said = released.changes.get(id_)
                own.append(
                    Wording(
                        version,
                        snapshot.date,
                        words,
                        said.by if said else "",
                        said.why if said else "",
                    )
                )
    if found:
        for id_, words in texts_now(archive, source).items():
            own = found.setdefault(id_, [])
            if not own or own[-1].words != words:
                why = " ".join(said_of(id_, archive.unreleased))
                own.append(Wording(NEXT, newest_day(archive), words, makers(archive, source), why))
    return found


def history(archive: Archive) -> list[Changes]:
    """What changed, newest first: what is not released yet, if there is any, then release by
    release.
    """
    snapshots = list(archive.editions.values())
    texts = {source: texts_of(archive, source) for source in _sources(archive)}
    found = [
        _released(archive, texts, snapshots[:n], snapshot) for n, snapshot in enumerate(snapshots)
    ]
    if snapshots and not (coming := unreleased(archive)).empty:
        found.append(coming)
    return found[::-1]


def unreleased(archive: Archive) -> Changes:
    """What has changed since the newest release; everything where there is none."""
    snapshots = list(archive.editions.values())
    rewordings: list[Rewording] = []
    notes: list[tuple[str, str]] = []
    for source in archive.translations.keys() & archive.sources.keys():
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
        *_entries(entries_at(snapshots), entries_now(archive)),
        first=not snapshots,
    )


def _sources(archive: Archive) -> list[str]:
    """Every source that a release has."""
    return list(dict.fromkeys(id_ for s in archive.editions.values() for id_ in s.sources))


def _released(
    archive: Archive,
    texts: Mapping[str, Mapping[str, Mapping[str, str]]],
    earlier: list[Snapshot],
    snapshot: Snapshot,
) -> Changes:
    rewordings: list[Rewording] = []
    notes: list[tuple[str, str]] = []
    for source, released in snapshot.sources.items() if earlier else ():
        of = texts[source]
        before = next((of[s.version] for s in reversed(earlier) if s.version in of), {})

        def said(ids: Ids, released: Released = released) -> Said:
            found = [c for id_ in ids if (c := released.changes.get(id_))]
            return (found[0].by, found[0].why) if found else ("", "")

        rewordings += _rewordings(source, before, of[snapshot.version], said)
        notes += _notes(source, notes_at(earlier, source), notes_at([*earlier, snapshot], source))
    return Changes(
        snapshot.version,
        snapshot.date,
        tuple(rewordings),
        tuple(notes),
        *_entries(entries_at(earlier), entries_at([*earlier, snapshot])),
        first=not earlier,
    )


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


def _entries(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """The entries that are new, changed, gone, and the digests of the first two."""
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
    return " and ".join(archive.sources[source].model.translators)


def newest_day(archive: Archive) -> str:
    """The newest date that the edition gives itself, ``YYYY-MM-DD``: that of a check, a translation
    or a release.
    """
    stated = [r.model.checked for r in archive.checks.values()] + [
        r.model.translated for r in archive.sources.values()
    ]
    days = [dates.span(date)[1] for date in stated if not dates.problem(date)]
    return max([*days, *(s.date for s in archive.editions.values())], default="2000-01-01")


def newest(archive: Archive) -> str:
    """The version of the newest release; empty where there is none."""
    return max(archive.editions, key=order, default="")


def version_of(archive: Archive, *, changed: bool) -> str:
    """The newest release and, for what has changed since, the day to which that is so.

    In the form of Semantic Versioning, ``1.1.0+2026-11-29``; empty where there is no release.
    """
    version = newest(archive)
    return f"{version}+{newest_day(archive)}" if version and changed else version


def version_now(archive: Archive) -> str:
    """What the whole edition of today is called in a citation."""
    return version_of(archive, changed=not unreleased(archive).empty)


def is_released(archive: Archive, source: str, paragraph: str = "") -> bool:
    """Whether the words of a source, or of one of its paragraphs, are those of the newest
    release.
    """
    now = texts_now(archive, source)
    then = texts_of(archive, source).get(newest(archive), {})
    return now.get(paragraph) == then.get(paragraph) if paragraph else now == then


def version_with(archive: Archive, source: str, paragraph: str = "") -> str:
    """The edition that has the words of a source, or of one of its paragraphs, as they are."""
    return version_of(archive, changed=not is_released(archive, source, paragraph))


def edition_words(archive: Archive, source: str) -> str:
    """The edition of a source's text in words: ``1.1.0``, or ``1.1.0, with changes to November 29,
    2026``; empty where there is no release.
    """
    version = newest(archive)
    if not version or is_released(archive, source):
        return version
    return f"{version}, with changes to {dates.human(newest_day(archive))}"
