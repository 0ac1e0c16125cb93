"""What the page that proposes changes does to a file's text, and says of it, held against Python's
reading and checks.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_violations import BROKEN

from conftest import ROOT, SMALL
from dossier.errors import Report, nearest
from dossier.exports import whole
from dossier.exports.kinds import kinds_script
from dossier.exports.previews import preview_assets
from dossier.exports.proposals import FOLDER, proposal_files, spans_of
from dossier.graph.refs import Graph
from dossier.kinds import BY_FOLDER
from dossier.read.prose import parse as prose
from dossier.read.yamldoc import parse
from node import NODE

SHIM = """
globalThis.window = globalThis;
window.dossier = { root: ".", element: () => null, chinese: (text) => [text], address: String };
"""
SCRIPTS = ("propose-yaml", "propose-prose", "propose-check", "propose-patch")


WRONG = """
const wrong = ([kind, id, given]) => dossier.check.check({
  kind, id, value: dossier.yaml.clean(given), fresh: false, linkedTo: new Map(),
}).map(({ message }) => message);
"""


def run(data: list[str], program: str) -> Any:
    """What a program gives as JSON, after the page's scripts and data."""
    own = [(ROOT / f"docs/assets/js/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    text = "\n".join(
        [SHIM, *data, *own, WRONG, f"process.stdout.write(JSON.stringify({program}));"]
    )
    done = subprocess.run(
        [NODE, "-"], input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def files_of(graph: Graph) -> dict[str, str]:
    return {path: str(text) for path, text in whole(proposal_files(graph, [])).items()}


def plain(value: Any) -> Any:
    """A value as the browser has it: what is empty is an empty text, a text has no blanks at its
    ends.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return (value or "").strip()


def test_every_file_is_read_as_python_reads_it_and_nothing_changes_by_itself(real: Graph) -> None:
    data = [text for path, text in files_of(real).items() if path.startswith(f"{FOLDER}/data/")]
    found = run(
        data,
        """Object.fromEntries(Object.entries(dossierFiles).map(([path, { text, spans }]) => {
             const value = dossier.yaml.read(text, spans);
             return [path, [value, dossier.yaml.edits(text, spans, value, {})]];
           }))""",
    )
    documents = {r.document.path: r.document for of in real.archive.records.values()
                 for r in of.values()}  # fmt: skip
    assert found.keys() == documents.keys()
    for path, document in documents.items():
        value, edits = found[path]
        assert value == plain(document.whole().value), path
        assert edits == [], path


TEXT = """\
# of the harbor
- id: one  # the first
  name: One
  aliases: [Uno, "Un, deux"]
  summary: >-
    Words that are folded, in
    two lines.
  roles:
    - title: Mayor
      cites: [p1]  # seen
    # and once more
    - title: Captain

  note: 'It''s'

- id: two
  name: Two 𝒳
  empty:
"""
PUT: list[tuple[str, str, str]] = [
    ("value[0].name = 'Won: it'", "  name: One\n", '  name: "Won: it"\n'),
    ("delete value[0].aliases", '  aliases: [Uno, "Un, deux"]\n', ""),
    ("value[0].aliases.push('3: [x]')", '"Un, deux"]', '"Un, deux", "3: [x]"]'),
    ("value[0].summary = 'Short.'", "Words that are folded, in\n    two lines.", "Short."),
    ("value[0].roles.pop()", "    - title: Captain\n", ""),
    ("value[0].roles.shift()", "    - title: Mayor\n      cites: [p1]  # seen\n", ""),
    ("value[0].roles.push({title: 'New', cites: ['p2']})", "    - title: Captain\n",
     "    - title: Captain\n    - title: New\n      cites: [p2]\n"),
    ("value[0].roles[0].end = '2025'", "cites: [p1]  # seen\n",
     "cites: [p1]  # seen\n      end: \"2025\"\n"),
    ("value[0].roles[1].title = 'no'", "Captain", '"no"'),
    ("delete value[0].roles", TEXT[TEXT.index("  roles") : TEXT.index("\n  note")], ""),
    ("value[0].note = 'a # b'", "'It''s'", '"a # b"'),
    ("value[1].empty = 'full'", "  empty:\n", "  empty: full\n"),
    ("value[1].name = 'x'", "Two 𝒳", "x"),
    ("value[1].extra = ['a']", "  empty:\n", "  empty:\n  extra: [a]\n"),
    ("value.shift()", TEXT[TEXT.index("- id: one") : TEXT.index("- id: two")], ""),
    ("value.pop()", TEXT[TEXT.index("\n- id: two") :], ""),
    ("value.push({id: 'three'})", "  empty:\n", "  empty:\n\n- id: three\n"),
]  # fmt: skip
SHAPE = {
    "items": {
        "properties": {
            **{name: {} for name in ("id", "name", "aliases", "summary", "note", "empty", "extra")},
            "roles": {
                "items": {"properties": {"title": {}, "cites": {}, "end": {"x-role": "date"}}}
            },
        }
    }
}


@pytest.fixture(scope="module")
def edited() -> list[str]:
    """The text of each change of ``PUT``."""
    report = Report()
    document = parse(TEXT, "x.yml", report)
    assert document and not report.violations
    given = json.dumps([TEXT, spans_of(document), SHAPE, [change for change, _, _ in PUT]])
    found: list[str] = run(
        [f"const [text, spans, shape, changes] = {given};"],
        """changes.map((change) => {
             const value = dossier.yaml.read(text, spans);
             new Function("value", change)(value);
             return dossier.yaml.apply(text, dossier.yaml.edits(text, spans, value, shape));
           })""",
    )
    return found


@pytest.mark.parametrize("n", range(len(PUT)), ids=[change for change, _, _ in PUT])
def test_what_is_edited_is_changed_and_the_rest_stays_byte_for_byte(
    edited: list[str], n: int
) -> None:
    _, old, new = PUT[n]
    assert TEXT.count(old) == 1
    assert edited[n] == TEXT.replace(old, new)


SEEN_ELSEWHERE = {
    "unknown field", "field twice", "text for a list", "empty field", "orphan", "id twice",
    "id and file differ",
}  # fmt: skip
"""The faults that need other files, or that a form cannot make."""


@pytest.fixture(scope="module")
def said(small: Graph) -> dict[str, list[str]]:
    """By fault of ``BROKEN`` what the page says of the record in which it is."""
    asked = []
    for name, (path, old, new, message) in BROKEN.items():
        kind = _kind_of(path)
        if kind is None or not isinstance(old, str):
            continue
        text = (SMALL / path).read_text(encoding="utf-8")
        document = parse(text.replace(old, new, 1), path, Report())
        if document is None:  # its YAML is broken
            continue
        value = plain(document.value)
        if isinstance(value, list):
            line = int(message.split(":")[1])
            value = [item for n, item in enumerate(value) if document.location((n,)).line <= line][
                -1
            ]
        if isinstance(value, dict):
            asked.append([name, kind, value.get("id", Path(path).stem), value])
    files = {**files_of(small), **kinds_script(small), **preview_assets(small)}
    data = [text for path, text in files.items() if not path.startswith(FOLDER)]
    found: dict[str, list[str]] = run(
        [*data, f"const asked = {json.dumps(asked)};"],
        "Object.fromEntries(asked.map(([name, ...of]) => [name, wrong(of)]))",
    )
    return found


def _kind_of(path: str) -> str | None:
    """The kind that a data file holds, as far as the page has forms of it."""
    parts = Path(path).parts
    kind = BY_FOLDER.get(parts[1].removesuffix(".yml")) if parts[0] == "data" else None
    return kind.id if kind and kind.id != "source" else None


def test_the_page_says_what_the_check_says(said: dict[str, list[str]]) -> None:
    missed = {}
    assert len(said.keys() - SEEN_ELSEWHERE) > 30
    for name, messages in said.items():
        if name in SEEN_ELSEWHERE:
            continue
        expected = _without_hint(BROKEN[name][3].split(": ", 1)[1])
        if expected not in map(_without_hint, messages):
            missed[name] = (expected, messages)
    assert missed == {}


def _without_hint(message: str) -> str:
    """A message without the words that are most like a quotation's, of which there are several."""
    return re.sub(r" \(it has .*?\)", "", message)


@pytest.mark.parametrize("archive", ["small", "real"])
def test_the_page_finds_nothing_wrong_with_what_is_in_order(
    archive: str, request: pytest.FixtureRequest
) -> None:
    graph: Graph = request.getfixturevalue(archive)
    records = [r for of in graph.archive.records.values() for r in of.values()]
    asked = []
    for record in records:
        value = record.document.whole().value
        for step in record.path:
            value = value[step]  # type: ignore[index]
        if record.model.kind != "source":
            asked.append([record.model.kind, record.model.id, plain(value)])
    assert len(asked) > 9
    files = {**files_of(graph), **kinds_script(graph), **preview_assets(graph)}
    data = [text for path, text in files.items() if not path.startswith(FOLDER)]
    found = run(
        [*data, f"const asked = {json.dumps(asked)};"],
        "asked.flatMap(([kind, id, value]) => wrong([kind, id, value]))",
    )
    assert found == []


def test_facts_are_written_out_as_the_build_writes_them(real: Graph) -> None:
    data = [files_of(real)["assets/data/propose.js"], *preview_assets(real).values()]
    texts = [
        f"On [{style}]({key}#{name}) [@p1]."
        for key, fields in real.archive.facts.known.items()
        for name in fields
        for style in ("date", "day", "year", "number")
    ]
    assert len(texts) > 200
    plain_ = run(
        [*map(str, data), f"const texts = {json.dumps(texts)};"],
        "texts.map((text) => dossier.prose.parse(text).plain)",
    )
    assert plain_ == [prose(real.archive.facts.written(text)).plain for text in texts]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("event:tax-begins#date", ""),
        ("event:tax-begins#day", 'cites the "day" of event:tax-begins, which it does not have;'),
        ("event:tax-begin#date", 'links to unknown event "tax-begin" (did you mean "tax-begins"?)'),
        ("actor:lamp-tax", 'links to unknown actor "lamp-tax" (did you mean policy:lamp-tax?)'),
        ("actor:lin", ""),
    ],
)
def test_the_page_says_what_may_be_meant_by_a_link_that_leads_nowhere(
    small: Graph, target: str, expected: str
) -> None:
    data = [files_of(small)["assets/data/propose.js"], *preview_assets(small).values()]
    found = run(
        [*map(str, data), f"const text = {json.dumps(f'On [date]({target}) [@p1].')};"],
        """dossier.prose.parse(text).links
             .map((one) => dossier.check.unknown(one, new Map([["actor:lin", true]])))[0]""",
    )
    assert found.startswith(expected)
    assert bool(found) == bool(expected)


def test_the_nearest_word_is_the_one_that_the_check_finds() -> None:
    """The pages' own search for it against Python's."""
    words = [
        "argument",
        "event",
        "figure",
        "policy",
        "product",
        "actor",
        "actors",
        "factor",
        "term",
        "reference",
    ]
    asked = ["actr", "polcy", "faktor", "termm", "evnt", "xyz", "reff", "", "prodcut", "arguments"]
    shape = json.dumps({"enum": words})
    found = run(
        [f"const shape = {shape};", f"const asked = {json.dumps(asked)};", FORM_OF_ONE_FIELD],
        """asked.map((word) => dossier.check.check({
             kind: "x", id: "x", value: { word }, fresh: false, linkedTo: new Map(),
           })[0].message)""",
    )
    assert [message.partition("; use one of")[0] for message in found] == [
        f'has "{word}" for "word"{nearest(word, words)}' for word in asked
    ]


FORM_OF_ONE_FIELD = """
window.dossierPropose = {
  linked: [], devices: [], sources: {}, hints: {}, default: null,
  kinds: { x: { schema: { properties: { word: shape } } } },
};
window.dossierPreviews = { entries: {}, works: {}, paragraphs: {} };
"""
