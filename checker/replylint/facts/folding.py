"""Wordings folded the way texts are, so that the two can be compared character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from replylint.text.fold import fold_all, fold_words

Piece = tuple[str, bool]
"""Folded words, and whether they are the beginning of a word (`refund*`)."""

# What stands for itself alone in an expression is folded; escapes, classes by name and group heads are not.
_PARTS = re.compile(r"\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\(\?[^)>:]*[>:)]|\[\[:\^?\w+:\]|.", re.DOTALL)


def fold_literals(texts: Iterable[str]) -> Mapping[str, tuple[Piece, ...]]:
    """The folded pieces of each literal."""
    split = {text: [part.strip() for part in text.split("*")] for text in texts}
    pieces = list(dict.fromkeys(piece for parts in split.values() for piece in parts if piece))
    table = dict(zip(pieces, (piece.strip() for piece in fold_all(pieces)), strict=True))
    return {
        text: tuple((table[part], n < len(parts) - 1) for n, part in enumerate(parts) if part and table[part])
        for text, parts in split.items()
    }


def fold_expression(pattern: str) -> str:
    """An RE2 pattern whose letters are folded."""
    return "".join(_fold_part(part) for part in _PARTS.findall(pattern))


@lru_cache(maxsize=4096)
def _fold_part(part: str) -> str:
    return fold_words(part) if len(part) == 1 and part.isalpha() else part
