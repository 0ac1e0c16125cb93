"""The partials that are copied from the theme: a new version that changes one is named, so that the
change can be taken over.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import ROOT

SCRIPT = "partials/javascripts/content.html"
COPIED = {
    "material": {
        "partials/header.html": "8cf3fb15bcf969ff596649616fd99366b3c31c08d57a86d05308efc16d8fa75f",
        SCRIPT: "3722e156f0f6339de39fbbfc178b6e401d1a4fb890f189ac5b80c2504bda7dcf",
        "partials/source.html": "6847616d67be4920d39c278c2799bf20222bbc02ee2a8393aca85e3eaa518752",
        "404.html": "80c93494b5432b1bcdf292caeb67a0653c45b37372f49e08ad4a70ca695a7495",
    },
    "zensical": {
        "partials/header.html": "efcbc9f075685fefdccc113e85fb5a60aa86c0cff7b6a9004683bf2deb39c1df",
        SCRIPT: "3722e156f0f6339de39fbbfc178b6e401d1a4fb890f189ac5b80c2504bda7dcf",
        "partials/source.html": "6847616d67be4920d39c278c2799bf20222bbc02ee2a8393aca85e3eaa518752",
        "404.html": "80c93494b5432b1bcdf292caeb67a0653c45b37372f49e08ad4a70ca695a7495",
    },
}
"""By package: of the theme's own file, which ours stands in for."""

DISTRIBUTION = {"material": "mkdocs-material", "zensical": "zensical"}

OURS_ALONE = {
    "finished.html",
    "main.html",
    "partials/dossier-search.html",
    "partials/tabs.html",
    "partials/ways.html",
}
"""``main.html`` is the theme's place for changes by blocks."""


@pytest.mark.parametrize(
    ("package", "name"), [(package, name) for package in COPIED for name in COPIED[package]]
)
def test_the_theme_s_own_partial_is_still_the_one_that_was_copied(package: str, name: str) -> None:
    file = Path(str(find_spec(package).origin)).parent / "templates" / name  # type: ignore[union-attr]
    now = hashlib.sha256(file.read_bytes()).hexdigest()
    assert now == COPIED[package][name], (
        f"{package} {version(DISTRIBUTION[package])} has another {name}: compare {file} with"
        f" hooks/theme/{name}, take its change over, and write {now} here"
    )


def test_every_template_of_ours_is_known_as_a_copy_or_our_own() -> None:
    ours = {
        path.relative_to(ROOT / "hooks/theme").as_posix()
        for path in (ROOT / "hooks/theme").rglob("*.html")
    }
    assert ours == COPIED["material"].keys() | OURS_ALONE
