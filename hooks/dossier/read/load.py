"""Reading the archive: every file of the data, the translations and the hand-written pages.

What comes out is typed and knows where each value stands in its file; what cannot be read or does
not fit the model is reported, all of it in one run. Rules that span entries are in ``rules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ..caches import Latest
from ..errors import Location, Report, Sought, Violation, nearest, quoted
from ..kinds import BY_FOLDER, ENTRIES, KINDS, PAGES
from ..model import (
    ID_PATTERN,
    MODELS,
    Actor,
    Argument,
    Check,
    Entry,
    Event,
    Figure,
    Gone,
    Headword,
    PageEntry,
    Policy,
    Product,
    Reference,
    Settings,
    Source,
    Term,
)
from .changes import FILE as CHANGES
from .changes import read_unreleased
from .editions import Snapshot, read_snapshots
from .facts import Facts, facts_of, holds_facts
from .invalid import TODO, UNWRITTEN, report_errors
from .names import fault_of_id, faults_of_paths, is_backup
from .needles import find
from .page_text import PageText, front_matter, parse_page
from .statements import SourcedStatement, sourced_statements
from .translation import Translation, read_translation
from .words import content_digest, swhid
from .yamldoc import Document, Path_, Value, parse, read_text

M = TypeVar("M", bound=BaseModel)

EVERY = "*"
SETTINGS = "data/edition.yml"
GONE = "data/gone.yml"


@dataclass(frozen=True)
class Record(Generic[M]):
    """A record, with the file and the place in it that it came from."""

    model: M
    document: Document
    path: Path_ = ()
    digest: str = ""
    """Of all that the data say of it."""

    @cached_property
    def statements(self) -> list[SourcedStatement]:
        """Its statements, with what belongs to each."""
        return sourced_statements(self.model)

    def at(self, path: Path_ = (), needle: str | None = None) -> Location:
        """Where the field at ``path`` stands; with ``needle``, where in it that text stands."""
        return Sought(partial(self.document.location, (*self.path, *path), needle))


@dataclass
class HandPage:
    """A page written by hand in ``docs/``: its path below ``docs/``, its Markdown, and this as the
    file has it, where facts are not written out.
    """

    path: str
    text: str
    raw: str = ""

    @cached_property
    def parsed(self) -> PageText:
        return parse_page(self.text)

    @property
    def title(self) -> str:
        return self.parsed.title

    def locate(self, needle: str) -> Location:
        text, at = self.raw, find(self.raw, needle)
        if not text or at < 0:
            text, at = self.text, max(find(self.text, needle), 0)
        before = text[:at]
        return Location(
            f"docs/{self.path}", before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
        )


@dataclass
class Archive:
    """Everything that the site is made from, by kind and id."""

    records: dict[str, dict[str, Record[Any]]] = field(
        default_factory=lambda: {k: {} for k in KINDS}
    )
    """By kind and id."""
    translations: dict[str, Translation] = field(default_factory=dict)
    pages: list[HandPage] = field(default_factory=list)
    editions: dict[str, Snapshot] = field(default_factory=dict)
    """The releases by version, oldest first."""
    unreleased: tuple[str, ...] = ()
    """What the list of changes says is new since the newest of them."""
    settings: Settings = field(default_factory=Settings)
    """What the edition calls things: ``data/edition.yml``."""
    facts: Facts = field(default_factory=Facts)
    """The dates and numbers that prose may cite."""
    gone: dict[str, Record[Gone]] = field(default_factory=dict)
    """What was taken out of the edition, by key: ``data/gone.yml``."""
    broken: set[str] = field(default_factory=set)
    """What exists but does not fit the model (``actor:lin-na``): its own violations are enough.

    ``event:*`` stands for all of a kind whose list could not be read.
    """

    def lacks(self, kind: str, id_: str) -> bool:
        """Whether there is no such record, not even an unreadable one."""
        return id_ not in self.of(kind) and not self.broken & {f"{kind}:{id_}", f"{kind}:{EVERY}"}

    def of(self, kind: str) -> dict[str, Record[Any]]:
        """The records of a kind, by id."""
        return self.records[kind]

    @property
    def actors(self) -> dict[str, Record[Actor]]:
        return self.records["actor"]

    @property
    def policies(self) -> dict[str, Record[Policy]]:
        return self.records["policy"]

    @property
    def arguments(self) -> dict[str, Record[Argument]]:
        return self.records["argument"]

    @property
    def products(self) -> dict[str, Record[Product]]:
        return self.records["product"]

    @property
    def events(self) -> dict[str, Record[Event]]:
        return self.records["event"]

    @property
    def figures(self) -> dict[str, Record[Figure]]:
        return self.records["figure"]

    @property
    def terms(self) -> dict[str, Record[Term]]:
        return self.records["term"]

    @property
    def checks(self) -> dict[str, Record[Check]]:
        return self.records["check"]

    @property
    def references(self) -> dict[str, Record[Reference]]:
        return self.records["reference"]

    @property
    def renderings(self) -> dict[str, Record[Headword]]:
        return self.records["rendering"]

    @property
    def sources(self) -> dict[str, Record[Source]]:
        return self.records["source"]

    def entries(self) -> Iterator[Record[Entry]]:
        """All entries, kind by kind, in the order of their ids (page kinds) or of their files."""
        for kind in ENTRIES:
            yield from self.of(kind.id).values()

    def page_entries(self) -> Iterator[Record[PageEntry]]:
        for kind in PAGES:
            yield from self.of(kind.id).values()

    def work(self, source: str | None) -> str | None:
        """The source of which a source is another translation; otherwise the source itself."""
        record = self.sources.get(source or "")
        of = record.model.translation_of if record else None
        return of if of in self.sources else source

    def works(self) -> list[str]:
        """The ids of the sources, each once, however often it is translated."""
        return [id_ for id_ in self.sources if self.work(id_) == id_]

    def only_source(self) -> str | None:
        """The id of the site's source, where it has only one, and of the first of its
        translations.
        """
        works = list(islice((id_ for id_ in self.sources if self.work(id_) == id_), 2))
        return works[0] if len(works) == 1 else None

    def default_source(self) -> str | None:
        """The source that a bare citation (p12) means: the only one, or the one marked as
        default.
        """
        marked = next((id_ for id_, record in self.sources.items() if record.model.default), None)
        return marked or self.only_source()


def load(root: Path, report: Report) -> Archive:
    """Read ``root/data`` and ``root/docs``. What is wrong is added to ``report``; nothing is
    raised.
    """
    archive = Archive(settings=_settings(root, report))
    for file in _files(root, report):
        archive.broken |= file.broken
        report.violations += file.violations
        for record in file.records:
            _add(archive, record, report)
    _share(archive)
    archive.facts = facts_of({f"{r.model.kind}:{r.model.id}": r.model for r in archive.entries()})
    for records in archive.records.values():
        records.update({id_: _written(r, archive.facts) for id_, r in records.items()
                        if holds_facts(r.document.text)})  # fmt: skip
    archive.gone = _gone(root, report)
    _read_docs(root, archive, report)
    archive.editions = _by_todays_ids(archive, read_snapshots(root, report))
    archive.unreleased = _unreleased(root)
    archive.broken |= {
        f"missing:{id_}" for id_ in archive.sources if id_ not in archive.translations
    }
    return archive


SHARED = ("fingerprints", "digests", "original")
"""What belongs to the text that is translated, and stands in the record of its first translation.
"""


def _share(archive: Archive) -> None:
    """Give every other translation of a source what is known of the source's own words, and let
    them stand after the sources.
    """
    sources = archive.sources.items()
    archive.records["source"] = dict(sorted(sources, key=lambda s: bool(s[1].model.translation_of)))
    for id_, record in archive.sources.items():
        first = archive.sources.get(record.model.translation_of or "")
        if first:
            known = {name: getattr(first.model, name) for name in SHARED}
            own = {name: value for name in SHARED if (value := getattr(record.model, name))}
            archive.sources[id_] = replace(
                record, model=record.model.model_copy(update=known | own)
            )


def _settings(root: Path, report: Report) -> Settings:
    """The edition's words; the engine's if it has none, or none that can be read."""
    file = root / SETTINGS
    text = read_text(file, SETTINGS, report) if file.exists() else None
    document = parse(text, SETTINGS, report) if text is not None else None
    if document is None or document.value is None:
        return Settings()
    try:
        return Settings.model_validate(document.value)
    except ValidationError as error:
        report_errors(Settings, error, document, (), report)
        return Settings()


def _written(record: Record[Any], facts: Facts) -> Record[Any]:
    """A record with the facts that its prose cites written out."""
    value: Any = record.document.value
    for step in record.path:
        value = value[step]
    fields = {**facts.in_all(value), "id": record.model.id}
    if fields == {**value, "id": record.model.id}:
        return record
    try:
        return replace(record, model=type(record.model).model_validate(fields))
    except ValidationError:  # too long for the field when it is written out
        return record


def _gone(root: Path, report: Report) -> dict[str, Record[Gone]]:
    """What was taken out of the edition."""
    file = root / GONE
    text = read_text(file, GONE, report) if file.exists() else None
    document = parse(text, GONE, report) if text is not None else None
    if document is None or document.value is None:
        return {}
    if not isinstance(document.value, list):
        report.add(Location(GONE), "is not a list; each item begins with - was: kind:id")
        return {}
    found: dict[str, Record[Gone]] = {}
    for index, value in enumerate(document.value):
        try:
            record = Record(Gone.model_validate(value), document, (index,))
        except ValidationError as error:
            report_errors(Gone, error, document, (index,), report)
            continue
        if record.model.was in found:
            report.add(record.at(("was",)), f"names {record.model.was} twice; keep one")
        found[record.model.was] = record
    return found


def _by_todays_ids(archive: Archive, snapshots: dict[str, Snapshot]) -> dict[str, Snapshot]:
    """The releases with each source under the id that it has today."""
    now = {old: id_ for id_, r in archive.sources.items() for old in r.model.formerly}
    return {
        version: snapshot.model_copy(
            update={"sources": {now.get(id_, id_): text for id_, text in snapshot.sources.items()}}
        )
        if now.keys() & snapshot.sources.keys()
        else snapshot
        for version, snapshot in snapshots.items()
    }


def _unreleased(root: Path) -> tuple[str, ...]:
    # A list that cannot be read at all is reported with its releases, see edition.py.
    path = root / CHANGES
    text = read_text(path, CHANGES, Report()) if path.is_file() else None
    return read_unreleased(text or "")


@dataclass
class _File:
    """What a file of the data holds, and what is wrong with it by itself."""

    records: list[Record[Any]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    violations: list[Violation] = field(default_factory=list)


# While the site is being served, most files are read again unchanged.
_FILES: Latest[_File] = Latest()
_TRANSLATIONS: Latest[tuple[Translation, list[Violation]]] = Latest()
_PAGES: Latest[HandPage] = Latest()


def _files(root: Path, report: Report) -> Iterator[_File]:
    data = root / "data"
    if not data.is_dir():
        report.add(Location("data"), "is missing; the entries belong in this folder")
        return
    for path in sorted(data.rglob("*")):
        shown = path.relative_to(root).as_posix()
        folder = path.is_dir() and not path.is_symlink() and path.suffix != ".yml"
        if (
            folder
            or shown in (SETTINGS, GONE)
            or is_backup(path.name)
            or any(part.startswith(".") for part in path.relative_to(data).parts)
        ):
            continue
        kind = _kind_of(path.relative_to(data), shown, report)
        if kind is None:
            continue
        text = read_text(path, shown, report)
        if text is None:
            yield _File(broken={_unread(kind, shown)})
        else:
            yield _FILES(
                (path, shown), swhid(text.encode()), partial(_read, kind, path, text, shown)
            )


def _unread(kind: str, shown: str) -> str:
    """What is missing where a file could not be read: its entry, or all of a kind."""
    return f"{kind}:{Path(shown).stem if KINDS[kind].paged else EVERY}"


def _read(kind: str, place: Path, text: str, shown: str) -> _File:
    """The records of a file."""
    file, report = _File(), Report()
    document = parse(text, shown, report)
    if document is None or not isinstance(document.value, dict if KINDS[kind].paged else list):
        file.broken.add(_unread(kind, shown))
    if document is not None:
        for path, value in _raw_records(kind, document, report):
            record = _record(kind, document, path, value, file, report)
            if record:
                file.records.append(record)
        if not holds_facts(document.text):  # which are written out once all entries are known
            document.let_go(place)
    file.violations = report.violations
    return file


def _raw_records(kind: str, document: Document, report: Report) -> Iterator[tuple[Path_, Value]]:
    place = Location(document.path)
    if document.value is None:
        report.add(
            place,
            "is empty; write"
            f" {'the fields of the entry' if KINDS[kind].paged else 'a list of entries'} or delete"
            " the file",
        )
    elif KINDS[kind].paged:
        yield (), document.value
    elif isinstance(document.value, list):
        for index, value in enumerate(document.value):
            yield (index,), value
    else:
        report.add(place, f"is not a list; each {kind} is an item that begins with - id:")


def _kind_of(path: Path, shown: str, report: Report) -> str | None:
    """The kind of entry a file below ``data/`` holds, by its place: ``actors/x.yml``,
    ``events.yml``.
    """
    place = Location(shown)
    if path.parts[0] == "sources" and path.name.endswith(".lock.json"):  # review.py's
        return None
    if path.parts[0] == "editions":  # see editions.py
        return None
    if path.suffix != ".yml":
        report.add(place, "is not a .yml file; rename it or move it out of data/")
        return None
    folder = path.parts[0] if len(path.parts) > 1 else path.stem
    if folder not in BY_FOLDER:
        report.add(
            place,
            f'is not in a known place: there is no kind "{folder}"{nearest(folder, BY_FOLDER)}; the'
            f" kinds are {', '.join(sorted(BY_FOLDER))}",
        )
        return None
    kind = BY_FOLDER[folder].id
    if len(path.parts) > 2 or (KINDS[kind].paged and len(path.parts) == 1):
        report.add(place, f"is in the wrong place; {kind} files are data/{folder}/ID.yml")
        return None
    if KINDS[kind].paged and not re.fullmatch(ID_PATTERN, path.stem):
        report.add(
            place,
            f'has the name "{path.stem}", which is not an id; use lower-case letters, digits and'
            " single hyphens",
        )
        return None
    if fault := KINDS[kind].paged and fault_of_id(KINDS[kind], path.stem):
        report.add(place, fault)
        return None
    return kind


def _record(
    kind: str, document: Document, path: Path_, value: Value, file: _File, report: Report
) -> Record[Any] | None:
    """A record of the model, or ``None`` with violations."""
    if not isinstance(value, dict):
        report.add(
            document.location(path),
            "is not an entry; write its fields as name: value",
        )
        file.broken.add(_unread(kind, document.path))
        return None
    fields: dict[str, Any] = dict(value)
    if KINDS[kind].paged:
        stem = Path(document.path).stem
        if fields.setdefault("id", stem) != stem:
            report.add(
                document.location((*path, "id")),
                f'has the id {quoted(fields["id"])}, but the file is named "{stem}"; leave the'
                " id out",
            )
            fields["id"] = stem
    elif fault := fault_of_id(KINDS[kind], str(fields.get("id"))):
        report.add(document.location((*path, "id")), fault)
    model = MODELS[kind]
    try:
        return Record(model.model_validate(fields), document, path, content_digest(value))
    except ValidationError as error:
        file.broken.add(f"{kind}:{fields.get('id')}")
        report_errors(model, error, document, path, report)
        told = {detail["loc"] for detail in error.errors()}
        if ("id",) in told:  # whatever links to it uses another id
            file.broken.add(f"{kind}:{EVERY}")
        for place in _unwritten(fields):
            if place not in told:  # as the invariants say it of what can be read
                report.add(document.location((*path, *place), TODO), UNWRITTEN)
        return None


def _unwritten(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Where in a record something is still to be written."""
    if isinstance(value, str):
        if TODO in value:
            yield path
    else:
        for name, part in value.items() if isinstance(value, dict) else enumerate(value or ()):
            yield from _unwritten(part, (*path, name))


def _add(archive: Archive, record: Record[Any], report: Report) -> None:
    records = archive.of(record.model.kind)
    id_ = record.model.id
    if id_ in records:
        archive.broken.add(
            f"{record.model.kind}:{EVERY}"
        )  # one of the two is meant to have a different id
        report.add(
            record.at(("id",)),
            f'has the id "{id_}", which {records[id_].at(("id",))} has already; choose another',
        )
        return
    records[id_] = record


def _read_docs(root: Path, archive: Archive, report: Report) -> None:
    docs = root / "docs"
    for shown, fault in faults_of_paths(
        path.relative_to(root).as_posix()
        for folder in ("docs", "data")
        for path in (root / folder).rglob("*")
        if not is_backup(path.name)
    ):
        report.add(Location(shown), fault)
    for path in sorted(docs.rglob("*")):
        # MkDocs would follow it and publish whatever it leads to.
        if path.is_symlink() and not is_backup(path.name):
            report.add(
                Location(path.relative_to(root).as_posix()),
                "is a symbolic link; put the file itself here",
            )
    for path in sorted(p for p in docs.rglob("*.md") if not is_backup(p.name)):
        shown = path.relative_to(root).as_posix()
        text = None if path.is_symlink() else read_text(path, shown, report)
        if text is None:
            if path.parent == docs / "sources":
                archive.broken.add(f"translation:{path.stem}")
            continue
        found = len(report.violations)
        matter, body = front_matter(text)
        # An empty line in place of the dashes, so that line numbers stay right.
        document = parse("\n" + matter, shown, report)
        if body.startswith("---\n"):
            report.add(
                Location(shown), "opens its fields with --- and does not close them; add --- below"
            )
        elif document and not isinstance(document.value, dict | None):
            report.add(Location(shown, 2), "has no fields between ---; write name: value")
        if len(report.violations) > found:
            continue
        if path.parent == docs / "sources":
            if path.stem not in archive.sources and f"source:{path.stem}" not in archive.broken:
                report.add(
                    Location(shown),
                    "has no record; write"
                    f" data/sources/{path.stem}.yml{nearest(path.stem, archive.sources)}",
                )
                continue
            if not text.strip():
                report.add(
                    Location(shown),
                    "is empty; write the translation here, each paragraph with { #p1 } below it",
                )
                archive.broken.add(f"translation:{path.stem}")
                continue
            archive.translations[path.stem], violations = _TRANSLATIONS(
                path, swhid(text.encode()), partial(_translation, text, shown)
            )
            if violations:
                archive.broken.add(f"translation:{path.stem}")
            report.violations += violations
            for paragraph in archive.translations[path.stem].paragraphs:
                image = paragraph.form.image
                if image and (".." in image or not (docs / image).is_file()):
                    report.add(
                        paragraph.locate(f"({image}"),
                        f'shows "{image[:60]}", which is not there; put the picture into docs/ and'
                        " write its path from there",
                    )
        else:
            page = path.relative_to(docs).as_posix()
            written = archive.facts.written(text)
            archive.pages.append(_PAGES(path, written, partial(HandPage, page, written, text)))


def _translation(text: str, shown: str) -> tuple[Translation, list[Violation]]:
    report = Report()
    return read_translation(text, shown, report), report.violations
