"""The folder ``book/``, where the finished books lie, and what the site shows of it.

``books.json`` there says what the books are and of which revision of the edition, so that a site
never offers a book whose words differ from its own. The site is whole without any books.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from .. import dates
from ..graph.refs import Graph
from ..read.edition import read_edition
from .content import revision

FOLDER = "book"
LIST = "books.json"
PLACE = "<!-- books -->"
"""Where a page of the site shows the list; see ``docs/open-data.md``."""


@dataclass(frozen=True)
class Made:
    """A finished book: its file, what it is, its size in bytes."""

    file: str
    title: str
    what: str
    size: int

    @property
    def weight(self) -> str:
        """``0.5 MB``."""
        return f"{max(self.size / 1_000_000, 0.1):.1f} MB"


@dataclass(frozen=True)
class Shelf:
    """The books of a revision of the edition, and the edition's day."""

    revision: str
    date: str
    books: tuple[Made, ...]


def put(folder: Path, shelf: Shelf) -> None:
    """Write the list of the books that lie in a folder."""
    text = json.dumps(asdict(shelf), ensure_ascii=False, indent=1) + "\n"
    (folder / LIST).write_text(text, encoding="utf-8")


def look(folder: Path) -> Shelf | None:
    """What lies in a folder; ``None`` where there is no list that can be read, or a file of it is
    gone.
    """
    try:
        said = json.loads((folder / LIST).read_text(encoding="utf-8"))
        books = tuple(Made(**book) for book in said["books"])
        shelf = Shelf(said["revision"], said["date"], books)
        whole = all((folder / book.file).stat().st_size == book.size for book in books)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return shelf if whole and books else None


def ready(root: Path, graph: Graph) -> Shelf | None:
    """The books that lie ready under ``root``; ``None`` if there are none, or if their words differ
    from the data.
    """
    found = look(root / FOLDER)
    if found and found.revision != revision(graph, read_edition(root, graph.archive)):
        return None
    return found


def with_books(html: str, shelf: Shelf | None) -> str:
    """A page with the list in its place; only readers of a published copy are offered the files,
    since a copy on disk may lack them.
    """
    if PLACE not in html:
        return html
    if shelf is None:
        return html.replace(PLACE, "")
    lines = "".join(
        f'<li><a href="download/{escape(book.file)}">{escape(book.title)}</a>, {book.weight},'
        f" {dates.human(shelf.date)}. {escape(book.what)}</li>"
        for book in shelf.books
    )
    return html.replace(PLACE, f'<ul class="books online-only" hidden>{lines}</ul>')


def place(folder: Path, shelf: Shelf | None, site: Path) -> None:
    """Copy the books into the finished site."""
    for book in shelf.books if shelf else ():
        target = site / "download" / book.file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / book.file, target)
