"""The page for an address that does not exist, which a host shows at any address: it can rely on no
path.

So its styles stand in it, without the faces that lie beside the style sheet, and what it links to
and loads is named from the edition's root, which its script (``hooks/theme/404.html``) finds out.
"""

from __future__ import annotations

import json
import re
from html import escape

_FACE = re.compile(r"@font-face\s*\{[^}]*?\burl\([^}]*\}")
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>')
_SCRIPT = re.compile(r'<script src="([^"]*)"[^>]*></script>\s*')
_ADDRESS = re.compile(r'\b(href|src)="/(?!/)')


def anywhere(html: str, styles: str, base: str) -> str:
    """The page with its styles in it and its scripts as a list.

    ``base`` is the path under which the edition is published, with both slashes, or empty where
    that is unknown; its links are then made relative, which is right from disk, and for readers
    without scripts in the uppermost folder.
    """
    if not base:
        html = _ADDRESS.sub(r'\1="', html)
    scripts = [path.removeprefix(base) for path in _SCRIPT.findall(html)]
    told = "".join(
        f'<meta name="dossier-{name}" content="{escape(content)}">'
        for name, content in (("base", base), ("scripts", json.dumps(scripts)))
    )
    html = _SHEET.sub("", _SCRIPT.sub("", html))
    return html.replace("</head>", f"{told}<style>{_FACE.sub('', styles)}</style></head>", 1)
