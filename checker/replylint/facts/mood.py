"""Whether a text is pleased or not: praise is not answered with regret, nor a complaint with joy."""

from __future__ import annotations

from replylint.facts.listen import Heard


def mood(heard: Heard) -> float:
    """From -1, displeased throughout, to 1, pleased throughout; near 0 where both or nothing is said.

    heard: a text with the things that it speaks of. One word alone counts half.
    """
    return _lean(heard) / (len(heard.found.moods) + 1)


def mood_throughout(heard: Heard) -> float:
    """The same, nearer to 0 the more clauses are neither: a complaint is told in any words, and may hold a kind one."""
    moved = {heard.layout.clause_of(mood.start) for mood in heard.found.moods}
    return _lean(heard) / (len(heard.found.moods) + 1 + len(heard.text.clauses) - len(moved))


def _lean(heard: Heard) -> int:
    return sum(1 if mood.pleased else -1 for mood in heard.found.moods)
