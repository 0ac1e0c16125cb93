"""For machines that read: ``llms.txt`` with the twin of every page, and ``robots.txt``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..graph.refs import Graph
from ..kinds import PAGES
from ..pages import Rendered
from ..read.edition import Edition
from .base import Made, Place
from .plain_pages import generated_twin, hand_twin

SECTIONS = {
    "sources": "The text",
    "": "The edition",
    **{kind.folder: kind.title for kind in PAGES},
    "glossary": "Contested terms",
}
DATA = {
    "data/edition.json": "everything as JSON",
    "data/edition.sqlite": "everything as a SQLite database with full-text search",
    "data/annotations.json": "every annotation on its paragraph (W3C Web Annotations)",
    "data/bibliography.csl.json": "sources, paragraphs and works as CSL-JSON",
}


@dataclass(frozen=True, kw_only=True)
class Twin(Made):
    """The plain Markdown of a page: its path, title and description, beside its text."""

    path: str
    title: str
    description: str


def twins(graph: Graph, edition: Edition, pages: Iterable[Rendered]) -> list[Twin]:
    """The twins of all pages, generated and written by hand."""
    made: list[tuple[str, str, dict[str, Any], Callable[[], str], str]]
    made = [
        (page.path, page.title, page.front, partial(generated_twin, page), page.made_of)
        for page in pages
    ]
    generated = {path for path, *_ in made}
    made += [
        (page.path, page.title, page.parsed.front, partial(hand_twin, page, graph), "")
        for page in graph.archive.pages
        if page.path not in generated
    ]
    return [
        Twin(
            path=(path := _path(source)),
            title=title,
            description=str(front.get("description", "")),
            make=partial(_finished, text, title, path, edition),
            made_of=made_of and repr(("twin", made_of, path, title, edition)),
        )
        for source, title, front, text, made_of in made
    ]


def _path(source: str) -> str:
    return source.removesuffix(".md") + ".html.md"


def _finished(make: Callable[[], str], title: str, path: str, edition: Edition) -> str:
    """The text under its title, and where it comes from."""
    text = make()
    page = Place(path, edition).url(path.removesuffix(".md"))
    head = "" if text.startswith("# ") else f"# {title}\n\n"
    license_ = f" [{edition.license}]({edition.license_url})." if edition.license_url else ""
    return (
        f"{head}{text}\n---\n\nThe text of [{title}]({page}), a page of"
        f" “{edition.title}”.{license_}\n"
    )


def llms_txt(found: list[Twin], edition: Edition) -> str:
    """The list of all twins, section by section, in the form of https://llmstxt.org."""
    place = Place("llms.txt", edition)
    lines = [f"# {edition.title}", "", f"> {edition.abstract}", ""]
    lines += [
        (
            "Each page has an address that does not change, and a twin in Markdown at the same"
            " address with .md added."
        ),
        "Each paragraph of the text has the address of its page with its number: #p12.",
    ]
    for folder, title in SECTIONS.items():
        section = [twin for twin in found if twin.path.rpartition("/")[0] == folder]
        if section:
            lines += ["", f"## {title}", ""]
            lines += [
                f"- [{twin.title}]({place.url(twin.path)})"
                + (f": {twin.description}" if twin.description else "")
                for twin in section
            ]
    lines += [
        "",
        "## Data",
        "",
        *(
            f"- [{path.rpartition('/')[2]}]({place.url(path)}): {words}"
            for path, words in DATA.items()
        ),
    ]
    return "\n".join(lines) + "\n"


def robots_txt(edition: Edition) -> str:
    """Everyone may read everything. A sitemap is named by its full address, so only where that is
    known.
    """
    return "User-agent: *\nAllow: /\n" + (
        f"Sitemap: {edition.url}sitemap.xml\n" if edition.url else ""
    )
