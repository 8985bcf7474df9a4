"""Words of Chinese by jieba's dictionary (in Simplified script) and its scripts by OpenCC; loaded when first needed."""

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


def simplified(text: str) -> str:
    """A text with its Traditional characters in Simplified script."""
    return str(_converter("t2s").convert(text))


def is_simplified(text: str) -> bool:
    """Whether a text is in Simplified script: nothing in it is Traditional only, and something is Simplified only."""
    return not text.isascii() and simplified(text) == text and str(_converter("s2tw").convert(text)) != text


@cache
def _converter(direction: str) -> Any:
    import opencc

    return opencc.OpenCC(direction)
