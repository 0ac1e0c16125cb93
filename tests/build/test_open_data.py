"""The open data in the built site: structured data, twins, feeds, and the pages built by another
engine.
"""

from __future__ import annotations

import html.parser
import json
import re
import subprocess
import sys
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from pyld import jsonld

from conftest import ROOT, run_mkdocs
from dossier.commands.cli import main
from dossier.graph.refs import Graph

SITE = "https://edition.example/site/"
ESSAY = "sources/huang-lobbying-2025.html"
# Schema.org's context as far as it is used here: every name is schema.org's, and these are
# addresses.
SCHEMA: dict[str, Any] = {
    "@vocab": "http://schema.org/",
    **{name: {"@type": "@id"} for name in ("url", "sameAs", "license", "item", "inDefinedTermSet")},
}
# What each type must say, beside its name; from schema.org and from what search engines ask for.
SHAPES = {
    "Article": {
        "headline",
        "inLanguage",
        "datePublished",
        "translator",
        "translationOfWork",
        "url",
    },
    "Person": {"url", "description"},
    "Organization": {"url", "description"},
    "GovernmentOrganization": {"url", "description"},
    "Legislation": {"url", "description", "legislationPassedBy"},
    "Thing": {"url", "description"},
    "Event": {"url", "description"},  # and startDate, unless the date is about or uncertain
    "Claim": {"url", "text"},
    "ClaimReview": {
        "url",
        "claimReviewed",
        "reviewRating",
        "itemReviewed",
        "author",
        "datePublished",
    },
    "DefinedTerm": {"url", "description", "alternateName", "inDefinedTermSet"},
    "QuantitativeValue": {"url", "description", "unitText"},
    "Product": {"url", "description", "manufacturer"},
    "CreativeWork": {"publisher"},
    "WebSite": {"url", "description"},
    "BreadcrumbList": {"itemListElement"},
}


class Page(html.parser.HTMLParser):
    """Collects what a page carries: its JSON-LD, its ids, and the words and links of its
    article.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self.links: list[str] = []
        self.place = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(found["id"] or "")
        if tag == "script":
            self.place, before = (
                ("json-ld" if found.get("type") == "application/ld+json" else "script"),
                self.place,
            )
            self.before = before
        elif tag == "article":
            self.place = "article"
        elif tag == "footer":
            self.place = ""
        elif tag == "a" and self.place == "article" and found.get("href"):
            self.links.append(found["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.place = self.before
        elif tag == "article":
            self.place = ""

    def handle_data(self, data: str) -> None:
        if self.place == "json-ld":
            self.scripts.append(data)
        elif self.place == "article":
            self.words.append(data)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {p.relative_to(site).as_posix(): Page(p) for p in sorted(site.rglob("*.html"))}


def expanded(page: Page, address: str) -> list[dict[str, Any]]:
    """The things that a page is about, as a JSON-LD processor understands them."""
    (script,) = page.scripts
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"

    def loader(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": SCHEMA}}

    expanded_: list[dict[str, Any]] = jsonld.expand(
        data, {"documentLoader": loader, "base": SITE + address}
    )
    return expanded_


def test_every_page_says_what_it_is_about_in_schema_org_s_terms(
    pages: dict[str, Page], real: Graph
) -> None:
    types: Counter[str] = Counter()
    for name, page in pages.items():
        if name == "404.html" or not page.scripts:
            continue
        for thing in expanded(page, name):
            type_ = thing["@type"][0].removeprefix("http://schema.org/")
            types[type_] += 1
            assert {f"http://schema.org/{field}" for field in SHAPES[type_]} <= thing.keys(), (
                f"{name}: {type_}"
            )
            if type_ != "BreadcrumbList":
                assert thing["http://schema.org/name"][0]["@value"], name
                target = urlsplit(thing["@id"])
                path = target.path.removeprefix("/site/")
                assert path in pages
                assert not target.fragment or target.fragment in pages[path].ids, thing["@id"]
    archive = real.archive
    kinds = Counter(r.model.type for r in archive.actors.values())
    assert types["Person"] == kinds["person"]
    assert types["GovernmentOrganization"] == kinds["government body"] + kinds["administration"]
    assert types["Organization"] == kinds["company"] + kinds["group"]
    assert types["Legislation"] + types["Thing"] == len(archive.policies)
    assert types["Event"] == len(archive.events)
    assert types["Claim"] == len(archive.arguments)
    assert types["ClaimReview"] == sum(bool(r.model.verdict) for r in archive.checks.values())
    assert types["DefinedTerm"] == len(archive.terms)
    assert types["QuantitativeValue"] == len(archive.figures)
    assert types["Product"] == len(archive.products)
    assert types["CreativeWork"] == len(archive.references)
    assert types["Article"] == len(archive.sources)
    generated = [name for name, page in pages.items() if page.scripts]
    assert types["BreadcrumbList"] == len(generated) - 1  # the home page has nothing above it


def test_events_have_the_dates_of_the_data_where_these_are_certain(
    pages: dict[str, Page], real: Graph
) -> None:
    said = {
        urlsplit(thing["@id"]).fragment: thing.get(
            "http://schema.org/startDate", [{"@value": None}]
        )[0]["@value"]
        for thing in expanded(pages["timeline.html"], "timeline.html")
        if thing["@type"] == ["http://schema.org/Event"]
    }
    dates = {
        id_: record.model.date.partition("/")[0] for id_, record in real.archive.events.items()
    }
    assert said == {id_: None if re.search("[~?]", date) else date for id_, date in dates.items()}


def test_every_page_of_the_site_carries_structured_data(pages: dict[str, Page], site: Path) -> None:
    bare = [
        name
        for name, page in pages.items()
        if not page.scripts
        and not name.startswith("editions/")  # plain pages, so that they read alike in ten years
        and 'http-equiv="refresh"' not in (site / name).read_text(encoding="utf-8")
    ]
    assert bare == ["404.html"]


def test_the_trail_leads_home(pages: dict[str, Page]) -> None:
    (trail,) = [
        t
        for t in expanded(pages["actors/nvidia.html"], "actors/nvidia.html")
        if t["@type"] == ["http://schema.org/BreadcrumbList"]
    ]
    steps = trail["http://schema.org/itemListElement"]
    assert [step["http://schema.org/item"][0]["@id"] for step in steps] == [
        f"{SITE}index.html",
        f"{SITE}actors/index.html",
        f"{SITE}actors/nvidia.html",
    ]


def test_the_site_s_files_are_those_of_the_export(site: Path, tmp_path: Path) -> None:
    assert main(["--root", str(ROOT), "export", str(tmp_path), "--url", ""]) == 0
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) > 500
    for path in files:
        assert path.read_bytes() == (site / path.relative_to(tmp_path)).read_bytes(), path


LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")


def dead_links(site: Path, file: Path, pages: dict[str, Page]) -> list[str]:
    dead = []
    for link in LINK.findall(
        re.sub(r"```.*?```|`[^`\n]+`", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    ):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (file.parent / parts.path).resolve()
        name = target.relative_to(site.resolve()).as_posix()
        if not target.is_file() or (
            # Behind the id of a paragraph may stand the release in which it was cited.
            parts.fragment
            and name in pages
            and parts.fragment.partition("@")[0] not in pages[name].ids
        ):
            dead.append(f"{file.relative_to(site)}: {link}")
    return dead


def test_llms_txt_leads_to_a_twin_of_every_page(site: Path, pages: dict[str, Page]) -> None:
    assert dead_links(site, site / "llms.txt", pages) == []
    listed = {
        link
        for link in LINK.findall((site / "llms.txt").read_text(encoding="utf-8"))
        if link.endswith(".html.md")
    }
    redirected = {name for name, page in pages.items() if not page.scripts}
    assert listed == {f"{name}.md" for name in pages.keys() - redirected}


def test_every_link_in_a_twin_resolves(site: Path, pages: dict[str, Page]) -> None:
    assert [
        link for twin in sorted(site.rglob("*.html.md")) for link in dead_links(site, twin, pages)
    ] == []


def test_twins_are_plain_markdown_with_the_words_of_the_page(site: Path, real: Graph) -> None:
    def words(text: str) -> str:
        return re.sub(r"[\\*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))

    for twin in site.rglob("*.html.md"):
        text = twin.read_text(encoding="utf-8")
        assert text.startswith("# "), twin
        assert not re.search(
            r"</?[a-z]+[ >]|[\ue000-\uf8ff]",
            re.sub(r"```.*?```|`[^`\n]+`", "", text, flags=re.DOTALL),
        ), twin
    essay = words((site / f"{ESSAY}.md").read_text(encoding="utf-8"))
    for translation in real.archive.translations.values():
        for paragraph in translation.paragraphs:
            if not paragraph.notes:
                assert " ".join(paragraph.prose.plain.split()) in essay, paragraph.id
    nvidia = words((site / "actors/nvidia.html.md").read_text(encoding="utf-8"))
    assert "The author. The essay opens with it" in nvidia


def test_the_samples_on_the_page_are_cut_from_the_files(site: Path) -> None:
    page = (site / "open-data.html").read_text(encoding="utf-8")
    samples = re.findall(
        r'<span class="?filename"?><a href="?([^">]+)"?>.*?<code>(.*?)</code>', page, re.DOTALL
    )
    assert len(samples) > 6
    for path, sample in samples:
        content = (site / path).read_text(encoding="utf-8")
        for line in unescape(sample).splitlines():
            assert line.rstrip("…").strip() in content, f"{path}: {line}"


def test_every_format_is_on_the_page(site: Path) -> None:
    page = (site / "open-data.html").read_text(encoding="utf-8")
    files = {
        p.relative_to(site).as_posix()
        for p in (site / "data").iterdir()
        if p.is_file() and p.suffix != ".csv"
    }
    for path in sorted(files | {"objects.inv", "feed.xml", "llms.txt", "robots.txt"}):
        assert re.search(rf'href="?{re.escape(path)}[" >]', page), path
    assert "65001: Unicode (UTF-8)" in page  # how Excel opens a table with its Chinese


def test_a_visitor_s_browser_keeps_the_pages_and_not_the_data(site: Path) -> None:
    kept = json.loads((site / "assets/data/kept.json").read_text(encoding="utf-8"))
    assert "actors/nvidia.html" in kept["files"]
    assert not [p for p in kept["files"] if p.startswith("data/") or p.endswith(".html.md")]
    assert kept["bytes"] == sum((site / path).stat().st_size for path in kept["files"])


def test_at_a_first_visit_a_browser_keeps_what_every_page_needs(site: Path) -> None:
    worker = (site / "service-worker.js").read_text(encoding="utf-8")
    found = re.search(r"const SHELL = (\[.*?\]);", worker)
    assert found
    shell = json.loads(found[1])
    page = (site / "actors/nvidia.html").read_text(encoding="utf-8")
    needed = re.findall(r'<(?:script|link) [^>]*?(?:src|href)="\.\./(assets/[^"]+)"', page)
    assert needed
    assert set(needed) <= set(shell)
    assert [path for path in shell if path.endswith(".html")] == ["404.html", "index.html"]
    assert sum((site / path).stat().st_size for path in shell) < 2_000_000


def test_a_published_copy_names_itself_in_full(tmp_path: Path, real: Graph) -> None:
    out = tmp_path / "site"
    result = run_mkdocs(ROOT, out, DOSSIER_SITE_URL=SITE)
    assert result.returncode == 0, result.stderr
    assert f"Sitemap: {SITE}sitemap.xml" in (out / "robots.txt").read_text(encoding="utf-8")
    sitemap = (out / "sitemap.xml").read_text(encoding="utf-8")
    listed = set(re.findall(r"<loc>(.*?)</loc>", sitemap))
    for record in real.archive.page_entries():
        assert any(url.endswith(f"/{record.model.id}.html") for url in listed), record.model.id
    assert all((out / url.removeprefix(SITE)).is_file() or url == SITE for url in listed)
    assert (
        json.loads((out / "data/annotations.json").read_text(encoding="utf-8"))["id"]
        == f"{SITE}data/annotations.json"
    )
    assert f'href="{SITE}feed.xml"' in (out / "feed.xml").read_text(encoding="utf-8")
    (script,) = Page(out / "actors/nvidia.html").scripts
    assert json.loads(script)["@graph"][0]["@id"] == f"{SITE}actors/nvidia.html"


def test_zensical_builds_the_same_pages_from_the_folder(
    site: Path, pages: dict[str, Page], tmp_path: Path
) -> None:
    assert main(["--root", str(ROOT), "pages", str(tmp_path), "--url", ""]) == 0
    result = subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "warning" not in (result.stdout + result.stderr).lower()
    for name, page in pages.items():
        built = tmp_path / "site" / name
        assert built.is_file(), name
        if name == "404.html" or not page.scripts:
            continue
        other = Page(built)
        assert len("".join(page.words)) > 200, name
        assert {i for i in page.ids - other.ids if not i.startswith("__")} == set(), (
            name
        )  # those are the theme's
        assert "".join(" ".join(other.words).split()) == "".join(" ".join(page.words).split()), name
        assert {urljoin(SITE + name, link) for link in page.links} <= {
            urljoin(SITE + name, link) for link in other.links
        }, name
        assert [json.loads(s) for s in other.scripts] == [json.loads(s) for s in page.scripts], name
    assert (tmp_path / "site/data/edition.json").read_bytes() == (
        site / "data/edition.json"
    ).read_bytes()
