"""The same edition in Chromium, Firefox and WebKit, over http and from disk: what a reader does
most.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

import engines
from conftest import SMALL, serve
from engines import Tab, arrive, wait_for
from styles import STYLES, declarations, written_out

SOURCE = "sources/huang-lobbying-2025.html"
PAGES_OF_EACH_KIND = [
    "index.html",
    SOURCE,
    "actors/nvidia.html",
    "policies/h20-halt-2025.html",
    "arguments/china-wont-buy.html",
    "products/h20.html",
    "actors/index.html",
    "glossary.html",
    "introduction.html",
]
DRAWN = ["argument-map.html", "ties.html"]

# Where every line of the running text begins, by element: the words themselves, so that a break
# that moves is reported with what moved.
LINES = """(() => {
  const found = {};
  const nodes = document.querySelectorAll(".para-text, .lead p, .account p, main article > p");
  [...nodes].filter((node) => node.getClientRects().length).slice(0, 25).forEach((node, number) => {
    const starts = [];
    let bottom = -Infinity;
    const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walk.nextNode()) {
      const { data, parentElement } = walk.currentNode;
      if (!parentElement.getClientRects().length
        || parentElement.closest("button, .visually-hidden, sup")) continue;
      for (const word of data.matchAll(/\\S+/g)) {
        range.setStart(walk.currentNode, word.index);
        range.setEnd(walk.currentNode, word.index + 1);
        const box = range.getBoundingClientRect();
        if (box.top > bottom - 4) {
          starts.push(word[0]);
          bottom = box.bottom;
        }
      }
    }
    found[node.closest("[id]")?.id + " " + number] = starts;
  });
  return found;
})()"""

ENGINES: dict[str, Callable[[], AbstractContextManager[Tab]]] = {
    "firefox": engines.firefox,
    "webkit": engines.webkit,
}

# The frames of a picture, in its own units.
BOXES = """(() => [...document.querySelectorAll("svg.chart rect")]
  .filter((node) => node.getClientRects().length)
  .map((node) => {
    const { x, y, width, height } = node.getBBox();
    return [x, y, width, height];
  }))()"""

LEAVES_ITS_BOX = """(() => [...document.querySelectorAll("svg.chart a")].filter((node) => {
  const [box, ...labels] = [node.querySelector("rect"),
    ...node.querySelectorAll("text")].map((part) => part?.getBoundingClientRect());
  return box && labels.some((label) => label.left < box.left - 1 || label.right > box.right + 1);
}).map((node) => node.textContent))()"""


@pytest.fixture(scope="module")
def edition(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as built, with the small archive's original in place of its own: the real one is not
    in the repository.
    """
    copy = tmp_path_factory.mktemp("engines") / "site"
    shutil.copytree(site, copy)
    prints = re.findall(
        r'p\d+: "([0-9a-f]{64})"', (SMALL / "data/sources/lamp-tax.yml").read_text(encoding="utf-8")
    )
    script = f"window.dossierOriginals = {json.dumps({'huang-lobbying-2025': prints})};"
    (copy / "assets/data/originals.js").write_text(script, encoding="utf-8")
    return copy


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Tab]:
    if missing := engines.missing(request.param):
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    with (
        engines.chromium(browser) if request.param == "chromium" else ENGINES[request.param]()
    ) as tab:
        tab.resize(1280, 1000)
        yield tab


@pytest.fixture(scope="module", params=["http", "file"])
def base(request: pytest.FixtureRequest, edition: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{edition.as_uri()}/"
    else:
        with serve(edition.parent) as address:
            yield f"{address}site/"


DRAWN_AT_LAST = "!document.documentElement.classList.contains('faceless')"
"""Once the faces are here nothing moves between looking for a place and pressing there."""


@pytest.mark.parametrize(
    ("query", "name", "target"),
    [
        ("H20", "Nvidia H20", "products/h20.html"),
        ("黄仁勋", "Jensen Huang", "actors/jensen-huang.html"),
    ],
)
def test_search_finds_in_both_languages_by_keyboard(
    tab: Tab, base: str, query: str, name: str, target: str
) -> None:
    tab.go(f"{base}timeline.html")
    tab.press("/")
    wait_for(tab, "document.activeElement.id === 'finder'")
    tab.press(*query)
    wait_for(
        tab, f"document.querySelector('[role=option]')?.textContent.includes({json.dumps(name)})"
    )
    tab.press("ArrowDown", "Enter")
    arrive(tab, base + target)


SHOWN = "[...document.querySelectorAll('.search-hit .finder-name')].map((node) => node.textContent)"
COUNTS = """[...document.querySelectorAll('.search-kinds button')]
  .map((node) => Number(node.textContent.match(/\\d+$/)[0]))"""


def ask(tab: Tab, box: str, question: str) -> None:
    """Put a question into a box, as typing does."""
    tab.run(f"""(() => {{
      const input = document.querySelector({json.dumps(box)});
      input.value = {json.dumps(question)};
      input.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
    }})()""")


def test_a_search_has_its_address_marks_what_it_found_and_counts_it_by_kind(
    tab: Tab, base: str
) -> None:
    tab.go(f"{base}search.html?q={quote('45亿')}")
    wait_for(tab, "document.querySelector('.search-hit mark')")
    assert tab.run("document.querySelector('#search-input').value") == "45亿"
    marks = tab.run("[...document.querySelectorAll('.search-hit mark')].map((m) => m.textContent)")
    assert any("4.5 billion" in mark for mark in marks)
    said = tab.run("document.querySelector('main [role=status]').textContent")
    every, *kinds = tab.run(COUNTS)
    assert said.startswith(f"{every} results.") and sum(kinds) == every and len(kinds) > 1
    tab.run("""[...document.querySelectorAll('.search-kinds button')]
      .find((node) => node.textContent.startsWith('Paragraphs')).click()""")
    wait_for(tab, f"{SHOWN}.every((name) => name.startsWith('Paragraph'))")
    wait_for(tab, "document.querySelector('main [role=status]').textContent"
             f" !== {json.dumps(said)}")  # fmt: skip
    wait_for(tab, "location.search.endsWith('&kind=paragraph')")
    tab.run("history.back()")
    wait_for(
        tab, f"document.querySelector('main [role=status]').textContent === {json.dumps(said)}"
    )
    assert "kind" not in tab.run("location.search")


def test_what_a_question_may_hold_is_done_on_the_page_of_results(tab: Tab, base: str) -> None:
    tab.go(f"{base}search.html")
    wait_for(tab, "document.querySelector('#search-input')")
    for question, shown in (
        ("p20-p22", "String(names) === 'Paragraph 20,Paragraph 21,Paragraph 22'"),
        ("nvidia chip", "names.some((name) => name.includes('Nvidia H200'))"),
        ("nvidia chip -h200", "names.length && !names.some((name) => name.includes('H200'))"),
        ("kind:policy h20", "names.length && names.every((name) => name.endsWith(' policy'))"),
        ('"arms dealer"', "['Paragraph 25', 'Paragraph 35'].every((name) => names.includes(name))"),
        ('"dealer arms"', "!names.length"),
        ("source:huang-lobbying-2025 p30", "names[0] === 'Paragraph 30'"),
    ):
        ask(tab, "#search-input", question)
        wait_for(tab, f"((names) => {shown})({SHOWN})")
        assert tab.run("document.querySelector('main [role=status]').textContent")


def test_a_box_waits_for_an_input_method(tab: Tab, base: str) -> None:
    status = "document.querySelector('.finder-status').textContent"
    tab.go(f"{base}timeline.html")
    ask(tab, ".finder-input", "nvidia")
    wait_for(tab, f"/^[0-9]+ results/.test({status})")
    said, place = tab.run(status), tab.run("location.href")
    # While something is composed nothing is asked and Enter leads nowhere: when the same question
    # has been answered twice, what the box had asked before would be there.
    tab.run("""(async () => {
      const input = document.querySelector(".finder-input");
      input.dispatchEvent(new CompositionEvent("compositionstart"));
      input.value = "zqx";
      input.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true,
        bubbles: true }));
      await dossierAnswers.ask("zqx");
      await dossierAnswers.ask("zqx");
    })()""")
    assert (tab.run(status), tab.run("location.href")) == (said, place)
    tab.run("""(() => {
      const input = document.querySelector(".finder-input");
      input.value = "黄仁勋";
      input.dispatchEvent(
        new CompositionEvent("compositionend", { data: "黄仁勋", bubbles: true }));
    })()""")
    wait_for(tab, "document.querySelector('[role=option]')?.textContent.includes('Jensen Huang')")


def test_a_citation_shows_its_paragraph_and_escape_hides_it(tab: Tab, base: str) -> None:
    tab.go(f"{base}actors/nvidia.html")
    wait_for(tab, DRAWN_AT_LAST)
    tab.point("a.cite[data-cite$='#p20']")
    wait_for(
        tab,
        "document.querySelector('[role=tooltip]')?.textContent.includes('abruptly halted exports of"
        " the H20')",
    )
    tab.press("Escape")
    wait_for(tab, "!document.querySelector('[role=tooltip]')?.getClientRects().length")


def test_layers_are_switched_and_remembered(tab: Tab, base: str) -> None:
    plain = (
        "[...document.querySelectorAll('button')].find((node) => node.textContent.trim() === 'Text"
        " only')"
    )
    tab.go(base + SOURCE)
    tab.run("localStorage.clear()")
    tab.go(f"{base}index.html")
    tab.go(base + SOURCE)
    tab.run(f"{plain}.click()")
    wait_for(tab, "!document.querySelector('#p12 .para-notes')?.getClientRects().length")
    tab.go(f"{base}index.html")
    tab.go(base + SOURCE)
    wait_for(tab, f"{plain}.getAttribute('aria-pressed') === 'true'")
    tab.run(f"{plain}.click()")
    wait_for(tab, f"{plain}.getAttribute('aria-pressed') === 'false'")


def test_a_paragraph_is_cited(tab: Tab, base: str) -> None:
    tab.go(f"{base}{SOURCE}#p30")
    wait_for(tab, DRAWN_AT_LAST)
    tab.point("[aria-label='Cite paragraph 30']", click=True)
    wait_for(tab, "document.querySelector('dialog[open]')?.textContent.includes('paragraph 30')")
    assert "@misc{huang-lobbying-2025-p30," in tab.run(
        "document.querySelector('dialog[open]').textContent"
    )
    tab.press("Escape")
    wait_for(tab, "!document.querySelector('dialog[open]')")


def test_a_copy_of_the_original_is_shown_beside(tab: Tab, base: str) -> None:
    original = (SMALL / "originals/lamp-tax.txt").read_text(encoding="utf-8")
    tab.go(base + SOURCE)
    tab.run("document.querySelector('.parallel').open = true")
    wait_for(tab, "document.querySelector('.parallel textarea')")
    tab.run(f"""(() => {{
          document.querySelector(".parallel textarea").value = {json.dumps(original)};
          document.querySelector(".parallel-go").click();
        }})()""")
    wait_for(tab, "document.querySelectorAll('.original').length === 4")
    first = next(line for line in original.splitlines() if line)
    assert tab.run("document.querySelector('#p1 .original').textContent") == first


SELECT = """((holder, words) => {
  const walk = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const [start, end] = [holder.textContent.indexOf(words), holder.textContent.indexOf(words)
    + words.length];
  for (let at = 0; walk.nextNode(); at += walk.currentNode.data.length) {
    const { data } = walk.currentNode;
    if (at <= start && start < at + data.length) range.setStart(walk.currentNode, start - at);
    if (at < end && end <= at + data.length) range.setEnd(walk.currentNode, end - at);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
})"""
KEPT = """window.dossier.notes.store().then((store) => store.all()).then((notes) => notes
  .map((note) => JSON.stringify(Object.entries(note).sort())).sort())"""


def test_notes_are_made_changed_found_exported_cleared_and_taken_back(tab: Tab, base: str) -> None:
    words = "lavish praise on Huang"
    tab.go(f"{base}{SOURCE}#p18")
    wait_for(tab, DRAWN_AT_LAST)
    assert tab.run(f"{SELECT}(document.querySelector('#p18 .para-text'), '{words}')") == words
    wait_for(tab, "document.querySelector('.select-bar:not([hidden])')")
    tab.run(
        "[...document.querySelectorAll('.select-bar button')].find((node) => node.textContent"
        " === 'Highlight').id = 'highlight'"
    )
    tab.point("#highlight", click=True)
    wait_for(tab, f"document.querySelector('#p18 .own-notes')?.textContent.includes('{words}')")
    assert tab.run("[...CSS.highlights.get('own-layer-0')].map(String)") == [words]
    # A note on a paragraph, and more said in it.
    tab.run("document.querySelector('#p30 .para-no').focus()")
    tab.press("n")
    wait_for(tab, "document.activeElement.matches('dialog[open] textarea')")
    tab.press(*"Demand is hard", "Tab", *"demand, p")
    tab.point("dialog[open] [type=submit]", click=True)
    wait_for(tab, "document.querySelector('#p30 .own-note')?.textContent.includes('is hard')")
    tab.point("#p30 .own-note button", click=True)
    wait_for(tab, "document.activeElement.matches('dialog[open] textarea')")
    tab.press(*" to replace")
    tab.point("dialog[open] [type=submit]", click=True)
    wait_for(tab, "document.querySelector('#p30 .own-note')?.textContent.includes('replace')")
    # They are there the next time. A page that is left while it reads keeps WebKit from writing.
    tab.go(f"{base}index.html")
    tab.run("window.dossier.notes.act('draw').then(() => true)")
    tab.go(f"{base}{SOURCE}#p30")
    wait_for(tab, "document.querySelectorAll('.own-note').length === 2")
    # Found in the list, and exported.
    tab.run("window.dossier.notes.act('list')")
    wait_for(tab, "document.activeElement.matches('dialog[open] input[type=search]')")
    tab.press(*"replace")
    wait_for(tab, "document.querySelector('.own-all [role=status]').textContent === '1 of 2 notes'")
    before = tab.run(KEPT)
    file = tab.run(
        "window.dossier.notes.store().then((store) => store.all()).then((all) =>"
        " window.dossier.notes.written('annotation', all, 'Mine'))"
    )
    assert len(before) == json.loads(file)["total"] == 2
    # Cleared, even while a page that sleeps holds what is kept, and taken back from the file.
    tab.run(
        "new Promise((done) => { indexedDB.open('dossier-notes').onsuccess = ({ target }) => {"
        " window.asleep = target.result; done(true); }; })"
    )
    tab.run(
        "[...document.querySelectorAll('.own-all button')].find((node) => node.textContent"
        " === 'Delete everything').click()"
    )
    wait_for(tab, "!document.querySelector('.own-note')")
    assert tab.run(KEPT) == []
    tab.run(f"window.dossier.notes.take([new File([{json.dumps(file)}], 'mine.jsonld')])")
    wait_for(tab, "document.activeElement.textContent === 'Show as a layer of its own'")
    tab.run("document.activeElement.nextElementSibling.click()")  # to one's own notes
    wait_for(tab, "document.querySelectorAll('.own-note').length === 2")
    assert tab.run(KEPT) == before
    tab.run("window.dossier.notes.store().then((store) => store.clear()).then(() => true)")


def test_a_change_is_proposed(tab: Tab, base: str) -> None:
    tab.go(f"{base}propose.html?at=timeline.html%23first-meeting")
    wait_for(tab, "document.querySelector('#f-date')")
    wait_for(tab, DRAWN_AT_LAST)
    tab.point("#f-date", click=True)
    tab.run("document.querySelector('#f-date').select()")
    tab.press(*"2025-02-01")
    wait_for(tab, "document.querySelector('.propose-plus')?.textContent.includes('2025-02-01')")
    assert tab.run("document.querySelector('a[download]').download").endswith(".patch")
    tab.run("document.querySelector('a[download]').addEventListener('click', (event) =>"
            " event.preventDefault())")  # fmt: skip
    tab.run("document.querySelector('a[download]').click()")  # so that nothing asks on leaving


def test_the_address_of_a_paragraph_opens_at_it(tab: Tab, base: str) -> None:
    tab.go(f"{base}index.html")
    tab.go(f"{base}{SOURCE}#p30")
    wait_for(
        tab,
        "(({top, bottom}) => top >= 0 && top < innerHeight /"
        " 2)(document.querySelector('#p30').getBoundingClientRect())",
    )


@pytest.fixture(scope="module")
def seen(browser: Browser, edition: Path) -> dict[str, dict[str, object]]:
    """What Chromium lays out, by page: the measure for the others."""
    with engines.chromium(browser) as tab:
        tab.resize(1280, 1000)
        return {
            name: _layout(tab, f"{edition.as_uri()}/{name}")
            for name in {*PAGES_OF_EACH_KIND, *DRAWN}
        }


def _layout(tab: Tab, url: str) -> dict[str, object]:
    tab.go(url)
    tab.run("document.fonts.ready.then(() => true)")
    return {"lines": tab.run(LINES), "boxes": tab.run(BOXES)}


BETTERED = {"text-wrap": "pretty", "orphans": "2", "widows": "2"}
"""What makes lines and pages better where an engine knows it, and is not missed elsewhere."""


def test_every_declaration_means_something(tab: Tab, base: str) -> None:
    """A value that an engine does not know is dropped without a word: so contradicted words were
    not marked in WebKit, which knows no thickness in ``text-decoration``.
    """
    declared = [(path.name, *found) for path in STYLES for found in declarations(path, paper=True)]
    variables = {name: value for _, name, value, _ in declared if name.startswith("--")}
    asked = [
        (f"{file}:{line}", name, written_out(value, variables))
        for file, name, value, line in declared
        if not name.startswith("--") and BETTERED.get(name) != value
    ]
    tab.go(f"{base}about.html")
    known = tab.run(
        f"{json.dumps(asked)}.map(([, name, value]) =>"
        " [name, name.replace(/^-webkit-/, ''), `-webkit-${name}`].some((each) =>"
        " CSS.supports(each, value)))"
    )
    assert len(known) > 2000
    assert [found for found, is_known in zip(asked, known, strict=True) if not is_known] == []


def test_what_the_record_contradicts_is_marked_in_the_text(tab: Tab, base: str) -> None:
    tab.go(f"{base}{SOURCE}")
    found = tab.run("""["contradicted", "imprecise"].map((doubt) => {
        const drawn = getComputedStyle(document.querySelector(`.para .doubt-${doubt}`));
        return [drawn.textDecorationLine, drawn.textDecorationStyle];
      })""")
    assert found == [["underline", "solid"], ["underline", "dotted"]]


def test_what_a_filter_asks_stands_beside_its_answers(tab: Tab, base: str) -> None:
    tab.go(f"{base}checks.html")
    wait_for(tab, "document.querySelector('.filters:not([hidden])')")
    beside = tab.run("""[...document.querySelectorAll(".filters fieldset")].map((row) => {
        const [asked, first] = ["legend", "label"].map(
          (name) => row.querySelector(name).getBoundingClientRect());
        return Math.abs(asked.top + asked.bottom - first.top - first.bottom) < 8
          && asked.right <= first.left;
      })""")
    assert beside and all(beside)


# Not every line breaks at the same word: WebKitGTK makes each letter a whole number of dots wide.
@pytest.mark.parametrize("tab", ["firefox", "webkit"], indirect=True)
@pytest.mark.parametrize("name", PAGES_OF_EACH_KIND)
def test_texts_are_as_long(
    tab: Tab, edition: Path, seen: dict[str, dict[str, object]], name: str
) -> None:
    expected, found = seen[name]["lines"], _layout(tab, f"{edition.as_uri()}/{name}")["lines"]
    assert isinstance(expected, dict) and isinstance(found, dict)
    assert sum(map(len, expected.values())) >= 3
    for place, lines in expected.items():
        assert abs(len(found[place]) - len(lines)) <= 1 + len(lines) // 12, place


@pytest.mark.parametrize("tab", ["firefox", "webkit"], indirect=True)
@pytest.mark.parametrize("name", DRAWN)
def test_pictures_have_the_same_boxes_and_labels_stay_in_them(
    tab: Tab, edition: Path, seen: dict[str, dict[str, object]], name: str
) -> None:
    expected, found = seen[name]["boxes"], _layout(tab, f"{edition.as_uri()}/{name}")["boxes"]
    assert isinstance(expected, list) and isinstance(found, list)
    assert len(expected) > 5
    assert found == [(pytest.approx(box, abs=1)) for box in expected]
    assert tab.run(LEAVES_ITS_BOX) == []
