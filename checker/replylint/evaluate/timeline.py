"""What happened and what is planned, in order.

The order is that of the times, entries of one time in the order of the file; first the history, then the plan, of which
what states no time is done now. What has no time in the history stands nowhere in this order: whether it came before or
after something cannot be told. Nor can it be told of two things of one day, where one of them states only the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replylint.case.model import Action, Case
from replylint.case.moments import of_field
from replylint.evaluate.answers import YES, Answer, unknown
from replylint.evaluate.compare import Clock, aware
from replylint.source.moments import Between, exactly
from replylint.source.problems import Problem


@dataclass(frozen=True)
class Occurrence:
    """One thing that happened or is planned.

    place, until: its first and last rank in the order of all, the same two unless only its day is stated; None without
    a time. at: its time, now for what is planned without one.
    counts: whether it passes the tests and falls into the time that a rule states.
    """

    action: Action
    place: int | None
    at: dt.datetime | None
    counts: Answer = YES
    until: int | None = None


def timeline(case: Case, clock: Clock) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
    """The history, each with its place, and the plan behind it."""
    times = [_moments(action, clock) for action in case.history]
    ranks = _ranks(times)
    happened = tuple(
        _happened(action, at, clock, [ranks[each, number] for each in at] if at else [None, None])
        for number, (action, at) in enumerate(zip(case.history, times, strict=True))
    )
    ahead = [_ahead(action, clock) for action in case.actions]
    later = _ranks(ahead)
    planned = tuple(
        Occurrence(
            action, len(ranks) + later[at.earliest, i], _at(action, clock) or clock.now,
            until=len(ranks) + later[at.latest, i],
        )
        for i, (action, at) in enumerate(zip(case.actions, ahead, strict=True))
    )  # fmt: skip
    return happened, planned


def _ranks(times: Sequence[Between | None]) -> Mapping[tuple[dt.datetime, int], int]:
    """Which place the first and the last moment of each, by its number, has in the order of all."""
    points = sorted({(at, index) for index, known in enumerate(times) if known is not None for at in known})
    return {point: rank for rank, point in enumerate(points)}


def _ahead(action: Action, clock: Clock) -> Between:
    """When something planned is done: as stated, and not before now."""
    at = _moments(action, clock) or exactly(clock.now)
    return Between(max(at.earliest, clock.now), max(at.latest, clock.now))


def _happened(action: Action, at: Between | None, clock: Clock, ranks: Sequence[int | None]) -> Occurrence:
    first, last = ranks
    moment = at.earliest if at is not None else None
    return Occurrence(action, first, moment, _counts(action, moment, clock), last)


def _moments(action: Action, clock: Clock) -> Between | None:
    stated = action.parameters.get("at")
    return None if stated is None else of_field(stated, clock.calendar.zone)


def _counts(action: Action, at: dt.datetime | None, clock: Clock) -> Answer:
    """What is dated after the moment of the check cannot have happened: whether it did cannot be told."""
    if at is None or at <= clock.now:
        return YES
    shown = at.astimezone(clock.now.tzinfo).strftime("%Y-%m-%d %H:%M")
    return unknown(Problem("evaluate.still-to-come", None, {"name": action.name, "at": shown}))


def _at(action: Action, clock: Clock) -> dt.datetime | None:
    stated = action.parameters.get("at")
    return aware(stated.value, clock) if stated and isinstance(stated.value, dt.datetime) else None
