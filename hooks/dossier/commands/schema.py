"""JSON Schemas of the data files, made from the model, for completion and error marks in an editor.

They lie in ``data/.schemas``; ``.vscode/settings.json`` and the first line of every data file point
to them, and a test holds them in step with the model.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from ..errors import Report
from ..kinds import BY_FOLDER, ENTRIES, KINDS
from ..model import MODELS, Settings, fill_lists
from ..read.load import SETTINGS, load

FOLDER = "data/.schemas"


def schema(kind: str, settings: Settings) -> dict[str, Any]:
    """The schema of a data file of a kind: an object for kinds with a file each, else a list of
    them. The lists that the edition keeps are those of ``settings``.
    """
    model = MODELS[kind]
    described = model.model_json_schema()
    definitions = described.pop("$defs", {})
    fill_lists((described, *definitions.values()), settings)
    for definition in (described, *definitions.values()):
        _tidy(definition)
    if KINDS[kind].paged:
        # The file's name is the id.
        described["properties"].pop("id")
        described["required"] = [name for name in described["required"] if name != "id"]
        top = described
    else:
        definitions[model.__name__] = described
        top = {
            "title": f"{KINDS[kind].folder.capitalize()}",
            "type": "array",
            "items": {"$ref": f"#/$defs/{model.__name__}"},
        }
    return {"$schema": "http://json-schema.org/draft-07/schema#", **top, "$defs": definitions}


def settings_schema() -> dict[str, Any]:
    """The schema of ``data/edition.yml``."""
    described = Settings.model_json_schema()
    for definition in (described, *described["$defs"].values()):
        _tidy(definition)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **described}


def _tidy(described: dict[str, Any]) -> None:
    """What YAML allows and pydantic's schema does not say: a field may be left empty where it is
    optional.
    """
    for name, value in described.get("properties", {}).items():
        value.pop("title", None)
        if value.get("default") is None:
            value.pop("default", None)
        described["properties"][name] = value


def editor_settings(settings: str) -> str:
    """VS Code's settings, with the schema of every kind's files."""
    schemas: dict[str, str | list[str]] = {
        f"{FOLDER}/{kind.id}.json": (
            f"data/{kind.folder}/*.yml"
            if kind.paged
            else [f"data/{kind.folder}.yml", f"data/{kind.folder}/*.yml"]
        )
        for kind in KINDS.values()
    }
    schemas[f"{FOLDER}/edition.json"] = SETTINGS
    lines = [f"    {json.dumps(path)}: {json.dumps(files)}" for path, files in schemas.items()]
    block = '"yaml.schemas": {\n' + ",\n".join(lines) + "\n  }"
    return re.sub(r'"yaml\.schemas": \{.*?\n  \}', lambda _: block, settings, flags=re.DOTALL)


def issue_form(form: str) -> str:
    """The form for a missing entry, with every kind of entry to choose from."""
    return re.sub(r"options: \[.*\]", f"options: [{', '.join(kind.id for kind in ENTRIES)}]", form)


WRITTEN_BY_HAND = {
    ".vscode/settings.json": editor_settings,
    ".github/ISSUE_TEMPLATE/missing-entry.yml": issue_form,
}
"""Files of which a part follows from the kinds, each with what renews that part."""


def schema_files(settings: Settings) -> dict[str, str]:
    """All schema files of an edition: path from the project's root to content."""
    described = {kind: schema(kind, settings) for kind in MODELS} | {"edition": settings_schema()}
    return {
        f"{FOLDER}/{name}.json": json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for name, content in described.items()
    }


def write_schemas(root: Path) -> list[str]:
    """Write the schema files under ``root``; gives the paths of those that changed."""
    changed = []
    renewed = {
        path: renew((root / path).read_text(encoding="utf-8"))
        for path, renew in WRITTEN_BY_HAND.items()
        if (root / path).exists()
    }
    for path, content in {**schema_files(load(root, Report()).settings), **renewed}.items():
        file = root / path
        if not file.exists() or file.read_text(encoding="utf-8") != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


def modeline(path: str) -> str:
    """The comment that tells an editor's YAML language server which schema a data file has.

    >>> modeline("data/actors/lin-na.yml")
    '# yaml-language-server: $schema=../.schemas/actor.json'
    """
    parts = path.split("/")[1:]
    folder = parts[0] if len(parts) > 1 else parts[0].removesuffix(".yml")
    kind = "edition" if path == SETTINGS else BY_FOLDER[folder].id
    return f"# yaml-language-server: $schema={'../' if len(parts) > 1 else ''}.schemas/{kind}.json"
