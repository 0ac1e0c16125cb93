"""Adding something takes what the page on the architecture says and no more: a kind of entry, a
word of a vocabulary, a field, a page, a picture, an export.
"""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from archive import make_archive
from conftest import ROOT
from dossier.kinds.vocabularies import Vocabulary

RECORD = """    Kind("place", "places", "Places", thread="citations", schema_org="Place"),
"""
MODEL = """class Place(PageEntry):
    \"\"\"Somewhere.\"\"\"

    kind: ClassVar[str] = "place"

    country: Name


"""
TEMPLATE = """{% import '_macros.html' as m %}
<div class="entry-head">
{{ m.origin(v) }}
<h1>{{ v.zh(page.title) }}</h1>
<p class="kicker">{{ entry.country }}</p>
</div>
{{ m.lead(v, entry) }}
{{ m.account(v, said, added) }}
{{ m.backlinks(v, key, entry) }}
"""
ENTRY = """name: The Long Quay
zh: 长码头
country: Nowhere
source: source-000
summary: Where the ships of the tale come in [@p3].
account:
  - voice: author
    text: It is long [@p4].
"""


FIELD = """    origin: Name | None = Field(None, description="Where it is made.")


"""
PAGE = """def _quays(graph: Graph) -> Page:
    places = [record.model for record in graph.archive.of("place").values()]
    return Page(
        "quays.md", "Quays", "Every quay.", "quays.html", "data/places",
        {"places": places, "depths": depths(places)},
    )


"""
PAGE_TEMPLATE = """# {{ page.title }}

{% include 'charts/depths.svg' %}
<ul>{% for place in places %}<li>{{ v.link('place:' ~ place.id) }}</li>{% endfor %}</ul>
"""
PICTURE = """from collections.abc import Iterable

from ...model import PageEntry


def depths(places: Iterable[PageEntry]) -> list[tuple[int, str]]:
    return [(20 * n + 16, place.name) for n, place in enumerate(places)]
"""
PICTURE_TEMPLATE = """<svg class="chart" viewBox="0 0 200 40" role="img" aria-label="Depths">
{% for y, name in depths %}<text x="0" y="{{ y }}">{{ name }}</text>{% endfor %}
</svg>
"""
EXPORT = """from ..graph.refs import Graph
from ..read.edition import Edition
from .base import Files


def quay_files(graph: Graph, edition: Edition) -> Files:
    return {"data/quays.txt": "".join(f"{id_}\\n" for id_ in graph.archive.of("place"))}
"""


def insert(path: Path, before: str, text: str) -> None:
    old = path.read_text(encoding="utf-8")
    assert old.count(before) == 1, f"{before!r} is not once in {path}"
    path.write_text(old.replace(before, text + before), encoding="utf-8")


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up project with one more kind: a record, a model, a template, and an entry that p1
    links.
    """
    root = tmp_path_factory.mktemp("kind") / "project"
    make_archive(root, 1)
    insert(root / "hooks/dossier/kinds/__init__.py", '    Kind(\n        "event"', RECORD)
    insert(root / "hooks/dossier/model/records.py", "def _by_kind()", MODEL)
    (root / "hooks/dossier/pages/templates/place.html").write_text(TEMPLATE, encoding="utf-8")
    (root / "data/places").mkdir()
    (root / "data/places/long-quay.yml").write_text(ENTRY, encoding="utf-8")
    text = root / "docs/sources/source-000.md"
    text.write_text(
        "At [the quay](place:long-quay), " + text.read_text(encoding="utf-8"), encoding="utf-8"
    )
    add_a_field(root)
    add_a_page_with_a_picture(root)
    add_an_export(root)
    result = run(root, "hooks/build.py")
    assert result.returncode == 0, result.stderr
    return root


def add_a_field(root: Path) -> None:
    insert(root / "hooks/dossier/model/records.py", "class Event(Entry, Statement)", FIELD)
    template = root / "hooks/dossier/pages/templates/product.html"
    insert(template, "{{ m.account(v, said, added) }}", "<p>Made in {{ v.zh(entry.origin) }}</p>\n")
    for product in (root / "data/products").glob("*.yml"):
        text = product.read_text(encoding="utf-8")
        product.write_text(f"{text}origin: The Far North\n", encoding="utf-8")


def add_a_page_with_a_picture(root: Path) -> None:
    pages = root / "hooks/dossier/pages"
    insert(pages / "lists.py", "def _index(kind", PAGE)
    insert(
        pages / "lists.py", "    yield _propose.__name__",
        "    yield _quays.__name__, partial(_quays, graph)\n",
    )  # fmt: skip
    insert(pages / "lists.py", "from .charts.money", "from .charts.depths import depths\n")
    (pages / "templates/quays.html").write_text(PAGE_TEMPLATE, encoding="utf-8")
    (pages / "charts/depths.py").write_text(PICTURE, encoding="utf-8")
    (pages / "templates/charts/depths.svg").write_text(PICTURE_TEMPLATE, encoding="utf-8")
    insert(root / "mkdocs.yml", "  - About:\n", "  - Quays: quays.md\n")


def add_an_export(root: Path) -> None:
    exports = root / "hooks/dossier/exports"
    (exports / "quays.py").write_text(EXPORT, encoding="utf-8")
    insert(exports / "__init__.py", "from .tables", "from .quays import quay_files\n")
    insert(exports / "__init__.py", "    table_files,\n", "    quay_files,\n")


def test_a_field_a_page_a_picture_and_an_export_are_there(root: Path) -> None:
    site = root / "site"
    products = next(iter(sorted((root / "data/products").glob("*.yml")))).stem
    assert "Made in The Far North" in (site / f"products/{products}.html").read_text("utf-8")
    with (site / "data/products.csv").open(encoding="utf-8-sig") as table:
        assert {row["origin"] for row in csv.DictReader(table)} == {"The Far North"}
    document = json.loads((site / "data/edition.json").read_text(encoding="utf-8"))
    assert {product["origin"] for product in document["products"]} == {"The Far North"}
    page = (site / "quays.html").read_text(encoding="utf-8")
    assert '<text x="0" y="16">The Long Quay</text>' in page
    assert 'href="places/long-quay.html"' in page
    assert 'href="quays.html"' in (site / "timeline.html").read_text(encoding="utf-8")
    assert (site / "data/quays.txt").read_text(encoding="utf-8") == "long-quay\n"


def test_a_new_kind_is_everywhere(root: Path) -> None:
    site = root / "site"

    def page(path: str) -> str:
        return (site / path).read_text(encoding="utf-8")

    assert "The Long Quay" in page("places/index.html")
    assert "places/index.html" in page("index.html"), "the navigation does not lead to it"
    assert "Where the ships of the tale come in" in page("places/long-quay.html")
    assert '"@type":"Place"' in page("places/long-quay.html")
    assert "places/long-quay.html" in page("sources/source-000.html"), (
        "neither linked nor cited beside the paragraph"
    )
    assert '"place:long-quay":["The Long Quay"' in page("assets/data/previews.js")
    assert "[The Long Quay](" in page("llms.txt") and "## Places" in page("llms.txt")
    assert [
        row["country"]
        for row in csv.DictReader(page("data/places.csv").lstrip("\ufeff").splitlines())
    ] == ["Nowhere"]
    tei = etree.fromstring(page("data/source-000.tei.xml"))
    ids = {value for e in tei.iter() for name, value in e.attrib.items() if name.endswith("}id")}
    assert "place.long-quay" in ids
    assert {e.get("ref", "#")[1:] for e in tei.iter() if e.get("ref", "").startswith("#place")} == {
        "place.long-quay"
    }
    document = json.loads(page("data/edition.json"))
    assert [entry["id"] for entry in document["places"]] == ["long-quay"]


def test_an_editor_is_told_of_a_new_kind(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site"))
    assert run(copy, "hooks/dossier", "schemas").returncode == 0
    product = json.loads((copy / "data/.schemas/product.json").read_text(encoding="utf-8"))
    assert product["properties"]["origin"]["description"] == "Where it is made."
    schema = json.loads((copy / "data/.schemas/place.json").read_text(encoding="utf-8"))
    assert "country" in schema["required"]
    made = run(copy, "hooks/dossier", "new", "place", "short-quay", "The Short Quay")
    assert made.returncode == 0, made.stderr
    assert "country: TODO" in (copy / "data/places/short-quay.yml").read_text(encoding="utf-8")


def test_search_preview_and_thread_know_a_new_kind(root: Path, browser: Browser) -> None:
    site = (root / "site").as_uri()
    with contextlib.closing(browser.new_page()) as page:
        page.goto(f"{site}/index.html")
        page.locator(".finder-input").fill("long quay")
        page.locator(".finder-results a").first.wait_for()
        assert "place" in page.locator(".finder-results").inner_text()
        page.goto(f"{site}/sources/source-000.html?thread=place:long-quay#p1")
        assert page.locator(".thread-bar").inner_text().startswith("The Long Quay: mention 1 of 3")
        page.locator("#p1 a[data-entry='place:long-quay']").hover()
        page.locator(".preview").wait_for()
        assert "Where the ships of the tale come in" in page.locator(".preview").inner_text()


def test_a_word_without_a_presentation_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match='the lane "courts" has no title'):
        Vocabulary("lane", ("title",), {"policy": ("Policy",), "courts": ()})


@pytest.mark.parametrize(
    ("file", "before", "insertion", "said"),
    [
        (
            "kinds/__init__.py",
            '    Kind(\n        "event"',
            RECORD,
            'the kind "place" has no model',
        ),
        ("model/records.py", "def _by_kind()", MODEL, "the model Place has no kind"),
        (
            "kinds/vocabularies.py",
            '    "group": ("Groups"',
            '    "university": ("Universities",),\n',
            'the actor type "university" has no column',
        ),
    ],
)
def test_half_a_kind_is_refused_when_the_model_loads(
    tmp_path: Path, file: str, before: str, insertion: str, said: str
) -> None:
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks")
    insert(tmp_path / "hooks/dossier" / file, before, insertion)
    result = run(tmp_path, "-c", "import sys; sys.path.insert(0, 'hooks'); import dossier.model")
    assert said in result.stderr


def test_a_word_more_is_shown_wherever_words_are_grouped(tmp_path: Path) -> None:
    root = tmp_path / "project"
    make_archive(root, 1)
    words = root / "hooks/dossier/kinds/vocabularies.py"
    insert(
        words,
        '    "group": ("Groups"',
        '    "university": ("Universities", "Groups", "CollegeOrUniversity"),\n',
    )
    insert(
        words, '    "contradicted": (', '    "outdated": ("1 outdated", "{} outdated", "folded"),\n'
    )
    (root / "data/edition.yml").write_text(
        "lanes: [economy, courts, law, politics]\n", encoding="utf-8"
    )
    actor = root / "data/actors/actor-000-0.yml"
    actor.write_text(
        actor.read_text(encoding="utf-8").replace("type: person", "type: university"),
        encoding="utf-8",
    )
    events = root / "data/events.yml"
    events.write_text(
        events.read_text(encoding="utf-8").replace("lane: law", "lane: courts", 1),
        encoding="utf-8",
    )
    checks = root / "data/checks/source-000.yml"
    checks.write_text(
        checks.read_text(encoding="utf-8").replace("verdict: bears out", "verdict: outdated", 1),
        encoding="utf-8",
    )
    result = run(root, "hooks/build.py")
    assert result.returncode == 0, result.stderr
    site = root / "site"
    index = (site / "actors/index.html").read_text(encoding="utf-8")
    assert "Universities" in index and 'href="actor-000-0.html"' in index
    assert ">courts<" in (site / "timeline.html").read_text(encoding="utf-8")
    assert "outdated</span> <b>1</b>" in (site / "checks.html").read_text(encoding="utf-8")
    assert "verdict-outdated" in (site / "sources/source-000.html").read_text(encoding="utf-8")
