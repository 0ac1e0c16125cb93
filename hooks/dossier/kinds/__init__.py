"""What a kind of record is: one record per kind, from which every stage takes what it needs.

To add a kind, write a record here, its model in ``model/records.py`` and its template in
``pages/templates``; nothing else has to know about it. Whatever is particular to it
(the context of its page, its node of JSON-LD) is registered where it is made, under the kind's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    ``id`` names it in links (``actor:lin-na``), in exports and in messages; ``folder`` names its
    folder or list file below ``data/`` and its table in exports. ``listing`` is the page that lists
    its records, without ``.html``, if they have no pages of their own.
    """

    id: str
    folder: str
    title: str
    """Its plural, as a heading."""
    description: str = ""
    """What its index holds, in a sentence, where the index has no template of its own."""
    listing: str | None = None
    listing_title: str = ""
    entry: bool = True
    """Whether it is an entry: cites, is cited and counted."""
    linked: bool = True
    """Whether prose and fields may link to it."""
    search: str = ""
    """Its heading among the results of a search; by default its title."""
    thread: Literal["mentions", "citations", "list"] = "mentions"
    """Which paragraphs its thread stops at: those that link to it, also those that it cites, or
    also those of its own list of citations."""
    tei: str = "list"
    """The TEI element that lists it."""
    schema_org: str = "Thing"
    proper: bool = False
    """Whether its names are proper names, which do not stand in quotation marks."""
    beside: bool = False
    """Whether its records stand beside the paragraphs that they cite, as notes."""
    anchors: str = ""
    """Ids that its page uses itself, as a regular expression."""

    @property
    def paged(self) -> bool:
        """Whether each record has a file and a page of its own."""
        return self.listing is None

    @property
    def index(self) -> str:
        """The page that lists the kind, from the site's root, with ``.html``."""
        return f"{self.list_name}.html"

    @property
    def list_name(self) -> str:
        """By which its list is known, whether it is one page or cut into parts."""
        return self.listing or f"{self.folder}/index"

    @property
    def index_title(self) -> str:
        return self.listing_title or self.title

    @property
    def search_title(self) -> str:
        return self.search or self.title


# In the order in which pages, exports and lists show them.
_KINDS = (
    Kind("actor", "actors", "Actors", search="People and bodies", tei="listOrg", proper=True),
    Kind("policy", "policies", "Policies", schema_org="Legislation", proper=True),
    Kind("argument", "arguments", "Arguments", thread="citations", schema_org="Claim"),
    Kind("product", "products", "Products", schema_org="Product", proper=True),
    Kind(
        "event", "events", "Events", listing="timeline", listing_title="Timeline",
        thread="citations", tei="listEvent", schema_org="Event",
    ),
    Kind("figure", "figures", "Figures", listing="figures", thread="citations",
    schema_org="QuantitativeValue", anchors="scale"),
    Kind(
        "term", "terms", "Terms", listing="glossary", listing_title="Glossary",
        thread="list", schema_org="DefinedTerm", beside=True, anchors="letter-[a-z]",
    ),
    Kind("check", "checks", "Checks", listing="checks", thread="list", linked=False,
    schema_org="ClaimReview", beside=True),
    Kind(
        "reference", "references", "Works", listing="bibliography", listing_title="Bibliography",
        entry=False, linked=False, schema_org="CreativeWork",
    ),
    Kind(
        "rendering", "renderings", "Renderings", listing="concordance", listing_title="Concordance",
        entry=False, linked=False,
    ),
    Kind("source", "sources", "Sources", entry=False, linked=False,
    schema_org="Article"),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.id: kind for kind in _KINDS}
ENTRIES: tuple[Kind, ...] = tuple(kind for kind in _KINDS if kind.entry)
PAGES: tuple[Kind, ...] = tuple(kind for kind in ENTRIES if kind.paged)
LISTS: tuple[Kind, ...] = tuple(kind for kind in _KINDS if not kind.paged)
LINKED: tuple[str, ...] = tuple(kind.id for kind in ENTRIES if kind.linked)
BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in _KINDS}
