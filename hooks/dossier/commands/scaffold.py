"""Writing for a contributor: a new entry with its fields explained, and an id renamed
everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ..kinds import KINDS
from ..languages import is_known
from ..model import ID_PATTERN, MODELS, Role, role_of
from ..read.digest import digest
from ..read.fingerprint import fingerprint, reduce
from ..read.load import Archive
from ..read.names import fault_of_id, faults_of_paths
from .open_work import mentions_of
from .schema import modeline
from .texts import escaped


class ScaffoldError(Exception):
    """The command cannot be carried out; the message says why, in one line."""


def _check_id(kind: str, id_: str) -> None:
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
    _check_id(kind, id_)
    if id_ in archive.of(kind):
        raise ScaffoldError(f"{kind}:{id_} exists already in {archive.of(kind)[id_].document.path}")
    candidates = _candidates(archive, names)
    lines = _fields(kind, names, zh, candidates)
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
    several = archive.only_source() is None
    return [
        f"{source}:{p.id}" if several else p.id
        for source, translation in archive.translations.items()
        for p in translation.paragraphs
        if any(mentions_of(name, p.prose.plain) for name in names)
    ]


def _fields(kind: str, names: list[str], zh: str | None, candidates: list[str]) -> list[str]:
    """A line or two a field: the required ones to be filled in, the others commented out."""
    given = {
        "name": names[0],
        "title": names[0],
        "zh": zh,
        "aliases": f"[{', '.join(names[1:])}]" if names[1:] else None,
    }
    lines: list[str] = []
    for name, field in MODELS[kind].model_fields.items():
        if name == "id":
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
        elif field.default is PydanticUndefined and field.default_factory is None:
            lines.append(f"{name}: {_placeholder(field)}")
        else:
            lines.append(f"# {name}:")
    return [line for line in lines if line]


def _placeholder(field: FieldInfo) -> str:
    choices = [choice for choice in get_args(field.annotation) if isinstance(choice, str)]
    if choices:
        return f"TODO  # one of {', '.join(choices)}"
    if get_origin(field.annotation) is list:
        return "[]  # TODO"
    role = role_of(field)
    return (
        {
            Role.LINK: "TODO  # kind:id",
            Role.DATE: 'TODO  # "2025-01-31"',
            Role.PROSE: "TODO [@p1]",
        }.get(role, "TODO")
        if role
        else "TODO"
    )


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
    paragraphs = [
        line.strip() for line in text.read_text(encoding="utf-8").splitlines() if reduce(line)
    ]
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


def rename(root: Path, archive: Archive, kind: str, old: str, new: str) -> list[Path]:
    """Give an entry a new id, in its own file and wherever it is linked; gives the files changed.

    The entry remembers the old id in ``formerly``, from which its old address redirects.
    """
    renamed = [known.id for known in KINDS.values() if known.renamed]
    if kind not in renamed:
        raise ScaffoldError(
            f'ids of the kind "{kind}" cannot be renamed; they are {", ".join(renamed)}'
        )
    if old not in archive.of(kind):
        raise ScaffoldError(f"there is no {kind}:{old}")
    if new in archive.of(kind):
        raise ScaffoldError(f'the id "{new}" is taken')
    _check_id(kind, new)
    record = archive.of(kind)[old]
    own = root / record.document.path
    changed = _replace_links(root, f"{kind}:{old}", f"{kind}:{new}")
    text = own.read_text(encoding="utf-8")
    formerly = [old, *record.model.formerly]
    indent = "" if KINDS[kind].paged else "  "
    entry, before, after = text, "", ""
    if not KINDS[kind].paged:
        # The item begins at its "- id:" line and ends before the next one.
        start = re.search(rf"^- id: *[\"']?{re.escape(old)}[\"']? *$", text, re.MULTILINE)
        if start is None:
            raise ScaffoldError(
                f'{record.document.path} does not give {old} as "- id: {old}"; rename it by hand'
            )
        following = re.search(r"^- ", text[start.end() :], re.MULTILINE)
        end = start.end() + following.start() if following else len(text)
        before, entry, after = text[: start.start()], text[start.start() : end], text[end:]
        entry = entry.replace(start[0], f"- id: {new}", 1)
    line = f"{indent}formerly: [{', '.join(formerly)}]"
    entry, count = re.subn(rf"^{indent}formerly:.*$", line, entry, flags=re.MULTILINE)
    if not count:
        tail = "\n\n" if after else "\n"
        entry = f"{entry.rstrip()}\n{line}{tail}"
    own.write_text(before + entry + after, encoding="utf-8")
    if KINDS[kind].paged:
        target = own.with_name(f"{new}.yml")
        own.rename(target)
        own = target
    return sorted({*(path for path in changed if path.exists()), own})


def _replace_links(root: Path, old: str, new: str) -> list[Path]:
    pattern = re.compile(rf"(?<![A-Za-z0-9:-]){re.escape(old)}(?![a-z0-9-])")
    changed = []
    for path in [*sorted((root / "data").rglob("*.yml")), *sorted((root / "docs").rglob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        replaced = pattern.sub(new, text)
        if replaced != text:
            path.write_text(replaced, encoding="utf-8")
            changed.append(path)
    return changed


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
