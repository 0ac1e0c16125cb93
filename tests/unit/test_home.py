"""What hand-written pages show of the data."""

from __future__ import annotations

import re

import pytest

from dossier.graph.refs import Graph
from dossier.pages.home import fill_pieces, first_sentence, tally


def made(graph: Graph, what: str) -> str:
    return fill_pieces(graph, "index.html", f"<!-- made: {what} -->")


def test_the_bar_has_every_check_and_is_full(real: Graph) -> None:
    html = made(real, "verdicts")
    assert sum(n for _, n in tally(real)) == len(real.archive.checks)
    assert abs(sum(map(float, re.findall(r' width="([\d.]+)"', html))) - 1000) < 1
    assert 'href="checks.html?verdict=not+verifiable+here"' in html


def test_everything_contradicted_is_there_with_what_the_record_says(real: Graph) -> None:
    html = made(real, "contradicted")
    wrong = [r.model for r in real.archive.checks.values() if r.model.verdict == "contradicted"]
    assert len(wrong) == html.count("<li>") > 0
    assert all(f"checks.html#{check.id}" in html for check in wrong)


def test_the_beginning_goes_on_where_it_ends(real: Graph) -> None:
    html = made(real, "beginning")
    shown = len(re.findall(r"<p(?: class=\"first\")?>", html))
    assert f"#p{shown + 1}" in html


def test_dates_are_those_asked_for_in_that_order(real: Graph) -> None:
    html = made(real, "dates zte-sanctions h20-halt")
    assert re.findall(r"timeline\.html#([\w-]+)", html) == ["zte-sanctions", "h20-halt"]


def test_where_much_time_lies_between_two_dates_the_line_is_broken_and_says_so(
    real: Graph,
) -> None:
    html = made(real, "dates zte-sanctions h20-halt july-meeting first-deliveries-2026-08")
    steps = html.split("<li ")[1:]
    assert ["dateline-far" in step.partition(">")[0] for step in steps] == [
        True,
        False,
        True,
        False,
    ]
    assert re.findall(r'dateline-gap">([^<]*)<', html) == ["6 years", "13 months"]


@pytest.mark.parametrize("what", ["nothing-of-the-kind", "dates no-such-event"])
def test_what_there_is_not_is_refused(real: Graph, what: str) -> None:
    with pytest.raises(LookupError, match=what.rsplit(maxsplit=1)[-1]):
        made(real, what)


def test_a_sentence_ends_at_its_own_end() -> None:
    assert (
        first_sentence(
            "A Chinese model comes close to ChatGPT with less power [@p12]. The day was January 20."
        )
        == "A Chinese model comes close to ChatGPT with less power."
    )
    assert first_sentence("Without an end") == "Without an end"
