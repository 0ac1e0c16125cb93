"""Values made from a source, kept until the source changes: for a server that runs all day."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """The last value made under each name, with what it was made from."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Hashable, T]] = {}

    def __call__(self, name: Hashable, source: Hashable, make: Callable[[], T]) -> T:
        """The value made from ``source``; made again only if the last one was made from something
        else.
        """
        kept = self._kept.get(name)
        if kept is None or kept[0] != source:
            kept = self._kept[name] = (source, make())
        return kept[1]
