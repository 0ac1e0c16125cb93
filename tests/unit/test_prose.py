"""Links and citations in prose, and quotations found word for word."""

from __future__ import annotations

from typing import ClassVar
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from dossier.model import Text
from dossier.read.needles import find
from dossier.read.prose import (
    Citation,
    DossierExtension,
    _made,
    _read,
    _read_markdown,
    _typographic,
    _without_markup,
    decode_target,
    fill,
    mark_chinese,
    parse,
    parse_citation,
    slot,
    tidy,
)
from dossier.read.quotations import stands_in
from dossier.store import Store, memory


def test_links_and_citations_are_read_off() -> None:
    prose = parse("[Huang](actor:jensen-huang) said so [@p12-p14; @other:p3; @bis-2022].")
    assert [link.raw for link in prose.links] == ["actor:jensen-huang"]
    assert [(c.source, c.first, c.last, c.reference) for c in prose.citations] == [
        (None, 12, 14, None),
        ("other", 3, 3, None),
        (None, 0, 0, "bis-2022"),
    ]
    assert prose.plain == "Huang said so ."


@pytest.mark.parametrize(
    "text", ["Huang's", "[Huang's](actor:h)", "[Huang](actor:h)'s", "the *Times*'s"]
)
def test_a_straight_apostrophe_is_made_curly(text: str) -> None:
    assert "’s" in parse(text).plain
    assert "'" not in parse(text).plain


def test_code_is_never_touched() -> None:
    prose = parse("Write `[@p12]` and `[x](actor:y)`.")
    assert not prose.links
    assert not prose.citations
    assert "<code>[@p12]</code>" in prose.html
    assert "<code>[x](actor:y)</code>" in prose.html


def test_what_looks_like_an_attribute_in_text_stays_text() -> None:
    html = fill(
        parse('He wrote href="actor:y" and class="cite".').html, lambda use, target: "BROKEN"
    )
    assert "BROKEN" not in html


def test_html_is_shown_and_not_run() -> None:
    assert "<script>" not in parse("a <script>alert(1)</script> b").html
    assert "<img" not in parse('<img src=x onerror="alert(1)">').html
    assert "<img" not in parse("![x](y.png)").html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_unsafe_targets_lose_their_address(target: str) -> None:
    prose = parse(f"[x]({target})")
    assert "href" not in prose.html
    assert "a link begins with one of" in prose.problems[0].message


def test_chinese_runs_say_their_language() -> None:
    assert parse("the word 黄仁勋 here").html == 'the word <span lang="zh-Hans">黄仁勋</span> here'


def test_a_quotation_is_vouched_for_by_the_next_citation() -> None:
    prose = parse("He said “one” [@p1], then “two” [@p2], then “three”.")
    assert [(q.words, [c.first for c in q.citations]) for q in prose.quotations] == [
        ("one", [1]),
        ("two", [2]),
        ("three", []),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the chip weapon", True),
        ("administration’s “chip weapon” had", True),
        ("administration's 'chip weapon' had", True),
        ("the chip weap", False),
        ("the chip weapons", False),
        ("the weapon chip", False),
        ("For [...] weapon", True),
        ("weapon […] For", False),
        ("[T]he Biden", True),
        ("[f]or the Biden", True),
        ("produced no obvious effect,", True),
        ("effect produced", False),
    ],
)
def test_words_stand_in_a_passage_or_do_not(words: str, found: bool) -> None:
    passage = (
        "For the Biden administration’s “chip weapon” had produced no obvious effect. And the chip"
        " weapon"
    )
    assert stands_in(words, passage) is found


@pytest.mark.parametrize("text", ["", "P12", "p12-", "a b", "-a", "p12:p3:p4"])
def test_what_is_no_citation(text: str) -> None:
    assert parse_citation(text) is None


# The parts of the parser


@pytest.mark.parametrize(
    ("written", "label", "fragment", "numbers"),
    [
        ("p3", "p3", "p3", [3]),
        ("p3-p5", "p3–p5", "p3-p5", [3, 4, 5]),
        ("p3-p3", "p3", "p3", [3]),
        ("other:p2-p3", "p2–p3", "p2-p3", [2, 3]),
        ("wick-2020", "wick-2020", "p0", []),
    ],
)
def test_a_citation_names_what_it_cites(
    written: str, label: str, fragment: str, numbers: list[int]
) -> None:
    citation = parse_citation(written)
    assert citation is not None
    assert citation.label == label
    assert citation.fragment == fragment
    assert list(citation.numbers) == numbers
    assert citation.is_paragraph is bool(numbers)


def test_only_a_paragraph_without_a_source_takes_the_default() -> None:
    bare, other, work = (parse_citation(text) for text in ("p3-p4", "other:p3", "wick-2020"))
    assert bare and other and work
    assert bare.with_source("essay") == Citation("essay", 3, 4)
    assert other.with_source("essay") is other
    assert work.with_source("essay") is work


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("cite:@p3-p4", Citation(None, 3, 4)),
        ("cite:other@p3-p3", Citation("other", 3, 3)),
        ("cite:@wick-2020", Citation(reference="wick-2020")),
        ("other@p3-p3", Citation("other", 3, 3)),
        ("actor:lin-na", ("actor", "lin-na")),
        ("note:a:b", ("note", "a:b")),
    ],
)
def test_a_slot_s_target_is_read(target: str, named: Citation | tuple[str, str]) -> None:
    assert decode_target(target) == named


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("It is so .", "It is so."),
        ("So , so ; so : so ? so ! ( so )", "So, so; so: so? so! ( so)"),
        ("the “tax” .", "the “tax.”"),
        ("‘the “tax”’ , and", "‘the “tax,”’ and"),
        ("two   spaces \n more", "two spaces more"),
        ("nothing to do", "nothing to do"),
    ],
)
def test_a_text_without_its_citations_reads_as_if_it_had_none(plain: str, shown: str) -> None:
    assert tidy(plain) == shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("灯税 & 燈", '<span lang="zh-Hans">灯税</span> &amp; <span lang="zh-Hans">燈</span>'),
        ("“curly”", "“curly”"),
    ],
)
def test_chinese_in_plain_text_is_marked(text: str, html: str) -> None:
    assert mark_chinese(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[@p1]", '<span class="cites"><a class="cite" href="HREF cite:@p1-p1">LABEL @p1-p1</a>'
            "</span>"),
        ("[@o:p1-p2; @w]", '<span class="cites"><a class="cite" href="HREF cite:o@p1-p2">'
            'LABEL o@p1-p2</a> <a class="cite" href="HREF cite:@w">LABEL @w</a></span>'),
        ("[Lin](actor:lin-na)", '<a class="entry" href="HREF actor:lin-na">Lin</a>'),
        ("[灯](term:lamp)", '<a class="entry" href="HREF term:lamp"><span lang="zh-Hans">灯</span>'
            "</a>"),
        ("[x](https://a.org)",
            '<a href="https://a.org" rel="external noopener noreferrer">x</a>'),
        ("[x](https://a.org:8/b)",
            '<a href="https://a.org:8/b" rel="external noopener noreferrer">x</a>'),
        ("[x](HTTPS://a.org)",
            '<a href="HTTPS://a.org" rel="external noopener noreferrer">x</a>'),
        ("[x](mailto:a@b.org)", '<a href="mailto:a@b.org">x</a>'),
        ("so[^yuan] it", 'so<sup class="note-mark"><a href="#note-yuan" id="mark-yuan">NOTE yuan'
            "</a></sup> it"),
        ("a *b* 灯 **c**", 'a <em>b</em> <span lang="zh-Hans">灯</span> <strong>c</strong>'),
        ("![x](y)", "![x](y)"),
        ("# no heading", "# no heading"),
        ("- no item", "- no item"),
        ("1. no item", "1. no item"),
        ("> no quotation", "&gt; no quotation"),
        ("---", "---"),
        ("[x]: https://a.org", "[x]: https://a.org"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;&lt;/b&gt;"),
    ],
)  # fmt: skip
def test_the_html_of_a_text(text: str, html: str) -> None:
    found = parse(text).html
    for use in ("href", "label", "note"):
        found = found.replace(f"\ue000{use} ", f"{use.upper()} ").replace("\ue001", "")
    assert found == html


def test_slots_are_filled_with_plain_text() -> None:
    asked: list[tuple[str, str]] = []

    def resolve(use: str, target: str) -> str:
        asked.append((use, target))
        return f'"{use}" & <{target}>'

    html = fill(parse("[Lin](actor:lin-na), [@o:p1; @w][^a].").html, resolve)
    assert asked == [
        ("href", "actor:lin-na"),
        ("href", "cite:o@p1-p1"),
        ("label", "o@p1-p1"),
        ("href", "cite:@w"),
        ("label", "@w"),
        ("note", "a"),
    ]
    assert fill(slot("href", " a b c"), resolve).endswith("&lt; a b c&gt;")
    assert 'href="&quot;href&quot; &amp; &lt;actor:lin-na&gt;"' in html
    assert ">&quot;note&quot; &amp; &lt;a&gt;</a></sup>." in html
    assert "\ue000" not in html


def test_a_link_knows_its_words_and_their_place() -> None:
    links = parse("So [Lin *Na*](actor:lin-na), [@p1] and [灯税](term:lamp-tax).").links
    assert [(link.raw, link.words, link.at) for link in links] == [
        ("actor:lin-na", "Lin Na", 3),
        ("term:lamp-tax", "灯税", 16),
    ]


def test_notes_are_told_in_order() -> None:
    prose = parse("One[^yuan] and two[^author-1].")
    assert prose.notes == ("yuan", "author-1")
    assert prose.plain == "One and two."


def test_marks_in_code_quote_nothing() -> None:
    prose = parse("Code `“so”` and “words” `x`, then “more” [@p1].")
    assert [(q.words, [c.first for c in q.citations]) for q in prose.quotations] == [
        ("words", [1]),
        ("more", [1]),
    ]
    assert prose.plain == "Code “so” and “words” x, then “more” ."


@pytest.mark.parametrize(
    ("text", "needle", "message"),
    [
        ("a [@P1] b", "@P1", 'has the citation "@P1", which is neither @p12 nor @p12-p14 nor'
            " @reference-id"),
        ("a [@p1; p2] b", "p2", 'has the citation "p2", which is neither @p12 nor @p12-p14 nor'
            " @reference-id"),
        ("a [ ](actor:lin) b", "](actor:lin", 'links to "actor:lin" without words; write'
            " [words](actor:lin)"),
        ("a [x](https://) b", "](https://",
            'links to "https://", which is not an address; write it in full'),
        ("a [x](<https://a b>) c", "](https://a b",
            'links to "https://a b", which is not an address; write it in full'),
        ("a [x](tel:1) b", "tel:1", 'links to "tel:1"; a link begins with one of actor, policy,'
            " argument, product, event, figure, term, https, http, mailto"),
        ("a [x](lin-na) b", "](lin-na", 'links to "lin-na" without saying what that is; write'
            " actor:lin-na, policy:…, or a full address"),
        ("a [x](Lin) b", "](Lin", 'links to "Lin" without saying what that is; write actor:id,'
            " policy:id, or a full address"),
        ("a [x](actor：lin) b", "](actor：lin",
            'links to "actor：lin" without saying what that is; write actor:lin'),
        ("a [x](actor：a：b) b", "](actor：a：b",
            'links to "actor：a：b" without saying what that is; write actor:a:b'),
        ("a [x](other：lin) b", "](other：lin",
            'links to "other：lin" without saying what that is; write actor:id, policy:id, or a'
            " full address"),
        ("a ![x](y) b", "![", "holds an image, which a field cannot show; write words"),
        ("a <b>x", "<b>", 'holds HTML ("<b>"); write plain text or Markdown'),
        ("a <B>x", "<B>", 'holds HTML ("<B>"); write plain text or Markdown'),
        ("a </b x", "</b x", 'holds HTML ("</b x"); write plain text or Markdown'),
        (f"a <{'b' * 40}>", f"<{'b' * 40}>", f'holds HTML ("<{"b" * 29}"); write plain text'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_where_to_look(text: str, needle: str, message: str) -> None:
    problems = parse(text).problems
    assert any(
        problem.needle == needle and problem.message.startswith(message) for problem in problems
    ), problems


@pytest.mark.parametrize(
    "text",
    [
        "a `<b>` and `![x](y)`",
        "so!`x`[@p1]",
        "a <`x`b",
        "<https://a.org/b>",
        "1 < 2",
        "1 <2",
        "1 <<https://a.org>",
    ],
)
def test_code_and_addresses_and_signs_are_no_html(text: str) -> None:
    assert not parse(text).problems


def test_long_targets_are_cut_in_messages() -> None:
    long = "x" * 70
    (problem,) = parse(f"a [x](tel:{long}) b").problems
    assert problem.needle == f"tel:{long}"
    assert f'links to "tel:{"x" * 56}";' in problem.message
    (problem,) = parse(f"a [ ](term:{long}) b").problems
    assert problem.message == 'links to "{0}" without words; write [words]({0})'.format(
        f"term:{'x' * 55}"
    )
    (problem,) = parse(f"a [x](y{long}) b").problems
    assert f'links to "y{"x" * 59}" without' in problem.message
    (problem,) = parse(f"a [x](actor：{long}) b").problems
    assert problem.message.endswith(f"write actor:{'x' * 54}")
    (problem,) = parse(f"a [x](https:{long}) b").problems
    assert f'links to "https:{"x" * 54}", which' in problem.message


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("it's `it's` and it's", "it’s `it's` and it’s"),
        ("*x*'s (y)'s 'z'", "*x*’s (y)’s 'z’"),
        ("so", "so"),
    ],
)
def test_straight_apostrophes_curl_outside_code(written: str, shown: str) -> None:
    assert _typographic(written) == shown


class Seen(Treeprocessor):
    """What another processor of links sees of them."""

    hrefs: ClassVar[list[str | None]] = []

    def run(self, root: Element) -> None:
        self.hrefs[:] = [link.get("href") for link in root.iter("a")]


def test_the_extension_serves_any_markdown() -> None:
    """As the translation and the pages use it: with other extensions, block by block."""
    extension = DossierExtension()
    md = Markdown(extensions=[extension, "tables"], output_format="html")
    items, table = "- “so” [@p1]\n- 灯 `[@p9]`", "| a |\n|---|\n| [@p2]. |"
    html = md.convert(f"# Of [Lin](actor:lin)\n\n{items}\n\n{table}\n\n[@] [@P1]\n")
    assert [block.plain for block in extension.blocks] == [
        "Of Lin", "“so” ", "灯 [@p9]", "a", ".", "[@] "
    ]  # fmt: skip
    assert [[c.label for c in block.citations] for block in extension.blocks] == [
        [], ["p1"], [], [], ["p2"], []
    ]  # fmt: skip
    assert extension.blocks[0].links[0].raw == "actor:lin"
    assert sorted(problem.needle for problem in extension.problems) == ["@P1", "[@]"]
    assert '<span lang="zh-Hans">灯</span>' in html
    assert "<code>[@p9]</code>" in html
    seen = Seen(md)
    md.treeprocessors.register(seen, "as MkDocs' own", 0)
    md.reset().convert("[x](tel:1) [Lin](actor:lin)")
    assert seen.hrefs == ["tel:1", "actor:lin"]
    assert [block.plain for block in extension.blocks] == ["x Lin"]
    assert [problem.needle for problem in extension.problems] == ["tel:1"]
    assert md.reset().convert("Nothing.") == "<p>Nothing.</p>"
    assert extension.problems == []


def test_a_text_of_the_data_is_parsed_once() -> None:
    text = Text("[Lin](actor:lin-na) won.")
    assert parse(text).plain == "Lin won."
    assert parse(text) is parse(text)
    assert parse(str(text)) is not parse(str(text))
    assert parse("").plain == parse("").html == ""


@pytest.mark.parametrize("text", ["a [b c", "a] b", "[a] b", "*a*", "a_b", "`a`", "a & b", ""])
def test_what_may_be_markup_is_left_to_markdown(text: str) -> None:
    assert _without_markup(text, []) is None


@pytest.mark.parametrize("text", ["a b", "a (b)", "灯税 a 灯", "[a](b)", "a [@p1]", "(x)[@p1](y)"])
def test_words_links_and_citations_need_no_markdown(text: str) -> None:
    assert _without_markup(text, []) is not None
    assert _read(text) == _read_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "[Lin *Na*](actor:lin-na) won “the vote” [@p39; @harbor-gazette] 灯税 [@other:p3-p4].",
        "Wrong: [@p], ‘unclosed, [here](nowhere) <b>",
    ],
)
def test_a_parsed_text_is_the_same_when_it_is_remembered(text: str) -> None:
    with memory.of(Store(), ""):
        made, remembered = parse(text), parse(text)
    assert made == remembered == _made(text)


def test_where_something_is_wrong_is_remembered_too() -> None:
    text = "He wrote “the tax” and then “the tax again."
    with memory.of(Store(), ""):
        found = [find(text, problem.needle) for _ in range(2) for problem in parse(text).problems]
    assert found == [text.rindex("“")] * 2
