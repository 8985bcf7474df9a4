"""Three answers: yes, no, and cannot tell with what would have to be known.

Kleene's strong three-valued logic: `no and unknown` is no, `yes or unknown` is yes (Kleene, Introduction to
Metamathematics, 1952, §64).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from replylint.source.problems import Problem


@dataclass(frozen=True)
class Answer:
    """holds is None when it cannot be told; `missing` then names what is not known."""

    holds: bool | None
    missing: tuple[Problem, ...] = ()

    def __invert__(self) -> Answer:
        return self if self.holds is None else NO if self.holds else YES


YES = Answer(True)
NO = Answer(False)


def unknown(*missing: Problem) -> Answer:
    """Cannot tell, for want of these."""
    return Answer(None, missing)


def every(answers: Iterable[Answer]) -> Answer:
    """Yes when all are, no when one is not; later answers are not asked for once one is no."""
    missing: list[Problem] = []
    for answer in answers:
        if answer.holds is False:
            return NO
        missing += answer.missing
    if not missing:
        return YES
    distinct = [p for i, p in enumerate(missing) if p not in missing[:i]]
    return unknown(*distinct)


def some(answers: Iterable[Answer]) -> Answer:
    """Yes when one is, no when none is."""
    return ~every(~answer for answer in answers)
