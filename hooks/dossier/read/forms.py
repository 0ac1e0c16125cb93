"""The forms that a paragraph of a text may have: prose, or a quotation, verse, a list, a table, a
picture.

Its lines show which by how they begin, as in Markdown::

    > set off as a quotation          | the first line of verse
                                      | the second

    - an item                         1. an item that is counted

    | A | head |                      ![The caption](images/map.png)
    | - | ---- |
    | a | row  |

A paragraph is one citable unit whatever its form. Lines of verse are counted through the source and
have ids of their own, ``l1``, ``l2`` and so on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from .needles import Needle, nth
from .prose import Problem, Prose, parse

_END = "\ue002"
"""Between two lines, items or cells while they are parsed as one; no input may hold it."""

_RULE = re.compile(r"\|[\s|:-]*-[\s|:-]*\Z")
_IMAGE = re.compile(r"!\[(?P<caption>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<path>[^()\s]+)\)\Z")
_BULLET, _NUMBER = re.compile(r"[-*]\s+"), re.compile(r"\d+[.)]\s+")
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
EVERY = 5
"""Every fifth line of verse shows its number."""


@dataclass(frozen=True)
class Form:
    """How a paragraph stands on the page: ``name`` is prose, quote, verse, list, numbers, table or
    image; ``pieces`` its lines, items or cells as Markdown, and of a table ``width`` cells are a
    row; ``image`` is a picture's path from ``docs/``.
    """

    name: str
    pieces: tuple[str, ...]
    width: int = 1
    image: str = ""

    @property
    def inline(self) -> str:
        """All of it as one line of Markdown."""
        return " ".join(self.pieces)


def form_of(text: str) -> Form:
    """The form of a paragraph as it is written.

    >>> form_of("| one\\n| two").name, form_of("- one\\n  more\\n- two").pieces
    ('verse', ('one more', 'two'))
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if image := _IMAGE.match(text.strip()):
        return Form("image", (" ".join(image["caption"].split()),), image=image["path"])
    if lines and all(line.startswith(">") for line in lines):
        return Form("quote", (" ".join(line[1:].strip() for line in lines),))
    if lines and all(line.startswith("|") for line in lines):
        if len(lines) > 1 and _RULE.match(lines[1]):
            return _table([lines[0], *lines[2:]])
        return Form("verse", tuple(line[1:].strip() for line in lines))
    for name, begins in (("list", _BULLET), ("numbers", _NUMBER)):
        items = list(_items(lines, begins)) if lines and begins.match(lines[0]) else []
        if len(items) > 1:
            return Form(name, tuple(items))
    return Form("prose", (text,))


def _items(lines: list[str], begins: re.Pattern[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if match := begins.match(line):
            items.append(line[match.end() :])
        else:
            items[-1] += f" {line}"
    return items


def _table(rows: list[str]) -> Form:
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|"))] for row in rows]
    width = max(map(len, cells))
    return Form("table", tuple(c for row in cells for c in (*row, *[""] * width)[:width]), width)


def shaped(form: Form, first_line: int = 1) -> Prose:
    """What is said in a paragraph, its HTML in the form's own elements. ``first_line`` is the
    number of its first line of verse in the source.
    """
    prose = parse(_END.join(form.pieces))
    parts = prose.html.split(_END)
    problems = [
        Problem(
            Needle(p.needle.replace(_END, " "), nth(p.needle)),
            p.message.replace(_END, " "),
            p.of_marks,
        )
        for p in prose.problems
    ]
    if not all(map(_balanced, parts)):
        problems.append(
            Problem("", "has markup that runs over the end of a line, item or cell; close it there")
        )
    return replace(
        prose,
        encoded=_html(form, parts, first_line).encode("utf-8"),
        plain=prose.plain.replace(_END, " "),
        links=tuple(replace(link, words=link.words.replace(_END, " ")) for link in prose.links),
        quotations=tuple(replace(q, words=q.words.replace(_END, " ")) for q in prose.quotations),
        problems=tuple(problems),
    )


def _balanced(html: str) -> bool:
    open_: list[str] = []
    for end, tag in _TAG.findall(html):
        if not end:
            open_.append(tag)
        elif not open_ or open_.pop() != tag:
            return False
    return not open_


def _html(form: Form, parts: Sequence[str], first_line: int) -> str:
    match form.name:
        case "verse":
            return "<br>\n".join(
                f'<span class="verse-line" id="l{n}"'
                f"{f' data-line={chr(34)}{n}{chr(34)}' if n % EVERY == 0 else ''}>{part}</span>"
                for n, part in enumerate(parts, first_line)
            )
        case "list" | "numbers":
            tag = "ul" if form.name == "list" else "ol"
            items = "\n".join(f"<li>{part}</li>" for part in parts)
            return f"<{tag}>\n{items}\n</{tag}>"
        case "table":
            rows = [parts[n : n + form.width] for n in range(0, len(parts), form.width)]
            head, *body = (
                "<tr>" + " ".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>"
                for row, tag in zip(rows, ["th", *["td"] * len(rows)], strict=False)
            )
            lines = "\n".join(body)
            return f"<table><thead>\n{head}\n</thead><tbody>\n{lines}\n</tbody></table>"
        case "image":
            [caption] = parts
            words = escape(re.sub(r"<[^>]*>|[\ue000][^\ue001]*[\ue001]", "", caption))
            return (
                f'<img src="../{escape(form.image)}" alt="{words}">'
                f"<figcaption>{caption}</figcaption>"
            )
    return " ".join(parts)
