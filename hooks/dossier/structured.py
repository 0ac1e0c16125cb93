"""Structured data for search engines: the checks as schema.org ClaimReview, in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from .model import Check, Source
from .prose import parse
from .refs import Graph, address, paragraph_address


def claim_reviews(graph: Graph) -> str:
    """A JSON-LD graph of a ClaimReview for every check with a verdict, fit for a script element.

    Addresses are relative to the site's root, where the page that carries it stands.
    """
    reviews = [
        _review(record.model, graph.archive.sources[source].model, number)
        for record in graph.archive.checks.values()
        if record.model.verdict
        for source, number in graph.checked_paragraphs(record.model)[:1]
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": reviews}, ensure_ascii=False, separators=(",", ":")).replace(
        "<", "\\u003c"
    )


def _review(check: Check, source: Source, number: int) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "@id": address("check", check.id),
        "url": address("check", check.id),
        "name": check.name,
        "claimReviewed": check.quote,
        "datePublished": check.checked,
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "The editors of this edition"},
        "reviewBody": " ".join(parse(check.note).plain.split()).replace(" .", ".").replace(" ,", ","),
        "reviewRating": {"@type": "Rating", "alternateName": check.verdict},
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": source.date,
            "appearance": {"@type": "Article", "name": source.title, "url": paragraph_address(source.id, f"p{number}")},
        },
    }
