"""The book as an EPUB 3.3: one file per chapter, notes that open where they are called.

A note is an ``aside`` at the end of its chapter; readers show it in a box over the text, or go
there and back. The page list is by paragraph, which is how the edition is cited. Files are sorted
and dated with the edition's day, so the same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from .annotations import annotation_set
from .content import Book, Chapter
from .cover import cover
from .faces import faces
from .view import BookView, environment

FILE = "edition.epub"
SUMMARY = (
    "Text only, but for the cover. Headings, lists and notes are marked as what they are; every"
    " note leads back to its place; other languages are marked as such; the page list is by"
    " numbered paragraph. Checked with EPUBCheck and Ace by DAISY; no person has certified it."
)
READING = (
    "A number before a paragraph is its own, by which it is cited. A raised number calls a note of"
    " the translators, a raised letter one of the editors: a claim held against the public record,"
    " or how {} takes it. A name leads to its entry, p12 to paragraph 12."
)

_LANG = re.compile(r'(?<![:\w])lang="(?!en")([^"]*)"')


@dataclass(frozen=True)
class Item:
    """A file of the publication, as its manifest lists it."""

    href: str
    media: str
    content: bytes
    properties: str = ""

    @property
    def id(self) -> str:
        return self.href.rpartition("/")[2].rpartition(".")[0]


def epub(book: Book) -> bytes:
    """The whole file."""
    templates = environment()
    pages = list(_pages(book, templates))
    text = "".join(item.content.decode() for item in pages)
    given = faces(text)
    styles = templates.get_template("epub/book.css").render(faces=given).encode()
    items = [
        *pages,
        Item("book.css", "text/css", styles),
        Item("images/front.png", "image/png", cover(book), "cover-image"),
        *(Item(f"fonts/{name}", "font/ttf", face) for name, face in given.items()),
    ]
    package = templates.get_template("epub/package.opf").render(
        book=book,
        identifier=identifier(book),
        summary=SUMMARY,
        items=items,
        spine=[item.id for item in pages],
    )
    files = {
        "META-INF/container.xml": templates.get_template("epub/container.xml").render().encode(),
        **annotation_set(book, identifier(book)),
        "package.opf": package.encode(),
        **{f"EPUB/{item.href}": item.content for item in items},
    }
    return _zipped(files, book.date)


def identifier(book: Book) -> str:
    """What names the publication whatever its revision: a UUID of the first source's id."""
    namespace = uuid.uuid5(uuid.NAMESPACE_OID, "annotated source")
    source = next(iter(book.graph.archive.sources), "")
    return f"urn:uuid:{uuid.uuid5(namespace, f'{source} book')}"


def _pages(book: Book, templates: Environment) -> Iterator[Item]:
    """The XHTML files in the order of reading."""
    front = BookView(book, "front")

    def page(id_: str, title: str, body: str, matter: str, properties: str = "") -> Item:
        text = templates.get_template("epub/page.xhtml").render(
            title=title, body=Markup(body), matter=matter
        )
        text = _LANG.sub(r'xml:lang="\1" lang="\1"', text)
        return Item(f"{id_}.xhtml", "application/xhtml+xml", text.encode(), properties)

    def front_page(name: str, **context: object) -> str:
        return templates.get_template(name).render(book=book, v=front, **context)

    picture = (
        '<section epub:type="cover" class="cover"><img src="images/front.png" alt="{}"/></section>'
    )
    yield page(
        "cover",
        "Cover",
        Markup(picture).format(f"Cover: {book.title}"),
        "frontmatter",
    )
    yield page(
        "title",
        book.title,
        _section("titlepage", "", front_page("title.html")),
        "frontmatter",
    )
    yield page("nav", "Contents", front_page("epub/nav.html"), "frontmatter", "nav")
    yield page(
        "record",
        "About this book",
        _section(
            "preface",
            "doc-preface",
            front_page("record.html", reading=READING.format(front.reader)),
        ),
        "frontmatter",
    )
    for chapter in book.chapters:
        body = _section(chapter.epub_type, chapter.role, chapter_html(book, chapter, templates))
        yield page(chapter.id, chapter.title, body, chapter.matter)


def chapter_html(book: Book, chapter: Chapter, templates: Environment) -> str:
    """A chapter's content as XHTML."""
    source = chapter.paragraphs[0].source if chapter.paragraphs else None
    return templates.get_template(chapter.template).render(
        chapter=chapter,
        v=BookView(book, chapter.id, source),
        format="epub",
        **chapter.context,
    )


def _section(epub_type: str, role: str, body: str) -> str:
    said = f' role="{role}"' if role else ""
    return f'<section epub:type="{epub_type}"{said}>\n{body}\n</section>'


def _zipped(files: dict[str, bytes], date: str) -> bytes:
    """The container: ``mimetype`` first and stored, as OCF wants it, the others by name."""
    year, month, day = (int(part) for part in date.split("-"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in ("mimetype", *sorted(files)):
            entry = zipfile.ZipInfo(path, date_time=(year, month, day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            content = files.get(path, b"application/epub+zip")
            stored = path == "mimetype"
            archive.writestr(
                entry, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9
            )
    return made.getvalue()
