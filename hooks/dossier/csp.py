"""What a finished page may run and where it may lead: the site's own scripts and styles, and the
web.

The content security policy stands in the page itself, because neither a folder on disk nor GitHub
Pages sends headers. Inline scripts are refused but for those that the theme's own files hold, which
are named by hash; a script that came in with a text or with data is not among them, wherever it
stands.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

Pattern = re.Pattern[str]

SAFE_SCHEMES = ("https", "http", "mailto")
OUTWARD_REL = "external noopener noreferrer"

# For a page on disk ``'self'`` means files, in Chromium and in Firefox. The theme's icons are data
# addresses in its style sheet. Nothing of the site connects to anywhere; auditors such as
# Lighthouse read robots.txt from within the page. All others are refused by ``default-src``.
_RULES = (
    "default-src 'none'",
    "script-src {scripts}",
    "style-src {styles}",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_OUTWARD = re.compile(r"""<a\b[^>]*?\shref=["']?(?:https?:)?//[^>]*>""", re.IGNORECASE)
# In lower case, each with a fixed beginning: every page is searched, and this keeps it fast.
_ADDRESS = r"""\s*=\s*["']?\s*(?!(?:https?|mailto):)[a-z&][\w+.&#;\s-]*(?::|&colon;)"""
_SUSPECT = tuple(
    re.compile(pattern)
    for pattern in (
        r"<(?:style|base|iframe|object|embed)\b",
        r"""on(?<=[\s"'/]on)[a-z]+\s*=""",
        r"""style(?<=[\s"'/]style)\s*=""",
        r"""http-equiv(?<=[\s"'/]http-equiv)\s*=""",
        *(name + _ADDRESS for name in ("href", "src", "action")),
    )
)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def own_scripts(templates: Iterable[str]) -> list[Pattern]:
    """What the inline scripts of the theme's templates may look like, with an address where one is
    filled in.

    >>> [p.pattern for p in own_scripts(["<script>at={{ base_url }}</script>"])]
    ['at=[\\\\w./:%~-]*']
    """
    return [
        re.compile(r"[\w./:%~-]*".join(map(re.escape, re.split(r"\{\{.*?\}\}", script))))
        for template in templates
        for _, script in _inline(template)
        if script
    ]


def with_csp(html: str, own: Sequence[Pattern] = (), *, own_styles: bool = False) -> str:
    """The page with its content security policy, first in the head; raises ``ValueError`` for a
    page that states no charset.

    With ``own_styles`` the style sheet that stands in the page is let through too.
    """
    found = {script: None for _, script in _inline(html) if any(p.fullmatch(script) for p in own)}
    sheets = _STYLE.findall(html) if own_styles else []
    rules = "; ".join(_RULES).format(scripts=_sources(found), styles=_sources(sheets))
    charset = _CHARSET.search(html)
    if charset is None:
        raise ValueError("a page without <meta charset> has no place for its CSP")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    return f"{html[: charset.end()]}\n{meta}{html[charset.end() :]}"


def with_rel(html: str) -> str:
    """The page with ``rel`` on every link that leads out of the site and has none.

    >>> with_rel('<a href="https://example.org/">x</a> <a href="y.html">y</a>')
    '<a rel="external noopener noreferrer" href="https://example.org/">x</a> <a href="y.html">y</a>'
    """
    return _OUTWARD.sub(
        lambda m: (
            m[0] if re.search(r"\srel\s*=", m[0]) else f'{m[0][:2]} rel="{OUTWARD_REL}"{m[0][2:]}'
        ),
        html,
    )


def refused(html: str, own: Sequence[Pattern] = ()) -> list[str]:
    """What the page's CSP will not run, or the site will not link to, as it stands in the page.

    Foreign inline scripts, style elements and attributes, event handlers, frames, a ``<meta
    http-equiv>``, and addresses with a scheme other than ``https``, ``http`` and ``mailto``.
    """
    found = [
        f"<script>{script.strip()[:40]}"
        for _, script in _inline(html)
        if not any(p.fullmatch(script) for p in own)
    ]
    small = html.lower()
    if any(
        pattern.search(small) for pattern in _SUSPECT
    ):  # parsing the tags takes time, and hardly any page needs it
        reader = _Reader()
        reader.feed(html)
        found += reader.found
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "base", "iframe", "object", "embed"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name in ("style", "http-equiv") or name.startswith("on"):
                self.found.append(f'<{tag} {name}="{(value or "")[:40]}">')
            elif name in ("href", "src", "action", "formaction", "xlink:href"):
                # A browser takes blanks and control characters out of an address before it reads
                # the scheme.
                address = re.sub(r"[\x00-\x20]", "", value or "")
                scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
                if scheme and scheme[1].lower() not in SAFE_SCHEMES:
                    self.found.append(f'<{tag} {name}="{address[:40]}">')


def without_csp(page: bytes) -> bytes:
    """The page without its CSP, for a development server that adds a script; of the same length."""
    return re.sub(_META.pattern.encode(), lambda m: b" " * len(m[0]), page, count=1)


def _inline(html: str) -> list[tuple[str, str]]:
    """Attributes and text of the inline scripts that a browser would run; JSON is data."""
    return [
        (m[1], m[2])
        for m in _SCRIPT.finditer(html)
        if not re.search(r"\bsrc\s*=|\btype\s*=\s*.?application/(?:ld\+)?json", m[1])
    ]


def _sources(texts: Iterable[str]) -> str:
    """The site itself, and these texts by their hashes."""
    return " ".join(["'self'", *(f"'sha256-{_digest(text)}'" for text in texts)])


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
