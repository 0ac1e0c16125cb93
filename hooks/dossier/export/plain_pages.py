"""A page as plain Markdown: what a reader of the page reads, without its markup.

The twin of ``actors/nvidia.html`` is ``actors/nvidia.html.md``, as https://llmstxt.org has it. Its
links lead to the pages themselves, since those are the addresses by which things are known.
"""

from __future__ import annotations

import html.parser
import re
from functools import cache

from markdown import Markdown

from ..load import HandPage
from ..page_text import EXTENSIONS, split_page
from ..pages import Rendered
from ..prose import DossierExtension, fill
from ..refs import Graph, Resolver

_HEADING = re.compile(r"^(#{1,6}) (.+?)(?: +\{ ?#([^ }]+) ?\})?$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!])")

_SKIPPED = frozenset({"script", "style", "form", "button", "svg", "template", "input"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "details",
        "summary",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "pre",
        "figure",
    ]
)
_INLINE = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})


def generated_twin(page: Rendered) -> str:
    """The twin of a generated page, whose headings are Markdown and everything else is HTML."""
    _, body = split_page(page.markdown)
    return to_markdown(_HEADING.sub(_heading, body), _url(page.path))


def _heading(match: re.Match[str]) -> str:
    """A heading line as HTML, like what stands around it."""
    tag = f"h{len(match[1])}"
    return f"<{tag}>{_ESCAPED.sub(lambda m: m[1], match[2])}</{tag}>"


def hand_twin(page: HandPage, graph: Graph) -> str:
    """The twin of a hand-written page, its links and citations filled in."""
    address = _url(page.path)
    _, body = split_page(page.text)
    rendered = _markdown().reset().convert(body)
    links = re.sub(
        r'(href="(?![a-z]+:)[^"#]*)\.md(?=["#])', r"\1.html", fill(rendered, Resolver(graph, address, graph.archive.default_source()))
    )
    return to_markdown(links, address)


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, DossierExtension()], output_format="html")


def _url(path: str) -> str:
    return path.removesuffix(".md") + ".html"


def to_markdown(text: str, page: str) -> str:
    """HTML of the page at an address as plain Markdown."""
    reader = _Reader(page.rpartition("/")[2])
    reader.feed(text)
    reader.close()
    reader.end_block()
    return "\n\n".join(reader.blocks).replace("\n\n- ", "\n- ").replace("\n\n1. ", "\n1. ") + "\n"


class _Reader(html.parser.HTMLParser):
    """Collects blocks of Markdown from HTML."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.blocks: list[str] = []
        self.line = ""
        self.prefix = ""  # of the block that is being read: a heading's, an item's
        self.quotes = 0
        self.lists: list[str] = []
        self.skipped: list[str] = []  # the open elements from the first that is left out
        self.links: list[tuple[str, str]] = []
        self.pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self.skipped or tag in _SKIPPED or "hidden" in found or "screen-only" in (found.get("class") or ""):
            if tag not in _VOID:
                self.skipped.append(tag)
            return
        if tag in _BLOCKS or re.fullmatch("h[1-6]", tag):
            self.end_block()
        match tag:
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
                self.line += found.get("alt") or ""
            case "a":
                href = found.get("href") or ""
                self.links.append((self.line, self.page + href if href.startswith("#") else href))
                self.line = ""
            case "em" | "i" | "strong" | "b" | "code" if not self.pre:
                self.line += _INLINE[tag]

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
            return
        match tag:
            case "a" if self.links:
                before, href = self.links.pop()
                words = " ".join(self.line.split())
                self.line = before + (f"[{words}]({href})" if href and words else self.line)
            case "dt" | "summary":
                self.line = self.line.rstrip() + "**" if self.line.strip("* ") else ""
            case "pre":
                self.line = self.line.rstrip("\n") + "\n```"
            case "em" | "i" | "strong" | "b" | "code" if not self.pre:
                self.line += _INLINE[tag]
        if tag in _BLOCKS or re.fullmatch("h[1-6]", tag):
            self.end_block()
        match tag:
            case "ul" | "ol" if self.lists:
                self.lists.pop()
            case "blockquote":
                self.quotes -= 1
            case "pre":
                self.pre = False

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        self.line += data if self.pre or self.line.endswith("`") else re.sub(r"[\\`*\[\]<]", r"\\\g<0>", data)

    def end_block(self) -> None:
        """Put what has been read into a block of its own."""
        text = self.line if self.pre else re.sub(r" +([.,;])(?=\s|$)", r"\1", " ".join(self.line.split()))
        if text.strip("* "):
            quote = "> " * self.quotes
            indent = "  " * (len(self.lists) - 1) if self.prefix in ("- ", "1. ") else "  " * len(self.lists)
            block = indent + quote + self.prefix + text
            self.blocks.append(block.replace("\n", "\n" + indent + quote))
            self.prefix = ""
        self.line = ""
