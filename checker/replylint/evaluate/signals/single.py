"""A serious complaint and a media report: each open review is one by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from replylint.contract.model import Contract
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.window import in_time
from replylint.evaluate.timing import first_of

_MOST_REASONS = 3


def serious_complaint(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """Open reviews that allege what the contract names here; of its level, where it names nothing."""
    wanted = contract.value("emergencies.serious_complaint.allegations")
    level = contract.value("emergencies.serious_complaint.level")
    kinds = wanted if isinstance(wanted, tuple) else None
    return _single(
        each for each in seen
        if (kinds is None and each.grade.level == level) or (kinds is not None and set(kinds) & set(each.allegations))
    )  # fmt: skip


def media_report(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """Open reviews by the press, or that speak of it."""
    return _single(each for each in seen if each.press or "media" in each.allegations)


def _single(reviews: Iterator[Seen]) -> Signal | None:
    """Reviews of which each is an emergency until it is answered; the one that did not go up is the reason to hurry."""
    found = in_time([each for each in reviews if each.open])
    if not found:
        return None
    waiting = [each for each in found if each.went_up is None] or found
    reasons = [reason for each in waiting for reason in each.grade.reasons[:1]]
    why = tuple(reason for number, reason in enumerate(reasons) if reason not in reasons[:number])
    return Signal(found, why[:_MOST_REASONS], first_of(each.at for each in waiting if each.at))
