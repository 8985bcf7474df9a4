"""Words of Chinese (Simplified script), by jieba's dictionary; loaded when the first Chinese text needs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any


@cache
def _jieba() -> Any:
    import rjieba  # a tenth of a second, which texts without Chinese need not pay

    return rjieba


def cut(chinese: str, *, unknown_words: bool = True) -> Sequence[str]:
    """The words of a run of Chinese characters; without `unknown_words` only those of the dictionary."""
    words: Sequence[str] = _jieba().cut(chinese, unknown_words)
    return words


def is_word(chinese: str) -> bool:
    """Whether the dictionary has this word."""
    return bool(_jieba().has_word(chinese))
