"""The words of `grammar/values.yml`, folded and made into anchored patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import ahocorasick_rs

from replylint.source.resources import grammar_table
from replylint.text.characters import is_cjk
from replylint.text.fold import fold_all


@cache
def word_table() -> Mapping[str, Any]:
    """The table with every word folded, keys of mappings too."""
    table: Mapping[str, Any] = grammar_table("values.yml")
    words = list(dict.fromkeys(word for section in table.values() for word in _words(section)))
    folded = dict(zip(words, fold_all(words), strict=True))
    return {section: _folded(value, folded) for section, value in table.items()}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value:
            yield from _words(item)
        if isinstance(value, dict):
            yield from _words(list(value.values()))


def _folded(value: Any, folded: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return folded[value]
    if isinstance(value, list):
        return [_folded(item, folded) for item in value]
    if isinstance(value, dict):
        return {folded[key] if key.islower() or is_cjk(key[0]) else key: _folded(v, folded) for key, v in value.items()}
    return value


def any_of(words: Iterable[str]) -> str:
    """An expression for one of the words, the longest first; Latin ones whole."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(_whole, longest_first)) + ")"


def _whole(word: str) -> str:
    left = r"(?<![a-z])" if "a" <= word[0] <= "z" else ""
    right = r"(?![a-z])" if "a" <= word[-1] <= "z" else ""
    return left + re.escape(word) + right


class Endings:
    """Words that may stand right before a place: looked up by length, as an expression would try every start."""

    def __init__(self, words: Iterable[str]):
        self._words = frozenset(words)
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)

    def find(self, before: str) -> str | None:
        """The longest of the words that `before` ends with, Latin ones whole."""
        for length in self._lengths:
            word = before[-length:]
            if word in self._words and not (
                len(before) > length and "a" <= word[0] <= "z" and "a" <= before[-length - 1] <= "z"
            ):
                return word
        return None


class Words:
    """Fixed words with a value each, found in one pass over a text, the longest at each place."""

    def __init__(self, values: Mapping[str, Any]):
        self._values = list(values.values())
        self._whole = [(_is_latin(word[0]), _is_latin(word[-1])) for word in values]
        self._automaton = ahocorasick_rs.AhoCorasick(list(values), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, folded: str) -> list[tuple[int, int, Any]]:
        """Start, end and value of each word, in order."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            left, right = self._whole[index]
            if left and start and _is_latin(folded[start - 1]):
                continue
            if right and end < len(folded) and _is_latin(folded[end]):
                continue
            found.append((start, end, self._values[index]))
        return found


def _is_latin(char: str) -> bool:
    return "a" <= char <= "z" or "0" <= char <= "9"
