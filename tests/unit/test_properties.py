"""Whatever a contributor types into a field, it stays text in its place.

``make test`` tries the same examples each time. ``make fuzz`` tries others, and more of them; what
it finds is pinned here as an ``@example``.
"""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pydantic import ValidationError

from conftest import read
from dossier.errors import Report
from dossier.exports.previews import preview_assets
from dossier.exports.search import search_assets
from dossier.graph.refs import Graph, address, build_graph
from dossier.model import MODELS
from dossier.pages import redirects, render_pages
from dossier.read.load import Record
from dossier.read.prose import _read, _read_markdown, fill, parse
from dossier.read.yamldoc import parse as parse_yaml

from conftest import SMALL  # isort: skip

NASTY = st.one_of(
    st.text(max_size=80),
    st.sampled_from([
        "</p><script>alert(1)</script>", '"><img src=x '
        'onerror=alert(1)>', "```\n<b>", "{{ 7*7 }}", "{% raw %}", "</section></div>",
        "[x](javascript:alert(1))", "<!-- ", "]]>", "&lt;script&gt;", "# heading", "| a | b |",
        "<details open ontoggle=alert(1)>", "markdown='1'>",
        "<div markdown>x</div>", "\n\n## Heading {#x}\n\n", "*[", "[@", "[^", "![x](x)",
        "<https://x.y/><svg onload=alert(1)>",
    ]),
).filter(lambda text: not any("\ue000" <= c <= "\uf8ff" for c in text))  # fmt: skip


def examples(count: int) -> settings:
    """This many examples, and more of them where the profile asks for more."""
    unchecked = [HealthCheck.function_scoped_fixture]
    many = max(1, count * settings().max_examples // 100)
    return settings(max_examples=many, suppress_health_check=unchecked)


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
@examples(300)
def test_prose_gives_only_harmless_elements(text: str) -> None:
    found = Tags(fill(parse(text).html, lambda use, target: "#x"))
    assert {tag for tag, _ in found.tags} <= SAFE
    assert not any(name.startswith("on") for _, names in found.tags for name in names)
    assert all(
        not link.lower().lstrip().startswith(("javascript:", "data:", "vbscript:", "file:"))
        for link in found.links
    )


PIECES = st.sampled_from([
    "[", "]", "(", ")", "](", "[@p1]",
        "[@p2-p3; @wick-2020]", "[@", "@p1", ";", "[Lin](actor:lin-na)",
                                       "[灯](term:lamp)", "[^a]", "!", "words", "灯税、燈",
    " ", "“so”", '"', "'", ":", "https://example.org/a_b", "#", "- ", "1. ", "* ", "<", ">", "&",
    "&amp;", "`", "\\", "=", "|", "{: .x}", "\x02", "\x03",
])  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join))
@examples(2000)
def test_the_short_cut_reads_a_field_as_markdown_does(text: str) -> None:
    line = " ".join(text.split())
    assert _read(line) == _read_markdown(line)


@pytest.fixture(scope="module")
def plain() -> Graph:
    archive, violations = read(SMALL)
    assert violations == []
    return build_graph(archive)


def render(graph: Graph) -> dict[str, str]:
    md = Markdown(
        extensions=["attr_list", "tables", "md_in_html", "def_list", "pymdownx.superfences", "toc"]
    )
    return {
        page.path: md.reset().convert(page.markdown.split("---\n", 2)[2])
        for page in render_pages(graph)
    }


@given(text=NASTY.filter(lambda t: t.strip()))
@examples(12)
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
        # A Chinese run may be marked as such, and a picture breaks a name into lines; nothing else
        # may appear or go.
        assert [t for t in after[path] if not may_vary(t)] == [
            t for t in tags if not may_vary(t)
        ], path


def may_vary(tag: tuple[str, tuple[str, ...]]) -> bool:
    return tag == ("span", ("lang",)) or tag[0] == "tspan"


@given(
    st.one_of(st.text(max_size=200), st.text(alphabet="[]{}:,-&*!|>'\"%@`#? \n\tab", max_size=120))
)
@examples(400)
def test_the_yaml_reader_never_raises(text: str) -> None:
    report = Report()
    document = parse_yaml(text, "data/x.yml", report)
    assert document is not None or report.violations


@given(st.binary(max_size=300))
@example(b"?")
@example(b"? [a]: b")
@example(b"~: x")
@example(b"<<: {a: b}")
@example(b"[")
@example(b"- a\n--- b")
@examples(60)
def test_any_bytes_in_a_data_file_give_violations_and_no_traceback(
    tmp_path: Path, content: bytes
) -> None:
    folder = tmp_path / "data/actors"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.yml").write_bytes(content)
    _, violations = read(tmp_path)
    assert violations


PATHLIKE = st.one_of(
    st.text(alphabet="ab1./\\-%:~ \n\0․", max_size=12),
    st.sampled_from(
        ["../x", "a/../../x", "/etc/x", "..", "a\n", "C:x", "a%2fb", "x.html", "con", "index"]
    ),
)


def inside(path: str) -> bool:
    """Whether a path from the site's root stays below it and is written as plainly as it can be."""
    return (
        posixpath.normpath(path) == path
        and not path.startswith(("/", "../"))
        and path != ".."
        and "\\" not in path
    )


@given(PATHLIKE)
@examples(100)
def test_no_id_leads_out_of_the_site(text: str) -> None:
    for kind, model in MODELS.items():
        for name, value in (("id", text), ("formerly", [text])):
            if name not in model.model_fields:
                continue
            try:
                model.__pydantic_validator__.validate_assignment(
                    model.model_construct(), name, value
                )
            except ValidationError as error:
                if any(problem["loc"][0] == name for problem in error.errors()):
                    continue  # refused, so no path is made of it
            assert inside(address(kind, text).partition("#")[0]), (kind, name, text)


@pytest.mark.parametrize("which", ["plain", "real"])
def test_every_generated_path_lies_in_the_site(which: str, request: pytest.FixtureRequest) -> None:
    graph: Graph = request.getfixturevalue(which)
    paths = [
        *(page.path for page in render_pages(graph)),
        *search_assets(graph),
        *preview_assets(graph),
        *redirects(graph),
    ]
    assert len(paths) > 10
    assert [path for path in paths if not inside(path)] == []
