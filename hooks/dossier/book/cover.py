"""The cover, drawn from the edition's data: the text as bars, beside them what is said of it.

A bar is a paragraph, as long as its text; the marks beside it are its notes, those filled that the
record contradicts or finds imprecise. So every edition has a cover of its own.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from .. import dates
from ..write.images import wrap
from .content import Book, Para
from .faces import latin

WIDTH, HEIGHT, MARGIN = 1600, 2560, 150
GROUND, PAPER, QUIET, MARK = "#5c1723", "#fdf6ec", "#d9a9a6", "#f2c14e"
TEXT_LEFT, TEXT_WIDTH, NOTES_LEFT = MARGIN, 760, MARGIN + 810


def cover(book: Book) -> bytes:
    """A PNG of 1600 by 2560 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    y = _words(draw, book)
    _text(draw, book.paragraphs, y + 110, HEIGHT - 330)
    small = _face("source-sans-3-roman", 44, "Regular")
    release = f"Edition {book.release.version} · " if book.release else ""
    foot = f"{release}{dates.human(book.date)}"
    draw.text((MARGIN, HEIGHT - 200), foot, font=small, fill=QUIET)
    made = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def _words(draw: ImageDraw.ImageDraw, book: Book) -> float:
    """The title and what the book is; gives the height at which they end."""
    room = WIDTH - 2 * MARGIN
    small = _face("source-sans-3-roman", 48, "SemiBold")
    draw.text((MARGIN, 170), book.kicker.upper(), font=small, fill=MARK)
    size = 132
    while True:  # the title in at most six lines
        large = _face("source-serif-4-roman", size, "SemiBold")
        lines = wrap(draw, book.title, large, room)
        if len(lines) <= 6 or size < 70:
            break
        size -= 6
    y = 290.0
    for line in lines:
        draw.text((MARGIN, y), line, font=large, fill=PAPER)
        y += size * 1.16
    italic = _face("source-serif-4-italic", 56, "Italic")
    for source in book.sources:
        told = f"An {source.genre}" if source.genre[0] in "aeiou" else f"A {source.genre}"
        of = f" of {dates.human(source.date)}" if source.date else ""
        said = f"{told}{of}, {' and '.join(source.authors) or 'author unknown'}"
        y += 34
        for line in wrap(draw, said, italic, room):
            draw.text((MARGIN, y), line, font=italic, fill=QUIET)
            y += 68
    return y


def _text(draw: ImageDraw.ImageDraw, paragraphs: list[Para], top: float, bottom: float) -> None:
    """The paragraphs from top to bottom, each a bar with the marks of its notes."""
    if not paragraphs:
        return
    step = (bottom - top) / len(paragraphs)
    thick = max(3.0, min(step * 0.5, 16.0))
    lengths = [sum(len(p) for p in para.pieces if isinstance(p, str)) for para in paragraphs]
    for number, (para, length) in enumerate(zip(paragraphs, lengths, strict=True)):
        y = top + number * step
        wide = TEXT_WIDTH * max(0.08, length / max(lengths))
        draw.rectangle((TEXT_LEFT, y, TEXT_LEFT + wide, y + thick), fill=PAPER)
        for at, note in enumerate(para.notes):
            x = NOTES_LEFT + at * (thick + 12)
            if x + thick > WIDTH - MARGIN:
                break
            box = (x, y, x + thick, y + thick)
            if note.kind == "check" and note.foremost:
                draw.ellipse(box, fill=MARK)
            else:
                draw.ellipse(box, outline=QUIET, width=2)


def _face(name: str, size: int, style: str) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(io.BytesIO(latin(name)), size, layout_engine=ImageFont.Layout.BASIC)
    weight = {"Regular": 400, "Italic": 400, "SemiBold": 600}[style]
    face.set_variation_by_axes([weight])
    return face
