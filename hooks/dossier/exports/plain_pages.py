"""A page as plain Markdown: what a reader of the page reads, without its markup.

The twin of ``actors/lin-na.html`` is ``actors/lin-na.html.md``, as https://llmstxt.org has it. Its
links lead to the pages themselves, since those are the addresses by which things are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from ..graph.refs import Graph, Resolver
from ..pages import Rendered
from ..read.load import HandPage
from ..read.prose import fill

_HEADING = re.compile(r"^(#{1,6}) (.+?)(?: +\{ ?#([^ }]+) ?\})?$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!])")

_TOKEN = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>|([^<]+)", re.DOTALL)
_ATTRIBUTE = re.compile(r'(?<![-a-z])(class|href|hidden|alt)(?:="([^"]*)")?(?=[\s/]|$)')
_LOOSE_STOP = re.compile(r" +([.,;])(?=\s|$)")
_SIGNS = re.compile(r"[\\`*\[\]<]")
_SKIPPED = frozenset({"script", "style", "form", "button", "svg", "template", "input"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div section article aside header footer nav details summary figure h1 h2 h3 h4 h5 h6",
    )
    + re.findall(r"\w+", "ul ol li dl dt dd blockquote pre table thead tbody tr")
)
_INLINE = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_SPANS = {
    "voice": ("*", ".* "),
    "verdict": ("**", "**"),
    "state": ("**", "**:"),
    "stance-mark": ("**", "**"),
    "what": ("(", ")"),
    "figure-name": (" · ", ""),
    "cites": ("(", ")"),
}
"""By class: what stands before and after words that a page sets apart by their looks."""
_LEFT_OUT = frozenset({"screen-only", "cite-page", "range-anchor", "headerlink", "figure-head"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})


def generated_twin(page: Rendered) -> str:
    """The twin of a generated page, whose headings are Markdown and everything else is HTML."""
    return to_markdown(_HEADING.sub(_heading, page.body), _url(page.path))


def _heading(match: re.Match[str]) -> str:
    """A heading line as HTML, like what stands around it."""
    tag = f"h{len(match[1])}"
    return f"<{tag}>{_ESCAPED.sub(lambda m: m[1], match[2])}</{tag}>"


def hand_twin(page: HandPage, graph: Graph) -> str:
    """The twin of a hand-written page, its links and citations filled in."""
    address = _url(page.path)
    html = fill(page.parsed.html, Resolver(graph, address, graph.archive.default_source()))
    return to_markdown(re.sub(r'(href="(?![a-z]+:)[^"#]*)\.md(?=["#])', r"\1.html", html), address)


def _url(path: str) -> str:
    return path.removesuffix(".md") + ".html"


def to_markdown(text: str, page: str) -> str:
    """HTML of the page at an address as plain Markdown."""
    reader = _Reader(page.rpartition("/")[2])
    reader.feed(text)
    reader.end_block()
    return "".join(_spaced(_without_empty_sections(reader.blocks))) + "\n"


def _without_empty_sections(blocks: list[str]) -> list[str]:
    """The blocks without headings that nothing follows but one of their own level or above: a
    picture's, mostly.
    """
    kept: list[str] = []
    for block in reversed(blocks):
        level = _level(block)
        if not level or (kept and not 0 < _level(kept[-1]) <= level):
            kept.append(block)
    return kept[::-1]


def _level(block: str) -> int:
    """The level of a heading, 0 of any other block."""
    return len(block.partition(" ")[0]) if block.startswith("#") else 0


def _spaced(blocks: list[str]) -> Iterable[str]:
    """The blocks with an empty line between them, but none between two items of a list."""
    for before, block in zip(["", *blocks], blocks, strict=False):
        items = all(text.lstrip().startswith(("- ", "1. ")) for text in (before, block))
        yield ("" if not before else "\n" if items else "\n\n") + block


class _Reader:
    """Collects blocks of Markdown from HTML.

    What it reads is this project's own output, in which every ``<`` and ``>`` of a text is escaped;
    a parser of anybody's HTML takes four times as long.
    """

    def __init__(self, page: str) -> None:
        self.page = page
        self.blocks: list[str] = []
        self.line = ""
        self.prefix = ""  # of the block that is being read: a heading's, an item's
        self.quotes = 0
        self.lists: list[str] = []
        self.skipped: list[str] = []  # the open elements from the first that is left out
        self.links: list[tuple[str, str, str]] = []
        self.spans: list[str] = []
        self.pre = False

    def feed(self, text: str) -> None:
        for end, tag, attributes, words in _TOKEN.findall(text):
            if words:
                if not self.skipped and (self.line or not words.isspace()):
                    self.say(words)
            elif end:
                self.close(tag)
            elif tag and self.skipped:
                if tag not in _VOID:
                    self.skipped.append(tag)
            elif tag:
                self.open(tag, dict(_ATTRIBUTE.findall(attributes)) if attributes else {})

    def open(self, tag: str, found: dict[str, str]) -> None:
        classes = found["class"].split() if "class" in found else []
        if tag in _SKIPPED or "hidden" in found or not _LEFT_OUT.isdisjoint(classes):
            if tag not in _VOID:
                self.skipped.append(tag)
            return
        if tag in _BLOCKS:
            self.end_block()
        match tag:  # the most frequent first
            case "a":
                href = unescape(found.get("href", ""))
                alone = "cite" in classes and ")" not in self.spans and bool(self.line.strip())
                after = " " if "para-no" in classes else ")" if alone else ""
                self.links.append(
                    (
                        self.line + "(" * alone,
                        self.page + href if href.startswith("#") else href,
                        after,
                    )
                )
                self.line = ""
            case "span":
                before, after = next((_SPANS[name] for name in classes if name in _SPANS), ("", ""))
                self.spans.append(after)
                self.line += before
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.prefix = "#" * int(tag[1]) + " "
            case "ul" | "ol":
                self.lists.append("- " if tag == "ul" else "1. ")
            case "li":
                self.prefix = self.lists[-1] if self.lists else "- "
            case "dd" | "tr":
                self.prefix = "- "
            case "dt" | "summary":
                self.line = "**"
            case "blockquote":
                self.quotes += 1
            case "pre":
                self.pre, self.line = True, "```\n"
            case "td" | "th":
                self.line += " | " if self.line.strip() else ""
            case "br":
                self.line += " "
            case "img":
                self.line += unescape(found.get("alt", ""))
            case "em" | "i" | "strong" | "b" | "code" if not self.pre:
                self.line += _INLINE[tag]

    def close(self, tag: str) -> None:
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
            return
        match tag:
            case "a" if self.links:
                before, href, after = self.links.pop()
                words = " ".join(self.line.split())
                self.line = before + (f"[{words}]({href}){after}" if href and words else self.line)
            case "span" if self.spans:
                self.line += self.spans.pop()
            case "dt" | "summary":
                self.line = (
                    f"**{self.line.replace('**', '').strip()}**" if self.line.strip("* ") else ""
                )
            case "pre":
                self.line = self.line.rstrip("\n") + "\n```"
            case "em" | "i" | "strong" | "b" | "code" if not self.pre:
                self.line += _INLINE[tag]
        if tag in _BLOCKS:
            self.end_block()
        match tag:
            case "ul" | "ol" if self.lists:
                self.lists.pop()
            case "blockquote":
                self.quotes -= 1
            case "pre":
                self.pre = False

    def say(self, words: str) -> None:
        if words.isspace() and not self.pre:
            self.line += " "
            return
        words = unescape(words)
        self.line += words if self.pre or self.line.endswith("`") else _SIGNS.sub(r"\\\g<0>", words)

    def end_block(self) -> None:
        """Put what has been read into a block of its own."""
        if not self.line:  # as between two tags, mostly
            return
        text = self.line if self.pre else _LOOSE_STOP.sub(r"\1", " ".join(self.line.split()))
        if text.strip("* "):
            quote = "> " * self.quotes
            indent = (
                "  " * (len(self.lists) - 1)
                if self.prefix in ("- ", "1. ")
                else "  " * len(self.lists)
            )
            block = indent + quote + self.prefix + text
            self.blocks.append(block.replace("\n", "\n" + indent + quote))
            self.prefix = ""
        self.line = ""
