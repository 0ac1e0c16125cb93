"""What a language is called in English and which way its script runs, by its code (BCP 47).

Names are Unicode's (CLDR), through Babel; an edition may set its own.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

_LEFTWARD_SCRIPTS = {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
_LEFTWARD = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-Arab", "nqo", "ps", "sd", "syr", "ug"}
_LEFTWARD |= {"ur", "yi"}


@lru_cache
def _english() -> Locale:
    return Locale("en")


def tongue(code: str) -> str:
    """The language alone, as a sentence names it; the code itself where it has no name.

    >>> tongue("zh-Hans"), tongue("grc"), tongue("xx")
    ('Chinese', 'Ancient Greek', 'xx')
    """
    return str(_english().languages.get(code.split("-", maxsplit=1)[0], code))


def title(code: str) -> str:
    """The language with its script or country, as a record names it.

    >>> title("zh-Hant"), title("pt-BR"), title("ar")
    ('Chinese (Traditional)', 'Portuguese (Brazil)', 'Arabic')
    """
    names = _english()
    first, *rest = code.split("-")
    known = [names.scripts.get(part) or names.territories.get(part) for part in rest]
    further = ", ".join(str(name) for name in known if name)
    return f"{tongue(first)} ({further})" if further else tongue(first)


def is_known(code: str) -> bool:
    """Whether a code begins with a language that has a name.

    >>> is_known("en"), is_known("english")
    (True, False)
    """
    return code.split("-", maxsplit=1)[0] in _english().languages


def direction(code: str) -> str:
    """``rtl`` for a script that runs from right to left, otherwise ``ltr``.

    >>> direction("ar"), direction("az-Arab"), direction("zh-Hans")
    ('rtl', 'rtl', 'ltr')
    """
    first, *rest = code.split("-")
    scripts = [part for part in rest if len(part) == 4]
    leftward = scripts[0] in _LEFTWARD_SCRIPTS if scripts else first in _LEFTWARD
    return "rtl" if leftward else "ltr"
