"""A serious complaint and a media report: each open review is one by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from itertools import chain

from replylint.contract.model import Contract
from replylint.contract.terms import LEVELS
from replylint.evaluate.past import first_of
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.window import in_time
from replylint.source.problems import Said

_MOST_REASONS = 3
_OF_THE_PRESS = frozenset({"media"})


def serious_complaint(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """Open reviews that allege what the contract names here; where it names nothing, those of its level, and above it
    those that allege anything but that the press knows.

    Those that may be such by words that are not understood, or by stars that are not stated, count until it is known.
    """
    wanted = contract.value("emergencies.serious_complaint.allegations")
    level = str(contract.value("emergencies.serious_complaint.level"))
    kinds = frozenset(wanted) if isinstance(wanted, tuple) else None
    sure = [each for each in seen if _is_one(each, kinds, level)]
    unsure = [each for each in seen if not _is_one(each, kinds, level) and _may_be_one(each, kinds, level)]
    return _single(sure, unsure)


def _is_one(review: Seen, kinds: Set[str] | None, level: str) -> bool:
    if kinds is not None:
        return not kinds.isdisjoint(review.allegations)
    own = review.grade.level
    return own == level or (own in _above(level) and bool(set(review.allegations) - _OF_THE_PRESS))


def _may_be_one(review: Seen, kinds: Set[str] | None, level: str) -> bool:
    if kinds is not None:
        return not kinds.isdisjoint(review.grade.may_allege)
    own, higher = review.grade.level, (level, *_above(level))
    return review.worded and own not in higher and any(each in higher for each in review.grade.possible)


def _above(level: str) -> Sequence[str]:
    return LEVELS[LEVELS.index(level) + 1 :]


def media_report(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """Open reviews by the press, or that speak of it."""
    return _single([each for each in seen if each.press or "media" in each.allegations])


def _single(sure: Sequence[Seen], unsure: Sequence[Seen] = ()) -> Signal | None:
    """Reviews of which each is an emergency until it is answered; the one that did not go up is the reason to hurry.

    unsure: those of which it cannot be told; why they might be is the last that is told of their severity.
    """
    found = in_time([each for each in (*sure, *unsure) if each.open])
    if not found:
        return None
    doubtful = {id(each) for each in unsure}
    waiting = [each for each in found if each.went_up is None] or found
    told = (each.grade.reasons[-1:] if id(each) in doubtful else each.grade.reasons[:1] for each in waiting)
    why: list[Said] = []
    for reason in chain.from_iterable(told):
        if len(why) < _MOST_REASONS and reason not in why:
            why.append(reason)
    number = sum(id(each) in doubtful for each in found)
    doubt = (Said("evaluate.emergency-unsure", {"number": str(number)}),) if number else ()
    return Signal(found, (*why, *doubt), first_of(each.at for each in waiting if each.at))
