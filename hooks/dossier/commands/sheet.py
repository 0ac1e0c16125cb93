"""``dossier import actors.csv``: entries from a spreadsheet, one per row, all of them checked
first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from ..errors import Location, Report, nearest
from ..kinds import ENTRIES, KINDS
from ..model import MODELS
from ..read.invalid import report_invalid
from ..read.load import Archive
from ..read.names import fault_of_id
from ..read.yamldoc import Document, Mark, Path_, Places
from .scaffold import ScaffoldError
from .schema import modeline
from .texts import File, UnreadableTextError, read_file

_CELL = {
    between: re.compile(rf'"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^{between}\n"]*)')
    for between in (",\t", ";")
}
"""A cell, by what parts it from the next."""
SEVERAL = ";"
"""Between the values of a cell that holds several."""


def import_sheet(root: Path, archive: Archive, sheet: Path, kind: str | None) -> list[Path]:
    """Write an entry for every row of a sheet, whose first row names the fields; gives the files.

    The kind is the one named, or that of the file's name. Raises ``InvalidArchiveError`` with
    everything that is wrong, at line and column of the sheet; then nothing is written.
    """
    report = Report()
    kind = kind or _kind_of(sheet, report)
    report.raise_if_any()
    assert kind is not None
    try:
        text = read_file(File(sheet))
    except UnreadableTextError as error:
        raise ScaffoldError(str(error)) from None
    entries = dict(_entries(kind, archive, text, sheet.name, report))
    report.raise_if_any()
    if not entries:
        report.add(Location(sheet.name), "holds no row below the names of the fields")
        report.raise_if_any()
    return _write(root, kind, entries)


def _kind_of(sheet: Path, report: Report) -> str | None:
    known = {kind.folder: kind.id for kind in (*ENTRIES, KINDS["reference"])}
    if sheet.stem in known:
        return known[sheet.stem]
    report.add(
        Location(sheet.name),
        f"has the name of no kind{nearest(sheet.stem, known)}; name it after one of"
        f" {', '.join(known)}, or say --kind",
    )
    return None


def _entries(
    kind: str, archive: Archive, text: str, name: str, report: Report
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows that are in order, by id; what is wrong with the others is reported."""
    rows = list(_rows(text, name, report))
    if not text.strip():
        report.add(Location(name), "is empty; its first row names the fields, a row an entry below")
        return
    model = MODELS[kind]
    head = [value.strip() for value, _ in rows[0]] if rows else []
    known = [name for name in model.model_fields if _fits(model.model_fields[name].annotation)]
    for column, (_, mark) in zip(head, rows[0] if rows else [], strict=True):
        if column not in known:
            why = (
                "a field that a sheet cannot hold; fill it in in the files afterward"
                if column in model.model_fields
                else f"not a field of {kind}{nearest(column, known)}; known are {', '.join(known)}"
            )
            report.add(Location(name, mark.line + 1, mark.column + 1), f'"{column}" is {why}')
        elif head.count(column) > 1:
            report.add(
                Location(name, mark.line + 1, mark.column + 1),
                f'"{column}" stands in more than one column; keep one',
            )
    if report.violations:
        return
    seen: set[str] = set(archive.of(kind))
    for row in rows[1:]:
        if not any(value.strip() for value, _ in row):
            continue
        place = Location(name, row[0][1].line + 1, 1)
        if len(row) > len(head):
            report.add(place, f"has {len(row)} cells for {len(head)} names; quote what has commas")
            continue
        cells = {field: value.strip() for field, (value, _) in zip(head, row, strict=False)}
        spans: dict[Path_, tuple[Mark, Mark]] = {
            (field,): (mark, mark) for field, (_, mark) in zip(head, row, strict=False)
        }
        spans[()] = (row[0][1], row[0][1])
        fields = {
            field: _value(value, model.model_fields[field].annotation)
            for field, value in cells.items()
            if value
        }
        fields.setdefault("id", _id(str(fields.get("name") or fields.get("title") or "")))
        document = Document(name, text, None, Places(spans))
        fault = fault_of_id(KINDS[kind], str(fields["id"]))
        if not fields["id"]:
            fault = "has a name of which no id can be made; give the row one in a column id"
        if fields["id"] in seen:
            fault = f'has the id "{fields["id"]}", which is taken; choose another'
        if fault:
            report.add(document.location(("id",)), fault)
            continue
        try:
            model.model_validate(fields)
        except ValidationError as error:
            for detail in error.errors():
                report_invalid(model, detail, document, (), report)
            continue
        seen.add(str(fields["id"]))
        yield str(fields.pop("id")), fields


def _rows(text: str, name: str, report: Report) -> Iterator[list[tuple[str, Mark]]]:
    """The cells of each row, with where they begin. Cells are parted by commas or tabs, or, as
    where a comma is the decimal sign, by semicolons.
    """
    at = 0
    row: list[tuple[str, Mark]] = []
    text = text.rstrip("\n") + "\n"
    head = text.partition("\n")[0]
    between = ";" if ";" in head and "," not in head and "\t" not in head else ",\t"
    while at < len(text):
        match = _CELL[between].match(text, at)
        assert match is not None
        line = text.count("\n", 0, at)
        mark = yaml.Mark("", at, line, at - (text.rfind("\n", 0, at) + 1), None, 0)
        quoted = match["quoted"]
        if quoted is None and text[at] == '"':
            report.add(
                Location(name, line + 1, mark.column + 1),
                "opens a quotation mark that does not close; close it, or double it",
            )
        row.append((match["bare"] or "" if quoted is None else quoted.replace('""', '"'), mark))
        at = match.end()
        end = text[at : at + 1]
        while end not in (*between, "\n", ""):  # what stands after a closing mark is the cell's
            row[-1] = (row[-1][0] + end, mark)
            at += 1
            end = text[at : at + 1]
        if end in ("\n", ""):
            yield row
            row = []
        at += 1


def _fits(annotation: Any) -> bool:
    """Whether a field's value fits into a cell: a text, a number, or a list of these."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return False
    return get_origin(annotation) is not dict and all(map(_fits, get_args(annotation)))


def _value(text: str, annotation: Any) -> Any:
    """What a cell says, as the field has it."""
    if get_origin(annotation) is list:
        return [part.strip() for part in text.split(SEVERAL) if part.strip()]
    if annotation is bool:
        return {"yes": True, "no": False}.get(text.lower(), text)
    return text


def _id(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def _write(root: Path, kind: str, entries: dict[str, dict[str, Any]]) -> list[Path]:
    folder = KINDS[kind].folder
    if KINDS[kind].paged:
        files = []
        for id_, fields in entries.items():
            path = f"data/{folder}/{id_}.yml"
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(f"{modeline(path)}\n{_yaml(fields)}", encoding="utf-8")
            files.append(root / path)
        return files
    path = f"data/{folder}.yml"
    file = root / path
    before = file.read_text(encoding="utf-8").rstrip("\n") if file.exists() else modeline(path)
    items = [_yaml([{"id": id_, **fields}]) for id_, fields in entries.items()]
    file.write_text("\n\n".join([before, *(item.rstrip("\n") for item in items)]) + "\n", "utf-8")
    return [file]


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
