"""The data flow: a module imports only from those before it, and the core knows no engine."""

from __future__ import annotations

import ast
from pathlib import Path

from conftest import ROOT

PACKAGE = ROOT / "hooks/dossier"


def order() -> list[str]:
    """The order of the modules, as the architecture page states it."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip().strip("`") for line in text.splitlines() if line.startswith("| `")]
    return [row for row in rows if (PACKAGE / f"{row}.py").exists() or (PACKAGE / row).is_dir()]


def imported(path: Path) -> set[str]:
    """The modules of the package that a file imports, by their first name."""
    depth = len(path.relative_to(PACKAGE).parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level >= depth:
            names |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return names


def test_every_module_has_its_place_on_the_architecture_page() -> None:
    modules = {p.stem if p.is_file() else p.name for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert set(order()) == modules - {"__init__", "__main__"}


def test_a_module_imports_only_from_those_before_it() -> None:
    places = {name: n for n, name in enumerate(order())}
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if own in places:
            for name in imported(path) & places.keys() - {own}:
                assert places[name] < places[own], f"{own} imports {name}"


def test_the_core_knows_no_generator() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not any(name.split(".")[0] in ("mkdocs", "material") for name in names), path
