"""What a Chinese character is: the one definition, Unicode's script *Han*.

Browsers know it as ``\\p{Script=Han}``; Python's ``re`` does not, so the ranges stand here, as in
Unicode's ``Scripts.txt``, apart from gaps within a block. A test compares the two.
"""

from __future__ import annotations

import re

HAN = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufad9\U00016fe2\U00016fe3\U00016ff0-\U00016ff6\U00020000-\U0003ffff"
)
"""Ranges for a class of characters in a regular expression."""
HAN_RUN = re.compile(f"[{HAN}](?:[、。，·《》]?[{HAN}])*")
"""Characters in a row, with the marks between them; ``docs/assets/js/base.js`` has it too."""
