"""What a reader needs to propose a change from the published page: forms, files, and what depends
on what.

All of it is loaded when a reader asks for it: the schemas of the forms with the page that holds
them, and a file of the repository, with where each of its values stands, when it is to be changed.
So the browser changes the text of a file in place and reads no YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ..graph.lists import parts_of
from ..graph.refs import Graph, relative
from ..graph.uses import dependents
from ..kinds import ENTRIES, KINDS, LINKED, Kind
from ..model import schema
from ..pages import Rendered
from ..read.invalid import pattern_hint
from ..read.names import DEVICES
from ..read.nearly import PATTERNS
from ..read.yamldoc import Document, Path_
from ..store import Content
from .base import Made, key_of, records
from .search import json_of, to_script

FOLDER = "assets/data/files"
_HREF = re.compile('href="([^"]*)"')
_WIDE = re.compile("[\U00010000-\U0010ffff]")  # JavaScript counts these as two


def proposal_files(graph: Graph, pages: Iterable[Rendered]) -> Mapping[str, Content]:
    """The scripts: ``propose.js`` for the forms, ``uses.js`` for what depends on what,
    ``quoted.js`` for the words quoted from each paragraph, and one for each file that may be
    changed.
    """
    files: dict[str, Content] = {
        "assets/data/propose.js": to_script("dossierPropose", _forms(graph)),
        "assets/data/uses.js": to_script("dossierUses", _uses(graph, list(pages))),
        "assets/data/quoted.js": to_script("dossierQuoted", _quoted(graph)),
    }
    for document in _documents(graph):
        made_of = repr(("file", document.path, document.digest)) if document.digest else ""
        files[_place(document.path)] = Made(partial(_data_file, document), made_of)
    for page in graph.archive.pages:
        files[_place(f"docs/{page.path}")] = _file(f"docs/{page.path}", {"text": page.text})
    for translation in graph.archive.translations.values():
        files[_place(translation.path)] = _file(translation.path, {"text": translation.text})
    return files


def _place(path: str) -> str:
    return f"{FOLDER}/{path}.js"


def _data_file(document: Document) -> str:
    whole = document.whole()
    return _file(document.path, {"text": whole.text, "spans": spans_of(whole)})


def _file(path: str, content: dict[str, Any]) -> str:
    return f"(window.dossierFiles ??= {{}})[{json.dumps(path)}] = {json_of(content)};\n"


def _documents(graph: Graph) -> Iterator[Document]:
    """The data files, each once."""
    found = {record.document.path: record.document for record in records(graph)}
    yield from found.values()


def _forms(graph: Graph) -> dict[str, Any]:
    archive = graph.archive
    kinds = [kind for kind in KINDS.values() if kind.id != "source"]
    schemas = {kind.id: schema(kind.id, archive.settings) for kind in kinds}
    return {
        "kinds": {kind.id: _form(graph, kind, schemas[kind.id]) for kind in kinds},
        "hints": {pattern: pattern_hint(pattern) for pattern in sorted(_patterns(schemas))},
        "linked": list(LINKED),
        "nearly": [[p.replace("(?P<", "(?<"), remedy] for p, remedy in PATTERNS],
        "devices": sorted(DEVICES),
        "default": archive.default_source(),
        "sources": {
            id_: {
                "title": record.model.title,
                "short": record.model.short,
                "file": archive.translations[id_].path,
                "record": record.document.path,
                "translated": bool(record.model.translators),
            }
            for id_, record in archive.sources.items()
        },
        "pages": {page.path: page.title for page in archive.pages},
        "clocks": archive.settings.clocks is not None,
        "facts": archive.facts.in_every_style(),
    }


def _form(graph: Graph, kind: Kind, described: dict[str, Any]) -> dict[str, Any]:
    """How a kind is filled in, and where its records stand: by file the ids, with names where no
    preview knows them.
    """
    files: dict[str, list[list[str]]] = {}
    for record in graph.archive.of(kind.id).values():
        model = record.model
        previewed = kind.linked or kind.id == "reference"
        name = [] if previewed else [getattr(model, "name", None) or model.title]
        files.setdefault(record.document.path, []).append([model.id, *name])
    return {
        "title": kind.title,
        "page": kind.index,
        "paged": kind.paged,
        "anchors": kind.anchors,
        "folder": f"data/{kind.folder}" if kind.paged else f"data/{kind.folder}.yml",
        "files": files,
        "schema": described,
    }


def _patterns(value: Any) -> set[str]:
    """Every pattern in a schema."""
    if isinstance(value, list):
        return set().union(*map(_patterns, value))
    if not isinstance(value, dict):
        return set()
    own = {value["pattern"]} if isinstance(value.get("pattern"), str) else set()
    return own.union(*map(_patterns, value.values()))


def _uses(graph: Graph, pages: list[Rendered]) -> dict[str, Any]:
    """What depends on what, in few letters: only what there is."""
    shown = _shown(graph, pages)
    found = dependents(graph)
    return {
        key: {
            name: value
            for name, value in (
                *(vars(found[key]).items() if key in found else ()),
                ("lists", shown.get(key, [])),
            )
            if value
        }
        for key in sorted({*found, *shown})
    }


def _shown(graph: Graph, pages: list[Rendered]) -> dict[str, list[str]]:
    """By entry the generated pages that show it beside its own: the pictures, and lists of other
    kinds.
    """
    own = {part.page for kind in ENTRIES for part in parts_of(graph, kind.list_name)}
    wholes = [(page.path.removesuffix(".md") + ".html", page) for page in pages]
    leads = {
        path: set(_HREF.findall(page.body))
        for path, page in wholes
        if "/" not in path and path not in own
    }
    found: dict[str, list[str]] = {}
    for record in graph.archive.entries():
        model = record.model
        if not KINDS[model.kind].linked:
            continue
        for path, hrefs in leads.items():
            if relative(path, graph.address(model.kind, model.id)) in hrefs:
                found.setdefault(key_of(model), []).append(path)
    return found


def _quoted(graph: Graph) -> dict[str, dict[str, list[list[str]]]]:
    """By source and paragraph the words that entries quote from it, each with the entry's key."""
    found: dict[str, dict[str, list[list[str]]]] = {}
    for record in records(graph):
        model = record.model
        default = graph.default_source(model)
        for said in record.statements:
            quotes = [
                (words, [c for p, c in said.cites if c and p[: len(path) - 1] == path[:-1]])
                for path, words in said.quotes
            ]
            quotes += [(q.words, [*q.citations]) for _, _, p in said.prose for q in p.quotations]
            for words, vouching in quotes:
                for citation in vouching or said.citations():
                    for source, number in graph.paragraphs_of(citation.with_source(default)):
                        of = found.setdefault(source, {}).setdefault(f"p{number}", [])
                        if [key_of(model), words] not in of:
                            of.append([key_of(model), words])
    return found


def spans_of(document: Document) -> list[Any]:
    """Where each value of a file stands: a scalar as ``[start, end]``, a list with its items, a
    mapping with its fields, each with where its name begins. Counted as JavaScript counts.
    """
    return _Spans(document).node((), document.value)


class _Spans:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._wide = [match.start() for match in _WIDE.finditer(self.text)]

    def _at(self, index: int) -> int:
        return index + sum(at < index for at in self._wide) if self._wide else index

    def node(self, path: Path_, value: Any) -> list[Any]:
        start, end = (mark.index for mark in self.document.spans[path])
        if isinstance(value, list):
            items = [self.node((*path, n), item) for n, item in enumerate(value)]
            last = self._end(start, end, items[-1] if items else None)
            return [self._at(start), last, items]
        if isinstance(value, dict):
            parts = {name: self.node((*path, name), item) for name, item in value.items()}
            names = {name: self._at(self.document.keys[*path, name].index) for name in value}
            last = self._end(start, end, parts[next(reversed(parts))] if parts else None)
            return [self._at(start), last, {name: [names[name], parts[name]] for name in value}]
        return [self._at(start), self._at(start + len(self.text[start:end].rstrip()))]

    def _end(self, start: int, end: int, last: list[Any] | None) -> int:
        """Where a list or mapping ends: at its bracket, or where its last value does."""
        if last is None or self.text[start] in "[{":
            return self._at(end)
        return int(last[1])
