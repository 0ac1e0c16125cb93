"""The pictures: what is in the data is in them, and nothing is drawn over anything else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from conftest import read
from dossier import dates
from dossier.graph.case import case
from dossier.graph.refs import Graph, build_graph
from dossier.model import Policy
from dossier.pages import render_pages
from dossier.pages.charts.argument_map import argument_map
from dossier.pages.charts.headlines import (
    number,
    of_case,
    of_events,
    of_neighbors,
    of_stances,
    of_ties,
    of_verdicts,
)
from dossier.pages.charts.layers import Bend, layered
from dossier.pages.charts.money import money
from dossier.pages.charts.neighbors import Arrow, neighbors
from dossier.pages.charts.stances import stances
from dossier.pages.charts.text import width, wrap
from dossier.pages.charts.ties import network
from dossier.pages.charts.timeline import stretches, timeline


def graph_of(root: Path) -> Graph:
    archive, violations = read(root)
    assert violations == []
    return build_graph(archive)


def page(graph: Graph, path: str) -> str:
    return next(rendered.markdown for rendered in render_pages(graph) if rendered.path == path)


def policy(*status: tuple[str, str]) -> Policy:
    steps = [
        {"state": state, "date": date, "text": "x", "voice": "editors"} for state, date in status
    ]
    return Policy.model_validate(
        {
            "id": "x",
            "name": "X",
            "summary": "x",
            "instrument": "tariff",
            "issuer": "actor:x",
            "target": "x",
            "status": steps,
        }
    )


def life(*status: tuple[str, str]) -> list[str]:
    return [f"{s.kind} {s.first} {s.last}" for s in stretches(policy(*status))]


def test_every_argument_stands_once_on_the_map_with_all_its_relations(real: Graph) -> None:
    (thesis,) = [claim for claim in case(real) if claim.below]
    alone = [claim.argument.id for claim in case(real) if not claim.below]  # in the outline only
    drawn = argument_map(thesis)
    ids = [box.claim.argument.id for box in drawn.boxes]
    assert sorted([*ids, *alone]) == sorted(real.archive.arguments)
    by_number = {box.claim.number: box.claim.argument for box in drawn.boxes}
    ties = {
        (tie.relation, by_number[tie.start].id, f"argument:{by_number[tie.end].id}")
        for tie in drawn.ties
    }
    for relation in ("supports", "attacks"):
        for record in real.archive.arguments.values():
            for target in getattr(record.model, relation):
                assert (relation, record.model.id, target) in ties


def test_no_box_of_the_map_lies_over_another(real: Graph) -> None:
    (thesis,) = [claim for claim in case(real) if claim.below]
    boxes = [(box.x, box.y, box.width, box.height) for box in argument_map(thesis).boxes]
    boxes_of_actors = [(box.x, box.y, box.width, box.height) for box in network(real).boxes]
    for found in (boxes, boxes_of_actors):
        for i, (x, y, w, h) in enumerate(found):
            for other_x, other_y, other_w, other_h in found[i + 1 :]:
                assert (
                    x + w <= other_x
                    or other_x + other_w <= x
                    or y + h <= other_y
                    or other_y + other_h <= y
                )


def test_layers_keep_columns_apart_and_untie_what_they_can() -> None:
    columns = {"a": 0, "b": 0, "c": 1, "d": 1, "e": 2}
    middles = layered(
        columns,
        [("c", "b"), ("d", "a"), ("e", "a")],
        lambda n: 20.0 if isinstance(n, str) else 0.0,
        lambda a, b: 10.0,
    )
    assert (middles["a"] < middles["b"]) == (middles["d"] < middles["c"])  # no crossing is left
    assert abs(middles["c"] - middles["d"]) >= 30
    assert Bend("e", "a", 1) in middles
    assert min(middles.values()) >= 0


def test_a_new_argument_changes_the_maps(project: Path) -> None:
    before = graph_of(project)
    attacked = next(iter(before.archive.arguments))
    (project / "data/arguments/new-objection.yml").write_text(
        "name: A new objection\nclaim: It is otherwise.\nmaker: critics\ntype: causal\nsummary: An"
        f" objection [@p1].\nattacks: [argument:{attacked}]\ncites: [p1]\nstandalone: A test.\n",
        encoding="utf-8",
    )
    after = graph_of(project)
    assert "A new objection" not in page(before, "argument-map.md")
    assert page(after, "argument-map.md").count("A new objection") >= 2  # drawn, and told
    small = neighbors(after, after.archive.arguments[attacked].model)
    assert small is not None
    assert "A new objection" in [" ".join(box.lines) for box in small.boxes]


def test_the_same_data_give_the_same_pictures(project: Path) -> None:
    first, second = (render_pages(graph_of(project)) for _ in range(2))
    assert first == second


def test_a_day_is_a_dot_and_a_month_as_long_as_a_month(real: Graph) -> None:
    for panel in timeline(real):
        for lane in panel.lanes:
            for mark in lane.marks:
                exact = re.fullmatch(r"\d{4}-\d{2}-\d{2}[~?]?", mark.event.date) is not None
                assert mark.exact == exact
                assert (mark.end > mark.start) != exact
                assert mark.about == mark.event.date.endswith(("~", "?"))


def test_every_event_stands_on_the_timeline_in_its_lane_and_no_label_on_another(
    real: Graph,
) -> None:
    panels = timeline(real)
    marks = [(mark, lane.name) for panel in panels for lane in panel.lanes for mark in lane.marks]
    assert {(mark.event.id, lane) for mark, lane in marks} == {
        (r.model.id, r.model.lane) for r in real.archive.events.values()
    }
    for panel in panels:
        for lane in panel.lanes:
            spans = []
            for mark in lane.marks:
                room = width(mark.event.name, 12)
                start = mark.label if mark.anchor == "start" else mark.label - room
                spans.append((mark.label_y, start, start + room))
                assert start >= 0
                assert start + room <= panel.width
            for i, (y, start, end) in enumerate(spans):
                assert all(
                    y != other_y or end <= other or start >= other_end
                    for other_y, other, other_end in spans[i + 1 :]
                )


def test_the_timeline_is_one_band_that_ends_where_the_record_does(real: Graph) -> None:
    panels = timeline(real)
    days = [dates.span(r.model.date)[1] for r in real.archive.events.values()]
    works = [r.model.date for r in real.archive.references.values() if r.model.date]
    last = max([*days, *(dates.span(date)[0] for date in works)])
    assert dates.MONTHS[int(last[5:7])] in panels[-1].title
    ends = [bar.end for track in panels[-1].tracks for bar in track.bars]
    assert max(ends) <= panels[-1].width


def test_a_stretch_of_time_is_seen_whole_on_a_tablet_and_no_lane_is_higher_than_what_is_in_it(
    real: Graph,
) -> None:
    for panel in timeline(real):
        assert panel.width <= 768 - 2 * 16
        for lane in panel.lanes:
            last = max(max(mark.y, mark.label_y) for mark in lane.marks)
            assert lane.y + lane.height - last < 20, (panel.title, lane.name)


def through(arrow: Arrow) -> list[tuple[float, float]]:
    """Points on an arrow, a pixel or two from one another."""
    (x, y), (to_x, to_y) = arrow.start, arrow.end
    half = (arrow.turn + arrow.straight) / 2
    bend = []
    for t in (n / 400 for n in range(401)):
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        bend.append(
            (a * arrow.turn + (b + c) * half + d * arrow.straight, (a + b) * y + (c + d) * to_y)
        )
    ends = ((x, arrow.turn, y), (arrow.straight, to_x, to_y))
    lines = [(a + (b - a) * n / 100, at) for a, b, at in ends for n in range(101)]
    return bend + lines


def test_no_arrow_around_an_argument_crosses_the_label_of_another(real: Graph) -> None:
    for record in real.archive.arguments.values():
        drawn = neighbors(real, record.model)
        for arrow in drawn.arrows if drawn else ():
            reach = max(width(relation, 12) for relation in arrow.relations) / 2
            for other in drawn.arrows if drawn else ():
                if other is not arrow:
                    assert not [
                        point
                        for point in through(other)
                        if abs(point[0] - arrow.x) < reach and -8 < point[1] - arrow.y < 8
                    ], (record.model.id, arrow.relations)


def test_a_headline_counts_the_arrows_of_the_map_below_it(real: Graph) -> None:
    words = {number(n): n for n in range(100)}
    for key in [f"argument:{id_}" for id_ in real.archive.arguments]:
        argument = real.record(key).model
        small = neighbors(real, argument)
        if small:
            text = of_neighbors(real.referring("argument", key), argument).text
            counted = [words[w.lower()] for w in re.findall(r"[\w-]+", text) if w.lower() in words]
            assert sum(counted) == sum(len(arrow.relations) for arrow in small.arrows), text


def test_the_life_of_a_policy_is_drawn_as_it_is_told() -> None:
    assert life(
        ("announced", "2025-01-01"), ("in force", "2025-03-01"), ("withdrawn", "2025-05-01")
    ) == [
        "coming 2025-01-01 2025-02-28",
        "force 2025-03-01 2025-04-30",
    ]
    # A year is not a day: until a later step settles it, it may have begun at any time.
    assert life(("in force", "2018"), ("tightened", "2018-04-15"), ("withdrawn", "2018-07-13")) == [
        "unsure 2018-01-01 2018-04-14",
        "force 2018-04-15 2018-07-12",
    ]
    assert life(("in force", "2021/2025")) == ["force 2021-01-01 2025-12-31"]
    # Announcing what is in force changes nothing, nor does easing what is over.
    assert life(
        ("in force", "2025-01-01"),
        ("announced", "2025-02-01"),
        ("withdrawn", "2025-03-01"),
        ("eased", "2025-04-01"),
    ) == ["force 2025-01-01 2025-02-28"]


def test_sums_stand_where_the_scale_says(real: Graph) -> None:
    chart = money(real)
    assert chart is not None
    ticks = [x for x, _ in chart.ticks]
    steps = [round(b - a, 1) for a, b in pairwise(ticks)]
    assert max(steps) - min(steps) <= 0.2  # ten times as much is always as far
    at = {row.figure.id: row.start for row in chart.rows}
    hundred = next(x for x, label in chart.ticks if label == "$100 billion")
    assert at["stargate-first-phase"] == hundred
    dollars = {r.model.id for r in real.archive.figures.values() if r.model.unit == "USD"}
    assert set(at) == dollars


def test_every_stance_on_a_policy_is_in_the_matrix_and_every_tie_in_the_network(
    real: Graph,
) -> None:
    actors = [record.model for record in real.archive.actors.values()]
    matrix = stances(real)
    assert sum(len(cell) for row in matrix.rows for cell in row.cells) == sum(
        s.toward.startswith("policy:") for a in actors for s in a.stances
    )
    net = network(real)
    assert sum(len(tie.relations) for tie in net.ties) == sum(len(a.relations) for a in actors)
    assert {a.id for a in net.alone} | {box.actor.id for box in net.boxes} == {a.id for a in actors}


def test_lines_are_broken_between_words_and_too_long_a_word_is_cut() -> None:
    assert wrap("one two three", width("one two", 12), 12) == ["one two", "three"]
    (line,) = wrap("x" * 80, 100, 12)
    assert line.endswith("…")
    assert width(line, 12) <= 100


def test_headlines_say_what_the_data_say(real: Graph) -> None:
    checks = [record.model.verdict for record in real.archive.checks.values()]
    assert f"bears out {number(checks.count('bears out'))} and" in of_verdicts(real).text
    assert of_case(real).foremost <= set(real.archive.arguments)
    divided = of_stances(stances(real))
    sides = Counter(
        stance.stance
        for record in real.archive.actors.values()
        for stance in record.model.stances
        if stance.toward == f"policy:{next(iter(divided.foremost))}"
    )
    assert sides["supports"] and sides["opposes"]
    (foremost,) = of_ties(network(real)).foremost
    assert real.archive.actors[foremost].model.name in of_ties(network(real)).text


def test_a_headline_changes_with_the_data(project: Path) -> None:
    events = project / "data/events.yml"
    text = events.read_text(encoding="utf-8")
    year = re.findall(r'date: "?(\d{4})', text)[0]
    assert f"in {year}" in of_events(graph_of(project)).text
    events.write_text(text.replace(f'date: "{year}', 'date: "1987'), encoding="utf-8")
    assert "in 1987" in of_events(graph_of(project)).text
