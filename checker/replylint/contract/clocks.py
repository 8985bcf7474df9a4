"""The clocks of a severity level: when each runs out, and how it stands at a moment. How they run is in `pace.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from replylint.contract.model import Contract
from replylint.contract.pace import Pause, in_utc, merged, pace
from replylint.contract.schema import CLOCKS
from replylint.source.moments import shown, zoned
from replylint.source.values import Duration, Percent

State = Literal["kept", "breached", "running", "soon", "overdue", "paused", "unknown"]

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
    state: kept or breached once it is done; else running, soon (within the contract's `warn`), overdue, paused, or
    unknown when it is not known since when it runs. left: from now until it is due, negative when overdue; None
    without `due` and once it is done.
    """

    level: str
    name: str
    length: Duration
    due: dt.datetime | None
    state: State
    left: dt.timedelta | None = None


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
    contract: Contract, level: str, name: str, since: dt.datetime | None, now: dt.datetime,
    done: dt.datetime | None = None, pauses: Sequence[Pause] = (),
) -> Clock | None:  # fmt: skip
    """How a clock stands at a moment; None when the contract sets no such clock for the level.

    since: from when it runs, None when that is not known. done: when what it waits for happened, if it did; what comes
    after `now` has not happened yet.
    """
    length = contract.value(f"severity.{level}.{name}")
    if not isinstance(length, Duration):
        return None
    if since is None:
        return Clock(level, name, length, None, "unknown")
    zone = contract.calendar.zone
    moment = in_utc(now, zone)
    if done is not None and in_utc(done, zone) <= moment:
        end = in_utc(done, zone)
        over = run_out(contract, level, length, since, [p for p in pauses if in_utc(p.start, zone) < end])
        return Clock(level, name, length, over, "kept" if over is None or end <= in_utc(over, zone) else "breached")
    before = [p for p in pauses if in_utc(p.start, zone) <= moment]
    over = run_out(contract, level, length, since, before)
    if over is None or any(p.end is None or in_utc(p.end, zone) > moment for p in before):
        return Clock(level, name, length, over, "paused", None if over is None else in_utc(over, zone) - moment)
    running = Clock(level, name, length, over, "running", in_utc(over, zone) - moment)
    return replace(running, state=_urgency(contract, running, since, moment, before))


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
