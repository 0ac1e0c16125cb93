"""``dossier changes COMMIT``: what a change alters for readers, as Markdown for its reviewers.

Statements, quotations and facts stand before and after as text; then the pages and pictures that
look different; and first of all what only a reader of the source's language can judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from ..graph.differences import Piece, compare
from ..graph.refs import Graph
from ..kinds import KINDS
from ..model import Path_, Role, walk
from ..pages import Rendered, render_pages
from ..read.load import Record
from ..read.prose import parse, tidy

_ROLES = {
    Role.PROSE: "Statements",
    Role.QUOTE: "Quotations",
    Role.NAME: "Names",
    Role.DATE: "Dates",
    Role.LINK: "Links and citations",
    Role.CITE: "Links and citations",
}
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_OF_THE_SOURCE = frozenset({"zh", "variants", "literal", "sic", "corr", "pinyin", "original"})
"""Fields that hold words of the source, or follow them word for word."""
_LIMIT = 60_000
"""Characters of a summary; what a host shows has its limits."""


def summary(before: Graph, after: Graph) -> str:
    """The summary of a change."""
    eyes = list(_for_a_reader_of_the_source(before, after))
    said = _said(before, after)
    pages, pictures = _pages(before, after)
    lines = ["# What changes for readers", ""]
    if not (eyes or said or pages):
        return "\n".join([*lines, "Nothing: no page reads or looks different.", ""])
    if eyes:
        lines += [f"## For the eyes of a reader of {escape(after.tongue)}", "", *eyes, ""]
    for heading, items in said.items():
        lines += [f"## {heading} ({len(items)})", "", *items, ""]
    for heading, names in (("Pages", pages), ("Pictures", pictures)):
        if names:
            lines += [f"## {heading} ({len(names)})", "", *(f"- {name}" for name in names), ""]
    return _cut("\n".join(lines))


def _cut(text: str) -> str:
    if len(text) <= _LIMIT:
        return text
    return (
        text[:_LIMIT].rpartition("\n")[0] + "\n\nThere is more; run `dossier changes` to see it.\n"
    )


def _for_a_reader_of_the_source(before: Graph, after: Graph) -> Iterator[str]:
    """What of the translation changed, and what of the words of the source."""
    for source, translation in after.archive.translations.items():
        old = before.archive.translations.get(source)
        had = {p.id: p for p in old.paragraphs} if old else {}
        for paragraph in translation.paragraphs:
            was = had.pop(paragraph.id, None)
            words = was.prose.plain if was else ""
            yield from _item(f"{source} {paragraph.id}", words, paragraph.prose.plain)
            notes = {n.id: n.prose.plain for n in was.notes} if was else {}
            for note in paragraph.notes:
                now = note.prose.plain
                yield from _item(f"note on {paragraph.id}", notes.pop(note.id, ""), now)
            for gone in notes.values():
                yield from _item(f"note on {paragraph.id}", gone, "")
        for id_, was in had.items():
            yield from _item(f"{source} {id_}", was.prose.plain, "")
    for key, path, old_words, new_words, _ in _values(before, after):
        if _is_of_the_source(path):
            yield from _item(f"{key}, {_in_words(path)}", old_words, new_words)


def _is_of_the_source(path: Path_) -> bool:
    return any(step in _OF_THE_SOURCE for step in path)


def _said(before: Graph, after: Graph) -> dict[str, list[str]]:
    """What entries and works say, by sort."""
    found: dict[str, list[str]] = {heading: [] for heading in _ROLES.values()}
    for key, path, old, new, role in _values(before, after):
        if not _is_of_the_source(path):
            found[_ROLES[role]] += _item(f"{key}, {_in_words(path)}", old, new)
    return {heading: items for heading, items in found.items() if items}


Value = tuple[str, Path_, str, str, Role]
"""Key, path, what stood there, what stands there, and what it is."""


def _values(before: Graph, after: Graph) -> Iterator[Value]:
    """Every value of an entry, a work or a source that differs."""
    for kind in KINDS:
        old, new = before.archive.of(kind), after.archive.of(kind)
        for id_ in dict.fromkeys((*new, *old)):
            had, has = _texts(old.get(id_)), _texts(new.get(id_))
            for path in dict.fromkeys((*has, *had)):
                was, role = had.get(path, ("", None))
                now, other = has.get(path, ("", None))
                if was != now and (found := role or other):
                    yield f"{kind}:{id_}", path, was, now, found


def _texts(record: Record[Any] | None) -> dict[Path_, tuple[str, Role]]:
    """The values of a record as a reader has them."""
    if record is None:
        return {}
    return {
        path: (tidy(parse(value).plain) if role is Role.PROSE else value, role)
        for path, role, value in walk(record.model)
    }


def _item(where: str, old: str, new: str) -> Iterator[str]:
    """An item of a list, with the words before and after in one."""
    if old != new:
        yield f"- **{_plain(where)}**: {''.join(map(_piece, compare(old, new)))}"


def _piece(piece: Piece) -> str:
    tags = {"cut": "del", "added": "ins"}
    shown = _plain(piece.text)
    if piece.kind not in tags:
        return shown if len(shown) < 240 else f"{shown[:100]} … {shown[-100:]}"
    tag = tags[piece.kind]
    bare = shown.strip()
    return shown.replace(bare, f"<{tag}>{bare}</{tag}>", 1) if bare else shown


def _plain(text: str) -> str:
    """Words that a host's Markdown shows as they are: no markup, no link, nobody called by name."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~@:])", r"\\\1", escape(" ".join(text.split()) + (
        " " if text[-1:].isspace() else ""), quote=False)).replace("\\@", "&#64;")  # fmt: skip


def _pages(before: Graph, after: Graph) -> tuple[list[str], list[str]]:
    """The pages that look different, and those whose pictures do."""
    old = {page.path: page for page in render_pages(before)}
    new = {page.path: page for page in render_pages(after)}
    hand = ({p.path: p.text for p in g.archive.pages} for g in (before, after))
    pages: list[str] = []
    pictures: list[str] = []
    for path in sorted({*old, *new}):
        one, other = old.get(path), new.get(path)
        if one is None or other is None:
            pages.append(f"{_plain(path)} ({'new' if one is None else 'gone'})")
        elif one.body != other.body or one.front != other.front:
            pages.append(_plain(path))
        if _drawn(one) != _drawn(other):
            pictures.append(_plain(path))
    was, now = hand
    pages += [_plain(p) for p in sorted({*was, *now}) if was.get(p) != now.get(p)]
    return pages, pictures


def _drawn(page: Rendered | None) -> list[str]:
    return _PICTURE.findall(page.body) if page else []


def _in_words(path: Path_) -> str:
    return re.sub(r", (\d+)", lambda m: f" {int(m[1]) + 1}", ", ".join(map(str, path)))
