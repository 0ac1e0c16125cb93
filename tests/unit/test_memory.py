"""A server that runs all day: an edit leaves nothing behind of what the file held before."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from pathlib import Path

from dossier.graph.dependencies import Keeper
from dossier.read.load import HandPage, Record
from dossier.read.page_text import PageText
from dossier.read.prose import Prose
from dossier.read.translation import Translation
from dossier.read.yamldoc import Document
from dossier.write.site import Workshop

KEPT = (Record, Document, Translation, HandPage, PageText, Prose)
EDITS = 200
A_LONG_NOTE = "It burns until the morning. " * 40

EDITED = [
    ("data/actors/lin-na.yml", "tax [@p1].", "tax [@p1]. Edit NUMBER. " + A_LONG_NOTE),
    ("data/references.yml", "title: ", "title: Edit NUMBER of "),
    ("docs/sources/lamp-tax.md", "\n{ #p1 }", " Edit NUMBER. " + A_LONG_NOTE + "\n{ #p1 }"),
    ("docs/index.md", "# ", "# Edit NUMBER of "),
]


def test_memory_stays_while_files_are_edited(project: Path) -> None:
    texts = {path: (project / path).read_text(encoding="utf-8") for path, _, _ in EDITED}
    workshop = Workshop(project, keeper=Keeper())

    def edit(first: int, count: int) -> None:
        for number in range(first, first + count):
            path, old, new = EDITED[number % len(EDITED)]
            assert old in texts[path]
            text = texts[path].replace(old, new.replace("NUMBER", str(number)), 1)
            (project / path).write_text(text, encoding="utf-8")
            workshop.pages()

    def kept() -> tuple[Counter[str], int]:
        gc.collect()
        found = Counter(
            type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, KEPT)
        )
        return found, sys.getallocatedblocks()

    edit(0, 40)
    before, blocks = kept()
    edit(40, EDITS)
    after, more_blocks = kept()
    assert after == before
    # A phrase or two may sit in a cache of limited size; a file that was parsed and kept is
    # hundreds.
    assert (more_blocks - blocks) / EDITS < 20
