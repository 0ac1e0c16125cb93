"""Material's theme, of which each engine brings a version of its own, and the parts that this site
leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dossier.csp import own_scripts
from dossier.write.finish import Theme

STYLES = "assets/stylesheets"

# The theme's pictures for admonitions, task lists and page states, and its colors for diagrams,
# which no page of this site has.
_UNUSED_PROPERTIES = re.compile(
    r"--md-(?:admonition|tasklist|status|version|annotation)-[\w-]*:\s*url\((?:\"[^\"]*\"|'[^']*')\);?"
    r"|--md-mermaid-[\w-]*:[^;}]*;?"
)
# What the theme has styles for and this site does not need: a page may weigh only so much, see
# test_weight.py.
UNUSED_CLASSES = re.compile(
    r"\.(?:tabbed-|highlighttable|linenodiv|task-list|critic|emojione|twemoji|gemoji|arithmatex|grid|key-|mermaid"
    r"|md-(?:annotation|author|banner|code__|consent|draft|feedback|meta|pagination|path|pin|post|profile|progress"
    r"|clipboard|search|select|social|source|status|suggest|tabs|tag|tooltip|top|version|header__t|header--l|nav--integrated"
    r"|footer__link|content--post|sidebar--post|input))"
)

_UNUSED_MARKUP = re.compile(
    r'<meta name="?generator"? [^>]*>|<input [^>]*id="__search">'
    r'|<div data-md-component="announce"></div>| data-md-scrollfix\b| data-md-level="\d"'
    r'|<span class="md-ellipsis">\s*([^<]*?)\s*</span>\s*'
    r'|\s*<span class="md-ellipsis">\s*<span class="md-typeset">\s*([^<]*?)\s*</span>\s*</span>\s*'
)
"""What the theme puts on every page, with the words in it, that nothing here needs."""


def theme(folders: Iterable[Path], styles: str = STYLES, left_out: tuple[str, ...] = ()) -> Theme:
    """The theme whose templates lie in these folders, this project's among them; ``styles`` is the
    folder of its style sheets in the site, ``left_out`` what else of it no page needs.
    """
    templates = (
        path
        for folder in folders
        for at in ("*.html", "partials/javascripts/*.html")
        for path in folder.glob(at)
    )
    return Theme(
        scripts=tuple(own_scripts(path.read_text(encoding="utf-8") for path in sorted(templates))),
        styles=styles,
        unused_properties=_UNUSED_PROPERTIES,
        unused_selectors=UNUSED_CLASSES,
        unused_markup=_UNUSED_MARKUP,
        left_out=(
            STYLES,
            "assets/javascripts/bundle.*",
            "assets/javascripts/lunr",
            "assets/javascripts/workers",
            *left_out,
        ),
    )
