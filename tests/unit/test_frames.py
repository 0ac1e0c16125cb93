"""Passages to show on other pages: frames and oEmbed."""

from __future__ import annotations

import json

from lxml import etree, html

from dossier.exports.frames import frame_files
from dossier.graph.refs import Graph
from dossier.read.edition import Edition

SITE = "https://example.org/lamps/"


def edition(url: str) -> Edition:
    return Edition("Lamps & <oil>", "", "The editors", "CC-BY-4.0", url)


def test_without_an_address_there_is_nothing_to_frame(small: Graph) -> None:
    assert frame_files(small, edition("")) == {}


def test_a_frame_holds_its_passage_and_asks_for_nothing(small: Graph) -> None:
    files = frame_files(small, edition(SITE))
    archive = small.archive
    assert len(files) == 2 * (
        sum(len(text.paragraphs) for text in archive.translations.values())
        + len(archive.checks)
        + len(archive.arguments)
    )
    page = html.fromstring(str(files["frames/lamp-tax/p2.html"]).encode())
    (quote,) = page.iter("blockquote")
    assert quote.get("cite") == f"{SITE}sources/lamp-tax.html#p2"
    assert "“The lamp tax makes ships safer at night,” Lin Na said." in quote.text_content()
    assert "Lamps & <oil>" in quote.text_content()
    for text in files.values():
        for tag in ("<script", "<img", "<iframe", "src="):
            assert tag not in str(text)


def test_a_frame_leads_to_its_description_for_oembed(small: Graph) -> None:
    files = frame_files(small, edition(SITE))
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        page = html.fromstring(str(content).encode())
        (link,) = page.xpath("//link[@type='application/json+oembed']")
        found = json.loads(str(files[link.get("href").removeprefix(SITE)]))
        assert {found["version"], found["type"]} == {"1.0", "rich"}
        assert found["width"] > 0 and found["height"] > 0
        (out,) = page.iter("a")
        assert out.attrib.pop("target") == "_top"
        assert etree.tostring(html.fromstring(found["html"])) == etree.tostring(
            next(page.iter("blockquote"))
        ).removesuffix(b"\n")
