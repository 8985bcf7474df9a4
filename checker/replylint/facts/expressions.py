"""The regular expressions of a lexicon, in RE2's syntax and linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_Set = tuple[Any, list[tuple[int, Any]]]
_SET = 16
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile(r"(?:\\p\{\w+\}|\\.|\{[0-9,]+\})|([a-z0-9])")


class Expressions:
    """The expressions of a lexicon; RE2 is loaded only when there are any.

    One pass finds out which of them match at all; where, is found when a wording needs to know. They are looked for in
    small sets, because the automaton of many expressions at once outgrows its memory and falls back to a slower way,
    and Chinese ones are not looked for where there is no Chinese.
    """

    def __init__(self, expressions: Sequence[tuple[str, int]]):
        chinese = [entry for entry in expressions if _is_chinese(entry[0])]
        others = [entry for entry in expressions if not _is_chinese(entry[0])]
        self._chinese = [_set_of(chunk) for chunk in _chunks(chinese)]
        self._others = [_set_of(chunk) for chunk in _chunks(others)]

    def possible(self, folded: str) -> dict[int, Any]:
        """The expressions that match somewhere, by atom."""
        sets = self._others if folded.isascii() else self._chinese + self._others
        return dict(held[index] for any_of, held in sets for index in any_of.Match(folded) or ())


def _is_chinese(pattern: str) -> bool:
    """Whether an expression can match only where there is Chinese: it names Chinese characters and no Latin ones."""
    return bool(_HAN.search(pattern)) and not any(match[1] for match in _LATIN.finditer(pattern))


def _chunks(expressions: Sequence[tuple[str, int]]) -> Iterator[Sequence[tuple[str, int]]]:
    return (expressions[start : start + _SET] for start in range(0, len(expressions), _SET))


def _set_of(expressions: Sequence[tuple[str, int]]) -> _Set:
    import re2

    any_of = re2.Set.SearchSet()
    for pattern, _ in expressions:
        any_of.Add(pattern)
    any_of.Compile()
    return any_of, [(atom, re2.compile(pattern)) for pattern, atom in expressions]
