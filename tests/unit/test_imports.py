"""The data flow: a folder imports only from those before it, and the package knows no engine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT

PACKAGE = ROOT / "hooks/dossier"
GENERATORS = {"mkdocs", "material", "zensical"}


def stages() -> list[str]:
    """The folders in their order, as the architecture page states it."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = [
        line.split("|")[1].strip().strip("`")
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    return [row for row in rows if place(row)]


def place(name: str) -> Path | None:
    """Where a stage lies: a folder of the package, or a module."""
    return next((p for p in (PACKAGE / name, PACKAGE / f"{name}.py") if p.exists()), None)


def of_anywhere() -> set[str]:
    """The modules beside the folders, which any of them may use."""
    return {p.stem for p in PACKAGE.glob("*.py")} - {"__init__", "__main__"} - set(stages())


def imported(path: Path) -> Iterator[str]:
    """What of the package a file imports, by its first name."""
    folder = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = folder[: len(folder) - node.level + 1]
            for alias in node.names:
                yield [*base, *(node.module or "").split("."), alias.name][
                    0 if base or node.module else 1
                ]


def test_every_folder_has_its_place_on_the_architecture_page() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders <= set(stages())


def test_a_folder_imports_only_from_those_before_it() -> None:
    places = {name: n for n, name in enumerate(stages())}
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for name in set(imported(path)) & places.keys() - {own}:
            assert own in places, f"{own}, which any folder may use, imports {name}"
            assert places[name] < places[own], f"{path.relative_to(PACKAGE)} imports {name}"


def test_only_known_modules_stand_beside_the_folders() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert {name for name in of_anywhere() if f"`{name}`" not in text} == set()


def test_only_the_adapter_knows_the_generator() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not {name.split(".")[0] for name in names} & GENERATORS, path
