"""The core of an annotated source: read, relate, check, render, export, write.

Nothing in this package knows a site generator; ``hooks/main.py`` and its neighbors are the adapter
to MkDocs. The folders are the stages of the flow; what each may import is stated in
``docs/architecture.md`` and held by ``tests/unit/test_imports.py``.
"""

__version__ = "1.1.0"
