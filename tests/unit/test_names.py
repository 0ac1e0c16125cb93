"""Names that would be lost somewhere, and what a reader of the open data or of an old address
meets.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.graph.refs import build_graph
from dossier.pages import redirects
from dossier.read.names import faults_of_paths


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "data/actors/index.yml",
            (
                'data/actors/index.yml:1:1: has the name "index", which is the list\'s own page;'
                " choose another"
            ),
        ),
        (
            "data/actors/con.yml",
            'has the name "con.yml", which Windows keeps for a device; choose another',
        ),
        (
            "docs/aux.md",
            (
                'docs/aux.md:1:1: has the name "aux.md", which Windows keeps for a device; choose'
                " another"
            ),
        ),
        (
            "docs/what?.md",
            (
                'docs/what?.md:1:1: has the name "what?.md", which Windows cannot hold; use'
                " letters, digits and hyphens"
            ),
        ),
    ],
)
def test_a_name_that_is_lost_somewhere_is_refused(project: Path, path: str, message: str) -> None:
    (project / path).write_text(
        (
            (project / "data/actors/lin-na.yml").read_text(encoding="utf-8")
            if path.endswith("yml")
            else "# Page\n"
        ),
        encoding="utf-8",
    )
    _, violations = read(project)
    assert any(violation.endswith(message) for violation in violations), violations
    assert len(violations) <= 3


def test_two_files_that_differ_in_case_or_form_alone_are_refused() -> None:
    found = dict(
        faults_of_paths(
            [
                "docs/About.md",
                "docs/about.md",
                "docs/caf\u00e9.md",
                "docs/cafe\u0301.md",
                "docs/other.md",
            ]
        )
    )
    assert sorted(found) == ["docs/about.md", "docs/caf\u00e9.md"]
    assert found["docs/about.md"].startswith(
        "differs from docs/About.md only in case or in its Unicode form"
    )


def test_an_id_that_its_page_uses_itself_is_refused(project: Path, edit: Edit) -> None:
    edit("data/terms.yml", "id: much-thunder", "id: letter-m")
    _, violations = read(project)
    assert any(
        'has the id "letter-m", which its page uses itself; choose another' in violation
        for violation in violations
    )


def test_an_old_address_keeps_what_follows_it(project: Path, edit: Edit) -> None:
    edit("data/actors/lin-na.yml", "type: person", "type: person\nformerly: [lin]")
    archive, violations = read(project)
    assert violations == []
    page = redirects(build_graph(archive))["actors/lin.html"]
    assert 'location.replace("lin-na.html" + location.search + location.hash)' in page
    assert "script-src 'self' 'sha256-" in page


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        (
            "![x](http://a.example/b.png)",
            (
                'docs/extra.md:3:6: loads "http://a.example/b.png" from elsewhere; put the file'
                " into docs/assets"
            ),
        ),
        ('<img srcset="//a.example/b.png 2x">', 'loads "//a.example/b.png" from elsewhere'),
        (
            '<form action="https://a.example"></form>',
            "docs/extra.md:3:1: holds <form>, which no page of this site may contain",
        ),
        (
            "[x](/glossary.html)",
            (
                'docs/extra.md:3:5: links to "/glossary.html", which is dead from disk and under a'
                " path"
            ),
        ),
    ],
)
def test_a_page_that_would_send_its_readers_elsewhere_is_refused(
    project: Path, markup: str, message: str
) -> None:
    (project / "docs/extra.md").write_text(f"# Page\n\n{markup} and words.\n", encoding="utf-8")
    _, violations = read(project)
    assert len(violations) == 1
    assert message in violations[0]


@pytest.mark.parametrize("path", ["data/actors/pipe.yml", "docs/pipe.md"])
def test_a_pipe_a_device_or_a_folder_is_named_and_not_read(project: Path, path: str) -> None:
    os.mkfifo(project / path)
    assert read(project)[1] == [
        f"{path}:1:1: is not an ordinary file but a pipe, a device or a folder; put a file here"
    ]
    (project / path).unlink()
    (project / path).mkdir()
    assert read(project)[1] == [
        f"{path}:1:1: is not an ordinary file but a pipe, a device or a folder; put a file here"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "data/sources/lamp-tax.yml:1:1: has no translation; write docs/sources/lamp-tax.md"),
        (
            b"",
            (
                "docs/sources/lamp-tax.md:1:1: is empty; write the translation here, each paragraph"
                " with { #p1 } below it"
            ),
        ),
        (
            b"\xff\xfe\x00binary",
            "docs/sources/lamp-tax.md:1:1: is not UTF-8 here; save the file as UTF-8",
        ),
    ],
)
def test_a_translation_that_is_missing_empty_or_binary_gives_one_line(
    project: Path, content: bytes | None, message: str
) -> None:
    path = project / "docs/sources/lamp-tax.md"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert read(project)[1] == [message]


def test_a_name_in_a_word_processor_s_quotation_marks_is_named(project: Path, edit: Edit) -> None:
    edit("data/actors/lin-na.yml", "name: Lin Na", "name: “Lin Na”")
    _, violations = read(project)
    assert any(
        "has quotation marks around the name “Lin Na”" in violation for violation in violations
    )
