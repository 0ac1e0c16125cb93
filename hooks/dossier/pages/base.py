"""What all pages share: the page itself, and the view through which a template sees the archive."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .. import dates
from ..graph.comparison import speaking
from ..graph.differences import Piece, as_html
from ..graph.excerpts import Span, excerpt, find, in_context, shorten
from ..graph.lists import PASSAGES
from ..graph.parts import ListPart, around
from ..graph.refs import (
    Graph,
    Mention,
    Resolver,
    comparison_address,
    paragraph_address,
    reference_label,
    relative,
)
from ..graph.wording import Standing
from ..kinds import ENTRIES
from ..kinds.vocabularies import MAKERS, STANCES, VOICES
from ..model import Argument, Check, Entry, Figure, PageEntry, Source, Statement, Term
from ..read.prose import fill, mark_chinese, parse, parse_citation, tidy

TEMPLATES = Path(__file__).with_name("templates")

# Not after an initial or an abbreviation: U.S., Dec., Mr.
_SENTENCE_END = re.compile(
    r"(?<=[.!?”’)])(?<![A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.) +(?=[A-Z“])"
)
_LONE_CITATION = re.compile(r'<span class="cites">(<a class="cite"[^>]*>[^<]*</a>)</span>')


@dataclass(frozen=True)
class Page:
    """A page to be made: where it stands, what a contributor edits to change it, and its content.

    ``path`` is the Markdown file's, from ``docs/``; ``edit`` the file to edit, from the project's
    root; ``context`` what its template is given besides the view.
    """

    path: str
    title: str
    description: str
    template: str
    edit: str
    context: dict[str, Any] = field(default_factory=dict)
    hide: tuple[str, ...] = ("navigation",)
    listed: str = ""
    """For one page of many: the page that lists them, from the site's root. Such a page numbers the
    works that it cites and names them at its end."""
    numbered: bool = False
    """Whether another does so too."""
    part: ListPart | None = None
    """For a page of a list that is cut: which part of it."""

    @property
    def name(self) -> str:
        """That by which ``data/edition.yml`` knows the page, or the list of which it is a part."""
        return page_name(f"{self.part.name}.md" if self.part else self.path)

    @property
    def url(self) -> str:
        return self.path.removesuffix(".md") + ".html"


def page_name(path: str) -> str:
    """The name by which ``data/edition.yml`` knows a page.

    >>> page_name("products/index.html"), page_name("timeline.md")
    ('products', 'timeline')
    """
    return path.rpartition(".")[0].removesuffix("/index")


Recipe = tuple[str, Callable[[], Page]]
"""A page to be made: a name of its own, and what makes it."""


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Where templates are kept compiled, as Python keeps its modules; ``None`` if the system's
    folder for it belongs to another user.
    """
    try:
        return FileSystemBytecodeCache()
    except (RuntimeError, OSError):
        return None


def slug(words: str) -> str:
    """Words as an id.

    >>> slug("19th century BC")
    '19th-century-bc'
    """
    return re.sub(r"[^\w]+", "-", words.lower()).strip("-")


@cache
def environment() -> Environment:
    """The template engine: everything is escaped, and an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # {# … } gives a heading its id in Markdown.
        comment_start_string="<#",
        comment_end_string="#>",
        bytecode_cache=compiled_templates(),
    )
    made.globals["STANCES"] = STANCES
    made.globals["PASSAGES"] = PASSAGES
    made.filters["slug"] = slug
    return made


class View:
    """The archive as a template on one page sees it: every method gives text or safe HTML."""

    def __init__(
        self,
        graph: Graph,
        page: str,
        source: str | None = None,
        numbered: bool = False,
        known_as: str = "",
    ) -> None:
        self.graph = graph
        self.page = page
        self.known_as = known_as or page_name(page)
        self.works: dict[str, int] = {}  # cited by the page so far, with their numbers
        self.resolver = Resolver(
            graph,
            page,
            source or graph.archive.default_source(),
            works=self.works if numbered else None,
        )
        self.linked: set[str] = set()  # entries that the page has linked so far
        self._to_itself = re.compile(
            rf'<a class="entry" href="{re.escape(posixpath.basename(page))}">(.*?)</a>'
        )

    # Text

    def prose(self, text: str) -> Markup:
        """A prose field as HTML, its links and citations leading from this page."""
        prose = parse(text)
        self.linked.update(link.raw for link in prose.links)
        return self.filled(prose.html)

    def filled(self, html: str) -> Markup:
        """HTML of the prose parser, its links and citations leading from this page.

        Links to the page itself are left out, and so are groups of a single citation.
        """
        html = fill(html, self.resolver)
        return Markup(_LONE_CITATION.sub(r"\1", self._to_itself.sub(r"\1", html)))

    def plain(self, text: str, limit: int = 10_000) -> str:
        return shorten(tidy(parse(text).plain), limit)

    def lead(self, otherwise: str) -> str:
        """The first words of a page: the edition's, where it has its own."""
        words = self.graph.archive.settings.pages.get(self.known_as)
        return words.lead if words and words.lead else otherwise

    def speaker(self, words: str) -> Markup:
        """Who speaks a turn, linked where that is an actor with an entry."""
        return self.link(words) if words.startswith("actor:") else self.zh(words)

    def brief(self, text: str, limit: int) -> str:
        """The whole sentences of a prose field that fit into so many characters; the first of them
        always.
        """
        first, *more = _SENTENCE_END.split(tidy(parse(text).plain))
        for sentence in more:
            if len(first) + 1 + len(sentence) > limit:
                break
            first = f"{first} {sentence}"
        return first

    def zh(self, text: str) -> Markup:
        """Plain text with its Chinese runs marked."""
        return Markup(mark_chinese(text))

    def compared(self, pieces: tuple[Piece, ...]) -> Markup:
        """Two wordings in one: what was cut, what was put in its place."""
        return Markup(as_html(pieces))

    def heading(self, text: str) -> Markup:
        """Plain text for a heading line, which Markdown reads: nothing in it is taken for
        markup.
        """
        return Markup(
            re.sub(
                r"([\\`*_{}\[\]()#+\-.!])",
                r"\\\1",
                html.escape(" ".join(text.split()), quote=False),
            )
        )

    def quoted(self, text: str) -> Markup:
        """Words in double quotation marks, those within them made single."""
        return Markup("“") + self.zh(text.replace("“", "‘").replace("”", "’")) + Markup("”")

    def date(self, text: str) -> str:
        return dates.human(text)

    def time(self, text: str) -> Markup:
        """A date, as ``<time>`` if HTML allows it there: a year, a month, a day."""
        words = escape(dates.human(text))
        if set(text) & set("/~?"):
            return Markup(f"<span>{words}</span>")
        return Markup(f'<time datetime="{escape(text)}">{words}</time>')

    def period(self, start: str | None, end: str | None) -> str:
        """From when to when something was so: ``since May 2019``, ``2024 to 2025``."""
        if start and end:
            return f"{dates.human(start)} to {dates.human(end)}"
        return f"since {dates.human(start)}" if start else f"until {dates.human(end or '')}"

    def excerpt(self, key: str, mention: Mention) -> Markup:
        """The sentences in which a paragraph speaks of an entry, the words marked."""
        text = self.graph.archive.translations[mention.source][mention.number].prose.plain
        spans = [(link.at, link.at + len(link.words)) for link in mention.links]
        spans += [span for words in _words(self.graph.entry(key)) for span in find(text, words)]
        return Markup(excerpt(text, spans))

    def in_context(self, source: str, number: int, span: Span) -> Markup:
        """Words of a paragraph with a little of what stands around them, the words marked."""
        return Markup(in_context(self.graph.archive.translations[source][number].prose.plain, span))

    def standing(self, standing: Standing) -> Markup:
        """The sentences of a paragraph in which renderings of a word stand, these marked."""
        return Markup(
            excerpt(
                self.graph.archive.translations[standing.source][standing.number].prose.plain,
                standing.spans,
            )
        )

    @property
    def the_source(self) -> Source | None:
        """The site's source, if it has only one: a reader who comes from a search is told what the
        page is part of.
        """
        only = self.graph.archive.only_source()
        return self.graph.archive.sources[only].model if only else None

    def voice(self, statement: Statement) -> str:
        """Whose statement it is, in words."""
        if statement.voice == "quoted" and statement.speaker:
            return f"{self.name(statement.speaker)}, as quoted"
        return VOICES[statement.voice]["words"]

    def maker(self, argument: Argument) -> str:
        """Who makes an argument, in words."""
        if argument.maker == "quoted" and argument.speaker:
            return f"{self.name(argument.speaker)}, as quoted"
        return MAKERS[argument.maker]["short"]

    # Links

    def href(self, target: str) -> str:
        """The link from this page to an address from the site's root."""
        return relative(self.page, target)

    def name(self, key: str) -> str:
        return self.graph.entry(key).name

    def title(self, key: str) -> str:
        """What anything is called, a work or a source as well."""
        model = self.graph.record(key).model
        return str(getattr(model, "name", None) or model.title)

    def link(self, key: str, words: str | None = None) -> Markup:
        self.linked.add(key)
        kind, _, id_ = key.partition(":")
        href = relative(self.page, self.graph.reading_address(kind, id_))
        text = mark_chinese(words or self.name(key))
        return Markup(f'<a class="entry" href="{escape(href)}">{text}</a>')

    def row_of(self, part: ListPart) -> list[ListPart | None]:
        """The parts of its list that a page names; ``None`` where some are left out."""
        return around(self.graph.lists[part.name], part.number)

    def entry_href(self, key: str) -> str:
        """The link from this page to an entry or a work."""
        return relative(self.page, self.graph.address(*key.split(":", 1)))

    def paragraph(self, source: str, number: int, words: str | None = None) -> Markup:
        href = relative(self.page, paragraph_address(source, f"p{number}"))
        return Markup(f'<a class="cite" href="{escape(href)}">{escape(words or f"p{number}")}</a>')

    def paragraph_label(self, source: str, number: int) -> str:
        """``p12``, with the source's short name where the site has several."""
        if source == self.graph.archive.only_source():
            return f"p{number}"
        return f"{self.graph.archive.sources[source].model.short}, p{number}"

    def cites(self, raw: Iterable[str], beside: str = "") -> Markup:
        """A list of citations as the prose shows them, without those that stand in the text beside
        it.
        """
        links = []
        there = (
            [c.with_source(self.resolver.source) for c in parse(beside).citations] if beside else []
        )
        shown = {(c.source, number) for c in there for number in c.numbers}
        for text in raw:
            citation = parse_citation(text)
            if citation is None:
                continue
            citation = citation.with_source(self.resolver.source)
            if citation in there or (
                citation.is_paragraph
                and all((citation.source, n) in shown for n in citation.numbers)
            ):
                continue
            links.append(
                f'<a class="cite" href="{escape(self.resolver.citation_href(citation))}">'
                f"{mark_chinese(self.resolver.citation_label(citation))}</a>"
            )
        return Markup(
            links[0]
            if len(links) == 1
            else f'<span class="cites">{" ".join(links)}</span>'
            if links
            else ""
        )

    def speaking(self, key: str) -> int:
        """How many sources say something of an entry; 0 where the site has only one."""
        return len(speaking(self.graph, key))

    def of(self, entry: Any) -> View:
        """The view from what an entry says, where a bare citation means the entry's own source."""
        view = copy(self)
        view.resolver = replace(self.resolver, source=self.graph.default_source(entry))
        return view

    def stander(self, key: str, otherwise: Entry) -> Entry:
        """Whose words a stance is, of the two that it stands between: the actor's."""
        return self.graph.entry(key) if key.startswith("actor:") else otherwise

    def within(self, source: str) -> View:
        """The view from what is a source's own, where citations of it need not name it."""
        view = copy(self)
        view.resolver = replace(self.resolver, unnamed=source)
        return view

    def compare(self, key: str) -> str:
        """The link to what several sources say of an entry."""
        return self.href(comparison_address(key))

    def work_label(self, id_: str) -> str:
        """How citations show a work."""
        return reference_label(self.graph, id_)

    # Back-references

    def mentions(self, key: str) -> list[Mention]:
        return self.graph.mentions.get(key, [])

    def stops(self, key: str) -> list[Mention]:
        return self.graph.stops(key)

    def thread(self, key: str) -> list[tuple[str, list[Mention]]]:
        """The paragraphs that speak of an entry, in order, under the titles of the parts in which
        they stand.
        """
        sources = self.graph.archive.sources
        groups: dict[tuple[str, str], tuple[str, list[Mention]]] = {}
        for stop in self.stops(key):
            source = sources[stop.source].model
            part = self.graph.part_of(stop.source, stop.number)
            named = "" if source.id == self.graph.archive.only_source() else f"{source.short}, "
            title = f"{named}{part.heading}"
            groups.setdefault((source.id, part.id), (title, []))[1].append(stop)
        return list(groups.values())

    def referrers(self, key: str) -> list[tuple[str, list[str]]]:
        """The entries that refer to this one and are not yet linked on its page, by kind, in the
        order of their names.
        """
        found = [k for k in self.graph.referrers.get(key, []) if k not in self.linked]
        grouped = [
            (kind.title, [k for k in found if k.startswith(f"{kind.id}:")]) for kind in ENTRIES
        ]
        return [
            (title, sorted(keys, key=lambda k: self.name(k).lower()))
            for title, keys in grouped
            if keys
        ]

    def pages_naming(self, key: str) -> list[tuple[str, str]]:
        """The hand-written pages that name an entry: the link from this page, and the title."""
        named = self.graph.named_on.get(key, [])
        return [(self.href(path.removesuffix("md") + "html"), title) for path, title in named]

    def by_verdict(self, checks: Iterable[Check]) -> list[list[Check]]:
        """Checks with the same verdict together, in the order in which the verdicts first come."""
        groups: dict[str | None, list[Check]] = {}
        for check in checks:
            groups.setdefault(check.verdict, []).append(check)
        return list(groups.values())

    def checks_about(self, key: str) -> list[Check]:
        return [check for check in self.graph.referring("check", key) if key in check.about]


def _words(entry: Entry) -> list[str]:
    """The text's own words that an entry is made of."""
    match entry:
        case Argument():
            return [quotation.text for quotation in entry.quotations]
        case Figure():
            return [entry.words]
        case Check():
            return [entry.quote]
        case Term():
            return [entry.name]
        case _:
            return []


def front(page: Page) -> dict[str, Any]:
    """The front matter of a generated page."""
    matter: dict[str, Any] = {
        "title": page.title,
        "description": page.description,
    }
    if page.hide:
        matter["hide"] = list(page.hide)
    if page.listed:
        matter["listed"] = page.listed
    elif page.part and page.part.number > 1:
        matter["listed"] = f"{page.part.name}.html"
    if "layers" in page.context:
        matter["layers"] = True
    return matter


def describe(graph: Graph, entry: PageEntry) -> str:
    """One line for search engines and previews."""
    return shorten(tidy(parse(entry.summary).plain), 160)
