"""The command line: check the data, match a copy of a source against its fingerprints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import InvalidArchiveError, Report, Violation
from .fingerprint import fingerprint, match
from .load import load
from .site import read_graph


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 is success, 1 a violation or a copy that does not match, 2 a wrong call."""
    parser = argparse.ArgumentParser(prog="dossier", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check the data and the texts, without building")
    compare = commands.add_parser("match", help="say which paragraphs of your copy of a source match its fingerprints")
    compare.add_argument("copy", type=Path, help="a text file with a paragraph a line")
    compare.add_argument("--source", help="the id of the source (needed where there are several)")
    hashes = commands.add_parser("fingerprint", help="print the fingerprints of a source text, a paragraph a line")
    hashes.add_argument("text", type=Path)
    options = parser.parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options.root)
        if options.command == "match":
            return _match(options.root, options.copy, options.source)
        return _fingerprint(options.text)
    except OSError as error:
        print(f"dossier: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print("dossier: the file is not UTF-8 text; save it as UTF-8", file=sys.stderr)
        return 2


def _check(root: Path) -> int:
    try:
        archive = read_graph(root).archive
    except InvalidArchiveError as error:
        for violation in error.violations:
            print(violation, file=sys.stderr)
            if os.environ.get("GITHUB_ACTIONS"):
                print(annotation(violation))
        count = len(error.violations)
        print(f"{count} {'violation' if count == 1 else 'violations'}", file=sys.stderr)
        return 1
    entries = sum(1 for _ in archive.entries())
    paragraphs = sum(len(t.paragraphs) for t in archive.translations.values())
    print(f"all in order: {entries} entries, {len(archive.references)} references, {paragraphs} paragraphs")
    return 0


def annotation(violation: Violation) -> str:
    """The violation as GitHub shows it beside the changed line."""
    place = violation.location
    text = str(violation).partition(": ")[2].replace("%", "%25")
    return f"::error file={place.path},line={place.line},col={place.column}::{text}"


def _match(root: Path, copy: Path, source: str | None) -> int:
    report = Report()
    archive = load(root, report)
    id_ = source or archive.only_source()
    if id_ not in archive.sources:
        print(f"dossier: name a source with --source; known: {', '.join(archive.sources) or 'none'}", file=sys.stderr)
        return 2
    result = match(copy.read_text(encoding="utf-8"), archive.sources[id_].model.fingerprints)
    total = len(result.matched) + len(result.missing)
    print(f"{len(result.matched)} of {total} paragraphs match: {' '.join(result.matched) or 'none'}")
    if result.missing:
        print(f"not found in your copy: {' '.join(result.missing)}")
    for line in result.unknown:
        print(f"in your copy only: {line[:60]}")
    return 0 if not result.missing else 1


def _fingerprint(text: Path) -> int:
    number = 0
    for line in text.read_text(encoding="utf-8").splitlines():
        if line.strip():
            number += 1
            print(f'p{number}: "{fingerprint(line)}"')
    return 0
