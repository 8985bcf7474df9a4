"""Does a reply have more in common with its own review than with others of the same source? No labels are needed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from replylint.case.model import Case
from replylint.source.spans import Embedded

Score = Callable[[Case], int]

OTHERS = 5
_SEED = 11


@dataclass(frozen=True)
class Separation:
    """How often a reply's own review scores above another one; ties count half.

    That share is the area under the ROC curve (Hanley and McNeil 1982). replies: how many were compared.
    """

    share: float
    replies: int


def separation(cases: Sequence[Case], score: Score) -> Separation | None:
    """The separation over cases of one source; None when fewer than two have a review."""
    reviewed = [case for case in cases if case.review is not None and case.review.text.strip()]
    if len(reviewed) < 2:
        return None
    chance = random.Random(_SEED)
    wins = 0.0
    for case in reviewed:
        own = score(case)
        others = [o for o in chance.sample(reviewed, min(OTHERS + 1, len(reviewed))) if o is not case][:OTHERS]
        wins += sum(_win(own, score(_with_review(case, other.review))) for other in others) / len(others)
    return Separation(wins / len(reviewed), len(reviewed))


def _win(own: int, other: int) -> float:
    return 1.0 if own > other else 0.5 if own == other else 0.0


def _with_review(case: Case, review: Embedded | None) -> Case:
    return Case(case.id, case.source, case.reply, review)
