"""The search index, built ahead in the form that MiniSearch loads, written as scripts, in parts.

A script can be loaded from disk where ``fetch`` cannot, so the same search works online and from a
folder. The terms, sorted, are cut into parts of some size, and so are the documents that results show;
a query loads those parts alone in which its terms and its results lie. Terms are cut the same way here and in ``docs/assets/js/search.js``; a test holds the two
together. Chinese is indexed by single characters and by pairs, so that any part of a name finds it,
and reduced to simplified characters, so that traditional ones do too.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..graph.excerpts import shorten
from ..graph.refs import Graph, address, paragraph_address
from ..han import HAN
from ..model import Entry
from ..read.fingerprint import simplified
from ..read.prose import parse, tidy

FIELDS = ("name", "also", "text")
PART = 60_000
"""Letters of a part of the terms."""
CHUNK = 40
"""Documents in a file of them."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HAN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True)
class Hit:
    """Something that search can find."""

    kind: str
    title: str
    url: str
    also: str
    text: str
    shown: str
    """The names beside the title, as a result shows them."""


def tokens(text: str) -> Iterator[str]:
    """The terms of a text: lower-case words without accents, and Chinese by character and pair.

    >>> list(tokens("Huang’s 黃仁勳"))
    ['huang', '黄', '仁', '勋', '黄仁', '仁勋']
    """
    text = unicodedata.normalize("NFKC", text).translate(simplified()).lower()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    for match in _WORD.finditer(text):
        word = match[0]
        for run in _HAN.findall(word):
            yield from run
            yield from (run[i : i + 2] for i in range(len(run) - 1))
        for part in _HAN.split(word):
            plain = re.sub(r"['’]s?$", "", part).replace("’", "").replace("'", "")
            if plain:
                yield plain


def hits(graph: Graph) -> Iterator[Hit]:
    """Everything that can be found: entries with all their names, then the paragraphs."""
    archive = graph.archive
    for record in archive.entries():
        entry = record.model
        also = [name for name in (entry.zh, entry.pinyin, *entry.aliases) if name]
        names = " · ".join(name for name in (entry.zh,) if name and name != entry.name)
        yield Hit(entry.kind, entry.name, address(entry.kind, entry.id), " ".join(also), entry_text(entry), names)
    for source in archive.sources.values():
        for paragraph in archive.translations[source.model.id].paragraphs:
            label = f"Paragraph {paragraph.number}"
            if archive.only_source() is None:
                label = f"{source.model.short}, paragraph {paragraph.number}"
            url = paragraph_address(source.model.id, paragraph.id)
            yield Hit("paragraph", label, url, paragraph.id, paragraph.prose.plain, "")


def entry_text(entry: Entry) -> str:
    """What an entry says of itself, in plain text."""
    for name in ("claim", "summary", "counts", "note"):
        value = getattr(entry, name, None)
        if value:
            return tidy(parse(value).plain)
    return ""


def index(found: list[Hit]) -> dict[str, Any]:
    """MiniSearch's serialized index (its version 2) over the hits, document ids being positions."""
    terms: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    lengths: dict[str, list[int]] = {}
    totals = [0] * len(FIELDS)
    for number, hit in enumerate(found):
        lengths[str(number)] = []
        for field_id, text in enumerate((hit.title, hit.also, hit.text)):
            seen: dict[str, int] = defaultdict(int)
            for term in tokens(text):
                seen[term] += 1
            for term, count in seen.items():
                terms[term].setdefault(str(field_id), {})[str(number)] = count
            lengths[str(number)].append(len(seen))
            totals[field_id] += len(seen)
    count = max(1, len(found))
    return {
        "documentCount": len(found),
        "nextId": len(found),
        "documentIds": {str(n): n for n in range(len(found))},
        "fieldIds": {name: n for n, name in enumerate(FIELDS)},
        "fieldLength": lengths,
        "averageFieldLength": [total / count for total in totals],
        "storedFields": {},
        "dirtCount": 0,
        "index": [[term, terms[term]] for term in sorted(terms)],
        "serializationVersion": 2,
    }


def search_assets(graph: Graph) -> dict[str, str]:
    """The scripts that the search box loads: ``head``, the parts, and the table of traditional characters."""
    found = list(hits(graph))
    whole = index(found)
    terms = [[json_of(entry), entry] for entry in sorted(whole.pop("index"), key=lambda entry: entry[0].encode("utf-16-be"))]
    parts = _parts(terms)
    documents = [[h.title, h.url, h.shown, shorten(h.text, 600)] for h in found]
    kinds = {kind: next(n for n, hit in enumerate(found) if hit.kind == kind) for kind in dict.fromkeys(h.kind for h in found)}
    head = {
        "count": whole["documentCount"],
        "fields": whole["fieldIds"],
        "average": whole["averageFieldLength"],
        "lengths": [length for n in range(len(found)) for length in whole["fieldLength"][str(n)]],
        "kinds": list(kinds.items()),
        "parts": [part[0][0] for part in parts],
        "chunk": CHUNK,
    }
    files = {"head": to_script("dossierSearch", head)}
    files |= {f"terms-{n}": to_part(f"terms-{n}", part) for n, part in enumerate(parts)}
    files |= {
        f"documents-{n // CHUNK}": to_part(f"documents-{n // CHUNK}", documents[n : n + CHUNK]) for n in range(0, len(documents), CHUNK)
    }
    return {
        **{f"assets/data/search/{name}.js": content for name, content in files.items()},
        "assets/data/simplified.js": to_script("dossierSimplified", traditional()),
    }


def _parts(terms: list[Any]) -> list[list[Any]]:
    """The sorted terms, given with their length as text, cut into runs of about the size of a part."""
    parts: list[list[Any]] = [[]]
    size = 0
    for text, entry in terms:
        if size + len(text) > PART and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += len(text)
    return parts


def traditional() -> list[str]:
    """Two strings, the n-th character of the first being traditional for the n-th of the second."""
    pairs = [(chr(code), char) for code, char in sorted(simplified().items()) if chr(code) != char]
    return ["".join(a for a, _ in pairs), "".join(b for _, b in pairs)]


def to_script(name: str, data: Any) -> str:
    """A script that gives the browser the data as ``window.NAME``."""
    return f"window.{name} = {json_of(data)};\n"


def to_part(name: str, data: Any) -> str:
    """A script that adds a part of the search index to those that the browser has."""
    return f"(window.dossierSearchParts ??= {{}})[{json.dumps(name)}] = {json_of(data)};\n"


def json_of(data: Any) -> str:
    """JSON that may stand in a script."""
    # Line separators are legal in JSON and were not in scripts; < could close the element.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("<", "\\u003c")
