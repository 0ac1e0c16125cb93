"""Reading, following and quoting, in a real browser over http and from disk with the
network off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, SMALL, axe, wait_until_kept

SOURCE = "sources/huang-lobbying-2025.html"


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    # A service worker would answer in place of what a test puts on the way.
    context = browser.new_context(
        offline=base.startswith("file"),
        viewport={"width": 1280, "height": 900},
        service_workers="block",
    )
    if base.startswith("http"):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    elsewhere: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((base, "data:")) else elsewhere.append(request.url)
        ),
    )
    yield page
    assert errors == []
    assert elsewhere == []
    context.close()


def test_a_citation_shows_its_paragraph_and_escape_hides_it(page: Page, base: str) -> None:
    page.goto(base + "actors/nvidia.html")
    page.locator("a.cite[data-cite$='#p20']").first.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("abruptly halted exports of the H20")
    tip.hover()  # what is shown can be pointed at
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_an_entry_s_link_says_who_it_is_when_reached_by_keyboard(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p1")
    page.locator("#p1 .para-no").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.locator("*:focus")
    expect(focused).to_have_attribute("data-entry", "actor:donald-trump")
    expect(page.get_by_role("tooltip")).to_contain_text("President of the United States")
    expect(focused).to_have_attribute("aria-describedby", "preview")


def test_a_reference_shows_title_and_publisher(page: Page, base: str) -> None:
    page.goto(base + "policies/chip-controls-2022.html")
    page.locator("a.cite[data-cite='@u-s-bureau-2022-10-07']").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Commerce Implements New Export Controls")


def test_a_tap_previews_and_a_second_one_goes_there(browser: Browser, base: str) -> None:
    context = browser.new_context(
        has_touch=True, viewport={"width": 390, "height": 800}, offline=base.startswith("file")
    )
    page = context.new_page()
    page.goto(base + "actors/zte.html")
    link = page.locator("a.cite[data-cite$='#p4']").first
    link.tap()
    preview = page.get_by_role("group", name="Preview of p4")
    expect(preview).to_contain_text("sanctioned ZTE")
    assert page.url.endswith("zte.html")
    page.touchscreen.tap(5, 400)  # elsewhere: it goes away
    expect(preview).to_be_hidden()
    link.tap()
    preview.get_by_role("link", name="Go to p4").tap()
    page.wait_for_url(lambda url: url.endswith("#p4"))
    page.go_back()
    link.tap()
    expect(preview).to_be_visible()
    link.tap()
    page.wait_for_url(lambda url: url.endswith("#p4"))
    context.close()


def test_a_preview_leaves_the_pointer_free_and_goes_with_it(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p20")
    tip = page.get_by_role("tooltip")
    # A link over two lines, pointed at on the second.
    link = page.locator("#p20 .para-text a.entry[data-entry='event:first-quarter-report']")
    x, y = link.evaluate(
        "node => { const all = node.getClientRects(); const r = all[all.length - 1]; return [r.x +"
        " r.width / 2, r.y + r.height / 2]; }"
    )
    page.mouse.move(x, y)
    expect(tip).to_contain_text("in 1 paragraph")
    assert (
        page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('a').dataset.entry", [x, y]
        )
        == "event:first-quarter-report"
    )
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_chinese_in_a_preview_says_that_it_is(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p4")
    page.locator("#p4 a.entry[data-entry='term:entity-list']").hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    unmarked = """node => {
        const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT); const found = [];
        while (walk.nextNode()) if (/\\p{Script=Han}/u.test(walk.currentNode.data)
          && !walk.currentNode.parentElement.lang) found.push(walk.currentNode.data);
        return found; }"""
    expect(tip.locator("[lang=zh-Hans]").first).to_be_visible()
    assert tip.evaluate(unmarked) == []


def hides(layer: str) -> str:
    """That a layer is kept as hidden."""
    return f"""localStorage.getItem("dossier-hidden")?.split(" ").includes("{layer}")"""


def shows(layer: str) -> str:
    """That something is kept, and the layer is not among what is hidden."""
    return f"""localStorage.getItem("dossier-hidden")?.split(" ").includes("{layer}") === false"""


def test_layers_are_switched_and_remembered(page: Page, base: str) -> None:
    page.goto(base + SOURCE)
    notes = page.get_by_role("button", name="Notes", exact=True)
    mark = page.locator("#p12 .note-mark")
    expect(mark).to_be_visible()
    notes.focus()
    page.keyboard.press("Enter")
    expect(notes).to_have_attribute("aria-pressed", "false")
    expect(mark).to_be_hidden()
    wait_until_kept(page, base, hides("notes"))
    page.reload()
    expect(page.locator("#p12 .note-mark")).to_be_hidden()
    clean = page.get_by_role("button", name="Text only")
    clean.click()
    expect(page.locator("#p12 .para-notes")).to_be_hidden()
    expect(page.locator("#p12 .para-no")).to_be_visible()
    for width, room in ((1280, 500), (390, 330)):  # one column, with a margin about it
        page.set_viewport_size({"width": width, "height": 900})
        text = page.locator("#p12 .para-text").bounding_box()
        assert text and text["width"] > room and text["x"] > 10, (width, text)
    page.set_viewport_size({"width": 1280, "height": 900})
    wait_until_kept(page, base, hides("clean"))
    page.reload()
    expect(clean).to_have_attribute("aria-pressed", "true")
    clean.click()  # as it was before, the notes still hidden
    expect(page.locator("#p12 .para-notes")).to_be_visible()
    expect(page.locator("#p12 .note-mark")).to_be_hidden()
    notes.click()
    expect(page.locator("#p12 .note-mark")).to_be_visible()
    expect(page.locator(".legend-voices")).to_be_hidden()  # until one asks for them
    voices = page.get_by_role("button", name="Voices")
    voices.click()
    expect(page.locator(".legend-voices")).to_be_visible()
    wait_until_kept(page, base, shows("voices"))
    page.reload()
    expect(voices).to_have_attribute("aria-pressed", "true")
    voices.click()
    assert (
        page.locator(".para .said-judgment").first.evaluate(
            "node => getComputedStyle(node).textDecorationLine"
        )
        == "none"
    )


def test_what_is_switched_off_is_off_before_the_first_line_is_drawn(page: Page, base: str) -> None:
    page.goto(base + SOURCE)
    page.get_by_role("button", name="Text only").click()
    wait_until_kept(page, base, hides("clean"))
    page.route(
        "**/layers.js", lambda route: route.abort()
    )  # the control comes late; what it was set to does not
    page.reload()
    expect(page.locator("#p12 .para-notes")).to_be_hidden()


def test_switching_layers_keeps_the_place(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(base + SOURCE + "#p30")
    before = page.locator("#p30").bounding_box()
    page.evaluate("document.querySelector('[data-switch=clean]').click()")
    after = page.locator("#p30").bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2


def test_voices_differ_by_more_than_color(page: Page, base: str) -> None:
    page.goto(base + SOURCE)
    page.get_by_role("button", name="Voices").click()
    style = (
        "node => { const s = getComputedStyle(node); return [s.textDecorationStyle,"
        " s.textDecorationLine, s.borderBottomStyle].join() }"
    )
    judgment = page.locator(".para .said-judgment").first.evaluate(style)
    quotation = page.locator(".para .said-quotation").first.evaluate(style)
    fact = page.locator(".para .said-fact:not([class*=doubt])").first.evaluate(style)
    assert judgment.startswith("wavy,underline")
    assert quotation.endswith("none,dashed")
    assert fact.startswith("solid,underline")
    expect(page.locator(".legend-voices")).to_contain_text("judgment quotation told as fact")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_name_is_quieter_than_what_is_contradicted(
    browser: Browser, base: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto(base + SOURCE)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lines = "nodes => nodes.map((node) => getComputedStyle(node).textDecorationColor)"
    names = page.locator(".para-text a.entry").evaluate_all(lines)
    marks = page.locator(".para-text .doubt-contradicted").evaluate_all(lines)
    assert len(names) > 50
    assert all(1.2 < stands_out(line, ground) < 1.8 for line in names), set(names)
    assert marks
    assert all(stands_out(line, ground) > 4.5 for line in marks), set(marks)
    page.close()


def stands_out(line: str, page: str) -> float:
    """The contrast of a line with the page, both as a browser writes colors."""

    def light(color: str) -> float:
        red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", color)[:3])
        parts = [
            n / 12.92 if n <= 0.04045 else ((n + 0.055) / 1.055) ** 2.4 for n in (red, green, blue)
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05

    return max(light(line), light(page)) / min(light(line), light(page))


def test_on_a_phone_the_switches_are_one_line_that_opens(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(base + SOURCE)
    bar = page.locator(".reading-bar")
    box = bar.bounding_box()
    assert box and box["height"] < 48
    opener = page.get_by_role("button", name="What is shown")
    names = page.get_by_role("button", name="Names", exact=True)
    expect(names).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    names.click()
    expect(names).to_have_attribute("aria-pressed", "false")
    opener.click()
    expect(names).to_be_hidden()
    page.close()


def test_where_nothing_hovers_one_sees_that_a_paragraph_can_be_cited(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(base + SOURCE)
    button = page.locator("#p20 > .cite-button").first
    link = page.locator("#p20 .note-mark a").first
    look = "node => [getComputedStyle(node).color, getComputedStyle(node).opacity]"
    assert button.evaluate(look) == link.evaluate(look)
    button.tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    context.close()


MARKED = """() => { let marked = 0, all = 0;
    for (const text of document.querySelectorAll('.para-text')) {
        const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const node = walk.currentNode; const letters = (node.data.match(/\\p{L}/gu)
              ?? []).length;
            if (node.parentElement.closest('.para-no, .note-mark')) continue;
            const said = node.parentElement.closest('.said'); const style = said
              && getComputedStyle(said); all += letters;
            if (said && (style.textDecorationLine !== 'none' || style.borderBottomWidth !== '0px'
              || style.backgroundColor !== 'rgba(0, 0, 0, 0)')) marked += letters;
        }
    }
    return marked / all; }"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_text_is_calm_until_voices_are_asked_for(
    browser: Browser, site: Path, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{SOURCE}")
    line = "node => getComputedStyle(node).textDecorationLine"
    if scripts:
        assert 0 < page.evaluate(MARKED) <= 0.25
    assert page.locator(".para .doubt-contradicted").first.evaluate(line) == "underline"
    assert page.locator(".para .said-judgment:not([class*=doubt])").first.evaluate(line) == "none"
    context.close()


def test_j_and_k_lead_from_paragraph_to_paragraph_and_one_comes_back_to_the_last(
    page: Page, base: str
) -> None:
    page.goto(base + SOURCE + "#p20")
    page.keyboard.press("j")
    expect(page.locator("#p21 .para-no")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#p20 .para-no")).to_be_focused()
    wait_until_kept(
        page, base, """localStorage.getItem("dossier-place-huang-lobbying-2025") === "20" """
    )
    page.goto(base + "index.html")
    page.goto(base + SOURCE)
    page.get_by_role("link", name="continue at paragraph 20").click()
    expect(page.locator("#p20")).to_be_in_viewport()


def test_a_check_stands_beside_its_paragraph_and_says_whose_it_is(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p4")
    check = page.locator("#p4 .note-check").filter(has_text="contradicted").first
    expect(check).to_be_visible()
    check.locator("summary").click()
    expect(check.get_by_text("Editors’ note")).to_be_visible()


def test_what_rests_on_a_paragraph_is_shown_when_it_is_opened(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p20")
    cited = page.locator("#p20 .note-cited")
    number = int(cited.locator("summary").inner_text().split()[-1])
    cited.locator("summary").click()
    expect(cited.locator("dd a.entry")).to_have_count(number)
    page.locator("#p20 .note-arguments summary").click()
    page.locator("#p20 .note-arguments a.entry").first.click()
    expect(page).to_have_url(re.compile(r"/arguments/[\w-]+\.html$"))


def test_a_check_and_its_words_point_at_each_other(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p22")
    words = page.locator("#p22 .said-judgment").first
    check = page.locator(f"#check-{words.get_attribute('data-check')}")
    expect(check).to_be_hidden()  # in the line that two judgments share
    words.click()
    expect(check).to_be_visible()
    expect(check).to_have_attribute("open", "")
    check.locator("summary").hover()
    expect(words).to_have_class(re.compile("spoken-of"))
    page.mouse.move(5, 5)
    expect(words).not_to_have_class(re.compile("spoken-of"))


def read_clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("what", "holds"),
    [
        ("the link", ["#p30"]),
        (
            "the citation in Chicago style",
            [
                "“How Jensen Huang lobbied",
                "[editors’ title]",
                "Translated by",
                "paragraph 30",
                "Accessed",
            ],
        ),
        ("the citation in APA style", ["Trans.)", "para. 30", "Retrieved"]),
        ("the citation as BibTeX", ["@misc{huang-lobbying-2025-p30,", "urldate", "Author unknown"]),
        ("the passage with its citation", ["‘developer’s perspective’", "paragraph 30"]),
    ],
)
def test_a_paragraph_is_cited_by_keyboard(
    page: Page, base: str, what: str, holds: list[str]
) -> None:
    page.goto(base + SOURCE + "#p30")
    page.get_by_role("button", name="Cite paragraph 30").focus()
    page.keyboard.press("Enter")
    if (
        base.startswith("file") and what == "the link"
    ):  # a path on one's own disk is nobody else's address
        expect(page.get_by_role("dialog")).to_contain_text("there is no permanent link")
        assert "file:" not in page.get_by_role("dialog").inner_text()
        return
    copy = page.get_by_role("button", name=f"Copy {what}", exact=True)
    copy.focus()
    page.keyboard.press("Enter")
    # Within the dialog: what stands outside of one that is open is not heard.
    said = page.get_by_role("dialog").locator(".said-aloud")
    expect(said).to_contain_text(f"Copied {what}")
    if base.startswith("http"):
        text = read_clipboard(page)
        for part in holds:
            assert part in text, text
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_entry_s_page_can_be_cited(page: Page, base: str) -> None:
    page.goto(base + "actors/huawei.html")
    page.get_by_role("button", name="Cite this page").click()
    expect(page.get_by_role("dialog")).to_contain_text(
        "“Huawei.” In Chips, Huang and the White House, edition "
    )


@pytest.mark.parametrize(
    ("name", "entry", "holds"),
    [
        (
            "glossary.html",
            "arms-dealer",
            [
                "“arms dealer.” In “Glossary,” in Chips, Huang and the White House, edition ",
                "glossary.html#arms-dealer",
            ],
        ),
        (
            "timeline.html",
            "zte-sanctions",
            ["“ZTE is sanctioned.” In “Timeline,”", "the first step in the essay’s history"],
        ),
        (
            "figures.html",
            "nvidia-loss-15bn",
            ["@misc{figures-nvidia-loss-15bn,", "What the export restrictions cost Nvidia"],
        ),
        ("checks.html", "h200-approval-date", ["In “Checks,”", "checks.html#h200-approval-date"]),
    ],
)
def test_an_entry_of_a_list_is_cited_by_keyboard(
    page: Page, base: str, name: str, entry: str, holds: list[str]
) -> None:
    page.goto(f"{base}{name}#{entry}")
    page.locator(f"#{entry} .cite-entry").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    for part in holds:
        if base.startswith("http") or ".html#" not in part:
            expect(dialog).to_contain_text(part)
    page.keyboard.press("Escape")
    expect(page.locator(f"#{entry} .cite-entry")).to_be_focused()


def test_selected_words_are_offered_for_citing(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p22")
    page.evaluate(
        """() => {
        const text = document.querySelector('#p22 .para-text');
        const range = document.createRange();
        range.selectNodeContents(text); range.setStart(text.childNodes[1], 0);
          range.setEnd(text.childNodes[2], 1);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.get_by_role("button", name="Cite these words").click()
    expect(page.get_by_role("dialog")).to_contain_text("In other words, this sudden")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


SELECT_P28_TO_P29 = """() => {
        const [from, to] = ['#p28', '#p29'].map((id) => document.querySelector(`${id} .para-text`));
    const range = document.createRange(); range.setStart(from, 1); range.setEnd(to,
      to.childNodes.length);
    getSelection().removeAllRanges(); getSelection().addRange(range); }"""


def test_tab_leads_from_selected_words_to_what_is_offered(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p22")
    last = page.locator("#p22 .said").last
    box = last.evaluate(
        "node => { const all = node.getClientRects(); const r = all[all.length - 1]; return"
        " [r.right - 12, r.y + r.height / 2]; }"
    )
    page.mouse.dblclick(*box)
    offer = page.get_by_role("button", name="Cite these words")
    expect(offer).to_be_visible()
    page.keyboard.press("Tab")
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("paragraph 22")


def test_a_selection_over_paragraphs_is_copied_without_notes(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p28")
    page.evaluate(SELECT_P28_TO_P29)
    copy = page.get_by_role("button", name="Copy with citation")
    expect(copy).to_be_visible()
    page.keyboard.press("Escape")
    expect(copy).to_be_hidden()
    page.evaluate(SELECT_P28_TO_P29)
    copy.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".said-aloud")).to_contain_text("Copied the passage with its citation")
    if base.startswith("http"):
        text = read_clipboard(page)
        assert "paragraphs 28–29" in text
        assert "#p28-p29" in text
        assert text.startswith("“Brad Gerstner, founder of Altimeter Capital")
        assert "cited by" not in text
        assert "Cite" not in text


def test_where_nothing_may_be_copied_the_text_is_selected(page: Page, base: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        " Document.prototype.execCommand = () => false;"
    )
    page.goto(base + SOURCE + "#p9")
    page.get_by_role("button", name="Cite paragraph 9").click()
    page.get_by_role("button", name="Copy the citation in Chicago style", exact=True).click()
    expect(page.locator(".said-aloud")).to_contain_text("copy it by hand")
    assert "paragraph 9" in str(page.evaluate("getSelection().toString()"))


def test_a_range_is_marked_on_arrival_and_after_a_reload(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p19-p21")
    for _ in range(2):
        expect(page.locator(".para.in-range")).to_have_count(3)
        expect(page.locator("#p19")).to_be_in_viewport()
        page.reload()


def test_any_range_is_marked_and_another_link_moves_on(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p9-p7")  # nobody cites it, and it is the wrong way round
    expect(page.locator(".para.in-range")).to_have_count(3)
    expect(page.locator("#p7")).to_be_in_viewport()
    page.evaluate("location.hash = '#p50-p99'")
    expect(page.locator(".para.in-range")).to_have_count(2)
    page.evaluate("location.hash = '#p3'")
    expect(page.locator(".para.in-range")).to_have_count(0)
    marked = page.locator("#p3").evaluate("node => getComputedStyle(node).backgroundColor")
    assert marked != page.locator("#p4").evaluate("node => getComputedStyle(node).backgroundColor")


def test_a_thread_leads_from_mention_to_mention_and_back(page: Page, base: str) -> None:
    page.goto(base + "actors/huawei.html")
    page.goto(base + "actors/intel.html")
    page.goto(base + "policies/stargate.html")
    page.locator(".thread a.cite").first.click()
    strip = page.get_by_role("navigation", name="Stargate in the text")
    expect(strip).to_contain_text("mention 1 of")
    expect(page.locator("a.entry.followed").first).to_have_attribute(
        "data-entry", "policy:stargate"
    )
    onward = strip.get_by_role("link", name="next →")
    onward.focus()
    page.keyboard.press("Enter")
    expect(strip).to_contain_text("mention 2 of")
    expect(onward).to_be_focused()
    page.reload()
    expect(strip).to_contain_text("mention 2 of")
    strip.get_by_role("link", name="back to Stargate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stargate")


def test_an_entry_s_page_leads_back_to_the_paragraph_one_came_from(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p20")
    page.locator("#p20 a.entry[data-entry='actor:nvidia']").first.click()
    strip = page.get_by_role("navigation", name="Where you came from")
    expect(strip).to_contain_text("You came from paragraph 20, mention 3 of")
    strip.get_by_role("link", name="back to paragraph 20").click()
    expect(page.locator("#p20")).to_be_in_viewport()
    page.goto(base + "actors/nvidia.html")  # not from the text
    expect(strip).to_have_count(0)


def test_a_term_s_thread_leads_into_the_text_and_back_to_its_place_in_the_list(
    page: Page, base: str
) -> None:
    page.goto(base + "glossary.html#arms-dealer")
    thread = page.locator("#arms-dealer .thread")
    thread.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(thread.locator("mark").first).to_have_text("“arms dealer”")
    thread.get_by_role("link", name="p25").click()
    strip = page.get_by_role("navigation", name="arms dealer in the text")
    expect(strip).to_contain_text("mention 1 of 2")
    strip.get_by_role("link", name="next →").click()
    expect(page.locator("#p35")).to_be_in_viewport()
    strip.get_by_role("link", name="back to arms dealer").click()
    expect(page.locator("#arms-dealer")).to_be_in_viewport()


def test_a_check_s_words_lead_to_themselves_in_the_text(page: Page, base: str) -> None:
    page.goto(base + "checks.html#h200-approval-date")
    page.locator("#h200-approval-date .thread-no a").first.click()
    expect(page.locator(".said.followed").first).to_have_attribute(
        "data-check", "h200-approval-date"
    )
    expect(page.locator(".thread-bar")).to_contain_text("mention 1 of 1")


def test_everything_said_of_an_entry_is_quoted_in_order(page: Page, base: str) -> None:
    page.goto(base + "actors/nvidia.html#in-the-text")
    expect(
        page.get_by_role("heading", name="Everything said of Nvidia, in order")
    ).to_be_in_viewport()
    numbers = [int(text[1:]) for text in page.locator(".thread .thread-no").all_inner_texts()]
    assert numbers == sorted(numbers)
    expect(page.locator(".thread li").filter(has_text="p7").first).to_contain_text(
        "Nvidia once estimated that the losses"
    )
    expect(page.locator(".thread h3").first).to_contain_text("Opening")


def test_checks_are_filtered(page: Page, base: str) -> None:
    page.goto(base + "checks.html")
    total = page.locator(".check-list > .check").count()
    page.locator("label").filter(has_text="contradicted").click()
    shown = page.locator(".check-list > .check:visible")
    assert 0 < shown.count() < total
    expect(page.locator(".filter-count")).to_have_text(f"{shown.count()} of {total} checks")
    assert page.locator("h2:visible").count() < page.locator("h2").count()
    # The other choices say what they leave of these, and no line of the contents leads to nothing.
    kinds = page.locator("fieldset", has_text="Kind").locator("label:has(.n)")
    numbers = [int(label.locator(".n").inner_text()) for label in kinds.all()]
    assert numbers[0] == shown.count() == sum(numbers[1:])
    kinds.nth(1).click()
    assert shown.count() == numbers[1] > 0
    parts = page.locator(".md-nav--secondary a:visible").evaluate_all(
        "links => links.map((link) => document.querySelector(link.hash).checkVisibility())"
    )
    assert parts and all(parts)


def test_a_link_to_an_item_shows_it_whatever_was_chosen(page: Page, base: str) -> None:
    page.goto(base + "checks.html?verdict=contradicted#h200-approval-date")
    check = page.locator(".check:target")
    expect(check).to_be_visible()
    expect(check.locator(".citable")).to_be_visible()


@pytest.mark.parametrize("name", ["timeline.html", "bibliography.html", "arguments/index.html"])
def test_every_choice_of_a_list_has_as_many_items_as_it_says(
    page: Page, base: str, name: str
) -> None:
    page.goto(base + name)
    for label in page.locator(".filters label:has(.n)").all():
        label.click()
        number = int(label.locator(".n").inner_text())
        expect(page.locator(".filter-count")).to_contain_text(f"{number} ")
        label.locator("xpath=..").locator("label").first.click()


def test_the_home_page_s_verdicts_lead_to_their_checks(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    link = page.locator(".holds-contradicted a")
    number = int(page.locator(".holds-contradicted b").inner_text())
    link.click()
    expect(page.locator(".check-list > .check:visible")).to_have_count(number)
    expect(page.locator(".check-list > .check:visible .verdict-contradicted")).to_have_count(number)
    page.locator("label").filter(has_text="imprecise").click()
    assert page.url.endswith("?verdict=imprecise")
    page.reload()  # what was chosen stands in the address
    expect(page.locator("input[name=verdict]:checked")).to_have_value("imprecise")


def test_a_list_sorted_one_way_can_be_sent_and_set_back(page: Page, base: str) -> None:
    shown = "() => [...document.querySelectorAll('.work')].map((item) => +item.dataset.byCited)"
    page.goto(base + "bibliography.html")
    as_it_was = page.evaluate(shown)
    page.locator("label").filter(has_text="most cited").click()
    assert page.evaluate(shown) == sorted(as_it_was, reverse=True) != as_it_was
    page.goto(base + "bibliography.html?sort=-cited&basis=read")
    assert page.evaluate(shown) == sorted(as_it_was, reverse=True)
    expect(page.locator("h2:visible")).to_have_count(0)
    page.locator("label").filter(has_text="publisher").click()
    assert page.evaluate(shown) == as_it_was
    assert page.url.endswith("?basis=read")


@pytest.mark.parametrize("name", ["checks", "timeline", "bibliography", "glossary"])
def test_no_list_is_endless_in_its_first_state(page: Page, base: str, name: str) -> None:
    page.goto(base + f"{name}.html")
    assert page.evaluate("document.documentElement.scrollHeight") < 15_000


@pytest.mark.parametrize(
    "item",
    [
        "bibliography.html#tmtpost-2025-05-19",
        "timeline.html#first-deliveries-2026-08",
        "checks.html#good-case-study",
        "glossary.html#old-huang",
    ],
)
def test_a_link_leads_to_an_item_far_down_a_phone(browser: Browser, base: str, item: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(base + item)
    found = page.locator(f"#{item.partition('#')[2]}")
    expect(found).to_be_in_viewport()
    expect(found).to_contain_text(re.compile(r"\w+ \w+"))
    page.close()


def test_the_section_that_one_is_in_is_marked_with_its_pages_below(page: Page, base: str) -> None:
    page.goto(base + "actors/amd.html")
    expect(page.locator(".ways-in [aria-current]")).to_have_text("People and policies")
    expect(page.locator(".section-bar [aria-current]")).to_have_text("Actors")
    page.locator(".turn-after a").click()
    expect(page.locator(".section-bar [aria-current]")).to_have_text("Actors")


def test_whoever_searches_is_in_no_section(page: Page, base: str) -> None:
    page.goto(base + "about.html")
    lit = page.locator(".ways-in [aria-current], .section-bar")
    expect(lit.first).to_have_text("About")
    page.goto(base + "search.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(lit).to_have_count(0)


def test_works_are_numbered_on_an_entry_s_page_and_named_at_its_end(page: Page, base: str) -> None:
    page.goto(base + "actors/jensen-huang.html")
    numbers = page.locator(".account a.cite[href^='#w-']")
    number, href = numbers.first.inner_text(), str(numbers.first.get_attribute("href"))
    named = page.locator(f".sources > li:nth-child({number})")
    expect(named).to_have_attribute("id", href[1:])
    numbers.first.hover()
    expect(page.locator(".preview")).to_be_visible()
    numbers.first.click()
    expect(named).to_be_in_viewport()
    named.get_by_role("link").click()
    expect(page.locator(":target .name, :target").first).to_be_visible()
    assert page.url.endswith(href.replace("#w-", "bibliography.html#"))


def test_the_text_stands_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{SOURCE}#p20")
    expect(page.locator("#p20 .para-text")).to_contain_text("abruptly halted exports of the H20")
    expect(page.locator("#p20 .note-check").first).to_be_visible()
    expect(page.locator(".layers")).to_be_hidden()
    expect(page.locator("#p20 .cite-button")).to_be_hidden()
    page.locator("#p20 .note-cited summary").click()
    page.locator("#p20 .note-cited a").click()
    expect(page.locator(":target")).to_contain_text("p20")
    page.go_back()
    page.locator("#p20 a.entry[href$='/h20.html']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nvidia H20")
    context.close()


LINES = """() => [...document.querySelectorAll('.para-text, .passage > p')].flatMap((node) => {
    const lines = new Map(); const range = document.createRange();
      const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) for (let i = 0; i < walk.currentNode.length; i++) {
        if (walk.currentNode.parentElement.closest('.para-no, .note-mark, .voice, .cite')) continue;
        range.setStart(walk.currentNode, i); range.setEnd(walk.currentNode, i + 1);
        const line = Math.round(range.getBoundingClientRect().bottom / 12); lines.set(line,
          (lines.get(line) ?? 0) + 1);
    }
    return [...lines.values()].slice(0, -1); })"""


@pytest.mark.parametrize("name", [SOURCE, "actors/nvidia.html"])
def test_lines_are_of_a_length_to_read(page: Page, base: str, name: str) -> None:
    page.goto(base + name)
    lines = sorted(page.evaluate(LINES))
    assert 60 <= lines[len(lines) // 2] <= 75


@pytest.mark.parametrize(
    "name",
    [
        SOURCE,
        "actors/nvidia.html",
        "policies/stargate.html",
        "arguments/ban-hurts-self-more.html",
        "checks.html?verdict=contradicted",
        "timeline.html",
        "ties.html",
        "argument-map.html",
        "search.html",
        "search.html?q=tariff",
        "propose.html",
        "what-changed.html",
    ],
)
def test_nothing_shifts_or_scrolls_sideways(page: Page, base: str, name: str) -> None:
    page.add_init_script(
        "window.shifted = []; new PerformanceObserver((list) =>"
        " window.shifted.push(...list.getEntries().map((entry) => entry.value))).observe({ type:"
        " 'layout-shift', buffered: true });"
    )
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base + name)
        page.wait_for_load_state("networkidle")
        assert sum(page.evaluate("window.shifted")) < 0.01
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# Reading beside the original, with an invented one: the fingerprints of p1 and p2 are replaced by
# its own.


def test_a_copy_of_the_original_is_matched_and_shown_and_forgotten(
    page: Page, base: str, site: Path
) -> None:
    original = (SMALL / "originals/lamp-tax.txt").read_text(encoding="utf-8").splitlines()
    traditional = "海港的燈稅(shuì)始于三年前,由港務(wù)長林娜宣布。"
    prints = re.findall(
        r'p\d+: "([0-9a-f]{64})"', (SMALL / "data/sources/lamp-tax.yml").read_text(encoding="utf-8")
    )
    script = f"window.dossierOriginals = {json.dumps({'huang-lobbying-2025': prints})};"
    page.route(
        "**/assets/data/originals.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    requests: list[str] = []
    page.goto(base + SOURCE)
    page.on("request", lambda request: requests.append(request.url))
    box = page.locator(".parallel")
    box.locator("summary").click()
    page.get_by_label("or paste the text").fill(f"{traditional}\n{original[1]}\nEtwas anderes\n")
    page.get_by_role("button", name="Show it beside").click()
    expect(box).to_contain_text("2 of 4 paragraphs match")
    expect(box).to_contain_text("Not found in your copy: p3, p4")
    expect(box).to_contain_text("Etwas anderes")
    expect(page.locator("#p1 .original")).to_have_text(traditional)
    assert all(url.startswith(base + "assets/") and "?" not in url for url in requests), requests
    page.reload()
    expect(page.locator(".original")).to_have_count(0)


def test_chinese_in_view_has_its_face_before_anything_is_touched(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.goto(f"{site.as_uri()}/{SOURCE}")
    ours = re.compile('^"Noto Serif SC"')
    expect(page.locator("#p2 .para-notes [lang|=zh]").first).to_have_css("font-family", ours)
    beyond = page.locator("#p50 .para-notes [lang|=zh]").first
    expect(beyond).not_to_have_css("font-family", ours)
    page.mouse.wheel(0, 200)
    expect(beyond).to_have_css("font-family", ours)
    page.close()


def test_a_copy_is_kept_only_when_asked(page: Page, base: str) -> None:
    prints = re.findall(
        r'p\d+: "([0-9a-f]{64})"', (SMALL / "data/sources/lamp-tax.yml").read_text(encoding="utf-8")
    )
    script = f"window.dossierOriginals = {json.dumps({'huang-lobbying-2025': prints})};"
    page.route(
        "**/assets/data/originals.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    page.goto(base + SOURCE)
    page.locator(".parallel summary").click()
    page.locator(".parallel-file").set_input_files(
        {
            "name": "copy.txt",
            "mimeType": "text/plain",
            "buffer": (SMALL / "originals/lamp-tax.txt").read_bytes(),
        }
    )
    expect(page.locator(".original")).to_have_count(4)
    page.get_by_label("keep it in this browser").check()
    page.get_by_role("button", name="Show it beside").click()
    expect(page.locator(".original")).to_have_count(4)
    wait_until_kept(page, base, "Object.values(localStorage).some((text) => text.includes('灯'))")
    page.reload()
    expect(page.locator(".original")).to_have_count(4)


def test_axe_finds_nothing_in_previews_bars_and_the_plain_text(
    browser: Browser, site: Path
) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{SOURCE}?thread=actor:nvidia#p20")
        expect(page.get_by_role("navigation", name="Nvidia in the text")).to_be_visible()
        page.locator("#p20 .note-check summary").first.click()
        page.locator("#p20 a.entry[data-entry='product:h20']").first.hover()
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.evaluate(SELECT_P28_TO_P29)
        expect(page.get_by_role("button", name="Copy with citation")).to_be_visible()
        assert axe(page) == []
        page.get_by_role("button", name="Text only").click()
        assert axe(page) == []
        context.close()


# Other wordings beside the text: fetched when they are asked for, remembered, and no part of what
# is copied.


def test_other_renderings_stand_behind_their_word_when_asked_for(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p43")
    others = page.locator("#p43 .other-renderings").first
    expect(others).to_have_count(0)
    switch = page.get_by_role("button", name="Renderings")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(others).to_be_visible()
    expect(page.locator("#p43")).to_contain_text(
        "contain [or: curb; hold back; suppress] its “rival.”"
    )
    page.get_by_role("button", name="Cite paragraph 43").click()
    expect(page.get_by_role("dialog")).to_contain_text("to contain its ‘rival.’")
    page.keyboard.press("Escape")
    wait_until_kept(page, base, shows("renderings"))
    page.reload()
    expect(others).to_be_visible()
    switch.click()
    expect(others).to_be_hidden()


def test_a_literal_line_stands_under_its_paragraph_when_asked_for(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p9")
    page.get_by_role("button", name="Word for word").click()
    expect(page.locator(".literal-line")).to_have_count(51)
    expect(page.locator("#p9 .literal-line")).to_contain_text(
        "for their arrogance paid out a heavy price"
    )
    expect(page.locator("#p9")).to_be_in_viewport()
    page.get_by_role("button", name="Text only").click()
    expect(page.locator("#p9 .literal-line")).to_be_hidden()
    page.goto(base + "word-for-word.html")  # without a script
    expect(page.locator(".literal-lines > li")).to_have_count(51)


# What leaves the page


def test_a_reader_view_keeps_every_paragraph_and_heading(browser: Browser, site: Path) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{SOURCE}")
    page.evaluate(
        (ROOT / "tests/vendor/readability/Readability.js").read_text(encoding="utf-8")
        + "; window.Readability = Readability; 0"
    )
    text, headings = page.evaluate(
        """() => {
        const { content, textContent } = new Readability(document.cloneNode(true)).parse();
                   return [textContent.replace(/\\s+/g, " "), (content.match(/<h2/g)
                     ?? []).length]; }"""
    )
    beginnings = page.evaluate(
        """[...document.querySelectorAll(".para-text")].map((node) => {
             const copy = node.cloneNode(true);
             copy.querySelectorAll(".para-no, .note-mark").forEach((mark) => mark.remove());
             return copy.textContent.replace(/\\s+/g, " ").trim().slice(0, 40); })"""
    )
    assert len(beginnings) == 51
    assert [words for words in beginnings if words not in text] == []
    assert headings >= 4
    context.close()


def test_what_is_copied_of_several_paragraphs_is_their_text(page: Page, base: str) -> None:
    page.goto(base + SOURCE + "#p8")
    copied = page.evaluate(
        """() => {
        const [from, to] = [8, 9].map((n) => document.querySelector(`#p${n} .para-text`));
             const range = document.createRange(); range.setStart(from, 0); range.setEnd(to,
               to.childNodes.length);
             getSelection().removeAllRanges(); getSelection().addRange(range);
             const data = new DataTransfer();
             document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data,
               bubbles: true, cancelable: true }));
             return data.getData("text/plain"); }"""
    )
    first, second = copied.split("\n\n")
    assert first.startswith("In the 2024 election, support") and first.endswith(
        "the Democrats’ defeat."
    )
    assert (
        second == "In the end, the Democratic Party’s political elite paid a heavy price for their"
        " arrogance."
    )


HIDDEN = """async () => { const node = document.activeElement;
    // Once the page has come to rest.
    for (let last = NaN, still = 0; still < 4;) {
        await new Promise(requestAnimationFrame);
        const { top } = node.getBoundingClientRect();
        still = top === last ? still + 1 : 0; last = top;
    }
    const box = node.getBoundingClientRect();
    if (node === document.body || !box.width) return null;
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
    const bar = (found) => { for (let at = found; at; at = at.parentElement) if (["sticky",
      "fixed"].includes(getComputedStyle(at).position)) return at; };
    const seen = [box.top + 2, box.top + box.height / 2, box.bottom - 2].some((y) => {
        const over = y >= 0 && y < innerHeight && document.elementFromPoint(x, y);
        return over && (!bar(over) || bar(over).contains(node)); });
    return seen ? null : node.outerHTML.slice(0, 80); }"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [SOURCE, "glossary.html"])
def test_what_has_the_focus_is_not_hidden_under_a_bar(
    browser: Browser, site: Path, name: str, width: int, key: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site.as_uri()}/{name}")
    page.evaluate(
        """() => {
        const found = [...document.querySelectorAll(".md-content :is(a[href], button, summary)")]
            .filter((node) => node.offsetParent);
                   found[Math.floor(found.length / 2)].focus(); }"""
    )
    hidden = []
    for _ in range(40):
        page.keyboard.press(key)
        hidden.append(page.evaluate(HIDDEN))
    assert [node for node in hidden if node] == []
    page.close()


def test_boxes_that_a_reader_opened_are_open_again_when_the_tablet_is_turned_back(
    page: Page, base: str
) -> None:
    page.set_viewport_size({"width": 800, "height": 1200})
    page.goto(base + SOURCE + "#p12")
    box = page.locator("#p12 details.apparatus")
    box.locator("summary").first.click()
    expect(box).to_have_attribute("open", "")
    for width in (1300, 800):
        page.set_viewport_size({"width": width, "height": 900})
    expect(box).to_have_attribute("open", "")
    expect(page.locator("#p13 details.apparatus")).not_to_have_attribute("open", "")


def test_a_low_window_is_not_filled_by_bars(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    page.goto(base + SOURCE + "?thread=actor:nvidia#p20")
    bars = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((node) => ["sticky", "fixed"].includes(getComputedStyle(node).position))
                   .map((node) => node.getBoundingClientRect()).filter((box) => box.width > 200
                     && box.bottom > 0 && box.top < innerHeight && box.height < 200)
                   .reduce((sum, box) => sum + box.height, 0)"""
    )
    assert bars <= 128
