"""Names that would be lost somewhere, and what a reader of the open data or of an old address meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.graph.refs import build_graph
from dossier.pages import redirects
from dossier.read.names import faults_of_paths


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("data/actors/index.yml", 'data/actors/index.yml:1:1: has the name "index", which is the list\'s own page; choose another'),
        ("data/actors/con.yml", 'has the name "con.yml", which Windows keeps for a device; choose another'),
        ("docs/aux.md", 'docs/aux.md:1:1: has the name "aux.md", which Windows keeps for a device; choose another'),
        ("docs/what?.md", 'docs/what?.md:1:1: has the name "what?.md", which Windows cannot hold; use letters, digits and hyphens'),
    ],
)
def test_a_name_that_is_lost_somewhere_is_refused(project: Path, path: str, message: str) -> None:
    (project / path).write_text(
        (project / "data/actors/lin-na.yml").read_text(encoding="utf-8") if path.endswith("yml") else "# Page\n", encoding="utf-8"
    )
    _, violations = read(project)
    assert any(violation.endswith(message) for violation in violations), violations
    assert len(violations) <= 3


def test_two_files_that_differ_in_case_or_form_alone_are_refused() -> None:
    found = dict(faults_of_paths(["docs/About.md", "docs/about.md", "docs/caf\u00e9.md", "docs/cafe\u0301.md", "docs/other.md"]))
    assert sorted(found) == ["docs/about.md", "docs/caf\u00e9.md"]
    assert found["docs/about.md"].startswith("differs from docs/About.md in case or in its Unicode form alone")


def test_an_id_that_its_page_uses_itself_is_refused(project: Path, edit: Edit) -> None:
    edit("data/terms.yml", "id: much-thunder", "id: letter-m")
    _, violations = read(project)
    assert any('has the id "letter-m", which its page uses itself; choose another' in violation for violation in violations)


def test_an_old_address_keeps_what_follows_it(project: Path, edit: Edit) -> None:
    edit("data/actors/lin-na.yml", "type: person", "type: person\nformerly: [lin]")
    archive, violations = read(project)
    assert violations == []
    page = redirects(build_graph(archive))["actors/lin.html"]
    assert 'location.replace("lin-na.html" + location.search + location.hash)' in page
    assert "script-src 'self' 'sha256-" in page
