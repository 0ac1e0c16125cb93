"""The edition as a PDF: footnotes on the page of their call, numbers and links against the data.

The text is set here, without what stands behind it, which takes ten times as long.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree

from conftest import ROOT, SMALL
from dossier.book.content import Book, gather, index_of
from dossier.book.pdf import _OPTIONS, SIZES, _html, files, in_place, pdf
from dossier.errors import MissingError
from dossier.graph.refs import Graph
from dossier.read.edition import read_edition


@pytest.fixture(scope="module", autouse=True)
def weasyprint() -> Any:
    """Left out where its Pango is missing; in CI it must be there."""
    try:
        return pytest.importorskip("weasyprint")
    except OSError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Pango on this machine: the PDF is left out")


def bound(root: Path, graph: Graph) -> Book:
    return gather(graph, read_edition(root, graph.archive), graph.day)


@pytest.fixture(scope="module", params=SIZES)
def laid_out(request: pytest.FixtureRequest, real: Graph) -> Iterator[Any]:
    """The text of the edition on the pages of each size."""
    book = bound(ROOT, real)
    with files(book) as folder:
        yield in_place(book, request.param, folder)[0]


@pytest.fixture(scope="module")
def text(laid_out: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(laid_out.write_pdf(**_OPTIONS)))


def places(reader: pypdf.PdfReader) -> dict[str, int]:
    """By anchor the page on which it stands."""
    found = reader.named_destinations
    return {name: reader.get_destination_page_number(found[name]) or 0 for name in found}


def boxes_in(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes_in(child)


def words_of(line: Any) -> str:
    return "".join(getattr(box, "text", "") for box in boxes_in(line))


def test_no_line_ends_where_the_next_word_would_fit(laid_out: Any) -> None:
    """WeasyPrint is known to end a line after the first word of a text of which nothing but the
    blank at its end does not fit.
    """
    early = []
    for page in laid_out.pages:
        for block in boxes_in(page._page_box):
            lines = [c for c in getattr(block, "children", ()) if type(c).__name__ == "LineBox"]
            if block.style["text_align_all"] == "center":
                continue
            for line, after in pairwise(lines):
                ends = max(box.position_x + box.width for box in boxes_in(line) if box is not line)
                room = block.content_box_x() + block.width - ends
                size = next(box.style["font_size"] for box in boxes_in(after))
                if room > size * (0.6 * len(words_of(after).split(" ")[0]) + 1):
                    early.append((words_of(line), words_of(after)))
    assert early == []


def test_every_footnote_stands_on_the_page_of_its_call(real: Graph, text: pypdf.PdfReader) -> None:
    """WeasyPrint is known to set a note on the page before its call (its issue 1564)."""
    at = places(text)
    notes = [n for para in bound(ROOT, real).paragraphs for n in para.notes if n.foremost]
    assert len(notes) > 50
    assert [n.anchor for n in notes if at[n.call] != at[n.anchor]] == []


def test_the_text_has_all_its_numbers_in_order_and_all_its_words(
    real: Graph, text: pypdf.PdfReader
) -> None:
    (translation,) = real.archive.translations.values()
    at = places(text)
    pages = [at[p.id] for p in translation.paragraphs]
    assert pages == sorted(pages)
    words = Counter(
        re.findall(r"[A-Za-z]{4,}", " ".join(page.extract_text() for page in text.pages))
    )
    for p in translation.paragraphs:  # a word may be divided at the end of a line
        own = set(re.findall(r"[A-Za-z]{4,}", p.prose.plain))
        assert len(own & words.keys()) >= 0.7 * len(own), p.id


def test_it_is_tagged_has_bookmarks_and_brings_its_faces(text: pypdf.PdfReader) -> None:
    root: Any = text.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    titles = [str(item.title) for item in text.outline if not isinstance(item, list)]
    parts = [title for title in titles if title[:2] in ("Op", "Pa")]
    assert parts == ["Opening", "Part 1", "Part 2", "Part 3"]
    for page in text.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"]
            assert re.search(r"\+(?:Source-S|Noto-Serif-SC)", inner.get_object()["/BaseFont"])


def test_every_link_of_the_translation_leads_to_a_place_in_the_book(real: Graph) -> None:
    book = bound(ROOT, real)
    html = etree.fromstring(_html(book, "a5", {}), etree.HTMLParser())
    ids = Counter(e.get("id") for e in html.iter() if e.get("id"))
    ids -= Counter({id_: n - 1 for id_, n in ids.items() if id_.startswith("head-")})
    assert [id_ for id_, n in ids.items() if n > 1] == []
    hrefs = [e.get("href") for e in html.iter("a") if (e.get("href") or "").startswith("#")]
    assert {h for h in hrefs if h[1:] not in ids} == set()
    named = html.xpath("//p[@class='para']/a[@class='entry'] | //p[@class='para']/em/a")
    assert len(named) == sum(
        len(p.prose.links) for t in real.archive.translations.values() for p in t.paragraphs
    )


def test_every_note_and_every_check_of_the_data_stands_in_it_once(real: Graph) -> None:
    book = bound(ROOT, real)
    pages = {para.anchor: 1 for para in book.paragraphs}
    page = etree.fromstring(_html(book, "a5", pages), etree.HTMLParser())
    notes = [n for para in book.paragraphs for n in para.notes]
    called = [e.get("id") for e in page.xpath("//span[starts-with(@class, 'footnote ')]")]
    assert called == [n.anchor for n in notes if n.foremost]
    listed = [e.get("id") for e in page.xpath("//div[@class='check']")]
    assert sorted(listed) == sorted(f"all-{id_}" for id_ in real.archive.checks)
    translators = sum(
        len(p.notes) for t in real.archive.translations.values() for p in t.paragraphs
    )
    readings = sum(len(record.model.readings) for record in real.archive.sources.values())
    assert len(called) + sum(not n.foremost for n in notes) == (
        translators + readings + len(real.archive.checks)
    )


def test_the_index_gives_the_pages_and_the_same_input_the_same_bytes(small: Graph) -> None:
    book = bound(SMALL, small)
    made = pdf(book, "a5")
    assert pdf(book, "a5") == made
    reader = pypdf.PdfReader(io.BytesIO(made))
    at = places(reader)
    shown = " ".join(reader.pages[at["index"]].extract_text().split())
    entries = index_of(book)
    assert entries
    for entry, stops in entries:
        own = at[book.spots[f"{entry.kind}:{entry.id}"].anchor]
        pages = [*sorted({at[stop] + 1 for stop in stops}), own + 1]
        assert re.search(rf"{re.escape(entry.name)}\D* {', '.join(map(str, pages))}\b", shown)


def test_a_link_is_met_once_and_has_words(laid_out: Any, text: pypdf.PdfReader) -> None:
    linked = [link for page in laid_out.pages for link in page.links]
    assert len(linked) > 300
    assert all(right > left for _, _, (left, _, right, _), _ in linked)
    root: Any = text.trailer["/Root"]
    tagged = list(links(root["/StructTreeRoot"]))
    assert [element for element, inside in tagged if inside] == []
    notes = [note.get_object() for page in text.pages for note in page.get("/Annots", [])]
    assert len(linked) >= len(notes) > 10  # what leads behind the text is not in the file here
    assert len(tagged) >= len(notes)


def links(element: Any, inside: bool = False) -> Iterator[tuple[Any, bool]]:
    """The links in the structure of a PDF, and whether each stands in another."""
    own = element.get("/S") == "/Link"
    if own:
        yield element, inside
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict):
            yield from links(inner, inside or own)


def test_every_picture_says_what_it_shows_to_whoever_cannot_see_it(small: Graph) -> None:
    book = bound(SMALL, small)
    reader = pypdf.PdfReader(io.BytesIO(pdf(book, "a5")))
    root: Any = reader.trailer["/Root"]
    told = [figure.get("/Alt", "") for figure in figures(root["/StructTreeRoot"])]
    drawn = [e for chapter in book.chapters for e in chapter.context.get("maps", ())]
    assert drawn and "" not in told
    assert sum(text.startswith("The case as a map: ") for text in told) >= len(drawn)
    assert any(re.match("The timeline as a picture, .*says it in words$", text) for text in told)


def figures(element: Any) -> Iterator[Any]:
    """The pictures in the structure of a PDF."""
    if element.get("/S") == "/Figure":
        yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict):
            yield from figures(inner)


def test_without_the_library_it_is_said_how_to_get_it(
    small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingError, match="pip install -r requirements/book"):
        pdf(bound(SMALL, small), "a5")
