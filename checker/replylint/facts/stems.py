"""Words without their endings."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Stemmer import Stemmer


def is_chinese(word: str) -> bool:
    """Whether a word is written in Chinese characters."""
    return word[0] >= "\u2e80"


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A Latin word without its ending (Porter 2001, English); any other word as it is."""
    return word if is_chinese(word) else _stemmer().stemWord(word)


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer  # only needed where English is read

    return Stemmer("english")
