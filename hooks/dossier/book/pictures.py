"""The argument map and the timeline for paper: pages on their side, a picture cut over as many as
it needs to be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup, escape

from ..pages.charts.headlines import Headline
from .content import Book
from .view import BookView

OVERLAP = 60.0
"""What two pages of one picture have in common, in the picture's pixels."""
SMALL_REST = 0.35
"""Up to what part of a page a rest gets none of its own."""
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"')


@dataclass(frozen=True)
class Picture:
    """A page with a picture, or with a part of one; ``after`` is the chapter that it follows."""

    after: str
    anchor: str
    heading: str
    title: str
    svg: Markup


def pictures(book: Book, templates: Environment, aspect: float) -> list[Picture]:
    """The pages, for paper of which the room for a picture is ``aspect`` times as wide as high."""
    view = BookView(book, None)
    styles = templates.get_template("pdf/charts.css").render()
    found = []
    for chapter in book.chapters:
        drawn = [
            (f"The case as a map: {thesis.argument.name}", "", "charts/argument_map.svg", map_)
            for thesis, map_ in chapter.context.get("maps", ())
        ]
        drawn += [
            ("" if n else "The timeline as a picture", panel.title, "charts/timeline.svg", panel)
            for n, panel in enumerate(chapter.context.get("panels", ()))
        ]
        for number, (heading, title, template, made) in enumerate(drawn):
            svg = templates.get_template(template).render(
                v=view,
                map=made,
                panel=made,
                label=heading or title,
                headline=chapter.context.get("headline") or Headline(""),
            )
            shows = f"{heading or 'The timeline as a picture'}{title and ', '}{title}"
            shows = f"{shows}; the chapter “{chapter.title}” says it in words"
            for part, page in enumerate(_cut(_styled(svg, styles, shows), aspect)):
                anchor = f"picture-{chapter.id}-{number}-{part}"
                again = f"{title or heading} (continued)" if part else title
                found.append(
                    Picture(chapter.id, anchor, "" if part else heading, again, Markup(page))
                )
    return found


def _styled(svg: str, styles: str, shows: str) -> str:
    """The picture with its styles in it, since those of the book do not reach into it, and with
    what it shows as its one title, which whoever cannot see it is told (PDF/UA).
    """
    svg = re.sub(r"</?a\b[^>]*>|<title>.*?</title>", "", svg)  # on paper a picture leads nowhere
    inner = f"<title>{escape(shows)}</title><style>{styles}</style>"
    return re.sub(r"(<svg[^>]*>)", lambda m: f"{m[1]}{inner}", svg, count=1)


def _cut(svg: str, aspect: float) -> Iterator[str]:
    """The picture in parts as high as a page has room; a little smaller rather than with a last
    page for a small rest.
    """
    size = _SIZE.search(svg)
    assert size is not None, "a chart has no size"
    width, height = float(size[1]), float(size[2])
    room = width / aspect
    count = max(1, math.ceil((height - OVERLAP) / (room - OVERLAP) - SMALL_REST))
    room = max(room, OVERLAP + (height - OVERLAP) / count)
    left = (width - room * aspect) / 2
    for number in range(count):
        top = number * (room - OVERLAP)
        shown = min(room, height - top)
        yield _SIZE.sub(f'viewBox="{left:g} {top:g} {room * aspect:g} {shown:g}"', svg, count=1)
