"""The command line: begin an edition, check, list open work, make, rename and delete entries, match
a copy of a source.
"""

from __future__ import annotations

import argparse
import datetime
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import REFUSED, InvalidArchiveError, Report, Violation, fault, nearest
from ..graph.refs import Graph, build_graph
from ..graph.sides import balance
from ..graph.uses import targets
from ..graph.wording import misplaced
from ..languages import canonical
from ..model import MODELS
from ..pages import all_pages
from ..read.fingerprint import match as match_copy
from ..read.load import Archive, load
from ..write.files import write_files
from ..write.folder import copied, write_folder
from ..write.site import check_addresses, make_exports, make_site, read_graph
from . import links
from .book import FORMATS, make_books
from .commits import tree_of
from .edits import Edits
from .init import LICENSES, Beginning, fault_of, init, upgrade
from .open_work import open_work
from .release import Reasons, write_release
from .rename import DanglingError, delete, rename
from .requote import put_in, requotes
from .review import drifts, write_lock
from .scaffold import (
    ScaffoldError,
    add_modelines,
    namesakes,
    new_entry,
    new_source,
    new_translation,
    recognized_by,
)
from .schema import write_schemas
from .sheet import import_sheet
from .summary import summary
from .texts import READERS, paragraphs
from .where import where


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 is success, 1 a violation or a copy that does not match, 2 a wrong call."""
    options = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks Chinese shows escapes
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = _run(options)
        if not sys.stdout.closed:  # the language server closes it
            sys.stdout.flush()
        return result
    except ScaffoldError as error:
        print(f"dossier: {error}", file=sys.stderr)
        return 2
    except (EOFError, KeyboardInterrupt):  # a question that was not answered
        print("dossier: stopped", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough, as with | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except REFUSED as error:
        said = fault(error)
        if isinstance(error, OSError) and error.filename in map(str, vars(options).values()):
            said = f"{error.filename}: {error.strerror}; check the path"
        print(f"dossier: {said}", file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print("dossier: the file is not UTF-8 text; save it as UTF-8", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """What may be called, and how."""
    parser = argparse.ArgumentParser(prog="dossier", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    _add_init(commands)
    commands.add_parser(
        "upgrade",
        help="bring the engine's files of an edition onto this version, and say what changed",
    )
    commands.add_parser("check", help="check the data and the texts, without building")
    compare = commands.add_parser(
        "match",
        help=(
            "say which paragraphs of your copy of a source match its fingerprints, and whether "
            "its words stand where the data say"
        ),
    )
    compare.add_argument("copy", type=Path, help="a text file with a paragraph a line")
    compare.add_argument("--source", help="the id of the source (needed where there are several)")
    hashes = commands.add_parser(
        "fingerprint",
        help="print the fingerprints and digests of a source text, a paragraph a line",
    )
    hashes.add_argument("text", type=Path)
    make = commands.add_parser(
        "new",
        help="make a new entry, its fields explained and the paragraphs that mention it filled in",
    )
    make.add_argument("kind", choices=[kind for kind in MODELS if kind != "source"])
    make.add_argument("id")
    make.add_argument(
        "names", nargs="+", metavar="name", help="its name, and other names to look for in the text"
    )
    make.add_argument("--zh", help="the Chinese name")
    begin = commands.add_parser(
        "new-source",
        help="begin a source from a text file, a paragraph a line; the text itself is not copied",
    )
    begin.add_argument("text", type=Path)
    begin.add_argument("id")
    begin.add_argument("title", help="its title, or the editors' descriptive one")
    begin.add_argument("--language", metavar="CODE", help="its language (default: the first's)")
    again = commands.add_parser(
        "new-translation", help="begin another translation of a source that is here already"
    )
    again.add_argument("id")
    again.add_argument("title", help="what the translation is called")
    again.add_argument("--of", metavar="ID", help="the source, where there are several")
    sheet = commands.add_parser(
        "import", help="make entries from a sheet (CSV), a column a field and a row an entry"
    )
    sheet.add_argument("sheet", type=Path, help="actors.csv, events.csv …")
    sheet.add_argument("--kind", choices=[k for k in MODELS if k not in ("source", "rendering")])
    _add_changes(commands)
    undone = commands.add_parser("open", help="list what is still to be done")
    undone.add_argument(
        "--today",
        type=datetime.date.fromisoformat,
        default=None,
        help="the day to count from (default: today)",
    )
    addresses = commands.add_parser(
        "links", help="ask whether the addresses of the references answer, and record the day"
    )
    addresses.add_argument("ids", nargs="*", metavar="reference", help="which (default: all)")
    addresses.add_argument(
        "--today",
        type=datetime.date.fromisoformat,
        default=None,
        help="the day to record (default: today)",
    )
    commands.add_parser(
        "schemas",
        help="write the JSON Schemas of the data files, and the comments that point to them",
    )
    seen = commands.add_parser(
        "review", help="mark paragraphs of the translation as reviewed against the source"
    )
    seen.add_argument("paragraphs", nargs="*", metavar="p12", help="which (default: all)")
    seen.add_argument("--source", help="the id of the source (needed where there are several)")
    seen.add_argument(
        "--by", default="", metavar="WHO", help="who read them, against what; noted with the day"
    )
    seen.add_argument(
        "--today",
        type=datetime.date.fromisoformat,
        default=None,
        help="the day to note (default: today)",
    )
    commands.add_parser(
        "language-server",
        help="complete ids, explain them and name faults in an editor, over its Language Server"
        " Protocol; needs requirements/editor.txt",
    )
    _add_release(commands)
    _add_output(commands)
    return parser


def _add_changes(commands: Any) -> None:
    """What touches everything that names an entry."""
    against = commands.add_parser(
        "changes", help="say as Markdown what has changed for readers since a commit"
    )
    against.add_argument("commit", help="such as main, or HEAD^1")
    asked = commands.add_parser(
        "where", help="say what depends on an entry, a work, a source or a paragraph, line by line"
    )
    asked.add_argument("id", metavar="ID", help="such as actor:lin-na, lin-na, p12 or source:p12")
    again = commands.add_parser(
        "rename", help="give an entry, work or source a new id everywhere; its old address leads on"
    )
    again.add_argument("entry", metavar="kind:id")
    again.add_argument("id")
    quotes = commands.add_parser(
        "requote",
        help="show each quotation that a change of the translation broke beside what stands there"
        " now",
    )
    quotes.add_argument(
        "--apply",
        metavar="WHICH",
        help="put these words in: all, or those of an entry (actor:lin-na) or a page",
    )
    away = commands.add_parser(
        "delete",
        help="take an entry, work or source out; refuses where something would dangle, and leaves a"
        " page at the old address that says why",
    )
    away.add_argument("entry", metavar="kind:id")
    away.add_argument("--reason", default="", help="what its old address says to who has cited it")
    away.add_argument(
        "--replacement", metavar="kind:id", help="what stands for it now; all links lead there"
    )
    away.add_argument(
        "--today",
        type=datetime.date.fromisoformat,
        default=None,
        help="the day to note (default: today)",
    )


def _add_init(commands: Any) -> None:
    start = commands.add_parser(
        "init",
        help="begin an edition of a text in a folder of its own, and build its site",
        description="What is not given is asked for on a terminal.",
    )
    start.add_argument("folder", type=Path)
    start.add_argument("--text", type=Path, help=f"the text ({', '.join(READERS)})")
    start.add_argument("--language", metavar="CODE", help="its language: en, fr, zh-Hans …")
    start.add_argument("--title", help="its title, or a descriptive one")
    start.add_argument("--author", help="who wrote it, where that is known")
    start.add_argument("--date", help="when: 1863-11-19, 1863, 1863~ …")
    start.add_argument("--genre", help="what it is called in a sentence: essay, speech, statute")
    start.add_argument("--license", choices=LICENSES, help="of your notes and data")
    start.add_argument("--verse", action="store_true", help="keep the lines of a plain text")
    start.add_argument("--encoding", default="", help="of a text that is not in Unicode: gb18030 …")
    start.add_argument("--no-build", action="store_true", help="write the files only")


def _add_release(commands: Any) -> None:
    out = commands.add_parser(
        "release",
        help="write down the edition as it stands as a release, with the words that changed",
    )
    out.add_argument(
        "version", help="such as 1.2.0; CHANGELOG.md says what is new in it, and its day"
    )
    out.add_argument(
        "--why",
        default="",
        help="why words changed, where CHANGELOG.md does not name the paragraph",
    )
    out.add_argument(
        "--by", default="", metavar="WHO", help="who changed them (default: the translators)"
    )
    out.add_argument(
        "--from", dest="commit", default="", metavar="COMMIT",
        help="make it from this commit of the history, after the event, and label it so",
    )  # fmt: skip


def _add_output(commands: Any) -> None:
    give = commands.add_parser(
        "export", help="write the open data into a folder, without building pages"
    )
    give.add_argument("folder", type=Path)
    hand = commands.add_parser(
        "pages", help="write the site into a folder as Markdown, for another generator"
    )
    hand.add_argument("folder", type=Path)
    bind = commands.add_parser("book", help="make the edition as EPUB, PDF and ZIM")
    bind.add_argument("folder", type=Path, help="where the books go")
    bind.add_argument(
        "--format", action="append", choices=FORMATS, help="which (may be repeated; default: all)"
    )
    bind.add_argument(
        "--site", type=Path, help="the finished site, for the ZIM (default: site/ of the project)"
    )
    for command in (give, hand, bind):
        command.add_argument(
            "--url",
            default=os.environ.get("DOSSIER_SITE_URL", ""),
            help="where the site is published (default: $DOSSIER_SITE_URL)",
        )


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "init":
            return _init(options)
        case "upgrade":
            print(*upgrade(options.root), sep="\n")
        case "check":
            return _check(options.root)
        case "match":
            return _match(options.root, options.copy, options.source)
        case "fingerprint":
            return _fingerprint(options.text)
        case "new":
            archive = _archive(options.root)
            print(
                new_entry(
                    options.root, archive, options.kind, options.id, options.names, options.zh
                )
            )
            if others := namesakes(archive, options.names):
                print(
                    f"dossier: {', '.join(others)} has that name as well; is it the same?",
                    file=sys.stderr,
                )
        case "new-source":
            print(
                *new_source(
                    options.root,
                    _archive(options.root),
                    options.text,
                    options.id,
                    options.title,
                    options.language,
                ),
                sep="\n",
            )
        case "new-translation":
            archive = _archive(options.root)
            of = options.of or archive.default_source() or ""
            made = new_translation(options.root, archive, options.id, options.title, of)
            print(*made, sep="\n")
        case "import":
            return _import(options.root, options.sheet, options.kind)
        case "rename":
            changed = rename(options.root, _archive(options.root), options.entry, options.id)
            print(
                f"{options.entry} is now {options.entry.partition(':')[0]}:{options.id}, and its"
                " old address redirects;"
                " changed:"
            )
            print(*(f"  {path.relative_to(options.root)}" for path in changed), sep="\n")
        case "changes":
            return _changes(options.root, options.commit)
        case "where":
            return _where(options.root, options.id)
        case "language-server":
            _language_server(options.root)
        case "requote":
            return _requote(options.root, options.apply)
        case "delete":
            return _delete(options)
        case "links":
            return _links(
                options.root,
                options.ids,
                options.today or datetime.datetime.now(tz=datetime.UTC).date(),
            )
        case "schemas":
            print(*write_schemas(options.root), *add_modelines(options.root), sep="\n")
        case "review":
            return _review(
                options.root, options.source, options.paragraphs, _signed(options.by, options.today)
            )
        case "release":
            return _release(
                options.root, options.version, Reasons(options.by, options.why), options.commit
            )
        case "export" | "pages" | "book" if _is_own(
            options.root.resolve(), options.folder.resolve()
        ):
            print(
                f"dossier: {options.folder} belongs to the project itself; name a folder of its"
                " own, such as out",
                file=sys.stderr,
            )
            return 2
        case "export":
            return _export(options.root, options.folder, options.url)
        case "pages":
            return _pages(options.root, options.folder, options.url)
        case "book":
            return _book(options)
        case "open":
            return _open(
                options.root, options.today or datetime.datetime.now(tz=datetime.UTC).date()
            )
    return 0


_ASKED = (
    ("text", "The text, a file: ", None),
    ("title", "Its title: ", None),
    ("language", "Its language, by code [en]: ", "en"),
    ("author", "Who wrote it [unknown]: ", ""),
    ("date", "When, such as 1863-11-19 [unknown]: ", ""),
    ("genre", "What it is called in a sentence [text]: ", "text"),
    ("license", f"License of your notes, {', '.join(LICENSES)} [CC-BY-4.0]: ", "CC-BY-4.0"),
)
"""What ``init`` needs to know, how it asks, and what an empty answer means; ``None`` for none."""


def _init(options: argparse.Namespace) -> int:
    """Begin an edition and build it; what is needed and not given is asked on a terminal."""
    known = {name: getattr(options, name) for name, *_ in _ASKED}
    for name, question, otherwise in _ASKED:
        while known[name] is None and sys.stdin.isatty():
            answer = input(question).strip() or otherwise
            if wrong := fault_of(name, answer):
                print(wrong)  # and ask again
            else:
                known[name] = answer
        if known[name] is None and otherwise is None:
            raise ScaffoldError(f"init needs --{name}")
    begun = Beginning(
        text=Path(known["text"]),
        language=canonical(known["language"] or "en"),
        title=" ".join(known["title"].split()),
        encoding=options.encoding,
        author=known["author"] or None,
        date=known["date"] or None,
        genre=known["genre"] or "text",
        license=known["license"] or "CC-BY-4.0",
        verse=options.verse,
    )
    count = init(options.folder, begun, datetime.datetime.now(tz=datetime.UTC).date())
    print(f"{count} paragraphs in {options.folder}, p1 to p{count}", flush=True)
    if options.no_build:
        return 0
    if find_spec("mkdocs") is None or find_spec("material") is None:
        print(f"now: cd {options.folder} && make site")
        return 0
    environment = {**os.environ, "PYTHONPATH": str(options.folder.resolve() / "hooks")}
    return subprocess.run(
        [sys.executable, "hooks/build.py"], cwd=options.folder, env=environment, check=False
    ).returncode


def _is_own(root: Path, folder: Path) -> bool:
    """Whether writing into a folder would overwrite what the project is made from."""
    return root.is_relative_to(folder) or any(
        folder.is_relative_to(root / name) for name in (".git", "data", "docs", "hooks", "tests")
    )


def _archive(root: Path) -> Archive:
    """The archive as far as it can be read: one makes and renames entries while others are
    broken.
    """
    return load(root, Report())


def _import(root: Path, sheet: Path, kind: str | None) -> int:
    try:
        files = import_sheet(root, _archive(root), sheet, kind)
    except InvalidArchiveError as error:
        print(*error.violations, sep="\n", file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        return 1
    print(*(file.relative_to(root).as_posix() for file in files), sep="\n")
    return 0


def _changes(root: Path, commit: str) -> int:
    """Print what a change alters for readers; 1 where either state cannot be read."""
    try:
        after = read_graph(root)
        with tree_of(root, commit) as (_, folder):
            print(summary(read_graph(folder), after))
    except InvalidArchiveError as error:
        print(*error.violations, sep="\n", file=sys.stderr)
        return 1
    return 0


def _language_server(root: Path) -> None:
    """Answer an editor. Raises ``ScaffoldError`` where the library for it is not there."""
    if find_spec("pygls") is None:
        raise ScaffoldError(
            "the language server needs pygls; install it with"
            f" {Path(sys.executable).name} -m pip install --require-hashes -r"
            " requirements/editor.txt"
        )
    from .language_server import serve  # noqa: PLC0415

    serve(root)


def _where(root: Path, name: str) -> int:
    """Print what depends on what a name may mean; 2 where it means nothing."""
    graph = build_graph(_archive(root))
    found = targets(graph, name)
    if not found:
        known = [record.model.id for kind in MODELS for record in graph.archive.of(kind).values()]
        meant = nearest(name.rpartition(":")[2], known)
        print(f'dossier: there is nothing called "{name}"{meant}', file=sys.stderr)
        return 2
    for target in found:
        print(*where(graph, target, not graph.archive.broken), sep="\n")
    return 0


def _requote(root: Path, which: str | None) -> int:
    """Print the broken quotations, or put the right words in; 1 where some are left."""
    graph = build_graph(_archive(root))
    found = requotes(root, graph)
    owners = sorted({one.quoted.owner for one in found})
    if which not in (None, "all", *owners):
        listed = f"; there are {', '.join(owners)}" if owners else ""
        print(f"dossier: no quotation broke in {which}{listed}", file=sys.stderr)
        return 2
    edits = Edits(root)
    left = 0
    for one in found:
        chosen = which is not None and which in ("all", one.quoted.owner)
        done = chosen and bool(one.now) and put_in(edits, graph, one)
        left += not done
        print(f"{one}{_outcome(done, chosen, one.now)}")
    for path in edits.apply():
        print(f"changed {path.relative_to(root)}")
    if not found:
        print("every quotation stands where it should")
    elif which is None:
        print(
            f"{len(found)} of the quotations broke; dossier requote --apply all puts the words in,"
            f" --apply {owners[0]} those of one"
        )
    return 1 if left else 0


def _outcome(done: bool, chosen: bool, now: str) -> str:
    if done:
        return "\n  put in"
    return "\n  left: markup stands among the words, change them by hand" if chosen and now else ""


def _delete(options: argparse.Namespace) -> int:
    """Delete an entry; 1 with all that would dangle where that is anything."""
    root = options.root
    try:
        changed = delete(
            root,
            _archive(root),
            options.entry,
            options.reason,
            options.replacement,
            options.today or datetime.date.today(),
        )
    except DanglingError as error:
        print(*error.violations, sep="\n", file=sys.stderr)
        count = len(error.violations)
        print(
            f"{options.entry} was not deleted: {count} {'place' if count == 1 else 'places'} would"
            " be wrong without it; change them first, or say what stands for it with --replacement",
            file=sys.stderr,
        )
        return 1
    told = " and its old address says why" if options.reason else ""
    print(f"{options.entry} is gone{told}; changed:")
    print(*(f"  {path.relative_to(root)}" for path in changed), sep="\n")
    return 0


def _links(root: Path, ids: list[str], today: datetime.date) -> int:
    """Print what each address answers; 1 if any does not."""
    works = {id_: record.model for id_, record in _archive(root).references.items()}
    if unknown := [id_ for id_ in ids if id_ not in works]:
        print(f"dossier: no reference {', '.join(unknown)} in {links.FILE}", file=sys.stderr)
        return 2
    answers = []
    for answer in links.ask(works[id_] for id_ in ids or works):
        answers.append(answer)
        if answer.trouble:
            print(f"{answer.id}: {answer.url} {answer.trouble}", flush=True)
    sound = links.record(root, answers, today)
    print(
        f"{len(sound)} works answered, as of {today}; {len({a.id for a in answers if a.trouble})}"
        " did not"
    )
    return 1 if any(answer.trouble for answer in answers) else 0


def _open(root: Path, today: datetime.date) -> int:
    try:
        found = open_work(read_graph(root), today)
    except InvalidArchiveError:
        return _check(root)
    for heading, lines in found.items():
        print(f"{heading} ({len(lines)})")
        print("".join(f"  {line}\n" for line in lines), end="")
    if not found:
        print("nothing open")
    return 0


def _export(root: Path, folder: Path, url: str) -> int:
    try:
        files = make_exports(root, url)
    except InvalidArchiveError:
        return _check(root)
    write_files(files, folder)
    print(f"{len(files)} files in {folder}")
    return 0


def _pages(root: Path, folder: Path, url: str) -> int:
    try:
        site = make_site(root, url)
        # No page may name a twin that no generator makes.
        site = replace(site, assets=copied(site.assets))
        count = write_folder(site, root, folder)
    except InvalidArchiveError:
        return _check(root)
    print(f"{count} pages in {folder}")
    return 0


def _book(options: argparse.Namespace) -> int:
    site = options.site or options.root / "site"
    try:
        make_books(options.root, options.folder, site, options.url, options.format or [*FORMATS])
    except InvalidArchiveError:
        return _check(options.root)
    return 0


def _check(root: Path) -> int:
    try:
        graph = read_graph(root)
        check_addresses(graph, (make().path for _, make in all_pages(graph)))
    except InvalidArchiveError as error:
        for violation in error.violations:
            print(violation, file=sys.stderr)
            if os.environ.get("GITHUB_ACTIONS"):
                print(annotation(violation))
        count = len(error.violations)
        print(f"{count} {'violation' if count == 1 else 'violations'}", file=sys.stderr)
        return 1
    archive = graph.archive
    for drift in drifts(root, graph):
        print(drift)
        if os.environ.get("GITHUB_ACTIONS"):
            print(annotation(Violation(drift.location, str(drift).partition(": ")[2]), "warning"))
    entries = sum(1 for _ in archive.entries())
    paragraphs = sum(len(t.paragraphs) for t in archive.translations.values())
    print(
        f"all in order: {entries} entries, {len(archive.references)} references, {paragraphs}"
        " paragraphs"
    )
    _tell_balance(graph)
    return 0


def _tell_balance(graph: Graph) -> None:
    """How many arguments are on each side, and the editors' that nothing answers: open work, not
    violations.
    """
    rows = balance(graph)
    if not any(
        side.editors for side in rows
    ):  # only a map to which editors have added can be unfair
        return
    print(
        "arguments: "
        + ", ".join(
            f"{len(s.arguments)} {s.word} the case ({len(s.editors)} by the editors)" for s in rows
        )
    )
    for record in (graph.archive.arguments[id_] for side in rows for id_ in side.unanswered):
        print(f"  open: nothing answers {record.document.path}: {record.model.name}")


def annotation(violation: Violation, level: str = "error") -> str:
    """The violation as GitHub shows it beside the changed line."""
    place = violation.location
    text = str(violation).partition(": ")[2].replace("%", "%25")
    return f"::{level} file={place.path},line={place.line},col={place.column}::{text}"


def _signed(by: str, today: datetime.date | None) -> str:
    return f"{by}, {today or datetime.date.today()}" if by else ""


def _review(root: Path, source: str | None, paragraphs: list[str], by: str) -> int:
    archive = _archive(root)
    id_ = _chosen(archive, source or (None if archive.only_source() else ""))
    if id_ is None:
        return 2
    unknown = [
        p for p in paragraphs if p not in {q.id for q in archive.translations[id_].paragraphs}
    ]
    if unknown:
        print(f"dossier: {id_} has no {', '.join(unknown)}", file=sys.stderr)
        return 2
    lock = write_lock(root, archive, id_, paragraphs, by)
    print(
        f"reviewed: {' '.join(paragraphs) or 'all paragraphs'} of {id_}, noted in"
        f" {lock.relative_to(root)}"
    )
    return 0


def _release(root: Path, version: str, reasons: Reasons, commit: str) -> int:
    try:
        archive = read_graph(root).archive
    except InvalidArchiveError:
        return _check(root)
    written = write_release(root, archive, version, reasons, commit)
    print(f"release {version}, written to {', '.join(str(p.relative_to(root)) for p in written)}")
    if not commit:
        print(
            f"commit that; once it is merged, publish it: git tag -a v{version} -m v{version}"
            f" && git push origin v{version}"
        )
    return 0


def _chosen(archive: Archive, source: str | None) -> str | None:
    """The source that is meant, or ``None`` after saying that it must be named."""
    id_ = archive.default_source() if source is None else source
    if id_ in archive.sources:
        return id_
    print(
        f"dossier: name a source with --source; known: {', '.join(archive.sources) or 'none'}",
        file=sys.stderr,
    )
    return None


def _match(root: Path, copy: Path, source: str | None) -> int:
    archive = _archive(root)
    id_ = _chosen(archive, source)
    if id_ is None:
        return 2
    prints = archive.sources[id_].model.fingerprints
    text = copy.read_text(encoding="utf-8")
    # A paragraph a line, or, as in many plain texts, one between any two empty lines.
    readings = (match_copy(lines, prints) for lines in (text, "\n".join(paragraphs(text))))
    result = max(readings, key=lambda found: len(found.matched))
    total = len(result.matched) + len(result.missing)
    print(
        f"{len(result.matched)} of {total} paragraphs match: {' '.join(result.matched) or 'none'}"
    )
    if result.missing:
        print(f"not found in your copy: {' '.join(result.missing)}")
    for line in result.unknown:
        print(f"in your copy only: {line[:60]}")
    slips = list(misplaced(build_graph(archive), id_, result.texts))
    if archive.renderings and result.texts:
        print(
            *(
                slips
                or [
                    f"the headwords stand where the data say, in the {len(result.texts)} that match"
                ]
            ),
            sep="\n",
        )
    return 1 if result.missing or slips else 0


def _fingerprint(text: Path) -> int:
    lines = [line for line in text.read_text(encoding="utf-8").splitlines() if line.strip()]
    print(*recognized_by(lines), sep="\n")
    return 0
