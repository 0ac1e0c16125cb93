"""The translation of a source as TEI P5: parts, paragraphs, names, notes, and what is named.

A name in the text points to its entry in ``back``, which points to the entry's page. TEI gives
persons and organizations elements of their own; everything else is an item of a list. Where the
author
has slipped, the words printed for it are one reading (``corr``), and the slip is the other
(``sic``).
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from functools import partial

from ..graph.history import Changes, Rewording, in_words
from ..graph.refs import Graph, Resolver, paragraph_address
from ..han import HAN_RUN
from ..kinds import KINDS, LINKED
from ..languages import tongue
from ..model import Actor, Emendation, Entry, Event, Source
from ..read.edition import Edition
from ..read.prose import Prose
from ..read.translation import Paragraph
from ..store import Content
from .base import OfGraph, Place, cited_address, plain, target, tree

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tei_files(graph: Graph, edition: Edition) -> Iterator[tuple[str, Content]]:
    """A file for every source."""
    for record in graph.archive.sources.values():
        path = tei_path(record.model.id)
        yield path, OfGraph(partial(_written, graph, record.model.id, Place(path, edition)))


def tei_path(source: str) -> str:
    return f"data/{source}.tei.xml"


def _written(graph: Graph, source: str, place: Place) -> str:
    return _write(_document(graph, graph.archive.sources[source].model, place))


def _write(root: etree.Element) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
    )


def _document(graph: Graph, source: Source, place: Place) -> etree.Element:
    root = etree.Element("TEI", {"xmlns": NAMESPACE, XML_LANG: source.shown_in})
    header = _header(graph, source, place)
    etree.indent(header, " ")
    _lines(root, 0, [header, _text(graph, source, place)])
    return root


def _header(graph: Graph, source: Source, place: Place) -> etree.Element:
    title = _element(
        "title", source.title, type="descriptive" if source.title_by_editors else "main"
    )
    by = [
        _element(
            "respStmt", None, _element("resp", "Translation and notes"), _element("name", name)
        )
        for name in source.translators
    ]
    license_ = _element(
        "licence",
        "The translation and the notes, as far as they are the editors’ own",
        target=place.edition.license_url,
    )
    availability = _element(
        "availability",
        None,
        license_ if place.edition.license_url else None,
        _element("p", plain(source.rights)),
    )
    published = _element(
        "publicationStmt", None,
        _element("publisher", place.edition.makers),
        _made(source.made),
        _element("idno", place.url(paragraph_address(source.id, "").rstrip("#")), type="URI"),
        availability,
    )  # fmt: skip
    original = _element(
        "bibl", None,
        *(_element("author", name) for name in source.authors),
        _element("title", source.title, type="descriptive" if source.title_by_editors else "main"),
        _element("publisher", source.publisher) if source.publisher else None,
        _element("date", source.date) if source.date else None,
        _element("note", source.date_note) if source.date_note else None,
        _element("note", f"Unknown: {'; '.join(source.unknown)}.") if source.unknown else None,
    )  # fmt: skip
    return _element(
        "teiHeader", None,
        _element(
            "fileDesc", None,
            _element("titleStmt", None, title, *by), _edition(graph, source), published,
            _element("sourceDesc", None, original),
        ),
        _element(
            "encodingDesc", None,
            _element("projectDesc", None, _element("p", place.edition.abstract)),
            _element("editorialDecl", None, _element("p", _numbering(source)), _correction(source)),
        ),
        _element(
            "profileDesc", None,
            _element("abstract", None, _element("p", plain(source.description))),
            _element("langUsage", None, *_languages(source)),
        ),
        _revisions(graph, source),
    )  # fmt: skip


def _made(date: str | None) -> etree.Element | None:
    """The day of the text that is shown."""
    if date is None:
        return None
    exact = {"when": date} if len(date) == 10 else {}
    return _element("date", date, **exact)


def _edition(graph: Graph, source: Source) -> etree.Element | None:
    """Which edition it is, where there are releases."""
    version = graph.version(source.id)
    if not version:
        return None
    words = f"Edition {in_words(version)}"
    return _element("editionStmt", None, _element("edition", words, n=version))


def _revisions(graph: Graph, source: Source) -> etree.Element | None:
    """What changed in the words, newest first, each change with the paragraph that it concerns."""
    found = []
    for changes in graph.history.values():
        made = []
        for r in _rewordings(changes, source):
            change = _element(
                "change", None, _element("name", r.by), _element("p", r.why) if r.why else None,
                target=" ".join(f"#{id_}" for id_ in r.after or r.before), when=changes.date,
            )  # fmt: skip
            change.set(XML_ID, _change_id(changes, r))
            made.append(change)
        name = f"Release {changes.version}" if changes.version else "Not released yet"
        whole = _element("change", name, when=changes.date)
        listed = _element("listChange", None, *(made or [whole]), n=changes.version or "next")
        listed.insert(0, _element("desc", f"{name}, {changes.date}"))
        found.append(listed)
    return _element("revisionDesc", None, *found) if found else None


def _rewordings(changes: Changes, source: Source) -> list[Rewording]:
    return [r for r in changes.rewordings if r.source == source.id]


def _change_id(changes: Changes, rewording: Rewording) -> str:
    return f"change-{changes.version or 'next'}-{rewording.paragraph}"


def _changed(graph: Graph, source: Source) -> dict[str, list[str]]:
    """By paragraph where the header tells its changes, newest first."""
    found: dict[str, list[str]] = {}
    for changes in graph.history.values():
        for rewording in _rewordings(changes, source):
            for id_ in rewording.after:
                found.setdefault(id_, []).append(f"#{_change_id(changes, rewording)}")
    return found


def _correction(source: Source) -> etree.Element | None:
    """What is done about the author's slips, where there are any."""
    if not source.emendations:
        return None
    said = (
        "A slip of the author’s stands in sic, in the words of the source; corr has the English "
        "of what is meant, and the note tells why."
    )
    return _element("correction", None, _element("p", said), method="markup")


def _numbering(source: Source) -> str:
    """What a paragraph's number stands for."""
    if not source.translators:
        return "A paragraph’s number is its id."
    return (
        "One paragraph of the translation stands for exactly one of the source; its number is "
        "its id."
    )


def _languages(source: Source) -> Iterator[etree.Element]:
    """Each language once: the translation's, if there is one, and the source's."""
    if source.shown_in != source.language:
        yield _element("language", "English, the translation", ident="en")
        words = f"{tongue(source.language)}, the source and terms quoted from it"
    else:
        words = f"{tongue(source.language)}, the source"
    yield _element("language", words, ident=source.language)


def _text(graph: Graph, source: Source, place: Place) -> etree.Element:
    translation = graph.archive.translations[source.id]
    resolver = Resolver(graph, place.path, source.id)
    named: set[str] = {
        link.raw
        for p in translation.paragraphs
        for prose in (p.prose, *(n.prose for n in p.notes))
        for link in prose.links
    }
    told = _changed(graph, source)
    body = etree.Element("body")
    divisions = []
    for part in source.parts:
        division = etree.Element("div", {"type": "part", XML_ID: part.id})
        members = [translation[n] for n in range(int(part.first[1:]), int(part.last[1:]) + 1)]
        _lines(
            division,
            3,
            [
                _element("head", part.title),
                *(_paragraph(p, graph, place, resolver, told.get(p.id, [])) for p in members),
            ],
        )
        divisions.append(division)
    _lines(body, 2, divisions)
    back = etree.Element("back")
    entries = _element("div", None, *_named(graph, named, place), type="entries")
    etree.indent(entries, " ", 2)
    _lines(back, 2, [entries])
    text = etree.Element("text")
    _lines(text, 1, [body, back])
    return text


def _paragraph(
    paragraph: Paragraph, graph: Graph, place: Place, resolver: Resolver, changes: list[str]
) -> etree.Element:
    verse = paragraph.form.name == "verse"
    number = paragraph.more.get("label") or str(paragraph.number)
    element = etree.Element("lg" if verse else "p", {XML_ID: paragraph.id, "n": number})
    if changes:
        element.set("change", " ".join(changes))
    others = [tei_path(other.id) for other in graph.beside(resolver.source or "")]
    if others:
        element.set("corresp", " ".join(f"{place.url(to)}#{paragraph.id}" for to in others))
    notes = {note.id: note.prose for note in paragraph.notes}
    if paragraph.joined:  # the editors' words, not the text's
        element.set("corresp", f"#{paragraph.joined}")
        said = etree.SubElement(element, "note", {"type": "editors"})
        _inline(tree(paragraph.prose), said, notes, resolver, place)
        return element
    _inline(tree(paragraph.prose), element, notes, resolver, place)
    source: Source = graph.archive.sources[resolver.source or ""].model
    for emendation in source.emendations:
        if emendation.note in notes:
            _emend(element, emendation, source.language)
    speaker = paragraph.more.get("speaker")
    if not speaker:
        return element
    known = speaker.startswith("actor:")
    name = resolver.graph.entry(speaker).name if known else speaker
    return _element("sp", None, _element("speaker", name), element)


def _emend(paragraph: etree.Element, emendation: Emendation, language: str) -> None:
    """Put both readings in the place of the words that stand before the mark of an emendation's
    note.
    """
    for parent in paragraph.iter():
        at = next(
            (n for n, child in enumerate(parent) if child.get(XML_ID) == f"note-{emendation.note}"),
            None,
        )
        if at is None:
            continue
        before = parent[at - 1] if at else None
        owner, field = (parent, "text") if before is None else (before, "tail")
        if before is not None and emendation.words not in (before.tail or ""):
            owner, field = before, "text"  # the words are a name, which ends before the mark
        text = getattr(owner, field) or ""
        start = text.rindex(emendation.words)
        sic = _element("sic", emendation.sic)
        if HAN_RUN.search(emendation.sic):
            sic.set(XML_LANG, language)
        choice = _element("choice", None, sic, _element("corr", emendation.words))
        choice.tail = text[start + len(emendation.words) :]
        setattr(owner, field, text[:start])
        if field == "text":
            owner.insert(0, choice)
        else:
            parent.insert(at, choice)
        return


def _inline(
    html: etree.Element,
    into: etree.Element,
    notes: dict[str, Prose],
    resolver: Resolver,
    place: Place,
) -> None:
    """Translate the content of an HTML element, as the prose parser makes it, into TEI."""
    _say(into, html.text)
    for child in html:
        if child.tag == "sup":
            id_ = child[0].get("id", "").removeprefix("mark-")
            made = etree.SubElement(into, "note", {XML_ID: f"note-{id_}", "type": "translators"})
            _inline(tree(notes[id_]), made, {}, resolver, place)
        elif child.tag == "a":
            _link(child, into, notes, resolver, place)
        elif child.tag == "img":
            etree.SubElement(into, "graphic", {"url": child.get("src", "")})
        elif child.tag == "br":
            pass
        elif made_of := _FORMS.get(child.get("class") or child.tag):
            _inline(child, etree.SubElement(into, made_of), notes, resolver, place)
        elif child.tag in ("em", "strong"):
            _inline(
                child,
                etree.SubElement(into, "hi", {"rend": "italic" if child.tag == "em" else "bold"}),
                notes,
                resolver,
                place,
            )
        elif child.get("lang"):
            _inline(
                child,
                etree.SubElement(into, "foreign", {XML_LANG: child.get("lang", "")}),
                notes,
                resolver,
                place,
            )
        else:
            _inline(child, into, notes, resolver, place)
        _say(into, child.tail)


_FORMS = {
    "verse-line": "l",
    "ul": "list",
    "ol": "list",
    "li": "item",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "figcaption": "desc",
}
"""By class or element of HTML: the element of TEI."""


def _link(
    anchor: etree.Element,
    into: etree.Element,
    notes: dict[str, Prose],
    resolver: Resolver,
    place: Place,
) -> None:
    """A name with its pointer, a citation, or a link to elsewhere."""
    to = target(anchor)
    if isinstance(to, tuple):
        _inline(
            anchor, etree.SubElement(into, *_name_of(resolver.graph, *to)), notes, resolver, place
        )
    elif to:
        citation = to.with_source(resolver.source)
        etree.SubElement(
            into, "ref", {"target": place.url(cited_address(resolver.graph, citation))}
        ).text = resolver.citation_label(citation)
    else:
        _inline(
            anchor,
            etree.SubElement(into, "ref", {"target": anchor.get("href", "")}),
            notes,
            resolver,
            place,
        )


def _say(element: etree.Element, text: str | None) -> None:
    """Add text after what an element holds already."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _xml_id(kind: str, id_: str) -> str:
    return f"{kind}.{id_}"


def _name_of(graph: Graph, kind: str, id_: str) -> tuple[str, dict[str, str]]:
    """The element for a name in the text, with its pointer."""
    entry = graph.entry(f"{kind}:{id_}")
    pointer = f"#{_xml_id(kind, id_)}"
    if isinstance(entry, Actor):
        return ("persName" if entry.type == "person" else "orgName"), {"ref": pointer}
    if kind == "term":
        return "term", {"ref": pointer}
    return "rs", {"type": kind, "ref": pointer}


def _named(graph: Graph, named: set[str], place: Place) -> Iterator[etree.Element]:
    """What the text names, by kind, in the order of the data."""
    found: dict[str, list[Entry]] = {
        kind: [
            graph.entry(key) for id_ in graph.archive.of(kind) if (key := f"{kind}:{id_}") in named
        ]
        for kind in LINKED
    }
    persons = [a for a in found["actor"] if isinstance(a, Actor) and a.type == "person"]
    others = [a for a in found["actor"] if a not in persons]
    if persons:
        yield _element(
            "listPerson", None, *(_entry(graph, "person", "persName", a, place) for a in persons)
        )
    if others:
        yield _element(
            "listOrg", None, *(_entry(graph, "org", "orgName", a, place) for a in others)
        )
    if found["event"]:
        yield _element(
            "listEvent",
            None,
            *(_event(graph, e, place) for e in found["event"] if isinstance(e, Event)),
        )
    for kind in LINKED:
        if found[kind] and KINDS[kind].tei == "list":
            head = _element("head", KINDS[kind].title)
            yield _element(
                "list", None, head, *(_item(graph, kind, e, place) for e in found[kind]), type=kind
            )


def _entry(graph: Graph, tag: str, name: str, entry: Entry, place: Place) -> etree.Element:
    made = _element(tag, None, *_names(name, entry), _address(graph, entry, place))
    made.set(XML_ID, _xml_id(entry.kind, entry.id))
    return made


def _event(graph: Graph, event: Event, place: Place) -> etree.Element:
    made = _element(
        "event",
        None,
        _element("head", event.name),
        _element("p", None, _element("date", event.date), _ref(graph, event, place)),
    )
    made.set(XML_ID, _xml_id("event", event.id))
    return made


def _item(graph: Graph, kind: str, entry: Entry, place: Place) -> etree.Element:
    made = _element("item", None, *_names("name", entry), _ref(graph, entry, place))
    made.set(XML_ID, _xml_id(kind, entry.id))
    return made


def _names(tag: str, entry: Entry) -> Iterator[etree.Element]:
    yield _element(tag, entry.name)
    if entry.zh:
        made = _element(tag, entry.zh)
        made.set(XML_LANG, "zh-Hans")
        yield made


def _address(graph: Graph, entry: Entry, place: Place) -> etree.Element:
    return _element("idno", place.url(graph.address(entry.kind, entry.id)), type="URI")


def _ref(graph: Graph, entry: Entry, place: Place) -> etree.Element:
    return _element("ref", None, target=place.url(graph.address(entry.kind, entry.id)))


def _element(
    tag: str, text: str | None = None, *children: etree.Element | None, **attributes: str
) -> etree.Element:
    """An element with text or children; what is ``None`` is left out."""
    made = etree.Element(tag, attributes)
    made.text = text
    made.extend(child for child in children if child is not None)
    return made


def _lines(parent: etree.Element, depth: int, children: list[etree.Element]) -> None:
    """Give an element that holds no text its children, each on a line of its own."""
    parent.extend(children)
    parent.text = "\n" + " " * depth
    for child in children:
        child.tail = parent.text
    if children:
        children[-1].tail = "\n" + " " * max(depth - 1, 0)
