"""The book as a PDF: true footnotes, running heads, page numbers for all that refers elsewhere.

WeasyPrint sets it, from the templates that the EPUB is made of, and tags it as PDF/UA wants. The
index wants to know on which pages the text names an entry, so the text is set twice: once alone, to
see, and once in the whole book, where it falls on the same pages.
"""

from __future__ import annotations

import base64
import datetime
import importlib.util
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..errors import MissingError
from .content import Book, index_of, letters
from .cover import cover
from .faces import faces
from .pictures import pictures
from .view import BookView, environment

SIZES = {
    "a5": (148.0, 210.0, "9.4pt"),
    "letter": (215.9, 279.4, "11pt"),
}
"""By the name in the file: the page's width and height in millimeters, and the size of the text."""
PICTURE_EDGE, PICTURE_HEAD = 24.0, 16.0
"""What margins and headings take of a page on its side, in millimeters."""

READING = (
    "The number before a paragraph is its own, by which it is cited. Footnotes with numbers are the"
    " translators’; those with letters are the editors’: what the record contradicts or finds"
    " imprecise, and how {} takes it. All checks stand in a chapter of their own."
)


def pdf(book: Book, size: str) -> bytes:
    """The whole file. Raises ``MissingError`` if WeasyPrint or something it needs is missing."""
    text = replace(book, chapters=tuple(c for c in book.chapters if c.paragraphs))
    with files(book) as folder:
        pages = pages_of(typeset(text, size, folder))
        found: bytes = typeset(book, size, folder, pages).write_pdf(**_OPTIONS)
    return found


def typeset(book: Book, size: str, folder: Path, pages: Mapping[str, int] | None = None) -> Any:
    """The book laid out, as WeasyPrint's document; ``folder`` holds what ``files`` puts there.

    ``pages`` says on which page each paragraph begins, for the index, which is left out without.
    Raises as ``pdf`` does.
    """
    html = _html(book, size, pages or {})
    return _engine().HTML(string=html, base_url=str(folder)).render(**_OPTIONS)


_OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}


def _engine() -> Any:
    if importlib.util.find_spec("weasyprint") is None:
        raise MissingError("WeasyPrint is not installed; pip install -r requirements/book.txt")
    try:
        import weasyprint  # noqa: PLC0415
    except OSError as error:
        raise MissingError(
            "WeasyPrint finds no Pango on this machine; on Debian: apt install libpango-1.0-0"
            f" libpangoft2-1.0-0 ({str(error).splitlines()[0]})"
        ) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def pages_of(document: Any) -> dict[str, int]:
    """By anchor the number of the page on which it stands."""
    return {
        anchor: number for number, page in enumerate(document.pages, 1) for anchor in page.anchors
    }


def _html(book: Book, size: str, pages: Mapping[str, int]) -> str:
    """The book as one HTML document; the index is empty until the pages are known."""
    templates = environment()
    view = BookView(book, None)
    chapters, marks = [], _marks(book)
    for chapter in book.chapters:
        source = chapter.paragraphs[0].source if chapter.paragraphs else None
        body = templates.get_template(chapter.template).render(
            chapter=chapter,
            v=BookView(book, None, source),
            format="pdf",
            marks=marks,
            **chapter.context,
        )
        chapters.append((chapter, Markup(body)))
    checks = [note.check for para in book.paragraphs for note in para.notes if note.check]
    index = [
        (entry, sorted({pages[stop] for stop in stops})) for entry, stops in index_of(book) if pages
    ]
    width, height, text = SIZES[size]
    page = f"{width}mm {height}mm"
    aspect = (height - PICTURE_EDGE) / (width - PICTURE_EDGE - PICTURE_HEAD)
    return templates.get_template("pdf/book.html").render(
        book=book,
        v=view,
        chapters=chapters,
        checks=checks,
        index=index,
        marks=marks,
        size=size,
        pictures=pictures(book, templates, aspect),
        reading=READING.format(view.reader),
        front="data:image/png;base64," + base64.b64encode(cover(book)).decode(),
        styles=Markup(
            templates.get_template("pdf/book.css").render(
                page=page, turned=f"{height}mm {width}mm", text=text
            )
        ),
    )


def _marks(book: Book) -> dict[str, str]:
    """What calls the footnotes, by their anchors: letters for the editors', without gaps for the
    checks that have none.
    """
    marks: dict[str, str] = {}
    for para in book.paragraphs:
        shown = [note for note in para.notes if note.foremost]
        editors = [note for note in shown if note.kind != "translators"]
        marks |= {note.anchor: note.mark for note in shown}
        marks |= {n.anchor: letter for n, letter in zip(editors, letters(), strict=False)}
    return marks


@contextmanager
def files(book: Book) -> Iterator[Path]:
    """A folder with the faces, while the book is set; no address of it gets into the file."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.datetime.fromisoformat(book.date).replace(tzinfo=datetime.UTC)
    names = "".join(entry.zh or "" for entry, _ in index_of(book))
    shown = _html(book, "a5", {}) + names
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, face in faces(shown).items():
            (folder / file).write_bytes(face)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))
        try:
            yield folder
        finally:
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = before
