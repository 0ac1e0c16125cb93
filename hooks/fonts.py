"""``make fonts``: the faces cut again from their makers' packages, after a new version or a new
character.

The cuts are kept in the repository, since they stay the same for years. Their versions
and this step are in ``docs/assets/fonts/VERSIONS.txt``. Only the Chinese face is cut by the build,
which knows what Chinese the edition shows (``dossier/write/faces.py``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "docs/assets/fonts"
FACES = ROOT / "hooks/faces"
WIDTHS = ROOT / "hooks/dossier/pages/charts/widths.json"

FILES = {
    "source-serif-4-roman": "source-serif/VAR/SourceSerif4Variable-Roman.ttf",
    "source-serif-4-italic": "source-serif/VAR/SourceSerif4Variable-Italic.ttf",
    "source-sans-3-roman": "source-sans/VF/SourceSans3VF-Upright.ttf",
}
CHINESE = "@fontsource/noto-serif-sc/files/noto-serif-sc-chinese-simplified-400-normal.woff2"
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "prep", "gasp"]
AXES = {"wght": (400, 700), "opsz": 16}
FEATURES = ["kern", "ccmp", "locl", "liga", "onum", "lnum", "pnum", "tnum"]

# English, the Latin alphabet's accents that names bring along, pinyin with its tone marks, and the
# punctuation and signs in use.
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ĀāĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŒœŘřŚśŞşŠšŤťŪūŮůŰűŸŹźŻżŽž"),
    *map(ord, "ǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜḿǹ"),
    *map(ord, "–—‘’‚“”„†‡•…′″‹›€−×÷≈≤≥←↑→↓™"),
    0x2009, 0x200A, 0x2010, 0x2011, 0x202F, 0x2060,
]  # fmt: skip

# What nearly every page shows, pinyin with it, comes with the style sheet; the rest is a face of
# its own, which a page loads that shows some of it.
COMMON = {*range(0x20, 0x7F), *map(ord, "\u00a0\u202f¶·±×é–—‘’“”…−≈←↑→↓üàáāǎèéēěìíīǐòóōǒùúūǔǖǘǚǜ")}


def cut(source: Path) -> TTFont:
    """A face with the characters, weights and features that the site uses, at the size that it is
    read in.
    """
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        layout_features=FEATURES,
        hinting=False,
        desubroutinize=True,
        name_IDs=["*"],
        notdef_outline=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    axes = {axis.axisTag: AXES[axis.axisTag] for axis in font["fvar"].axes if axis.axisTag in AXES}
    return instantiateVariableFont(font, axes, inplace=True)


def of_part(face: Path, part: set[int]) -> TTFont:
    """The characters of a face that are in a part; the italic in one weight, since the site sets
    nothing in both bold and italics.
    """
    font = TTFont(face, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False, name_IDs=["*"]))
    subsetter.populate(unicodes=part)
    subsetter.subset(font)
    if "italic" in face.name:
        font = instantiateVariableFont(font, {"wght": 400}, inplace=True)
    return font


def widths(font: TTFont) -> dict[str, dict[str, int]]:
    """By weight: the advance of every character, in thousandths of the font's size."""
    found = {}
    for weight in (400, 700):
        at = instantiateVariableFont(font, {"wght": weight}, inplace=False)
        unit = at["head"].unitsPerEm
        metrics = at["hmtx"].metrics
        found[str(weight)] = {
            chr(code): round(metrics[name][0] * 1000 / unit)
            for code, name in sorted(at.getBestCmap().items())
        }
    return found


def main(packages: Path) -> int:
    """Cut the faces from unpacked npm packages in a folder; says what it wrote."""
    FONTS.mkdir(exist_ok=True)
    FACES.mkdir(exist_ok=True)
    for name, path in FILES.items():
        font = cut(packages / path)
        if name == "source-sans-3-roman":
            WIDTHS.write_text(
                json.dumps(widths(font), ensure_ascii=False, separators=(",", ":")) + "\n",
                encoding="utf-8",
            )
        font.flavor = "woff2"
        font.save(FACES / f"{name}.woff2")
        for file, part in (
            (f"{name}.woff2", COMMON),
            (f"{name}-more.woff2", set(CHARACTERS) - COMMON),
        ):
            of_part(FACES / f"{name}.woff2", part).save(FONTS / file)
            print(f"docs/assets/fonts/{file}: {(FONTS / file).stat().st_size:,} bytes")
    chinese(packages / CHINESE)
    return 0


def chinese(source: Path) -> None:
    """The face from which the build cuts: Chinese characters and marks alone, not compressed, so
    that a cut is quick.
    """
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        hinting=False, layout_features=[], drop_tables=DROPPED, name_IDs=[0, 1, 2, 5, 13, 14]
    )
    subsetter = Subsetter(options)
    subsetter.populate(
        unicodes=[c for c in font.getBestCmap() if 0x2E80 <= c < 0xA000 or 0xF900 <= c <= 0xFFEF]
    )
    subsetter.subset(font)
    font.flavor = None
    font.save(FACES / "noto-serif-sc.ttf")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
