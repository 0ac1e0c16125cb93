"""The data as tables: a CSV file a kind, and everything in one SQLite database.

The columns of a table are the model's own fields. A field with several values is a JSON array; a
list of records (an actor's roles, a policy's status) is a table of its own, each row with the entry
to which it belongs. Prose stands as plain text, and everything that an entry cites, in lists and
in prose alike, in the table ``citations``.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ..edition import Edition
from ..load import MODELS
from ..model import FOLDERS, Model, Role, roles
from ..refs import Graph, address, paragraph_address
from ..search import hits
from .base import Files, Place, paragraphs, plain, records, tidy

DATABASE = "data/edition.sqlite"
Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """A table: its name, its columns, its rows in the order of the data."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def table_files(graph: Graph, edition: Edition) -> Files:
    """A CSV file for every table, and the database with all of them."""
    place = Place(DATABASE, edition)  # the CSV files stand in the same folder
    found = list(tables(graph, place))
    searched = ((hit.kind, place.url(hit.url), hit.title, hit.also, hit.text) for hit in hits(graph))
    return {**{f"data/{table.name}.csv": to_csv(table) for table in found}, DATABASE: to_sqlite(found, searched)}


def tables(graph: Graph, place: Place) -> Iterator[Table]:
    """All tables: the kinds, what belongs to their entries, the paragraphs, and who cites and mentions what."""
    parts: dict[str, Table] = {}
    for kind, model in MODELS.items():
        columns = _columns(model)
        rows: list[tuple[Cell, ...]] = []
        for record in graph.archive.of(kind).values():
            entry = record.model
            rows.append((entry.id, place.url(address(kind, entry.id)), *(_cell(entry, name) for name in columns if name != "id")))
            _collect_parts(entry, parts)
        yield Table(FOLDERS[kind], ("id", "address", *(name for name in columns if name != "id")), rows)
    yield from parts.values()
    yield Table(
        "paragraphs", ("source", "id", "address", "part", "text", "notes", "fingerprint"),
        [
            (source.id, p.id, place.url(paragraph_address(source.id, p.id)), p.part, tidy(p.prose.plain),
             _array([plain(note.text) for note in p.notes]), source.fingerprints.get(p.id))
            for source, p in paragraphs(graph)
        ],
    )  # fmt: skip
    yield Table("citations", ("kind", "id", "source", "paragraph", "reference"), list(_citations(graph)))
    mentions: list[tuple[Cell, ...]] = [
        (*key.split(":", 1), m.source, f"p{m.number}", link.words)
        for key in sorted(graph.mentions)
        for m in graph.mentions[key]
        for link in m.links
    ]
    yield Table("mentions", ("kind", "id", "source", "paragraph", "words"), mentions)


def _citations(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    """A row for each paragraph and each work that an entry cites; a range gives a row for each of its paragraphs."""
    for record in records(graph):
        kind, id_ = record.model.kind, record.model.id
        if kind == "reference":
            continue
        key = f"{kind}:{id_}"
        yield from ((kind, id_, source, f"p{number}", None) for source, number in graph.cited_paragraphs(key))
        yield from ((kind, id_, None, None, c.reference) for c in graph.citations(key) if c.reference)


def _columns(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that fit a cell; fingerprints stand with their paragraphs."""
    return tuple(name for name, field in model.model_fields.items() if _part_model(field.annotation) is None and name != "fingerprints")


def _part_model(annotation: Any) -> type[BaseModel] | None:
    """The model in ``list[Model]``, ``None`` for any other annotation."""
    if get_origin(annotation) is not list:
        return None
    return next((a for a in get_args(annotation) if isinstance(a, type) and issubclass(a, BaseModel)), None)


def _collect_parts(entry: Model, parts: dict[str, Table]) -> None:
    for name, field in type(entry).model_fields.items():
        model = _part_model(field.annotation)
        if model is None:
            continue
        columns = _columns(model)
        table = parts.setdefault(name, Table(name, ("kind", "entry", "position", *columns), []))
        for position, part in enumerate(getattr(entry, name), 1):
            table.rows.append((entry.kind, entry.id, position, *(_cell(part, column) for column in columns)))  # type: ignore[attr-defined]


def _cell(record: BaseModel, name: str) -> Cell:
    value = getattr(record, name)
    if isinstance(value, list):
        return _array(value)
    if isinstance(value, BaseModel):
        said = value.model_dump(exclude_none=True)
        return json.dumps(said, ensure_ascii=False) if said else None
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    if isinstance(value, str) and roles(type(record))[name] is Role.PROSE:
        return plain(value)
    cell: Cell = value
    return cell


def _array(values: list[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def to_csv(table: Table) -> str:
    """The table as RFC 4180 has it, except that lines end as the site's other files do."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue()


def to_sqlite(found: list[Table], searched: Iterable[tuple[str, ...]]) -> bytes:
    """The tables as a database, with ``search``, a full-text index of kind, address, name, other names and text.

    SQLite takes a run of Chinese characters for one word, so a Chinese name is found as a whole.
    """
    with sqlite3.connect(":memory:") as database:
        database.execute("PRAGMA page_size = 4096")
        for table in found:
            numbers = {"position", "value", "maximum", "paragraphs", "default", "title_by_editors"}
            columns = ", ".join(f'"{c}" {"NUMERIC" if c in numbers else "TEXT"}' for c in table.columns)
            key = ', PRIMARY KEY ("id")' if table.columns[:2] == ("id", "address") else ""
            database.execute(f'CREATE TABLE "{table.name}" ({columns}{key})')
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})', table.rows)
        database.execute(
            "CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, address UNINDEXED, name, also, text, tokenize='unicode61')"
        )
        database.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?)", searched)
        database.commit()
        database.execute("VACUUM")
        return database.serialize()
