"""Workflows and forms fit their public schemas, pin their actions and keep secrets out of reach."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

GITHUB = ROOT / ".github"
SCHEMAS = {
    "vendor.github-workflows": sorted(GITHUB.glob("workflows/*.yml")),
    "vendor.github-issue-forms": [
        p for p in sorted(GITHUB.glob("ISSUE_TEMPLATE/*.yml")) if p.name != "config.yml"
    ],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_files_fit_their_public_schemas(name: str) -> None:
    files = [str(path) for path in SCHEMAS[name]]
    assert files
    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", sorted(GITHUB.glob("workflows/*.yml")), ids=lambda p: p.name)
def test_workflows_pin_actions_and_ask_for_little(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert all(re.search(r"@(?:v\d+\.\d+\.\d+|[0-9a-f]{40})$", use) for use in uses), uses
    workflow = yaml.load(text, Loader=yaml.BaseLoader)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text
    if "pull_request" in workflow["on"]:
        assert "secrets." not in text
        assert "write" not in text.replace("may not write anything", "")


@pytest.mark.parametrize("name", ["check.yml", "deploy.yml"])
def test_a_build_is_given_what_the_last_one_has_made_and_a_release_is_not(name: str) -> None:
    for folder in (GITHUB, ROOT / "hooks/dossier/commands/edition/.github"):
        text = (folder / "workflows" / name).read_text(encoding="utf-8")
        assert text.index("path: .cache") < text.index("make site")
    assert ".cache" not in (GITHUB / "workflows/release.yml").read_text(encoding="utf-8")


def test_all_locks_are_audited_and_an_audit_that_finds_no_database_fails() -> None:
    workflow = yaml.load(
        (GITHUB / "workflows/audit.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    assert workflow["on"]["schedule"]
    assert "make audit" in [step.get("run") for step in workflow["jobs"]["audit"]["steps"]]
    command = next(
        line
        for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
        if "-m pip_audit" in line
    )
    assert {"--strict", "--require-hashes"} <= set(command.split())
    assert set(re.findall(r"-r (\S+)", command)) == {
        p.relative_to(ROOT).as_posix() for p in ROOT.glob("requirements/*.txt")
    }
    assert all(
        "--hash=sha256:" in path.read_text(encoding="utf-8")
        for path in ROOT.glob("requirements/*.txt")
    )
