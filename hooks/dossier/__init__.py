"""The pure core of an annotated source: load, check, resolve, render, index, export.

Nothing in this package knows MkDocs; ``hooks/main.py`` is the only adapter. What each module may
import is stated in ``docs/architecture.md`` and held by ``tests/unit/test_imports.py``.
"""
