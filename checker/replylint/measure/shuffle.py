"""Does a reply have more in common with its own review than with others of the same source? No labels are needed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Score = Callable[[str, str], float]
"""How much a reply and a review have in common."""

OTHERS = 20
_SEED = 11


@dataclass(frozen=True)
class Pair:
    """A reply with the review that it was written for, and where both come from."""

    reply: str
    review: str
    source: str = ""


@dataclass(frozen=True)
class Separation:
    """How often a reply's own review scores above another one; ties count half.

    That share is the area under the ROC curve (Hanley and McNeil 1982). replies: how many were compared.
    """

    share: float
    replies: int


def separation(chosen: Sequence[Pair], among: Sequence[Pair], score: Score) -> Separation | None:
    """How well the chosen replies tell their own reviews from others; None when there is nothing to compare.

    among: the pairs whose reviews are the others. Up to OTHERS of the same source are drawn for each reply, the same
    ones each time.
    """
    chance = random.Random(_SEED)
    shares = []
    for pair in chosen:
        others = [o.review for o in among if o.source == pair.source and o.review != pair.review]
        others = chance.sample(others, min(OTHERS, len(others)))
        if others:
            own = score(pair.reply, pair.review)
            shares.append(sum(_win(own, score(pair.reply, other)) for other in others) / len(others))
    return Separation(sum(shares) / len(shares), len(shares)) if shares else None


def _win(own: float, other: float) -> float:
    return 1.0 if own > other else 0.5 if own == other else 0.0
