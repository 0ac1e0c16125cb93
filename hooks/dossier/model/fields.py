"""The types of fields: text with a role, limits, and what an editor is told of it."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

from ..kinds import KINDS, LINKED

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Role(Enum):
    """What a text value is, where it is more than text."""

    PROSE = "prose"  # one paragraph of Markdown, with links and citations
    CITE = "cite"  # p12, p12-p14, source-id:p3, or the id of a reference
    LINK = "link"  # actor:lin-na
    QUOTE = "quote"  # words that stand in a cited paragraph
    DATE = "date"  # Extended Date/Time Format
    NAME = "name"  # plain text, shown as it stands

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A field's schema says its role too, for the forms of the page that proposes changes."""
        return {**handler(core), "x-role": self.value}


class Text(str):
    """A text with markup. What a parser makes of it is kept with it, so that it is read once."""

    __slots__ = ("parsed",)
    parsed: Any


def _limits(limit: int, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=limit, pattern=pattern, strip_whitespace=True)


def _shown(
    pattern: str | None, description: str, *examples: str, types: tuple[str, ...] = ("string",)
) -> WithJsonSchema:
    """What an editor is told of a text: its schema, with words and examples in place of bare
    limits.
    """
    schema: dict[str, Any] = {
        "type": types[0] if len(types) == 1 else list(types),
        "description": description,
    }
    if pattern:
        schema["pattern"] = pattern
    if examples:
        schema["examples"] = list(examples)
    return WithJsonSchema(schema)


_CITE = r"^[a-z0-9-]+(?::p[1-9]\d*(?:-p[1-9]\d*)?)?$"
_LANGUAGE = r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"
_HTTPS = r"^https?://[^\s<>\"']+$"


def _link(*kinds: str) -> tuple[StringConstraints, WithJsonSchema]:
    pattern = rf"^(?:{'|'.join(kinds)}):{ID_PATTERN}$"
    return _limits(120, pattern), _shown(
        pattern, f"An entry: {' or '.join(f'{kind}:id' for kind in kinds)}.", f"{kinds[0]}:id"
    )


_ACTOR, _POLICY, _ARGUMENT, _PRODUCT, _TERM = (
    _link(kind) for kind in ("actor", "policy", "argument", "product", "term")
)
_STANCE = _link("policy", "argument")
_ENTRY = _link(*LINKED)
_RECORD = _link(*KINDS)

Id = Annotated[str, StringConstraints(pattern=rf"^{ID_PATTERN}$", max_length=80)]
Name = Annotated[str, _limits(300), Role.NAME]
Line = Annotated[str, _limits(2000), Role.NAME]
Prose = Annotated[
    str, _limits(4000), AfterValidator(Text),
    _shown(None, "One paragraph of Markdown with links and "
                 "citations. A date or number of an entry is cited as [date](event:id#date).",
           "[Lin Na](actor:lin-na) announces the tax on [date](event:tax-begins#date) [@p1]."),
    Role.PROSE,
]  # fmt: skip
Quote = Annotated[
    str,
    _limits(2000),
    _shown(None, "Words of the translation, exactly, without quotation marks around them."),
    Role.QUOTE,
]
Cite = Annotated[
    str, _limits(120, _CITE),
    _shown(_CITE, "A paragraph (p12), a range (p12-p14), one of another source (source:p3), or "
                  "a work's id.", "p12", "p12-p14"),
    Role.CITE,
]  # fmt: skip
Date = Annotated[
    str, _limits(30),
    _shown(None, "A year, month or day, or start/end; ~ means about, ? "
                 "uncertain.", "2025-01-31", "2025-07", "2025/..", types=("string", "integer")),
    Role.DATE,
]  # fmt: skip
Https = Annotated[
    str,
    StringConstraints(pattern=_HTTPS, max_length=600),
    _shown(_HTTPS, "A full web address.", "https://example.org/page"),
]


def _listed(vocabulary: str) -> tuple[StringConstraints, WithJsonSchema]:
    """A word of a list that the edition keeps: a field of ``Settings``."""
    return _limits(120), WithJsonSchema({"type": "string", "x-edition": vocabulary})


Lane = Annotated[str, *_listed("lanes")]
ProductType = Annotated[str, *_listed("product_types")]
Unit = Annotated[str, *_listed("units")]
Instrument = Annotated[str, *_listed("instruments")]
AspectName = Annotated[str, *_listed("aspects")]
Language = Annotated[
    str,
    _limits(35, _LANGUAGE),
    _shown(_LANGUAGE, "A language's code (BCP 47), with its script where that matters.", "zh-Hans"),
]
WorkLanguage = Annotated[
    str, _limits(35, rf"{_LANGUAGE}|^other$"), _shown(None, "Its code, or `other`.")
]

ActorLink = Annotated[str, _ACTOR[0], _ACTOR[1], Role.LINK]
PolicyLink = Annotated[str, _POLICY[0], _POLICY[1], Role.LINK]
ArgumentLink = Annotated[str, _ARGUMENT[0], _ARGUMENT[1], Role.LINK]
ProductLink = Annotated[str, _PRODUCT[0], _PRODUCT[1], Role.LINK]
TermLink = Annotated[str, _TERM[0], _TERM[1], Role.LINK]
StanceLink = Annotated[str, _STANCE[0], _STANCE[1], Role.LINK]
EntryLink = Annotated[str, _ENTRY[0], _ENTRY[1], Role.LINK]
RecordLink = Annotated[str, _RECORD[0], _RECORD[1], Role.LINK]
