"""``dossier init``: a repository of its own around a text, which builds at once; and
``dossier upgrade``, which brings such a repository onto this version of the engine.

What belongs to the engine is copied from it as it is, and listed with its fingerprints in
``hooks/engine.json``. Everything else is made from the files in ``edition``, and belongs to the
editors.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import __version__
from ..dates import problem
from ..errors import InvalidArchiveError, Report, Violation
from ..home import HOME
from ..languages import canonical, is_known
from ..read.edition import LICENSES as KNOWN_LICENSES
from ..read.fingerprint import fingerprint
from ..read.forms import form_of
from ..read.load import load
from ..write.images import images
from ..write.site import read_graph
from .scaffold import ScaffoldError
from .schema import schema_files
from .texts import Block, UnreadableTextError, read_blocks

LICENSES = {**KNOWN_LICENSES, "none": ""}
"""What an edition may be offered under, with the address of each."""
TEMPLATES = Path(__file__).with_name("edition")
NAV = "nav.txt"
LISTED = "hooks/engine.json"
_PACKAGE = Path(__file__).resolve().parents[1]
_COPIED = (
    "hooks/*.py",
    "hooks/theme/**/*",
    "hooks/theme-zensical/**/*",
    "hooks/faces/*",
    "docs/assets/css/*",
    "docs/assets/js/*",
    "docs/assets/fonts/*",
    "docs/assets/vendor/**/*",
    "docs/assets/*.svg",
    "docs/architecture.md",
    "docs/contribute.md",
    "docs/open-data.md",
    "docs/second-source.md",
    "requirements/package.in",
    "requirements/site.*",
    "requirements/zensical.*",
    ".gitattributes",
    ".gitignore",
    ".vscode/*",
)
"""The engine's files beside its package, by their paths in a repository."""
_NAMED = ("site_name", "site_description")
_OWN_SETTINGS = ("site_name", "site_description", "site_author", "copyright", "nav")
"""What of ``mkdocs.yml`` is the edition's; the rest is the engine's."""


@dataclass(frozen=True)
class Beginning:
    """What is known about a text when its edition begins."""

    text: Path
    language: str
    title: str
    author: str | None = None
    date: str | None = None
    genre: str = "text"
    license: str = "CC-BY-4.0"
    verse: bool = False
    encoding: str = ""

    @property
    def id(self) -> str:
        """The id of the source, from its title."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode().lower()
        words = re.findall(r"[a-z0-9]+", plain)
        found = ""
        for word in words:
            if len(found) + len(word) > 40:
                break
            found = f"{found}-{word}" if found else word
        return found or "text"


def init(folder: Path, begun: Beginning, today: datetime.date) -> int:
    """Write a new repository into ``folder``, which must be empty or not there; gives the number of
    paragraphs. Raises ``ScaffoldError`` with the cause, and then nothing is written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScaffoldError(f"{folder} is not empty; name a new folder")
    for name in ("language", "date", "license"):
        if fault := fault_of(name, getattr(begun, name)):
            raise ScaffoldError(fault)
    try:
        with tempfile.TemporaryDirectory() as media:
            blocks = read_blocks(
                begun.text, verse=begun.verse, encoding=begun.encoding, media=media
            )
            blocks, pictures = _with_pictures(begun.text, blocks)
    except UnreadableTextError as error:
        raise ScaffoldError(str(error)) from None
    files: dict[str, bytes] = {path: file.read_bytes() for path, file in engine_files()}
    own = _made(begun, blocks, today) | pictures
    with tempfile.TemporaryDirectory() as tried:
        _write(Path(tried), own)
        try:
            read_graph(Path(tried))
        except InvalidArchiveError as error:
            places = _places(blocks)
            found = dict.fromkeys(_in_the_text(v, begun, places, own) for v in error.violations)
            raise ScaffoldError("\n".join(["nothing is written, since", *found])) from None
    files |= own
    files[LISTED] = _listed({path: file.read_bytes() for path, file in engine_files()})
    _write(folder, files)
    return sum(not block.heading for block in blocks)


def fault_of(name: str, answer: str | None) -> str:
    """What is wrong with an answer to what ``init`` needs to know; empty where nothing is."""
    match name:
        case "text" if answer and not Path(answer).is_file():
            return f'there is no file "{answer}"; give its path from here'
        case "language" if answer and not is_known(canonical(answer)):
            return f'"{answer}" is not a known language; give a code such as en, fr, or zh-Hans'
        case "date" if answer and (fault := problem(answer)):
            return f'the date "{answer}" {fault}'
        case "license" if answer not in LICENSES:
            return f'"{answer}" is not one of {", ".join(LICENSES)}'
    return ""


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _in_the_text(
    violation: Violation, begun: Beginning, places: list[str], own: dict[str, bytes]
) -> str:
    """A violation as a line, where its cause stands: in the file that was given, or an option."""
    place = violation.location
    if place.path == f"docs/sources/{begun.id}.md":
        there = places[place.line - 1] if place.line <= len(places) else ""
        at = f"{begun.text}{there}{f':{place.column}' if there.startswith(':') else ''}"
    else:
        field = own[place.path].decode().split("\n")[place.line - 1].partition(":")[0]
        at = f"--{field if field in ('author', 'date', 'genre') else 'title'}"
    return f"{at}: {violation.message}"


def _with_pictures(text: Path, blocks: list[Block]) -> tuple[list[Block], dict[str, bytes]]:
    """The blocks with the pictures that lie beside the text, and these by their places in the
    edition. Raises ``UnreadableTextError`` where one is not there.
    """
    made, pictures = [], {}
    for block in blocks:
        taken, image = block, "" if block.heading else form_of(block.text).image
        if image:
            file = text.parent / image
            if not file.is_file():
                raise UnreadableTextError(
                    f"{text}:{block.line or 1}:1: shows {image}, which is not beside it; put the"
                    " picture there, or delete the line"
                )
            name = re.sub(r"[^a-z0-9.]+", "-", file.name.lower()).strip("-")
            pictures[f"docs/images/{name}"] = file.read_bytes()
            taken = replace(block, text=block.text.replace(f"({image})", f"(images/{name})"))
        made.append(taken)
    return made, pictures


def engine_files() -> Iterator[tuple[str, Path]]:
    """The engine's files, by their paths in a repository."""
    for file in sorted(_PACKAGE.rglob("*")):
        inside = file.relative_to(_PACKAGE)
        if file.is_file() and inside.parts[0] != "engine" and "__pycache__" not in inside.parts:
            yield f"hooks/dossier/{inside.as_posix()}", file
    for pattern in _COPIED:
        for file in sorted(HOME.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(HOME).as_posix(), file


def _listed(files: dict[str, bytes]) -> bytes:
    """The list of the engine's files, with the version."""
    prints = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    text = json.dumps({"version": __version__, "files": prints}, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _made(begun: Beginning, blocks: list[Block], today: datetime.date) -> dict[str, bytes]:
    """What is the edition's own, made from the text and what is known of it."""
    years = today.year
    address = LICENSES[begun.license]
    license_line = (
        f"The notes, checks and data are offered under [{begun.license}]({address}), as far as they"
        " are the editors’ own."
        if address
        else "No license has been chosen for the notes, checks and data; all rights are reserved."
    )
    by = f", by {begun.author}" if begun.author else ""
    description = f"An annotated edition of “{begun.title}”{by}: every paragraph citable."
    context = {
        "title": begun.title,
        "heading": re.sub(r"([\\`*_\[\]<>#])", r"\\\1", begun.title),
        "quoted": {"title": _quoted(begun.title), "description": _quoted(description)},
        "id": begun.id,
        "license_line": license_line,
    }
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    texts: dict[str, str] = {}
    for file in sorted(TEMPLATES.rglob("*")):
        path = file.relative_to(TEMPLATES).as_posix()
        if not file.is_file() or "__pycache__" in path or path == NAV:
            continue
        if path.endswith(".j2"):
            texts[path.removesuffix(".j2")] = environment.get_template(path).render(context)
        else:
            texts[path] = file.read_text(encoding="utf-8")
    texts |= {
        f"data/sources/{begun.id}.yml": _record(begun, blocks, today),
        f"docs/sources/{begun.id}.md": text_of(blocks),
        "mkdocs.yml": _settings(begun, description),
        "CITATION.cff": _citation(begun, description, today),
        "CHANGELOG.md": f"# Changes\n\n## 0.1.0 — {today:%B} {today.day}, {years}\n\n"
        f"- The text, its paragraphs numbered.\n",
        **schema_files(load(TEMPLATES, Report()).settings),
    }
    pictures = {
        f"docs/{path}": content for path, content in images(begun.title, description).items()
    }
    return {path: text.encode() for path, text in texts.items()} | pictures


def text_of(blocks: list[Block]) -> str:
    """The text with an id under each paragraph and above each part.

    >>> print(text_of([Block("On lamps", level=2), Block("Lamps burn.")]), end="")
    ## On lamps {#part-1}
    <BLANKLINE>
    Lamps burn.
    { #p1 }
    """
    return "".join(f"{line}\n" for written in _written(blocks) for line in written)


def _places(blocks: list[Block]) -> list[str]:
    """For each line of the text, the line of the file that was given, or, where that is not known,
    which paragraph it is.
    """
    found, paragraph = [], 0
    for block, written in zip(blocks, _written(blocks), strict=True):
        paragraph += not block.heading
        empty = written[0] == ""
        for n in range(len(written)):
            line = block.line + min(max(0, n - empty), block.text.count("\n"))
            found.append(f":{line}" if block.line else f", paragraph {paragraph}")
    return found


def _written(blocks: list[Block]) -> Iterator[list[str]]:
    """Each block as lines, with an empty one before it but for the first."""
    part = smaller = paragraph = 0
    between: list[str] = []
    for block in blocks:
        if block.level > 2:
            smaller += 1
            lines = [f"{'#' * block.level} {block.text} {{#heading-{smaller}}}"]
        elif block.heading:
            part += 1
            lines = [f"## {block.text} {{#part-{part}}}"]
        else:
            paragraph += 1
            speaker = re.sub(r"[{}]", "", block.speaker.replace('"', "”"))
            turn = f' speaker="{speaker}"' if speaker else ""
            lines = [*block.text.split("\n"), f"{{ #p{paragraph}{turn} }}"]
            for id_, note in block.notes:
                lines += ["", f"[^{id_}]: {note}"]
        yield [*between, *lines]
        between = [""]


def _parts(blocks: list[Block]) -> Iterator[dict[str, str]]:
    """The parts, by their headings; what stands before the first is one too."""
    open_: dict[str, str] | None = None
    number = paragraph = 0
    for block in blocks:
        if block.level > 2:
            continue
        if block.heading:
            number += 1
            if open_ and open_.get("last"):
                yield open_
            open_ = {"id": f"part-{number}", "title": block.text}
        else:
            paragraph += 1
            if open_ is None:
                whole = not any(b.level == 2 for b in blocks)
                open_ = {"id": "text", "title": "The text" if whole else "Opening"}
            open_.setdefault("first", f"p{paragraph}")
            open_["last"] = f"p{paragraph}"
    if open_ and open_.get("last"):
        yield open_


def _record(begun: Beginning, blocks: list[Block], today: datetime.date) -> str:
    """The source's record: what is given, and what is not as unknown."""
    own = [block.text for block in blocks if not block.heading]
    unknown = [
        words
        for words, given in (("its author", begun.author), ("its date", begun.date))
        if not given
    ]
    lines = [
        "# yaml-language-server: $schema=../.schemas/source.json",
        f"title: {_quoted(begun.title)}",
        "title_by_editors: false  # true, where the title is yours",
        f"short: {_quoted(begun.title)}",
        f"genre: {_quoted(begun.genre)}  # what it is called in a sentence: essay, speech, statute",
        f"author: {_quoted(begun.author) if begun.author else ' # left empty where unknown'}",
        f"language: {begun.language}",
        "# publisher:  # where it came out",
        f"date: {_quoted(begun.date)}" if begun.date else '# date: "1863-11-19"  # or 1863, 1863~',
        f"unknown: [{', '.join([*map(_quoted, unknown), _quoted('where it came out')])}]",
        "rights: Not yet stated; say here whose the text is, and what may be done with it.",
        "# translators: [Your Name]  # once the text is translated, with",
        '# translated: "2026-01-31"',
        f'edited: "{today}"',
        f"description: {_quoted(f'The {begun.genre} in {len(own)} paragraphs [@p1-p{len(own)}].')}"
        if len(own) > 1
        else f"description: {_quoted(f'The {begun.genre}, a single paragraph [@p1].')}",
        "parts:",
        *(
            f"  - {{id: {part['id']}, title: {_quoted(part['title'])}, first: {part['first']},"
            f" last: {part['last']}}}"
            for part in _parts(blocks)
        ),
        f"paragraphs: {len(own)}",
        "fingerprints:",
        *(f'  p{n}: "{fingerprint(form_of(text).inline)}"' for n, text in enumerate(own, 1)),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as YAML has it, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _citation(begun: Beginning, description: str, today: datetime.date) -> str:
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this edition, cite it with the number of the paragraph.",
        f"title: {_quoted(begun.title)}",
        f"abstract: {_quoted(description)}",
        "type: dataset",
        "authors:",
        "  - name: The editors of this edition",
        f'date-released: "{today}"',
        *([] if begun.license == "none" else [f"license: {begun.license}"]),
    ]
    return "\n".join(lines) + "\n"


def _settings(begun: Beginning, description: str) -> str:
    """``mkdocs.yml``: the engine's, with this edition's name, words, and navigation."""
    copyright_ = (
        f"Notes and data by the editors, {begun.license}."
        if begun.license != "none"
        else "All rights in notes and data reserved."
    )
    own = {
        "site_name": f"site_name: {_quoted(begun.title)}\n",
        "site_description": f"site_description: {_quoted(description)}\n",
        "site_author": "site_author: The editors\n",
        "copyright": f"copyright: {_quoted(copyright_)}\n",
        "nav": (TEMPLATES / NAV).read_text(encoding="utf-8").replace("SOURCE", begun.id) + "\n",
    }
    return merged(own, (HOME / "mkdocs.yml").read_text(encoding="utf-8"))


def merged(own: dict[str, str], engine: str) -> str:
    """The engine's settings with the edition's own in their places."""
    blocks = _blocks(engine)
    return "".join(own.get(name, block) for name, block in blocks)


def _blocks(settings: str) -> list[tuple[str, str]]:
    """The top-level fields of a YAML file with their text, comments before a field with it."""
    starts = [
        match.start() for match in re.finditer(r"^(?:#.*\n)*[a-z_]+:", settings, re.MULTILINE)
    ]
    found = []
    for start, end in zip(starts, [*starts[1:], len(settings)], strict=True):
        text = settings[start:end]
        name = re.search(r"^([a-z_]+):", text, re.MULTILINE)
        assert name is not None
        found.append((name[1], text))
    return found


def upgrade(root: Path) -> Iterator[str]:
    """Bring the engine's files of a repository onto this version; gives what changed, a line each.

    A file that somebody has changed since is kept beside the new one. Raises ``ScaffoldError``
    where there is no edition, or it is the engine's own repository.
    """
    listed = root / LISTED
    if root.resolve() == HOME or not listed.is_file():
        raise ScaffoldError(
            f"{root} has no {LISTED}; upgrade works where `dossier init` has begun an edition"
        )
    before = json.loads(listed.read_text(encoding="utf-8"))
    prints: dict[str, str] = before["files"]
    now = {path: file.read_bytes() for path, file in engine_files()}
    changed = False
    for path, content in now.items():
        target = root / path
        there = target.read_bytes() if target.is_file() else None
        if there == content:
            continue
        changed = True
        if there is not None and hashlib.sha256(there).hexdigest() != prints.get(path):
            kept = target.with_name(f"{target.name}.mine")
            kept.write_bytes(there)
            yield f"renewed {path}; you had changed it, and yours is {kept.relative_to(root)}"
        else:
            yield f"{'renewed' if there is not None else 'added'} {path}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for path in sorted(prints.keys() - now.keys()):
        if (root / path).is_file():
            changed = True
            (root / path).unlink()
            yield f"removed {path}"
    settings = root / "mkdocs.yml"
    if not (root / "docs/assets/images/icon-192.png").exists():
        changed = True
        given = yaml.safe_load(
            "".join(b for n, b in _blocks(settings.read_text("utf-8")) if n in _NAMED)
        )
        for path, content in images(given["site_name"], given["site_description"]).items():
            (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "docs" / path).write_bytes(content)
            yield f"added docs/{path}"
    text = settings.read_text(encoding="utf-8")
    own = {name: block for name, block in _blocks(text) if name in _OWN_SETTINGS}
    new = merged(own, (HOME / "mkdocs.yml").read_text(encoding="utf-8"))
    if new != text:
        changed = True
        settings.write_text(new, encoding="utf-8")
        yield "renewed mkdocs.yml, but for what is yours in it"
    listed.write_bytes(_listed(now))
    was = before["version"]
    yield (
        f"from version {was} to {__version__}; now run make check"
        if changed or was != __version__
        else f"nothing to do: the engine is version {__version__}"
    )
