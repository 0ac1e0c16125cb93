"""A paragraph, check or argument to show on another page: a page of its own for a frame, and what
oEmbed's consumers ask for (https://oembed.com).

Both name absolute addresses, so they are made only if it is known where the site is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from ..csp import with_csp
from ..graph.refs import Graph, paragraph_address
from ..model import Argument, Check
from ..read.edition import Edition
from .base import Files, paragraphs, plain

FOLDER = "frames"
WIDTH, HEIGHT = 600, 320
_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 Georgia,serif;margin:1rem}"
    "blockquote{margin:0;padding-left:1rem;border-left:4px solid #8a2a3a}"
    "footer{font:.8rem/1.4 sans-serif}"
)


@dataclass(frozen=True)
class Passage:
    """What is shown: its name below ``FOLDER``, its title, the words, and where they stand."""

    name: str
    title: str
    words: tuple[str, ...]
    address: str
    language: str = "en"


def frame_files(graph: Graph, edition: Edition) -> Files:
    """Path to content: a page and its description in JSON for each passage, or nothing where the
    site's address is unknown.
    """
    if not edition.url:
        return {}
    files: Files = {}
    for passage in _passages(graph):
        page, data = (f"{FOLDER}/{passage.name}.{ending}" for ending in ("html", "json"))
        quote = _quote(passage, edition)
        files[page] = with_csp(_page(passage, edition, data, quote), own_styles=True)
        files[data] = json.dumps(_embedded(passage, edition, quote), ensure_ascii=False) + "\n"
    return files


def _passages(graph: Graph) -> Iterator[Passage]:
    for source, paragraph in paragraphs(graph):
        yield Passage(
            f"{source.id}/{paragraph.id}",
            f"“{source.title},” paragraph {paragraph.number}",
            (paragraph.prose.plain,),
            paragraph_address(source.id, paragraph.id),
            source.shown_in,
        )
    for record in graph.archive.entries():
        model = record.model
        words: tuple[str, ...]
        match model:
            case Check():
                verdict = f"{model.verdict or 'judgment'}. "
                words = (f"“{model.quote}”", verdict.capitalize() + plain(model.note))
            case Argument():
                words = (plain(model.claim),)
            case _:
                continue
        yield Passage(
            f"{model.kind}/{model.id}", model.name, words, graph.address(model.kind, model.id)
        )


def _quote(passage: Passage, edition: Edition) -> str:
    """The passage as HTML that needs nothing else: no script, no style, no request."""
    link = escape(edition.url + passage.address)
    words = "".join(f"<p>{escape(text)}</p>" for text in passage.words)
    footer = f"{escape(passage.title)}, in <cite>{escape(edition.title)}</cite>"
    return (
        f'<blockquote lang="{passage.language}" cite="{link}">{words}<footer>{footer}:'
        f' <a href="{link}">{link}</a></footer></blockquote>'
    )


def _page(passage: Passage, edition: Edition, data: str, quote: str) -> str:
    framed = quote.replace("<a ", '<a target="_top" ')  # out of the frame
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(passage.title)}</title>\n"
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{escape(edition.url + passage.address)}">\n'
        '<link rel="alternate" type="application/json+oembed"'
        f' href="{escape(edition.url + data)}">\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>{framed}</body>\n</html>\n"
    )


def _embedded(passage: Passage, edition: Edition, quote: str) -> dict[str, str | int]:
    """A rich response of oEmbed 1.0, section 2.3.4.4."""
    return {
        "version": "1.0",
        "type": "rich",
        "title": passage.title,
        "provider_name": edition.title,
        "provider_url": edition.url,
        "width": WIDTH,
        "height": HEIGHT,
        "html": quote,
    }
