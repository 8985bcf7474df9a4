"""The regular expressions of a lexicon, in RE2's syntax and linear time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Expressions:
    """Expressions by their atoms; RE2 is loaded, and each of them compiled, when it is first looked for."""

    def __init__(self, patterns: Iterable[tuple[int, str]]):
        self._patterns = dict(patterns)
        self._compiled: dict[int, Any] = {}

    def find(self, atom: int, folded: str) -> list[tuple[int, int]]:
        """Where an expression matches, but for empty matches."""
        expression = self._compiled.get(atom)
        if expression is None:
            import re2

            expression = self._compiled[atom] = re2.compile(self._patterns[atom])
        spans = [match.span() for match in expression.finditer(folded)]
        return [(start, end) for start, end in spans if end > start]
