"""JSON Schemas of the data files, made from the model, for completion and red lines in an editor.

They lie in ``data/.schemas``; ``.vscode/settings.json`` and the first line of every data file point
to them, and a test holds them in step with the model.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..model import FOLDERS
from ..read.load import MODELS, PAGED

FOLDER = "data/.schemas"


def schema(kind: str) -> dict[str, Any]:
    """The schema of a data file of a kind: an object for kinds with a file each, else a list of them."""
    model = MODELS[kind]
    described = model.model_json_schema()
    definitions = described.pop("$defs", {})
    _tidy(described)
    for definition in definitions.values():
        _tidy(definition)
    if kind in PAGED:
        # The file's name is the id.
        described["properties"].pop("id")
        described["required"] = [name for name in described["required"] if name != "id"]
        top = described
    else:
        definitions[model.__name__] = described
        top = {"title": f"{FOLDERS[kind].capitalize()}", "type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **top, "$defs": definitions}


def _tidy(described: dict[str, Any]) -> None:
    """What YAML allows and pydantic's schema does not say: a field may be left empty where it is optional."""
    for name, value in described.get("properties", {}).items():
        value.pop("title", None)
        if value.get("default") is None:
            value.pop("default", None)
        described["properties"][name] = value


def schema_files() -> dict[str, str]:
    """All schema files: path from the project's root to content."""
    return {
        f"{FOLDER}/{kind}.json": json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"
        for kind in MODELS
    }  # fmt: skip


def write_schemas(root: Path) -> list[str]:
    """Write the schema files under ``root``; gives the paths of those that changed."""
    changed = []
    for path, content in schema_files().items():
        file = root / path
        if not file.exists() or file.read_text(encoding="utf-8") != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


def modeline(path: str) -> str:
    """The comment that tells an editor's YAML language server which schema a data file has.

    >>> modeline("data/actors/nvidia.yml")
    '# yaml-language-server: $schema=../.schemas/actor.json'
    """
    parts = path.split("/")[1:]
    folder = parts[0] if len(parts) > 1 else parts[0].removesuffix(".yml")
    kind = next(kind for kind, name in FOLDERS.items() if name == folder)
    return f"# yaml-language-server: $schema={'../' if len(parts) > 1 else ''}.schemas/{kind}.json"
