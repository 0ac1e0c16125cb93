"""The sources, their paragraphs and the works cited, as CSL-JSON, BibTeX and RIS.

The three are one list of items, made once in CSL's terms and written in each syntax, so that they
cannot differ. What is not known is left out; a title by the editors says so in its note. The record
that a reader copies is written here as well, with slots for what only the browser knows.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from ..graph.refs import Graph, paragraph_address
from ..model import Reference, Source
from ..read.edition import Edition
from .base import Files, Place, to_json

CSL, BIBTEX, RIS = "data/bibliography.csl.json", "data/bibliography.bib", "data/bibliography.ris"
Item = dict[str, Any]


def bibliographic_files(graph: Graph, edition: Edition) -> Files:
    return {
        CSL: to_json(items(graph, Place(CSL, edition))),
        BIBTEX: "\n".join(map(_bibtex, items(graph, Place(BIBTEX, edition)))),
        RIS: "\n".join(map(_ris, items(graph, Place(RIS, edition)))),
    }


def items(graph: Graph, place: Place) -> list[Item]:
    """CSL items: each source, each of its paragraphs, each work of the bibliography."""
    found = []
    for record in graph.archive.sources.values():
        source = record.model
        version = partial(graph.version, source.id)
        found.append(
            _source(source, source.id, place.url(graph.address("source", source.id)), "", version())
        )
        found += [
            _source(
                source,
                f"{source.id}-{p.id}",
                place.url(paragraph_address(source.id, p.id + graph.pin(source.id, p.id))),
                f"paragraph {p.number}",
                version(p.id),
            )
            for p in graph.archive.translations[source.id].paragraphs
        ]
    return found + [_work(record.model) for record in graph.archive.references.values()]


def _slot(name: str) -> str:
    """What ``cite.js`` puts a value in place of, between characters that no text may hold."""
    return f"\ue000{name}\ue001"


def source_templates(graph: Graph, source: Source) -> dict[str, str]:
    """The BibTeX of a source as a ``whole`` and of a ``part`` of it, for ``cite.js`` to fill in."""
    version = _slot("version") if graph.newest else ""
    return {
        name: _bibtex(_source(source, _slot("key"), _slot("url"), part, version), _slot("urldate"))
        for name, part in (("whole", ""), ("part", _slot("part")))
    }


def page_template() -> str:
    """The BibTeX of a page or an entry, for ``cite.js`` to fill in."""
    item = {name: _slot(name) for name in ("title", "version")}
    place = {"id": _slot("key"), "publisher": f"In: {_slot('within')}", "URL": _slot("url")}
    return _bibtex(item | place, _slot("urldate"))


def _source(source: Source, id_: str, url: str, part: str, version: str) -> Item:
    notes = [
        "" if source.authors else "Author unknown",
        "title by the editors" if source.title_by_editors else "",
        f"translated by {' and '.join(source.translators)}, {(source.translated or '')[:4]}"
        if source.translators
        else "",
        part,
        f"edition {version}" if version else "",
    ]
    return _filled(
        {
            "id": id_,
            "type": "webpage",
            "title": source.title,
            "author": [{"literal": name} for name in source.authors],
            "translator": [{"literal": name} for name in source.translators],
            "issued": _date(source.date) if source.date else None,
            "publisher": source.publisher,
            "section": part,
            "version": version,
            "language": source.shown_in,
            "URL": url,
            "note": "; ".join(filter(None, notes)),
        }
    )


def _work(work: Reference) -> Item:
    notes = [
        "title by the editors" if work.title_by_editors else "",
        f"read as carried by {work.via}" if work.via else "",
        "known of, not read by the editors" if work.basis == "known" else "",
        work.note or "",
    ]
    return _filled(
        {
            "id": work.id,
            "type": "webpage" if work.url else "document",
            "title": work.title,
            "issued": _date(work.date) if work.date else None,
            "accessed": _date(work.accessed) if work.accessed else None,
            "publisher": work.publisher,
            "language": work.language if work.language != "other" else None,
            "URL": work.url,
            "note": "; ".join(filter(None, notes)),
        }
    )


def _filled(item: Item) -> Item:
    return {name: value for name, value in item.items() if value}


def _date(text: str) -> dict[str, Any]:
    """A date in CSL's terms: one point or two, and whether it is approximate."""
    points = [point for point in text.split("/") if point != ".."]
    found: dict[str, Any] = {
        "date-parts": [[int(n) for n in re.findall(r"^-?\d+|(?<=-)\d+", p)] for p in points]
    }
    return {**found, "circa": True} if re.search("[~?]", text) else found


def _first(date: dict[str, Any] | None) -> list[int]:
    parts: list[int] = date["date-parts"][0] if date else []
    return parts


def _day(date: dict[str, Any], separator: str) -> str:
    return separator.join(f"{n:02d}" for n in _first(date))


def _names(item: Item, role: str) -> list[str]:
    return [name["literal"] for name in item.get(role, [])]


TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
}
"""What a character that means something to TeX is written as."""


def _tex(text: str) -> str:
    """Text with the characters that mean something to TeX made harmless."""
    return "".join(TEX.get(char, char) for char in text)


def _bibtex(item: Item, urldate: str = "") -> str:
    issued = _first(item.get("issued"))
    # Braces keep a name from being split like a person's, and a title's capitals as they are.
    fields = {
        "title": f"{{{_tex(item['title'])}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in _names(item, "author")),
        "translator": " and ".join(f"{{{_tex(name)}}}" for name in _names(item, "translator")),
        "year": str(issued[0]) if issued else "",
        "month": str(issued[1]) if len(issued) > 1 else "",
        "day": str(issued[2]) if len(issued) > 2 else "",
        "howpublished": _tex(item.get("publisher", "")),
        "language": item.get("language", ""),
        "version": item.get("version", ""),
        "note": _tex(item.get("note", "")),
        "url": item.get("URL", ""),
        "urldate": _day(item["accessed"], "-") if "accessed" in item else urldate,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def _ris(item: Item) -> str:
    issued = item.get("issued")
    fields = [
        ("TY", "ELEC" if item["type"] == "webpage" else "GEN"),
        ("ID", item["id"]),
        ("TI", item["title"]),
        *(("AU", name) for name in _names(item, "author")),
        *(("A4", name) for name in _names(item, "translator")),
        ("PY", str(_first(issued)[0]) if issued else ""),
        # RIS wants all its slashes: 2025/12// is a month.
        ("DA", _day(issued, "/") + "/" * (4 - len(_first(issued))) if issued else ""),
        ("PB", item.get("publisher", "")),
        ("SE", item.get("section", "")),
        ("ET", item.get("version", "")),
        ("LA", item.get("language", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _day(item["accessed"], "/") if "accessed" in item else ""),
        ("N1", item.get("note", "")),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"
