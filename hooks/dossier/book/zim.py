"""The site as a ZIM, the form that Kiwix opens: offline libraries, phones, classrooms.

The pages are the site's own, without three things that a reader of ZIM files cannot have: the
content security policy, which would stop the reader's tool bar; the manifest, by which pages find
the service worker; and offers of downloads, of which the file is one. Kiwix adds a full-text index,
whose words are cut by ICU, Chinese too; the site's own search works as well.

A ZIM carries a random id, and its index one of its own. Both are replaced by digests, so that the
same site gives the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

from PIL import Image

from ..errors import MissingError
from ..write.offline import site_files
from .content import Book

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\n?')
_OFFERED = re.compile(r'<(p|ul) class="[^"]*\bonline-only\b[^"]*"[^>]*>.*?</\1>', re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
}
_LEFT_OUT = ("manifest.webmanifest", "404.html")


def zim(book: Book, site: Path) -> bytes:
    """The whole file. Raises ``MissingError`` if libzim or the site is missing."""
    if importlib.util.find_spec("libzim") is None:
        raise MissingError("libzim is not installed; pip install -r requirements/book.txt")
    if not (site / "index.html").is_file():
        raise MissingError(f"there is no site in {site}; make site")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition.zim"
        _write(book, site, path)
        return settled(path.read_bytes())


def for_reader(html: str) -> str:
    """A page without what a reader of ZIM files cannot have."""
    return _OFFERED.sub("", _MANIFEST.sub("", _POLICY.sub("", html)))


def _write(book: Book, site: Path, path: Path) -> None:
    from libzim.writer import Creator, Hint, Item, StringProvider  # noqa: PLC0415

    class File(Item):  # type: ignore[misc]
        """A file of the site as libzim asks for it."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name
            content = (site / name).read_bytes()
            self.html = name.endswith(".html")
            self.content = for_reader(content.decode()).encode() if self.html else content

        def get_path(self) -> str:
            return self.name

        def get_title(self) -> str:
            found = _TITLE.search(self.content.decode()) if self.html else None
            return unescape(found[1]).strip() if found else ""

        def get_mimetype(self) -> str:
            return _TYPES.get(Path(self.name).suffix, "application/octet-stream")

        def get_contentprovider(self) -> Any:
            return StringProvider(self.content)

        def get_hints(self) -> dict[Any, int]:
            return {Hint.FRONT_ARTICLE: int(self.html), Hint.COMPRESS: int(_packs(self.name))}

    creator = Creator(path).config_indexing(True, "eng").config_nbworkers(1)
    creator.set_mainpath("index.html")
    with creator:
        for name in site_files(site):
            if name not in _LEFT_OUT:
                creator.add_item(File(name))
        creator.add_illustration(48, _icon(site))
        for name, value in _metadata(book).items():
            creator.add_metadata(name, value)


def _packs(name: str) -> bool:
    return not name.endswith((".png", ".woff2", ".sqlite"))


def _icon(site: Path) -> bytes:
    image = Image.open(site / "assets/images/icon-192.png").convert("RGBA")
    made = io.BytesIO()
    image.resize((48, 48), Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


_CODES = {"en": "eng", "zh": "zho"}
"""Languages by the codes that openZIM wants; others are told as several."""


def _metadata(book: Book) -> dict[str, str]:
    """What openZIM wants to be said of a file; a title of 30 letters and a description of 80."""
    said = {
        "Name": f"{next(iter(book.graph.archive.sources), 'edition')}_en",
        "Title": _short(book.title, 30),
        "Description": _short(book.edition.abstract, 80),
        "LongDescription": _short(book.edition.abstract, 4000),
        "Language": ",".join(_CODES.get(code[:2], "mul") for code in book.languages),
        "Creator": book.edition.makers,
        "Publisher": book.edition.makers,
        "Date": book.date,
        "License": book.edition.license,
        "Tags": "_ftindex:yes;_sw:no;_videos:no;_details:yes",
        "Source": book.edition.url,
        "Scraper": "dossier",
        "Flavour": book.revision,
    }
    return {name: value for name, value in said.items() if value}


def _short(text: str, most: int) -> str:
    """A text cut between words to a number of letters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(",;:") + "…"


def settled(content: bytes) -> bytes:
    """A ZIM whose random ids are digests of the rest.

    The file's own id stands at byte 8, its checksum (MD5 of all before) at the end. The search
    indexes are Xapian databases, each with an id of its own in its first block.
    """
    made = bytearray(content)
    made[8:24] = bytes(16)
    for at in _index_ids(content):
        made[at : at + 16] = bytes(16)
    made[8:24] = hashlib.sha256(made[:-16]).digest()[:16]
    made[-16:] = hashlib.md5(made[:-16], usedforsecurity=False).digest()
    return bytes(made)


def _index_ids(content: bytes) -> list[int]:
    """Where the ids of the Xapian databases stand: after the magic words and the version."""
    magic = b"\x0f\x0dXapian Glass"
    return [found.end() + 2 for found in re.finditer(re.escape(magic), content)]
