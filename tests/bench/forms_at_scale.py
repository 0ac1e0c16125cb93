"""What a long text of another form costs beside one in English prose of as many paragraphs: 300
paragraphs in a script that runs from right to left, 2,000 lines of verse. Prints the processor's
time for a check and a build, what the search weighs, and a question’s answer in Chromium; nothing
is asserted.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
ENGLISH = "lamp harbor ship winter oil night quay master stone boat light money tax storm bar"
ARABIC = "مصباح ميناء سفينة شتاء زيت ليل رصيف سيد حجر قارب ضوء مال ضريبة عاصفة حاجز"


def text(known: str, paragraphs: int, lines: int) -> str:
    """Paragraphs, or stanzas of so many lines, each line with a word of its own."""
    chance, words = random.Random(7), known.split()
    return "\n\n".join(
        "\n".join(
            " ".join([*chance.choices(words, k=8 if lines > 1 else 60), f"{words[0]}{n}x{line}"])
            for line in range(lines)
        )
        for n in range(paragraphs)
    )


def processor(command: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True,
        env={**os.environ, "PYTHONPATH": "hooks", "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def answered(site: Path, word: str) -> float:
    """Milliseconds from a question to its first answer, on a page from disk; the best of some."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        took = []
        for _ in range(RUNS):
            page = browser.new_page()
            page.goto((site / "sources/t.html").as_uri())
            start = time.perf_counter()
            page.locator(".finder-input").fill(word)
            page.locator(".finder-results a").first.wait_for()
            took.append((time.perf_counter() - start) * 1000)
            page.close()
        browser.close()
    return min(took)


def main() -> None:
    cases = {
        "300 paragraphs of English": (text(ENGLISH, 300, 1), "en", []),
        "300 paragraphs of Arabic": (text(ARABIC, 300, 1), "ar", []),
        "2,000 lines of verse": (text(ENGLISH, 500, 4), "en", ["--verse"]),
    }
    first: list[float] = []
    for name, (words, language, more) in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            file, edition = Path(folder) / "t.txt", Path(folder) / "edition"
            file.write_text(words, encoding="utf-8")
            begin = ["hooks/dossier", "init", str(edition), "--text", str(file), "--title", "T"]
            subprocess.run(
                [sys.executable, *begin, "--language", language, "--no-build", *more],
                cwd=ROOT, check=True, capture_output=True,
            )  # fmt: skip
            check = processor([sys.executable, "-m", "dossier", "check"], edition)
            build = processor([sys.executable, "hooks/build.py"], edition)
            parts = (edition / "site/assets/data/search").glob("*.js")
            weight = sum(part.stat().st_size for part in parts) / 1000
            asked = answered(edition / "site", words.split()[8 if more else 60])
            found = [check, build, weight, asked]
            first = first or found
            ratios = [f"{a / b:.2f}" for a, b in zip(found, first, strict=True)]
            print(
                f"{name}: check {check:.2f} s ({ratios[0]}), build {build:.2f} s ({ratios[1]}),"
                f" search {weight:.0f} kB ({ratios[2]}), answer {asked:.0f} ms ({ratios[3]})",
                flush=True,
            )


if __name__ == "__main__":
    main()
