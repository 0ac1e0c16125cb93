"""What the style sheets declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import tinycss2

ROOT = Path(__file__).resolve().parents[1]
STYLES = sorted((ROOT / "docs/assets/css").glob("*.css"))
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)")


def rules(path: Path, *, paper: bool = False) -> Iterator[tinycss2.ast.QualifiedRule]:
    """The rules of a style sheet that have a selector; those for paper alone only if asked for."""
    yield from _rules(
        tinycss2.parse_stylesheet(
            path.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True
        ),
        paper,
    )


def _rules(nodes: list[tinycss2.ast.Node], paper: bool) -> Iterator[tinycss2.ast.QualifiedRule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif _applies(node, paper):
            inside = tinycss2.parse_rule_list(
                node.content, skip_comments=True, skip_whitespace=True
            )
            yield from _rules(inside, paper)


def _applies(node: tinycss2.ast.Node, paper: bool) -> bool:
    """Whether a node holds rules of its own, for the screen or else for paper."""
    return (
        node.type == "at-rule"
        and node.lower_at_keyword in ("media", "supports")
        and (paper or tinycss2.serialize(node.prelude).strip() != "print")
    )


def declarations(path: Path, *, paper: bool = False) -> Iterator[tuple[str, str, int]]:
    """Name, value and line of what a style sheet declares."""
    for rule in rules(path, paper=paper):
        for found in tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        ):
            if found.type == "declaration":
                value = tinycss2.serialize(found.value).strip()
                yield found.lower_name, value, found.source_line


def written_out(value: str, variables: Mapping[str, str]) -> str:
    """A value with its variables replaced by what they stand for."""
    while "var(" in value:
        value = _VARIABLE.sub(lambda m: variables.get(m[1]) or m[2] or "1px", value)
    return value
