"""The records: what each kind of entry must say, field by field.

A model with a ``kind`` is that kind's, and every kind of ``kinds`` has one: ``MODELS`` holds them.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..kinds import KINDS, vocabularies
from .fields import (
    ID_PATTERN,
    ActorLink,
    ArgumentLink,
    AspectName,
    Cite,
    Date,
    EntryLink,
    Https,
    Id,
    Instrument,
    Lane,
    Language,
    Line,
    Name,
    PolicyLink,
    ProductLink,
    ProductType,
    Prose,
    Quote,
    RecordLink,
    StanceLink,
    TermLink,
    Unit,
    WorkLanguage,
)


class Model(BaseModel):
    """Base of all records: fields not named here are refused, and nothing changes after loading."""

    kind: ClassVar[str] = ""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )


class Statement(Model):
    """Something that is said, by somebody, on the strength of something."""

    voice: Annotated[str, vocabularies.VOICES] = Field(
        description=(
            "Whose statement this is: the author's, a quoted person's (name the speaker), or the"
            " editors'."
        )
    )
    speaker: ActorLink | None = Field(
        None, description="Who is quoted, where the voice is `quoted`."
    )
    cites: list[Cite] = Field(
        default_factory=list,
        description=(
            "What it rests on: paragraphs (p12, p12-p14) or references by id. Citations in the text"
            " count too."
        ),
    )


class Passage(Statement):
    """A paragraph of an entry's account."""

    text: Prose = Field(description="One to four sentences with links and citations.")
    quote: Quote | None = Field(
        None, description="Words of the translation, set off as a quotation."
    )


class Entry(Model):
    """What all kinds share."""

    id: Id
    name: Name = Field(description="The name as the English press writes it.")
    zh: Name | None = Field(
        None, description="The Chinese name as the source writes it, simplified characters."
    )
    pinyin: Name | None = Field(None, description="Pinyin of the Chinese name, with tone marks.")
    aliases: list[Name] = Field(
        default_factory=list, description="Other names by which readers may search."
    )
    source: Id | None = Field(
        None,
        description="The source that bare citations (p12) mean; needed where there are several.",
    )
    standalone: Name | None = Field(
        None, description="Why nothing refers to this entry, where nothing does."
    )
    formerly: list[Id] = Field(
        default_factory=list, description="Ids it had before; their addresses redirect here."
    )


class PageEntry(Entry):
    """An entry with a page of its own, in a file of its own."""

    summary: Prose = Field(
        description=(
            "Who or what this is and why it matters here, in one or two sentences; the editors'"
            " words."
        )
    )
    cites: list[Cite] = Field(default_factory=list, description="What the summary rests on.")
    account: list[Passage] = Field(
        default_factory=list,
        description="What the source says of it, then what the record adds; a paragraph each.",
    )


class RoleHeld(Statement):
    """An office or position of an actor."""

    title: Name
    at: ActorLink | None = Field(None, description="The organization, where it has an entry.")
    start: Date | None = None
    end: Date | None = None


class Relation(Statement):
    """A tie from this actor to another."""

    to: ActorLink
    type: Annotated[str, vocabularies.RELATIONS]
    start: Date | None = None
    end: Date | None = None
    text: Prose | None = Field(None, description="What the tie consists of, in a sentence.")


class Stance(Statement):
    """Where an actor stands on a policy or an argument."""

    toward: StanceLink
    stance: Annotated[str, vocabularies.STANCES]
    text: Prose | None = Field(None, description="The stance in the editors' paraphrase.")
    quote: Quote | None = Field(None, description="The words that show it.")

    def anchor(self, beside: str) -> str:
        """Where it stands on the page of one entry, by the key of the other; ids are short, since
        a page may weigh only so much.

        >>> Stance.model_construct(stance="opposes").anchor("policy:lamp-tax")
        'opposes-lamp-tax'
        """
        return f"{self.stance}-{beside.partition(':')[2]}"


class Identifiers(Model):
    """Identifiers elsewhere."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")] | None = None


class Actor(PageEntry):
    """A person, company, body or group that acts in a source."""

    kind: ClassVar[str] = "actor"

    type: Annotated[str, vocabularies.ACTOR_TYPES]
    roles: list[RoleHeld] = Field(default_factory=list)
    relations: list[Relation] = Field(default_factory=list)
    stances: list[Stance] = Field(default_factory=list)
    identifiers: Identifiers = Field(default_factory=Identifiers)


class Status(Statement):
    """A step in the life of a policy."""

    state: Annotated[str, vocabularies.POLICY_STATES]
    date: Date
    text: Prose


class Aspect(Statement):
    """What is said of one side of a regime."""

    aspect: AspectName
    text: Prose


class Regime(Model):
    """A way of restricting that stands for a time, to be set beside others."""

    name: Name
    aspects: list[Aspect] = Field(
        min_length=1, description="Each side in the source's words, the record's, or both."
    )
    measures: list[PolicyLink] = Field(
        default_factory=list, description="The policies that belong to it."
    )


class Policy(PageEntry):
    """A measure, a plan or an approach of a government."""

    kind: ClassVar[str] = "policy"

    instrument: Instrument
    administration: ActorLink | None = Field(
        None, description="The administration under which it falls."
    )
    issuer: ActorLink
    target: Prose = Field(description="Whom or what it is aimed at.")
    targets: list[ActorLink] = Field(default_factory=list, description="Targets that have entries.")
    products: list[ProductLink] = Field(default_factory=list)
    replaces: list[PolicyLink] = Field(default_factory=list)
    design: list[Passage] = Field(
        default_factory=list, description="The design behind it, as the source has it."
    )
    status: list[Status] = Field(min_length=1)
    regime: Regime | None = Field(
        None,
        description="For an approach of an administration: its place in the comparison of regimes.",
    )


class Premise(Statement):
    """A reason given for a claim."""

    text: Prose
    unsaid: bool = Field(False, description="Whether the argument needs it and does not state it.")


class Arrow(Statement):
    """Why one argument bears on another, and on which part of it."""

    to: ArgumentLink = Field(description="An argument that this one supports, attacks or concedes.")
    target: Annotated[str, StringConstraints(pattern=r"^(?:claim|step|premise [1-9])$")] = Field(
        "claim",
        description=(
            "What it bears on: the claim, one of its premises by number, or the step from them"
            " to it."
        ),
    )
    because: Prose = Field(description="The reason, in a sentence.")


class Quotation(Model):
    """Words of the translation, with the paragraph in which they stand."""

    text: Quote
    cites: list[Cite] = Field(min_length=1)


class Argument(PageEntry):
    """A claim with its reasons, made, reported or answered in a source, or added by the editors."""

    kind: ClassVar[str] = "argument"

    claim: Prose = Field(description="The claim in one sentence, as its maker would put it.")
    maker: Annotated[str, vocabularies.MAKERS] = Field(
        description=(
            "Who makes it: the author, a quoted person, critics whom the author reports, or the"
            " editors."
        )
    )
    speaker: ActorLink | None = Field(None, description="The quoted person.")
    type: Annotated[str, vocabularies.ARGUMENT_TYPES]
    premises: list[Premise] = Field(default_factory=list)
    supports: list[ArgumentLink] = Field(default_factory=list)
    attacks: list[ArgumentLink] = Field(default_factory=list)
    concedes: list[ArgumentLink] = Field(
        default_factory=list, description="Objections that it grants, wholly or in part."
    )
    arrows: list[Arrow] = Field(
        default_factory=list, description="Reasons for what it supports, attacks or concedes."
    )
    policies: list[PolicyLink] = Field(default_factory=list)
    quotations: list[Quotation] = Field(default_factory=list)

    def arrow(self, to: str) -> Arrow | None:
        """The reason for its relation to another argument, where one is given."""
        return next((arrow for arrow in self.arrows if arrow.to == to), None)


class Product(PageEntry):
    """A thing that is made or sold: a device, a program, a service."""

    kind: ClassVar[str] = "product"

    type: ProductType
    maker: ActorLink


class Event(Entry, Statement):
    """Something that happened on a date."""

    kind: ClassVar[str] = "event"

    date: Date = Field(
        description=(
            "As the source gives it, by its clock, or as the record has it for the editors' events."
        )
    )
    local: Date | None = Field(
        None,
        description="The date where it happened, where it differs; `clocks` in data/edition.yml.",
    )
    lane: Lane
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
    unit: Unit
    counts: Prose = Field(description="What it counts, in a sentence.")
    date: Date | None = None
    record: Prose | None = Field(None, description="The record's number beside it, cited.")
    actors: list[ActorLink] = Field(default_factory=list)
    policies: list[PolicyLink] = Field(default_factory=list)


class Alternative(Model):
    """Another English that could stand for a term."""

    english: Name
    users: Prose | None = Field(
        None,
        description="Who uses it, citing a work; left out where it is the editors' own suggestion.",
    )
    effect: Prose = Field(description="What it would say, or leave out, in this text.")


class Gloss(Model):
    """What there is to choose from for a contested term, and what hangs on it; has a page."""

    users: Prose | None = Field(
        None,
        description=(
            "Who uses the English chosen, citing a work; left out where the editors know of none."
        ),
    )
    others: list[Alternative] = Field(min_length=2, description="Two or three other renderings.")
    why: Prose = Field(description="Why the one that was chosen.")
    changes: Prose = Field(description="What the choice changes for a reader.")


class Term(Entry, Statement):
    """A name, slogan or idiom of a source, with the English used for it."""

    kind: ClassVar[str] = "term"

    zh: Name | None = Field(
        None, description="The headword in the source's language, where that is not English."
    )
    type: Annotated[str, vocabularies.TERM_TYPES]
    literal: Name | None = Field(
        None, description="The literal sense, where it differs from the English used."
    )
    note: Prose = Field(description="The translators' note: sense, tone, why this English.")
    gloss: Gloss | None = Field(
        None, description="For a contested term: the renderings that there are to choose from."
    )
    about: list[EntryLink] = Field(
        default_factory=list, description="Entries that it names or concerns."
    )


class Wording(Model):
    """An English word or phrase that stands for a headword."""

    words: Name = Field(description="The English, as a reader looks it up: loosen.")
    forms: list[Name] = Field(
        default_factory=list,
        description="Other forms in which it stands in the text: loosened, loosening.",
    )
    reserved: bool = Field(
        False,
        description="Whether it stands for this headword alone; elsewhere the build names it.",
    )
    reason: Prose = Field(description="Why this English, in a sentence.")


class Headword(Model):
    """A recurring word of a source, where it stands, and the English that may stand for it."""

    kind: ClassVar[str] = "rendering"

    id: Id
    zh: Name = Field(description="The word of the source, in its language.")
    variants: list[Name] = Field(
        default_factory=list,
        description="Other forms of it in the source, such as an idiom opened up.",
    )
    source: Id | None = Field(
        None,
        description="The source that bare paragraphs (p12) mean; needed where there are several.",
    )
    term: TermLink | None = Field(
        None, description="The term of the glossary under which it is explained."
    )
    paragraphs: list[Cite] = Field(
        min_length=1,
        description="The paragraphs whose Chinese has it; `dossier match COPY` compares.",
    )
    english: list[Wording] = Field(
        min_length=1, description="The renderings that are allowed, each with its reason."
    )
    formerly: list[Id] = Field(
        default_factory=list, description="Ids it had before; their addresses lead here."
    )

    @property
    def title(self) -> str:
        """What it is called in lists: its first rendering."""
        return self.english[0].words


class Check(Entry, Statement):
    """A statement of a source held against the public record."""

    kind: ClassVar[str] = "check"

    type: Annotated[str, vocabularies.CHECK_TYPES]
    quote: Quote = Field(description="The words of the translation that are checked.")
    verdict: Annotated[str, vocabularies.VERDICTS] | None = Field(
        None, description="In fixed words; judgments get none."
    )
    note: Prose = Field(
        description="One to three sentences: what differs and why, with citations of references."
    )
    record: Name | None = Field(
        None, description="For a figure or a date: what the record has, in a few words."
    )
    checked: Date
    about: list[EntryLink] = Field(default_factory=list)


class Reference(Model):
    """A work outside the sources."""

    kind: ClassVar[str] = "reference"

    id: Id
    title: Name
    title_by_editors: bool = Field(
        False,
        description="Whether the title is the editors' description, the exact one being unknown.",
    )
    short: Name | None = Field(
        None, description="How a citation shows it; by default publisher and year."
    )
    publisher: Name
    via: Name | None = Field(
        None, description="Where the copy that was read stands, if not with the publisher."
    )
    date: Date | None = Field(None, description="Left out where unknown.")
    url: Https | None = Field(
        None, description="Left out where there is none; then a shelf mark is needed."
    )
    archived: Https | None = Field(
        None,
        description="The address of a copy that a web archive holds, as seen there; never made up.",
    )
    shelfmark: Name | None = Field(
        None,
        description="How to ask for it where it is kept: an accession number, a DOI, a shelf mark.",
    )
    language: WorkLanguage = "en"
    basis: Annotated[str, vocabularies.BASES] = Field(
        description="`read`: an editor has read it or a stored copy; `known`: known of, not read."
    )
    accessed: Date | None = Field(None, description="When it was read.")
    link_checked: Date | None = Field(None, description="When the link was last seen to work.")
    note: Name | None = None
    standalone: Name | None = None
    formerly: list[Id] = Field(
        default_factory=list, description="Ids it had before; their addresses lead here."
    )


class Part(Model):
    """A part of a source, as the source itself divides it."""

    id: Id
    title: Name
    first: Annotated[str, StringConstraints(pattern=r"^p[1-9]\d*$")]
    last: Annotated[str, StringConstraints(pattern=r"^p[1-9]\d*$")]
    subject: Name | None = Field(None, description="What the part is about, in the editors' words.")

    @property
    def heading(self) -> str:
        """Its title, and what it is about."""
        return f"{self.title}: {self.subject}" if self.subject else self.title


class Emendation(Model):
    """A slip of the source's author, of which the translation prints the evident sense."""

    note: Id = Field(
        description="The translators' note that shows the slip, by its id in the translation."
    )
    words: Name = Field(description="The English that is printed; its note's mark stands after it.")
    sic: Name = Field(description="The slip as it stands in the source; its note quotes it.")
    corr: Name = Field(description="What is meant, in the source's language.")


class Reading(Model):
    """How a reader of the source's own country takes a paragraph: the editors' note beside it."""

    paragraph: Annotated[str, StringConstraints(pattern=r"^p[1-9]\d*$")] = Field(
        description="The paragraph, such as p12."
    )
    text: Prose


class Source(Model):
    """The record of a source: what is known of it and what is not."""

    kind: ClassVar[str] = "source"

    id: Id
    title: Name = Field(description="The title, or the editors' descriptive one.")
    title_by_editors: bool
    short: Name = Field(description="How a citation from another page names it.")
    genre: Name = Field(
        "text", description="What it is called in a sentence: essay, report, speech."
    )
    author: Name | Annotated[list[Name], Field(min_length=1)] | None = Field(
        description="Left empty where unknown; a list where there are several."
    )
    language: Language
    publisher: Name | None = Field(None, description="Left out where unknown.")
    date: Date | None = Field(None, description="Left out where unknown.")
    date_note: Name | None = Field(None, description="How well the date is known.")
    url: Https | None = None
    unknown: list[Name] = Field(description="What is not known of it, an item each.")
    rights: Prose
    translators: list[Name] = Field(
        default_factory=list,
        description="Left out where the text stands in its own language.",
    )
    translated: Date | None = Field(None, description="When; needed where there are translators.")
    edited: Date | None = Field(
        None, description="When a text that is not translated was put into the edition."
    )
    translation_of: Id | None = Field(
        None,
        description=(
            "Of another translation of a source that is here: that source. Its fingerprints and its"
            " original are this one's too."
        ),
    )
    notice: Name | None = Field(None, description="A notice that the source carries, in English.")
    description: Prose
    parts: list[Part] = Field(min_length=1)
    default: bool = Field(
        False, description="Whether bare citations (p12) mean this source, where there are several."
    )
    paragraphs: int = Field(ge=1, le=10_000, description="How many paragraphs the source has.")
    emendations: list[Emendation] = Field(
        default_factory=list,
        description="The author's slips that are not printed, in the order of the text.",
    )
    readings: list[Reading] = Field(
        default_factory=list,
        description="How a reader at home takes it: the editors' notes, by paragraph.",
    )
    literal: dict[str, Line] = Field(
        default_factory=dict,
        description=(
            "Literal lines, word for word, by paragraph: how the source puts it, for readers"
            " without its language."
        ),
    )
    original: dict[str, Line] = Field(
        default_factory=dict,
        description=(
            "The original by paragraph, to stand beside the translation, where it may be published."
        ),
    )
    digests: dict[str, Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{3})*$")]] = Field(
        default_factory=dict,
        description=(
            "By paragraph: what a sentence of the source is recognized by in a search, as `dossier"
            " fingerprint` prints it."
        ),
    )
    fingerprints: dict[str, Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]] = Field(
        default_factory=dict,
        description="SHA-256 of each source paragraph, reduced as `fingerprint.py` says.",
    )
    formerly: list[Id] = Field(
        default_factory=list, description="Ids it had before; their addresses lead here."
    )

    @property
    def authors(self) -> list[str]:
        """Who wrote it; empty where that is unknown."""
        return [self.author] if isinstance(self.author, str) else self.author or []

    @property
    def made(self) -> str | None:
        """When the text that is shown was made: translated, or put into the edition."""
        return self.translated or self.edited

    @property
    def shown_in(self) -> str:
        """The language of the text that is shown."""
        return "en" if self.translators else self.language


class Gone(Model):
    """Something that was in the edition and is not any more: what is said at its old address."""

    was: Annotated[
        str, StringConstraints(pattern=rf"^(?:{'|'.join(KINDS)}):{ID_PATTERN}$", max_length=120)
    ] = Field(description="What it was, kind:id; its id is not used again.")
    name: Name = Field(description="The name that it had.")
    gone: Date = Field(description="The day on which it was taken out.")
    reason: Prose = Field(description="Why, in a sentence or two, for whoever has cited it.")
    instead: RecordLink | None = Field(None, description="What stands for it now.")
    formerly: list[Id] = Field(default_factory=list, description="Ids that it had before.")


def _by_kind() -> dict[str, type[Model]]:
    """The model of every kind; raises ``TypeError`` where a kind or a model lacks the other."""
    found: dict[str, type[Model]] = {}
    waiting = [Model]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if model.kind:
                found[model.kind] = model
    for kind in KINDS.keys() - found.keys():
        raise TypeError(f'the kind "{kind}" has no model; write one in model/records.py')
    for kind in found.keys() - KINDS.keys():
        raise TypeError(
            f'the model {found[kind].__name__} has no kind; add a record for "{kind}" to kinds'
        )
    return {kind: found[kind] for kind in KINDS}


MODELS: dict[str, type[Model]] = _by_kind()
