"""How often the search has the right answer first: the judged set, by language and kind of
question.

Prints a table and writes it into the site's performance page. ``python
tests/bench/judged_questions.py``.
"""

from __future__ import annotations

from build_at_scale import write_into_page
from dossier.write.site import make_site
from judged import ROOT, Engine, Tally, keys, questions, rank, tallies

LANGUAGES = {"en": "English", "zh": "Chinese"}
HEAD = (
    "| questions | asked | right at 1 | right among 3 | mean reciprocal rank |\n| --- | ---: | ---:"
    " | ---: | ---: |"
)


def main() -> None:
    site = make_site(ROOT)
    named = keys(site)
    engine = Engine(site.assets)
    ranked = [
        (question, rank([named[id_] for id_ in engine.ask(question["q"])["ids"]], question["want"]))
        for question in questions()
    ]
    engine.close()
    lines = [HEAD]
    for (of, lang), tally in sorted(tallies(ranked, "set", "lang").items()):
        lines.append(
            _row(
                f"{LANGUAGES[lang]}, {'for development' if of == 'dev' else 'only reported'}", tally
            )
        )
    for (lang, kind), tally in sorted(tallies(ranked, "lang", "kind").items()):
        lines.append(_row(f"{LANGUAGES[lang]}: {kind}", tally))
    print("\n".join(lines))
    for (_, lang), tally in sorted(tallies(ranked, "set", "lang").items()):
        for missed in tally.missed:
            print(f"  not first ({lang}): {missed}")
    write_into_page("judged", "\n".join(lines))


def _row(name: str, tally: Tally) -> str:
    return f"| {name} | {tally.row} |"


if __name__ == "__main__":
    main()
