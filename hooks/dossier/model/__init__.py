"""The data model: what each kind of entry must say.

Fields carry a *role* (prose, citation, link, quotation, date) beside their type, so that the
checks, the back-references and the schemas treat every field of a role alike and no rule is
written twice. ``walk`` yields every such value with its path.
"""

from .fields import ID_PATTERN, Role, Text
from .records import (
    MODELS,
    Actor,
    Argument,
    Aspect,
    Check,
    Entry,
    Event,
    Figure,
    Identifiers,
    Model,
    PageEntry,
    Part,
    Passage,
    Policy,
    Premise,
    Product,
    Quotation,
    Reference,
    Regime,
    Relation,
    RoleHeld,
    Source,
    Stance,
    Statement,
    Status,
    Term,
)
from .walk import Path_, role_of, roles, statements, walk

__all__ = [
    "ID_PATTERN",
    "MODELS",
    "Actor",
    "Argument",
    "Aspect",
    "Check",
    "Entry",
    "Event",
    "Figure",
    "Identifiers",
    "Model",
    "PageEntry",
    "Part",
    "Passage",
    "Path_",
    "Policy",
    "Premise",
    "Product",
    "Quotation",
    "Reference",
    "Regime",
    "Relation",
    "Role",
    "RoleHeld",
    "Source",
    "Stance",
    "Statement",
    "Status",
    "Term",
    "Text",
    "role_of",
    "roles",
    "statements",
    "walk",
]
