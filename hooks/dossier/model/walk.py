"""Going through a record: its values by role, its statements, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .fields import Role
from .records import Statement

Path_ = tuple[str | int, ...]


def walk(record: BaseModel, path: Path_ = ()) -> Iterator[tuple[Path_, Role, str]]:
    """Every text value of a record that has a role, with its path, in the order of the model."""
    for name, role in _on_the_way(type(record)).items():
        value = getattr(record, name)
        if isinstance(value, str) and role is not None:
            yield (*path, name), role, value
        elif isinstance(value, BaseModel):
            yield from walk(value, (*path, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from walk(item, (*path, name, index))
                elif role is not None:
                    yield (*path, name, index), role, item


@cache
def _on_the_way(model: type[BaseModel]) -> dict[str, Role | None]:
    """The fields that have a role or hold other models, with their roles."""
    return {
        name: role
        for name, role in roles(model).items()
        if role is not None or _holds_models(model.model_fields[name].annotation)
    }


@cache
def _with_models(model: type[BaseModel]) -> list[str]:
    """The fields that hold other models."""
    return [name for name, field in model.model_fields.items() if _holds_models(field.annotation)]


def _holds_models(annotation: Any) -> bool:
    return (isinstance(annotation, type) and issubclass(annotation, BaseModel)) or any(
        map(_holds_models, get_args(annotation))
    )


def statements(record: BaseModel, path: Path_ = ()) -> Iterator[tuple[Path_, Statement]]:
    """Every statement in a record, itself included where it is one, with its path."""
    if isinstance(record, Statement):
        yield path, record
    for name in _with_models(type(record)):
        value = getattr(record, name)
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, BaseModel):
                yield from statements(
                    item, (*path, name, index) if isinstance(value, list) else (*path, name)
                )


@cache
def roles(model: type[BaseModel]) -> dict[str, Role | None]:
    """The role of every field of a model, by name."""
    return {name: role_of(field) for name, field in model.model_fields.items()}


def role_of(field: FieldInfo) -> Role | None:
    for meta in field.metadata:
        if isinstance(meta, Role):
            return meta
    return _role_in(field.annotation)


def _role_in(annotation: Any) -> Role | None:
    if get_origin(annotation) is Annotated:
        return next((meta for meta in get_args(annotation) if isinstance(meta, Role)), None)
    for argument in get_args(annotation):
        role = _role_in(argument)
        if role is not None:
            return role
    return None
