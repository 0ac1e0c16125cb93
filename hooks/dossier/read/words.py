"""What identifies words: a digest of a text's words, of an entry's content, of a file's bytes."""

from __future__ import annotations

import hashlib
import json

from .yamldoc import Value

DIGITS = 16
"""Hexadecimal digits of a digest: no two wordings of an edition will share them."""
SHOWN = 8
"""How many of them addresses and browsers' memories hold."""


def fingerprint(text: str) -> str:
    """SHA-256 of a plain text, blanks made equal: what the review lock holds.

    >>> fingerprint("a  b") == fingerprint("a b\\n")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()


def digest(text: str) -> str:
    """The first digits of it, which are enough to tell the wordings of an edition apart."""
    return fingerprint(text)[:DIGITS]


def content_digest(value: Value) -> str:
    """A digest of what a data file says, whatever the order of its fields and its line breaks."""
    said = json.dumps(_even(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:DIGITS]


def _even(value: Value) -> Value:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_even(item) for item in value]
    if isinstance(value, dict):
        return {name: _even(member) for name, member in value.items()}
    return value


def swhid(content: bytes) -> str:
    """The SoftWare Hash IDentifier of a file's content (ISO/IEC 18670), which is Git's name for it.

    >>> swhid(b"")
    'swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    found = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return f"swh:1:cnt:{found.hexdigest()}"
