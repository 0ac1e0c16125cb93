"""What the edition says of itself: title, abstract, makers, license, and what has changed.

It stands in ``CITATION.cff`` and ``CHANGELOG.md``, which other tools read too. Without such a file,
the first source's record speaks for the edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import Report, quoted
from .changes import FILE, Release, read_releases
from .load import Archive
from .prose import parse
from .yamldoc import Document, read_text
from .yamldoc import parse as parse_yaml

LICENSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


@dataclass(frozen=True)
class Edition:
    """The edition as a work. ``url`` is where it is published, with a final slash, or empty where
    that is unknown.
    """

    title: str
    abstract: str
    makers: str
    license: str
    url: str = ""
    releases: tuple[Release, ...] = ()

    @property
    def license_url(self) -> str:
        """The address of the license; empty for one that is not known here."""
        return LICENSES.get(self.license, "")


def read_edition(root: Path, archive: Archive, url: str = "") -> Edition:
    """The edition under ``root``, published at ``url`` (empty where that is unknown).

    Raises ``InvalidArchiveError`` where ``CITATION.cff`` or ``CHANGELOG.md`` cannot be read.
    """
    report = Report()
    cited = _cited(root / "CITATION.cff", report, next(reversed(archive.editions), ""))
    changes = root / FILE
    listed = read_text(changes, changes.name, report) if changes.is_file() else None
    report.raise_if_any()
    source = next(iter(archive.sources.values())).model if archive.sources else None
    abstract = cited.get("abstract") or (parse(source.description).plain if source else "")
    return Edition(
        title=cited.get("title") or (source.title if source else ""),
        abstract=" ".join(abstract.split()),
        makers=cited.get("makers") or "The editors of this edition",
        license=cited.get("license") or "",
        url=url.rstrip("/") + "/" if url else "",
        releases=read_releases(listed or ""),
    )


def _cited(path: Path, report: Report, newest: str) -> dict[str, str]:
    """What this module needs of ``CITATION.cff``; the first author stands for the makers."""
    text = read_text(path, path.name, report) if path.is_file() else None
    document = parse_yaml(text, path.name, report) if text is not None else None
    if document is None:
        return {}
    if not isinstance(document.value, dict):
        report.add(
            document.location(), "is not a record of the edition; write its fields as name: value"
        )
        return {}
    version = document.value.get("version")
    if newest and version is not None and version != newest:
        report.add(
            document.location(("version",)),
            f"says version {quoted(version)}, but the newest release is {newest}; dossier release"
            " writes both",
        )
    said = {}
    for name in ("title", "abstract", "license"):
        value = document.value.get(name)
        if isinstance(value, str):
            said[name] = value
        elif value is not None:
            report.add(
                document.location((name,)), f'has the field "{name}" in the wrong shape; give text'
            )
    said["makers"] = _first_author(document, report)
    return said


def _first_author(document: Document, report: Report) -> str:
    """The name of the first author; empty where none is given."""
    assert isinstance(document.value, dict)
    match document.value.get("authors"):
        case None | []:
            return ""
        case [{"name": str(name)}, *_]:
            return name
        case _:
            place = document.location(("authors", 0, "name"))
            report.add(place, 'has no name for the first author; write authors: [{name: "…"}]')
            return ""
