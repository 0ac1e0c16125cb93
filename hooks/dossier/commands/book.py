"""``dossier book``: the edition as EPUB, PDF and ZIM, each made if its libraries are there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..book.content import Book, gather
from ..book.epub import epub
from ..book.pdf import pdf
from ..book.shelf import Made, Shelf, put
from ..book.zim import zim
from ..errors import MissingError
from ..read.edition import read_edition
from ..write.site import read_graph


@dataclass(frozen=True)
class Format:
    """A book to be made: its file, what readers are told of it, and what makes it."""

    file: str
    title: str
    what: str
    make: Callable[[Book, Path], bytes]


FORMATS = {
    "epub": (
        Format(
            "edition.epub",
            "EPUB",
            "For e-readers and phones; notes open where they are called.",
            lambda book, site: epub(book),
        ),
    ),
    "pdf": (
        Format(
            "edition-a5.pdf",
            "PDF, A5",
            "Typeset as a book, with footnotes and an index.",
            lambda book, site: pdf(book, "a5"),
        ),
        Format(
            "edition-letter.pdf",
            "PDF, US Letter",
            "The same for American paper.",
            lambda book, site: pdf(book, "letter"),
        ),
    ),
    "zim": (Format("edition.zim", "ZIM", "The whole site for Kiwix, with its search.", zim),),
}


def make_books(root: Path, folder: Path, site: Path, url: str, wanted: list[str]) -> int:
    """Make the books of the formats that are wanted into ``folder``, saying of each what it weighs
    and how long it took; gives the number of those that could not be made.

    ``site`` is the finished site, of which the ZIM is a copy. Raises ``InvalidArchiveError`` with
    all violations of the data, before anything is written.
    """
    graph = read_graph(root)
    book = gather(graph, read_edition(root, graph.archive, url), graph.day)
    folder.mkdir(parents=True, exist_ok=True)
    made, missing = [], 0
    for format_ in (f for name in wanted for f in FORMATS[name]):
        begun = time.perf_counter()
        try:
            content = format_.make(book, site)
        except MissingError as error:
            missing += 1
            print(f"{format_.file}: left out; {error}")
            continue
        fresh = folder / f".{format_.file}.new"
        fresh.write_bytes(content)
        fresh.replace(folder / format_.file)
        found = Made(format_.file, format_.title, format_.what, len(content))
        made.append(found)
        print(f"{folder / format_.file}: {found.weight}, {time.perf_counter() - begun:.1f} s")
    put(folder, Shelf(book.revision, book.date, tuple(made)))
    return missing
