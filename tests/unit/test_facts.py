"""A date or a number stands in one place: prose cites it, and what contradicts it is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Edit, read
from dossier.read.facts import Facts
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
