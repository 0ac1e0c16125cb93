"""What the theme and Markdown write that is not valid HTML, put as the standard has it.

Verified by the Nu HTML checker, which tests/build/test_markup.py runs on every page.
"""

from __future__ import annotations

import re

_TOGGLE = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
_CONTENTS = '<label class="md-nav__title" for="__toc">'
_NO_ORDER = re.compile(r'(<label [^>]*?) tabindex=""')
# A style would say it as well, but the CSP refuses styles in a page.
_ALIGNED = re.compile(r'<(t[hd]) align="(left|center|right)"')


def valid(html: str) -> str:
    """The page with its tables' columns aligned by class, and without attributes of the theme's
    that have no meaning where they stand.

    >>> valid('<td align="right">1</td><label for="__nav_1" tabindex="">')
    '<td class="align-right">1</td><label for="__nav_1">'
    """
    html = _TOGGLE.sub(r"\1", html)
    if 'id="__toc"' not in html:  # as on every page that the navigation does not name
        html = html.replace(_CONTENTS, _CONTENTS.replace(' for="__toc"', ""))
    return _ALIGNED.sub(r'<\1 class="align-\2"', _NO_ORDER.sub(r"\1", html))
