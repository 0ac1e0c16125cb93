"""The words that would give away the essay that this edition is of."""

from __future__ import annotations

import re

OWN = re.compile(
    r"nvidia|huang|\bAI[ -]chips?\b|chip controls?|semiconductor|\bH200?\b"
    r"|黄仁勋|黃仁勳|英伟达|輝達|芯片"
    r"|washington|beijing|netease|\btrump\b|deepseek|silicon valley|white house",
    re.IGNORECASE,
)
