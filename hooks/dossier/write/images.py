"""Pictures made from the site's name: the app's icons, and the card shown where the site is shared.

Drawn with Pillow and the font that it carries, so that every machine draws the same.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

ICONS = (192, 512)
INK = "#6f1d2a"
PAPER = "#fdfcfa"
TEXT = "#1f1d1b"
QUIET = "#5d5750"


def images(title: str, subtitle: str) -> dict[str, bytes]:
    """All of them: path under ``docs/`` to a PNG."""
    icons = {f"assets/images/icon-{size}.png": icon(size) for size in ICONS}
    return {**icons, "assets/images/card.png": social_card(title, subtitle)}


def icon(size: int) -> bytes:
    """The site's mark, lines of a text on a dark red ground, as a square PNG of ``size`` pixels."""
    unit = size / 32
    image = Image.new("RGB", (size, size), INK)
    draw = ImageDraw.Draw(image)
    for x, y, width in ((9, 8, 14), (9, 14, 14), (9, 20, 8)):
        draw.rectangle(
            (x * unit, y * unit, (x + width) * unit - 1, (y + 3) * unit - 1), fill="#ffffff"
        )
    return _png(image)


def social_card(title: str, subtitle: str) -> bytes:
    """A card of 1200 by 630 pixels: the title, wrapped, and a line under it."""
    image = Image.new("RGB", (1200, 630), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 28, 630), fill=INK)
    large, small = _font(64), _font(32)
    y = 90.0
    for line in wrap(draw, title, large, 1040):
        draw.text((90, y), line, font=large, fill=TEXT)
        y += 84
    y += 24
    for line in wrap(draw, subtitle, small, 1040):
        draw.text((90, y), line, font=small, fill=QUIET)
        y += 46
    return _png(image)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.load_default(size)
    except ImportError as error:  # a Pillow built without FreeType
        raise OSError(f"Pillow cannot draw letters ({error})") from error


def wrap(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    width: float,
) -> list[str]:
    """The text in lines that are at most so many pixels wide, broken at blanks."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
