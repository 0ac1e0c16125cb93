"""Whether the HTML in a hand-written page is closed where it is opened.

An element that is not closed takes in what follows it: after a stray ``<title>`` nothing of the
page is seen.
"""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
         "track", "wbr"}  # fmt: skip
_ENDS_BY_ITSELF = {"p", "li", "dt", "dd", "option", "optgroup", "rp", "rt", "tr", "td", "th",
                   "thead", "tbody", "tfoot", "colgroup", "caption"}  # fmt: skip


def unpaired(html: str) -> list[str]:
    """The tags that nothing closes or opens, as they are written.

    >>> unpaired("<p>The <title> of it</p></div><br><b>so</b>")
    ['<title>', '</div>']
    """
    reader = _Reader()
    reader.feed(html)
    return [
        f"<{tag}>" if opens else f"</{tag}>"
        for _, tag, opens in sorted([*reader.found, *reader.open])
    ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[tuple[int, int], str, bool]] = []
        self.found: list[tuple[tuple[int, int], str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID | _ENDS_BY_ITSELF:
            self.open.append((self.getpos(), tag, True))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID | _ENDS_BY_ITSELF:
            return
        if all(name != tag for _, name, _ in self.open):
            self.found.append((self.getpos(), tag, False))
            return
        while (last := self.open.pop())[1] != tag:
            self.found.append(last)
