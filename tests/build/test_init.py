"""An edition begun from a text file: it builds at once, and nothing in it comes from another
edition."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, read
from dossier.commands.cli import main
from dossier.exports.analyzer import terms
from dossier.exports.search import Index, hits
from dossier.write.site import make_site
from edition_words import OWN

SPEECH = """Citizens of the harbor, I have come to speak of light.

Three years ago the lamps were lit. Nobody asked who would
pay for the [oil] & the *wicks*.

"They burn," I was told, "and that is enough.

"But it is not enough."
"""


def begin(folder: Path, text: str, *options: str, language: str = "en") -> int:
    """``dossier init`` without questions, and without a build unless one is asked for."""
    file = folder.with_suffix(".txt")
    file.write_text(text, encoding="utf-8")
    given = ["--text", str(file), "--language", language, "--title", "On “Light” & Lamps"]
    return main(["init", str(folder), *given, *options])


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition of a speech, not built."""
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: PTH123, SIM115
    assert begin(tmp_path / "harbor", SPEECH, "--no-build", "--genre", "speech") == 0
    return tmp_path / "harbor"


def test_it_builds_checks_and_tests_at_once(harbor: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "unittest", "discover", "-s", "tests"],
        cwd=harbor, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": "hooks"},
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    page = (harbor / "site/sources/on-light-lamps.html").read_text(encoding="utf-8")
    assert "pay for the [oil] &amp; the *wicks*." in page
    assert "Translated" not in page
    assert "title by the editors" not in page
    home = (harbor / "site/index.html").read_text(encoding="utf-8")
    assert "Read the speech" in home
    assert "Unknown: its author; its date" in home
    actors = (harbor / "site/actors/index.html").read_text(encoding="utf-8")
    assert "Nothing yet. What belongs here: a person, company, body or group" in actors


def test_nothing_in_it_is_of_another_edition(harbor: Path) -> None:
    files = [path for path in harbor.rglob("*") if path.is_file()]
    assert len(files) > 150
    for path in files:
        if path.suffix in {".png", ".woff2", ".ttf", ".svg", ".pyc"}:
            continue
        found = OWN.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.relative_to(harbor)}: {found and found[0]}"


def test_what_is_unknown_is_marked_and_every_paragraph_has_its_id(harbor: Path) -> None:
    archive, violations = read(harbor)
    assert violations == []
    source = archive.sources["on-light-lamps"].model
    assert (source.author, source.date, source.publisher) == (None, None, None)
    assert source.unknown == ["its author", "its date", "where it came out"]
    texts = [p.prose.plain for p in archive.translations["on-light-lamps"].paragraphs]
    assert len(texts) == source.paragraphs == 4
    assert texts[1].endswith("who would pay for the [oil] & the *wicks*.")


def test_upgrade_renews_the_engine_and_keeps_what_is_not_its_own(
    harbor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--root", str(harbor), "upgrade"]) == 0
    assert capsys.readouterr().out.startswith("nothing to do")
    script = harbor / "docs/assets/js/cite.js"
    listed = harbor / "hooks/engine.json"
    stale = harbor / "hooks/dossier/old.py"
    stale.write_text("# of an older version\n")
    script.write_text("// changed by hand\n")
    about = harbor / "docs/about.md"
    about.write_text("# Ours\n")
    known = json.loads(listed.read_text(encoding="utf-8"))
    known["version"] = "0.9"
    known["files"]["hooks/dossier/old.py"] = "0" * 64
    listed.write_text(json.dumps(known))
    settings = harbor / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  - toc.follow\n", "").replace("Home:", "Start:"))
    assert main(["--root", str(harbor), "upgrade"]) == 0
    said = capsys.readouterr().out
    assert "renewed docs/assets/js/cite.js; you had changed it, and yours is" in said
    assert "removed hooks/dossier/old.py" in said
    assert "from version 0.9 to" in said
    assert not stale.exists()
    assert (script.parent / "cite.js.mine").read_text() == "// changed by hand\n"
    assert script.read_bytes() == (ROOT / "docs/assets/js/cite.js").read_bytes()
    assert about.read_text() == "# Ours\n"
    renewed = settings.read_text(encoding="utf-8")
    assert "Start: index.md" in renewed
    assert "toc.follow" in renewed


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--language", "english"], '"english" is not a known language; give a code such as en'),
        (["--text", "missing.txt"], "missing.txt"),
        (["--date", "yesterday"], 'the date "yesterday" is not a date; write 2025'),
        (["--text", "sheet.xyz"], "has the ending .xyz; known are .txt"),
    ],
)
def test_a_call_that_cannot_be_carried_out_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert begin(tmp_path / "new", SPEECH, "--no-build", *options) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_on_a_terminal_a_wrong_answer_is_told_and_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "speech.txt").write_text(SPEECH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    answers = iter(
        ["speech.text", "speech.txt", "", "On light", "English", "en", "", "then", "1863", "", ""]
    )
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert main(["init", "harbor", "--no-build"]) == 0
    assert list(answers) == []
    said = capsys.readouterr().out
    for wrong in ('no file "speech.text"', '"English" is not a known', 'the date "then" is not'):
        assert wrong in said
    assert read(tmp_path / "harbor")[1] == []


def test_a_folder_that_holds_something_is_left_alone(harbor: Path) -> None:
    assert begin(harbor, SPEECH, "--no-build") == 2


@pytest.mark.parametrize("language", ["ar", "zh-Hant"])
def test_a_text_in_another_language_stands_in_its_own(tmp_path: Path, language: str) -> None:
    text = "هذا كلام.\n\nوهذا كلام." if language == "ar" else "床前明月光。\n床前明月光。"
    assert begin(tmp_path / "new", text, "--no-build", language=language) == 0
    _, violations = read(tmp_path / "new")
    assert violations == []


def test_a_copy_whose_paragraphs_are_alike_matches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(tmp_path / "new", "Burn.\nShine.\nBurn.\nBurn.\n", "--no-build") == 0
    capsys.readouterr()
    copy = tmp_path / "new.txt"
    assert main(["--root", str(tmp_path / "new"), "match", str(copy)]) == 0
    assert "4 of 4 paragraphs match: p1 p2 p3 p4" in capsys.readouterr().out
    copy.write_text("Burn.\nShine.\nBurn.\n", encoding="utf-8")
    assert main(["--root", str(tmp_path / "new"), "match", str(copy)]) == 1
    assert "not found in your copy: p4" in capsys.readouterr().out


@pytest.mark.parametrize(("language", "verse"), [("ar", False), ("en", True)])
def test_a_long_text_is_whole_and_found(tmp_path: Path, language: str, verse: bool) -> None:
    """300 paragraphs in a script that runs from right to left; 2,000 lines of verse."""
    words = "نور مصباح ميناء" if language == "ar" else "lamps burn low"
    blocks = [
        "\n".join(f"{words} {n} {line}" for line in range(8)) if verse else f"{words} {n}."
        for n in range(250 if verse else 300)
    ]
    text = "\n\n".join(blocks)
    options = ["--verse"] if verse else []
    assert begin(tmp_path / "long", text, "--no-build", *options, language=language) == 0
    site = make_site(tmp_path / "long")
    page = next(page.body for page in site.pages if page.path == "sources/on-light-lamps.md")
    assert page.count('<section class="para"') == len(blocks)
    assert page.count('class="verse-line"') == (2000 if verse else 0)
    assert (' dir="rtl">' in page) == (language == "ar")
    found = [hit for hit in hits(site.graph) if hit.kind == "paragraph"]
    index = Index.of(found)
    for word in words.split():
        [term] = terms(word)
        assert len(index.terms[term]) == len(blocks)


def test_the_wheel_carries_every_file_of_the_engine() -> None:
    """What ``init`` copies in the repository is what pyproject.toml puts beside the package."""
    from dossier.commands.init import engine_files  # noqa: PLC0415

    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    carried = re.findall(r'^"([^"]+)" = "dossier/engine/\1"$', settings, re.MULTILINE)
    for path, _ in engine_files():
        if not path.startswith("hooks/dossier/"):
            assert any(path == one or path.startswith(f"{one}/") for one in carried), path
    assert "mkdocs.yml" in carried
