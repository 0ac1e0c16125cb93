"""Prose: Markdown with links to entries and citations of paragraphs.

``[Lin Na](actor:lin-na)`` links an entry; ``[@p12]``, ``[@p12-p14; @other:p3]`` and
``[@reference-id]`` cite. One Markdown extension serves the data's prose fields, the translation and
the hand-written pages. As it works on Markdown's own parse, code is never touched.

A link cannot be written out until it is known which page it leads from. So the extension leaves a
*slot* in the HTML, a marker between two private-use characters (which no input may hold), and
``fill`` puts the addresses in when the page is known.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..csp import SAFE_SCHEMES
from ..han import HAN_RUN
from ..kinds import LINKED
from ..model import Text
from ..store import memory
from .marks import read_marks
from .nearly import nearly
from .needles import Needle, nth

_CITE_GROUP = r"\[(@[A-Za-z0-9][^\[\]]*)\]"
_CITE_ITEM = re.compile(
    r"@(?:(?P<source>[a-z0-9-]+):)?(?P<first>p(?:0|[1-9][0-9]*))"
    r"(?:-(?P<last>p(?:0|[1-9][0-9]*)))?\Z"
)
_NO_HOST = re.compile(r"https?:(?!//[^/\[\s])", re.IGNORECASE)
_REFERENCE = re.compile(r"@(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\Z")
_ESCAPED = re.compile("\x02\\d+\x03")
_LITERAL = "\ue003"
"""Before a character that was escaped, while a text is parsed; no input may hold it."""
_SLOT = re.compile("\ue000([^\ue000\ue001]*)\ue001")


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited thing: a paragraph, a range of paragraphs, or a reference.

    ``source`` is ``None`` for the bare form until a default is known; ``first`` and ``last`` are
    paragraph numbers (0 for a reference), ``reference`` the id of a work outside the sources.
    """

    source: str | None = None
    first: int = 0
    last: int = 0
    reference: str | None = None

    @property
    def is_paragraph(self) -> bool:
        return self.reference is None

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1) if self.is_paragraph else range(0)

    @property
    def label(self) -> str:
        if self.reference is not None:
            return self.reference
        return f"p{self.first}" if self.first == self.last else f"p{self.first}–p{self.last}"

    @property
    def fragment(self) -> str:
        return f"p{self.first}" if self.first == self.last else f"p{self.first}-p{self.last}"

    def with_source(self, source: str | None) -> Citation:
        if self.is_paragraph and self.source is None:
            return Citation(source, self.first, self.last)
        return self


def parse_citation(text: str) -> Citation | None:
    """``p12``, ``p12-p14``, ``source:p3`` or a reference's id; ``None`` where it is none of
    them.
    """
    match = _CITE_ITEM.match("@" + text)
    if match:
        first = int(match["first"][1:])
        return Citation(match["source"], first, int(match["last"][1:]) if match["last"] else first)
    match = _REFERENCE.match("@" + text)
    return Citation(reference=match["id"]) if match else None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an entry, with the words that carry it and where they begin in the plain text."""

    kind: str
    id: str
    words: str
    at: int

    @property
    def raw(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, and the citations that vouch for them: those of the next group after them."""

    words: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a text: what to look for in it, and what to say."""

    needle: str
    message: str
    of_marks: bool = False
    """Whether it is about quotation marks, which a source may set as it likes."""


@dataclass(slots=True)
class Prose:
    """A parsed text: its HTML with slots, its plain text, and what it refers to."""

    encoded: bytes
    """Its HTML as UTF-8: with slots in it, a text takes twice the memory."""
    plain: str
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def html(self) -> str:
        return self.encoded.decode("utf-8")


class DossierExtension(Extension):
    """The Markdown extension. After a conversion ``blocks`` holds what each block refers to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.blocks: list[Prose] = []
        self.problems: list[Problem] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        md.registerExtension(self)
        # Above Markdown's own link patterns (160 and below), under code spans and escapes.
        md.inlinePatterns.register(_CitationProcessor(_CITE_GROUP, md, self), "dossier-cite", 175)
        # What has a backslash before it is itself: no markup, and nothing that is nearly markup.
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, *"<&~|@"]
        # Between the table of contents (5) and the end of escapes (0).
        md.treeprocessors.register(_Literals(md), "dossier-literals", 1)
        md.inlinePatterns.register(_HanProcessor(HAN_RUN.pattern, md), "dossier-han", 15)
        # After MkDocs has looked at relative links (priority 0); ours are not links yet.
        md.treeprocessors.register(_Collector(md, self), "dossier", -10)

    def reset(self) -> None:
        self.blocks = []
        self.problems = []


class _CitationProcessor(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, extension: DossierExtension) -> None:
        super().__init__(pattern, md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        return _cite_group(m[1], self.extension.problems), m.start(0), m.end(0)


def _cite_group(items: str, problems: list[Problem]) -> etree.Element:
    """The element for what stands between the brackets of ``[@p12; @p14]``."""
    group = etree.Element("span", {"class": "cites"})
    for item in map(str.strip, items.split(";")):
        citation = parse_citation(item.removeprefix("@")) if item.startswith("@") else None
        if citation is None:
            problems.append(
                Problem(
                    item,
                    f'has the citation "{item}", which is neither @p12 nor @p12-p14 nor'
                    " @reference-id",
                )
            )
            continue
        if len(group):
            group[-1].tail = " "
        anchor = etree.SubElement(
            group, "a", {"class": "cite", "href": "cite:" + _encode(citation)}
        )
        anchor.text = slot("label", _encode(citation))
    return group


class _NoteProcessor(InlineProcessor):
    """``[^id]`` in a translation: the mark of a translators' note, numbered when the page
    is made.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        mark = etree.Element("sup", {"class": "note-mark"})
        anchor = etree.SubElement(mark, "a", {"href": f"#note-{m[1]}", "id": f"mark-{m[1]}"})
        anchor.text = slot("note", m[1])
        return mark, m.start(0), m.end(0)


class _HanProcessor(InlineProcessor):
    """Marks every Chinese run with its language, for fonts and for screen readers."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        return _han(m[0]), m.start(0), m.end(0)


def _han(words: str) -> etree.Element:
    span = etree.Element("span", {"lang": "zh-Hans"})
    span.text = AtomicString(words)  # within a link Markdown would mark it twice
    return span


class _Literals(Treeprocessor):
    """Puts a sign before what was escaped, by which ``nearly`` is told of it."""

    def run(self, root: etree.Element) -> None:
        _each_text(root, lambda text: _ESCAPED.sub(rf"{_LITERAL}\g<0>", text))


def _each_text(root: etree.Element, change: Callable[[str], str]) -> None:
    for element in root.iter():
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and (changed := change(text)) != text:
                setattr(element, name, changed)


class _Collector(Treeprocessor):
    def __init__(self, md: Markdown, extension: DossierExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        self.extension.blocks.extend(_collect(root, self.extension.problems))
        _each_text(root, lambda text: text.replace(_LITERAL, ""))


_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"})


def _collect(root: etree.Element, problems: list[Problem]) -> list[Prose]:
    """Read off links, citations and quotations block by block, and turn targets into slots."""
    blocks = []
    for block in root.iter():
        if block.tag in _BLOCKS:
            collector = _Block(problems)
            collector.read(block)
            prose = collector.finish()
            if prose.plain.strip() or prose.citations:
                blocks.append(prose)
    return blocks


class _Block:
    def __init__(self, problems: list[Problem]) -> None:
        self.prose = Prose(b"", "")
        self.problems = problems
        self.pieces: list[str | tuple[Citation, ...]] = []
        self.code: list[tuple[int, int]] = []
        self.length = 0

    def read(self, element: etree.Element) -> None:
        self.add(element.text, code=element.tag in ("code", "pre"))
        for child in element:
            if child.tag == "span" and child.get("class") == "cites":
                self.cite(child)
            elif child.tag == "sup" and child.get("class") == "note-mark":
                self.prose.notes += (child[0].get("id", "").removeprefix("mark-"),)
            elif child.tag == "a":
                self.link(child)
            elif child.tag not in _BLOCKS and child.tag not in ("ul", "ol", "table"):
                self.read(child)
            self.add(child.tail)

    def add(self, text: str | None, code: bool = False) -> None:
        if text:
            if code:
                self.code.append((self.length, self.length + len(text)))
            first, *literal = text.split(_LITERAL)
            self.length += len(first)
            for piece in literal:
                self.code.append((self.length, self.length + 1))
                self.length += len(piece)
            self.pieces.append("".join((first, *literal)))

    def link(self, anchor: etree.Element) -> None:
        # As a browser reads it: Markdown leaves entities alone.
        href = unescape(anchor.get("href", ""))
        scheme, colon, rest = href.partition(":")
        start = self.length
        self.read(anchor)
        words = "".join(anchor.itertext()).replace(_LITERAL, "")
        if not words.strip() and len(anchor) == 0:
            self.problems.append(
                Problem(
                    f"]({href}", f'links to "{href[:60]}" without words; write [words]({href[:60]})'
                )
            )
        elif not href or (colon and re.search(r"\s", href)) or _NO_HOST.match(href):
            self.problems.append(
                Problem(
                    f"]({href}",
                    f'links to "{href[:60]}", which is not an address; write it in full',
                )
            )
        if colon and scheme in LINKED:
            self.prose.links += (Link(scheme, rest, words, start),)
            anchor.set("href", slot("href", f"{scheme}:{rest}"))
            anchor.set("class", "entry")
        elif colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
            if scheme.lower() not in SAFE_SCHEMES:
                known = (*LINKED, *SAFE_SCHEMES)
                self.problems.append(
                    Problem(
                        href,
                        f'links to "{href[:60]}"; a link begins with one of {", ".join(known)}',
                    )
                )
                anchor.attrib.pop("href", None)
            elif scheme.lower() != "mailto":
                anchor.set("rel", "external noopener noreferrer")

    def cite(self, group: etree.Element) -> None:
        citations = []
        for anchor in group:
            citation = _decode(anchor.get("href", "").removeprefix("cite:"))
            citations.append(citation)
            anchor.set("href", slot("href", "cite:" + _encode(citation)))
        self.prose.citations += tuple(citations)
        self.pieces.append(tuple(citations))

    def finish(self) -> Prose:
        text = ""
        groups: list[tuple[int, tuple[Citation, ...]]] = []
        for piece in self.pieces:
            if isinstance(piece, str):
                text += piece
            else:
                groups.append((len(text), piece))
        self.prose.plain = text
        bare = self.without_code(text)
        marked, slips = read_marks(bare)
        for quotation in marked:
            after = next((group for at, group in groups if at > quotation.start), ())
            words = text[quotation.start + 1 : quotation.end - 1]
            self.prose.quotations += (Quotation(words, after),)
        self.problems += [Problem(slip.needle, slip.message, of_marks=True) for slip in slips]
        self.problems += [Problem(*found) for found in nearly(bare)]
        return self.prose

    def without_code(self, text: str) -> str:
        """The text with an x for every character of code, in which marks and brackets are code."""
        for start, end in self.code:
            text = text[:start] + "x" * (end - start) + text[end:]
        return text


def _encode(citation: Citation) -> str:
    if citation.reference is not None:
        return f"@{citation.reference}"
    return f"{citation.source or ''}@p{citation.first}-p{citation.last}"


@lru_cache(4096)
def _decode(text: str) -> Citation:
    source, _, rest = text.partition("@")
    if re.fullmatch(r"p\d+-p\d+", rest):
        first, _, last = rest.partition("-")
        return Citation(source or None, int(first[1:]), int(last[1:]))
    return Citation(reference=rest)


def slot(use: str, target: str) -> str:
    """A marker for ``fill``: ``use`` is href, label or note; ``target`` an entry or a citation."""
    return f"\ue000{use} {target}\ue001"


# Most texts hold words, links and citations, and nothing else of Markdown's syntax.
_MARKUP = re.compile(r"[\\`*_<&\x02\x03]|!\[")
_SIMPLE = re.compile(rf"{_CITE_GROUP}|\[([^\[\]]+)\]\(([^\s()\[\]\"']+)\)")


def _without_markup(text: str, problems: list[Problem]) -> etree.Element | None:
    """The element that Markdown makes of a paragraph of words, links and citations; ``None`` if
    there is more in it.

    Only a shortcut: it takes a quarter of the time that Markdown does, and that is most of a
    check's.
    """
    if not text or _MARKUP.search(text):
        return None
    block = etree.Element("p")
    at = 0
    for match in _SIMPLE.finditer(text):
        if not _add_words(block, text[at : match.start()]):
            return None
        if match[1]:
            block.append(_cite_group(match[1], problems))
        else:
            _add_words(etree.SubElement(block, "a", {"href": match[3]}), match[2])
        at = match.end()
    return block if _add_words(block, text[at:]) else None


def _add_words(element: etree.Element, text: str) -> bool:
    """Put words at an element's end, every Chinese run marked; ``False`` if a bracket in them may
    mean something.
    """
    at = 0
    for run in () if text.isascii() else HAN_RUN.finditer(text):
        _add_text(element, text[at : run.start()])
        element.append(_han(run[0]))
        at = run.end()
    _add_text(element, text[at:])
    return "[" not in text and "]" not in text


def _add_text(element: etree.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


@cache
def _markdown() -> tuple[Markdown, DossierExtension]:
    """The parser of fields."""
    extension = DossierExtension()
    md = Markdown(extensions=[extension], output_format="html")
    # A field is one paragraph of inline Markdown. Raw HTML is text, so nothing can break out of its
    # place; the rules report it besides, since nobody means to show tags.
    for name in ("html_block",):
        md.preprocessors.deregister(name)
    unwanted = (
        "html",
        "entity",
        "image_link",
        "image_reference",
        "short_image_ref",
        "reference",
        "short_reference",
    )
    for name in unwanted:
        md.inlinePatterns.deregister(name)
    for name in (
        "indent",
        "code",
        "hashheader",
        "setextheader",
        "hr",
        "olist",
        "ulist",
        "quote",
        "reference",
    ):
        md.parser.blockprocessors.deregister(name)
    md.inlinePatterns.register(_NoteProcessor(r"\[\^([a-z0-9-]+)\]", md), "dossier-note", 174)
    return md, extension


def _read(text: str) -> tuple[str, list[Prose], list[Problem]]:
    """A field on one line as HTML, with its blocks and problems."""
    problems: list[Problem] = []
    block = _without_markup(text, problems)
    if block is None:
        return _read_markdown(text)
    blocks = _collect(block, problems)
    return to_html_string(block), blocks, problems


def _read_markdown(text: str) -> tuple[str, list[Prose], list[Problem]]:
    md, extension = _markdown()
    html = md.reset().convert(text)
    return html, list(extension.blocks), list(extension.problems)


def parse(text: str) -> Prose:
    """Parse one paragraph of prose. Never raises; what is wrong with it is in ``problems``.

    A ``Text`` keeps what was made of it, for as long as its record lives.

    >>> parse("[Lin](actor:lin-na) won [@p39].").citations[0].first
    39
    """
    if not isinstance(text, Text):
        return _parsed(text)
    prose: Prose | None = getattr(text, "parsed", None)
    if prose is None:
        prose = text.parsed = _parsed(text)
    return prose


def _parsed(text: str) -> Prose:
    if not memory:
        return _made(text)
    return _recalled(memory(("prose", text), lambda: _told(_made(text))))


def _told(prose: Prose) -> list[Any]:
    """All that a parsed text says, as JSON can say it."""

    def cited(citations: tuple[Citation, ...]) -> list[Any]:
        return [(c.source, c.first, c.last, c.reference) for c in citations]

    return [
        prose.html,
        prose.plain,
        [(link.kind, link.id, link.words, link.at) for link in prose.links],
        cited(prose.citations),
        [(q.words, cited(q.citations)) for q in prose.quotations],
        prose.notes,
        [(p.needle, nth(p.needle), p.message, p.of_marks) for p in prose.problems],
    ]


def _recalled(told: list[Any]) -> Prose:
    html, plain, links, citations, quotations, notes, problems = told
    return Prose(
        html.encode("utf-8"),
        plain,
        tuple(Link(*link) for link in links),
        tuple(Citation(*citation) for citation in citations),
        tuple(
            Quotation(words, tuple(Citation(*citation) for citation in cited))
            for words, cited in quotations
        ),
        tuple(notes),
        tuple(Problem(Needle(words, passed), *problem) for words, passed, *problem in problems),
    )


def _made(text: str) -> Prose:
    html, blocks, problems = _read(_typographic(" ".join(text.split())))
    prose = blocks[0] if blocks else Prose(b"", "")
    prose.encoded = html.removeprefix("<p>").removesuffix("</p>").encode("utf-8")
    for href in re.findall(r'href="([^"\ue000#:][^"\ue000:]*)"', html):
        problems.append(
            Problem(
                f"]({href}",
                f'links to "{href[:60]}" without saying what that is; write {_meant(href)}',
            )
        )
    bare = re.sub(r"`[^`]*`", "`", text)
    if "![" in bare:
        problems.append(Problem("![", "holds an image, which a field cannot show; write words"))
    tag = (
        re.search(r"(?<!\\)<\s*/?\s*[A-Za-z!][^>]*>?", re.sub(r"<https?://[^>\s]*>", "", bare))
        if "<" in text
        else None
    )
    if tag:
        problems.append(
            Problem(tag[0], f'holds HTML ("{tag[0][:30]}"); write plain text or Markdown')
        )
    prose.problems = tuple(problems)
    return prose


def _meant(href: str) -> str:
    """What the address of a link that is not one may mean."""
    kind, colon, rest = href.replace("：", ":").partition(":")
    if colon and kind in LINKED:
        return f"{kind}:{rest}"[:60]
    return (
        f"actor:{href}, policy:…, or a full address"
        if re.fullmatch(r"[a-z0-9-]{1,60}", href)
        else "actor:id, policy:id, or a full address"
    )


def _typographic(text: str) -> str:
    """Straight apostrophes made curly, but not in code: contributors type the straight one."""
    if "'" not in text:
        return text
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(
        piece if piece.startswith("`") else re.sub(r"(?<=[\w)*])'", "’", piece) for piece in pieces
    )


Resolve = Callable[[str, str], str]


def fill(html: str, resolve: Resolve) -> str:
    """Replace the slots of ``html``: ``resolve(use, target)`` gives the plain text for each."""
    return _SLOT.sub(lambda m: escape(resolve(*m[1].split(" ", 1))), html)


def decode_target(target: str) -> Citation | tuple[str, str]:
    """What a slot's target names: a citation, or an entry as (kind, id)."""
    if "@" in target:
        return _decode(target.removeprefix("cite:"))
    kind, _, entry = target.partition(":")
    return kind, entry


def tidy(plain: str) -> str:
    """A plain text on one line, as it would stand if it had never held a citation.

    >>> tidy("They call it a “cold war” , and hope .")
    'They call it a “cold war,” and hope.'
    """
    return re.sub(
        r" ([.,;:?!)])", r"\1", re.sub(r"([’”]+) ([.,])", r"\2\1", " ".join(plain.split()))
    )


def mark_chinese(text: str) -> str:
    """Plain text as HTML, with every Chinese run marked as such."""
    return (
        escape(text)
        if text.isascii()
        else HAN_RUN.sub(lambda m: f'<span lang="zh-Hans">{m[0]}</span>', escape(text))
    )
