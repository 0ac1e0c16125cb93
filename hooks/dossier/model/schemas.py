"""What a data file of a kind may hold, as JSON Schema: for editors, and for the site’s forms."""

from __future__ import annotations

from typing import Any

from ..kinds import KINDS
from .records import MODELS
from .settings import Settings, fill_lists


def schema(kind: str, settings: Settings) -> dict[str, Any]:
    """The schema of a data file of a kind: an object for kinds with a file each, else a list of
    them. The lists that the edition keeps are those of ``settings``.
    """
    model = MODELS[kind]
    described = model.model_json_schema()
    definitions = described.pop("$defs", {})
    fill_lists((described, *definitions.values()), settings)
    for definition in (described, *definitions.values()):
        tidy(definition)
    if KINDS[kind].paged:
        # The file's name is the id.
        described["properties"].pop("id")
        described["required"] = [name for name in described["required"] if name != "id"]
        top = described
    else:
        top = list_of(model.__name__, KINDS[kind].folder.capitalize(), described, definitions)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **top, "$defs": definitions}


def list_of(
    name: str, title: str, described: dict[str, Any], definitions: dict[str, Any]
) -> dict[str, Any]:
    """The schema of a list; what its items are goes among the definitions."""
    definitions[name] = described
    return {"title": title, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def tidy(described: dict[str, Any]) -> None:
    """What YAML allows and pydantic's schema does not say: a field may be left empty where it is
    optional.
    """
    for name, value in described.get("properties", {}).items():
        value.pop("title", None)
        if value.get("default") is None:
            value.pop("default", None)
        described["properties"][name] = value
