"""The data model: what each kind of entry must say.

Fields carry a *role* (prose, citation, link, quotation, date) beside their type, so that the
checks, the back-references and the schemas treat every field of a role alike and no rule is
written twice. ``walk`` yields every such value with its path.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.fields import FieldInfo

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Role(Enum):
    """What a text value is, where it is more than text."""

    PROSE = "prose"  # one paragraph of Markdown, with links and citations
    CITE = "cite"  # p12, p12-p14, source-id:p3, or the id of a reference
    LINK = "link"  # actor:nvidia
    QUOTE = "quote"  # words that stand in a cited paragraph
    DATE = "date"  # Extended Date/Time Format
    NAME = "name"  # plain text, shown as it stands


def _limits(limit: int, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=limit, pattern=pattern, strip_whitespace=True)


def _shown(pattern: str | None, description: str, *examples: str, types: tuple[str, ...] = ("string",)) -> WithJsonSchema:
    """What an editor is told of a text: its schema, with words and examples in place of bare limits."""
    schema: dict[str, Any] = {"type": types[0] if len(types) == 1 else list(types), "description": description}
    if pattern:
        schema["pattern"] = pattern
    if examples:
        schema["examples"] = list(examples)
    return WithJsonSchema(schema)


_CITE = r"^[a-z0-9-]+(?::p[1-9]\d*(?:-p[1-9]\d*)?)?$"
_HTTPS = r"^https?://[^\s<>\"']+$"


def _link(*kinds: str) -> tuple[StringConstraints, WithJsonSchema]:
    pattern = rf"^(?:{'|'.join(kinds)}):{ID_PATTERN}$"
    return _limits(120, pattern), _shown(pattern, f"An entry: {' or '.join(f'{kind}:id' for kind in kinds)}.", f"{kinds[0]}:id")


_ACTOR, _POLICY, _ARGUMENT, _PRODUCT = (_link(kind) for kind in ("actor", "policy", "argument", "product"))
_STANCE = _link("policy", "argument")
_ENTRY = _link("actor", "policy", "argument", "product", "event", "figure", "term")

Id = Annotated[str, StringConstraints(pattern=rf"^{ID_PATTERN}$", max_length=80)]
Name = Annotated[str, _limits(300), Role.NAME]
Prose = Annotated[
    str, _limits(4000), Role.PROSE,
    _shown(None, "One paragraph of Markdown with links and citations.", "[Nvidia](actor:nvidia) was allowed to sell again [@p1]."),
]  # fmt: skip
Quote = Annotated[str, _limits(2000), Role.QUOTE, _shown(None, "Words of the translation, exactly, without quotation marks around them.")]
Cite = Annotated[
    str, _limits(120, _CITE), Role.CITE,
    _shown(_CITE, "A paragraph (p12), a range (p12-p14), one of another source (source:p3), or a work's id.", "p12", "p12-p14"),
]  # fmt: skip
Date = Annotated[
    str, _limits(30), Role.DATE,
    _shown(None, "A year, month or day, or start/end; ~ means about, ? uncertain.", "2025-01-31", "2025-07", "2025/..", types=("string", "integer")),
]  # fmt: skip
Https = Annotated[str, StringConstraints(pattern=_HTTPS, max_length=600), _shown(_HTTPS, "A full web address.", "https://example.org/page")]

ActorLink = Annotated[str, _ACTOR[0], _ACTOR[1], Role.LINK]
PolicyLink = Annotated[str, _POLICY[0], _POLICY[1], Role.LINK]
ArgumentLink = Annotated[str, _ARGUMENT[0], _ARGUMENT[1], Role.LINK]
ProductLink = Annotated[str, _PRODUCT[0], _PRODUCT[1], Role.LINK]
StanceLink = Annotated[str, _STANCE[0], _STANCE[1], Role.LINK]
EntryLink = Annotated[str, _ENTRY[0], _ENTRY[1], Role.LINK]

Voice = Literal["author", "quoted", "editors"]


class Model(BaseModel):
    """Base of all records: fields not named here are refused, and nothing changes after loading."""

    kind: ClassVar[str] = ""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Statement(Model):
    """Something that is said, by somebody, on the strength of something."""

    voice: Voice = Field(description="Whose statement this is: the author's, a quoted person's (name the speaker), or the editors'.")
    speaker: ActorLink | None = Field(None, description="Who is quoted, where the voice is `quoted`.")
    cites: list[Cite] = Field(
        default_factory=list,
        description="What it rests on: paragraphs (p12, p12-p14) or references by id. Citations in the text count too.",
    )


class Passage(Statement):
    """A paragraph of an entry's account."""

    text: Prose = Field(description="One to four sentences with links and citations.")
    quote: Quote | None = Field(None, description="Words of the translation, set off as a quotation.")


class Entry(Model):
    """What all kinds share."""

    id: Id
    name: Name = Field(description="The name as the English press writes it.")
    zh: Name | None = Field(None, description="The Chinese name as the article writes it, simplified characters.")
    pinyin: Name | None = Field(None, description="Pinyin of the Chinese name, with tone marks.")
    aliases: list[Name] = Field(default_factory=list, description="Other names by which readers may search.")
    source: Id | None = Field(None, description="The source that bare citations (p12) mean; needed where there are several.")
    standalone: Name | None = Field(None, description="Why nothing refers to this entry, where nothing does.")
    formerly: list[Id] = Field(default_factory=list, description="Ids it had before; their addresses redirect here.")


class PageEntry(Entry):
    """An entry with a page of its own, in a file of its own."""

    summary: Prose = Field(description="Who or what this is and why it matters here, in one or two sentences; the editors' words.")
    cites: list[Cite] = Field(default_factory=list, description="What the summary rests on.")
    account: list[Passage] = Field(
        default_factory=list, description="What the article says of it, then what the record adds; a paragraph each."
    )


class RoleHeld(Statement):
    """An office or position of an actor."""

    title: Name
    at: ActorLink | None = Field(None, description="The organization, where it has an entry.")
    start: Date | None = None
    end: Date | None = None


RelationType = Literal[
    "leads",
    "founded",
    "belongs to",
    "invests in",
    "supplies",
    "partners with",
    "competes with",
    "allied with",
    "lobbies",
    "regulates",
    "opposes",
    "criticizes",
    "praises",
    "succeeds",
    "makes",
]


class Relation(Statement):
    """A tie from this actor to another."""

    to: ActorLink
    type: RelationType
    start: Date | None = None
    end: Date | None = None
    text: Prose | None = Field(None, description="What the tie consists of, in a sentence.")


class Stance(Statement):
    """Where an actor stands on a policy or an argument."""

    toward: StanceLink
    stance: Literal["supports", "opposes", "mixed"]
    text: Prose | None = Field(None, description="The stance in the editors' paraphrase.")
    quote: Quote | None = Field(None, description="The words that show it.")


class Identifiers(Model):
    """Identifiers elsewhere."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")] | None = None


class Actor(PageEntry):
    """A person, company, body or group that acts in a source."""

    kind: ClassVar[str] = "actor"

    type: Literal["person", "company", "government body", "administration", "group"]
    roles: list[RoleHeld] = Field(default_factory=list)
    relations: list[Relation] = Field(default_factory=list)
    stances: list[Stance] = Field(default_factory=list)
    identifiers: Identifiers = Field(default_factory=Identifiers)


class Status(Statement):
    """A step in the life of a policy."""

    state: Literal[
        "considered", "proposed", "announced", "in force", "tightened", "eased", "suspended", "withdrawn", "dropped", "struck down"
    ]
    date: Date
    text: Prose


class Aspect(Statement):
    """What is said of one side of a regime."""

    aspect: Literal["name", "years", "design", "instruments", "breadth", "intended effect", "effect", "Nvidia’s best chip", "too neat"]
    text: Prose


class Regime(Model):
    """A way of restricting that stands for a time, to be set beside others."""

    name: Name
    aspects: list[Aspect] = Field(min_length=1, description="Each side in the article's words, the record's, or both.")
    measures: list[PolicyLink] = Field(default_factory=list, description="The policies that belong to it.")


class Policy(PageEntry):
    """A measure, a plan or an approach of a government."""

    kind: ClassVar[str] = "policy"

    instrument: Literal[
        "sanction",
        "entity listing",
        "export control",
        "export license",
        "licensing framework",
        "legislation",
        "regulation",
        "tariff",
        "revenue share",
        "investment program",
        "antitrust",
        "executive order",
        "policy approach",
    ]
    administration: ActorLink | None = Field(None, description="The administration under which it falls.")
    issuer: ActorLink
    target: Prose = Field(description="Whom or what it is aimed at.")
    targets: list[ActorLink] = Field(default_factory=list, description="Targets that have entries.")
    products: list[ProductLink] = Field(default_factory=list)
    replaces: list[PolicyLink] = Field(default_factory=list)
    design: list[Passage] = Field(default_factory=list, description="The design behind it, as the article has it.")
    status: list[Status] = Field(min_length=1)
    regime: Regime | None = Field(None, description="For an approach of an administration: its place in the comparison of regimes.")


class Premise(Statement):
    """A reason given for a claim."""

    text: Prose


class Quotation(Model):
    """Words of the translation, with the paragraph in which they stand."""

    text: Quote
    cites: list[Cite] = Field(min_length=1)


class Argument(PageEntry):
    """A claim with its reasons, made, reported or answered in a source, or added by the editors."""

    kind: ClassVar[str] = "argument"

    claim: Prose = Field(description="The claim in one sentence, as its maker would put it.")
    maker: Literal["author", "quoted", "critics", "editors"] = Field(
        description="Who makes it: the author, a quoted person, critics whom the author reports, or the editors."
    )
    speaker: ActorLink | None = Field(None, description="The quoted person.")
    type: Literal["causal", "from example", "from authority", "analogy", "value", "prediction"]
    premises: list[Premise] = Field(default_factory=list)
    supports: list[ArgumentLink] = Field(default_factory=list)
    attacks: list[ArgumentLink] = Field(default_factory=list)
    concedes: list[ArgumentLink] = Field(default_factory=list, description="Objections that it grants, wholly or in part.")
    policies: list[PolicyLink] = Field(default_factory=list)
    quotations: list[Quotation] = Field(default_factory=list)


class Product(PageEntry):
    """A chip, a model or a service."""

    kind: ClassVar[str] = "product"

    type: Literal["AI chip", "AI model", "AI service"]
    maker: ActorLink


class Event(Entry, Statement):
    """Something that happened on a date."""

    kind: ClassVar[str] = "event"

    date: Date = Field(description="As the article gives it (Beijing time), or as the record has it for the editors' events.")
    washington: Date | None = Field(None, description="The date in Washington, where it differs.")
    lane: Literal["policy", "lobbying", "markets", "technology", "politics"]
    summary: Prose
    actors: list[ActorLink] = Field(default_factory=list)
    policies: list[PolicyLink] = Field(default_factory=list)
    products: list[ProductLink] = Field(default_factory=list)


class Figure(Entry, Statement):
    """A number in a source."""

    kind: ClassVar[str] = "figure"

    words: Quote = Field(description="The words of the translation that give the number.")
    value: float = Field(description="The number itself, in the unit.")
    maximum: float | None = Field(None, description="The upper end, where the words give a range.")
    unit: Literal["USD", "percent", "years", "hours"]
    counts: Prose = Field(description="What it counts, in a sentence.")
    date: Date | None = None
    record: Prose | None = Field(None, description="The record's number beside it, cited.")
    actors: list[ActorLink] = Field(default_factory=list)
    policies: list[PolicyLink] = Field(default_factory=list)


class Term(Entry, Statement):
    """A name, slogan or idiom of a source, with the English used for it."""

    kind: ClassVar[str] = "term"

    zh: Name = Field(description="The Chinese headword, simplified characters.")
    type: Literal["name", "slogan", "idiom", "term"]
    literal: Name | None = Field(None, description="The literal sense, where it differs from the English used.")
    note: Prose = Field(description="The translators' note: sense, tone, why this English.")
    about: list[EntryLink] = Field(default_factory=list, description="Entries that it names or concerns.")


class Check(Entry, Statement):
    """A statement of a source held against the public record."""

    kind: ClassVar[str] = "check"

    type: Literal["fact", "figure", "quotation", "judgment", "prediction"]
    quote: Quote = Field(description="The words of the translation that are checked.")
    verdict: Literal["bears out", "imprecise", "contradicted", "not verifiable here"] | None = Field(
        None, description="In fixed words; judgments get none."
    )
    note: Prose = Field(description="One to three sentences: what differs and why, with citations of references.")
    record: Name | None = Field(None, description="For a figure or a date: what the record has, in a few words.")
    checked: Date
    about: list[EntryLink] = Field(default_factory=list)


class Reference(Model):
    """A work outside the sources."""

    kind: ClassVar[str] = "reference"

    id: Id
    title: Name
    title_by_editors: bool = Field(False, description="Whether the title is the editors' description, the exact one being unknown.")
    short: Name | None = Field(None, description="How a citation shows it; by default publisher and year.")
    publisher: Name
    via: Name | None = Field(None, description="Where the copy that was read stands, if not with the publisher.")
    date: Date | None = Field(None, description="Left out where unknown.")
    url: Https | None = Field(None, description="Left out where unknown.")
    language: Literal["en", "zh", "pt", "other"] = "en"
    basis: Literal["read", "known"] = Field(description="`read`: an editor has read it or a stored copy; `known`: known of, not opened.")
    accessed: Date | None = Field(None, description="When it was read.")
    link_checked: Date | None = Field(None, description="When the link was last seen to work.")
    note: Name | None = None
    standalone: Name | None = None


class Part(Model):
    """A part of a source, as the source itself divides it."""

    id: Id
    title: Name
    first: Annotated[str, StringConstraints(pattern=r"^p[1-9]\d*$")]
    last: Annotated[str, StringConstraints(pattern=r"^p[1-9]\d*$")]
    subject: Name = Field(description="What the part is about, in the editors' words.")


class Source(Model):
    """The record of a source: what is known of it and what is not."""

    kind: ClassVar[str] = "source"

    id: Id
    title: Name = Field(description="The title, or the editors' descriptive one.")
    title_by_editors: bool
    short: Name = Field(description="How a citation from another page names it.")
    author: Name | None
    language: Literal["zh-Hans", "zh-Hant", "en"]
    publisher: Name
    date: Date
    date_note: Name
    url: Https | None = None
    unknown: list[Name] = Field(description="What is not known of it, an item each.")
    rights: Prose
    translators: list[Name] = Field(min_length=1)
    translated: Date
    notice: Name | None = Field(None, description="A notice that the source carries, in English.")
    description: Prose
    parts: list[Part] = Field(min_length=1)
    default: bool = Field(False, description="Whether bare citations (p12) mean this source, where there are several.")
    paragraphs: int = Field(ge=1, description="How many paragraphs the source has.")
    fingerprints: dict[str, Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]] = Field(
        description="SHA-256 of each source paragraph, reduced as `fingerprint.py` says."
    )


PAGE_KINDS: tuple[type[PageEntry], ...] = (Actor, Policy, Argument, Product)
LIST_KINDS: tuple[type[Entry], ...] = (Event, Figure, Term, Check)
ENTRY_KINDS: tuple[type[Entry], ...] = (*PAGE_KINDS, *LIST_KINDS)
FOLDERS: dict[str, str] = {
    "actor": "actors",
    "policy": "policies",
    "argument": "arguments",
    "product": "products",
    "event": "events",
    "figure": "figures",
    "term": "terms",
    "check": "checks",
    "reference": "references",
    "source": "sources",
}

Path_ = tuple[str | int, ...]


def walk(record: BaseModel, path: Path_ = ()) -> Iterator[tuple[Path_, Role, str]]:
    """Every text value of a record that has a role, with its path, in the order of the model."""
    for name, role in _on_the_way(type(record)).items():
        value = getattr(record, name)
        if isinstance(value, str) and role is not None:
            yield (*path, name), role, value
        elif isinstance(value, BaseModel):
            yield from walk(value, (*path, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from walk(item, (*path, name, index))
                elif role is not None:
                    yield (*path, name, index), role, item


@cache
def _on_the_way(model: type[BaseModel]) -> dict[str, Role | None]:
    """The fields that have a role or hold other models, with their roles."""
    return {name: role for name, role in roles(model).items() if role is not None or _holds_models(model.model_fields[name].annotation)}


@cache
def _with_models(model: type[BaseModel]) -> list[str]:
    """The fields that hold other models."""
    return [name for name, field in model.model_fields.items() if _holds_models(field.annotation)]


def _holds_models(annotation: Any) -> bool:
    return (isinstance(annotation, type) and issubclass(annotation, BaseModel)) or any(map(_holds_models, get_args(annotation)))


def statements(record: BaseModel, path: Path_ = ()) -> Iterator[tuple[Path_, Statement]]:
    """Every statement in a record, itself included where it is one, with its path."""
    if isinstance(record, Statement):
        yield path, record
    for name in _with_models(type(record)):
        value = getattr(record, name)
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, BaseModel):
                yield from statements(item, (*path, name, index) if isinstance(value, list) else (*path, name))


@cache
def roles(model: type[BaseModel]) -> dict[str, Role | None]:
    """The role of every field of a model, by name."""
    return {name: role_of(field) for name, field in model.model_fields.items()}


def role_of(field: FieldInfo) -> Role | None:
    for meta in field.metadata:
        if isinstance(meta, Role):
            return meta
    return _role_in(field.annotation)


def _role_in(annotation: Any) -> Role | None:
    if get_origin(annotation) is Annotated:
        return next((meta for meta in get_args(annotation) if isinstance(meta, Role)), None)
    for argument in get_args(annotation):
        role = _role_in(argument)
        if role is not None:
            return role
    return None
