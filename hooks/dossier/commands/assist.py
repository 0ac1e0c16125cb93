"""What an editor is told while one types: what may stand here, what a word means, what is wrong.

Nothing here knows of a protocol: lines and columns go in and are counted from 0, as editors do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import Location, Report, Violation
from ..graph.refs import Graph, build_graph
from ..kinds import KINDS, LINKED
from ..model import MODELS, Role, Statement, roles
from ..read.facts import STYLES
from ..read.load import load
from ..read.prose import parse, tidy
from ..read.yamldoc import unsaved
from ..rules.invariants import check_invariants

_KINDS = "|".join(KINDS)
_ID_BEGUN = re.compile(rf"(?<![a-z0-9-])(?P<kind>{_KINDS}):(?P<begun>[a-z0-9-]*)$")
_FACT_BEGUN = re.compile(rf"(?P<key>(?:{'|'.join(LINKED)}):[a-z0-9-]+)#(?P<begun>[a-z_-]*)$")
_CITE_BEGUN = re.compile(r"\[@(?:[^\[\]]*[;\s]@)?(?P<begun>[a-z0-9:-]*)$")
_TARGET_BEGUN = re.compile(r"\]\((?P<begun>[^()\[\]:#]*)$")
_FIELD = re.compile(r"^\s*(?:-\s+)?(?P<name>[a-z_]+):\s*(?P<value>.*)$")
_ITEM = re.compile(r"^(?P<indent>\s*)-\s+(?P<begun>[^\s:#]*)$")
_LAST = re.compile(r"(?:^|[\[,\s\"'])(?P<begun>[^\s,\[\]\"']*)$")
_NAMED = re.compile(
    rf"(?P<key>(?:{_KINDS}):[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"|(?:(?P<source>[a-z0-9-]+):)?(?<![a-z0-9-])(?P<first>p[1-9]\d*)(?:-(?P<last>p[1-9]\d*))?"
    r"(?![a-z0-9])|@(?!p\d+\b)(?P<work>[a-z0-9]+(?:-[a-z0-9]+)+)"
)


@dataclass(frozen=True)
class Offer:
    """Something that may stand at a place: what is written there from column ``start`` on, how it
    is found by name, and a preview of what it means.
    """

    text: str
    found_by: str
    detail: str
    preview: str
    start: int


class Assistant:
    """What is known of a project, with what an editor has not saved yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.graph = Graph(load(root, Report()))

    def check(self, texts: Mapping[Path, str]) -> list[Violation]:
        """What a check says, with the texts of open files in place of what is on disk."""
        report = Report()
        with unsaved(texts):
            self.graph = build_graph(load(self.root, report))
            check_invariants(self.graph, report)
        return sorted(set(report.violations))

    # What may stand here

    def offers(self, lines: list[str], line: int, column: int) -> list[Offer]:
        """What may be written at a place."""
        before = lines[line][:column] if line < len(lines) else ""
        if begun := _FACT_BEGUN.search(before):
            return list(self._facts(begun["key"], column - len(begun["begun"])))
        if begun := _ID_BEGUN.search(before):
            start = column - len(begun["begun"])
            return list(self._entries([begun["kind"]], start, bare=True))
        if begun := _CITE_BEGUN.search(before):
            return list(self._citable(column - len(begun["begun"])))
        if begun := _TARGET_BEGUN.search(before):
            return list(self._entries(LINKED, column - len(begun["begun"])))
        name, begun_by = _field_at(lines, line, before)
        start = column - len(begun_by)
        if name in _citing_fields():
            return list(self._citable(start))
        return list(self._entries(_linking_fields().get(name, ()), start))

    def _entries(self, kinds: Any, start: int, *, bare: bool = False) -> Iterator[Offer]:
        for kind in kinds:
            for id_, record in self.graph.archive.of(kind).items():
                key = f"{kind}:{id_}"
                names = [_name(record.model), *getattr(record.model, "aliases", ())]
                zh = getattr(record.model, "zh", None)
                found_by = " ".join([id_ if bare else key, *names, *([zh] if zh else [])])
                yield Offer(id_ if bare else key, found_by, names[0], self.preview(key), start)

    def _citable(self, start: int) -> Iterator[Offer]:
        archive = self.graph.archive
        default = archive.default_source()
        for source, translation in archive.translations.items():
            for paragraph in translation.paragraphs:
                text = paragraph.id if source == default else f"{source}:{paragraph.id}"
                words = paragraph.prose.plain
                yield Offer(text, f"{text} {words[:300]}", words[:60], words, start)
        for id_, record in archive.references.items():
            title = _name(record.model)
            yield Offer(id_, f"{id_} {title}", title, self.preview(f"reference:{id_}"), start)

    def _facts(self, key: str, start: int) -> Iterator[Offer]:
        for name, value in self.graph.archive.facts.known.get(key, {}).items():
            written = [
                f"[{style}] → {words}"
                for style in STYLES
                if (words := self.graph.archive.facts.words(key, name, style)[0])
            ]
            yield Offer(name, name, str(value), "\n\n".join(written), start)

    # What it means

    def meaning(self, line: str, column: int) -> str:
        """What the id at a place stands for, as Markdown; empty where there is none."""
        if found := self._named(line, column):
            return self.preview(found)
        return ""

    def definition(self, line: str, column: int) -> Location | None:
        """Where the thing stands that is named at a place."""
        kind, _, rest = (self._named(line, column) or "").partition(":")
        if kind == "paragraph":
            source, _, number = rest.rpartition(":")
            return self.graph.archive.translations[source][int(number.split("-")[0])].location
        record = self.graph.archive.of(kind).get(rest) if kind in KINDS else None
        return record.at() if record else None

    def _named(self, line: str, column: int) -> str | None:
        """The key of what is named at a place; ``paragraph:SOURCE:3-5`` for paragraphs."""
        archive = self.graph.archive
        for match in _NAMED.finditer(line):
            if not match.start() <= column <= match.end():
                continue
            if match["key"]:
                kind, _, id_ = match["key"].partition(":")
                return match["key"] if id_ in archive.of(kind) else None
            if match["work"]:
                return f"reference:{match['work']}" if match["work"] in archive.references else None
            source = match["source"] or archive.default_source()
            if source not in archive.translations:
                return None
            first, last = match["first"][1:], (match["last"] or match["first"])[1:]
            count = len(archive.translations[source].paragraphs)
            return f"paragraph:{source}:{first}-{last}" if int(last) <= count else None
        return self._bare_work(line, column)

    def _bare_work(self, line: str, column: int) -> str | None:
        """The work whose id stands in a list of citations."""
        for match in re.finditer(r"[a-z0-9]+(?:-[a-z0-9]+)+", line):
            if match.start() <= column <= match.end() and match[0] in self.graph.archive.references:
                return f"reference:{match[0]}"
        return None

    def preview(self, key: str) -> str:
        """What something is, as Markdown."""
        kind, _, rest = key.partition(":")
        if kind == "paragraph":
            source, _, numbers = rest.rpartition(":")
            first, last = map(int, numbers.split("-"))
            found = self.graph.archive.translations[source].paragraphs[first - 1 : last]
            return "\n\n".join(f"**{p.id}** {p.prose.plain}" for p in found)
        model = self.graph.archive.of(kind)[rest].model
        zh = getattr(model, "zh", None)
        head = f"**{_name(model)}**{f' {zh}' if zh else ''} · {kind}"
        dated = getattr(model, "date", None)
        said = next(
            (
                text
                for name in ("claim", "summary", "counts", "note", "description", "publisher")
                if (text := getattr(model, name, None))
            ),
            "",
        )
        return "\n\n".join(filter(None, [head, dated, tidy(parse(said).plain)]))


def _name(model: Any) -> str:
    return str(getattr(model, "name", None) or model.title)


def _field_at(lines: list[str], line: int, before: str) -> tuple[str, str]:
    """The field whose value is being written, and what of the value, or of its last item, is
    there.
    """
    if field := _FIELD.match(before):
        begun = _LAST.search(field["value"])
        return field["name"], begun["begun"] if begun else ""
    if item := _ITEM.match(before):
        for above in reversed(lines[:line]):
            field = _FIELD.match(above)
            if field and len(above) - len(above.lstrip()) <= len(item["indent"]):
                return ("" if field["value"] else field["name"]), item["begun"]
    return "", ""


@cache
def _linking_fields() -> dict[str, tuple[str, ...]]:
    """The fields that link to entries, each with the kinds that it may link to."""
    found: dict[str, tuple[str, ...]] = {}
    for model in MODELS.values():
        described = model.model_json_schema()
        for part in (described, *described.get("$defs", {}).values()):
            for name, value in part.get("properties", {}).items():
                kinds = re.search(r"\^\(\?:([a-z|]+)\):", str(value))
                if kinds:
                    found[name] = (*found.get(name, ()), *kinds[1].split("|"))
    return {name: tuple(dict.fromkeys(kinds)) for name, kinds in found.items()}


@cache
def _citing_fields() -> frozenset[str]:
    """The fields that are lists of citations."""
    models = (*MODELS.values(), Statement)
    return frozenset(
        name for model in models for name, role in roles(model).items() if role is Role.CITE
    )
