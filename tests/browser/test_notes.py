"""A reader's own notes: where they stand after an edit, what others read of them, and what happens
where nothing can be kept.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pyld import jsonld

from annotation_terms import OA, loader
from conftest import ROOT, axe, wait_until_kept
from dossier.commands.review import translation_fingerprint
from dossier.graph.refs import Graph

SOURCE = "sources/huang-lobbying-2025.html"
QUOTES = (ROOT / "tests/foreign/annotator.js").read_text(encoding="utf-8")
SELECT = """([place, words]) => {
  const walk = document.createTreeWalker(document.querySelector(place), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const start = document.querySelector(place).textContent.indexOf(words);
  const end = start + words.length;
  for (let at = 0; walk.nextNode(); at += walk.currentNode.data.length) {
    const { data } = walk.currentNode;
    if (at <= start && start < at + data.length) range.setStart(walk.currentNode, start - at);
    if (at < end && end <= at + data.length) range.setEnd(walk.currentNode, end - at);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
MARKED = "name => [...(CSS.highlights.get(name) ?? [])].map(String)"
EXPORT = """async (format) => {
  await window.dossier.run("js/notes-formats");
  const notes = await (await window.dossier.notes.store()).all();
  return window.dossier.notes.written(format, notes, "Mine"); }"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda said: (
            # axe asks for the style sheet, which it may not.
            errors.append(said.text)
            if "Content Security" in said.text and ".css" not in said.text
            else None
        ),
    )
    yield page
    assert errors == []


def begin(page: Page, address: str) -> None:
    """Open a page with all that notes need."""
    page.goto(address)
    page.evaluate("window.dossier.notes.act('draw')")
    page.wait_for_function("window.dossier.anchor && window.dossier.notes.store")


def select(page: Page, place: str, words: str, act: str) -> None:
    page.evaluate(SELECT, [place, words])
    page.get_by_role("group", name="The selected words").get_by_role(
        "button", name=act, exact=True
    ).click()


def write(page: Page, text: str, tags: str = "") -> None:
    form = page.get_by_role("dialog")
    form.get_by_label("Note", exact=True).fill(text)
    form.get_by_label("Tags").fill(tags)
    form.get_by_role("button", name="Save").click()


# Where a note stands

Letters = list[tuple[str, int]]
"""A text, each letter with a number of its own, which it keeps wherever an edit puts it."""


def edited(letters: Letters, chance: random.Random) -> Letters:
    """The text after one edit: words put in, taken out or replaced, a sentence taken out, put in
    front or said twice.
    """
    words = [0, *(n + 1 for n, (letter, _) in enumerate(letters) if letter == " ")]
    ends = [0, *(n + 2 for n, (letter, _) in enumerate(letters[:-2]) if letter == ".")]
    start, *_ = sorted(chance.sample(words, min(3, len(words))))
    end = words[min(words.index(start) + chance.randint(1, 6), len(words) - 1)]
    sentence = chance.choice(ends)
    stop = min((at for at in ends if at > sentence), default=len(letters))
    new: Letters = [(letter, -1) for letter in chance.choice(["the chips ", "of the H20 ", "not "])]
    match chance.choice(["insert", "delete", "replace", "cut", "front", "twice"]):
        case "insert":
            return letters[:start] + new + letters[start:]
        case "delete":
            return letters[:start] + letters[end:]
        case "replace":
            return letters[:start] + new + letters[end:]
        case "cut":
            return letters[:sentence] + letters[stop:]
        case "front":
            return letters[sentence:stop] + letters[:sentence] + letters[stop:]
        case _:
            again = [(letter, -1) for letter, _ in letters[sentence:stop]]
            return letters[:sentence] + again + letters[sentence:]


def place_of(noted: Letters, letters: Letters) -> int | None:
    """Where exactly these letters stand now, if they still stand together."""
    at = next((n for n, (_, number) in enumerate(letters) if number == noted[0][1]), None)
    return at if at is not None and letters[at : at + len(noted)] == noted else None


def test_after_an_edit_each_note_is_right_or_says_that_it_is_not(
    page: Page, site: Path, real: Graph
) -> None:
    begin(page, f"{site.as_uri()}/about.html")
    texts = [p.prose.plain for t in real.archive.translations.values() for p in t.paragraphs]
    chance = random.Random(24)
    cases: list[tuple[str, int, int, str]] = []
    truths: list[int | None] = []
    # A hundred notes at a time on a text that has been edited once to four times in each paragraph.
    for _ in range(20):
        for _ in range(100):
            text = chance.choice(texts)
            letters: Letters = [(letter, number) for number, letter in enumerate(text)]
            long = chance.choice([3, 8, 20, 60, 150])
            start = chance.randrange(max(1, len(text) - long))
            end = min(len(text), start + long)
            start, end = start + (text[start] == " "), end - (text[end - 1] == " ")
            noted = letters[start:end]
            for _ in range(chance.randint(1, 4)):
                letters = edited(letters, chance) or letters
            cases.append((text, start, end, "".join(letter for letter, _ in letters)))
            truths.append(place_of(noted, letters))
    found: list[dict[str, Any]] = page.evaluate(
        """cases => cases.map(([text, start, end, now]) => window.dossier.anchor
          .locate(window.dossier.anchor.describe("p1", text, start, end), now))""",
        cases,
    )
    moved = [
        (text[start:end], now, truth, result)
        for (text, start, end, now), truth, result in zip(cases, truths, found, strict=True)
        if result["state"] == "stands"
        # Letters that an edit rewrote just where the old ones stood are as good.
        and result["start"] != truth
        and not same_place(text, start, end, now, result["start"])
    ]
    assert moved == []
    judged = list(zip((result["state"] for result in found), truths, strict=True))
    stay = [state == "stands" for state, truth in judged if truth is not None]
    assert len(stay) > 1000
    assert sum(stay) / len(stay) > 0.8
    # Whole phrases that stand once, before and after, stay without exception.
    for (text, start, end, now), (state, truth) in zip(cases, judged, strict=True):
        words = text[start:end]
        if len(words) >= 20 and text.count(words) == now.count(words) == 1 and truth is not None:
            assert state == "stands", (words, now)
    lost = [state for state, truth in judged if truth is None]
    assert lost.count("changed") > 100


def same_place(text: str, start: int, end: int, now: str, at: int) -> bool:
    """Whether the same words stand in the same surroundings, sixteen letters on one side."""
    words = text[start:end]
    before, after = text[max(0, start - 16) : start], text[end : end + 16]
    return now[at : at + len(words)] == words and (
        (len(before) == 16 and now[:at].endswith(before))
        or (len(after) == 16 and now[at + len(words) :].startswith(after))
        or (now[:at].endswith(before) and now[at + len(words) :].startswith(after))
    )


def test_a_wording_has_the_digest_of_the_review_lock(page: Page, site: Path, real: Graph) -> None:
    begin(page, f"{site.as_uri()}/{SOURCE}")
    found = page.evaluate(
        """[...document.querySelectorAll(".para-text")].map((text) => window.dossier.anchor
          .revision(text.dataset.paragraph, window.dossier.anchor.read(text).text))"""
    )
    (translation,) = real.archive.translations.values()
    assert found == [f"{p.id}@{translation_fingerprint(p)[:8]}" for p in translation.paragraphs]


@pytest.fixture
def revised(page: Page, served: str) -> Callable[[], None]:
    """Makes the next visit find another translation of p18 and p30."""

    def answer(route: Route) -> None:
        html = (route.fetch()).text()
        for old, new in (
            ("lavish", "heap"),
            ("is precisely the blind spot", "is exactly the blind spot"),
        ):
            assert old in html
            html = html.replace(old, new)
        route.fulfill(body=html, content_type="text/html")

    def revise() -> None:
        page.route("**/huang-lobbying-2025.html", answer)
        page.goto(f"{served}about.html")
        page.goto(f"{served}{SOURCE}#p18")

    return revise


def test_a_note_whose_words_have_changed_says_so_and_the_reader_decides(
    page: Page, served: str, revised: Callable[[], None]
) -> None:
    page.goto(f"{served}{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "Praise, of a kind")
    select(page, "#p18 .para-text", "which was taken as a positive signal", "Highlight")
    page.locator("#p30 .para-no").focus()
    page.keyboard.press("n")
    write(page, "On all of it")
    expect(page.locator("#p30 .own-note")).to_contain_text("On all of it")
    revised()
    note = page.locator("#p18 .own-note").filter(has_text="Praise, of a kind")
    expect(note).to_contain_text("Its words have changed.")
    expect(note).to_contain_text("Then: “lavish praise on Huang”")
    expect(note).to_contain_text("Now: “heap praise on Huang”")
    whole = page.locator("#p30 .own-note")
    expect(whole).to_contain_text("is precisely the blind spot")
    expect(whole).to_contain_text("is exactly the blind spot")
    # What stands is marked, what does not is marked nowhere.
    assert page.evaluate(MARKED, "own-layer-0") == ["which was taken as a positive signal"]
    whole.get_by_role("button", name="Keep the note on paragraph 30").click()
    expect(whole).to_contain_text("On older words, p30@")
    note.get_by_role("button", name="present words").click()
    expect(note).not_to_contain_text("changed")
    assert "heap praise on Huang" in page.evaluate(MARKED, "own-layer-0")
    page.reload()
    expect(whole).to_contain_text("On older words, p30@")
    expect(note).to_contain_text("“heap praise on Huang”")


# By keyboard, and as it is heard


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keyboard_and_screen_reader_suffice(browser: Browser, site: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{site.as_uri()}/{SOURCE}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="Note on paragraph 2")
    expect(form.get_by_label("Note", exact=True)).to_be_focused()
    assert axe(page, ".own-dialog") == []
    # Some of its words, without a pointer to select them.
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("softened markedly")
    page.keyboard.press("Tab")
    page.keyboard.type("By how much?")
    page.keyboard.press("Tab")
    page.keyboard.type("tone, to check")
    page.keyboard.press("Enter")
    aside = page.get_by_role("complementary", name="Your layer: paragraph 2")
    expect(aside).to_contain_text("“softened markedly”")
    expect(aside).to_contain_text("to check")
    assert page.evaluate(MARKED, "own-layer-0") == ["softened markedly"]
    assert axe(page, "#p2") == []
    edit = aside.get_by_role("button", name="Edit your note on paragraph 2")
    edit.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    page.get_by_role("button", name="Your notes", exact=True).focus()
    page.keyboard.press("Enter")
    every = page.get_by_role("dialog", name="Your notes")
    expect(every.get_by_label("Search")).to_be_focused()
    expect(every.get_by_role("status").first).to_have_text("1 note")
    page.keyboard.type("tariff")
    expect(every.get_by_role("status").first).to_have_text("0 of 1 note")
    assert axe(page, ".own-all") == []
    every.get_by_role("button", name="Close").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Your notes", exact=True)).to_be_focused()
    page.context.close()


def test_an_entry_and_words_on_its_page_are_noted(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/actors/nvidia.html")
    page.get_by_role("button", name="Note on this page").click()
    write(page, "The whole company")
    expect(page.get_by_role("complementary", name="Your layer: Nvidia")).to_be_visible()
    words = page.evaluate(
        """[...document.querySelectorAll(".account p")].flatMap((node) => [...node.childNodes])
          .find(({ nodeType, data }) => nodeType === 3 && data.trim().length > 30).data.trim()"""
    )
    select(page, ".md-content__inner", words, "Highlight")
    expect(page.locator(".own-note")).to_have_count(2)
    page.goto(f"{site.as_uri()}/timeline.html")
    page.get_by_role("button", name="Note on").first.focus()
    page.keyboard.press("Enter")
    write(page, "When in the day?")
    expect(page.locator(".event .own-note")).to_contain_text("When in the day?")


def test_without_the_highlight_api_words_are_marked_by_boxes(page: Page, site: Path) -> None:
    page.add_init_script("delete CSS.highlights")
    page.goto(f"{site.as_uri()}/{SOURCE}#p18")
    assert not page.evaluate("'highlights' in CSS")
    before = page.locator("#p18 .para-text").inner_html()
    select(page, "#p18 .para-text", "lavish praise on Huang", "Highlight")
    box = page.locator(".own-overlay i").first
    expect(box).to_be_attached()
    words = page.evaluate("""(() => { const range = document.createRange();
      const walk = document.createTreeWalker(document.querySelector("#p18 .para-text"),
        NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) if (walk.currentNode.data.includes("lavish")) break;
      range.setStart(walk.currentNode, walk.currentNode.data.indexOf("lavish"));
      range.setEnd(walk.currentNode, walk.currentNode.data.indexOf("lavish") + 6);
      const { x, y } = range.getBoundingClientRect(); return [x, y]; })()""")
    drawn = box.bounding_box()
    assert drawn is not None
    assert [drawn["x"], drawn["y"]] == [pytest.approx(at, abs=1) for at in words]
    assert page.locator("#p18 .para-text").inner_html() == before


# What others read, and what of theirs is read here


def test_an_export_is_read_by_apache_annotator_and_by_a_json_ld_processor(
    page: Page, served: str
) -> None:
    page.goto(f"{served}{SOURCE}#p18")
    noted = {
        "p18": "lavish praise on Huang",
        "p19": "US-China relations entered a period of turbulence",
        "p30": "the “chip weapon” is a potent weapon",
    }
    for id_, words in noted.items():
        select(page, f"#{id_} .para-text", words, "Note")
        write(page, f"On {id_}", "mine")
        expect(page.locator(f"#{id_} .own-note")).to_be_visible()
    collection = json.loads(page.evaluate(EXPORT, "annotation"))
    found = page.evaluate(
        f"""async (items) => {{ {QUOTES}
          const read = [];
          for (const {{ target: {{ selector }} }} of items) {{
            const scope = document.getElementById(selector.value);
            const match = window.foreign.createTextQuoteSelectorMatcher(selector.refinedBy);
            for await (const range of match(scope)) read.push([selector.value, String(range)]);
          }}
          return read; }}""",
        collection["first"]["items"],
    )
    assert dict(found) == noted
    assert len(found) == len(noted)
    (graph,) = jsonld.expand(collection, {"documentLoader": loader})
    (first,) = graph["http://www.w3.org/ns/activitystreams#first"]
    for item in first["http://www.w3.org/ns/activitystreams#items"][0]["@list"]:
        (target,) = item[f"{OA}hasTarget"]
        assert target[f"{OA}hasSource"][0]["@id"] == f"{served}{SOURCE}"
        assert target["http://schema.org/version"][0]["@value"].startswith("p")
        purposes = {body[f"{OA}hasPurpose"][0]["@id"] for body in item[f"{OA}hasBody"]}
        assert purposes == {f"{OA}commenting", f"{OA}tagging"}


FOREIGN: dict[str, Callable[[dict[str, str], str], Any]] = {
    "a list": lambda quote, url: [
        {"id": "urn:x:1", "type": "Annotation", "bodyValue": "Theirs", "target": {
            "source": url, "selector": [
                {"type": "RangeSelector"}, {"type": "TextQuoteSelector", **quote}]}}],
    "a page": lambda quote, url: {
        "type": "AnnotationPage", "items": [
            {"type": "Annotation", "body": [{"type": "TextualBody", "value": "Theirs"}],
             "target": [{"source": {"id": f"{url}#p18"}, "selector": {
                 "type": "TextQuoteSelector", **quote}}]}]},
    "a set for EPUB": lambda quote, url: {
        "@context": "https://www.w3.org/ns/epub-anno.jsonld", "type": "AnnotationSet",
        "title": {"text": "Class 1b", "language": "en"}, "items": [
            {"id": "urn:uuid:2", "type": "Annotation", "created": "2026-01-01T00:00:00Z",
             "body": {"type": "TextualBody", "value": {"language": "en", "text": "Theirs"},
                      "tags": ["teacher"]},
             "target": {"source": "OEBPS/text/huang-lobbying-2025.xhtml", "selector": [
                 {"type": "FragmentSelector", "value": "p18"},
                 {"type": "FragmentSelector", "value": ":~:text=lavish%20praise%20on%20Huang"}]}}]},
}  # fmt: skip


@pytest.mark.parametrize("form", FOREIGN)
def test_a_file_of_another_program_becomes_a_layer_of_its_own(
    page: Page, served: str, form: str, tmp_path: Path
) -> None:
    page.goto(f"{served}{SOURCE}#p18")
    page.evaluate(SELECT, ["#p18 .para-text", "lavish praise on Huang"])
    quote = page.evaluate(
        f"""(async () => {{ {QUOTES}
          return window.foreign.describeTextQuote(getSelection().getRangeAt(0),
            document.querySelector("#p18 .para-text")); }})()"""
    )
    file = tmp_path / "teacher.jsonld"
    file.write_text(json.dumps(FOREIGN[form](quote, f"{served}{SOURCE}")), encoding="utf-8")
    page.get_by_role("button", name="Your notes", exact=True).click()
    every = page.get_by_role("dialog", name="Your notes")
    every.get_by_label("Open a file").set_input_files(file)
    every.get_by_role("button", name="Show as a layer of its own").click()
    name = "Class 1b" if "EPUB" in form else "teacher"
    expect(every.get_by_role("listitem").filter(has_text=name).last).to_contain_text("1 note")
    every.get_by_role("button", name="Close").click()
    note = page.locator("#p18 .own-note")
    expect(note).to_contain_text(f"{name}")
    expect(note).to_contain_text("Theirs")
    assert page.evaluate(MARKED, "own-layer-1") == ["lavish praise on Huang"]
    assert page.evaluate(MARKED, "own-layer-0") == []
    # Hidden, shown, written again, and taken away.
    page.get_by_role("button", name="Your notes", exact=True).click()
    every.get_by_role("checkbox", name=name).uncheck()
    expect(note).to_have_count(0)
    every.get_by_role("checkbox", name=name).check()
    expect(note).to_have_count(1)
    again = json.loads(page.evaluate(EXPORT, "annotation"))
    (item,) = again["first"]["items"]
    assert item["target"]["selector"].get("refinedBy", item["target"]["selector"])["exact"] == (
        "lavish praise on Huang"
    )
    every.get_by_role("button", name=f"Remove the layer {name}").click()
    expect(note).to_have_count(0)


def test_the_edition_s_own_annotations_open_as_a_layer(page: Page, site: Path) -> None:
    begin(page, f"{site.as_uri()}/{SOURCE}")
    text = (site / "data/annotations.json").read_text(encoding="utf-8")
    page.evaluate("window.dossier.notes.act('list')")
    page.get_by_role("dialog", name="Your notes").wait_for()
    name, states = page.evaluate(
        """async (text) => {
          const { name, notes } = await window.dossier.notes.parsed(text, "annotations.json");
          const { read, locate } = window.dossier.anchor;
          const words = new Map([...document.querySelectorAll(".para-text")]
            .map((node) => [node.dataset.paragraph, read(node).text]));
          return [name, notes.flatMap(({ spots }) => spots)
            .map((spot) => locate(spot, words.get(spot.at)).state)]; }""",
        text,
    )
    assert name.startswith("Annotations on ")
    assert len(states) > 1000
    assert set(states) == {"stands"}


def test_what_is_no_file_of_notes_is_named(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/about.html")
    page.get_by_role("button", name="Your notes", exact=True).click()
    every = page.get_by_role("dialog", name="Your notes")
    for content, said in (("# Notes", "is not JSON"), ('{"items": []}', "holds no annotations")):
        every.get_by_label("Open a file").set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": content.encode()}
        )
        expect(every).to_contain_text(f"x.json {said}")


# Where nothing can be kept


def test_forbidden_storage_gives_a_word_and_the_notes_are_exported(page: Page, site: Path) -> None:
    page.add_init_script(
        """IDBFactory.prototype.open = IDBFactory.prototype.databases = () => {
             throw new DOMException("forbidden", "SecurityError"); };
           Object.defineProperty(window, "localStorage", { get() {
             throw new DOMException("forbidden", "SecurityError"); } });"""
    )
    page.goto(f"{site.as_uri()}/{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "Not for long")
    expect(page.get_by_role("alert")).to_contain_text("This browser keeps nothing for this page")
    expect(page.locator("#p18 .own-note")).to_contain_text("Not for long")
    page.get_by_role("alert").get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export to a file").click()
    assert download.value.suggested_filename.endswith(".jsonld")
    assert "Not for long" in Path(download.value.path()).read_text(encoding="utf-8")


def test_full_storage_gives_a_word_and_what_was_kept_stays(page: Page, served: str) -> None:
    session = page.context.new_cdp_session(page)
    origin = served.rsplit("/", 2)[0]
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000_000})
    page.goto(f"{served}{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "Kept before")
    expect(page.locator("#p18 .own-note")).to_have_count(1)
    page.evaluate(
        """window.dossier.notes.put([{ id: "urn:x:large", layer: "own", page: "about.html",
             title: "About", spots: [{ at: "", whole: true, words: "" }], tags: [],
             body: "Too much ".repeat(500_000), created: "2026-01-01T00:00:00Z" }])"""
    )
    expect(page.get_by_role("alert")).to_contain_text("The browser’s storage is full")
    assert "Too much" in page.evaluate(EXPORT, "text")
    page.reload()
    expect(page.locator("#p18 .own-note")).to_contain_text("Kept before")
    assert "Too much" not in page.evaluate(EXPORT, "text")


def test_what_cannot_be_deleted_is_said_to_be_still_there(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "Kept before")
    note = page.locator("#p18 .own-note")
    expect(note).to_have_count(1)
    page.evaluate(
        """() => { IDBObjectStore.prototype.clear = IDBObjectStore.prototype.delete = () => {
             throw new DOMException("no room for a journal", "UnknownError"); }; }"""
    )
    note.get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Delete your note").click()
    expect(page.get_by_role("alert")).to_contain_text("refused to delete what you asked it to")
    expect(note).to_contain_text("Kept before")
    page.get_by_role("button", name="Your notes", exact=True).click()
    every = page.get_by_role("dialog", name="Your notes")
    every.get_by_role("button", name="Delete everything").click()
    expect(every.locator(".own-kept")).to_contain_text("it is still kept")
    expect(every.get_by_role("status").first).to_have_text("1 note")
    page.reload()  # where nothing is refused
    page.get_by_role("button", name="Your notes", exact=True).click()
    every.get_by_role("button", name="Delete everything").click()
    expect(every.get_by_role("status").first).to_have_text("0 notes")
    expect(note).to_have_count(0)


def test_a_layer_that_cannot_be_kept_is_shown_as_long_as_the_page_is_open(
    page: Page, site: Path
) -> None:
    page.goto(f"{site.as_uri()}/{SOURCE}#p18")
    page.evaluate(
        """() => { IDBObjectStore.prototype.put = () => {
             throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    page.get_by_role("button", name="Your notes", exact=True).click()
    every = page.get_by_role("dialog", name="Your notes")
    quote = {"exact": "lavish praise on Huang", "prefix": "", "suffix": ""}
    theirs = json.dumps(FOREIGN["a list"](quote, f"{site.as_uri()}/{SOURCE}#p18"))
    every.get_by_label("Open a file").set_input_files(
        {"name": "teacher.json", "mimeType": "application/json", "buffer": theirs.encode()}
    )
    every.get_by_role("button", name="Show as a layer of its own").click()
    expect(every.locator(".own-kept")).to_contain_text("The browser’s storage is full")
    every.get_by_role("button", name="Close").click()
    expect(page.locator("#p18 .own-note")).to_contain_text("teacher")


def test_an_older_file_does_not_undo_what_was_changed_since(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "As it was")
    note = page.locator("#p18 .own-note")
    expect(note).to_contain_text("As it was")
    file = page.evaluate(EXPORT, "annotation")
    note.get_by_role("button", name="Edit").click()
    write(page, "Better said")
    expect(note).to_contain_text("Better said")
    newer = page.evaluate(EXPORT, "annotation")

    def add(content: str, said: str) -> None:
        page.get_by_role("button", name="Your notes", exact=True).click()
        every = page.get_by_role("dialog", name="Your notes")
        every.get_by_label("Open a file").set_input_files(
            {"name": "x.jsonld", "mimeType": "application/json", "buffer": content.encode()}
        )
        every.get_by_role("button", name="Add to your own notes").click()
        expect(every).to_contain_text(said)
        every.get_by_role("button", name="Close").click()

    add(file, "0 notes added to yours; 1 note you have already, as new or newer.")
    expect(note).to_contain_text("Better said")
    page.evaluate("window.dossier.notes.store().then((store) => store.clear())")
    add(file, "1 note added to yours.")
    expect(note).to_contain_text("As it was")
    add(newer, "1 note added to yours.")
    expect(note).to_contain_text("Better said")


def test_what_another_page_keeps_from_being_written_is_said_and_tried_again(
    page: Page, served: str
) -> None:
    begin(page, f"{served}{SOURCE}#p18")
    other = page.context.new_page()
    other.goto(f"{served}404.html")
    other.evaluate(
        """() => new Promise((done) => {
          indexedDB.open("dossier-notes").onsuccess = ({ target }) => {
            const notes = target.result.transaction(["notes", "layers"]).objectStore("notes");
            const read = () => { done(); if (!window.awake) notes.count().onsuccess = read; };
            read();
          }; })"""
    )
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "Said in vain")
    expect(page.get_by_role("alert")).to_contain_text("refused to keep the newest notes")
    other.evaluate("window.awake = true")
    expect(page.locator("#p18 .own-note")).to_contain_text("Said in vain")
    select(page, "#p18 .para-text", "which was taken as a positive signal", "Highlight")
    expect(page.locator("#p18 .own-note")).to_have_count(2)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.locator("#p18 .own-note")).to_have_count(2)


def test_what_is_deleted_on_one_page_is_gone_on_another(page: Page, served: str) -> None:
    other = page.context.new_page()
    for one in (page, other):
        begin(one, f"{served}{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Note")
    write(page, "On both")
    expect(other.locator("#p18 .own-note")).to_contain_text("On both")
    page.get_by_role("button", name="Your notes", exact=True).click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator("#p18 .own-note")).to_have_count(0)
    expect(other.locator("#p18 .own-note")).to_have_count(0)
    select(other, "#p18 .para-text", "lavish praise on Huang", "Highlight")
    expect(page.locator("#p18 .own-note")).to_have_count(1)


# Many


def test_ten_thousand_notes_do_not_slow_the_page(page: Page, served: str) -> None:
    begin(page, f"{served}{SOURCE}")
    page.evaluate(
        """async () => {
          const { describe, read } = window.dossier.anchor;
          const texts = [...document.querySelectorAll(".para-text")]
            .map((node) => [node.dataset.paragraph, read(node).text]);
          const notes = Array.from({ length: 10_000 }, (_, n) => {
            const [at, text] = texts[n % texts.length];
            const start = (n * 37) % (text.length - 20);
            return { id: `urn:x:${n}`, layer: "own", page: "sources/huang-lobbying-2025.html",
              title: `paragraph ${at.slice(1)}`, body: n % 2 ? `note ${n}` : "", tags: [],
              spots: [describe(at, text, start, start + 15)],
              created: new Date(n).toISOString() };
          });
          await (await window.dossier.notes.store()).put(notes);
        }"""
    )
    page.reload()
    page.locator(".own-note").first.wait_for()
    # As long as the layout of the page itself takes, a few times over, on any machine.
    laid, drawn, found = page.evaluate(
        """async () => {
          const time = async (act) => { const from = performance.now(); await act();
            return performance.now() - from; };
          const laid = await time(() => { for (let n = 0; n < 10; n++) {
            document.body.style.fontSize = `${n + 10}px`; void document.body.offsetHeight; } });
          document.body.style.fontSize = "";
          const drawn = await time(() => window.dossier.notes.draw());
          await window.dossier.notes.act("list");
          const search = document.querySelector(".own-all input[type=search]");
          const found = await time(() => { search.value = "note 777";
            search.dispatchEvent(new Event("input")); });
          return [laid, drawn, found];
        }"""
    )
    assert drawn < 6 * laid + 500, (laid, drawn)
    assert found < 3 * laid + 200, (laid, found)
    expect(page.locator(".own-all [role=status]").first).to_contain_text("of 10000 notes")
    assert page.locator(".own-notes .own-note").count() <= 5 * 51
    page.goto(f"{served}actors/nvidia.html")
    expect(page.locator(".own-note")).to_have_count(0)


# Mistakes, passages, and what was read


def test_a_mistake_is_reported_with_wording_and_line(page: Page, site: Path) -> None:
    lines = (ROOT / "docs/sources/huang-lobbying-2025.md").read_text(encoding="utf-8").split("\n")
    line = lines.index("{ #p18 }")
    page.goto(f"{site.as_uri()}/{SOURCE}#p18")
    select(page, "#p18 .para-text", "lavish praise on Huang", "Report a mistake")
    report = page.get_by_role("dialog", name="Report a mistake: paragraph 18")
    for part in (
        "lavish praise on Huang", "Wording: p18@", f"{SOURCE}#p18",
        f"File: docs/sources/huang-lobbying-2025.md, line {line}",
    ):  # fmt: skip
        expect(report.locator("pre")).to_contain_text(part)
    report.get_by_label("What is wrong").fill("One praise, not lavish")
    assert "One%20praise" in (report.get_by_role("link", name="mail").get_attribute("href") or "")
    expect(report.get_by_role("link", name="issue")).to_have_count(0)
    assert axe(page, ".own-dialog") == []


def test_a_mistake_becomes_an_issue_where_the_repository_is_known(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/timeline.html")
    page.evaluate(
        """document.head.append(Object.assign(document.createElement("meta"),
             { name: "dossier-repository", content: "https://example.org/a/b" }))"""
    )
    entry = page.locator(".event").first
    entry.hover()
    entry.get_by_role("button", name="Cite").click()
    page.get_by_role("button", name="Report a mistake here").click()
    href = page.get_by_role("link", name="Open an issue").get_attribute("href") or ""
    assert href.startswith("https://example.org/a/b/issues/new?title=Mistake%20in%20")
    assert "https%3A%2F%2Fexample.org%2Fa%2Fb%2Fblob%2Fmain%2Fdata%2Fevents.yml%23L" in href


def test_a_passage_is_quoted_elsewhere_as_html_of_its_own(page: Page, served: str) -> None:
    page.goto(f"{served}{SOURCE}#p18")
    page.get_by_role("button", name="Cite paragraph 18").click()
    html = page.locator(".cite-row").filter(has_text="HTML, to quote").locator("pre").inner_text()
    page.goto("about:blank")
    page.set_content(html)
    quote = page.locator("blockquote")
    wording = re.compile(re.escape(f"{served}{SOURCE}#p18@") + r"[\w.]+$")
    expect(quote).to_have_attribute("cite", wording)
    expect(quote.locator("p")).to_contain_text("calling him “a great gentleman,”")
    expect(quote.locator("footer a")).to_have_attribute("href", wording)
    assert page.locator("blockquote :is(script, img, iframe, link, style)").count() == 0


def test_a_reading_list_and_what_was_read_are_kept_and_cleared(page: Page, served: str) -> None:
    page.goto(f"{served}about.html")  # which keeps no place of its own
    page.evaluate("localStorage.setItem('dossier-read-huang-lobbying-2025', '1-17,20')")
    page.evaluate("localStorage.setItem('dossier-place-huang-lobbying-2025', '20')")
    wait_until_kept(page, served, "localStorage.getItem('dossier-place-huang-lobbying-2025')")
    page.goto(f"{served}what-changed.html")
    assert page.evaluate("localStorage.getItem('dossier-seen')")
    page.goto(f"{served}actors/nvidia.html")
    page.get_by_role("button", name="Your notes", exact=True).click()
    every = page.get_by_role("dialog", name="Your notes")
    expect(every).to_contain_text("continue at paragraph 20 · 18 of 51 paragraphs read")
    every.get_by_role("button", name="Put this page on the list").click()
    expect(every.get_by_role("link", name="Nvidia", exact=True)).to_be_visible()
    every.get_by_role("button", name="Delete everything").click()
    expect(every).to_contain_text("Nothing yet.")
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => /place|read|seen/.test(key))")
        == []
    )
