"""The search index, built ahead and written as scripts, in parts.

A script can be loaded from disk where ``fetch`` cannot, so the same search works online and from a
folder. The terms (``analyzer.py`` makes them) are sorted and cut into parts of some size, and so
are the documents that results show; a query loads those parts alone in which its terms and its
results lie. What ``docs/assets/js/search-engine.js`` reads of it:

- a term's documents are one string, a gap and a weight each: the gap to the document before in
digits of
  thirty-two, the weight in one character, its lower three bits how much of a name the term is, the
  upper three
  how much it says in a text. A long string has a file of its own kind, ``lists``, and its place
  stands instead;
- ``&12`` is a term of all that links to document 12, so that what speaks of an entry is found by
any of its names;
- ``=money`` is a term of the figures that are sums of money, ``=time``, ``=share`` and ``=count``
of others;
  ``=opposes`` of the stances that oppose, and so on;
- ``^SOURCE`` is a term of all that this source speaks of, where there are several;
- ``~7f`` is a term of the source paragraphs with that bit in their digest (``read/digest.py``).
"""

from __future__ import annotations

import json
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import dates
from ..graph.excerpts import shorten
from ..graph.lists import events as in_years
from ..graph.refs import Graph, paragraph_address
from ..kinds import KINDS, PAGES
from ..model import (
    Actor,
    Argument,
    Check,
    Entry,
    Event,
    Figure,
    Part,
    Reference,
    SearchWords,
    Source,
    Term,
)
from ..pages import Rendered
from ..read.digest import parts
from ..read.fingerprint import simplified
from ..read.load import Record
from ..read.prose import Prose, parse, tidy
from ..store import memory
from .analyzer import fold, lexicon, terms

if TYPE_CHECKING:
    Packed = array[int]

PART = 60_000
"""Letters of a part of the terms."""
LONG = 12_000
"""Letters from which a term's documents stand in a file of lists."""
CHUNK = 20
"""Documents in a file of them."""
SHOWN = 500
"""Letters of a text that a result can show, but for paragraphs, which are kept whole for phrases.
"""
RELATED = 4
TITLES = {
    "paragraph": "Paragraphs",
    "part": "Parts",
    "stance": "Stances",
    "year": "Years",
    "page": "Pages",
}
"""How results are headed that are no record's."""

ONLY_HERE = ("pages", "stances", "measures", "ordinals", "divisions")
"""What of ``analyzer.yml`` a question does not need."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
WHOLE = 7
"""The weight of a term that is a whole name; ``search-engine.js`` has what the others are worth."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that search can find."""

    key: str
    """``actor:lin-na``, ``paragraph:SOURCE:12``, ``part:SOURCE:part-2``, ``page:timeline.html``,
    ``year:2025``, ``stance:lin-na:supports:policy:lamp-tax``.
    """
    kind: str
    title: str
    url: str
    names: tuple[str, ...] = ()
    """What it is found by as by its title."""
    text: str = ""
    more: str = ""
    """What else it is found by, and not shown with."""
    shown: str = ""
    """The names beside the title, as a result shows them."""
    about: tuple[str, ...] = ()
    """The entries that it links to, by key."""
    digest: tuple[str, ...] = ()
    """What a sentence of the source is recognized by (``read/digest.py``)."""
    measure: str = ""
    """What a figure measures, or which stance it is."""
    sources: tuple[str, ...] = ()
    """The sources that speak of it, by id."""
    weight: int = 0
    """How much is said of it, 0 to 9: of two that are found alike, the weightier comes first."""


def hits(graph: Graph, pages: Iterable[Rendered] = ()) -> Iterator[Hit]:
    """Everything that can be found: entries with all their names, what they hold of policies and
    arguments, paragraphs and parts of texts, works, years, pages.
    """
    archive = graph.archive
    works = _works_cited(graph)
    for record in archive.entries():
        yield _entry(graph, record, works.get(f"{record.model.kind}:{record.model.id}", ""))
    yield from _stances(graph)
    for source in archive.sources.values():
        for paragraph in archive.translations[source.model.id].paragraphs:
            label = f"Paragraph {paragraph.number}"
            if source.model.id != archive.only_source():
                label = f"{source.model.short}, paragraph {paragraph.number}"
            url = paragraph_address(source.model.id, paragraph.id)
            links = tuple(dict.fromkeys(link.raw for link in paragraph.prose.links))
            notes = " ".join(note.prose.plain for note in paragraph.notes)
            key = f"paragraph:{source.model.id}:{paragraph.number}"
            known = parts(source.model.digests.get(paragraph.id, ""))
            yield Hit(
                key,
                "paragraph",
                label,
                url,
                (paragraph.id,),
                paragraph.prose.plain,
                notes,
                about=links,
                digest=known,
                sources=(source.model.id,),
            )
    yield from _parts_of_texts(graph)
    for work in archive.references.values():
        yield _work(graph, work.model)
    yield from _years(graph)
    yield from _pages(graph, pages)


def _parts_of_texts(graph: Graph) -> Iterator[Hit]:
    for record in graph.archive.sources.values():
        source = record.model
        for part in source.parts:
            alone = source.id == graph.archive.only_source()
            yield Hit(
                f"part:{source.id}:{part.id}",
                "part",
                part.title if alone else f"{source.short}, {part.title}",
                f"{graph.address('source', source.id)}#{part.id}",
                (*_called(part), f"{part.title} of the {source.genre}"),
                f"{part.subject or ''} ({part.first}–{part.last})".strip(),
                sources=(source.id,),
            )


def _called(part: Part) -> Iterator[str]:
    """What a part of a text may be called beside its title: its place among those that bear a
    number, in English and Chinese.

    >>> list(_called(Part(id="b", title="Part 2", first="p3", last="p4")))
    ['Part 2', 'second part', '第二部分', '第2部分']
    """
    yield part.title
    word, _, number = part.title.lower().rpartition(" ")
    known = lexicon()
    if word in known["divisions"] and number.isdigit() and 1 <= int(number) <= 10:
        place = int(number)
        yield f"{known['ordinals'][place - 1]} {word}"
        numeral = "一二三四五六七八九十"[place - 1]
        yield from (f"第{n}{known['divisions'][word]}" for n in (numeral, number))


def _years(graph: Graph) -> Iterator[Hit]:
    """The years of the timeline."""
    events: dict[str, list[str]] = defaultdict(list)
    for record in graph.archive.events.values():
        events[dates.year(record.model.date)].append(record.model.name)
    first = {dates.year(event.date): event.id for event in reversed(in_years(graph))}
    for year, names in sorted(events.items(), key=lambda one: dates.sort_key(one[0])):
        words = dates.human_year(year)
        count = f"{len(names)} event{'' if len(names) == 1 else 's'}"
        yield Hit(
            f"year:{year}",
            "year",
            f"Timeline, {words}",
            f"{graph.address('event', first[year]).partition('#')[0]}#y{year}",
            (words,),
            f"{count}: {'; '.join(names)}",
        )


def _works_cited(graph: Graph) -> dict[str, str]:
    """By entry of a few lines: the titles of the works that it cites, which tell of it in other
    words.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for id_, users in graph.reference_used_by.items():
        for key in users:
            if not KINDS[key.partition(":")[0]].paged:
                found[key].append(graph.archive.references[id_].model.title)
    return {key: " ".join(titles) for key, titles in found.items()}


def _entry(graph: Graph, record: Record[Any], works: str) -> Hit:
    entry: Entry = record.model
    key = f"{entry.kind}:{entry.id}"
    text = entry_text(entry)
    names = [name for name in (entry.zh, entry.pinyin, *entry.aliases) if name]
    more = [
        str(getattr(entry, name))
        for name in ("type", "instrument", "verdict", "record", "title")
        if getattr(entry, name, None)
    ]
    more += [re.sub(r"[-\d]+", " ", entry.id), works]
    for statement in record.statements:
        more += [tidy(prose.plain) for _, _, prose in statement.prose]
        more += [quote for _, quote in statement.quotes]
    if isinstance(entry, Figure):
        text = f"{entry.words}. {text}"
    elif isinstance(entry, Check):
        text = f"“{entry.quote}” {text}"
        names += [entry.verdict] if entry.verdict else []
    elif isinstance(entry, Term):
        names += [entry.literal] if entry.literal else []
    elif isinstance(entry, Actor):
        more += [role.title for role in entry.roles]
        more += [f"makes, maker of {made.name}" for made in graph.products_of(key)]
    stated = [getattr(entry, name, None) for name in ("date", "local")] + [
        s.date for s in getattr(entry, "status", ())
    ]
    more += [dates.human(date) for date in stated if date]
    if isinstance(entry, Event):
        names += [dates.human(date) for date in (entry.date, entry.local) if date]
    elif isinstance(entry, Figure):
        names += [entry.words, _plain_number(entry)]
    links = set(_linked(record)) - {key}
    shown = " · ".join(name for name in (entry.zh,) if name and name != entry.name)
    stops = graph.stops(key)
    own = {str(source) for source in [getattr(entry, "source", None)] if source}
    said = len(stops) + len(graph.referrers.get(key, ())) / 4
    return Hit(
        key, entry.kind, entry.name, graph.reading_address(entry.kind, entry.id), tuple(names),
        text, " ".join(more), shown,
        tuple(sorted(links)), weight=min(9, round(2 * math.log2(1 + said))),
        measure=_measure(entry.unit) if isinstance(entry, Figure) else "",
        sources=tuple(sorted({stop.source for stop in stops} | own)),
    )  # fmt: skip


def _plain_number(figure: Figure) -> str:
    return f"{figure.value:f}".rstrip("0").rstrip(".") + ("%" if figure.unit == "percent" else "")


def _linked(record: Record[Any]) -> Iterator[str]:
    """Whom an entry is about: what it names in its lists, and in the first words of what happened,
    was checked, or is argued.
    """
    entry = record.model
    for name in ("actors", "policies", "products", "about", "issuer", "targets", "maker"):
        value = getattr(entry, name, None) or ()
        yield from (link for link in ([value] if isinstance(value, str) else value) if ":" in link)
    if isinstance(entry, Event | Check | Argument):
        said = _first_words(entry)
        yield from (link.raw for link in said.links) if said else ()


def _measure(unit: str) -> str:
    """What a unit measures, as questions ask for it: ``time``, ``share``, ``money`` (by the code of
    its currency), or else a ``count``.
    """
    if re.fullmatch("[A-Z]{3}", unit):
        return "money"
    return next((name for name, units in lexicon()["measures"].items() if unit in units), "count")


def _stances(graph: Graph) -> Iterator[Hit]:
    words = lexicon()["stances"]
    for record in graph.archive.actors.values():
        actor = record.model
        for stance in actor.stances:
            toward = graph.entry(stance.toward)
            predicate = {"supports": "supports", "opposes": "opposes"}.get(
                stance.stance, "is of two minds on"
            )
            said = tidy(parse(stance.text).plain) if stance.text else ""
            yield Hit(
                f"stance:{actor.id}:{stance.stance}:{stance.toward}", "stance", f"{actor.name} "
                f"{predicate} "
                f"{toward.name}",
                f"{graph.address('actor', actor.id)}#{stance.anchor(stance.toward)}", (),
                " ".join(filter(None, (said, f"“{stance.quote}”" if stance.quote else ""))),
                " ".join([words[stance.stance],
                *(n for e in (toward, actor) for n in (e.zh, *e.aliases) if n)]),
                about=(f"actor:{actor.id}", stance.toward), measure=stance.stance,
            )  # fmt: skip


def _work(graph: Graph, work: Reference) -> Hit:
    said = ", ".join(filter(None, (work.publisher, dates.human(work.date) if work.date else "")))
    more = " ".join(filter(None, (work.short, work.via, work.note)))
    return Hit(
        f"reference:{work.id}",
        "reference",
        work.title,
        graph.address("reference", work.id),
        (),
        said,
        more,
    )


def _pages(graph: Graph, pages: Iterable[Rendered]) -> Iterator[Hit]:
    """The site's own pages: those made from the data that are no entry's, and those written by
    hand, with what stands on them.
    """
    archive = graph.archive
    texts = {
        page.path: " ".join(block.plain for block in page.parsed.blocks) for page in archive.pages
    }
    entries = {
        graph.reading_address(r.model.kind, r.model.id).replace(".html", ".md")
        for r in archive.entries()
    }
    made = [
        (page.path, page.title, str(page.front.get("description", "")))
        for page in pages
        if page.path not in entries
    ]
    written = [
        (page.path, page.title, str(page.parsed.front.get("description", "")))
        for page in archive.pages
    ]
    for path, title, description in sorted(made + written):
        stem = path.removesuffix(".md").removesuffix("/index").rpartition("/")[2]
        url = f"{path.removesuffix('.md')}.html"
        aliases = (stem.replace("-", " "), *lexicon()["pages"].get(stem, ()))
        yield Hit(f"page:{url}", "page", title, url, aliases, description, texts.get(path, ""))


def entry_text(entry: Entry) -> str:
    """What an entry says of itself, in plain text."""
    said = _first_words(entry)
    return tidy(said.plain) if said else ""


def _first_words(entry: Entry) -> Prose | None:
    for name in ("claim", "summary", "counts", "note"):
        value = getattr(entry, name, None)
        if value:
            return parse(value)
    return None


@dataclass
class Index:
    """The documents of every term, with weights, and what is most tied to each document."""

    found: list[Hit]
    terms: dict[str, Packed] = field(default_factory=dict)
    """A term's documents in order, each its number and, in the lowest six bits, its weight."""

    @classmethod
    def of(cls, found: list[Hit]) -> Index:
        index = cls(found)
        words = _Words()
        told = [[words.counted(*part) for part in _told(hit)] for hit in found]
        average = sum(sum(counts) for _, (_, counts), _ in told) / max(1, len(told)) + 1
        weights: dict[str, Packed] = defaultdict(lambda: array("I"))
        numbers = {hit.key: n for n, hit in enumerate(found)}
        several = len({source for hit in found for source in hit.sources}) > 1
        for number, hit in enumerate(found):
            named, text, more = map(words.counter, told[number])
            length = text.total() + more.total() / 4
            for term in {**named, **text, **more}:
                count = text[term] + 0.3 * more[term]
                said = count * 2.2 / (count + 1.2 * (0.4 + 0.6 * min(3.0, length / average)))
                weight = named[term] + 8 * (min(7, max(1, round(said * 3.5))) if count else 0)
                weights[term].append(number << 6 | weight)
            marks = [f"~{bit}" for bit in hit.digest]
            marks += [f"={hit.measure}"] if hit.measure else []
            marks += [f"^{source}" for source in hit.sources] if several else []
            marks += [f"&{numbers[key]}" for key in hit.about if key in numbers]
            for term in dict.fromkeys(marks):
                weights[term].append(number << 6)
        index.terms = weights
        return index


class _Words:
    """The words of many texts, each counted, in a tenth of the memory that counters would take."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []

    def counted(self, words: list[str], counts: list[int]) -> tuple[Packed, Packed]:
        """Words by their numbers, and how often each stands there."""
        for word in words:
            if word not in self._numbers:
                self._numbers[word] = len(self._words)
                self._words.append(word)
        return array("I", map(self._numbers.__getitem__, words)), array("I", counts)

    def counter(self, counted: tuple[Packed, Packed]) -> Counter[str]:
        numbers, counts = counted
        return Counter(dict(zip(map(self._words.__getitem__, numbers), counts, strict=True)))


def _told(hit: Hit) -> list[tuple[list[str], list[int]]]:
    """The terms of a hit's names, with how much of a name each is, and of its texts, with how often
    each stands there.
    """

    def counted() -> list[tuple[list[str], list[int]]]:
        found = (_names(hit), Counter(terms(hit.text)), Counter(terms(hit.more)))
        return [(list(counts), list(counts.values())) for counts in found]

    said = (hit.title, *hit.names, hit.text, hit.more)
    told: list[tuple[list[str], list[int]]] = memory(("terms", *said), counted)
    return told


def _names(hit: Hit) -> dict[str, int]:
    """Of each term in the names of a hit, how much of a name it is: 7 a whole one, then a half, a
    third and so on.
    """
    found: dict[str, int] = {}
    for name in dict.fromkeys(map(fold, (hit.title, *hit.names))):
        own = list(terms(name, names=True))
        # Characters and the other forms of dates and compounds help to find a name and are no part
        # of its length.
        count = len([t for t in own if not (len(t) == 1 and not t.isascii())]) or len(own)
        if not own:  # a name of words that say little is found by them all the same
            own = name.split()
            count = len(own)
        for term in own:
            share = (7, 7, 6, 5, 4, 3, 3)[count] if count < 7 else 2
            if len(term) == 1 and not term.isascii():
                share = WHOLE if len(own) == 1 else 1
            if term[0] == "@":  # a day is the name of what happened on it, its month is not
                share = WHOLE if term == f"@{_only_date(own)}" else 6 if len(term) in (7, 11) else 3
            found[term] = max(found.get(term, 0), share)
    return found


def _only_date(own: list[str]) -> str:
    """The date of a name that is nothing else, at its most exact."""
    return own[0][1:] if all(term[0] == "@" or term.isdigit() for term in own) else ""


def _related(graph: Graph, found: list[Hit]) -> dict[int, list[int]]:
    """By number of an entry: the entries most tied to it, through the paragraphs that speak of both
    and through links.
    """
    numbers = {hit.key: n for n, hit in enumerate(found)}
    kinds = {kind.id for kind in PAGES}
    at: dict[Any, list[str]] = defaultdict(list)
    for hit in found:
        if hit.kind in kinds:
            for stop in graph.stops(hit.key):
                at[stop.source, stop.number].append(hit.key)
    linked: dict[str, list[str]] = defaultdict(list)
    for hit in found:
        if hit.kind in kinds:
            for key in graph.referrers.get(hit.key, ()):
                if key.partition(":")[0] in kinds:
                    linked[hit.key].append(key)
                    linked[key].append(hit.key)
    stops: dict[str, list[list[str]]] = defaultdict(list)
    for keys in at.values():
        for key in keys:
            stops[key].append(keys)

    def ties(key: str) -> Counter[str]:
        """How much an entry is tied to each other; kept of all, this would fill the memory."""
        found = Counter(other for keys in stops[key] for other in keys if other != key)
        for other in linked[key]:
            found[other] += 3
        return found

    # What is tied to everything says little: a tie counts for less the more ties the other has.
    total = {key: count for key in dict.fromkeys((*stops, *linked)) if (count := ties(key).total())}
    return {
        numbers[key]: [
            numbers[k]
            for k, _ in sorted(
                ties(key).items(), key=lambda tie: (-tie[1] / total[tie[0]] ** 0.5, tie[0])
            )[:RELATED]
        ]
        for key in total
    }


def encoded(documents: dict[int, int]) -> str:
    """A term's documents as a string.

    >>> encoded({3: 7, 50: 60})
    '37XEy'
    """
    out: list[str] = []
    last = -1
    for number, weight in sorted(documents.items()):
        gap = number - last - 1
        last = number
        digits = [gap % 32]
        while gap := gap // 32:
            digits.append(gap % 32)
        out.extend(DIGITS[digit + 32] for digit in digits[:0:-1])
        out.append(DIGITS[digits[0]])
        out.append(DIGITS[weight])
    return "".join(out)


def search_assets(graph: Graph, pages: Iterable[Rendered] = ()) -> dict[str, str]:
    """The scripts that the search loads: ``head``, and the parts."""
    return dict(search_files(graph, pages))


def search_files(graph: Graph, pages: Iterable[Rendered] = ()) -> Iterator[tuple[str, str]]:
    """The same one by one, each to be done with before the next."""
    yield "assets/data/simplified.js", to_script("dossierSimplified", traditional())
    for name, content in _scripts(graph, list(hits(graph, pages))):
        yield f"assets/data/search/{name}.js", content


def without_index(graph: Graph, instead: str) -> dict[str, str]:
    """The scripts of a search that finds nothing, and says what is to be done ``instead``."""
    found = {"terms-0": to_part("terms-0", []), **dict(_scripts(graph, [], instead))}
    return {f"assets/data/search/{name}.js": script for name, script in found.items()}


def _scripts(graph: Graph, found: list[Hit], instead: str = "") -> Iterator[tuple[str, str]]:
    lists: list[list[str]] = []
    first: list[str] = []
    for part in _parts(Index.of(found).terms, lists):
        yield f"terms-{len(first)}", to_part(f"terms-{len(first)}", part)
        first.append(part[0])
    for n, long in enumerate(lists):
        yield f"lists-{n}", to_part(f"lists-{n}", long)
    related = _related(graph, found)
    for n in range(0, len(found), CHUNK):
        shown = [_document(found[m], related.get(m, [])) for m in range(n, len(found))[:CHUNK]]
        yield f"documents-{n // CHUNK}", to_part(f"documents-{n // CHUNK}", shown)
    sources = [record.model for record in graph.archive.sources.values()]
    if found and len(sources) > 1:
        yield "sources", to_part("sources", [[s.id, s.short] for s in sources])
    kinds = {
        kind: next(n for n, hit in enumerate(found) if hit.kind == kind)
        for kind in dict.fromkeys(h.kind for h in found)
    }
    settings = graph.archive.settings.search
    words = {name: value for name, value in lexicon().items() if name not in ONLY_HERE}
    head = {
        "count": len(found),
        "kinds": list(kinds.items()),
        "weights": "".join(str(hit.weight) for hit in found).rstrip("0"),
        "parts": first,
        "chunk": CHUNK,
        "source": sources[0].id if len(sources) == 1 else "",
        "told": _told_until(sources),
        "titles": {kind: TITLES.get(kind) or KINDS[kind].search_title for kind in kinds},
        "words": {**words, "same": settings.same},
        "example": settings.example,
        "help": instead or _help(settings),
    }
    yield "head", to_script("dossierSearch", head)


def _told_until(sources: list[Source]) -> str:
    """The day with which the only source ends, or nothing: what came after it is asked for."""
    last = dates.span(sources[0].date)[1] if len(sources) == 1 and sources[0].date else ""
    return last if last < "9999" else ""


def _help(words: SearchWords) -> str:
    """What one may ask for, for a reader who has found nothing."""
    names = f"names{f' in {words.languages}' if words.languages else ''}"
    return (
        f"You can search {names}{f' ({words.names})' if words.names else ''}, figures and dates"
        f"{f' ({words.figures})' if words.figures else ''}, words and phrases of the text, terms,"
        " and paragraph numbers (p30)."
    )


def _document(hit: Hit, related: list[int]) -> list[Any]:
    """What a result shows: title, address, Chinese name, text, and where there are any what is tied
    to it and its other names.
    """
    text = hit.text if hit.kind == "paragraph" else shorten(hit.text, SHOWN)
    shown = [hit.title, hit.url, hit.shown, text]
    others = [name for name in hit.names if name != hit.shown and hit.kind != "paragraph"]
    return [*shown, related, others] if related or others else shown


def _parts(found: dict[str, Packed], lists: list[list[str]]) -> Iterator[list[Any]]:
    """The sorted terms with their documents, cut into parts of about a size; those that are too
    long for that go to ``lists``. What has been written out is let go.
    """
    part: list[Any] = []
    size = long = 0
    for term in sorted(found, key=lambda term: term.encode("utf-16-be")):
        packed = found.pop(term)
        documents: str | list[int] = encoded({one >> 6: one & 63 for one in packed})
        if len(documents) >= LONG:
            if not lists or (long and long + len(documents) > PART):
                lists.append([])
                long = 0
            long += len(documents)
            lists[-1].append(str(documents))
            documents = [len(lists) - 1, len(lists[-1]) - 1]
        weight = len(term) + 6 + len(str(documents))
        if size + weight > PART and part:
            yield part
            part, size = [], 0
        part += [term, documents]
        size += weight
    if part:
        yield part


def traditional() -> list[str]:
    """Two strings, the n-th character of the first being traditional for the n-th of the second."""
    pairs = [(chr(code), char) for code, char in sorted(simplified().items()) if chr(code) != char]
    return ["".join(a for a, _ in pairs), "".join(b for _, b in pairs)]


def to_script(name: str, data: Any) -> str:
    """A script that gives the browser the data as ``window.NAME``."""
    return f"window.{name} = {json_of(data)};\n"


def to_part(name: str, data: Any) -> str:
    """A script that adds a part of the search index to those that the browser has."""
    return f"(window.dossierSearchParts ??= {{}})[{json.dumps(name)}] = {json_of(data)};\n"


def json_of(data: Any) -> str:
    """JSON that may stand in a script."""
    # Line separators are legal in JSON and were not in scripts; < could close the element.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("<", "\\u003c")
