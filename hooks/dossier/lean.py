"""A finished page without the blanks that the theme's templates leave in it."""

from __future__ import annotations

import re

# Where blanks count: preformatted text and what is typed; scripts are named by the hash of their text.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]*\n\s*")


def lean(html: str) -> str:
    """The page with every run of blanks that holds a line break made a single line break.

    A browser shows the same: there was white space, and there is white space.

    >>> lean("<ul>\\n  \\n  <li>one\\n    two</li>\\n</ul><pre>a\\n  b</pre>")
    '<ul>\\n<li>one\\ntwo</li>\\n</ul><pre>a\\n  b</pre>'
    """
    pieces = _KEPT.split(html)
    # Of each three pieces the first is ordinary, the second kept, the third the kept one's name.
    pieces[0::3] = [_BLANKS.sub("\n", piece) for piece in pieces[0::3]]
    del pieces[2::3]
    return "".join(pieces).strip() + "\n"
