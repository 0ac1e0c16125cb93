"""What of a record does not fit the model, told in this project's words."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..errors import Location, Report, nearest, quoted
from ..kinds import KINDS
from ..model import ID_PATTERN, Model
from .yamldoc import Document, Path_

TODO = "TODO"
UNWRITTEN = "is not written yet (TODO); write it or remove the field"


def report_errors(
    model: type[Model], error: ValidationError, document: Document, path: Path_, report: Report
) -> None:
    """What pydantic has to say of an entry; of many fields that it does not know, one line."""
    details = error.errors()
    unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
    if len(unknown) > 3:
        names = ", ".join(quoted(detail["loc"][-1], 30) for detail in unknown[:3])
        report.add(
            document.key_location((*path, *unknown[0]["loc"])),
            f"has {len(unknown)} unknown fields, {names} and others; remove them, or put the file"
            " where its kind belongs",
        )
        details = [detail for detail in details if detail not in unknown]
    for detail in details:
        report_invalid(model, detail, document, path, report)


def report_invalid(
    model: type[Model], detail: ErrorDetails, document: Document, path: Path_, report: Report
) -> None:
    """One of pydantic's errors in this project's words: cause and remedy, at the value it
    concerns.
    """
    place, message = _told(model, detail, document, path)
    if detail.get("input") == TODO:
        message = f"is not written yet (TODO){message[message.find(';') :]}"
    report.add(place, message)


def _told(
    model: type[Model], detail: ErrorDetails, document: Document, path: Path_
) -> tuple[Location, str]:
    loc = detail["loc"]
    context = detail.get("ctx", {})
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "entry")
    given = quoted(detail.get("input"))
    match detail["type"]:
        case "missing":
            place = document.location((*path, *loc[:-1]))
            message = f'lacks the field "{name}"; add it'
        case "extra_forbidden":
            place = document.key_location((*path, *loc))
            message = (
                f'has the unknown field "{name}"{nearest(name, _field_names(model, loc))}; remove'
                " or rename it"
            )
        case "literal_error":
            place = document.location((*path, *loc))
            known = re.findall(r"'([^']+)'", str(context.get("expected", "")))
            message = (
                f'has {given} for "{name}"{nearest(str(detail.get("input")), known)}; use one of'
                f" {', '.join(known)}"
            )
        case "string_pattern_mismatch":
            place = document.location((*path, *loc))
            hint = pattern_hint(str(context.get("pattern", "")), str(detail.get("input")))
            message = f'has {given} for "{name}"; {hint}'
        case "string_too_long" | "string_too_short":
            place = document.location((*path, *loc))
            limit = context.get("max_length")
            message = (
                f'has a "{name}" of more than {limit} characters; shorten it'
                if limit
                else f'has an empty "{name}"; fill it in or remove it'
            )
        case "list_type" | "string_type" | "dict_type" | "model_type" | "model_attributes_type":
            place = document.location((*path, *loc))
            message = _shape(model, name, detail)
        case (
            "float_parsing"
            | "int_parsing"
            | "float_type"
            | "int_type"
            | "finite_number"
            | "int_from_float"
            | "int_parsing_size"
        ):
            place = document.location((*path, *loc))
            message = f'has {given} for "{name}"; write a number, in digits'
        case "bool_parsing":
            place = document.location((*path, *loc))
            message = f'has {given} for "{name}"; write true or false'
        case "greater_than_equal" | "less_than_equal":
            place = document.location((*path, *loc))
            message = (
                f'has {given} for "{name}"; it cannot be {"less" if "ge" in context else "more"}'
                f" than {context.get('ge', context.get('le')):,}"
            )
        case "too_short":
            place = document.location((*path, *loc))
            message = f'has an empty "{name}"; give at least one'
        case _:
            place = document.location((*path, *loc))
            message = f'has {given} for "{name}": {detail["msg"][:1].lower()}{detail["msg"][1:]}'
    return place, message


def _shape(model: type[Model], name: str, detail: ErrorDetails) -> str:
    """What to say of a field that holds a list, a text or fields where another of them belongs."""
    value = detail.get("input")
    wanted = {"list_type": "a list", "string_type": "text"}.get(
        detail["type"], "a mapping with fields"
    )
    needed = name in model.model_fields and model.model_fields[name].is_required()
    remedy = f"give {wanted}{'' if needed else ' or remove the field'}"
    if link := _as_link(value):
        return f'has a blank within {quoted(link[0])} for "{name}"; write {link[1]}'
    if value is None:
        return f'has the field "{name}" empty; {remedy}'
    if wanted == "a list":
        remedy = _as_list(model, name, value)
        return f'has one value for "{name}" where a list is wanted; {remedy}'
    return f'has the field "{name}" in the wrong shape; {remedy}'


def _as_link(value: object) -> tuple[str, str] | None:
    """What ``[actor: amd]`` has been written as, which YAML takes for a field, and what was meant;
    ``None`` for anything else.
    """
    match value:
        case {**fields} if len(fields) == 1:
            [(kind, id_)] = fields.items()
            return (f"{kind}: {id_}", f"{kind}:{id_}") if kind in KINDS else None
    return None


def _field_names(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The fields that may stand where ``loc`` points, for the near-miss suggestion."""
    current: Any = model
    for part in loc[:-1]:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = (
                _inner_model(current.model_fields[part].annotation)
                if part in current.model_fields
                else current
            )
    return (
        list(current.model_fields)
        if isinstance(current, type) and issubclass(current, BaseModel)
        else []
    )


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(
        (inner for inner in map(_inner_model, get_args(annotation)) if inner is not None), None
    )


def _as_list(model: type[Model], name: str, value: object) -> str:
    """How to write a list in place of one value; of what has fields, with those it needs."""
    field = model.model_fields.get(name)
    each = _inner_model(field.annotation) if field else None
    if each is None:
        [of] = get_args(field.annotation) if field else [str]
        pattern = str(TypeAdapter(of).json_schema().get("pattern", ""))
        return f"write {name}: [{_with_kind(pattern, str(value))}], or a line with - for each"
    needed = [part for part, its in each.model_fields.items() if its.is_required()]
    return f"write a line with - for each, and its fields ({', '.join(needed)})"


def _with_kind(pattern: str, value: str) -> str:
    """A value of a list as it has to be written: where that is a link, with the kind before it."""
    kinds = _kinds_of(pattern)
    id_ = "id" if value == TODO else value
    return f"{kinds[0]}:{id_}" if len(kinds) == 1 and re.fullmatch(ID_PATTERN, id_) else value


def _kinds_of(pattern: str) -> list[str]:
    """The kinds to which a field with this pattern may link."""
    kinds = re.match(r"\^\(\?:([a-z|]+)\):", pattern)
    return kinds[1].split("|") if kinds else []


def pattern_hint(pattern: str, given: str = "") -> str:
    """What to write in a field that has this pattern; with the id that was given, if it is one."""
    if kinds := _kinds_of(pattern):
        id_ = given if re.fullmatch(ID_PATTERN, given) else "id"
        return f"write {' or '.join(f'{kind}:{id_}' for kind in kinds)}"
    if pattern.startswith("^[a-z]{2,3}"):
        return "write a language's code, such as en, fr, or zh-Hans"
    if "https?" in pattern:
        return "write a full address that begins with https://"
    if ":p[1-9]" in pattern:
        return "write p12, p12-p14, source-id:p3 or the id of a reference"
    if pattern.startswith("^Q"):
        return "write a Wikidata id such as Q182477"
    if "0-9a-f" in pattern:
        return "write the 64 hexadecimal digits that `dossier fingerprint` prints"
    if pattern.startswith("^p["):
        return "write a paragraph id such as p12"
    return "use lower-case letters, digits and single hyphens"
