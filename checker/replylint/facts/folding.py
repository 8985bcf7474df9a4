"""Wordings folded the way texts are, so that the two can be compared character by character."""

from __future__ import annotations

import re
from functools import lru_cache

from replylint.text.fold import fold

# What stands for itself alone in an expression is folded; escapes, classes by name and group heads are not.
_PARTS = re.compile(r"\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\(\?[^)>:]*[>:)]|\[\[:\^?\w+:\]|.", re.DOTALL)


def fold_words(text: str) -> list[tuple[str, bool]]:
    """The folded pieces of a literal, each with whether it stands for the beginning of a word (`refund*`)."""
    pieces = text.split("*")
    folded = [(fold(piece)[0].strip(), index < len(pieces) - 1) for index, piece in enumerate(pieces)]
    return [(piece, prefix) for piece, prefix in folded if piece]


def fold_expression(pattern: str) -> str:
    """An RE2 pattern whose letters are folded."""
    return "".join(_fold_part(part) for part in _PARTS.findall(pattern))


@lru_cache(maxsize=4096)
def _fold_part(part: str) -> str:
    return fold(part)[0] if len(part) == 1 and not part.isspace() and part.isalpha() else part
