"""What belongs to one edition and not to the engine: the words of ``data/edition.yml``.

Every field has a default that fits any text, so an edition says only what it wants to change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field

from .fields import Id, Line, Name
from .records import Model

Together = Annotated[list[Name], Field(min_length=2)]


class Clocks(Model):
    """Two places whose dates may differ: where the source counts its days, where it happened."""

    source: Name = Field(description="The place whose dates the source gives: Tokyo.")
    local: Name = Field(
        description="The place of the field `local`, whose dates order the timeline: Lima."
    )


class PageWords(Model):
    """The words with which a generated page begins, in place of the engine's."""

    description: Name | None = Field(None, description="What it holds, for previews and searches.")
    lead: Line | None = Field(None, description="Its first sentences, as plain text.")


class SearchWords(Model):
    """What the search knows about the edition's field."""

    languages: Name | None = Field(
        None, description="The languages in which one may search: English or Chinese."
    )
    example: Name = Field(
        "who opposes the tariff", description="A question of who stands where, as an example."
    )
    names: Name | None = Field(
        None,
        description="Names that one may search for, as examples: in every script.",
    )
    figures: Name | None = Field(None, description="Figures and dates, likewise.")
    same: list[Together] = Field(
        default_factory=list,
        description=(
            "Words that mean the same to a reader in the field: a search for one finds"
            " the others too. Names belong in the data, as aliases."
        ),
    )


class Settings(Model):
    """The words of an edition."""

    short_name: Name | None = Field(
        None, description="The name below the icon of the installed site; by default the site's."
    )
    archive: Id | None = Field(
        None, description="The folder to which the archive for download unpacks."
    )
    reader: Name = Field(
        "reader at home",
        description="Who reads as the source's own country does, in the notes of `readings`.",
    )
    clocks: Clocks | None = Field(
        None, description="For events whose dates differ between the source and the place."
    )
    languages: dict[str, Name] = Field(
        default_factory=dict,
        description="What languages are called here, by code, where it is not the usual name.",
    )
    lanes: list[Name] = Field(
        default=["politics", "law", "economy", "science", "culture", "life"],
        min_length=1,
        description="The lanes of the timeline, from the top.",
    )
    product_types: list[Name] = Field(
        default=["device", "software", "service", "work", "good"],
        min_length=1,
        description="What a product may be.",
    )
    units: dict[Name, Name] = Field(
        default={
            "USD": "Money",
            "percent": "Shares and rates",
            "years": "Time",
            "hours": "Time",
            "number": "Counts",
        },
        min_length=1,
        description="What figures are numbers of, each with the heading under which they stand.",
    )
    instruments: dict[Name, Literal["Legislation", "Thing"]] = Field(
        default={
            "legislation": "Legislation",
            "regulation": "Legislation",
            "executive order": "Legislation",
            "court decision": "Legislation",
            "tax": "Legislation",
            "tariff": "Legislation",
            "sanction": "Legislation",
            "license": "Legislation",
            "agreement": "Thing",
            "program": "Thing",
            "policy approach": "Thing",
        },
        min_length=1,
        description="By what means a policy works, each with its type in schema.org's terms.",
    )
    aspects: dict[Name, Name] = Field(
        default={
            "name": "Its name",
            "years": "Since when",
            "design": "The design",
            "instruments": "The instruments",
            "breadth": "The breadth",
            "intended effect": "The intended effect",
            "effect": "The effect",
            "too neat": "Where this is too neat",
        },
        min_length=1,
        description="The sides on which regimes are compared, each with its heading, in order.",
    )
    page_size: int = Field(
        150,
        gt=0,
        description="About how many kB of HTML a page of a list may come to; a longer list is cut"
        " into parts, by letter, year or source.",
    )
    pages: dict[str, PageWords] = Field(
        default_factory=dict,
        description="By page (products, argument-map): its first words, where the engine's are too"
        " general.",
    )
    search: SearchWords = Field(default_factory=SearchWords)


def fill_lists(definitions: Iterable[dict[str, Any]], settings: Settings) -> None:
    """Put the words of the edition's lists into JSON Schemas, at the fields that hold one."""
    for definition in definitions:
        for value in definition.get("properties", {}).values():
            if listed := value.pop("x-edition", None):
                words = getattr(settings, listed)
                value["enum"] = list(words)
                if listed in ("units", "aspects"):
                    value["enumDescriptions"] = list(words.values())
