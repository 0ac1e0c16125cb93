"""Reading without a network: the site as one archive, and the service worker that keeps it online.

Both are made from the finished output folder. Neither holds a date or an order of its own, so the
same site gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ..store import Store
from .minify import without_comments

ARCHIVE = "download/edition.zip"
LEVEL = 3
"""How hard it is compressed: quickly rather than hard."""
WORKER = "service-worker.js"
LIST = "assets/data/kept.json"
"""Every file that a visitor's browser can keep, with the first digits of its digest."""
NEWEST = "assets/data/version.txt"
DIGITS = 12
SMALL = 1_000_000
"""Bytes of a search index that is kept from the first visit on; of a larger one what was used."""
NOT_FOUND = "404.html"
TEMPLATE = Path(__file__).with_name("service-worker.js")

# MkDocs stamps its sitemap with the day of the build, and nobody needs it offline.
_LEFT_OUT = ("sitemap.xml", "sitemap.xml.gz", WORKER, LIST, NEWEST)
_SEARCH = ("assets/data/search/", "assets/data/simplified.js")
EVERYWHERE = re.compile(
    r"(?:index\.html|404\.html|manifest\.webmanifest|assets/data/kinds\.js|assets/[^/]+\.svg"
    r"|assets/(?:css|js|javascripts|vendor)/.*|assets/images/icon-.*"
    r"|assets/fonts/(?!chinese-).*\.woff2)"
)
"""What every page needs, and the page that begins the edition."""


def manifest(name: str, description: str, short_name: str | None = None) -> str:
    """The web app manifest, by which a browser installs the site; ``short_name`` stands below its
    icon.
    """
    icons = [
        {"src": f"assets/images/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    app = {
        "name": name,
        "short_name": short_name or name,
        "description": description,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fdfcfa",
        "theme_color": "#6f1d2a",
        "icons": icons,
    }
    return json.dumps(app, ensure_ascii=False, indent=1) + "\n"


def site_files(site: Path) -> list[str]:
    """The files that a reader needs offline: paths from the site's root, in order."""
    paths = (
        Path(folder, name).relative_to(site).as_posix()
        for folder, _, names in os.walk(site)
        for name in names
    )
    return sorted(
        p
        for p in paths
        if p not in _LEFT_OUT
        and not p.startswith(("download/", "frames/"))  # frames are for pages elsewhere
        and not p.endswith(".map")
    )


def _for_tools(path: str) -> bool:
    """Whether a file is open data or the text of a release, which a visitor's browser need not
    keep; the archive has it.
    """
    return (
        path.startswith(("data/", "editions/", "assets/data/files/"))
        or path.endswith(".html.md")
        or path in ("objects.inv", "feed.xml", "llms.txt", "robots.txt")
    )


def write_for_offline(site: Path, folder: str = "edition", store: Store | None = None) -> None:
    """Write both into the finished site; ``folder`` is the one to which the archive unpacks. What
    the last build has compressed is taken from the store.
    """
    files = site_files(site)
    write_archive(site, folder, files, store)
    write_service_worker(site, files)


def write_archive(site: Path, folder: str, files: list[str], store: Store | None = None) -> None:
    """Write the archive of these files into the site. It unpacks to one folder, whose
    ``index.html`` opens by double click.
    """
    held = {path: partial((site / path).read_bytes) for path in files}
    put_together(site / ARCHIVE, folder, held, store)


def put_together(
    target: Path, folder: str, held: Mapping[str, Callable[[], bytes]], store: Store | None = None
) -> None:
    """Write an archive that unpacks to one folder: by path what gives the file's content."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in sorted(held.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", date_time=(2000, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            _add(archive, entry, content(), store)


def _add(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes, store: Store | None
) -> None:
    """Add a file as ``writestr`` does, but for that it need not be compressed again."""
    if store is None:
        archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        return
    digest = hashlib.sha256(content).hexdigest()
    made_of = ("deflated", zlib.ZLIB_RUNTIME_VERSION, str(LEVEL), digest)
    deflated = store.once(made_of, partial(_deflated, content)).read()
    assert isinstance(deflated, bytes) and archive.fp
    entry.compress_type, entry.CRC = zipfile.ZIP_DEFLATED, zlib.crc32(content)
    entry.file_size, entry.compress_size = len(content), len(deflated)
    entry.header_offset = archive.fp.tell()
    archive.fp.write(entry.FileHeader(zip64=False) + deflated)
    archive.filelist.append(entry)
    archive.start_dir = archive.fp.tell()
    archive._didModify = True  # type: ignore[attr-defined]


def _deflated(content: bytes) -> bytes:
    engine = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return engine.compress(content) + engine.flush()


def write_service_worker(site: Path, files: list[str]) -> None:
    """Write the service worker into the site, with what it keeps from the first visit on; beside it
    the list of all that it can keep, and the version that is made of their content.
    """
    digests, sizes = {}, {}
    for path in (path for path in files if not _for_tools(path)):
        content = (site / path).read_bytes()
        digests[path], sizes[path] = hashlib.sha256(content).hexdigest(), len(content)
    said = "".join(f"{path}\0{digest}\n" for path, digest in digests.items())
    version = hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]
    listed = {
        "bytes": sum(sizes.values()),
        "files": {path: d[:DIGITS] for path, d in digests.items()},
    }
    search = {path for path in digests if path.startswith(_SEARCH)}
    kept = search if sum(sizes[path] for path in search) <= SMALL else set()
    shell = [path for path in digests if path in kept or EVERYWHERE.fullmatch(path)]
    script = without_comments(TEMPLATE.read_text(encoding="utf-8"))
    script = script.replace('"VERSION"', json.dumps(version)).replace(
        '["SHELL"]', json.dumps(shell, ensure_ascii=False)
    )
    (site / LIST).parent.mkdir(parents=True, exist_ok=True)
    (site / LIST).write_text(
        json.dumps(listed, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    (site / NEWEST).write_text(f"{version}\n", encoding="utf-8")
    (site / WORKER).write_text(script, encoding="utf-8")
