"""Archives of any size to measure with: sources of sixty paragraphs and twenty entries each.

They are made up of a few hundred words with a fixed seed, so the same size gives the same archive.
Entries link as real ones do: a source names its own entries most, some of its neighbors', and those
that every source names.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPHS = 60
KINDS = {
    "actor": 5,
    "policy": 2,
    "argument": 4,
    "product": 1,
    "event": 3,
    "figure": 1,
    "term": 2,
    "check": 2,
}
"""Entries a source: twenty."""
REFERENCES = 4

SYLLABLES = [
    "ba",
    "den",
    "fol",
    "gar",
    "hin",
    "jor",
    "kel",
    "lum",
    "mar",
    "nod",
    "pel",
    "quin",
    "ros",
    "sul",
    "tam",
    "vor",
    "wen",
    "yal",
    "zim",
    "cor",
]
HAN = "江河湖海山川林木石田风雨雷电春夏秋冬东西南北金银铜铁红黄蓝白"
FOLDERS = {"actor": "actors", "policy": "policies", "argument": "arguments", "product": "products"}
TYPES = {
    "actor": ("person", "company", "group", "government body"),
    "argument": ("causal", "value", "analogy"),
}


class Maker:
    """One archive, written source by source into a project folder."""

    def __init__(self, folder: Path, sources: int) -> None:
        self.folder = folder
        self.sources = sources
        self.random = random.Random(7)
        self.words = sorted({a + b for a in SYLLABLES for b in SYLLABLES if a != b})
        self.lists: dict[str, list[dict[str, Any]]] = {
            kind: [] for kind in ("events", "figures", "terms", "references")
        }
        self.fingerprints: set[str] = set()

    def make(self) -> None:
        for number in range(self.sources):
            self.source(number)
        for name, records in self.lists.items():
            self.write(f"data/{name}.yml", records)

    def write(self, path: str, value: Any) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            yaml.dump(
                value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
            ),
            encoding="utf-8",
        )

    # Words

    def name(self, count: int = 2) -> str:
        return " ".join(self.random.choice(self.words).capitalize() for _ in range(count))

    def sentence(self, *links: str) -> str:
        words = [self.random.choice(self.words) for _ in range(self.random.randint(10, 18))]
        for link in links:
            words.insert(self.random.randrange(1, len(words)), link)
        return f"{words[0].capitalize()} {' '.join(words[1:])}."

    def ids(self, number: int, kind: str) -> list[str]:
        return [f"{kind}-{number % self.sources:03d}-{n}" for n in range(KINDS[kind])]

    def near(self, number: int, kind: str) -> str:
        """An entry of a kind: mostly the source's own, sometimes a neighbor's, sometimes one that
        all know.
        """
        other = self.random.choices((number, number + 1, number + 2, 0), (70, 12, 8, 10))[0]
        return self.random.choice(self.ids(other, kind))

    def link(self, number: int, kind: str) -> str:
        id_ = self.near(number, kind)
        return f"[{' '.join(part.capitalize() for part in id_.split('-')[:2])}]({kind}:{id_})"

    # Records

    def source(self, number: int) -> None:
        id_ = f"source-{number:03d}"
        text = []
        middle = PARAGRAPHS // 3
        for paragraph in range(1, PARAGRAPHS + 1):
            if paragraph in (middle + 1, 2 * middle + 1):
                text.append(f"## Part {paragraph // middle} {{#part-{paragraph // middle}}}\n")
            sentences = [
                self.sentence(*self.links(number)) for _ in range(self.random.randint(3, 6))
            ]
            text.append(
                f"{' '.join(sentences)} The mark of {number:03d} is {paragraph}.\n{{ #p{paragraph}"
                " }\n"
            )
        path = self.folder / f"docs/sources/{id_}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(text), encoding="utf-8")
        self.write(
            f"data/sources/{id_}.yml",
            {
                "title": f"On {self.name(3)}", "title_by_editors": True,
                "short": f"Source {number}", "author": None, "language": "zh-Hans",
                "publisher": "A paper", "date": "2025", "date_note":
                    "The day is unknown.", "unknown": ["its author"],
                "rights": "Invented.", "translators": ["a machine"], "translated": "2026-01-01",
                "description": "An invented essay [@p1].",
                "parts": [
                    {"id": name, "title": name, "first": f"p{first}",
                    "last": f"p{first + middle - 1}", "subject": self.name(3)}
                    for name,
                    first in (("opening", 1), ("part-1", middle + 1), ("part-2", 2 * middle + 1))
                ],
                "paragraphs": PARAGRAPHS,
                "fingerprints": {
                    f"p{n}": hashlib.sha256(f"{id_} {n}".encode()).hexdigest()
                    for n in range(1, PARAGRAPHS + 1)
                },
            },
        )  # fmt: skip
        for kind in ("actor", "policy", "argument", "product"):
            for n, entry in enumerate(self.ids(number, kind)):
                self.write(
                    f"data/{FOLDERS[kind]}/{entry}.yml", self.page_entry(number, id_, kind, n)
                )
        self.list_entries(number, id_)

    def links(self, number: int) -> list[str]:
        kinds = ("actor", "actor", "actor", "policy", "product", "term", "event", "figure")
        return [
            self.link(number, self.random.choice(kinds))
            for _ in range(self.random.choice((0, 1, 1, 2)))
        ]

    def at(self) -> str:
        return f"p{self.random.randint(1, PARAGRAPHS)}"

    def cited(self, number: int) -> str:
        return (
            f"{self.sentence(self.link(number, 'actor'))[:-1]} [@{self.at()};"
            f" @work-{number:03d}-{self.random.randrange(REFERENCES)}]."
        )

    def passages(self, number: int, count: int) -> list[dict[str, Any]]:
        return [
            {
                "voice": self.random.choice(("author", "editors")),
                "text": f"{self.cited(number)} {self.cited(number)}",
            }
            for _ in range(count)
        ]

    def page_entry(self, number: int, source: str, kind: str, n: int) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "name": f"{self.name()} {number}",
            "zh": "".join(self.random.sample(HAN, 3)) if kind != "argument" else None,
            "aliases": [self.name()], "source": source, "summary": self.cited(number),
            "account": self.passages(number, 4),
            "standalone": "Made to measure with.",
        }  # fmt: skip
        if kind == "actor":
            entry |= {
                "type": TYPES["actor"][n % 4],
                "relations": [
                    {
                        "voice": "author",
                        "type": "supplies",
                        "to": f"actor:{to}",
                        "text": self.cited(number),
                    }
                    for to in dict.fromkeys(self.near(number, "actor") for _ in range(2))
                    if to != f"actor-{number:03d}-{n}"
                ],
                "stances": [
                    {
                        "voice": "author",
                        "toward": f"policy:{self.near(number, 'policy')}",
                        "stance": "supports",
                        "text": self.cited(number),
                    }
                ],
            }
        elif kind == "policy":
            entry |= {
                "instrument": "tariff", "issuer": f"actor:{self.near(number, 'actor')}",
                "target": self.cited(number),
                "status": [{"voice": "author", "state": "in force", "date": f"{2015 + n}",
                "text": self.cited(number)}],
            }  # fmt: skip
        elif kind == "argument":
            entry |= {
                "claim": self.cited(number), "maker": "author", "type": TYPES["argument"][n % 3],
                "premises": [{"voice": "author", "text": self.cited(number)} for _ in range(2)],
                "supports": [f"argument:argument-{number:03d}-{n - 1}"] if n else [],
            }  # fmt: skip
        else:
            entry |= {"type": "device", "maker": f"actor:{self.near(number, 'actor')}"}
        return entry

    def list_entries(self, number: int, source: str) -> None:
        shared = {"source": source, "voice": "author", "standalone": "Made to measure with."}
        for n, id_ in enumerate(self.ids(number, "event")):
            self.lists["events"].append(
                {"id": id_, "name": self.name(3), **shared,
                "date": f"{2016 + number % 9}-{n + 1:02d}-{1 + number % 28:02d}",
                 "lane": ("law", "economy", "politics")[n % 3], "summary": self.cited(number),
                 "actors": [f"actor:{self.near(number, 'actor')}"]}
            )  # fmt: skip
        for id_ in self.ids(number, "figure"):
            at = self.at()
            self.lists["figures"].append(
                {"id": id_, "name": self.name(3), **shared, "words": f"The mark of {number:03d} "
                f"is {at[1:]}", "value": 10 ** (number % 9 + 3), "unit": "USD",
                 "counts": self.sentence(), "cites": [at]}
            )  # fmt: skip
        for id_ in self.ids(number, "term"):
            self.lists["terms"].append(
                {
                    "id": id_,
                    "name": self.name(),
                    "zh": "".join(self.random.sample(HAN, 4)),
                    **shared,
                    "type": "term",
                    "note": self.cited(number),
                }
            )
        checks = []
        for id_ in self.ids(number, "check"):
            at = self.at()
            checks.append(
                {"id": id_, "name": self.name(3), **shared, "type": "fact", "quote": "The mark "
                f"of {number:03d} is {at[1:]}", "cites": [at],
                 "verdict": "bears out", "note": self.cited(number), "checked": "2026-01-01",
                 "about": [f"actor:{self.near(number, 'actor')}"]}
            )  # fmt: skip
        self.write(f"data/checks/{source}.yml", checks)
        for n in range(REFERENCES):
            self.lists["references"].append(
                {"id": f"work-{number:03d}-{n}", "title": self.name(5),
                "publisher": f"{self.name()} Press", "date": f"{2020 + n}",
                 "url": f"https://example.org/{number}/{n}", "basis": "read",
                 "accessed": "2026-01-01", "standalone": "Made to measure with."}
            )  # fmt: skip


def make_archive(folder: Path, sources: int) -> None:
    """A project of that many sources in an empty folder: data and texts, with this project's hooks
    and styles.
    """
    folder.mkdir(parents=True)
    Maker(folder, sources).make()
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
    for name in ("CITATION.cff", "CHANGELOG.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "docs/index.md").write_text(
        "# An archive\n\nMade to measure with.\n", encoding="utf-8"
    )
    for name in ("contribute", "open-data", "rights"):
        (folder / f"docs/{name}.md").write_text(
            f"# {name.capitalize()}\n\n## Edit {{ #edit }}\n\nMade to measure with.\n",
            encoding="utf-8",
        )
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = (
        "nav:\n  - Home: index.md\n  - Actors: actors/index.md\n  - Policies: "
        "policies/index.md\n  - Arguments: arguments/index.md\n"
    )
    nav += "  - About:\n      - contribute.md\n      - open-data.md\n      - rights.md\n"
    (folder / "mkdocs.yml").write_text(
        re.sub(r"^nav:\n(?:[ -].*\n)+", nav, config, flags=re.MULTILINE), encoding="utf-8"
    )
