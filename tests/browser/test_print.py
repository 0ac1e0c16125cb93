"""A chapter on paper: a part of the text, an entry, an argument with all it rests on."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import axe
from dossier.graph.refs import Graph
from dossier.read.prose import parse, parse_citation

PART = "sources/huang-lobbying-2025.html"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def on_paper(page: Page, paper: str) -> pypdf.PdfReader:
    """What the browser prints of a chapter that is shown as it is printed."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.emulate_media(media="print")
    wide = page.evaluate("document.querySelector('.print-sheet').scrollWidth - innerWidth")
    assert wide <= 0, "something stands out of the page"
    return pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))


def words_of(reader: pypdf.PdfReader) -> str:
    """All words; what is divided at the end of a line is put together again."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(re.sub(r"[-\u2010]\s*\n\s*", "", text).split())


def close_up(text: str) -> str:
    """A text without its blanks and hyphens, which the ends of lines change."""
    return re.sub(r"[\s\u2010-]", "", text)


def faces_missing(reader: pypdf.PdfReader) -> list[str]:
    """The faces that the file names and does not bring. Chromium draws a variable face glyph by
    glyph (Type 3); of others the file must be there.
    """
    missing = []
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            made = font.get_object()
            for inner in made.get("/DescendantFonts", [made]):
                described = inner.get_object().get("/FontDescriptor", {})
                brought = any(f"/FontFile{n}" in described for n in ("", 2, 3))
                if made["/Subtype"] != "/Type3" and not brought:
                    missing.append(str(made.get("/BaseFont")))
    return missing


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_part_is_printed_with_its_notes_and_their_works(
    page: Page, site: Path, real: Graph, paper: str
) -> None:
    page.goto(f"{site.as_uri()}/{PART}")
    page.get_by_role("button", name="Print Part 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Part 1")
    reader = on_paper(page, paper)
    text = close_up(words_of(reader))
    (source,) = real.archive.sources.values()
    (translation,) = real.archive.translations.values()
    part = next(part for part in source.model.parts if part.title == "Part 1")
    numbers = range(int(part.first[1:]), int(part.last[1:]) + 1)
    for number in numbers:
        paragraph = translation[number]
        # The marks of notes stand between the words.
        assert close_up(paragraph.prose.plain[:24]) in text, paragraph.id
        assert close_up(paragraph.prose.plain[-16:-1]) in text, paragraph.id
    assert close_up(translation[numbers[-1] + 1].prose.plain[:40]) not in text
    checks = {c.id: c for n in numbers for c in real.checks_on(source.model.id, n)}
    assert len(checks) > 10
    assert {id_ for id_, c in checks.items() if close_up(c.name) not in text} == set()
    first = reader.pages[0].extract_text()
    assert source.model.title in " ".join(first.split())
    assert re.search(rf"paragraphs {numbers[0]}–{numbers[-1]}\b", first)
    assert f"edition {real.newest}" in " ".join(first.split())
    cited = {
        citation.reference
        for n in numbers
        for check in real.checks_on(source.model.id, n)
        for citation in parse(check.note).citations
        if citation.reference
    }
    addresses = [real.archive.references[id_].model.url for id_ in cited]
    assert cited and [a for a in addresses if a and close_up(a) not in text] == []
    assert faces_missing(reader) == []
    loaded = "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
    assert {"Source Serif 4", "Source Sans 3", "Noto Serif SC"} <= {
        name.strip('"') for name in page.evaluate(loaded)
    }
    assert 5 <= len(reader.pages) <= 10


def test_an_argument_is_printed_with_all_it_rests_on(page: Page, base: str, real: Graph) -> None:
    page.goto(f"{base}arguments/lobbying-succeeded.html")
    page.locator(".print-page").click()
    sheet = page.locator(".print-sheet")
    expect(sheet).to_be_focused()
    text = close_up(words_of(on_paper(page, "Letter")))
    below: set[str] = set()
    waiting = ["lobbying-succeeded"]
    while waiting:
        id_ = f"argument:{waiting.pop()}"
        more = {
            a.id for a in (r.model for r in real.archive.arguments.values()) if id_ in a.supports
        }
        waiting += sorted(more - below)
        below |= more
    assert len(below) > 10
    for id_ in below:
        argument = real.archive.arguments[id_].model
        assert close_up(argument.name) in text
        (translation,) = real.archive.translations.values()
        # What it rests on is cited for its claim and its premises.
        rests = [(argument.claim, argument.cites), *((p.text, p.cites) for p in argument.premises)]
        for number in {
            number
            for said, cites in rests
            for cited in (*parse(said).citations, *filter(None, map(parse_citation, cites)))
            if cited.is_paragraph
            for number in cited.numbers
        }:
            assert close_up(translation[number].prose.plain[:40]) in text, number
    assert "https://" in text


def test_an_entry_is_printed_and_one_goes_back(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/actors/zte.html")
    button = page.locator(".print-page")
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ZTE")
    assert axe(page) == []
    assert "ZTE" in page.title()
    reader = on_paper(page, "A4")
    assert len(reader.pages) <= 3
    assert "Print or save" not in words_of(reader)
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator(".print-sheet")).to_have_count(0)
    expect(button).to_be_focused()
    expect(page.locator(".md-header")).to_be_visible()
