"""What the edition says of itself: title, abstract, makers, license, and what has changed.

It stands in ``CITATION.cff`` and ``CHANGELOG.md``, which other tools read too. Where there is no
such file, the first source's record speaks for the edition.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from .load import Archive
from .prose import parse

LICENSES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
_RELEASE = re.compile(r"^## (?P<version>\S+) — (?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})$", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A release in the list of changes: its version, its day (``YYYY-MM-DD``), and what is new, an item each."""

    version: str
    date: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """The edition as a work. ``url`` is where it is published, with a final slash, or empty where that is unknown."""

    title: str
    abstract: str
    makers: str
    license: str
    url: str = ""
    releases: tuple[Release, ...] = ()

    @property
    def license_url(self) -> str:
        """The address of the license, or empty for one that is not known here."""
        return LICENSES.get(self.license, "")


def read_edition(root: Path, archive: Archive, url: str = "") -> Edition:
    """The edition under ``root``, published at ``url`` (empty where that is unknown)."""
    cited: dict[str, object] = {}
    if (root / "CITATION.cff").is_file():
        cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    source = next(iter(archive.sources.values())).model if archive.sources else None
    authors = cited.get("authors")
    changes = root / "CHANGELOG.md"
    return Edition(
        title=str(cited.get("title") or (source.title if source else "")),
        abstract=" ".join(str(cited.get("abstract") or (parse(source.description).plain if source else "")).split()),
        makers=str(authors[0]["name"]) if isinstance(authors, list) and authors else "The editors of this edition",
        license=str(cited.get("license") or ""),
        url=url.rstrip("/") + "/" if url else "",
        releases=read_releases(changes.read_text(encoding="utf-8")) if changes.is_file() else (),
    )


def read_releases(text: str) -> tuple[Release, ...]:
    """The releases in a list of changes; what does not have its form is passed over.

    >>> read_releases("## 1.0.0 — November 3, 2026\\n\\n- New.\\n- More\\n  news.\\n")
    (Release(version='1.0.0', date='2026-11-03', changes=('New.', 'More news.')),)
    """
    headings = list(_RELEASE.finditer(text))
    ends = [match.start() for match in headings[1:]] + [len(text)]
    return tuple(
        Release(
            match["version"],
            day,
            tuple(" ".join(item.split()) for item in re.split(r"^- ", text[match.end() : end], flags=re.MULTILINE)[1:]),
        )
        for match, end in zip(headings, ends, strict=True)
        if (day := _day(match["date"]))
    )


def _day(words: str) -> str | None:
    try:
        return datetime.datetime.strptime(words, "%B %d, %Y").date().isoformat()
    except ValueError:
        return None
