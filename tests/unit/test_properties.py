"""Whatever a contributor types into a field, it stays text in its place."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from conftest import read
from dossier.errors import Report
from dossier.load import Record
from dossier.pages import render_pages
from dossier.prose import fill, parse
from dossier.refs import Graph, build_graph
from dossier.yamldoc import parse as parse_yaml

from conftest import SMALL  # isort: skip

NASTY = st.one_of(
    st.text(max_size=80),
    st.sampled_from([
        "</p><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "```\n<b>", "{{ 7*7 }}", "{% raw %}", "</section></div>",
        "[x](javascript:alert(1))", "<!-- ", "]]>", "&lt;script&gt;", "# heading", "| a | b |", "<details open ontoggle=alert(1)>", "markdown='1'>",
        "<div markdown>x</div>", "\n\n## Heading {#x}\n\n", "*[", "[@", "[^", "![x](x)", "<https://x.y/><svg onload=alert(1)>",
    ]),
).filter(lambda text: not any("\ue000" <= c <= "\uf8ff" for c in text))  # fmt: skip
SAFE = {"a", "em", "strong", "code", "span", "sup", "br"}


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@given(st.lists(NASTY, max_size=3).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_prose_gives_only_harmless_elements(text: str) -> None:
    found = Tags(fill(parse(text).html, lambda use, target: "#x"))
    assert {tag for tag, _ in found.tags} <= SAFE
    assert not any(name.startswith("on") for _, names in found.tags for name in names)
    assert all(not link.lower().lstrip().startswith(("javascript:", "data:", "vbscript:", "file:")) for link in found.links)


@pytest.fixture(scope="module")
def plain() -> Graph:
    archive, violations = read(SMALL)
    assert violations == []
    return build_graph(archive)


def render(graph: Graph) -> dict[str, str]:
    md = Markdown(extensions=["attr_list", "tables", "md_in_html", "def_list", "pymdownx.superfences", "toc"])
    return {page.path: md.reset().convert(page.markdown.split("---\n", 2)[2]) for page in render_pages(graph)}


@given(text=NASTY.filter(lambda t: t.strip()))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_name_cannot_break_out_of_its_place_on_any_page(plain: Graph, text: str) -> None:
    name = " ".join(text.split()) or "x"
    archive = plain.archive
    before = {path: Tags(html).tags for path, html in render(plain).items()}
    original = archive.actors["lin-na"]
    changed = original.model.model_copy(update={"name": name, "aliases": [name]})
    archive.actors["lin-na"] = Record(changed, original.document, original.path)
    try:
        after = {path: Tags(html).tags for path, html in render(build_graph(archive)).items()}
    finally:
        archive.actors["lin-na"] = original
    for path, tags in before.items():
        # A Chinese run may be marked as such, and a picture breaks a name into lines; nothing else may appear or go.
        assert [t for t in after[path] if not may_vary(t)] == [t for t in tags if not may_vary(t)], path


def may_vary(tag: tuple[str, tuple[str, ...]]) -> bool:
    return tag == ("span", ("lang",)) or tag[0] == "tspan"


@given(st.one_of(st.text(max_size=200), st.text(alphabet="[]{}:,-&*!|>'\"%@`#? \n\tab", max_size=120)))
@settings(max_examples=400, deadline=None)
def test_the_yaml_reader_never_raises(text: str) -> None:
    report = Report()
    document = parse_yaml(text, "data/x.yml", report)
    assert document is not None or report.violations


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_a_data_file_give_violations_and_no_traceback(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "data/actors"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.yml").write_bytes(content)
    _, violations = read(tmp_path)
    assert violations
