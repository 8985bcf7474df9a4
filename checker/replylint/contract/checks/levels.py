"""What makes a review of a severity level: something that no more severe level has already."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from replylint.contract.entries import Entries, line_of, texts
from replylint.contract.terms import LEVELS
from replylint.source.problems import Problem


def stars_are_left(entries: Entries) -> Iterator[Problem]:
    """A level whose stars all make a review more severe already."""
    stated = [(level, entry) for level in LEVELS if (entry := entries.get(f"severity.{level}.rating_at_most"))]
    for (lower, below), (higher, above) in itertools.pairwise(stated):
        one, other = below.value, above.value
        if isinstance(one, Decimal) and isinstance(other, Decimal) and one <= other:
            values = {"lower": lower, "higher": higher, "stars": below.words.words, "more": above.words.words}
            yield Problem("contract.stars-taken", below.words, values)


def defined_once(entries: Entries) -> Iterator[Problem]:
    """Something in a review that a more severe level counts already."""
    for (lower, higher), what in itertools.product(itertools.combinations(LEVELS, 2), ("allegations", "issues")):
        own, above = (entries.get(f"severity.{level}.{what}") for level in (lower, higher))
        if own is None or above is None:
            continue
        for kind in texts(own):
            if kind in texts(above):
                values = {"kind": kind, "lower": lower, "higher": higher, "line": line_of(above)}
                yield Problem("contract.defined-twice", own.words, values)
