"""The open data, each format read back by someone else's reader, its counts equal to the data's."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import arguebuf
import bibtexparser
import feedparser
import networkx
import pytest
import rispy
import sphobjinv
import yaml
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft202012Validator
from lxml import etree
from pyld import jsonld

from annotation_terms import OA, loader
from conftest import ROOT, SMALL, read
from dossier.commands.cli import main
from dossier.exports import Files, export_files
from dossier.exports.bibliographic import BIBTEX, CSL, RIS
from dossier.exports.document import read_document
from dossier.exports.feed import NEWEST
from dossier.graph.history import newest, texts_now
from dossier.graph.refs import Graph, build_graph
from dossier.kinds import KINDS
from dossier.model import MODELS
from dossier.read.edition import Edition, read_edition
from dossier.read.prose import parse, tidy
from dossier.read.quotations import stands_in
from node import NODE

FOREIGN = ROOT / "tests/foreign"
ESSAY = "huang-lobbying-2025"
SITE = "https://edition.example/site/"
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

FOLDERS = {kind.id: kind.folder for kind in KINDS.values()}


@pytest.fixture(scope="module")
def edition(real: Graph) -> Edition:
    return read_edition(ROOT, real.archive)


@pytest.fixture(scope="module")
def exports(real: Graph, edition: Edition) -> Files:
    return export_files(real, edition)


@pytest.fixture(scope="module")
def document(exports: Files) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text(exports, "data/edition.json"))
    return found


def text(exports: Files, path: str) -> str:
    content = exports[path]
    assert isinstance(content, str)
    return content


def entries(graph: Graph) -> dict[str, str]:
    """The name of everything that has one, by kind and id."""
    return {f"{r.model.kind}:{r.model.id}": r.model.name for r in graph.archive.entries()}


def paragraph_count(graph: Graph) -> int:
    return sum(len(t.paragraphs) for t in graph.archive.translations.values())


# JSON


def test_the_document_fits_its_schema(exports: Files, document: dict[str, Any]) -> None:
    schema = json.loads(text(exports, "data/edition.schema.json"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []


def test_the_schema_refuses_what_is_no_edition(exports: Files, document: dict[str, Any]) -> None:
    validator = Draft202012Validator(json.loads(text(exports, "data/edition.schema.json")))
    first = document["actors"][0]
    assert not validator.is_valid({**document, "actors": [{**first, "type": "robot"}]})
    assert not validator.is_valid({**document, "actors": [{**first, "nickname": "x"}]})
    assert not validator.is_valid(
        {**document, "actors": [{k: v for k, v in first.items() if k != "name"}]}
    )


def test_every_entry_has_a_file_that_says_what_the_document_says(
    real: Graph, exports: Files, document: dict[str, Any]
) -> None:
    schema = json.loads(text(exports, "data/edition.schema.json"))
    for kind, folder in FOLDERS.items():
        assert [entry["id"] for entry in document[folder]] == list(real.archive.of(kind))
        validator = Draft202012Validator(
            {"$ref": f"#/$defs/{MODELS[kind].__name__}", "$defs": schema["$defs"]}
        )
        for entry in document[folder]:
            alone = json.loads(text(exports, f"data/{folder}/{entry['id']}.json"))
            assert validator.is_valid(alone), entry["id"]
            assert alone.pop("address").endswith(entry["address"])
            assert {k: v for k, v in alone.items() if k != "translation"} == {
                k: v for k, v in entry.items() if k not in ("address", "translation")
            }


def test_the_document_gives_the_same_model(real: Graph, exports: Files) -> None:
    read_back = read_document(text(exports, "data/edition.json"))
    for kind in MODELS:
        assert read_back[kind] == {
            id_: record.model for id_, record in real.archive.of(kind).items()
        }


def test_data_written_anew_from_the_document_are_the_same_edition(
    exports: Files, document: dict[str, Any], edition: Edition, tmp_path: Path
) -> None:
    paged = ("actor", "policy", "argument", "product", "source")
    for kind, models in read_document(text(exports, "data/edition.json")).items():
        dumped = [model.model_dump(mode="json") for model in models.values()]
        (tmp_path / "data" / FOLDERS[kind]).mkdir(parents=True)
        if kind not in paged:
            (tmp_path / "data" / FOLDERS[kind]).rmdir()
            (tmp_path / f"data/{FOLDERS[kind]}.yml").write_text(
                yaml.safe_dump(dumped, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
        for fields in dumped if kind in paged else []:
            file = tmp_path / f"data/{FOLDERS[kind]}/{fields.pop('id')}.yml"
            file.write_text(
                yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
    (tmp_path / "docs/sources").mkdir(parents=True)
    for source in document["sources"]:
        headings = {
            part["first"]: f"## {part['title']} {{#{part['id']}}}\n\n" for part in source["parts"]
        }
        blocks = [
            f"{headings.get(p['id'], '') if p.get('part') else ''}{p['text']}\n{{ #{p['id']} }}\n"
            + "".join(f"\n[^{note['id']}]: {note['text']}\n" for note in p.get("notes", []))
            for p in source["translation"]
        ]
        (tmp_path / f"docs/sources/{source['id']}.md").write_text(
            "\n".join(blocks), encoding="utf-8"
        )
    words = ROOT / "data/edition.yml"  # what the edition calls things is not part of what it says
    (tmp_path / "data/edition.yml").write_bytes(words.read_bytes())
    shutil.copytree(ROOT / "data/editions", tmp_path / "data/editions")  # the past is not in it
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    for page in (ROOT / "docs").glob("*.md"):  # they cite too
        (tmp_path / "docs" / page.name).write_bytes(page.read_bytes())
    archive, violations = read(tmp_path)
    assert violations == []
    again, given = (
        json.loads(str(files["data/edition.json"]))
        for files in (export_files(build_graph(archive), edition), exports)
    )
    for folder in FOLDERS.values():
        for one, other in zip(again.pop(folder), given.pop(folder), strict=True):
            # An entry's revision is of its file, in which nothing needs to be said that is not.
            assert one | {"revision": ""} == other | {"revision": ""}
    assert again == given


# Tables


def test_a_table_a_kind_with_a_row_an_entry(real: Graph, exports: Files) -> None:
    for kind, folder in FOLDERS.items():
        rows = list(csv.DictReader(io.StringIO(text(exports, f"data/{folder}.csv"))))
        assert [row["id"] for row in rows] == list(real.archive.of(kind))
        for row in rows:
            model = real.archive.of(kind)[row["id"]].model
            assert row.get("name", row.get("title")) == getattr(model, "name", None) or model.title
    rows = list(csv.DictReader(io.StringIO(text(exports, "data/paragraphs.csv"))))
    assert [row["id"] for row in rows] == [f"p{n}" for n in range(1, 52)]
    assert rows[0]["text"].startswith("On December 9, US President Donald Trump announced")


def test_no_cell_holds_the_markup_of_the_data(exports: Files) -> None:
    for path in exports:
        if path.endswith(".csv"):
            assert not re.search(
                r"\]\((?:actor|policy|argument|product|event|figure|term):|\[@", text(exports, path)
            ), path


@pytest.fixture(scope="module")
def database(exports: Files, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("sqlite") / "edition.sqlite"
    content = exports["data/edition.sqlite"]
    assert isinstance(content, bytes)
    path.write_bytes(content)
    return sqlite3.connect(path)


def test_the_database_finds_chinese_within_a_run(database: sqlite3.Connection) -> None:
    for words, name in (("关税", "“tariffs first”"), ("仁勋", "Jensen Huang")):
        found = [
            row[0]
            for row in database.execute(
                "SELECT name FROM search WHERE search MATCH ? ORDER BY rank", (words,)
            )
        ]
        assert name.strip("“”") in {other.strip("“”") for other in found}, (words, found)


def test_the_database_holds_every_table(database: sqlite3.Connection, exports: Files) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for path in exports:
        if path.endswith(".csv"):
            table = path.removeprefix("data/").removesuffix(".csv")
            rows = list(csv.reader(io.StringIO(text(exports, path))))
            assert (
                database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] == len(rows) - 1
            ), table


def test_the_database_finds_and_joins(database: sqlite3.Connection, real: Graph) -> None:
    found = {
        address
        for (address,) in database.execute(
            "SELECT address FROM search WHERE search MATCH 'honeymoon'"
        )
    }
    assert {"../glossary.html#honeymoon", "../arguments/honeymoon-survived-the-halt.html"} <= found
    assert database.execute(
        "SELECT address FROM search WHERE search MATCH '英伟达' AND kind = 'actor'"
    ).fetchone() == ("../actors/nvidia.html",)
    cites = database.execute(
        "SELECT actors.name FROM citations JOIN actors USING (id) WHERE citations.kind = 'actor'"
        " AND paragraph = 'p30' ORDER BY name"
    )
    wanted = sorted(
        real.entry(key).name for key in real.cited_by[ESSAY, 30] if key.startswith("actor:")
    )
    assert [name for (name,) in cites] == wanted


# Annotations


def test_every_annotation_stands_on_its_paragraph(real: Graph, edition: Edition) -> None:
    placed = Edition(edition.title, edition.abstract, edition.makers, edition.license, SITE)
    collection = json.loads(text(export_files(real, placed), "data/annotations.json"))
    (read_back,) = jsonld.expand(collection, {"documentLoader": loader})
    (page,) = read_back["https://www.w3.org/ns/activitystreams#first".replace("https", "http")]
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    motivations = Counter(item[f"{OA}motivatedBy"][0]["@id"].removeprefix(OA) for item in items)
    texts = [p for t in real.archive.translations.values() for p in t.paragraphs]
    judged = sum(len(real.listed_paragraphs(r.model)) for r in real.archive.checks.values())
    assert motivations == {
        "identifying": sum(len(p.prose.links) for p in texts),
        "commenting": sum(len(p.notes) for p in texts),
        "assessing": judged,
        "linking": sum(len(keys) for keys in real.cited_by.values()) - judged,
    }
    assert collection["total"] == len(items) == len({item["@id"] for item in items})
    for item in items:
        for target in item[f"{OA}hasTarget"]:
            assert target[f"{OA}hasSource"][0]["@id"] == f"{SITE}sources/{ESSAY}.html"
            (selector,) = target[f"{OA}hasSelector"]
            number = int(
                selector["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"][0][
                    "@value"
                ].removeprefix("p")
            )
            for quote in selector.get(f"{OA}refinedBy", []):
                before, exact, after = (
                    quote.get(f"{OA}{name}", [{"@value": ""}])[0]["@value"]
                    for name in ("prefix", "exact", "suffix")
                )
                assert exact.strip()
                assert (
                    before + exact + after in real.archive.translations[ESSAY][number].prose.plain
                )


# TEI


@pytest.fixture(scope="module")
def tei(exports: Files) -> Any:
    return etree.fromstring(text(exports, f"data/{ESSAY}.tei.xml").encode())


def test_the_tei_file_is_valid_tei(tei: Any) -> None:
    declared = (FOREIGN / "tei_corpus.dtd").read_text(encoding="utf-8")
    # TEI's module for transcriptions, which is not in this selection, adds it to every element.
    declared += "<!ATTLIST p change CDATA #IMPLIED><!ATTLIST lg change CDATA #IMPLIED>"
    # The Guidelines have two readings or more in a choice; the tool that made the DTD has left out
    # how many.
    one = "<!ELEMENT choice (%model.choicePart;|choice)>"
    assert one in declared
    schema = etree.DTD(
        io.StringIO(
            declared.replace(
                one, "<!ELEMENT choice ((%model.choicePart;|choice), (%model.choicePart;|choice)+)>"
            )
        )
    )
    assert schema.validate(tei), schema.error_log.filter_from_errors()
    tei.find(".//t:body", TEI).tag = "nonsense"
    assert not schema.validate(tei)
    tei.find(".//nonsense").tag = "{http://www.tei-c.org/ns/1.0}body"


def test_the_tei_file_holds_the_text_word_for_word(tei: Any, real: Graph) -> None:
    paragraphs = tei.findall(".//t:body//t:p", TEI)
    assert [p.get(XML_ID) for p in paragraphs] == [f"p{n}" for n in range(1, 52)]
    for element, paragraph in zip(
        paragraphs, real.archive.translations[ESSAY].paragraphs, strict=True
    ):
        notes = element.findall("t:note", TEI)
        assert [note.get(XML_ID) for note in notes] == [
            f"note-{note.id}" for note in paragraph.notes
        ]
        names = [
            e
            for e in element.iter()
            if e.get("ref") and not any(a.tag.endswith("}note") for a in e.iterancestors())
        ]
        assert [e.get("ref") for e in names] == [
            f"#{link.kind}.{link.id}" for link in paragraph.prose.links
        ]
        etree.strip_elements(
            element,
            "{http://www.tei-c.org/ns/1.0}note",
            "{http://www.tei-c.org/ns/1.0}sic",
            with_tail=False,
        )
        assert "".join(element.itertext()) == paragraph.prose.plain


def test_json_and_tei_carry_the_slip_and_what_is_printed_for_it(
    real: Graph, exports: Files, document: dict[str, Any]
) -> None:
    emendations = real.archive.sources[ESSAY].model.emendations
    assert len(emendations) >= 10
    (source,) = document["sources"]
    found = {e["note"]: (p, e) for p in source["translation"] for e in p.get("emendations", [])}
    assert list(found) == [emendation.note for emendation in emendations]
    for paragraph, emendation in found.values():
        assert emendation["words"] in paragraph["plain"]
        assert emendation["sic"] not in paragraph["plain"]
    tei = etree.fromstring(text(exports, f"data/{ESSAY}.tei.xml").encode())
    choices = [
        (c.findtext("t:sic", None, TEI), c.findtext("t:corr", None, TEI))
        for c in tei.findall(".//t:choice", TEI)
    ]
    assert choices == [(emendation.sic, emendation.words) for emendation in emendations]
    for choice in tei.findall(".//t:choice", TEI):
        following = (
            choice.getnext() if choice.getnext() is not None else choice.getparent().getnext()
        )
        assert following.tag.endswith("}note"), "the note that tells of the slip does not follow"


def test_every_pointer_in_the_tei_file_has_its_aim(tei: Any) -> None:
    ids = {e.get(XML_ID) for e in tei.iter() if e.get(XML_ID)}
    assert {e.get("ref").removeprefix("#") for e in tei.iter() if e.get("ref")} <= ids


# Bibliography


def works(graph: Graph) -> list[str]:
    sources = [
        id_
        for source, t in graph.archive.translations.items()
        for id_ in (source, *(f"{source}-{p.id}" for p in t.paragraphs))
    ]
    return sources + list(graph.archive.references)


def test_a_csl_processor_reads_and_cites_every_item(
    real: Graph, exports: Files, tmp_path: Path
) -> None:
    items = json.loads(text(exports, "data/bibliography.csl.json"))
    assert [item["id"] for item in items] == works(real)
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for id_ in works(real):
        bibliography.register(Citation([CitationItem(id_)]))
    assert len(bibliography.bibliography()) == len(works(real))
    reuters = next(
        work.model
        for work in real.archive.references.values()
        if work.model.publisher == "Reuters" and work.model.date
    )
    assert reuters.date
    assert any(
        reuters.title in str(entry) and reuters.date[:4] in str(entry)
        for entry in bibliography.bibliography()
    )


def test_bibtex_and_ris_say_what_csl_says(real: Graph, exports: Files) -> None:
    items = {item["id"]: item for item in json.loads(text(exports, "data/bibliography.csl.json"))}
    library = bibtexparser.parse_string(
        text(exports, "data/bibliography.bib"),
        append_middleware=[bibtexparser.middlewares.LatexDecodingMiddleware()],
    )
    raw = {
        entry.key: entry
        for entry in bibtexparser.parse_string(text(exports, "data/bibliography.bib")).entries
    }  # an address is not TeX
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == works(real)
    for entry in library.entries:
        item, fields = (
            items[entry.key],
            {name: field.value for name, field in entry.fields_dict.items()},
        )
        assert fields["title"].strip("{}") == item["title"]
        assert fields.get("howpublished", "") == item.get("publisher", "")
        assert ("url" in raw[entry.key] and raw[entry.key]["url"]) == item.get("URL", False)
        assert [
            int(fields[part]) for part in ("year", "month", "day") if part in fields
        ] == item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    records = rispy.loads(text(exports, "data/bibliography.ris"))
    assert [record["id"] for record in records] == works(real)
    for record in records:
        item = items[record["id"]]
        assert record["title"] == item["title"]
        assert record.get("publisher") == item.get("publisher")
        assert record.get("urls") == ([item["URL"]] if "URL" in item else None)
        assert [int(n) for n in record.get("date", "").split("/") if n] == item.get(
            "issued", {"date-parts": [[]]}
        )["date-parts"][0]


# Graphs


def test_the_graph_holds_everything_and_every_tie(real: Graph, exports: Files) -> None:
    graph = networkx.parse_graphml(text(exports, "data/edition.graphml"), force_multigraph=True)
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    assert kinds == {kind: len(real.archive.of(kind)) for kind in FOLDERS} | {
        "paragraph": paragraph_count(real)
    }
    ties = Counter(data["type"] for _, _, data in graph.edges(data=True))
    assert ties["names"] == sum(len(mentions) for mentions in real.mentions.values())
    assert ties["concedes"] == sum(len(r.model.concedes) for r in real.archive.arguments.values())
    assert ties["attacks"] == sum(len(r.model.attacks) for r in real.archive.arguments.values())
    for record in real.archive.actors.values():
        key = f"actor:{record.model.id}"
        found = Counter(
            (target, data["type"])
            for _, target, data in graph.out_edges(key, data=True)
            if data["type"] not in ("cites", "roles")
        )
        wanted = Counter((r.to, r.type) for r in record.model.relations) + Counter(
            (s.toward, s.stance) for s in record.model.stances
        )
        assert found == wanted


@pytest.fixture(scope="module")
def argdown(exports: Files) -> dict[str, Any]:
    """What Argdown's own parser understands."""
    command = [NODE, "--no-deprecation", str(FOREIGN / "argdown.cjs")]
    result = subprocess.run(
        command,
        input=text(exports, "data/arguments.argdown"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_argdown_s_parser_reads_every_argument(real: Graph, argdown: dict[str, Any]) -> None:
    assert argdown["errors"] == []
    for id_, record in real.archive.arguments.items():
        argument = record.model
        assert argdown["claims"][id_]["text"] == plain(argument.claim)
        assert argdown["claims"][id_]["data"]["name"] == argument.name
        if argument.premises:
            premises = [words for role, words in argdown["premises"][id_] if role == "premise"]
            assert premises == [plain(p.text) for p in argument.premises]
            assert argdown["premises"][id_][-1] == ["main-conclusion", plain(argument.claim)]


def test_argdown_and_aif_hold_the_same_relations(
    real: Graph, argdown: dict[str, Any], exports: Files, tmp_path: Path
) -> None:
    def id_of(key: str) -> str:
        return key.partition(":")[2]

    wanted = {
        ("support", r.model.id, id_of(t))
        for r in real.archive.arguments.values()
        for t in r.model.supports
    }
    wanted |= {
        ("attack", r.model.id, id_of(t))
        for r in real.archive.arguments.values()
        for t in r.model.attacks
    }
    steps = {
        (r.model.id, id_of(a.to))
        for r in real.archive.arguments.values()
        for a in r.model.arrows
        if a.target == "step" and a.to in r.model.attacks
    }
    undercut = {
        ("undercut" if (a, b) in steps and kind == "attack" else kind, a, b)
        for kind, a, b in wanted
    }
    assert {tuple(relation) for relation in argdown["relations"]} == undercut
    (tmp_path / "aif.json").write_text(text(exports, "data/arguments.aif.json"), encoding="utf-8")
    with (tmp_path / "aif.json").open(encoding="utf-8") as file:
        graph = arguebuf.load.json(file)
    claims = {id_: node.plain_text for id_, node in graph.atom_nodes.items()}
    premises = sum(len(r.model.premises) for r in real.archive.arguments.values())
    reasons = sum(
        a.to not in r.model.concedes
        for r in real.archive.arguments.values()
        for a in r.model.arrows
    )
    assert len(claims) == len(real.archive.arguments) + premises + reasons
    found = set()
    for scheme in graph.scheme_nodes.values():
        kind = {"Attack": "attack", "Support": "support"}[type(scheme.scheme).__name__]
        into = [node.id for node in graph.incoming_nodes(scheme)]
        (out,) = [node.id for node in graph.outgoing_nodes(scheme)]
        assert into
        found |= {(kind, node, out.partition("/")[0]) for node in into if "/" not in node}
    assert found == wanted
    assert all(claims[r.model.id] == plain(r.model.claim) for r in real.archive.arguments.values())


def plain(prose: str) -> str:
    return tidy(parse(prose).plain)


# Inventory and feed


def test_the_inventory_names_every_entry_and_paragraph(real: Graph, exports: Files) -> None:
    content = exports["objects.inv"]
    assert isinstance(content, bytes)
    inventory = sphobjinv.Inventory(zlib=content)
    addresses = {item.name: item.uri_expanded for item in inventory.objects}
    assert (
        inventory.count
        == len(addresses)
        == sum(len(real.archive.of(kind)) for kind in FOLDERS) + paragraph_count(real)
    )
    assert addresses["actor:nvidia"] == "actors/nvidia.html"
    assert addresses[f"{ESSAY}:p12"] == f"sources/{ESSAY}.html#p12"
    names = {item.name: item.dispname_expanded for item in inventory.objects}
    assert {key: names[key] for key in entries(real)} == entries(real)


def test_the_feed_says_what_changed_and_when(real: Graph, exports: Files) -> None:
    feed = feedparser.parse(text(exports, "feed.xml"))
    assert not feed.bozo
    assert feed.version == "atom10"
    titles = [entry.title for entry in feed.entries]
    # One item per change: as many of the newest as there were changes, up to a limit.
    newest_changes = next(iter(real.history.values()))
    wanted = [f"Paragraph {r.paragraph[1:]} has other words" for r in newest_changes.rewordings]
    wanted += [f"New: {name}" for name in newest_changes.added.values()]
    wanted += [f"Changed: {name}" for name in newest_changes.changed.values()]
    assert wanted[:NEWEST] == [t for t in titles if t in set(wanted)][: len(wanted)][:NEWEST]
    reworded = next(e for e in feed.entries if e.title == wanted[0])
    assert "<del>" in reworded.content[0].value or "<ins>" in reworded.content[0].value
    assert "Changed by" in reworded.content[0].value
    assert f"Translated: {real.archive.sources[ESSAY].model.title}" in titles
    assert any(title.startswith("Release 1.0.0") for title in titles)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    newest = max(r.model.checked for r in real.archive.checks.values())
    assert feed.feed.updated >= f"{newest}T00:00:00Z"
    assert [entry.updated for entry in feed.entries] == sorted(
        (entry.updated for entry in feed.entries), reverse=True
    )


def test_a_feed_item_keeps_its_id_when_the_site_moves(
    real: Graph, edition: Edition, exports: Files
) -> None:
    moved = export_files(
        real,
        Edition(
            edition.title, edition.abstract, edition.makers, edition.license, SITE, edition.releases
        ),
    )
    ids = [
        [entry.id for entry in feedparser.parse(text(files, "feed.xml")).entries]
        for files in (exports, moved)
    ]
    assert ids[0] == ids[1]


# Editions


def test_every_format_names_the_edition(
    real: Graph, exports: Files, document: dict[str, Any], tei: Any
) -> None:
    whole = real.version(ESSAY)
    assert document["version"].startswith(newest(real.archive))
    assert [e["version"] for e in document["editions"]] == list(real.archive.editions)
    assert tei.xpath("string(//t:editionStmt/t:edition/@n)", namespaces=TEI) == whole
    (item,) = [i for i in json.loads(text(exports, CSL)) if i["id"] == ESSAY]
    assert item["version"] == whole
    library = bibtexparser.parse_string(text(exports, BIBTEX))
    assert library.entries_dict[ESSAY].fields_dict["version"].value == whole
    entries_ = {e["id"]: e for e in rispy.loads(text(exports, RIS))}
    assert entries_[ESSAY]["edition"] == whole
    for number in range(1, paragraph_count(real) + 1):
        version = real.version(ESSAY, f"p{number}")
        assert entries_[f"{ESSAY}-p{number}"]["edition"] == version


def test_the_tei_tells_every_change_of_the_words(real: Graph, tei: Any) -> None:
    told = Counter(
        (change.getparent().get("n"), change.get("target").lstrip("#"))
        for change in tei.xpath("//t:revisionDesc//t:change[@target]", namespaces=TEI)
    )
    assert told == Counter(
        (c.version or "next", r.paragraph) for c in real.history.values() for r in c.rewordings
    )
    by_id = {c.get(XML_ID): c for c in tei.xpath("//t:change[@xml:id]", namespaces=TEI)}
    assert len(by_id) == told.total()
    reworded = tei.xpath("//t:body//*[@change]", namespaces=TEI)
    assert len(reworded) == len({paragraph for _, paragraph in told})
    for element in reworded:
        changes = [by_id[pointer.lstrip("#")] for pointer in element.get("change").split()]
        assert {c.get("target") for c in changes} == {f"#{element.get(XML_ID)}"}


def test_a_paragraph_in_json_has_the_digest_of_its_words(
    real: Graph, document: dict[str, Any]
) -> None:
    now = texts_now(real.archive, ESSAY)
    for p in document["sources"][0]["translation"]:
        words = " ".join(now[p["id"]].split())
        assert p["digest"] == hashlib.sha256(words.encode()).hexdigest()[:16]
        assert re.fullmatch(rf"{p['id']}@(?:\d+\.\d+\.\d+|{p['digest'][:8]})", p["revision"])


# All together


def test_no_two_formats_contradict_each_other(
    real: Graph, exports: Files, document: dict[str, Any], database: sqlite3.Connection, tei: Any
) -> None:
    names = entries(real)
    assert {
        f"{e['kind']}:{e['id']}": e["name"]
        for folder in FOLDERS.values()
        for e in document[folder]
        if "name" in e
    } == names
    tables = {FOLDERS[kind]: kind for kind in FOLDERS if KINDS[kind].entry}
    assert {
        f"{kind}:{id_}": name
        for table, kind in tables.items()
        for id_, name in database.execute(f'SELECT id, name FROM "{table}"')
    } == names
    graph = networkx.parse_graphml(text(exports, "data/edition.graphml"), force_multigraph=True)
    assert {key: data["name"] for key, data in graph.nodes(data=True) if key in names} == names
    named = {
        e.get(XML_ID).replace(".", ":", 1): e
        for e in tei.findall(
            ".//t:back//*[@xml:id]", {**TEI, "xml": "http://www.w3.org/XML/1998/namespace"}
        )
    }
    assert named
    assert {key: next(iter(e)).text for key, e in named.items()} == {
        key: names[key] for key in named
    }
    dates = {e["id"]: e["date"] for e in document["events"]}
    assert dict(database.execute("SELECT id, date FROM events")) == dates
    assert {
        e.get(XML_ID).removeprefix("event."): e.findtext(".//t:date", namespaces=TEI)
        for e in tei.findall(".//t:event", TEI)
    }.items() <= dates.items()
    works_dates = {e["id"]: e.get("date") for e in document["references"]}
    assert dict(database.execute('SELECT id, date FROM "references"')) == works_dates
    for item in json.loads(text(exports, "data/bibliography.csl.json")):
        if item["id"] in works_dates and works_dates[item["id"]]:
            assert (
                "-".join(f"{n:02d}" for n in item["issued"]["date-parts"][0])
                == re.split("[~?/]", works_dates[item["id"]])[0]
            )
    values = {e["id"]: (e["value"], e.get("maximum"), e["unit"]) for e in document["figures"]}
    assert {
        id_: tuple(rest)
        for id_, *rest in database.execute("SELECT id, value, maximum, unit FROM figures")
    } == values
    verdicts = Counter(e.get("verdict") for e in document["checks"])
    assert (
        Counter(verdict for (verdict,) in database.execute("SELECT verdict FROM checks"))
        == verdicts
    )


def test_addresses_are_the_site_s_where_it_is_known_and_relative_where_not(
    real: Graph, edition: Edition, exports: Files
) -> None:
    placed = export_files(
        real, Edition(edition.title, edition.abstract, edition.makers, edition.license, SITE)
    )
    assert (
        json.loads(text(placed, "data/actors/nvidia.json"))["address"]
        == f"{SITE}actors/nvidia.html"
    )
    assert (
        json.loads(text(exports, "data/actors/nvidia.json"))["address"]
        == "../../actors/nvidia.html"
    )
    assert placed.keys() == exports.keys()
    for path, content in placed.items():
        assert not isinstance(content, str) or '"../' not in content, path


def test_the_same_data_give_the_same_bytes(real: Graph, edition: Edition, exports: Files) -> None:
    assert export_files(real, edition) == exports


def test_an_archive_without_citation_file_or_changes_exports_too(
    small: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(SMALL), "export", str(tmp_path)]) == 0
    assert "files in" in capsys.readouterr().out
    found = json.loads((tmp_path / "data/edition.json").read_text(encoding="utf-8"))
    assert found["title"] == "On the lamp tax"
    assert [entry["id"] for entry in found["actors"]] == ["harbor-office", "lin-na"]
    assert not list(tmp_path.rglob("*.html"))
    (note,) = [
        a
        for a in json.loads((tmp_path / "data/annotations.json").read_text(encoding="utf-8"))[
            "first"
        ]["items"]
        if a["motivation"] == "commenting"
    ]
    assert note["target"]["selector"]["refinedBy"]["exact"] == "yuan."
    assert stands_in(
        "brought in 120,000 yuan", small.archive.translations["lamp-tax"][2].prose.plain
    )
