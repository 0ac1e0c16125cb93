"""Writing for a contributor: a new entry or source with its fields explained."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..errors import nearest
from ..kinds import KINDS
from ..languages import is_known
from ..model import ID_PATTERN, MODELS, Role, Settings, fill_lists, role_of, schema
from ..read.digest import digest
from ..read.fingerprint import fingerprint, reduce
from ..read.load import GONE, Archive
from ..read.names import fault_of_id, faults_of_paths
from .open_work import mentions_of
from .schema import modeline
from .texts import File, UnreadableTextError, escaped, read_file


class ScaffoldError(Exception):
    """The command cannot be carried out; the message says why, in one line."""


def check_id(kind: str, id_: str) -> None:
    """Raises ``ScaffoldError`` where an entry of the kind may not have the id."""
    if not re.fullmatch(ID_PATTERN, id_):
        raise ScaffoldError(
            f'"{id_}" is not an id; use lower-case letters, digits and single hyphens'
        )
    if len(id_) > 100:  # a file of that name has to be written, and typed
        raise ScaffoldError("an id has at most 100 characters; choose a shorter one")
    paged = KINDS[kind].paged
    faults = dict(faults_of_paths([f"{id_}.yml"] if paged else []))
    if fault := fault_of_id(KINDS[kind], id_) or faults.get(f"{id_}.yml"):
        raise ScaffoldError(f'"{id_}" {fault}')


def new_entry(
    root: Path, archive: Archive, kind: str, id_: str, names: list[str], zh: str | None = None
) -> Path:
    """Write a new entry; gives the file. ``names`` are its name and further ones to look for.

    The paragraphs that mention a name are filled in as candidates for ``cites``.
    """
    if kind not in MODELS or kind == "source":
        raise ScaffoldError(
            f'there is no kind "{kind}" to make; the kinds are'
            f" {', '.join(k for k in MODELS if k != 'source')}"
        )
    if not (root / "data").is_dir():
        raise ScaffoldError(f"{root} holds no data/; go to the project's folder, or name --root")
    if not names[0].strip():
        raise ScaffoldError("an entry needs a name")
    check_id(kind, id_)
    if id_ in archive.of(kind):
        raise ScaffoldError(f"{kind}:{id_} exists already in {archive.of(kind)[id_].document.path}")
    if f"{kind}:{id_}" in archive.gone:
        raise ScaffoldError(f'the id "{id_}" was given up ({GONE}); choose another')
    candidates = _candidates(archive, names)
    lines = _fields(kind, names, zh, candidates, archive.settings)
    path = (
        f"data/{KINDS[kind].folder}/{id_}.yml"
        if KINDS[kind].paged
        else f"data/{KINDS[kind].folder}.yml"
    )
    file = root / path
    if KINDS[kind].paged:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join([modeline(path), *lines]) + "\n", encoding="utf-8")
        return file
    if not file.exists() and (root / "data" / KINDS[kind].folder).is_dir():
        file = root / "data" / KINDS[kind].folder / f"{id_}.yml"
    before = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if file.exists() else ""
    item = [f"- id: {id_}", *(f"  {line}" if line else "" for line in lines)]
    file.write_text(before + "\n".join(item) + "\n", encoding="utf-8")
    return file


def namesakes(archive: Archive, names: list[str]) -> list[str]:
    """Which entries have one of these names already: ``actor:lin-na``."""
    wanted = {name.casefold() for name in names}
    models = (record.model for record in archive.entries())
    return [
        f"{m.kind}:{m.id}"
        for m in models
        if wanted & {n.casefold() for n in (m.name, *getattr(m, "aliases", ()))}
    ]


def _candidates(archive: Archive, names: list[str]) -> list[str]:
    return [
        p.id if source == archive.only_source() else f"{source}:{p.id}"
        for source, translation in archive.translations.items()
        for p in translation.paragraphs
        if any(mentions_of(name, p.prose.plain) for name in names)
    ]


_ASKED = {
    "standalone": "TODO  # while nothing refers to it; take the line out once something does",
    "url": "TODO  # https://…; or take the line out, and give a shelfmark",
    "verdict": "TODO  # {choices}; take the line out for a judgment",
}
"""Fields that may be left out and are mostly asked for by a rule: named at once with the others."""


def _fields(
    kind: str, names: list[str], zh: str | None, candidates: list[str], settings: Settings
) -> list[str]:
    """A line or two a field: what is to be written as TODO, the others commented out."""
    given = {
        "name": names[0],
        "title": names[0],
        "zh": zh,
        "aliases": f"[{', '.join(names[1:])}]" if names[1:] else None,
    }
    described = schema(kind, settings)
    here = described["$defs"].get(MODELS[kind].__name__, described)["properties"]
    known = KINDS[kind]
    asked = {
        n: w for n, w in _ASKED.items() if n != "standalone" or known.linked or not known.entry
    }
    lines: list[str] = []
    for name, field in MODELS[kind].model_fields.items():
        if name in ("id", "formerly"):
            continue
        lines.append(f"# {field.description}" if field.description else "")
        if name in ("cites", "paragraphs"):
            note = (
                "candidates: the paragraphs that mention it; keep those"
                f" {'it rests on' if name == 'cites' else 'whose Chinese has it'}"
                if candidates
                else "no paragraph mentions it by this name"
            )
            lines.append(f"{name}: [{', '.join(candidates)}]  # {note}")
        elif given.get(name):
            lines.append(f"{name}: {given[name]}")
        elif field.is_required():
            lines += _placeholder(name, field, here, candidates, settings)
        elif name in asked:
            lines.append(f"{name}: {asked[name].format(choices=_choices(name, here))}")
        else:
            lines.append(f"# {name}:")
    return [line for line in lines if line]


def _choices(name: str, described: dict[str, Any]) -> str:
    """The words that a field may hold."""
    value = described.get(name, {})
    words: list[str] = next(
        (v["enum"] for v in (value, *value.get("anyOf", ())) if "enum" in v), []
    )
    return f"one of {', '.join(words)}" if words else ""


def _placeholder(
    name: str,
    field: FieldInfo,
    described: dict[str, Any],
    candidates: list[str],
    settings: Settings,
) -> list[str]:
    """A field that must be written, with what it may hold; of a list of parts, the first part."""
    if get_origin(field.annotation) is list:
        [model] = get_args(field.annotation)
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return [f"{name}: []  # TODO"]
        part = model.model_json_schema()
        fill_lists((part, *part.get("$defs", {}).values()), settings)
        inner = [
            line
            for own, of_part in model.model_fields.items()
            if of_part.is_required()
            for line in _placeholder(own, of_part, part["properties"], candidates, settings)
        ]
        return [
            f"{name}:",
            *(f"{'  - ' if n == 0 else '    '}{line}" for n, line in enumerate(inner)),
        ]
    if choices := _choices(name, described):
        return [f"{name}: TODO  # {choices}"]
    cited = candidates[0] if candidates else "p1"
    role = role_of(field)
    hint = {Role.LINK: "  # kind:id", Role.DATE: '  # "2025-01-31"', Role.PROSE: f" [@{cited}]"}
    return [f"{name}: TODO{hint.get(role, '') if role else ''}"]


def new_source(
    root: Path, archive: Archive, text: Path, id_: str, title: str, language: str | None = None
) -> list[Path]:
    """Begin a second source: its record with fingerprints, and a translation to be filled in.

    ``text`` holds the original, a paragraph a line; nothing of it is copied, unless it is in
    English and so needs no translation. Under each paragraph of the skeleton stand links to the
    known entries whose names occur in it, as suggestions. ``language`` is by default that of the
    first source.
    """
    first_language = next((r.model.language for r in archive.sources.values()), "en")
    language = language or first_language
    if not is_known(language):
        raise ScaffoldError(
            f'"{language}" is not a known language; give a code such as en or zh-Hans'
        )
    english = language.split("-", maxsplit=1)[0] == "en"
    if not re.fullmatch(ID_PATTERN, id_) or id_ in archive.sources:
        raise ScaffoldError(
            f'"{id_}" is taken or is not an id; use lower-case letters, digits and single hyphens'
        )
    try:
        lines = read_file(File(text)).split("\n")
    except UnreadableTextError as error:
        raise ScaffoldError(str(error)) from None
    paragraphs = [line.strip() for line in lines if reduce(line)]
    if not paragraphs:
        raise ScaffoldError(f"{text} holds no paragraph")
    last = f"p{len(paragraphs)}"
    record = [
        modeline(f"data/sources/{id_}.yml"),
        f"title: {title}",
        "title_by_editors: true  # false, where the source itself has it",
        f"short: {title}",
        "author:  # left empty where unknown",
        f"language: {language}",
        "publisher: TODO",
        'date: TODO  # "2025-12"',
        "date_note: TODO",
        "unknown: [TODO]",
        "rights: TODO",
        *(
            ['edited: TODO  # "2026-01-31"']
            if english
            else ["translators: [TODO]", 'translated: TODO  # "2026-01-31"']
        ),
        f"description: TODO [@p1-{last}]",
        "parts:",
        f"  - {{id: all, title: The whole, first: p1, last: {last}, subject: TODO}}",
        f"paragraphs: {len(paragraphs)}",
        *recognized_by(paragraphs),
    ]
    skeleton = [
        (escaped(paragraph) if english else f"TODO {_suggestions(archive, paragraph)}".rstrip())
        + f"\n{{ #p{n} }}\n"
        for n, paragraph in enumerate(paragraphs, 1)
    ]
    files = {
        root / f"data/sources/{id_}.yml": "\n".join(record) + "\n",
        root / f"docs/sources/{id_}.md": "\n".join(skeleton),
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    first = archive.only_source()
    if first and not archive.sources[first].model.default:
        # With two sources a bare citation needs a meaning: it goes on meaning the first.
        path = root / archive.sources[first].document.path
        path.write_text(
            path.read_text(encoding="utf-8").rstrip("\n") + "\ndefault: true\n", encoding="utf-8"
        )
        return [*files, path]
    return list(files)


def new_translation(root: Path, archive: Archive, id_: str, title: str, of: str) -> list[Path]:
    """Begin another translation of a source that is here: its record, and a text to be filled in.

    What is known of the source is copied from its record; its paragraphs have the same numbers.
    Raises ``ScaffoldError`` where the id is taken or the source is not there.
    """
    if of not in archive.works() or of not in archive.translations:
        raise ScaffoldError(f'there is no source "{of}"{nearest(of, archive.works())}')
    if not re.fullmatch(ID_PATTERN, id_) or id_ in archive.sources:
        raise ScaffoldError(
            f'"{id_}" is taken or is not an id; use lower-case letters, digits and single hyphens'
        )
    first = archive.sources[of].model
    path = f"data/sources/{id_}.yml"
    known = {
        "translation_of": of,
        **first.model_dump(
            include={"genre", "author", "language", "publisher", "date", "date_note", "unknown"},
            exclude_none=True,
        ),
    }
    record = [
        modeline(path),
        f"title: {json.dumps(title, ensure_ascii=False)}",
        "title_by_editors: true",
        f"short: {json.dumps(title, ensure_ascii=False)}  # how a citation names it",
        *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in known.items()),
        *([] if "author" in known else ["author:"]),
        "rights: TODO",
        "translators: [TODO]",
        'translated: TODO  # "2026-01-31"',
        f"description: TODO [@{id_}:p1-p{first.paragraphs}]",
        "parts:",
        *(
            f"  - {json.dumps(part.model_dump(exclude_none=True), ensure_ascii=False)}"
            for part in first.parts
        ),
        f"paragraphs: {first.paragraphs}",
    ]
    lines = (root / archive.translations[of].path).read_text(encoding="utf-8").split("\n")
    kept = [
        f"TODO\n{line}\n" if re.match(r"\{:?\s*#p", line) else f"{line}\n"
        for line in lines
        if re.match(r"#|\{:?\s*#p", line)
    ]
    files = {
        root / path: "\n".join(record) + "\n",
        root / f"docs/sources/{id_}.md": "\n".join(kept),
    }
    for file, content in files.items():
        file.write_text(content, encoding="utf-8")
    return list(files)


def recognized_by(paragraphs: list[str]) -> Iterator[str]:
    """The lines of a source's record by which its paragraphs are known without being published."""
    for field, made in (("digests", digest), ("fingerprints", fingerprint)):
        yield f"{field}:"
        yield from (f'  p{n}: "{made(paragraph)}"' for n, paragraph in enumerate(paragraphs, 1))


def _suggestions(archive: Archive, paragraph: str) -> str:
    """Links to the entries that a paragraph of an original names, longest names first."""
    reduced = reduce(paragraph)
    found = {
        f"[{record.model.name}]({record.model.kind}:{record.model.id})": None
        for record in archive.entries()
        if KINDS[record.model.kind].linked
        for name in (record.model.zh, record.model.name, *record.model.aliases)
        if name and len(reduce(name)) > 1 and reduce(name) in reduced and _as_words(name, paragraph)
    }
    return " ".join(found)


def _as_words(name: str, paragraph: str) -> bool:
    """Whether a name that is written in words stands in a paragraph as such, and not inside one."""
    if not name.isascii():
        return True
    whole = rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"
    return bool(re.search(whole, paragraph, re.IGNORECASE))


def add_modelines(root: Path) -> list[str]:
    """Give every data file the comment that names its schema; gives the paths of those changed."""
    changed: list[str] = []
    known: dict[str, Any] = dict.fromkeys(kind.folder for kind in KINDS.values())
    for path in sorted((root / "data").rglob("*.yml")):
        shown = path.relative_to(root).as_posix()
        parts = path.relative_to(root / "data").parts
        if (
            any(part.startswith(".") for part in parts)
            or parts[0].removesuffix(".yml") not in known
        ):
            continue
        text = path.read_text(encoding="utf-8")
        if not text.startswith("# yaml-language-server:"):
            path.write_text(f"{modeline(shown)}\n{text}", encoding="utf-8")
            changed.append(shown)
    return changed
