"""The faces that the site brings along: what they hold, and the Chinese that is cut to what is
shown.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from conftest import ROOT
from dossier.write import faces
from dossier.write.faces import SLICE, STYLES, chinese_face

FONTS = ROOT / "docs/assets/fonts"
PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"

FACES = sorted(path.name for path in (ROOT / "hooks/faces").glob("*.woff2"))


@pytest.mark.parametrize("name", FACES)
def test_a_face_has_english_pinyin_and_the_marks_in_use(name: str) -> None:
    known = TTFont(FONTS / name).getBestCmap()
    assert [char for char in f"AZaz09“”‘’–—…−×$%·{PINYIN}" if ord(char) not in known] == []
    assert "Open Font License" in " ".join(
        path.read_text(encoding="utf-8") for path in FONTS.glob("LICENSE-*.txt")
    )


@pytest.mark.parametrize("name", FACES)
def test_what_few_pages_show_is_a_face_of_its_own_asked_for_by_its_characters(name: str) -> None:
    def known(path: Path) -> set[int]:
        return set(TTFont(path).getBestCmap())

    rest = name.replace(".", "-more.")
    often, seldom = known(FONTS / name), known(FONTS / rest)
    assert often | seldom == known(ROOT / "hooks/faces" / name)
    styles = (ROOT / "docs/assets/css/type.css").read_text(encoding="utf-8")
    rule = next(line for line in styles.splitlines() if rest in line)
    asked = {
        code
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }
    assert seldom <= asked
    assert not often & asked


def characters(files: dict[str, str | bytes]) -> str:
    """Everything that the faces hold, in their order."""
    faces = [content for path, content in files.items() if isinstance(content, bytes)]
    return "".join(
        "".join(map(chr, sorted(TTFont(io.BytesIO(face)).getBestCmap()))) for face in faces
    )


def test_the_chinese_face_holds_what_is_shown_and_nothing_else(tmp_path: Path) -> None:
    files = chinese_face(["The lamp 灯 tax 税", "灯。"], tmp_path / "cache")
    assert sorted(characters(files)) == sorted("灯税。")
    assert "U+706F" in str(files[STYLES])


def test_the_commonest_characters_come_first_and_each_slice_is_named_once(tmp_path: Path) -> None:
    many = "".join(chr(0x4E00 + n) for n in range(SLICE + 5))
    files = chinese_face([many, "海"], tmp_path / "cache")
    files_again = chinese_face(["海", many, "海海"], tmp_path / "other")
    assert re.findall(r"chinese-\d+\.woff2", str(files[STYLES])) == [
        "chinese-1.woff2",
        "chinese-2.woff2",
    ]
    assert len(files) == 3
    assert "U+6D77" in str(files_again[STYLES]).splitlines()[0], "it stands on most pages"


def test_the_same_text_gives_the_same_bytes_with_and_without_a_cache(tmp_path: Path) -> None:
    first = chinese_face(["灯税"], tmp_path / "cache")
    assert (
        chinese_face(["灯税"], tmp_path / "cache")
        == first
        == chinese_face(["灯税"], tmp_path / "another")
    )
    for kept in (tmp_path / "cache/faces").iterdir():
        kept.write_bytes(kept.read_bytes()[:-9])
    assert chinese_face(["灯税"], tmp_path / "cache") == first, "what is damaged is cut again"
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert chinese_face(["灯税"], tmp_path / "file") == first


def test_a_slice_that_stays_the_same_is_not_cut_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "".join(chr(0x4E00 + n) for n in range(SLICE))
    made: list[str] = []
    cut = faces.cut

    def noted(characters: str, *more: Any, **named: Any) -> bytes:
        made.append(characters)
        return cut(characters, *more, **named)

    monkeypatch.setattr(faces, "cut", noted)
    chinese_face([many, many, "税"], tmp_path / "cache")
    made.clear()
    chinese_face([many, many, "税务"], tmp_path / "cache")
    assert "务税" in made
    assert many not in made
    kept = {path.name for path in (tmp_path / "cache/faces").iterdir()}
    assert len(kept) == 2, "what no slice needs any more is gone"


def test_an_edition_without_chinese_has_no_chinese_face(tmp_path: Path) -> None:
    assert chinese_face(["Only English."], tmp_path / "cache") == {STYLES: "\n"}
