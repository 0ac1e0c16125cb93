"""The search's answers: the judged set, and what a question may hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from conftest import Edit
from dossier.exports.analyzer import terms
from dossier.exports.search import hits
from dossier.read.digest import digest, numbers, parts
from dossier.read.fingerprint import simplified
from dossier.write.site import Site, Workshop, make_site
from judged import ROOT, Engine, acceptable, keys, questions, rank, tallies

Asked = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def site() -> Site:
    return make_site(ROOT)


@pytest.fixture(scope="module")
def named(site: Site) -> list[str]:
    return keys(site)


@pytest.fixture(scope="module")
def answered(site: Site, named: list[str]) -> Iterator[Asked]:
    """What the engine answers, with the keys of the answers."""
    engine = Engine(site.assets)

    def asked(question: str) -> dict[str, Any]:
        answer = engine.ask(question)
        return answer | {"keys": [named[id_] for id_ in answer["ids"]]}

    yield asked
    engine.close()


def test_every_question_has_an_answer_that_exists(named: list[str]) -> None:
    found = questions()
    reported = Counter(question["lang"] for question in found if question["set"] == "reported")
    assert min(reported["en"], reported["zh"]) >= 200
    assert len({question["q"] for question in found}) == len(found)
    for question in found:
        for wanted in question["want"]:
            assert any(acceptable(key, [wanted]) for key in named), question


def test_the_right_answer_comes_first(answered: Asked) -> None:
    ranked = [
        (question, rank(answered(question["q"])["keys"], question["want"]))
        for question in questions()
        if question["set"] == "reported"
    ]
    for (lang,), tally in tallies(ranked, "lang").items():
        assert tally.first / tally.asked >= GOAL[0], (lang, tally.cells)
        assert tally.three / tally.asked >= GOAL[1], (lang, tally.cells)


GOAL = (0.97, 0.995)

# What was typed when the search was looked at, with what has to stand among the first so many.
TABLE = [
    ("H-20", "product:h20", 1), ("h 20", "product:h20", 1), ("45亿", "figure:q1-charge", 1),
    ("45亿", "p20", 8),
    ("25%", "figure:h200-share", 1), ("25%", "p1", 8), ("25万", "figure:dinner-donation", 1),
    ("25万", "p40", 8),
    ("250000", "figure:dinner-donation", 1), ("export controls", "policy:chip-controls-2022", 3),
    ("lobbied", "term:lobbying", 1),
    ("lobbied", "p51", 8), ("lobbied", "p43", 50), ("lobbied", "p26", 50),
    ("who opposes", "stance:opposes", 8),
    ("who opposes the H20 halt", "stance:opposes:policy:h20-halt-2025", 1),
    ("AI chip", "p33", 8), ("芯片 出口", "policy:chip-controls-2022", 1),
    ("Trump's inauguration", "event:inauguration-2025-01", 3),
    ("Xi Jinping", "event:trump-xi-busan-2025-10", 1),
    ("export licence", "policy:h20-halt-2025", 3),
    ("英伟达 CEO", "actor:jensen-huang", 1), ("cloud matrix", "event:cloudmatrix-2025-04", 1),
    ("how big is Stargate", "figure:stargate-total", 1), ("一年", "figure:lobbying-duration", 3),
    ("how many chips were ordered", "event:two-million-ordered-2025-12", 3),
    ("part 2", "part:huang-lobbying-2025:part-2", 1),
    ("Part 2 of the essay", "part:huang-lobbying-2025:part-2", 1),
    ("the second part", "part:huang-lobbying-2025:part-2", 1),
    ("第二部分", "part:huang-lobbying-2025:part-2", 1),
    ("第2部分", "part:huang-lobbying-2025:part-2", 1),
]  # fmt: skip


def test_what_is_asked_for_is_among_the_first(answered: Asked) -> None:
    for question, wanted, among in TABLE:
        found = answered(question)["keys"]
        assert 1 <= rank(found, [wanted]) <= among, (question, wanted, found[:10])


def test_what_came_after_a_date_leads_to_the_timeline_at_the_year_of_the_day_after(
    site: Site, answered: Asked
) -> None:
    for question, year in (
        ("after December 2025", 2026),
        ("what came after December 2025", 2026),
        ("what happened after December 2025?", 2026),
        ("2025年12月之后发生了什么", 2026),
        ("what came after 31 December 2024", 2025),
        ("what came after December 30, 2024", 2024),
        ("after April 2025", 2025),
        ("since December 2025", 2025),
        ("what came after", 2026),  # the essay, which is of December 2025
        ("what has happened since", 2026),
        ("后来呢", 2026),
    ):
        assert answered(question)["keys"][0] == f"year:{year}", question
    found = {hit.key: hit for hit in hits(site.graph, site.pages)}
    page = next(page for page in site.pages if page.path == "timeline.md")
    url, _, anchor = found["year:2026"].url.partition("#")
    assert url == "timeline.html"
    assert f"{{#{anchor}}}" in page.body


def test_a_stance_that_is_found_is_the_very_one_to_which_its_address_leads(site: Site) -> None:
    pages = {page.path.replace(".md", ".html"): page.body for page in site.pages}
    found = [hit for hit in hits(site.graph, site.pages) if hit.kind == "stance"]
    assert found
    for hit in found:
        path, _, anchor = hit.url.partition("#")
        (item,) = re.findall(rf'<li [^>]*id="{anchor}"[^>]*>(.*?)</li>', pages[path], re.DOTALL)
        _, _, stance, toward = hit.key.split(":", 3)
        other = site.graph.entry(toward).name
        assert f">{stance}</span>" in item, hit
        assert escape(other, quote=False) in item, hit


def test_after_a_date_with_more_words_is_a_question_like_others(answered: Asked) -> None:
    assert (
        answered("Nvidia after December 2025")["keys"][0]
        == answered("Nvidia December 2025")["keys"][0]
    )
    assert answered("after 2026")["keys"]  # of which the timeline has nothing


def test_who_opposes_is_answered_by_those_who_do(answered: Asked) -> None:
    for question, stance in (
        ("谁反对拜登的芯片管制", "opposes"),
        ("who supports Stargate", "supports"),
    ):
        found = [key.split(":") for key in answered(question)["keys"] if key.startswith("stance:")]
        sides = [parts[2] for parts in found[:3]]
        assert sides and set(sides) == {stance}, (question, sides)


def test_a_word_that_no_text_has_is_said(answered: Asked) -> None:
    found = answered("nvidia zqx")
    assert found["notes"]["missing"] == ["zqx"]
    assert found["keys"][0] == "actor:nvidia"


def test_words_that_say_nothing_are_said_to(answered: Asked) -> None:
    assert answered("the")["notes"]["empty"]
    assert answered("the")["total"] == 0
    assert answered("about")["keys"][0] == "page:about.html"


def test_one_thing_is_found_alike_however_it_is_written(answered: Asked) -> None:
    for first, *others in (
        ("$4.5 billion", "4.5bn", "4,500 million", "45亿", "45億美元"),
        ("25%", "25 percent", "25 per cent", "百分之25", "２５％"),
        ("Dec 9, 2025", "9 December 2025", "2025-12-09", "2025年12月9日"),
        ("Dec 9", "9 december", "12月9日"),
        ("H20", "H-20", "h 20"),
        ("organised labour", "organized labor"),
        ("黄仁勋", "黃仁勳"),
        ("Mar-a-Lago", "mar a lago"),
        ("AI chip", "AI-chip", "ai‑chip"),
        ("Trump’s inauguration", "Trump's inauguration", "ＴＲＵＭＰ inauguration"),
    ):
        for other in others:
            assert answered(other)["keys"][:5] == answered(first)["keys"][:5], (first, other)


def test_a_phrase_in_quotation_marks_is_exact(site: Site, answered: Asked) -> None:
    found = answered('"arms dealer"')
    paragraphs = {key for key in found["keys"] if key.startswith("paragraph:")}
    text = site.graph.archive.translations["huang-lobbying-2025"].paragraphs
    assert paragraphs == {
        f"paragraph:huang-lobbying-2025:{p.number}" for p in text if "arms dealer" in p.prose.plain
    }
    assert answered('"dealer arms"')["total"] == 0
    assert answered("“arms dealer”")["keys"] == found["keys"]


def test_what_is_not_wanted_is_left_out(answered: Asked) -> None:
    assert "product:h200" in answered("nvidia chip")["keys"]
    found = answered("nvidia chip -h200")
    assert found["total"]
    assert "product:h200" not in found["keys"]


def test_a_kind_is_kept_to(answered: Asked) -> None:
    for written in ("kind:policy h20", "h20 kind:policies", "KIND:pol H20"):
        found = answered(written)["keys"]
        assert found[0] in ("policy:h20-halt-2025", "policy:h20-resumption-2025")
        assert {key.partition(":")[0] for key in found} == {"policy"}
    assert answered("kind:nonsense h20")["notes"]["unknown"] == ["kind:nonsense"]
    assert len(answered("kind:product")["keys"]) == 4


def test_paragraphs_are_named_and_kept_to(answered: Asked) -> None:
    source = "paragraph:huang-lobbying-2025"
    assert answered("p20-p22")["keys"] == [f"{source}:20", f"{source}:21", f"{source}:22"]
    assert answered("p20–22")["keys"] == answered("p20-p22")["keys"]
    assert answered("p30")["keys"][0] == f"{source}:30"
    assert set(answered("loss p18-p22")["keys"]) <= {f"{source}:{n}" for n in range(18, 23)}


def test_a_source_is_named(answered: Asked) -> None:
    assert answered("source:huang-lobbying-2025 nvidia")["keys"] == answered("nvidia")["keys"]
    assert answered("source:nonesuch nvidia")["total"] == 0


def test_an_unfinished_word_finds_what_the_whole_one_finds(answered: Asked) -> None:
    for question in ("stargat", "starg", "jensen hu", "lobbyin", "tari"):
        assert answered(question)["total"] > 0, question
    assert answered("lobbyin")["keys"][0] == answered("lobbying")["keys"][0]


def test_names_widen_the_question_and_the_result_says_so(answered: Asked, named: list[str]) -> None:
    found = answered("英伟达")
    assert [named[id_] for id_ in found["notes"]["widened"]] == ["actor:nvidia"]
    paragraphs = [key for key in found["keys"] if key.startswith("paragraph:")]
    assert len(paragraphs) > 8  # whose texts have no Chinese
    assert "semiconductor" in answered("chip tariff")["notes"]["words"]


def test_the_index_is_no_larger_than_a_fifth_more_than_the_one_before(site: Site) -> None:
    size = sum(
        len(str(content).encode())
        for path, content in site.assets.items()
        if path.startswith("assets/data/search/")
    )
    assert size < 1.2 * 402_000


def test_what_one_reads_is_in_the_index(site: Site) -> None:
    found = {hit.key: hit for hit in hits(site.graph, site.pages)}

    def missing(key: str, *words: str) -> set[str]:
        hit = found[key]
        known = set(terms(" ".join((hit.title, *hit.names, hit.text, hit.more))))
        return set(terms(" ".join(words))) - known

    archive = site.graph.archive
    for record in archive.entries():
        key = f"{record.model.kind}:{record.model.id}"
        for statement in record.statements:  # account, premises, roles, and whatever else is told
            for _, _, prose in statement.prose:
                assert not missing(key, prose.plain), key
    for source in archive.sources:
        for paragraph in archive.translations[source].paragraphs:
            key = f"paragraph:{source}:{paragraph.number}"
            for note in paragraph.notes:
                assert not missing(key, note.prose.plain), key
    for page in archive.pages:
        key = f"page:{page.path.removesuffix('.md')}.html"
        assert not missing(key, *(block.plain for block in page.parsed.blocks)), key
    for id_, users in site.graph.reference_used_by.items():  # works tell of an event in other words
        for key in users:
            if key.startswith("event:"):
                assert not missing(key, archive.references[id_].model.title), key
    for work in archive.references.values():
        model = work.model
        assert not missing(f"reference:{model.id}", model.title, model.publisher or ""), model.id


def test_a_small_archive_is_searched_too() -> None:
    site = Workshop(ROOT / "tests/small").site()
    engine = Engine(site.assets)
    found = [keys(site)[engine.ask(question)["ids"][0]] for question in ("林娜", "lamp tax", "p3")]
    engine.close()
    assert found == ["actor:lin-na", "policy:lamp-tax", "paragraph:lamp-tax:3"]


def test_a_name_spelled_by_syllables_and_a_literal_rendering_are_found(answered: Asked) -> None:
    assert answered("yíng wěi dá")["keys"][0] == "actor:nvidia"
    assert answered("rainbow fart")["keys"][0] == "term:gushing-flattery"


def test_a_question_about_words_that_nobody_wrote_is_answered_by_its_words(answered: Asked) -> None:
    found = answered("what does “dealer arms” mean")
    assert found["keys"][0] == "term:arms-dealer"
    assert found["notes"]["phrase"]


INVENTED = (
    "渔民们在长码头上等了整整一个夏天，也没有等到一盏灯亮起来，更没有等到一个愿意解释灯税用途的人。"
)


def test_a_sentence_of_an_original_that_is_not_published_finds_its_paragraph(
    project: Path, edit: Edit
) -> None:
    edit(
        "data/sources/lamp-tax.yml",
        "paragraphs: 4",
        f'paragraphs: 4\ndigests: {{p2: "{digest("他还说：" + INVENTED + "后来下雨了。")}"}}',
    )
    found = Workshop(project).site()
    engine = Engine(found.assets)
    named = keys(found)
    asked = [
        INVENTED,
        INVENTED.replace("渔", "漁").replace("灯", "燈").replace("，", " "),
    ]  # as a traditional copy without marks has it
    answers = [named[engine.ask(question)["ids"][0]] for question in asked]
    engine.close()
    assert answers == ["paragraph:lamp-tax:2"] * 2
    assert not any(INVENTED[3:9] in str(content) for content in found.assets.values())


def test_an_original_cannot_be_rebuilt_from_its_digests(site: Site) -> None:
    characters = sorted(set(simplified().values()))[:1000]  # a third of those in common use
    shared = Counter(
        number for one in characters for two in characters for number in numbers(one + two)
    )
    for source in site.graph.archive.sources.values():
        for paragraph, found in source.model.digests.items():
            length = (
                len(
                    site.graph.archive.translations[source.model.id][int(paragraph[1:])].prose.plain
                )
                / 3.5
            )  # Chinese is that much shorter
            assert 10 * len(parts(found)) < 4 * length + 40, (
                paragraph
            )  # bits kept, against some four that a character carries
            assert all(shared[number] > 100 for number in parts(found)), paragraph
