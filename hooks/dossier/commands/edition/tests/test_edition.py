"""The edition is in order, and its site has every paragraph at its address."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str) -> tuple[int, str]:
    """Run Python here, and give what it said."""
    made = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return made.returncode, made.stdout + made.stderr


class Edition(unittest.TestCase):
    def test_data_and_texts_are_in_order(self) -> None:
        code, said = run("hooks/dossier", "check")
        self.assertEqual(code, 0, said)

    def test_every_paragraph_has_its_address(self) -> None:
        code, said = run("hooks/build.py")
        self.assertEqual(code, 0, said)
        for text in (ROOT / "docs/sources").glob("*.md"):
            page = (ROOT / "site/sources" / f"{text.stem}.html").read_text(encoding="utf-8")
            ids = re.findall(r"\{ ?#(p\d+) ?\}", text.read_text(encoding="utf-8"))
            self.assertTrue(ids)
            for paragraph in ids:
                self.assertRegex(page, rf'id="?{paragraph}[" >]')


if __name__ == "__main__":
    unittest.main()
