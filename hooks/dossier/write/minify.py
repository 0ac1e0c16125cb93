"""Whatever a visitor waits for, made smaller: pages without the theme's blanks, styles in one file,
scripts without their comments.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable

import tinycss2

# Where blanks count: preformatted text and what is typed; scripts are named by the hash of their
# text.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
# In styles: a string, or what may go, a comment, or blanks beside a sign or after a property's
# colon.
_STRING_OR_SPARE = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"|/\*.*?\*/|[ ]+(?=[{}])|(?<=[{};,])[ ]+|(?<=[\w-]:)[ ]+",
    re.DOTALL,
)
# Comments of a script that fill their lines, and types within one; ``tests/js/eslint.config.js``
# makes sure that no string in a script runs over several lines, where it could hold these.
_SCRIPT_COMMENT = re.compile(
    r"^\s*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n|/\*\* @type \{.*?\} \*/ ?|^\s+", re.MULTILINE
)
_NEEDED_NOW = re.compile(
    r'url\("\.\./fonts/((?:source-serif-4|source-sans-3)-(?:roman|italic)\.woff2)"\)'
)
_BETWEEN_SELECTORS = re.compile(r",(?![^(]*\))")
_CHARSET = '@charset "UTF-8";'
_BLOCK = (
    "meta|link|title|html|head|body|header|main|footer|article|aside|nav|section|div|form|details|summary|blockquote|h[1-6]|p"
    "|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td"
)
# Two patterns with a fixed beginning are found far faster than one without.
_BEFORE_BLOCK = re.compile(rf"\n(?=</?(?:{_BLOCK})\b[^>]*>)")
_AFTER_BLOCK = re.compile(rf"(</?(?:{_BLOCK})\b[^>]*>)\n")


def without_blanks(html: str) -> str:
    """The page with every run of blanks that holds a line break made a single one, or none beside a
    block.

    A browser shows the same: there was white space where there is, and beside a block it shows
    none.

    >>> without_blanks("<ul>\\n  \\n  <li>one\\n    two</li>\\n</ul>\\n<pre>a\\n  b</pre>")
    '<ul><li>one\\ntwo</li></ul><pre>a\\n  b</pre>\\n'
    """
    pieces = _KEPT.split(html)
    # Of each three pieces the first is ordinary, the second kept, the third the kept one's name.
    pieces[0::3] = [
        _AFTER_BLOCK.sub(r"\1", _BEFORE_BLOCK.sub("", _on_single_lines(piece)))
        for piece in pieces[0::3]
    ]
    del pieces[2::3]
    return "".join(pieces).strip() + "\n"


def _on_single_lines(text: str) -> str:
    """Every run of blanks that holds a line break made a single break.

    >>> _on_single_lines("a \\n \\n  b c \\n")
    'a\\nb c\\n'
    """
    first, *others = text.split("\n")
    if not others:
        return text
    last = others.pop().lstrip()
    lines = [
        first.rstrip(" \t"),
        *(line for other in others if (line := other.lstrip().rstrip(" \t"))),
        last,
    ]
    return "\n".join(lines)


def one_style_sheet(sheets: Iterable[str]) -> str:
    """Style sheets in one, in their order, without comments and meaningless blanks.

    >>> first, second = '@charset "UTF-8";a{b:"/* "}/*# map */', "/* why */\\np {\\n  q: r;\\n}\\n"
    >>> one_style_sheet([first, second])
    '@charset "UTF-8";\\na{b:"/* "}\\np{\\nq:r;\\n}\\n'
    """
    bare = (
        _STRING_OR_SPARE.sub(lambda m: m[1] or "", sheet.replace(_CHARSET, "")) for sheet in sheets
    )
    lines = (line.strip() for sheet in bare for line in sheet.splitlines())
    return "\n".join([_CHARSET, *(line for line in lines if line)]) + "\n"


def without_comments(script: str) -> str:
    """One of our scripts without comments on lines of their own, types, and indentation.

    >>> script = "// Why.\\n/**\\n * @typedef {x} Y\\n */\\n  let a = /** @type {Y} */ (b); // c\\n"
    >>> without_comments(script)
    'let a = (b); // c\\n'
    """
    return _SCRIPT_COMMENT.sub("", script)


def without_rules(styles: str, unused: re.Pattern[str]) -> str:
    """The styles without the selectors in which ``unused`` is found, and without the rules that
    have no others.

    >>> without_rules("a,.tab{b:c}.tab>p{d:e}@media print{.tab{f:g}}", re.compile(r"\\.tab"))
    'a{b:c}'
    """
    return _without(
        tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True), unused
    )


def _without(rules: Iterable[tinycss2.ast.Node], unused: re.Pattern[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule" and unused.search(
            prelude := tinycss2.serialize(rule.prelude)
        ):
            selectors = [
                selector
                for selector in _BETWEEN_SELECTORS.split(prelude)
                if not unused.search(selector)
            ]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}")
        elif (
            rule.type == "at-rule"
            and rule.lower_at_keyword in ("media", "supports")
            and rule.content is not None
        ):
            inner = _without(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True),
                unused,
            )
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def with_faces(styles: str, face: Callable[[str], bytes]) -> str:
    """The styles with the faces in them that every page needs: without what few pages show of them.

    A face that comes after the first lines are drawn moves them. A page on the web could ask for it
    early, a page on disk cannot, and a face in the style sheet is there in both.
    """
    return _NEEDED_NOW.sub(
        lambda m: f"url(data:font/woff2;base64,{base64.b64encode(face(m[1])).decode()})", styles
    )
