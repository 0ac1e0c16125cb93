"""One word for one word: what the list of renderings says, and what the build says of a lapse."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Edit, read
from dossier.commands.cli import main
from dossier.graph.refs import Graph
from dossier.graph.wording import standings
from dossier.pages import render_pages

TEXT = "docs/sources/lamp-tax.md"
LIST = "data/renderings.yml"

# What is broken: the file, what is replaced by what, and the one line that must come of it.
LAPSES = {
    "a paragraph without any rendering": (TEXT, "They said that the [lamp tax](policy:lamp-tax)",
                                                    "They said that the [levy](policy:lamp-tax)",
        'docs/sources/lamp-tax.md:12:1: is p3, whose Chinese has 灯税, and has none of its '
        'renderings ("lamp tax"); use one, or add what stands here to "lamp-tax" in '
        'data/renderings.yml with the reason'),
    "a rendering that stands nowhere": (LIST, "    - words: fail\n",
                                                  "    - words: collapse\n      reason: "
                                                  "Louder.\n    - words: fail\n",
        'data/renderings.yml:12:14: lists the rendering "collapse" of 失败, which stands in none '
        'of its paragraphs; remove it'),
    "a form that stands nowhere": (LIST, "forms: [failed]", "forms: [failed, failure]",
        'data/renderings.yml:13:23: lists the form "failure", which stands in none of the '
        'paragraphs of 失败; remove it'),
    "one English word for two Chinese ones": (TEXT, "The fishermen did not buy it.",
                                                        "The fishermen did not buy it; it failed.",
        'docs/sources/lamp-tax.md:12:34: has "failed", which is kept for 失败 ("fail" in '
        'data/renderings.yml), and p3 is not said to have that; '
        "use another word, or name p3 there"),
    "a headword that is not Chinese": (LIST, "zh: 失败", "zh: failed",
        'data/renderings.yml:9:7: has "failed" for a Chinese word; write it in Chinese '
        'characters alone'),
    "a headword twice": (LIST, "zh: 失败", "zh: 灯税",
        'data/renderings.yml:9:7: gives 灯税 a second entry; "lamp-tax" has it already, join the '
        'two'),
    "a paragraph twice": (LIST, "paragraphs: [p4]", "paragraphs: [p4, p4]",
        "data/renderings.yml:10:15: names p4 twice; keep one"),
    "a paragraph that the source has not": (LIST, "paragraphs: [p4]", "paragraphs: [p4, p7]",
        'data/renderings.yml:10:20: cites unknown paragraph "p7" (the source has p1 to p4)'),
    "no rendering": (LIST, "    - words: lamp tax\n      reserved: true\n      reason: The name "
                           "of the tax.\n", "    []\n",
        'data/renderings.yml:5:5: has an empty "english"; give at least one'),
}  # fmt: skip


@pytest.mark.parametrize("name", LAPSES)
def test_a_lapse_is_named_with_its_place_and_its_remedy(
    name: str, project: Path, edit: Edit
) -> None:
    path, old, new, message = LAPSES[name]
    edit(path, old, new)
    _, violations = read(project)
    assert violations == [message]


def test_capitals_links_and_line_breaks_hide_no_rendering(project: Path, edit: Edit) -> None:
    edit(
        TEXT,
        "They said that the [lamp tax](policy:lamp-tax)",
        "They said that the Lamp\n[tax](policy:lamp-tax)",
    )
    assert read(project)[1] == []


def test_a_lapse_in_the_edition_itself_is_named(tmp_path: Path) -> None:
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("assets"))
    text = tmp_path / "docs/sources/huang-lobbying-2025.md"
    before = text.read_text(encoding="utf-8")
    line = (
        before[: before.index("had finally achieved [marked](term:marked) results")].count("\n") + 1
    )
    text.write_text(
        before.replace("had finally achieved [marked]", "had finally achieved [visible]"),
        encoding="utf-8",
    )
    _, violations = read(tmp_path)
    assert any(
        v.startswith(
            f"docs/sources/huang-lobbying-2025.md:{line}:1: is p39, whose Chinese has 明显"
        )
        for v in violations
    )


def test_the_edition_has_its_recurring_words_in_the_list(real: Graph) -> None:
    headwords = [record.model for record in real.archive.renderings.values()]
    assert sum(len(headword.paragraphs) > 1 for headword in headwords) >= 25
    assert all(standing.spans for headword in headwords for standing in standings(real, headword))


def test_a_copy_of_the_original_says_whether_the_words_stand_there(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(project / "originals/lamp-tax.txt")
    assert main(["--root", str(project), "match", copy]) == 0
    assert "the headwords stand where the data say, in the 4 that match" in capsys.readouterr().out
    edit(LIST, "paragraphs: [p1, p2, p3, p4]", "paragraphs: [p1, p2, p4]")
    edit(LIST, "paragraphs: [p4]", "paragraphs: [p3, p4]")
    assert main(["--root", str(project), "match", copy]) == 1
    out = capsys.readouterr().out
    assert "data/renderings.yml:3:15: 灯税: p3 has it and is not named\n" in out
    assert "data/renderings.yml:10:15: 失败: p3 is named and has it not\n" in out


# Notes on wording, and slips


EMENDATION = (
    "emendations:\n  - {note: yuan, words: '120,000 yuan', sic: 元, corr: 元人民币}\nparagraphs: 4"
)
SOURCE = "data/sources/lamp-tax.yml"


def test_a_translators_note_without_a_chinese_word_is_refused(project: Path, edit: Edit) -> None:
    edit(TEXT, "but 元.", "but yuan.")
    _, violations = read(project)
    assert violations == [
        'docs/sources/lamp-tax.md:10:1: is a translators\' note without a Chinese word ("[^yuan]");'
        " quote the word that it is about"
    ]


def test_a_source_in_another_language_may_have_notes_without_chinese(
    project: Path, edit: Edit
) -> None:
    edit(TEXT, "but 元.", "but yuan.")
    edit(SOURCE, "language: zh-Hans", "language: en")
    assert read(project)[1] == []


@pytest.mark.parametrize(
    "said",
    ["by the verb *fail*", "in the word “safer at night”", "where the Chinese has a failure"],
)
def test_an_editors_note_on_a_word_without_the_chinese_is_refused(
    said: str, project: Path, edit: Edit
) -> None:
    edit(
        "data/actors/lin-na.yml", "The author has her praise", f"The author, {said}, has her praise"
    )
    _, violations = read(project)
    assert len(violations) == 1
    assert violations[0].startswith("data/actors/lin-na.yml:8:")
    assert (
        "without the Chinese; quote the word of the source, or cite the work whose word it is"
        in violations[0]
    )


@pytest.mark.parametrize(
    "said",
    [
        "The author says it by the verb *fail*, 失败",
        "A word *fail* is what the record has [@harbor-gazette]; the author",
    ],
)
def test_the_chinese_or_the_work_whose_word_it_is_is_enough(
    said: str, project: Path, edit: Edit
) -> None:
    edit("data/actors/lin-na.yml", "The author has her praise", f"{said} has her praise")
    assert read(project)[1] == []


def test_an_emended_slip_is_in_its_note_and_before_its_mark(project: Path, edit: Edit) -> None:
    edit(SOURCE, "paragraphs: 4", EMENDATION)
    assert read(project)[1] == []
    edit(SOURCE, "sic: 元", "sic: 圆")
    edit(SOURCE, "words: '120,000 yuan'", "words: yuan and more")
    _, violations = read(project)
    assert violations == [
        (
            'data/sources/lamp-tax.yml:26:25: gives "yuan and more", which does not stand before'
            " the mark [^yuan] in p2; give the words printed there"
        ),
        (
            'docs/sources/lamp-tax.md:10:1: does not quote the slip "圆" that it is about'
            " (data/sources/lamp-tax.yml:26:45); quote it"
        ),
    ]


def test_an_emendation_without_its_note_is_named(project: Path, edit: Edit) -> None:
    edit(SOURCE, "paragraphs: 4", EMENDATION.replace("note: yuan", "note: dollars"))
    _, violations = read(project)
    assert violations == [
        'data/sources/lamp-tax.yml:26:12: names the note "dollars", which docs/sources/lamp-tax.md'
        " does not have; write [^dollars]: …"
    ]


def test_the_text_shows_where_a_slip_was_emended(real: Graph) -> None:
    pages = {page.path: page.body for page in render_pages(real)}
    text = pages["sources/huang-lobbying-2025.md"]
    emendations = real.archive.sources["huang-lobbying-2025"].model.emendations
    assert text.count("a slip of the author’s is emended here") == len(emendations)
    for emendation in emendations:
        assert re.search(
            rf'class="emended" [^>]*id="mark-{emendation.note}" aria-label="Note (\d+)\*: a slip'
            r' [^"]+">\1</a>',
            text,
        ), emendation.note
    assert "glittering" not in text and "真知烁见" in text


def test_a_contested_term_has_a_page_that_its_word_leads_to(real: Graph) -> None:
    pages = {page.path: page.body for page in render_pages(real)}
    glosses = {
        record.model.id: record.model.gloss
        for record in real.archive.terms.values()
        if record.model.gloss
    }
    assert len(glosses) >= 15
    text = pages["sources/huang-lobbying-2025.md"]
    for id_, gloss in glosses.items():
        page = pages[f"glossary/{id_}.md"]
        assert all(other.english in page for other in gloss.others), id_
        assert f'href="../glossary/{id_}.html"' in text, id_
        assert f'href="glossary/{id_}.html"' in pages["glossary.md"], id_


def test_a_gloss_offers_other_renderings(project: Path, edit: Edit) -> None:
    gloss = (
        "  gloss:\n    why: Short.\n    changes: Little.\n    others:\n      - {english: great "
        "noise, effect: Louder.}\n"
    )
    edit("data/terms.yml", "  note: Said", f"{gloss}  note: Said")
    _, violations = read(project)
    assert len(violations) == 1
    assert "others" in violations[0] or "2" in violations[0]


def test_a_literal_line_belongs_to_a_paragraph_and_is_english(project: Path, edit: Edit) -> None:
    edit(
        SOURCE,
        "paragraphs: 4",
        "paragraphs: 4\nliteral:\n  p1: Lamp tax first day.\n  p9: Nobody came.\n  p2: 灯税 was "
        "paid.",
    )
    _, violations = read(project)
    assert len(violations) == 2
    assert violations[0].endswith(
        'gives a literal line for "p9", which the source does not have; remove it'
    )
    assert violations[1].endswith("holds words of the source; a literal line is in English alone")


def test_a_broken_source_is_one_fault_and_not_one_for_each_word(project: Path, edit: Edit) -> None:
    edit(SOURCE, "paragraphs: 4", "paragraphs: four")
    _, violations = read(project)
    assert len(violations) == 1, violations


def test_a_note_on_how_it_is_taken_at_home_stands_beside_its_paragraph(
    real: Graph, project: Path, edit: Edit
) -> None:
    text = next(
        page.body for page in render_pages(real) if page.path == "sources/huang-lobbying-2025.md"
    )
    readings = real.archive.sources["huang-lobbying-2025"].model.readings
    assert len(readings) >= 10
    assert text.count("How a Chinese reader takes it") == len(readings)
    edit(
        SOURCE,
        "paragraphs: 4",
        "paragraphs: 4\nreadings:\n  - paragraph: p9\n    text: Of 灯税 one speaks at home "
        "[@harbor-gazette].",
    )
    _, violations = read(project)
    assert len(violations) == 1
    assert violations[0].endswith(
        'is a note on "p9", which the source does not have; name one that it has'
    )
