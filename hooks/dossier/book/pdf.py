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
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..errors import MissingError
from .content import Book, Chapter, index_of, letters
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
    with files(book) as folder:
        text, turned = in_place(book, size, folder)
        whole = typeset(book, size, folder, pages_of(text), turned)
        found: bytes = whole.write_pdf(**_OPTIONS)
    return found


def in_place(book: Book, size: str, folder: Path) -> tuple[Any, list[str]]:
    """The text alone, laid out with every note on the page of its call, and the paragraphs that
    begin a page so that it is.

    WeasyPrint now and then sets a note on the page before or after its call; the paragraph that
    calls the first such note then begins a page, until there is none. Raises as ``pdf`` does.
    """
    text = replace(book, chapters=tuple(c for c in book.chapters if c.paragraphs))
    turned: list[str] = []
    while True:
        document = typeset(text, size, folder, turned=turned)
        late = _astray(text, pages_of(document))
        if late is None or late in turned:
            return document, turned
        turned.append(late)


def _astray(book: Book, pages: Mapping[str, int]) -> str | None:
    """The first paragraph with a note that stands on another page than its call."""
    for para in book.paragraphs:
        if any(pages[n.anchor] != pages[n.call] for n in para.notes if n.foremost):
            return para.anchor
    return None


def typeset(
    book: Book,
    size: str,
    folder: Path,
    pages: Mapping[str, int] | None = None,
    turned: Iterable[str] = (),
) -> Any:
    """The book laid out, as WeasyPrint's document; ``folder`` holds what ``files`` puts there.

    ``pages`` says on which page each paragraph begins, for the index; without it nothing follows
    the chapters. The paragraphs ``turned`` begin a page. Raises as ``pdf`` does.
    """
    html = _BLANK.sub(r"\1 ", _html(book, size, pages or {}, turned))
    document = _engine().HTML(string=html, base_url=str(folder)).render(**_OPTIONS)
    for page in document.pages:
        page.links[:] = [link for link in page.links if _is_link(link)]
    return document


def _is_link(link: tuple[Any, Any, tuple[float, ...], Any]) -> bool:
    """Whether one of WeasyPrint's (70.0) links is one for a reader, who would otherwise stop at
    each: it also links what stands within a link, such as every place where an address may break,
    and the blank with which a link may begin at the end of a line.
    """
    _, _, (left, _, right, _), box = link
    if box.link and right > left:
        return True
    if (box.element_tag or "").partition(":")[0] == "a":
        box.element_tag = "span"  # so that it is not tagged as a link
    return False


_OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
_BLANK = re.compile(r' (<(?:a|b|em|i|strong)(?: [^>]*)?>|<span class="cites">)')
"""The blank before a link and its like, which goes inside: where nothing but the blank at its end
does not fit on a line, WeasyPrint (70.0) breaks a text after its first word.
"""


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


def _html(book: Book, size: str, pages: Mapping[str, int], turned: Iterable[str] = ()) -> str:
    """The book as one HTML document; checks and index are left out until the pages are known."""
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
    checks = [n.check for para in book.paragraphs for n in para.notes if n.check and pages]
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
        going_on={c.id for before, c in pairwise(book.chapters) if _goes_on(before, c)},
        checks=checks,
        index=index,
        marks=marks,
        size=size,
        pictures=pictures(book, templates, aspect),
        reading=READING.format(view.reader),
        front="data:image/png;base64," + base64.b64encode(cover(book)).decode(),
        styles=Markup(
            templates.get_template("pdf/book.css").render(
                page=page, wide=f"{height}mm {width}mm", text=text, turned=turned
            )
        ),
    )


def _goes_on(before: Chapter, chapter: Chapter) -> bool:
    """Whether both are parts of one text."""
    texts = [{p.source for p in c.paragraphs} for c in (before, chapter)]
    return bool(texts[0]) and texts[0] == texts[1]


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
    behind = [entry.zh or "" for entry, _ in index_of(book)]  # what follows the chapters
    checks = [note.check for para in book.paragraphs for note in para.notes if note.check]
    behind += [f"{c.name}{c.quote}{c.record or ''}{c.note}" for c in checks]
    shown = _html(book, "a5", {}) + "".join(behind)
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
