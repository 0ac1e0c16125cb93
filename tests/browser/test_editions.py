"""Citations of words that have changed since: followed, compared, cited again; over http and from
disk with the network off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import axe, wait_until_kept
from dossier.graph.history import newest, texts_now, texts_of
from dossier.graph.refs import Graph

ESSAY = "huang-lobbying-2025"
SOURCE = f"sources/{ESSAY}.html"
FIRST = "1.0.0"


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    context = browser.new_context(offline=base.startswith("file"), service_workers="block")
    if base.startswith("http"):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


def plain(text: str) -> str:
    return "".join(text.split())


def shown(page: Page, paragraph: str, column: int) -> str:
    """The words in a column of the comparison."""
    words = page.locator(f"#{paragraph} .wording-words").nth(column)
    expect(words).to_be_visible()
    return plain(words.evaluate("node => node.textContent"))


def unchanged(real: Graph) -> str:
    """A paragraph that is as it was in the newest release and in the first."""
    return next(
        id_
        for id_, own in real.wordings[ESSAY].items()
        if len(own) == 1 and real.is_released(ESSAY, id_)
    )


def test_who_cited_p20_in_the_first_release_sees_both_wordings(
    page: Page, base: str, real: Graph
) -> None:
    page.goto(f"{base}{SOURCE}#p20@{FIRST}")
    assert shown(page, "p20", 0) == plain(texts_of(real.archive, ESSAY)[FIRST]["p20"])
    assert shown(page, "p20", 1) == plain(texts_now(real.archive, ESSAY)["p20"])
    box = page.locator("#p20 .wording-then")
    expect(box).to_contain_text(f"Cited from release {FIRST} of November 23, 2026.")
    expect(box.locator("del").first).to_be_visible()
    expect(box.locator("ins").first).to_be_visible()
    last = real.wordings[ESSAY]["p20"][-1]
    expect(box.locator(".revision-why").last).to_contain_text(f"by {last.by}: {last.why[:40]}")
    expect(page.locator("#p20 .para-text")).to_be_in_viewport()
    box.get_by_role("link", name=f"The whole text of release {FIRST}").click()
    expect(page.locator("#p20")).to_contain_text("Nvidia disclosed busi")


def test_words_that_are_the_same_are_said_to_be(page: Page, base: str, real: Graph) -> None:
    same = unchanged(real)
    page.goto(f"{base}{SOURCE}#{same}@{FIRST}")
    expect(page.locator(f"#{same} .wording-then")).to_contain_text("are the same today")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".wording-then")).to_have_count(0)
    expect(page.locator(f"#{same} .para-no")).to_be_focused()


def test_a_release_that_never_was_is_said_to_be_unknown(page: Page, base: str) -> None:
    page.goto(f"{base}{SOURCE}#p20@9.9.9")
    expect(page.locator("#p20 .wording-then")).to_contain_text("keeps no wording 9.9.9")


def test_of_a_range_each_paragraph_is_compared(page: Page, base: str) -> None:
    page.goto(f"{base}{SOURCE}#p6-p8@{FIRST}")
    expect(page.locator(".wording-then")).to_have_count(3)
    expect(page.locator("#p6 .wordings")).to_be_visible()
    expect(page.locator("#p8 .wording-then")).to_contain_text("are the same today")


def test_the_history_of_a_paragraph_stands_beside_it(page: Page, base: str, real: Graph) -> None:
    own = real.wordings[ESSAY]["p6"]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{base}{SOURCE}#p6")
    page.locator("#p6 .note-history > summary").click()
    revisions = page.locator("#p6 .revisions > li")
    expect(revisions).to_have_count(len(own))
    expect(revisions.first.locator("ins").first).to_be_visible()
    expect(revisions.last).to_contain_text(f"First published in release {own[0].release}")


def cite(page: Page, paragraph: str) -> None:
    page.get_by_role("button", name=f"Cite paragraph {paragraph[1:]}", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_citation_names_the_edition_and_leads_to_these_words(
    page: Page, base: str, real: Graph
) -> None:
    release, same = newest(real.archive), unchanged(real)
    page.goto(f"{base}{SOURCE}#{same}")
    cite(page, same)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"paragraph {same[1:]}. In Chips, Huang and the White House,")
    expect(dialog.locator(".cite-row", has_text="Chicago")).to_contain_text(f"edition {release}")
    expect(dialog.locator(".cite-row", has_text="APA")).to_contain_text(f"; edition {release})")
    expect(dialog.locator(".cite-row", has_text="BibTeX")).to_contain_text(
        f"version = {{{release}}}"
    )
    if base.startswith("http"):
        expect(dialog).to_contain_text(f"#{same}@{release}")


def test_words_that_are_not_released_are_cited_by_their_digest(
    page: Page, base: str, real: Graph
) -> None:
    changed = [id_ for id_ in texts_now(real.archive, ESSAY) if not real.is_released(ESSAY, id_)]
    id_ = changed[0] if changed else unchanged(real)
    page.goto(f"{base}{SOURCE}#{id_}")
    cite(page, id_)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(", with changes to " if changed else "edition ")
    if base.startswith("file"):  # which has no address that others could follow
        expect(dialog).not_to_contain_text("file:")
        return
    link = page.locator(".cite-row", has_text="Permanent link").locator("p").inner_text()
    digest = real.wordings[ESSAY][id_][-1].digest[:8]
    assert f"#{id_}@{digest if changed else newest(real.archive)}" in link
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(f"#{id_} .wording-then")).to_contain_text("are the same today")


RECORDS = """async (fragments) => {
  await window.dossier.load("previews");
  return fragments.map((fragment) => window.dossier.cite.ofText(SOURCE, fragment).bibtex);
}""".replace("SOURCE", f'"{ESSAY}"')


def test_the_dialog_and_the_bibliography_have_the_same_record(
    page: Page, base: str, site: Path
) -> None:
    """For the whole source and every paragraph; the dialog adds when it was looked at."""
    page.goto(f"{base}{SOURCE}")
    bibliography = (site / "data/bibliography.bib").read_text(encoding="utf-8")
    expected = {
        record.split(",")[0]: record.strip()
        for record in re.split(r"^@misc\{", bibliography, flags=re.MULTILINE)
        if re.match(rf"{ESSAY}(-p\d+)?,", record)
    }
    assert len(expected) > 50
    for key, copied in zip(
        expected,
        page.evaluate(RECORDS, [key.removeprefix(ESSAY).strip("-") for key in expected]),
        strict=True,
    ):
        record = expected[key]
        if base.startswith("file"):  # from disk nothing has an address that others could follow
            record = re.sub(r",\n  url = .*", "", record)
            assert "url" not in copied
        else:
            record = record.replace("url = {../", f"url = {{{base}")
            assert re.search(r",\n  urldate = \{\d{4}-\d\d-\d\d\}\n", copied)
        assert re.sub(r",\n  urldate = .*", "", copied) == f"@misc{{{record}"
    page.get_by_role("button", name="Cite the whole text").click()
    expect(page.locator(".cite-row", has_text="BibTeX")).to_contain_text(f"@misc{{{ESSAY},")


def test_a_page_s_record_has_a_key_that_no_source_has(page: Page, base: str) -> None:
    page.goto(f"{base}actors/huawei.html")
    page.get_by_role("button", name="Cite this page").click()
    record = page.locator(".cite-row", has_text="BibTeX").locator("pre")
    expect(record).to_contain_text("@misc{actors-huawei,\n  title = {{Huawei}},\n  howpublished")
    assert "\ue000" not in record.inner_text()


def test_words_have_a_link_of_their_own(page: Page, base: str) -> None:
    page.goto(f"{base}{SOURCE}#p20")
    page.evaluate(
        """() => {
        const text = document.querySelector('#p20 .para-text');
        getSelection().selectAllChildren(text); }"""
    )
    page.get_by_role("button", name="Link to these words").click()
    if base.startswith("file"):
        expect(page.locator(".said-aloud")).to_contain_text("opened from a disk")
        return
    expect(page.locator(".said-aloud")).to_contain_text("Copied the link to these words")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("#p20:~:text=In%20April%2C%20the%20US,no%20means%20a%20trifle.")


def test_what_changed_is_a_list_without_scripts(browser: Browser, base: str, real: Graph) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}what-changed.html")
    count = sum(len(own) > 1 for own in real.wordings[ESSAY].values())
    expect(page.locator(".rewordings > li")).to_have_count(count)
    expect(page.get_by_role("heading", name=f"Release {FIRST}")).to_be_visible()
    expect(page.locator("form.filters[data-changes]")).to_be_hidden()
    page.locator(".touched summary").first.click()
    expect(page.locator(".touched li").first).to_be_visible()
    context.close()


def test_what_changed_since_the_last_visit_is_known_to_the_browser_alone(
    page: Page, base: str
) -> None:
    page.goto(f"{base}what-changed.html")
    expect(page.get_by_label("since my last visit")).to_be_disabled()
    everything = page.locator("[data-key]").count()
    kept = json.loads(page.evaluate("localStorage.getItem('dossier-seen')"))
    assert len(kept["now"]["seen"]) == everything
    kept["now"]["day"] = "2026-11-24"
    kept["now"]["seen"][f"{ESSAY}#p20"] = "other"
    del kept["now"]["seen"][f"{ESSAY}#p6"]
    page.evaluate("kept => localStorage.setItem('dossier-seen', kept)", json.dumps(kept))
    wait_until_kept(page, base, "localStorage.getItem('dossier-seen').includes('2026-11-24')")
    page.reload()
    page.get_by_label("since my last visit").check()
    expect(page.locator("[data-key]:visible")).to_have_count(2)
    expect(page.locator(f"#{ESSAY}-p20")).to_be_visible()
    expect(page.locator(".filter-count")).to_have_text(
        f"2 paragraphs, entries, and works of {everything}"
    )
    page.reload()  # the same day is the same visit
    page.get_by_label("since my last visit").check()
    expect(page.locator("[data-key]:visible")).to_have_count(2)
    page.get_by_label("the day").fill("2031-01-01")
    expect(page.locator("[data-key]:visible")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name",
    [f"{SOURCE}#p20@{FIRST}", "what-changed.html", f"editions/{FIRST}/{ESSAY}.html",
     "editions/1.1.0/index.html"],
)  # fmt: skip
def test_what_is_compared_is_accessible(
    browser: Browser, served: str, scheme: str, name: str
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", service_workers="block"
    )
    page = context.new_page()
    page.goto(served + name)
    if "@" in name:
        expect(page.locator(".wordings")).to_be_visible()
        page.locator("#p20 .note-history > summary").click()
        expect(page.locator("#p20 .revisions ins").first).to_be_visible()
        assert axe(page, "#p20") == []
    else:
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert axe(page) == []
    context.close()
