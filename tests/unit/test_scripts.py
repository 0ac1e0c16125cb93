"""The browser's scripts: their types hold for what Python writes, and what the build leaves out of
them is comments alone.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from dossier.exports.kinds import kinds_script
from dossier.exports.previews import preview_assets
from dossier.exports.search import search_assets
from dossier.graph.refs import Graph
from dossier.write.minify import without_comments
from node import NODE, TOOLS, tool

SCRIPTS = [
    *sorted((ROOT / "docs/assets/js").glob("*.js")),
    ROOT / "hooks/dossier/write/service-worker.js",
]

Typed = Callable[[dict[str, str]], list[str]]


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """What ``tsc`` finds in scripts that have the browser's types."""

    def check(scripts: dict[str, str]) -> list[str]:
        for path, content in scripts.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        configuration = {
            "extends": str(TOOLS / "tsconfig.json"),
            "files": [str(TOOLS / "types.d.ts")],
            "include": ["**/*.js"],
        }
        (tmp_path / "tsconfig.json").write_text(json.dumps(configuration), encoding="utf-8")
        done = tool("typescript/bin/tsc", "--project", str(tmp_path))
        return [line for line in done.stdout.splitlines() if "error TS" in line]

    return check


def data(graph: Graph) -> dict[str, str]:
    return kinds_script(graph) | preview_assets(graph) | search_assets(graph)


def test_the_data_are_what_the_scripts_take_them_for(small: Graph, typed: Typed) -> None:
    assert typed(data(small)) == []


@pytest.mark.parametrize(
    ("path", "there", "instead"),
    [
        ("previews.js", '"dateWords":', '"dated":'),
        ("kinds.js", "true", '"yes"'),
        ("search/head.js", '"count":', '"size":'),
        ("search/documents-0.js", '[["', '[[0,"'),
        ("cited.js", '"titles":', '"names":'),
    ],
)
def test_data_of_another_form_are_found_out(
    small: Graph, typed: Typed, path: str, there: str, instead: str
) -> None:
    files = data(small)
    assert there in files[f"assets/data/{path}"]
    files[f"assets/data/{path}"] = files[f"assets/data/{path}"].replace(there, instead, 1)
    assert [line for line in typed(files) if path in line]


def test_a_script_that_takes_for_granted_what_may_be_missing_is_found_out(typed: Typed) -> None:
    found = typed({"x.js": 'document.querySelector(".para").remove();\n'})
    assert [line for line in found if "possibly 'null'" in line]
    assert typed({"x.js": 'document.querySelector(".para")?.remove();\n'}) == []


TOKENS = """
import { tokenize } from "espree";
let text = "";
for await (const piece of process.stdin) text += piece;
const tokens = (script) => tokenize(script, { ecmaVersion: "latest" })
  .map(({ type, value }) => [type, value]);
console.log(JSON.stringify(JSON.parse(text).map(tokens)));
"""


def test_the_build_leaves_out_comments_alone() -> None:
    whole = [path.read_text(encoding="utf-8") for path in SCRIPTS]
    bare = [without_comments(script) for script in whole]
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", TOKENS],
        cwd=TOOLS,
        input=json.dumps([*whole, *bare]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    tokens = json.loads(done.stdout)
    assert tokens[: len(whole)] == tokens[len(whole) :]
    assert not [script for script in bare if "/**" in script or "\n//" in script]
    assert sum(map(len, bare)) < 0.9 * sum(map(len, whole))


def test_the_linter_refuses_what_a_page_of_this_site_may_not_do() -> None:
    script = """(() => {
      "use strict";
      const unused = 1;
      fetch("https://example.org/");
      document.body.innerHTML = `two
        lines`;
    })();
    """
    done = tool(
        "eslint/bin/eslint.js",
        *("--config", "tests/js/eslint.config.js", "--format", "json"),
        *("--stdin", "--stdin-filename", "docs/assets/js/new.js"),
        text=script,
    )
    [found] = json.loads(done.stdout)
    assert [(message["line"], message["ruleId"]) for message in found["messages"]] == [
        (3, "no-unused-vars"),
        (4, "no-restricted-globals"),
        (5, "no-restricted-syntax"),
        (5, "no-restricted-syntax"),
    ]


def test_the_linter_refuses_a_style_that_no_browser_knows() -> None:
    done = tool(
        "stylelint/bin/stylelint.mjs",
        *("--config", "tests/js/stylelint.config.js", "--formatter", "json"),
        *("--stdin", "--stdin-filename", "docs/assets/css/new.css"),
        text="a { colour: red; }\n",
    )
    [found] = json.loads(done.stdout or done.stderr)
    assert [warning["rule"] for warning in found["warnings"]] == ["property-no-unknown"]
