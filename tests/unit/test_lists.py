"""A list that is too long for a page is cut into parts, and everything that names what stands on it
names the part that has it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from dossier.exports import export_files
from dossier.exports.places import place_files
from dossier.exports.search import hits
from dossier.exports.structured import structured_data
from dossier.graph.lists import ITEMS
from dossier.graph.parts import Item, ListPart, around, cut, titles
from dossier.graph.refs import Graph
from dossier.kinds import LISTS
from dossier.pages import Rendered, render_pages
from dossier.read.edition import read_edition
from dossier.write.site import read_graph


def items(*ids: str, weight: int = 4) -> list[Item]:
    return [Item(id_, (id_[0], id_), weight) for id_ in ids]


def runs(found: list[list[Item]]) -> list[list[str]]:
    return [[item.id for item in run] for run in found]


def test_what_fits_is_not_cut() -> None:
    assert runs(cut(items("a1", "b1"), 8)) == [["a1", "b1"]]
    assert runs(cut([], 8)) == [[]]


def test_a_part_ends_with_a_letter_if_it_is_half_full_there() -> None:
    assert runs(cut(items("a1", "a2", "b1", "b2", "b3"), 12)) == [["a1", "a2"], ["b1", "b2", "b3"]]
    found = runs(cut(items("a1", "b1", "b2", "b3", "b4", "b5", "b6"), 16))
    assert found == [["a1", "b1", "b2", "b3"], ["b4", "b5", "b6"]]


def test_the_last_part_is_not_left_much_shorter() -> None:
    found = runs(cut(items("a1", "a2", "a3", "a4", "a5"), 16))
    assert found in ([["a1", "a2"], ["a3", "a4", "a5"]], [["a1", "a2", "a3"], ["a4", "a5"]])


def test_what_is_larger_than_a_page_stands_alone() -> None:
    large = Item("b1", ("b", "b1"), 40)
    assert runs(cut([*items("a1"), large, *items("b2")], 8)) == [["a1"], ["b1"], ["b2"]]


def test_a_part_is_called_by_where_it_begins_and_ends() -> None:
    assert list(titles([items("a1", "b1"), items("c1")])) == ["a to b", "c"]
    assert list(titles([items("a1", "a2"), items("a3"), items("b1")])) == ["a1 to a2", "a3", "b"]
    same = [[Item("1", ("a",), 4)], [Item("2", ("a",), 4)]]
    assert list(titles(same)) == ["a", "a (2)"], "two parts are never called the same"


def test_the_row_of_parts_is_bounded() -> None:
    parts = [ListPart("glossary", n) for n in range(1, 501)]
    for number in (1, 2, 5, 250, 500):
        row = around(parts, number)
        assert len(row) < 16
        assert {1, number, 500} <= {part.number for part in row if part}
        assert {number - 1, number + 1} & {part.number for part in row if part}


def with_page_size(root: Path, size: int) -> Graph:
    settings = root / "data/edition.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}page_size: {size}\n", encoding="utf-8")
    return read_graph(root)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example of several sources, of which each page of a list holds a single thing."""
    folder = tmp_path_factory.mktemp("lists") / "archive"
    shutil.copytree(ROOT / "examples/archive", folder)
    return folder


@pytest.fixture(scope="module")
def cut_up(root: Path) -> Graph:
    return with_page_size(root, 1)


@pytest.fixture(scope="module")
def pages(cut_up: Graph) -> dict[str, Rendered]:
    return {page.path.replace(".md", ".html"): page for page in render_pages(cut_up)}


def test_a_small_archive_is_not_cut(project: Path) -> None:
    graph = read_graph(project)
    assert (graph.lists, graph.places) == ({}, {})
    assert not any(re.search(r"-\d+\.md$", page.path) for page in render_pages(graph))


def test_every_list_that_has_more_than_one_thing_is_cut(cut_up: Graph) -> None:
    for name, of in ITEMS.items():
        ids = [item.id for item in of(cut_up)]
        assert (name in cut_up.lists) == (len(ids) > 1), name
        parts = cut_up.lists.get(name, [])
        assert [id_ for part in parts for id_ in part.ids] == (ids if parts else [])
    assert {"timeline", "coverage", "actors/index", "sources/index"} <= cut_up.lists.keys()


def test_the_first_part_stays_at_the_old_address(cut_up: Graph, pages: dict[str, Rendered]) -> None:
    for name, parts in cut_up.lists.items():
        assert parts[0].page == f"{name}.html"
        assert pages[parts[0].page].title == pages[parts[1].page].title.partition(":")[0]
        for part in parts:
            assert pages[part.page].front.get("listed") == (
                f"{name}.html" if part.number > 1 else None
            )


def test_each_thing_stands_on_the_part_that_its_address_names(
    cut_up: Graph, pages: dict[str, Rendered]
) -> None:
    for kind in LISTS:
        for id_ in cut_up.archive.of(kind.id):
            page, _, anchor = cut_up.address(kind.id, id_).partition("#")
            having = [path for path, found in pages.items() if f' id="{anchor}"' in found.body]
            assert having == [page], f"{kind.id}:{id_}"


def test_whoever_names_it_names_that_part(cut_up: Graph, root: Path) -> None:
    (event,) = cut_up.lists["timeline"][1].ids
    there = cut_up.address("event", event)
    assert there in {hit.url for hit in hits(cut_up)}
    edition = read_edition(root, cut_up.archive, "https://example.org/")
    files = export_files(cut_up, edition)
    for path in (f"data/events/{event}.json", "data/events.csv", "data/edition.graphml"):
        assert f"https://example.org/{there}" in str(files[path]), path
    nodes = structured_data(cut_up, edition, render_pages(cut_up))
    page = there.partition("#")[0]
    assert f"https://example.org/{there}" in nodes[page]
    assert f"https://example.org/{there}" not in nodes["timeline.html"]
    trail = next(n for n in json.loads(nodes[page])["@graph"] if n["@type"] == "BreadcrumbList")
    assert [step["item"].rpartition("/")[2] for step in trail["itemListElement"]] == [
        "index.html",
        "timeline.html",
        page,
    ]


def test_an_old_anchor_leads_on(cut_up: Graph, pages: dict[str, Rendered]) -> None:
    files = place_files(cut_up, pages.values())
    assert {f"assets/data/places/{n.replace('/', '-')}.js" for n in cut_up.lists} == files.keys()
    known = json.loads(files["assets/data/places/timeline.js"].partition("] = ")[2].rstrip(";\n"))
    for event in cut_up.archive.events:
        assert f"{known[event]}#{event}" == cut_up.address("event", event)


def test_a_part_says_what_of_the_list_it_has(cut_up: Graph, pages: dict[str, Rendered]) -> None:
    parts = cut_up.lists["actors/index"]
    second = pages[parts[1].page].body
    assert f"Part 2 of {len(parts)}: 1 of {len(cut_up.archive.actors)} actors." in second
    assert f'all <span class="n">1 of {len(cut_up.archive.actors)}</span>' in second
    assert 'data-called="actors on this part"' in second
    for part in (parts[0], parts[2]):
        assert f'href="{part.page.rpartition("/")[2]}"' in second


def test_what_an_edit_moves_to_another_part_is_linked_anew(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(ROOT / "examples/archive", root)
    before = with_page_size(root, 1)
    assert before.address("event", "boats-lost") == "timeline.html#boats-lost"
    events = root / "data/events.yml"
    text = events.read_text(encoding="utf-8")
    events.write_text(text.replace('"1839/1840~"', '"1850"'), encoding="utf-8")
    assert read_graph(root).address("event", "boats-lost") == "timeline-2.html#boats-lost"
