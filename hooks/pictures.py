"""``make pictures``: the icons and the card, drawn again after the site's name or description has
changed.

They lie beside the other assets, since a build need not draw what stays the same for years.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config import load_config

from dossier.write.images import images

ROOT = Path(__file__).resolve().parents[1]


def pictures(root: Path) -> dict[str, bytes]:
    """The pictures as ``mkdocs.yml`` has name and description: path under ``docs/`` to a PNG."""
    config = load_config(str(root / "mkdocs.yml"))
    return images(config.site_name, str(config.site_description))


def main() -> int:
    for path, content in pictures(ROOT).items():
        (ROOT / "docs" / path).write_bytes(content)
        print(f"docs/{path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
