"""The clocks of a severity level: when each runs out, and how it stands at a moment. How they run is in `pace.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from replylint.contract.model import Contract
from replylint.contract.pace import Pace, Pause, Wait, in_utc, merged, pace, pauses_of
from replylint.contract.terms import CLOCKS
from replylint.source.moments import Between, exactly, shown, zoned
from replylint.source.values import Duration, Percent

State = Literal["kept", "breached", "done", "running", "soon", "maybe_overdue", "overdue", "paused", "unknown"]

NAMES = (*CLOCKS, "escalate")
"""Every clock that a level can have."""

STOPS: Mapping[str, tuple[str, ...]] = {
    "acknowledge": ("acknowledged", "started", "replied", "updated", "resolved"),
    "start": ("started", "replied", "updated", "resolved"),
    "first_reply": ("replied",),
    "next_update": ("updated", "replied", "resolved"),
    "resolve": ("resolved",),
    "escalate": ("escalated",),
}
"""What stops each clock: its own event first, then later stages, which show that it was done by then."""


@dataclass(frozen=True)
class Clock:
    """One clock of a case at a moment.

    level, name: whose it is. length: as the contract states it. due: when it runs out, in the contract's zone; None
    when that cannot be told: since when it runs is not known, or it stands still with no end in sight.
    latest: the same as `due`, unless of a moment that it depends on only the day is known: then it runs out at `due` at
    the earliest, by which one has to work, and at `latest` at the latest; None where it may stand still for good.
    state: kept or breached once it is done, or `done` where that cannot be told; else running, soon (within the
    contract's `warn`), overdue, maybe_overdue between `due` and `latest`, paused, or unknown when it is not known since
    when it runs. left: from now until `due`, negative after it; None without `due` and once it is done.
    """

    level: str
    name: str
    length: Duration
    due: dt.datetime | None
    state: State
    left: dt.timedelta | None = None
    latest: dt.datetime | None = None


def clocks(contract: Contract, level: str) -> Mapping[str, Duration]:
    """The clocks that the contract sets for a level, in the order of `NAMES`; none for a level that it lacks."""
    stated = ((name, contract.value(f"severity.{level}.{name}")) for name in NAMES)
    return {name: length for name, length in stated if isinstance(length, Duration)}


def due(
    contract: Contract, level: str, name: str, since: dt.datetime, pauses: Iterable[Pause] = ()
) -> dt.datetime | None:
    """When a clock runs out, in the contract's zone.

    None when the contract sets no such clock for the level, and while it stands still with no end in sight. Times
    without a zone are meant in the contract's.
    """
    length = clocks(contract, level).get(name)
    return None if length is None else run_out(contract, level, length, since, pauses)


def run_out(
    contract: Contract, level: str, length: Duration, since: dt.datetime, pauses: Iterable[Pause] = ()
) -> dt.datetime | None:
    """When a length of time is over that runs as the clocks of a level do; None while it stands still for good."""
    found = pace(contract, level, length).over(since, pauses)
    return None if found is None else shown(found, contract.calendar.zone)


def state(
    contract: Contract, level: str, name: str, since: Between | None, now: dt.datetime,
    done: Between | None = None, waits: Sequence[Wait] = (),
) -> Clock | None:  # fmt: skip
    """How a clock stands at a moment; None when the contract sets no such clock for the level.

    since: from when it runs, None when that is not known. done: when what it waits for happened, if it did; what comes
    after `now` has not happened yet. All carry their time zones.
    """
    length = contract.value(f"severity.{level}.{name}")
    if not isinstance(length, Duration):
        return None
    if since is None:
        return Clock(level, name, length, None, "unknown")
    zone = contract.calendar.zone
    moment, begun = in_utc(now, zone), _in_utc(since, now)
    stopped = _in_utc(done, now) if done is not None and done.earliest <= moment else None
    until = stopped or exactly(moment)
    known = [wait for each in waits if (wait := _begun(each, now)).start.earliest <= until.latest]
    # A wait of the day on which it was done may have begun after that.
    sure = [wait for wait in known if wait.start.latest <= until.earliest]
    first, last = _due(pace(contract, level, length), begun, sure, known)
    clock = Clock(level, name, length, first and shown(first, zone), "paused", latest=last and shown(last, zone))
    if stopped is not None:
        return replace(clock, state=met(stopped, first, last))
    if first is None:
        return clock
    clock = replace(clock, left=first - moment)
    if any(_waiting(wait, moment) and wait.start.latest < first for wait in known):
        return clock
    if moment > first:
        return replace(clock, state="overdue" if last is not None and moment > last else "maybe_overdue")
    return replace(clock, state=_urgency(contract, clock, begun.earliest, moment, pauses_of(known, shortest=True)))


def met(done: Between, first: dt.datetime | None, last: dt.datetime | None) -> State:
    """How a clock was met that ran out between two moments; None where it stands still for good."""
    if first is None or done.latest <= first:
        return "kept"
    return "breached" if last is not None and done.earliest > last else "done"


def _due(
    runs: Pace, since: Between, sure: Sequence[Wait], waits: Sequence[Wait]
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The earliest and the latest moment, in UTC, at which a clock can run out; None where it stands still for good.

    waits: all that may have stopped it; sure: those of them that have.
    """
    first = runs.over(since.earliest, pauses_of(sure, shortest=True))
    if since.exact and len(sure) == len(waits) and all(wait.exact for wait in waits):
        return first, first
    last = runs.over(since.latest, pauses_of(waits, shortest=False))
    return first, last if first is None or last is None else max(first, last)


def _in_utc(moments: Between, now: dt.datetime) -> Between:
    """In UTC, and no later than now where it has begun by then."""
    known = moments.by(now)
    return Between(known.earliest.astimezone(dt.UTC), known.latest.astimezone(dt.UTC))


def _begun(wait: Wait, now: dt.datetime) -> Wait:
    return Wait(_in_utc(wait.start, now), wait.end and _in_utc(wait.end, now))


def _waiting(wait: Wait, moment: dt.datetime) -> bool:
    """Whether the brand waits at a moment, beyond doubt."""
    return wait.start.latest <= moment and (wait.end is None or wait.end.earliest > moment)


def aware(moment: dt.datetime, contract: Contract) -> dt.datetime:
    """The moment with a time zone: its own, else the contract's."""
    return zoned(moment, contract.calendar.zone)


def _urgency(contract: Contract, clock: Clock, since: dt.datetime, now: dt.datetime, pauses: Sequence[Pause]) -> State:
    zone = contract.calendar.zone
    assert clock.due is not None
    over = in_utc(clock.due, zone)
    if over < now:
        return "overdue"
    warn = contract.value(f"severity.{clock.level}.warn")
    if isinstance(warn, Duration):
        # What is promised now for so long ahead would come no sooner than the clock runs out.
        ahead = run_out(contract, clock.level, warn, now)
        return "soon" if ahead is not None and in_utc(ahead, zone) >= over else "running"
    if isinstance(warn, Percent):
        runs = pace(contract, clock.level, clock.length)
        begin = in_utc(since, zone)
        stood = sum((runs.between(p.start, p.end or now) for p in merged(pauses, begin, zone)), dt.timedelta())
        whole = runs.between(begin, over) - stood
        return "soon" if runs.between(now, over) <= whole * float(warn.amount / 100) else "running"
    return "running"
