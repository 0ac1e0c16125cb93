"""`dossier links`: which addresses answer, and the day that is recorded, against a server of the
test's own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import Edit
from dossier.commands.cli import main

WORKS = "data/references.yml"


class _Library(BaseHTTPRequestHandler):
    """Has the gazette and its archived copy, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path in {"/gazette", "/archive/gazette"} else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output to itself."""


@pytest.fixture
def library() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Library)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _links(root: Path, *ids: str) -> int:
    return main(["--root", str(root), "links", "--today", "2026-11-28", *ids])


def test_the_day_is_recorded_where_all_addresses_answer(
    project: Path, edit: Edit, library: str
) -> None:
    edit(
        WORKS,
        "https://example.org/gazette",
        f"{library}/gazette\n  archived: {library}/archive/gazette",
    )
    before = (project / WORKS).read_text("utf-8")
    assert _links(project, "harbor-gazette") == 0
    after = (project / WORKS).read_text("utf-8")
    assert after == before.replace(
        "  basis: read\n", '  basis: read\n  link_checked: "2026-11-28"\n', 1
    )


def test_a_later_check_replaces_the_day(project: Path, edit: Edit, library: str) -> None:
    edit(WORKS, "https://example.org/gazette", f'{library}/gazette\n  link_checked: "2020-01-01"')
    assert _links(project, "harbor-gazette") == 0
    text = (project / WORKS).read_text("utf-8")
    assert 'link_checked: "2026-11-28"' in text
    assert "2020-01-01" not in text


def test_a_dead_address_is_named_and_not_dated(
    project: Path, edit: Edit, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(WORKS, "https://example.org/gazette", f"{library}/gone")
    assert _links(project, "harbor-gazette") == 1
    assert f"harbor-gazette: {library}/gone answers 404" in capsys.readouterr().out
    assert "link_checked" not in (project / WORKS).read_text("utf-8")


def test_a_missing_archived_copy_counts_as_well(
    project: Path, edit: Edit, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        WORKS,
        "https://example.org/gazette",
        f"{library}/gazette\n  archived: {library}/archive/gone",
    )
    assert _links(project, "harbor-gazette") == 1
    assert f"{library}/archive/gone answers 404" in capsys.readouterr().out


def test_an_unknown_reference_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _links(project, "harbour-gazette") == 2
    assert "no reference harbour-gazette" in capsys.readouterr().err
