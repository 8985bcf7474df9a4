"""The regular expressions of a lexicon, in RE2's syntax and linear time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from replylint.facts.hits import Hit

# One class of characters, repeated. Any engine takes linear time for it, and Python's own tells of many short matches
# ten times as quickly.
_ONE_CLASS = re.compile(r"\[\^?[^\^\\\[\]&|~]+\](?:\+|\{[1-9]\d*(?:,\d*)?\})")
_Find = Callable[[str], Iterable[Any]]


class Expressions:
    """Expressions by their atoms; RE2 is loaded, and each of them compiled, when it is first looked for."""

    def __init__(self, patterns: Iterable[tuple[int, str]]):
        self._patterns = dict(patterns)
        self._finders: dict[int, _Find] = {}

    def find(self, atom: int, folded: str) -> list[Hit]:
        """Where an expression matches, but for empty matches."""
        find = self._finders.get(atom)
        if find is None:
            find = self._finders[atom] = _finder(self._patterns[atom])
        spans = [match.span() for match in find(folded)]
        return [(start, end, ()) for start, end in spans if end > start]


def _finder(pattern: str) -> _Find:
    if _ONE_CLASS.fullmatch(pattern):
        return re.compile(pattern).finditer
    import re2

    finditer = re2.compile(pattern).finditer

    def find(folded: str) -> Iterable[Any]:
        # RE2 finds bytes; where these are characters, nothing has to be counted back.
        found: Iterable[Any] = finditer(folded.encode() if folded.isascii() else folded)
        return found

    return find
