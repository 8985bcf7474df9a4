"""What happened and what is planned, in order.

The order is that of the times in the history, entries of one time in the order of the file, then the plan in its own
order. What has no time stands nowhere in this order: whether it came before or after something cannot be told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from replylint.case.model import Action, Case
from replylint.evaluate.answers import YES, Answer, unknown
from replylint.evaluate.compare import Clock, aware
from replylint.source.problems import Problem


@dataclass(frozen=True)
class Occurrence:
    """One thing that happened or is planned.

    place: its rank in the order of all; None without a time. at: its time, now for what is planned without one.
    counts: whether it passes the tests and falls into the time that a rule states.
    """

    action: Action
    place: int | None
    at: dt.datetime | None
    counts: Answer = YES


def timeline(case: Case, clock: Clock) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
    """The history, each with its place, and the plan behind it."""
    times = [_at(action, clock) for action in case.history]
    order = sorted((at, index) for index, at in enumerate(times) if at is not None)
    places = {index: place for place, (_, index) in enumerate(order)}
    happened = tuple(
        Occurrence(action, places.get(i), times[i], _counts(action, times[i], clock))
        for i, action in enumerate(case.history)
    )
    planned = tuple(
        Occurrence(action, len(times) + i, _at(action, clock) or clock.now) for i, action in enumerate(case.actions)
    )
    return happened, planned


def _counts(action: Action, at: dt.datetime | None, clock: Clock) -> Answer:
    """What is dated after the moment of the check cannot have happened: whether it did cannot be told."""
    if at is None or at <= clock.now:
        return YES
    shown = at.astimezone(clock.now.tzinfo).strftime("%Y-%m-%d %H:%M")
    return unknown(Problem("evaluate.still-to-come", None, {"name": action.name, "at": shown}))


def _at(action: Action, clock: Clock) -> dt.datetime | None:
    stated = action.parameters.get("at")
    return aware(stated.value, clock) if stated and isinstance(stated.value, dt.datetime) else None
