"""An invented archive of any size, written as a project folder that our own code accepts.

The same size and seed give the same files. Words follow Zipf's law over a vocabulary that grows with
the text, as that of a language does; most links stay within a source, some lead to entries of other
sources, and a few actors are in all of them. So an archive of a hundred sources is not a hundred
archives side by side.

    python tests/bench/archive.py 100 /tmp/hundred
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPHS = 60
PER_SOURCE = {"actor": 4, "policy": 2, "argument": 4, "product": 1, "event": 3, "figure": 1, "term": 2, "check": 3}
"""Entries of each kind that come with a source: twenty."""
WORKS = 8
"""Works in the bibliography that come with a source."""
HUBS = 3
"""Actors of the first source that every source speaks of."""

_SYLLABLES = [a + b for a in "b c d f g h k l m n p r s t v st tr pl br ch".split() for b in "a e i o u ai ou er an in".split()]
_SMALL = "the of and to in that it for on with as was by at from had not are but which were this have its be or an they".split()
_HAN = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭肖田董潘袁于蒋蔡余杜叶程魏苏吕丁任沈姚卢钟姜崔谭陆"
_HAN += "国华军明伟芳娜静丽强磊洋勇艳杰娟涛超秀霞平刚桂英科技贸易关税芯片政策出口管制许可产业投资数据算力模型云端半导体设备"
_YEARS = range(2015, 2027)


@dataclass
class Text:
    """A translated source: its paragraphs as written, and in plain words."""

    id: str
    written: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)


class Maker:
    """Writes one archive; everything that it draws comes from one seeded generator."""

    def __init__(self, sources: int, seed: int) -> None:
        self.random = random.Random(f"{sources} {seed}")
        self.sources = [f"source-{n:03}" for n in range(1, sources + 1)]
        self.words = [*_SMALL, *self._vocabulary(3000 + 300 * sources)]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(self.words) + 1)))
        self.texts: dict[str, Text] = {}
        self.names: dict[str, str] = {}
        self.data: dict[str, dict[str, Any]] = {}
        self.lists: dict[str, list[dict[str, Any]]] = {"events": [], "figures": [], "terms": [], "references": []}

    # Words

    def _vocabulary(self, size: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            found["".join(self.random.choice(_SYLLABLES) for _ in range(self.random.choice((1, 2, 2, 3, 3, 4))))] = None
        return list(found)

    def word(self) -> str:
        return self.words[min(bisect(self.weights, self.random.random() * self.weights[-1]), len(self.words) - 1)]

    def clause(self, count: int) -> str:
        return " ".join(self.word() for _ in range(count))

    def sentence(self, count: int = 0) -> str:
        text = self.clause(count or self.random.randint(9, 24))
        return text[:1].upper() + text[1:] + "."

    def title(self, count: int) -> str:
        return " ".join(self.random.choice(self.words[200:]).capitalize() for _ in range(count))

    def han(self, count: int) -> str:
        return "".join(self.random.choice(_HAN) for _ in range(count))

    def date(self) -> str:
        return f"{self.random.choice(_YEARS)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    # The archive

    def make(self) -> None:
        for number, source in enumerate(self.sources):
            self._name_entries(number)
            self._write_text(number, source)
        for number, source in enumerate(self.sources):
            self._write_source(number, source)
            self._write_entries(number, source)

    def ids(self, kind: str, number: int) -> list[str]:
        """The ids of a kind's entries that come with a source."""
        return [f"{kind}-{number + 1:03}-{n}" for n in range(1, PER_SOURCE[kind] + 1)]

    def key(self, kind: str, number: int) -> str:
        """An entry of a kind, mostly one of this source, sometimes one of an earlier one."""
        if number and self.random.random() < 0.2:
            number = self.random.randrange(number)
        return f"{kind}:{self.random.choice(self.ids(kind, number))}"

    def _name_entries(self, number: int) -> None:
        for kind, length in {"actor": 2, "policy": 3, "argument": 4, "product": 1, "event": 4, "figure": 3, "term": 2, "check": 4}.items():
            for id_ in self.ids(kind, number):
                self.names[f"{kind}:{id_}"] = self.title(length)

    def _write_text(self, number: int, source: str) -> None:
        """Paragraphs of five sentences, two to four of which name an entry; every entry of the source is named."""
        own = [f"{kind}:{id_}" for kind in PER_SOURCE if kind not in ("check", "figure") for id_ in self.ids(kind, number)]
        hubs = [f"actor:{id_}" for id_ in self.ids("actor", 0)[:HUBS]]
        text = Text(source)
        for paragraph in range(PARAGRAPHS):
            written, plain = [], []
            links = [own[paragraph % len(own)], self.random.choice(hubs)][: self.random.randint(1, 2)]
            links += [self.key(self.random.choice(("actor", "actor", "policy", "term", "event", "product")), number) for _ in range(2)]
            for place in range(5):
                words, target = self.clause(self.random.randint(9, 20)), links[place] if place < len(links) else ""
                if place == 4 and paragraph % 4 == 0:
                    target = f"figure:{self.random.choice(self.ids('figure', number))}"
                    words, name = f"{words} by", f"{100 + paragraph} percent"
                else:
                    name = self.names.get(target, "")
                words = words[:1].upper() + words[1:]
                written.append(f"{words} [{name}]({target})." if target else f"{words}.")
                plain.append(f"{words} {name}." if target else f"{words}.")
            text.written.append(" ".join(written) + (f"[^n{paragraph}]" if paragraph % 10 == 5 else ""))
            text.plain.append(" ".join(plain))
        self.texts[source] = text

    def _quote(self, source: str, paragraph: int) -> str:
        words = self.texts[source].plain[paragraph - 1].split(".")[0].split()
        start = self.random.randrange(max(1, len(words) - 6))
        return " ".join(words[start : start + 6])

    def _write_source(self, number: int, source: str) -> None:
        self.lists["references"] += [
            {
                "id": work,
                "title": self.title(5),
                "publisher": self.title(2),
                "date": self.date(),
                "url": f"https://example.org/{work}",
                "basis": "read" if n % 2 else "known",
                **({"accessed": "2026-01-02"} if n % 2 else {}),
            }
            for n, work in enumerate(self.works(number))
        ]
        third = PARAGRAPHS // 3
        self.data[f"sources/{source}"] = {
            "title": self.title(6),
            "title_by_editors": True,
            "short": self.title(2),
            "author": None,
            "language": "zh-Hans",
            "publisher": self.title(2),
            "date": self.date(),
            "date_note": self.sentence(),
            "unknown": ["its author"],
            "rights": "Invented for measuring.",
            "translators": ["the bench"],
            "translated": "2026-01-01",
            "description": f"{self.sentence()} [@p1-p3]",
            "parts": [
                {
                    "id": f"part-{n + 1}",
                    "title": f"Part {n + 1}",
                    "first": f"p{n * third + 1}",
                    "last": f"p{(n + 1) * third}",
                    "subject": self.title(4),
                }
                for n in range(3)
            ],
            **({"default": True} if number == 0 and len(self.sources) > 1 else {}),
            "paragraphs": PARAGRAPHS,
            "fingerprints": {f"p{n}": hashlib.sha256(f"{source} {n}".encode()).hexdigest() for n in range(1, PARAGRAPHS + 1)},
        }

    def works(self, number: int) -> list[str]:
        return [f"work-{number + 1:03}-{n}" for n in range(1, WORKS + 1)]

    def cites(self, number: int, count: int = 1) -> list[str]:
        """Paragraphs, mostly of this source; now and then a range, or one of another source."""
        found = []
        for _ in range(count):
            paragraph = self.random.randint(1, PARAGRAPHS - 2)
            draw = self.random.random()
            if draw < 0.1:
                found.append(f"p{paragraph}-p{paragraph + 2}")
            elif draw < 0.2 and len(self.sources) > 1:
                found.append(f"{self.random.choice(self.sources)}:p{paragraph}")
            else:
                found.append(f"p{paragraph}")
        return found

    def prose(self, number: int, sentences: int = 2) -> str:
        """Sentences with a link and a citation."""
        key = self.key(self.random.choice(("actor", "policy", "product", "event", "term")), number)
        said = " ".join(self.sentence() for _ in range(sentences))
        return f"{said} Of this [{self.names[key]}]({key}) {self.clause(6)} [@{self.cites(number)[0]}]."

    def recorded(self, number: int) -> str:
        return f"{self.sentence()} {self.sentence()[:-1]} [@{self.random.choice(self.works(number))}]."

    def account(self, number: int, source: str) -> list[dict[str, Any]]:
        paragraph = self.random.randint(1, PARAGRAPHS)
        return [
            {"voice": "author", "text": self.prose(number, 2)},
            {"voice": "author", "text": self.prose(number, 1), "quote": self._quote(source, paragraph), "cites": [f"p{paragraph}"]},
            {"voice": "editors", "text": self.recorded(number)},
        ]

    def _write_entries(self, number: int, source: str) -> None:
        several = {"source": source} if len(self.sources) > 1 else {}

        def page_entry(kind: str, id_: str, **fields: Any) -> None:
            folder = {"policy": "policies"}.get(kind, f"{kind}s")
            self.data[f"{folder}/{id_}"] = {
                "name": self.names[f"{kind}:{id_}"],
                **several,
                "summary": self.prose(number, 1),
                "account": self.account(number, source),
                **fields,
            }

        for n, id_ in enumerate(self.ids("actor", number)):
            page_entry(
                "actor", id_, zh=self.han(3), aliases=[self.han(2), self.title(1)],
                type=("company", "government body", "person", "group")[n],
                roles=[{"voice": "author", "title": self.title(2), "start": self.date(), "cites": self.cites(number)}],
                relations=[
                    {"voice": "author", "to": key, "type": self.random.choice(("leads", "supplies", "lobbies", "regulates")), "cites": self.cites(number), "text": self.sentence()}
                    for key in dict.fromkeys(self.key("actor", number) for _ in range(2)) if key != f"actor:{id_}"
                ],
                stances=[
                    {"voice": "author", "toward": self.key(kind, number), "stance": self.random.choice(("supports", "opposes", "mixed")), "text": self.prose(number, 1)}
                    for kind in ("policy", "argument")
                ],
            )  # fmt: skip
        for id_ in self.ids("policy", number):
            page_entry(
                "policy", id_, zh=self.han(6), instrument=self.random.choice(("tariff", "export control", "legislation")),
                administration=f"actor:{self.ids('actor', 0)[n % HUBS]}", issuer=self.key("actor", number),
                target=f"{self.sentence()} [@{self.cites(number)[0]}]", targets=[self.key("actor", number)],
                products=[self.key("product", number)],
                status=[
                    {"voice": "author", "state": state, "date": f"{year}-0{self.random.randint(1, 9)}", "text": f"{self.sentence()} [@{self.cites(number)[0]}]"}
                    for state, year in (("proposed", 2016), ("in force", 2020), ("eased", 2025))
                ],
            )  # fmt: skip
        arguments = self.ids("argument", number)
        for n, id_ in enumerate(arguments):
            paragraph = self.random.randint(1, PARAGRAPHS)
            before = f"argument:{self.random.choice(self.ids('argument', self.random.randrange(number)))}" if number and n == 0 else f"argument:{arguments[n - 1]}"
            page_entry(
                "argument", id_, claim=self.sentence(), maker=("author", "critics", "editors", "author")[n], type="causal",
                premises=[{"voice": "author", "text": self.prose(number, 1)} for _ in range(2)],
                policies=[self.key("policy", number)],
                quotations=[{"text": self._quote(source, paragraph), "cites": [f"p{paragraph}"]}],
                **({} if n == number == 0 else {("attacks" if n % 2 else "supports"): [before]}),
            )  # fmt: skip
        for id_ in self.ids("product", number):
            page_entry("product", id_, type="AI chip", maker=self.key("actor", number))
        self._write_lists(number, source, several)

    def _write_lists(self, number: int, source: str, several: dict[str, str]) -> None:
        for id_ in self.ids("event", number):
            self.lists["events"].append({
                "id": id_, "name": self.names[f"event:{id_}"], **several, "voice": "author", "date": self.date(),
                "lane": self.random.choice(("policy", "lobbying", "markets")), "summary": self.prose(number, 1),
                "actors": [self.key("actor", number)], "policies": [self.key("policy", number)],
            })  # fmt: skip
        for id_ in self.ids("figure", number):
            self.lists["figures"].append({
                "id": id_, "name": self.names[f"figure:{id_}"], **several, "voice": "author", "words": "100 percent", "value": "100",
                "unit": "percent", "counts": self.sentence(), "cites": ["p1"], "actors": [self.key("actor", number)], "policies": [self.key("policy", number)],
            })  # fmt: skip
        for id_ in self.ids("term", number):
            self.lists["terms"].append({
                "id": id_, "name": self.names[f"term:{id_}"], "zh": self.han(4), **several, "voice": "author", "type": "slogan",
                "literal": self.title(3), "note": self.prose(number, 1), "about": [self.key("policy", number)],
            })  # fmt: skip
        checks = []
        for n, id_ in enumerate(self.ids("check", number)):
            paragraph = self.random.randint(1, PARAGRAPHS)
            checks.append({
                "id": id_, "name": self.names[f"check:{id_}"], **several, "voice": "author", "type": "fact", "quote": self._quote(source, paragraph),
                "cites": [f"p{paragraph}"], "verdict": ("bears out", "imprecise", "contradicted")[n],
                "note": f"{self.sentence()[:-1]} [@{'; @'.join(self.works(number)[n * 3 : n * 3 + 3])}].",
                "checked": "2026-01-02", "about": [self.key("actor", number)],
            })  # fmt: skip
        self.data[f"checks/{source}"] = {"": checks}

    # Files

    def files(self) -> dict[str, str]:
        """Data and texts: path from the project's root to content."""
        found = {f"data/{path}.yml": _yaml(value.get("", value)) for path, value in self.data.items()}
        found |= {f"data/{name}.yml": _yaml(entries) for name, entries in self.lists.items()}
        found |= {f"docs/sources/{text.id}.md": self._translation(text) for text in self.texts.values()}
        found |= {f"data/sources/{text.id}.lock.json": json.dumps(self._lock(text), indent=1) + "\n" for text in self.texts.values()}
        found["docs/index.md"] = f"# An invented archive\n\n{self.sentence()} [@p1]\n"
        return found

    def _lock(self, text: Text) -> dict[str, list[str]]:
        """Every paragraph reviewed as it stands (see ``dossier/review.py``)."""
        fingerprints = self.data[f"sources/{text.id}"]["fingerprints"]
        return {f"p{n}": [fingerprints[f"p{n}"], hashlib.sha256(plain.encode()).hexdigest()] for n, plain in enumerate(text.plain, 1)}

    def _translation(self, text: Text) -> str:
        pieces = []
        for number, paragraph in enumerate(text.written, 1):
            if number % (PARAGRAPHS // 3) == 1:
                pieces.append(f"## Part {1 + number // (PARAGRAPHS // 3)} {{#part-{1 + number // (PARAGRAPHS // 3)}}}\n")
            pieces.append(f"{paragraph}\n{{ #p{number} }}\n")
            if "[^n" in paragraph:
                pieces.append(f"[^n{number - 1}]: {self.sentence()}\n")
        return "\n".join(pieces)


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True, sort_keys=False, width=110)


def write(root: Path, sources: int, seed: int = 1) -> None:
    """Write the archive with the site's own code, pages and theme to ``root``, which must not exist."""
    maker = Maker(sources, seed)
    maker.make()
    shutil.copytree(ROOT / "hooks", root / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets")
    for path, text in maker.files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(_with_navigation(config, NAVIGATION), encoding="utf-8")


NAVIGATION = ("index.md", "actors/index.md", "policies/index.md", "arguments/index.md", "products/index.md", "timeline.md", "figures.md")
NAVIGATION += ("glossary.md", "checks.md", "argument-map.md", "ties.md", "stances.md", "coverage.md", "bibliography.md")


def _with_navigation(config: str, pages: Sequence[str]) -> str:
    """``mkdocs.yml`` with these pages in the navigation, the hand-written pages of the real edition left out."""
    before, _, rest = config.partition("\nnav:\n")
    after = rest[rest.index("\n\n") :]
    return before + "\nnav:\n" + "".join(f"  - {page}\n" for page in pages) + after


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
