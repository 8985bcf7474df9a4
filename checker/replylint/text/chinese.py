"""Words of Chinese by jieba's dictionary (in Simplified script) and its scripts by OpenCC; loaded when first needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from replylint.text.characters import is_cjk

_TEXT = re.compile(r"[^\ud800-\udfff]+")


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
    return _converted(text, "t2s")


def traditional(text: str) -> str:
    """A text with its Simplified characters in the Traditional ones of Taiwan."""
    return _converted(text, "s2tw")


@lru_cache(maxsize=4)
def is_simplified(text: str) -> bool:
    """Whether a text is in Simplified script: something in it is Simplified only, and nothing Traditional only.

    Simplified only is a character that Big5 has not, in which Taiwan wrote before Unicode; a converter to Traditional
    script would tell the same and takes a tenth of a second to load.
    """
    try:
        "".join(filter(is_cjk, text)).encode("cp950")
    except UnicodeEncodeError:
        return simplified(text) == text
    return False


def _converted(text: str, direction: str) -> str:
    """Halves of surrogate pairs, which JSON can spell and OpenCC does not read, stay as they are."""
    return _TEXT.sub(lambda m: str(_converter(direction).convert(m[0])), text)


@cache
def _converter(direction: str) -> Any:
    import opencc

    return opencc.OpenCC(direction)
