"""How often the search has the right answer first: the judged set, by language and kind of
question, beside Material's own search and Pagefind on the same pages.

Prints a table and writes it into the site's performance page. ``python
tests/bench/judged_questions.py``. The other two need ``requirements/bench.txt``; without it they
are left out, which is said. Of the questions that are only reported no single one is shown.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import other_searches
from build_at_scale import write_into_page
from dossier.write.site import Site, make_site
from judged import ROOT, Engine, keys, questions, rank, tallies

LANGUAGES = {"en": "English", "zh": "Chinese"}
SETS = {"dev": "for development", "reported": "only reported"}
Answers = Mapping[str, Iterable[str | list[str]]]


def main() -> None:
    site = make_site(ROOT)
    asked = questions()
    texts = [question["q"] for question in asked]
    found = ours(site, texts)
    searches: dict[str, Answers | str] = {"this search": found}
    with tempfile.TemporaryDirectory() as folder:
        searches["Material’s"] = other_searches.material(site, texts, Path(folder) / "bare")
        searches["Pagefind"] = other_searches.pagefind(site, texts, Path(folder) / "ours")
    result = table(asked, {name: a for name, a in searches.items() if not isinstance(a, str)})
    said = [f"{name} is {why}." for name, why in searches.items() if isinstance(why, str)]
    print("\n\n".join([result, *said]))
    for question in asked:
        place = rank(found[question["q"]], question["want"])
        if place != 1 and question["set"] == "dev":
            print(f"  not first ({question['lang']}): {question['q']} ({place or 'not'})")
    write_into_page("judged", "\n\n".join([result, *said]))


def ours(site: Site, texts: list[str]) -> Answers:
    named = keys(site)
    engine = Engine(site.assets)
    found = {text: [named[id_] for id_ in engine.ask(text)["ids"]] for text in texts}
    engine.close()
    return found


def table(asked: list[dict[str, Any]], searches: Mapping[str, Answers]) -> str:
    """Right at 1, right among 3 and mean reciprocal rank of each search: for each set and language,
    and by kind for what is only reported.
    """
    head = " | ".join(f"{name}: at 1 | at 3 | MRR" for name in searches)
    lines = [
        f"| questions | asked | {head} |",
        f"| --- | ---: |{' ---: |' * 3 * len(searches)}",
    ]
    for by, of in ((("set", "lang"), asked), (("lang", "kind"), _reported(asked))):
        counted = [
            tallies(((q, rank(found[q["q"]], q["want"])) for q in of), *by)
            for found in searches.values()
        ]
        for group in sorted(counted[0]):
            first, second = group
            name = (
                f"{LANGUAGES[second]}, {SETS[first]}"
                if by[0] == "set"
                else f"{LANGUAGES[first]}: {second}"
            )
            cells = " | ".join(tally[group].cells for tally in counted)
            lines.append(f"| {name} | {counted[0][group].asked} | {cells} |")
    return "\n".join(lines)


def _reported(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [question for question in asked if question["set"] == "reported"]


if __name__ == "__main__":
    main()
