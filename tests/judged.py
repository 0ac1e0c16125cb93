"""The judged set: questions with the answers that may stand first, put to the search and counted.

The engine runs in Node.js (``node.py``), from the same files that the browser
loads.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dossier.exports.search import hits
from dossier.write.site import Site
from node import NODE

ROOT = Path(__file__).resolve().parents[1]

ENGINE = """
const { readFileSync } = require("fs");
const [assets] = process.argv.slice(1);
globalThis.window = globalThis;
let files = null;
let engine = null;
const run = (path) => (0,
  eval)(files[path] ?? readFileSync(`${assets}/${path.replace("assets/", "")}`, "utf8"));
const part = async (name) => {
  globalThis.dossierSearchParts ??= {};
  if (!(name in dossierSearchParts)) run(`assets/data/search/${name}.js`);
  return dossierSearchParts[name];
};
const answer = async (given) => {
  if (!files) {
    files = given;
    ["vendor/snowball/base-stemmer", "vendor/snowball/english-stemmer", "js/analyzer",
      "js/search-engine", "data/simplified", "data/search/head"]
      .forEach((name) => run(`assets/${name}.js`));
    engine = dossierEngine(dossierSearch, part, dossierSimplified, new EnglishStemmer());
    return null;
  }
  const { total, counts, ids, notes } = await engine.search(given);
  return { total, counts, ids, notes: { ...notes, words: [...notes.words] } };
};
(async () => {
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
})();
"""


class Engine:
    """The search's engine over generated files, to be asked one question after another."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.process = subprocess.Popen(
            [NODE, "-e", ENGINE, str(ROOT / "docs/assets")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.tell(
            {
                path: content
                for path, content in files.items()
                if path.startswith("assets/data/") and isinstance(content, str)
            }
        )

    def tell(self, given: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(given) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def ask(self, question: str) -> dict[str, Any]:
        """How many answers there are, in all and by kind (``total``, ``counts``), which
        (``ids``), and what was done (``notes``).
        """
        found: dict[str, Any] = self.tell(question)
        return found

    def close(self) -> None:
        self.process.communicate()


def keys(site: Site) -> list[str]:
    """What the numbers of answers stand for: ``actor:nvidia``, ``paragraph:SOURCE:12``."""
    return [hit.key for hit in hits(site.graph, site.pages)]


def addresses(site: Site) -> dict[str, list[str]]:
    """By address: the keys of what stands there."""
    found: dict[str, list[str]] = defaultdict(list)
    for hit in hits(site.graph, site.pages):
        found[hit.url].append(hit.key)
    return found


def questions() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / "tests/search/questions.yml").read_text(encoding="utf-8")
    )
    return found


def acceptable(key: str, want: Iterable[str]) -> bool:
    """Whether an answer is one of those wanted, as ``questions.yml`` writes them."""
    for wanted in want:
        kind, _, rest = wanted.partition(":")
        if re.fullmatch(r"p\d+", wanted):
            found = key.startswith("paragraph:") and key.endswith(f":{wanted[1:]}")
        elif kind == "page":
            found = key in (f"{wanted}.html", f"{wanted}/index.html")
        elif kind == "stance":
            stance, _, toward = rest.partition(":")
            parts = key.split(":", 3)
            found = parts[0] == "stance" and parts[2] == stance and toward in ("", parts[3])
        else:
            found = key.startswith(f"{kind}:") if not rest else key == wanted
        if found:
            return True
    return False


@dataclass
class Tally:
    """How many questions were asked and how many had a right answer first or among the first three,
    and the mean reciprocal rank.
    """

    asked: int = 0
    first: int = 0
    three: int = 0
    reciprocal: float = 0

    def count(self, rank: int) -> None:
        self.asked += 1
        self.first += rank == 1
        self.three += 1 <= rank <= 3
        self.reciprocal += 1 / rank if rank else 0

    @property
    def cells(self) -> str:
        return (
            f"{self.first / self.asked:.1%} | {self.three / self.asked:.1%} |"
            f" {self.reciprocal / self.asked:.3f}"
        )


def rank(answers: Iterable[str | list[str]], want: list[str]) -> int:
    """The place of the first right answer, 0 if there is none; an answer may be several keys at one
    address.
    """
    for place, answer in enumerate(answers, 1):
        if any(acceptable(key, want) for key in ([answer] if isinstance(answer, str) else answer)):
            return place
    return 0


def tallies(asked: Iterable[tuple[dict[str, Any], int]], *by: str) -> dict[tuple[str, ...], Tally]:
    """The ranks counted by what the questions are (``set``, ``lang``, ``kind``)."""
    found: dict[tuple[str, ...], Tally] = defaultdict(Tally)
    for question, place in asked:
        found[tuple(question[name] for name in by)].count(place)
    return dict(found)
