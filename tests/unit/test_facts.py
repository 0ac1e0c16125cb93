"""A date or a number stands in one place: prose cites it, and what contradicts it is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import SMALL, Edit, read
from dossier.read.facts import Facts
from dossier.read.load import Archive
from dossier.read.prose import parse
from dossier.rules.facts import contradictions
from dossier.write.site import make_site

EVENT = "event:tax-begins"
FIGURE = "figure:takings"
SUMMARY = "The office that levies the lamp tax"


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        (f"[date]({EVENT}#date)", "March 5, 2020"),
        (f"[day]({EVENT}#date)", "March 5"),
        (f"[month]({EVENT}#date)", "March 2020"),
        (f"[year]({EVENT}#date)", "2020"),
        (f"[number]({FIGURE}#value)", "$120,000"),
        ("[date](policy:lamp-tax#in-force)", "2020"),
    ],
)
def test_a_cited_fact_is_written_out_and_follows_its_entry(
    project: Path, edit: Edit, cited: str, written: str
) -> None:
    edit("data/events.yml", '"2020"', '"2020-03-05"')
    edit("data/actors/harbor-office.yml", SUMMARY, f"The office of {cited}, which levies the tax")
    edit("docs/index.md", "began three years ago", f"began in {cited}, and in `{cited}`")
    _, violations = read(project)
    assert violations == []
    site = make_site(project)
    page = next(page.body for page in site.pages if page.path == "actors/harbor-office.md")
    assert f">{written}</a>" in page
    exported = json.loads(str(site.assets["data/actors/harbor-office.json"]))
    assert f"The office of [{written}](" in json.dumps(exported, ensure_ascii=False)
    assert f"began in [{written}](" in str(site.assets["index.html.md"])
    assert f"`{cited}`" in str(site.assets["index.html.md"])
    assert (
        site.written(f"In {cited}.")
        == f"In [{written}]({cited[cited.index('(') + 1 : cited.index('#')]})."
    )


def test_an_entry_that_cites_a_fact_is_known_by_what_its_file_says(
    project: Path, edit: Edit
) -> None:
    office = f"The office of [date]({EVENT}#date), which levies the tax"
    edit("data/actors/harbor-office.yml", SUMMARY, office)
    digests, before = [], '"2020"'
    for date in (before, '"2020-03-05"', '"2020-06-01"'):
        edit("data/events.yml", before, date)
        before = date
        archive, violations = read(project)
        assert violations == []
        digests.append(archive.of("actor")["harbor-office"].digest)
    assert digests[0] and len(set(digests)) == 1


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("[date](event:tax-began#date)", "cites a fact of event:tax-began, which there is not"),
        (f"[date]({EVENT}#dat)", f'cites the "dat" of {EVENT}, which it does not have; write one'),
        (f"[when]({EVENT}#date)", 'cites a fact as "when"; between the brackets stands how it is'),
        (f"[day]({EVENT}#date)", f'cites the day of {EVENT}, whose date is "2020"; write'),
        (f"[number]({EVENT}#date)", f'cites the "date" of {EVENT} as "number", but it is a date'),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_written_is_named(
    project: Path, edit: Edit, cited: str, said: str
) -> None:
    edit("data/actors/harbor-office.yml", SUMMARY, f"The office of {cited}, which levies the tax")
    edit("docs/index.md", "began three years ago", f"began in {cited}")
    _, violations = read(project)
    assert [v.partition(": ")[2].startswith(said) for v in violations] == [True, True], violations
    assert violations[0].startswith("data/actors/harbor-office.yml:3:")
    assert violations[1].startswith("docs/index.md:3:")


def test_code_is_left_alone() -> None:
    facts = Facts({"event:e": {"date": "2020"}})
    for code in ("`{}`", "```\n{}\n```", "``a ` {}``", "Text:\n\n    {}\n\nText."):
        text = code.format("[date](event:e#date)")
        assert facts.written(text) == text
    assert facts.written("`a` [date](event:e#date) `b`") == "`a` [2020](event:e) `b`"


@pytest.mark.parametrize(
    "prose",
    [
        f"In May 2020 [the tax]({EVENT}) began",
        f"Now [the tax of May 3, 2020,]({EVENT}) stands",
        f"Ships paid from [its beginning]({EVENT}) on March 6, 2020",
        f"The tax, which [began]({EVENT}) in 2021, [brought in]({FIGURE}) a lot, in May",
        f"It brought in [130,000 yuan]({FIGURE})",
        f"It brought in [takings]({FIGURE}) of $12 million",
    ],
)
def test_what_contradicts_a_linked_entry_is_named(project: Path, edit: Edit, prose: str) -> None:
    edit("data/events.yml", '"2020"', '"2020-03-05"')
    for path, old in (
        ("data/actors/harbor-office.yml", SUMMARY),
        ("docs/index.md", "The author says it"),
    ):
        edit(path, old, f"{prose}. {old}")  # fmt: skip
    _, violations = read(project)
    assert len(violations) == 2, violations
    assert all(" says " in v and "correct one of them" in v for v in violations)


@pytest.mark.parametrize(
    "prose",
    [
        f"Now [the tax of March 5]({EVENT}) stands",
        f"In March 2020 [the tax]({EVENT}) began, in May ships went elsewhere",
        f"After [it]({EVENT}) ships went elsewhere by June 1, 2021",
        f"From [its beginning]({EVENT}) to May 2021 ships stayed",
        f"It [began]({EVENT}), and the next law came in May 2022",
        f"It brought in [120,000 yuan]({FIGURE}), of them 30,000 in May",
        f"In [the third year]({FIGURE}) of 2022 it brought in 120,000",
        f"Until April 2021 [nobody]({EVENT}) paid",
    ],
)
def test_what_only_stands_near_a_link_is_not(project: Path, edit: Edit, prose: str) -> None:
    edit("data/events.yml", '"2020"', '"2020-03-05"')
    edit("data/actors/harbor-office.yml", SUMMARY, f"{prose}. {SUMMARY}")
    assert read(project)[1] == []


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("data/events.yml", '"2020"', '"2021/2020"', "ends before it begins"),
        ("data/actors/lin-na.yml", "at: actor:harbor-office", "start: 2021-05\n    end: 2021-04",
         'ends in "2021-04", before it begins'),
        ("data/figures.yml", "unit: USD", "unit: USD\n  maximum: 90000",
         "has a maximum of 90000, less than the value 120000"),
    ],
)  # fmt: skip
def test_a_reversed_interval_is_refused(
    project: Path, edit: Edit, path: str, old: str, new: str, said: str
) -> None:
    edit(path, old, new)
    _, violations = read(project)
    assert [said in v for v in violations] == [True], violations


def _event(id_: str, date: str, local: str = "") -> str:
    there = f"  local: {local!r}\n" if local else ""
    return (
        f"- id: {id_}\n  name: {id_}\n  voice: author\n  date: {date!r}\n{there}"
        "  lane: law\n  summary: It [@p1].\n"
    )


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive with events and figures of every sort."""
    root = tmp_path_factory.mktemp("facts") / "small"
    shutil.copytree(SMALL, root)
    dates = {
        "day": "2020-03-05",
        "about": "2020-03-05~",
        "unsure": "2020-03-05?",
        "ides": "-0044-03-15",
        "era": "-0044-03-15/0014-08-19",
        "winter": "2020-11/2021-02",
        "year": "2020",
    }
    events = "".join(_event(id_, date) for id_, date in dates.items())
    (root / "data/events.yml").write_text(
        events + _event("there", "2020-03-05", "2020-03-06"), encoding="utf-8"
    )
    with (root / "data/figures.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- id: wait\n  name: The wait\n  voice: author\n  words: three to twelve hours\n"
            "  value: 3\n  maximum: 12\n  unit: hours\n  counts: A wait [@p2].\n"
            "- id: nothing\n  name: Nothing\n  voice: author\n  words: 120,000 yuan\n"
            "  value: 0\n  unit: USD\n  counts: Nothing [@p2].\n"
        )
    return read(root)[0]


DAY = "[begun](event:day)"
SAID = {
    "It was [begun](event:day) on March 6, 2020.": '"March 6, 2020" of event:day, which is dated'
    " 2020-03-05; correct one of them, or cite the date: [date](event:day#date)",
    f"It was {DAY} (April 2020).": '"April 2020" of event:day',
    f"It was {DAY}, 2021.": '"2021" of event:day',
    "It was [begun in May](event:day).": '"May" of event:day',
    f"In May it was {DAY}.": '"May" of event:day',
    f"In May it was {DAY} for good, in June it ended.": '"May" of event:day',
    f"In June it ended, in May it was {DAY}.": '"May" of event:day',
    f"In June it ended. In May it was {DAY}. In July it was not.": '"May" of event:day',
    f"On April 3, 2021 it was {DAY}.": '"April 3, 2021" of event:day',
    f"It was {DAY} as [Lin](actor:lin-na) wished in May.": '"May" of event:day',
    "It was [begun](event:about) on April 9, 2020.": '"April 9, 2020" of event:about',
    "It was [begun](event:there) on March 7, 2020.": '"March 7, 2020" of event:there, which is'
    " dated 2020-03-05 (2020-03-06 there); correct",
    "It was [cold](event:winter) in January 2020.": '"January 2020" of event:winter',
    "It was [cold](event:winter) in March 2021.": '"March 2021" of event:winter',
    "It was [cold](event:winter) in March.": '"March" of event:winter',
    "It was [cold](event:winter) in 2022.": '"2022" of event:winter',
    "It was [begun](event:year) on March 5, 2021.": '"March 5, 2021" of event:year',
    "They took [130,000 yuan](figure:takings).": '"130,000 yuan" of figure:takings, which is'
    " $120,000; correct one of them, or cite the number: [number](figure:takings#value)",
    "They took [0.13 million](figure:takings).": '"0.13 million" of figure:takings',
    "They took [two](figure:takings).": '"two" of figure:takings',
    "They took [a sum](figure:takings) of $130 thousand.": '"a sum" of figure:takings',
    "They took [a sum](figure:takings) of 130,000 yuan.": '"a sum" of figure:takings',
    "It was a wait of [two hours](figure:wait).": '"two hours" of figure:wait, which is three',
    "It was a wait of [13 hours](figure:wait).": '"13 hours" of figure:wait',
}
UNSAID = (
    f"It was {DAY} on March 5, 2020.",
    f"It was {DAY} in March 2020, or in 2020.",
    f"It was {DAY} May 2021 to June 2021.",
    f"It was {DAY} May 2021–June 2021.",
    f"It was {DAY} 2021-2022.",
    "It was [begun in May or June](event:day).",
    f"In May it was {DAY} or in June.",
    f"In May it was {DAY} as [her law](policy:lamp-tax).",
    f"[Her law](policy:lamp-tax) of May was {DAY}.",
    f"It was known by May. It was {DAY}.",
    f"It was {DAY}. In May it was not.",
    f"They waited between May {DAY}.",
    f"It was {DAY} a while before May.",
    f"It may have been {DAY}.",
    "It was [begun](event:about) on March 9, 2020.",
    "It was [begun](event:unsure) on March 9, 2020.",
    "It was [begun](event:there) on March 6, 2020.",
    "He [died](event:ides) on March 16, 2020.",
    "It was [an age](event:era) in May 2020.",
    "It was [cold](event:winter) in January 2021.",
    "It was [cold](event:winter) in January.",
    "It was [cold](event:winter) in December.",
    "It was [cold](event:winter) in November 2020.",
    "It was [cold](event:winter) in February 2021.",
    "It was [cold](event:winter) in 2021.",
    "It was [begun](event:year) on March 5, 2020.",
    "It was [nothing](event:nothing) of May 2021.",
    "They took [$0.12 million](figure:takings).",
    "They took [120 thousand](figure:takings) of 3 million.",
    "They took [a sum](figure:takings) of 2021.",
    "It was a wait of [Three hours](figure:wait).",
    "It was a wait of [12 hours](figure:wait).",
    "It was a wait of [180 minutes, or three hours](figure:wait).",
)


@pytest.mark.parametrize("prose", [*SAID, *UNSAID])
def test_prose_is_held_against_what_it_links(dated: Archive, prose: str) -> None:
    said = [message for _, message in contradictions(dated, parse(prose))]
    if prose in UNSAID:
        assert said == []
    else:
        assert [message.startswith(f"says {SAID[prose]}") for message in said] == [True], said


CLAUSES = {
    "It was [begun in May](event:day) as [her law](policy:lamp-tax).": ["May"],
    f"In April it was {DAY} [(by law)](policy:lamp-tax).": ["April"],
    "May 2021 was cold. [ It was begun](event:day).": ["May 2021"],
    "It ended.[ It was begun](event:day) for good in May.": ["May"],
    "It was cold in May. [It was begun](event:day).": [],
    f"It was {DAY} early. In May came rain, then sun.": [],
    f"It ended in June, it was {DAY} for good.": [],
    f"On May 3, 2021, all saw it, it was {DAY}.": [],
    f"It ended in June and {DAY} it was.": [],
    f"It was {DAY}; cold came in June.": [],
    "It was [begun!](event:day)2021.": [],
    "It was [nothing](event:nothing) of May 2021.": [],
    "They took [0 yuan](figure:nothing).": [],
}


def test_a_clause_reaches_from_mark_to_mark(dated: Archive) -> None:
    """What stands in another clause or sentence than the link is not said of what it links."""
    said = {
        prose: [message.split('"')[1] for _, message in contradictions(dated, parse(prose))]
        for prose in CLAUSES
    }
    assert said == CLAUSES


def test_a_contradiction_is_named_where_its_link_stands(project: Path, edit: Edit) -> None:
    fault = "It was [begun](event:tax-begins) in May 2021."
    edit("data/actors/harbor-office.yml", "summary: ", f"summary: >\n  It is old.\n  {fault} ")
    edit("docs/sources/lamp-tax.md", "no currency but 元.", f"no currency but 元. {fault}")
    edit("docs/index.md", "In code", f"{fault} In code")
    assert [v.partition(": says")[0] for v in read(project)[1]] == [
        "data/actors/harbor-office.yml:5:17",
        "docs/index.md:4:15",
        "docs/sources/lamp-tax.md:10:1",
    ]
