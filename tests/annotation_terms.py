"""The W3C's context of annotations, for a JSON-LD processor that may not fetch anything."""

from __future__ import annotations

from typing import Any

ANNOTATION_TERMS: dict[str, Any] = {
    # The part of http://www.w3.org/ns/anno.jsonld that the edition and its readers use.
    "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "http://schema.org/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id", "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "FragmentSelector", "TextQuoteSelector",
    "TextualBody")},
    **{name: f"oa:{name}" for name in ("identifying", "commenting", "assessing", "linking",
    "classifying", "highlighting", "bookmarking", "tagging", "exact", "prefix", "suffix")},
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "refinedBy": {"@id": "oa:refinedBy", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
    "value": "rdf:value", "format": "dc:format", "language": "dc:language", "label": "rdfs:label",
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
    "rights": {"@id": "dcterms:rights", "@type": "@id"},
    "total": "as:totalItems", "first": {"@id": "as:first", "@type": "@id"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "startIndex": "as:startIndex",
}  # fmt: skip


def loader(url: str, _options: object) -> dict[str, Any]:
    """The one context document there is; nothing is fetched."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": ANNOTATION_TERMS}}


OA = "http://www.w3.org/ns/oa#"
