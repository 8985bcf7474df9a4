"""What was learnt or counted and stands beside a lexicon: weights, how common words are, and which go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from replylint.facts.rarity import Counts, counts_of
from replylint.facts.vectors import Vectors, vectors_of
from replylint.facts.weights import Weights, weights_of
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

_T = TypeVar("_T")

# Some megabytes each, and the same for nearly every policy that a process loads.
_weights = lru_cache(maxsize=8)(weights_of)
_counts = lru_cache(maxsize=8)(counts_of)
_vectors = lru_cache(maxsize=8)(vectors_of)


def read_weights(sources: Iterable[Source]) -> tuple[tuple[Weights, ...], tuple[Problem, ...]]:
    """What tells the tenor of replies, and which files hold no such thing."""
    return _made(sources, _weights, "language.no-weights")


def read_counts(sources: Iterable[Source]) -> tuple[tuple[Counts, ...], tuple[Problem, ...]]:
    """How common words are, and which files do not tell."""
    return _made(sources, _counts, "language.no-counts")


def read_vectors(sources: Iterable[Source]) -> tuple[tuple[Vectors, ...], tuple[Problem, ...]]:
    """Which words go together, and which files do not tell."""
    return _made(sources, _vectors, "language.no-vectors")


def _made(
    sources: Iterable[Source], make: Callable[[str], _T], otherwise: str
) -> tuple[tuple[_T, ...], tuple[Problem, ...]]:
    read: list[_T] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            read.append(make(source.text))
        except (ValueError, TypeError, LookupError, AttributeError):
            problems.append(Problem(otherwise, Location(source, Span(0, 0))))
    return tuple(read), tuple(problems)
