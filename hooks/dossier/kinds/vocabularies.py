"""The words that a field may hold and how each is shown: one place for what a word means.

A vocabulary is a table. Its columns are what pages, pictures and exports need of a word, and every
word has all of them, or the module does not load: a word without a presentation would silently
disappear wherever words are grouped, tallied or drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Vocabulary(Mapping[str, Mapping[str, str]]):
    """A controlled list of words, in the order in which they are shown.

    ``columns`` names what has to be known about each word; ``words`` gives its values in that
    order. As metadata of an ``Annotated[str, …]`` it makes the field refuse every other word, and
    tells editors and forms what each means: its value in the column ``label``, if it has one.
    Raises ``ValueError`` naming the word and what it lacks.

    >>> sizes = Vocabulary("size", ("title",), {"s": ("Small",), "l": ("Large",)})
    >>> sizes.column("title")
    {'s': 'Small', 'l': 'Large'}
    >>> Vocabulary("size", ("title",), {"s": ("",)})
    Traceback (most recent call last):
    ValueError: the size "s" has no title
    """

    def __init__(
        self,
        name: str,
        columns: tuple[str, ...],
        words: Mapping[str, tuple[str, ...]],
        label: str = "",
    ) -> None:
        self.name = name
        self.label = label
        self.columns = columns
        self._rows: dict[str, dict[str, str]] = {}
        for word, values in words.items():
            row = dict(zip(columns, (*values, *[""] * len(columns)), strict=False))
            lacking = next((column for column in columns if not row[column]), None)
            if lacking:
                raise ValueError(f'the {name} "{word}" has no {lacking}')
            self._rows[word] = row

    def __getitem__(self, word: str) -> Mapping[str, str]:
        return self._rows[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:  # typing puts annotations in sets, so they must be hashable
        return id(self)

    def column(self, name: str) -> dict[str, str]:
        """Every word with its value in a column, in order."""
        return {word: row[name] for word, row in self._rows.items()}

    def having(self, column: str, value: str) -> tuple[str, ...]:
        """The words that have a value in a column, in order."""
        return tuple(word for word, row in self._rows.items() if row[column] == value)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.literal_schema(list(self._rows))

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = handler(core)
        if self.label:
            described["enumDescriptions"] = list(self.column(self.label).values())
        return described


VOICES = Vocabulary("voice", ("words",), {
    "author": ("The author",),
    "quoted": ("Quoted",),
    "editors": ("The editors",),
}, label="words")  # fmt: skip

ACTOR_TYPES = Vocabulary("actor type", ("title", "column", "schema_org"), {
    "person": ("People", "People", "Person"),
    "company": ("Companies", "Companies", "Organization"),
    "administration": ("Administrations", "Governments", "GovernmentOrganization"),
    "government body": ("Government bodies", "Governments", "GovernmentOrganization"),
    "group": ("Groups", "Groups", "Organization"),
})  # fmt: skip
"""``title`` heads a list, ``column`` a column of the picture of ties."""

TIE_COLUMNS = ("People", "Companies", "Groups", "Governments")
"""The columns of the picture of ties, from left to right."""

RELATIONS = Vocabulary("type of relation", ("inverse", "family"), {
    "leads": ("is led by", "belonging"),
    "founded": ("was founded by", "belonging"),
    "belongs to": ("includes", "belonging"),
    "invests in": ("has as an investor", "business"),
    "supplies": ("is supplied by", "business"),
    "partners with": ("partners with", "business"),
    "competes with": ("competes with", "rivalry"),
    "allied with": ("allied with", "approach"),
    "lobbies": ("is lobbied by", "approach"),
    "regulates": ("is regulated by", "pressure"),
    "opposes": ("is opposed by", "pressure"),
    "criticizes": ("is criticized by", "pressure"),
    "praises": ("is praised by", "approach"),
    "succeeds": ("is succeeded by", "belonging"),
    "makes": ("is made by", "belonging"),
}, label="inverse")  # fmt: skip
"""``inverse`` is what the other actor's page says, ``family`` the kind of line in the picture."""

STANCES = Vocabulary("stance", ("sign", "predicate"), {
    "supports": ("+", "supports it"),
    "mixed": ("±", "is of two minds"),
    "opposes": ("−", "opposes it"),
}, label="predicate")  # fmt: skip

POLICY_STATES = Vocabulary("state of a policy", ("then",), {
    "considered": ("coming",),
    "proposed": ("coming",),
    "announced": ("coming",),
    "in force": ("force",),
    "tightened": ("force",),
    "eased": ("force",),
    "suspended": ("ended",),
    "withdrawn": ("ended",),
    "dropped": ("ended",),
    "struck down": ("ended",),
})  # fmt: skip
"""``then`` is what a policy is after that step."""

MAKERS = Vocabulary("maker of an argument", ("title", "made_by", "tally", "short", "actor"), {
    "author": ("Made by the author", "the author", "the author’s", "the author", "actor:author"),
    "quoted": ("Made by people whom the author quotes", "a quoted person",
        "of people whom he quotes", "quoted", "-"),
    "critics": (
        "Objections that the author reports", "critics, as the author reports them",
        "objections that he reports", "objection", "actor:critics",
    ),
    "editors": ("Added by the editors",
        "the editors of this edition", "the editors’", "the editors", "-"),
}, label="title")  # fmt: skip
"""``title`` heads a list, ``tally`` follows a number, ``short`` stands in a picture; ``actor`` is
the entry that makes them without being named, or ``-``."""

ARGUMENT_TYPES = Vocabulary("type of argument", ("title",), {
    "causal": ("Causal argument",),
    "from example": ("Argument from example",),
    "from authority": ("Argument from authority",),
    "analogy": ("Argument by analogy",),
    "value": ("Argument of value",),
    "prediction": ("Prediction",),
})  # fmt: skip

TERM_TYPES = Vocabulary("type of term", ("title",), {
    "name": ("Names",),
    "slogan": ("Slogans",),
    "idiom": ("Idioms",),
    "term": ("Terms",),
})  # fmt: skip

CHECK_TYPES = Vocabulary("type of check", ("said_as",), {
    "fact": ("fact",),
    "figure": ("fact",),
    "quotation": ("quotation",),
    "prediction": ("judgment",),
    "judgment": ("judgment",),
})  # fmt: skip
"""``said_as`` is how the running text marks the words that are checked."""

VERDICTS = Vocabulary("verdict", ("tally_one", "tally_many", "shown"), {
    "bears out": ("1 claim borne out", "{} claims borne out", "folded"),
    "imprecise": ("1 imprecise", "{} imprecise", "open"),
    "contradicted": ("1 contradicted", "{} contradicted", "open"),
    "not verifiable here": ("1 not verifiable here", "{} not verifiable here", "folded"),
})  # fmt: skip
"""``shown``: whether a paragraph shows it at a glance or folded with the others."""

JUDGMENT = "judgment"
"""What stands in a verdict's place in lists and tallies where there is none."""

BASES = Vocabulary("basis of a work", ("title",), {
    "read": ("read by an editor, or a stored copy of it",),
    "known": ("known of, not read by the editors",),
}, label="title")  # fmt: skip
