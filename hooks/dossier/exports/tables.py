"""The data as tables: a CSV file for each kind, and everything in one SQLite database.

The columns of a table are the model's own fields; those of a record within an entry follow its name
(``identifiers_wikidata``). A field with several values is a JSON array; a list of records (an
actor's
roles, a policy's status) is a table of its own, each row with the entry to which it belongs. Prose
stands as plain text, and everything that an entry cites, in lists and
in prose alike, in the table ``citations``.
"""

from __future__ import annotations

import contextlib
import csv
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ..graph.refs import Graph, paragraph_address
from ..han import HAN_RUN
from ..kinds import KINDS
from ..model import MODELS, Role, roles
from ..read.edition import Edition
from ..read.prose import tidy
from ..store import Content, OnDisk
from .base import Place, paragraphs, plain, records
from .search import hits

DATABASE = "data/edition.sqlite"
Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """A table: its name, columns, and rows in the order of the data, to be gone through once."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def table_files(graph: Graph, edition: Edition) -> Iterator[tuple[str, Content]]:
    """A CSV file for every table, and the database with all of them, which is made on disk."""
    place = Place(DATABASE, edition)  # the CSV files stand in the same folder
    searched = (
        (hit.kind, place.url(hit.url), hit.title, " ".join(hit.names), hit.text)
        for hit in hits(graph)
        if hit.kind not in ("part", "stance", "reference", "year", "page")
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edition.sqlite"
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA page_size = 4096")
            for setting in ("journal_mode = OFF", "synchronous = OFF"):
                database.execute(f"PRAGMA {setting}")
            for table in tables(graph, place):
                yield f"data/{table.name}.csv", "".join(_both(table, database))
            _add_search(searched, database)
        _forget_the_writing(file)
        yield DATABASE, OnDisk(file)


def tables(graph: Graph, place: Place) -> Iterator[Table]:
    """All tables: the kinds, what belongs to their entries, the paragraphs, and who cites and
    mentions what.
    """
    parts: dict[str, tuple[tuple[str, ...], list[tuple[Cell, ...]]]] = {}
    for kind, model in MODELS.items():
        columns = _columns(model)
        rows: list[tuple[Cell, ...]] = []
        for record in graph.archive.of(kind).values():
            id_, cells = record.model.id, _cells(record.model)
            rows.append(
                (
                    id_,
                    place.url(graph.address(kind, id_)),
                    *(cells.get(name) for name in columns if name != "id"),
                )
            )
            _collect_parts(kind, id_, record.model, parts)
        yield Table(
            KINDS[kind].folder, ("id", "address", *(name for name in columns if name != "id")), rows
        )
    yield from (Table(name, *found) for name, found in parts.items())
    yield Table(
        "paragraphs", ("source", "id", "address", "part", "text", "notes", "fingerprint"),
        (
            (source.id, p.id, place.url(paragraph_address(source.id, p.id)), p.part,
            "" if p.joined else tidy(p.prose.plain),
             _array([plain(note.text) for note in p.notes]), source.fingerprints.get(p.id))
            for source, p in paragraphs(graph)
        ),
    )  # fmt: skip
    yield Table("citations", ("kind", "id", "source", "paragraph", "reference"), _citations(graph))
    mentions: Iterator[tuple[Cell, ...]] = (
        (*key.split(":", 1), m.source, f"p{m.number}", link.words)
        for key in sorted(graph.mentions)
        for m in graph.mentions[key]
        for link in m.links
    )
    yield Table("mentions", ("kind", "id", "source", "paragraph", "words"), mentions)


def _citations(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    """A row for each paragraph and each work that an entry cites; a range gives a row for each of
    its paragraphs.
    """
    for record in records(graph):
        kind, id_ = record.model.kind, record.model.id
        if kind == "reference":
            continue
        key = f"{kind}:{id_}"
        yield from (
            (kind, id_, source, f"p{number}", None)
            for source, number in graph.cited_paragraphs(key)
        )
        yield from (
            (kind, id_, None, None, c.reference) for c in graph.citations(key) if c.reference
        )


def _columns(model: type[BaseModel], before: str = "") -> tuple[str, ...]:
    """The fields of a model that fit a cell; fingerprints stand with their paragraphs."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        inner = _inner(field.annotation)
        if inner is None and name != "fingerprints":
            found.append(before + name)
        elif inner and get_origin(field.annotation) is not list:
            found += _columns(inner, f"{before}{name}_")
    return tuple(found)


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model in ``Model``, ``Model | None`` or ``list[Model]``, ``None`` for any other
    annotation.
    """
    choices = get_args(annotation) or (annotation,)
    return next((a for a in choices if isinstance(a, type) and issubclass(a, BaseModel)), None)


@cache
def _models(model: type[BaseModel]) -> dict[str, tuple[type[BaseModel], bool]]:
    """The fields that hold records: of which model, and whether many."""
    inner = {
        name: (_inner(field.annotation), get_origin(field.annotation) is list)
        for name, field in model.model_fields.items()
    }
    return {name: (found, many) for name, (found, many) in inner.items() if found}


def _collect_parts(
    kind: str,
    id_: str,
    record: BaseModel,
    parts: dict[str, tuple[tuple[str, ...], list[tuple[Cell, ...]]]],
    before: str = "",
) -> None:
    """Add the lists of records within an entry to the tables of their kind."""
    for name, (model, many) in _models(type(record)).items():
        value = getattr(record, name)
        if many:
            columns = _columns(model)
            _, rows = parts.setdefault(before + name, (("kind", "entry", "position", *columns), []))
            for position, part in enumerate(value, 1):
                cells = _cells(part)
                rows.append((kind, id_, position, *(cells.get(column) for column in columns)))
        elif isinstance(value, BaseModel):
            _collect_parts(kind, id_, value, parts, f"{before}{name}_")


def _cells(record: BaseModel, before: str = "") -> dict[str, Cell]:
    """The values of a record that fit a cell, by column."""
    found: dict[str, Cell] = {}
    for name, role in roles(type(record)).items():
        value = getattr(record, name)
        if isinstance(value, BaseModel):
            found |= _cells(value, f"{before}{name}_")
        elif isinstance(value, list):
            found[before + name] = (
                None if value and isinstance(value[0], BaseModel) else _array(value)
            )
        elif isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
            found[before + name] = int(value)
        elif isinstance(value, str) and role is Role.PROSE:
            found[before + name] = plain(value)
        elif not isinstance(value, dict):
            found[before + name] = value
    return found


def _array(values: list[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


class _Lines(list[str]):
    """What a CSV writer has written."""

    write = list.append


def _both(table: Table, database: sqlite3.Connection) -> list[str]:
    """Put a table into the database; gives its lines as RFC 4180 has them, except that they end as
    those of the site's other files do.
    """
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(table.columns)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for row in table.rows:
            writer.writerow(row)
            yield row

    numbers = {"position", "value", "maximum", "paragraphs", "default", "title_by_editors"}
    columns = ", ".join(f'"{c}" {"NUMERIC" if c in numbers else "TEXT"}' for c in table.columns)
    key = ', PRIMARY KEY ("id")' if table.columns[:2] == ("id", "address") else ""
    database.execute(f'CREATE TABLE "{table.name}" ({columns}{key})')
    database.executemany(
        f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})', rows()
    )
    return lines


def _han_parts(text: str) -> str:
    """Every part, of up to six characters, of the Chinese in a text.

    >>> _han_parts("Entity List 实体清")
    '体 体清 实 实体 实体清 清'
    """
    runs = {run for found in HAN_RUN.findall(text) for run in re.split(r"[、。，·《》]", found)}
    return " ".join(
        sorted(
            {
                run[n : n + length]
                for run in runs
                for n in range(len(run))
                for length in range(1, 7)
                if n + length <= len(run)
            }
        )
    )


def _add_search(searched: Iterable[tuple[str, ...]], database: sqlite3.Connection) -> None:
    """Add ``search``, a full-text index of kind, address, name, other names and text, and make the
    file as small as it can be.

    SQLite takes a run of Chinese characters for one word; the column ``han`` holds the parts of
    each run as words of their own.
    """
    database.execute(
        "CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, address UNINDEXED, name, "
        "also, text, han, tokenize='unicode61')"
    )
    database.executemany(
        "INSERT INTO search VALUES (?, ?, ?, ?, ?, ?)",
        ((*row, _han_parts(" ".join(row[2:]))) for row in searched),
    )
    database.commit()
    database.execute("VACUUM")


def _forget_the_writing(file: Path) -> None:
    """Take out of a database's head how often it was written, and by which version of SQLite: the
    same rows give the same bytes.
    """
    with file.open("r+b") as head:
        for at, count in ((24, 4), (92, 8)):
            head.seek(at)
            head.write(bytes(count))
