"""What each picture shows, in a sentence: made of the data that it draws, and true as long as it
is made anew with them; and the one thing in it that the sentence speaks of.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ... import dates
from ...graph.refs import Graph
from ...graph.sides import AGAINST, sides
from ...kinds.vocabularies import JUDGMENT
from ...model import Argument, Aspect
from .money import Money
from .stances import Matrix
from .ties import Network

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SCALE = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


_BEARING = {"supports": "support", "attacks": "attack", "concedes": "concede"}
"""How arguments bear on another: the relation, which is the verb for one, and that for several."""


class Headline(NamedTuple):
    """A sentence, and the ids of what it speaks of."""

    text: str
    foremost: frozenset[str] = frozenset()


def number(n: int) -> str:
    """A count, in words up to ten.

    >>> number(0), number(6), number(172)
    ('no', 'six', '172')
    """
    return _WORDS[n] if n < len(_WORDS) else f"{n:,}"


def counted(n: int, one: str, many: str = "") -> str:
    """So many of something.

    >>> counted(1, "event"), counted(3, "entry", "entries")
    ('one event', 'three entries')
    """
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def of_verdicts(graph: Graph) -> Headline:
    """How far the record bears the source out."""
    found = Counter(record.model.verdict for record in graph.archive.checks.values())
    claims = sum(n for verdict, n in found.items() if verdict not in (None, JUDGMENT))
    if not claims:
        return Headline("Nothing has been held against the record yet")
    return Headline(
        f"Of {counted(claims, 'claim')} the record bears out {number(found['bears out'])}"
        f" and contradicts {number(found['contradicted'])}"
    )


def of_case(graph: Graph) -> Headline:
    """How many of the arguments against a case nothing answers."""
    side = sides(graph)
    against = {id_ for id_, word in side.items() if word == AGAINST}
    answered = {
        target.partition(":")[2]
        for record in graph.archive.arguments.values()
        for target in (*record.model.attacks, *record.model.concedes)
    }
    open_ = against - answered
    if not against:
        return Headline("Nothing here speaks against the case")
    if not open_:
        all_of = (
            "The one argument" if len(against) == 1 else f"All {number(len(against))} arguments"
        )
        return Headline(
            f"{all_of} against the case {'has' if len(against) == 1 else 'have'} a reply"
        )
    return Headline(
        f"{_upper(number(len(open_)))} of the {counted(len(against), 'argument')} against the case"
        f" {'has' if len(open_) == 1 else 'have'} no reply",
        frozenset(open_),
    )


def of_events(graph: Graph) -> Headline:
    """In which year most happened."""
    years = Counter(dates.year(record.model.date) for record in graph.archive.events.values())
    if not years:
        return Headline("No event yet")
    year, most = max(years.items(), key=lambda item: (item[1], item[0]))
    return Headline(
        f"{_upper(number(most))} of the {counted(years.total(), 'event')}"
        f" {'falls' if most == 1 else 'fall'} in {dates.human_year(year)}",
        frozenset({year}),
    )


def of_ties(net: Network) -> Headline:
    """Who has most ties."""
    found: Counter[str] = Counter()
    names = {}
    for tie in net.everything:
        for actor in {tie.start.id: tie.start, tie.end.id: tie.end}.values():
            found[actor.id] += len(tie.relations)
            names[actor.id] = actor.name
    if not found:
        return Headline("Nobody is tied to anybody")
    most = max(found.values())
    first = sorted((id_ for id_ in found if found[id_] == most), key=names.__getitem__)
    total = sum(len(tie.relations) for tie in net.everything)
    if len(first) > 1:
        whom = _row([names[id_] for id_ in first])
        return Headline(f"Most ties, {number(most)} each, are those of {whom}", frozenset(first))
    return Headline(
        f"{_upper(number(most))} of the {counted(total, 'tie')}"
        f" {'is' if most == 1 else 'are'} those of {names[first[0]]}",
        frozenset(first),
    )


def of_stances(matrix: Matrix) -> Headline:
    """On which policy the actors are most divided."""

    def sizes(taken: list[list[str]]) -> tuple[int, int]:
        return sum("supports" in views for views in taken), sum(
            "opposes" in views for views in taken
        )

    found = [
        (*sizes([[s.stance for s in stances] for _, stances in taken]), policy)
        for policy, taken in matrix.everything
    ]
    divided = [row for row in found if row[0] and row[1]]
    if not divided:
        return Headline("On no policy do the actors disagree")
    for_, against, policy = max(divided, key=lambda row: (min(row[:2]), row[0] + row[1]))
    return Headline(
        f"{policy.name} divides them most: {number(for_)} for it, {number(against)} against",
        frozenset({policy.id}),
    )


def of_neighbors(bearing: list[Argument], argument: Argument) -> Headline:
    """What bears on an argument, and on what it bears itself."""
    own = f"argument:{argument.id}"
    on_it = [
        (n, one if n == 1 else several)
        for one, several in _BEARING.items()
        if (n := sum(own in getattr(other, one) for other in bearing))
    ]
    first = [counted(on_it[0][0], "argument") + f" {on_it[0][1]} it"] if on_it else []
    told = first + [f"{number(n)} {verb} it" for n, verb in on_it[1:]]
    its = [f"{one} {number(n)}" for one in _BEARING if (n := len(getattr(argument, one)))]
    return Headline(
        _upper(_row(told) or "no argument bears on it") + (f"; it {_row(its)}" if its else "")
    )


def _row(words: list[str]) -> str:
    """Words as a row.

    >>> _row(["a"]), _row(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def of_regimes(rows: list[tuple[str, str, list[list[Aspect]]]], called: str) -> Headline:
    """Of how many points of a comparison the source speaks, and of how many the record."""
    voices = [{said.voice for cell in cells for said in cell} for *_, cells in rows]
    told = sum(bool(those - {"editors"}) for those in voices)
    added = sum("editors" in those for those in voices)
    return Headline(
        f"Of {counted(len(rows), 'point')} the {called} speaks to {number(told)},"
        f" the record to {number(added)}"
    )


def of_money(chart: Money) -> Headline:
    """How far the sums lie apart."""
    least, most = chart.rows[0].figure, chart.rows[-1].figure
    times = (most.maximum or most.value) / least.value
    if times < 2:
        return Headline(f"The sums lie close together, about {least.words}")
    return Headline(
        f"The largest sum is {rounded(times)} times the smallest",
        frozenset({least.id, most.id}),
    )


def rounded(times: float) -> str:
    """A number to two digits, in words where it is large.

    >>> rounded(16_123_456.0), rounded(2_400.0), rounded(7.3)
    ('about 16 million', 'about 2,400', 'about 7.3')
    """
    digits = 1 - math.floor(math.log10(times))
    value = round(times, digits)
    for size, word in _SCALE:
        if value >= size:
            return f"about {value / size:g}{word}"
    return f"about {value:,g}" if value < 10 else f"about {int(value):,}"


def of_coverage(rows: list[tuple[str, int, int]], names: Mapping[str, str]) -> Headline:
    """On which paragraph most rests; of each its source, number, and how many entries cite it.
    ``names`` has what sources are called where there are several.
    """
    if not rows or not any(n for *_, n in rows):
        return Headline("Nothing rests on any paragraph yet")
    source, paragraph, most = max(rows, key=lambda row: (row[2], -row[1]))
    of = f"{names[source]}, " if source in names else ""
    return Headline(
        f"Most rests on {of}paragraph {paragraph}: {counted(most, 'entry', 'entries')}"
        f" {'cites' if most == 1 else 'cite'} it",
        frozenset({f"{source}:{paragraph}"}),
    )
