"""Relations as GraphML, and the arguments as an argument graph (AIF) and as Argdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pydantic import BaseModel

from .. import dates
from ..graph.refs import Graph, paragraph_address
from ..model import Argument, Arrow, Entry, Role, roles
from ..read.edition import Edition
from ..store import Content
from .base import Place, key_of, paragraphs, plain, records, to_json

GRAPHML, AIF, ARGDOWN = "data/edition.graphml", "data/arguments.aif.json", "data/arguments.argdown"


@dataclass(frozen=True)
class Edge:
    """A tie between two things, and whose statement it is where it is one.

    ``type`` is the tie's own (``leads``, ``supports``), otherwise the field that holds it
    (``issuer``, ``actors``); the text *names* entries, and entries *cite*.
    """

    source: str
    target: str
    type: str
    voice: str = ""
    speaker: str = ""
    start: str = ""
    end: str = ""
    cites: str = ""


def graph_files(graph: Graph, edition: Edition) -> dict[str, Content]:
    return {
        GRAPHML: graphml(graph, Place(GRAPHML, edition)),
        AIF: to_json(aif(graph)),
        ARGDOWN: argdown(graph, Place(ARGDOWN, edition)),
    }


def edges(graph: Graph) -> Iterator[Edge]:
    """Every tie of the data: between entries, from the text to entries, from entries to what they
    cite.
    """
    for record in graph.archive.entries():
        yield from _ties(record.model)
    for key, mentions in graph.mentions.items():
        for mention in mentions:
            yield Edge(f"{mention.source}:p{mention.number}", key, "names")
    for record in records(graph):
        key = key_of(record.model)
        if record.model.kind == "reference":
            continue
        yield from (
            Edge(key, f"{source}:p{number}", "cites")
            for source, number in graph.cited_paragraphs(key)
        )
        yield from (
            Edge(key, f"reference:{c.reference}", "cites")
            for c in graph.citations(key)
            if c.reference
        )


def _ties(entry: Entry) -> Iterator[Edge]:
    """The ties that an entry's own fields state; links in its prose are none."""
    yield from _ties_of(key_of(entry), entry)


def _ties_of(key: str, record: BaseModel) -> Iterator[Edge]:
    for name, value in _links(record):
        yield Edge(key, value, name)
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, BaseModel):
            yield from _ties_of(key, value)
        for part in value if isinstance(value, list) else []:
            if isinstance(part, BaseModel):
                own = getattr(part, "type", None) or getattr(part, "stance", None) or name
                said = {
                    field: getattr(part, field, None) or ""
                    for field in ("voice", "speaker", "start", "end")
                }
                cites = " ".join(getattr(part, "cites", []))
                yield from (
                    Edge(key, target, own, **said, cites=cites)
                    for field, target in _links(part)
                    if field != "speaker"
                )


def _links(record: BaseModel) -> Iterator[tuple[str, str]]:
    for name, role in roles(type(record)).items():
        if role is Role.LINK:
            value = getattr(record, name)
            for target in value if isinstance(value, list) else [value]:
                if isinstance(target, str):
                    yield name, target


NODE_FIELDS = ("kind", "name", "zh", "address")
EDGE_FIELDS = ("type", "voice", "speaker", "start", "end", "cites")


def graphml(graph: Graph, place: Place) -> Iterator[str]:
    """All entries, paragraphs and works with all their ties, as GraphML, piece by piece."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    )
    for kind, names in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name in names:
            key = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": "string"}
            yield f" <key{_attributes(key)} />\n"
    yield ' <graph id="edition" edgedefault="directed">\n'
    yield from _nodes(graph, place)
    yield from _edges(graph)
    yield " </graph>\n</graphml>\n"


def _nodes(graph: Graph, place: Place) -> Iterator[str]:
    for record in records(graph):
        model = record.model
        name = getattr(model, "name", None) or model.title
        values = (
            model.kind,
            name,
            getattr(model, "zh", None),
            place.url(graph.address(model.kind, model.id)),
        )
        yield _described("node", {"id": key_of(model)}, NODE_FIELDS, values)
    for source, p in paragraphs(graph):
        values = (
            "paragraph",
            f"Paragraph {p.number}",
            None,
            place.url(paragraph_address(source.id, p.id)),
        )
        yield _described("node", {"id": f"{source.id}:{p.id}"}, NODE_FIELDS, values)


def _edges(graph: Graph) -> Iterator[str]:
    for number, edge in enumerate(edges(graph), 1):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        yield _described("edge", ends, EDGE_FIELDS, [getattr(edge, name) for name in EDGE_FIELDS])


def _described(
    tag: str, attributes: dict[str, str], names: tuple[str, ...], values: Iterable[str | None]
) -> str:
    """An element of the graph, written out by hand: there are many, and trees would take most of
    the time.
    """
    data = "".join(
        f'   <data key="{tag}-{name}">{escape(value)}</data>\n'
        for name, value in zip(names, values, strict=True)
        if value
    )
    return f"  <{tag}{_attributes(attributes)}>\n{data}  </{tag}>\n"


def _attributes(found: dict[str, str]) -> str:
    quotes = {'"': "&quot;"}
    return "".join(f' {name}="{escape(value, quotes)}"' for name, value in found.items())


def aif(graph: Graph) -> dict[str, Any]:
    """The arguments in the Argument Interchange Format, as AIFdb writes it.

    A claim and each of its premises are information nodes. The premises of a claim lead to it
    through one inference; each argument that supports another does so through an inference, and one
    that attacks through a conflict. What an argument concedes has no counterpart there.
    """
    nodes: list[dict[str, str]] = []
    edges_: list[dict[str, str | None]] = []
    timestamp = _timestamp(graph)

    def node(id_: str, type_: str, text: str) -> None:
        nodes.append({"nodeID": id_, "text": text, "type": type_, "timestamp": timestamp})

    def edge(start: str, end: str) -> None:
        edges_.append(
            {"edgeID": str(len(edges_) + 1), "fromID": start, "toID": end, "formEdgeID": None}
        )

    for argument in arguments(graph):
        node(argument.id, "I", plain(argument.claim))
        if argument.premises:
            inference = f"{argument.id}/inference"
            node(inference, "RA", "Default Inference")
            edge(inference, argument.id)
            for number, premise in enumerate(argument.premises, 1):
                node(f"{argument.id}/premise-{number}", "I", plain(premise.text))
                edge(f"{argument.id}/premise-{number}", inference)
        for word, type_, text, targets in (
            ("supports", "RA", "Default Inference", argument.supports),
            ("attacks", "CA", "Default Conflict", argument.attacks),
        ):
            for target in targets:
                id_ = target.partition(":")[2]
                scheme = f"{argument.id}/{word}/{id_}"
                node(scheme, type_, text)
                edge(argument.id, scheme)
                arrow = argument.arrow(target)
                edge(scheme, _part(id_, arrow))
                if arrow:
                    node(f"{scheme}/because", "I", plain(arrow.because))
                    edge(f"{scheme}/because", scheme)
    return {"nodes": nodes, "edges": edges_, "locutions": []}


def _part(argument: str, arrow: Arrow | None) -> str:
    """The node that an arrow ends at: a claim, one of its premises, or the inference from them."""
    if arrow is None or arrow.target == "claim":
        return argument
    return (
        f"{argument}/inference"
        if arrow.target == "step"
        else f"{argument}/{arrow.target.replace(' ', '-')}"
    )


def arguments(graph: Graph) -> list[Argument]:
    return [record.model for record in graph.archive.arguments.values()]


def _timestamp(graph: Graph) -> str:
    """AIFdb dates its nodes; ours have the day of the translation, the same on every build."""
    made = [r.model.made for r in graph.archive.sources.values()]
    days = [dates.span(day)[1] for day in made if day]
    return f"{max(days, default='2000-01-01')} 00:00:00"


def argdown(graph: Graph, place: Place) -> str:
    """The arguments in Argdown: each claim with what supports and attacks it, and its premises as
    an argument.
    """
    found = arguments(graph)
    title = json.dumps(place.edition.title, ensure_ascii=False)
    blocks = [f"===\ntitle: {title}\n==="]
    for argument in found:
        data = {
            "name": argument.name,
            "maker": argument.maker,
            "url": place.url(graph.address("argument", argument.id)),
        }
        lines = [
            f"[{argument.id}]: {_argdown_text(plain(argument.claim))}"
            f" {json.dumps(data, ensure_ascii=False)}"
        ]
        lines += [
            f"    {_argdown_arrow(sign, target.partition(':')[2], argument.arrow(target))}"
            for sign, targets in (("+", argument.supports), ("-", argument.attacks))
            for target in targets
        ]
        blocks.append("\n".join(lines))
        if argument.premises:
            premises = [
                f"({n}) {_argdown_text(plain(premise.text))}"
                for n, premise in enumerate(argument.premises, 1)
            ]
            conclusion = f"({len(premises) + 1}) [{argument.id}]"
            blocks.append("\n".join([f"<{argument.id}>", "", *premises, "----", conclusion]))
    return "\n\n".join(blocks) + "\n"


def _argdown_arrow(sign: str, argument: str, arrow: Arrow | None) -> str:
    """``->`` a claim or an argument (at a premise of it), ``_>`` the step of an argument, which it
    undercuts.
    """
    if arrow is None or arrow.target == "claim":
        return f"{sign}> [{argument}]"
    return f"{'_' if sign == '-' and arrow.target == 'step' else sign}> <{argument}>"


def _argdown_text(text: str) -> str:
    """Plain text in which nothing is taken for one of Argdown's own signs (``[T]he``, ``U.S.``,
    ``#``).
    """
    return re.sub(r"[\\@#*_\[\]<>/(){}]|[.:](?=[^\s”’])|-(?=-)", r"\\\g<0>", text)
