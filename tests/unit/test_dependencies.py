"""What is made anew after an edit: whatever has read what the edit changes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conftest import Edit, graph_of
from dossier.graph.dependencies import Keeper, Traces
from dossier.graph.refs import Graph
from dossier.store import Store

LIN, OFFICE = "data/actors/lin-na.yml", "data/actors/harbor-office.yml"
TEXT = "docs/sources/lamp-tax.md"


def there(_: Any) -> bool:
    """Nothing of what was made has been lost."""
    return True


def ask(
    traces: Traces, name: str, make: Callable[[], Any], there: Callable[[Any], bool] = there
) -> Any:
    """What the last build made under a name, or else what ``make`` gives."""
    if not traces.known(name, there):
        value, reads = traces.reading(make)
        traces.add(name, value, reads)
    return traces[name]


def of_lin(root: Path) -> None:
    file = root / LIN
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("name: Lin Na", "name: Miss Lin"), encoding="utf-8")


def of_her_place(root: Path) -> None:
    """Where something stands in its file is shown nowhere."""
    file = root / LIN
    file.write_text("# Written by hand.\n" + file.read_text(encoding="utf-8"), encoding="utf-8")


def of_a_new_one(root: Path) -> None:
    (root / "data/actors/mo-li.yml").write_text(
        "name: Mo Li\ntype: person\nsummary: A man [@p1].\n", encoding="utf-8"
    )


def of_one_less(root: Path) -> None:
    (root / OFFICE).unlink()


def of_a_paragraph(root: Path) -> None:
    file = root / TEXT
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[Lin Na](actor:lin-na) said", "she said"), encoding="utf-8")


def of_nothing(root: Path) -> None:
    """An edit that is taken back."""


EDITS = (of_lin, of_her_place, of_a_new_one, of_one_less, of_a_paragraph, of_nothing)
READS: dict[str, tuple[Callable[[Graph], Any], set[Callable[[Path], None]]]] = {
    "an entry": (lambda g: g.archive.of("actor")["lin-na"].model.name, {of_lin}),
    "an entry that may be there": (
        lambda g: bool(g.archive.of("actor").get("mo-li")),
        {of_a_new_one},
    ),
    "whether an entry is there": (lambda g: "mo-li" in g.archive.of("actor"), {of_a_new_one}),
    "how many there are": (lambda g: len(g.archive.of("actor")), {of_a_new_one, of_one_less}),
    "which there are": (lambda g: list(g.archive.of("actor")), {of_a_new_one, of_one_less}),
    "which there are, by keys": (
        lambda g: sorted(g.archive.of("actor").keys()),
        {of_a_new_one, of_one_less},
    ),
    "which there are, from the last": (
        lambda g: list(reversed(g.archive.of("actor"))),
        {of_a_new_one, of_one_less},
    ),
    "all entries": (
        lambda g: [r.model.name for r in g.archive.of("actor").values()],
        {of_lin, of_a_new_one, of_one_less},
    ),
    "all entries with their ids": (
        lambda g: [[id_, r.model.name] for id_, r in g.archive.of("actor").items()],
        {of_lin, of_a_new_one, of_one_less},
    ),
    "who speaks of her": (
        lambda g: [m.number for m in g.mentions["actor:lin-na"]],
        {of_a_paragraph},
    ),
    "who speaks of nobody": (lambda g: list(g.mentions["actor:nobody"]), set()),
    "the text": (lambda g: g.archive.translations["lamp-tax"].path, {of_a_paragraph}),
    "nothing": (lambda g: 1, set()),
}


@pytest.mark.parametrize("what", READS)
@pytest.mark.parametrize("edit", EDITS)
def test_what_an_edit_changes_is_made_anew_and_nothing_else(
    project: Path, what: str, edit: Callable[[Path], None]
) -> None:
    look, changed_by = READS[what]
    keeper = Keeper()
    made: list[Any] = []

    def page(graph: Graph) -> Any:
        def make() -> Any:
            made.append(look(graph))
            return made[-1]

        return keeper("page", make)

    before = graph_of(project)
    keeper.turn_to(before)
    assert page(before) == page(before) == made[0]
    assert len(made) == 1, "asked for twice, made once"
    edit(project)
    after = graph_of(project)
    keeper.turn_to(after)
    assert page(after) == look(graph_of(project))
    assert len(made) == 1 + (edit in changed_by)


@pytest.mark.parametrize("what", READS)
@pytest.mark.parametrize("edit", EDITS)
def test_the_next_build_makes_anew_what_has_changed_since(
    project: Path, what: str, edit: Callable[[Path], None]
) -> None:
    look, changed_by = READS[what]
    store = Store()
    first = Traces(graph := graph_of(project), store, "world")
    found = ask(first, "page", lambda: look(graph))
    first.finish()
    edit(project)
    second = Traces(graph_of(project), store, "world")
    assert ask(second, "page", lambda: "anew") == ("anew" if edit in changed_by else found)
    assert (second.data == first.data) == (edit in (of_nothing, of_her_place))


def test_what_two_pages_read_is_told_apart(project: Path, edit: Edit) -> None:
    keeper = Keeper()
    keeper.turn_to(before := graph_of(project))
    keeper("lin-na", lambda: before.archive.of("actor")["lin-na"].model.name)
    keeper("harbor-office", lambda: before.archive.of("actor")["harbor-office"].model.name)
    edit(LIN, "name: Lin Na", "name: Miss Lin")
    keeper.turn_to(graph_of(project))
    assert keeper("lin-na", lambda: "anew") == "anew"
    assert keeper("harbor-office", lambda: "anew") == "Harbor office"


def test_an_unknown_key_is_an_error_where_it_was_one_before(project: Path) -> None:
    Keeper().turn_to(graph := graph_of(project))
    with pytest.raises(KeyError, match="nobody"):
        graph.archive.of("actor")["nobody"]
    assert graph.mentions["actor:nobody"] == []
    assert "actor:nobody" not in graph.mentions, "to ask is not to add"


def pages(store: Store, graph: Graph, world: str = "world", **made: str) -> Traces:
    """A build that has made some pages, each of one actor."""
    traces = Traces(graph, store, world)
    for id_, said in made.items():
        ask(traces, f"page {id_}", partial(str, said))
    return traces


def test_another_world_makes_all_anew(project: Path) -> None:
    store = Store()
    pages(store, graph_of(project), lin="old").finish()
    other = Traces(graph_of(project), store, "another world")
    assert ask(other, "page lin", lambda: "new") == "new"


def test_what_has_been_lost_is_made_anew(project: Path) -> None:
    store = Store()
    pages(store, graph_of(project), lin="old").finish()
    after = Traces(graph_of(project), store, "world")
    assert ask(after, "page lin", lambda: "new", lambda value: value != "old") == "new"


def test_what_is_not_asked_for_is_forgotten_unless_it_is_to_stay(project: Path) -> None:
    store = Store()
    pages(store, graph_of(project), lin="old", office="old").finish()
    second = Traces(graph_of(project), store, "world")
    second.keep("page l")
    second.finish()
    third = Traces(graph_of(project), store, "world")
    assert ask(third, "page lin", lambda: "new") == "old"
    assert ask(third, "page office", lambda: "new") == "new"


def test_a_finished_build_leaves_ordinary_mappings(project: Path) -> None:
    graph = graph_of(project)
    kinds = [
        type(m) for m in (graph.mentions, graph.archive.translations, graph.archive.of("actor"))
    ]
    traces = Traces(graph, Store(), "world")
    assert type(graph.mentions) not in kinds
    traces.finish()
    assert kinds == [
        type(m) for m in (graph.mentions, graph.archive.translations, graph.archive.of("actor"))
    ]
