"""The links of a built site, read as files: which of them lead nowhere."""

from __future__ import annotations

import html.parser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Reader(html.parser.HTMLParser):
    """Collects the ids and links of a page, its external resources and duplicate ids."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        elif tag in ("script", "img", "iframe", "source", "video", "audio", "embed") and found.get(
            "src"
        ):
            self.resources.append(found["src"] or "")
        elif tag == "link" and found.get("href") and found.get("rel") != "canonical":
            self.resources.append(found["href"] or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read_pages(site: Path) -> dict[str, Reader]:
    """All pages by their path."""
    read = {}
    for path in sorted(site.rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        read[path.relative_to(site).as_posix()] = reader
    return read


def dead_links(site: Path, pages: dict[str, Reader]) -> list[str]:
    """Every link to a file or an anchor that is not there, with the page on which it stands."""
    dead = []
    for name, page in pages.items():
        if name == "404.html":  # served from any address, so its links are absolute
            continue
        for link in page.links + page.resources:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            relative = target.resolve().relative_to(site.resolve()).as_posix()
            if not target.is_file():
                dead.append(f"{name}: {link}")
            # Behind the id of a paragraph may stand the release in which it was cited.
            elif parts.fragment and unquote(parts.fragment).partition("@")[0] not in (
                pages[relative].ids
            ):
                dead.append(f"{name}: {link} (no such anchor)")
    return dead
