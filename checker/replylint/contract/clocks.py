"""The clocks of a severity level: when each runs out, and how it stands at a moment.

A clock's minutes and hours run in the time that its unit names: `4 hours` all the time, `4 business hours` in business
hours. The level's `hours` can say otherwise for both: `always`, `business hours` or `cover hours`, which are business
hours and the hours of `calendar.cover` together. Days, weeks and business days keep the time of day, as everywhere
(`calendar.py`).

While the brand waits for the customer a clock stands still: it runs out later by as much of its own time as passed
meanwhile. Business days stand still by open time, all longer units by plain time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from replylint.contract.calendar import Calendar, add_open, open_between, resolve
from replylint.contract.model import Contract
from replylint.contract.readers import hours
from replylint.contract.schema import CLOCKS
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
class Pause:
    """A time in which a clock stands still: from the moment of waiting to that of going on; None while it lasts."""

    start: dt.datetime
    end: dt.datetime | None = None


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
    plan, counted = _counting(contract, level, length)
    zone = contract.calendar.zone
    found = _utc(resolve(counted, aware(since, contract), _Plan(plan or contract.calendar)), zone)
    for pause in _merged(pauses, _utc(since, zone), zone):
        if pause.start >= found:
            break
        if pause.end is None:
            return None
        stood = pause.end - pause.start if plan is None else open_between(pause.start, pause.end, plan)
        found = found + stood if plan is None else _utc(add_open(found, stood, plan), zone)
    return found.astimezone(zone)


def runs_open(contract: Contract, level: str, length: Duration) -> bool:
    """Whether a clock of a level stands still outside hours, so that its time is open time."""
    return _counting(contract, level, length)[0] is not None


def ran(
    contract: Contract, level: str, length: Duration, start: dt.datetime, end: dt.datetime,
    pauses: Iterable[Pause] = (),
) -> dt.timedelta:  # fmt: skip
    """How much of a clock's own time passed between two moments, without the time in which it stood still."""
    zone = contract.calendar.zone
    plan, _ = _counting(contract, level, length)
    begin, until = _utc(start, zone), _utc(end, zone)
    whole = _passed(begin, until, plan)
    for pause in _merged(pauses, begin, zone):
        if pause.start < until:
            whole -= _passed(pause.start, min(pause.end or until, until), plan)
    return whole


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
    moment = _utc(now, zone)
    if done is not None and _utc(done, zone) <= moment:
        end = _utc(done, zone)
        over = run_out(contract, level, length, since, [p for p in pauses if _utc(p.start, zone) < end])
        return Clock(level, name, length, over, "kept" if over is None or end <= _utc(over, zone) else "breached")
    before = [p for p in pauses if _utc(p.start, zone) <= moment]
    over = run_out(contract, level, length, since, before)
    if over is None or any(p.end is None or _utc(p.end, zone) > moment for p in before):
        return Clock(level, name, length, over, "paused", None if over is None else _utc(over, zone) - moment)
    running = Clock(level, name, length, over, "running", _utc(over, zone) - moment)
    return replace(running, state=_urgency(contract, running, since, moment, before))


def aware(moment: dt.datetime, contract: Contract) -> dt.datetime:
    """The moment with a time zone: its own, else the contract's."""
    return moment if moment.tzinfo else moment.replace(tzinfo=contract.calendar.zone)


def _urgency(contract: Contract, clock: Clock, since: dt.datetime, now: dt.datetime, pauses: Sequence[Pause]) -> State:
    zone = contract.calendar.zone
    assert clock.due is not None
    over = _utc(clock.due, zone)
    if over < now:
        return "overdue"
    warn = contract.value(f"severity.{clock.level}.warn")
    if isinstance(warn, Duration):
        # What is promised now for so long ahead would come no sooner than the clock runs out.
        ahead = run_out(contract, clock.level, warn, now)
        return "soon" if ahead is not None and _utc(ahead, zone) >= over else "running"
    if isinstance(warn, Percent):
        plan, _ = _counting(contract, clock.level, clock.length)
        begin = _utc(since, zone)
        stood = sum((_passed(p.start, p.end or now, plan) for p in _merged(pauses, begin, zone)), dt.timedelta())
        whole = _passed(begin, over, plan) - stood
        return "soon" if _passed(now, over, plan) <= whole * float(warn.amount / 100) else "running"
    return "running"


def _passed(start: dt.datetime, end: dt.datetime, plan: Calendar | None) -> dt.timedelta:
    return end - start if plan is None else open_between(start, end, plan)


@dataclass(frozen=True)
class _Plan:
    calendar: Calendar


def _counting(contract: Contract, level: str, length: Duration) -> tuple[Calendar | None, Duration]:
    """In which open time a length runs, None for all the time, and the length in the unit that says so."""
    plain = {"minute": Decimal(60), "hour": Decimal(1), "business_hour": Decimal(1)}.get(length.unit)
    if plain is None:
        return (contract.calendar if length.unit == "business_day" else None), length
    how = contract.value(f"severity.{level}.hours") or ("business" if length.unit == "business_hour" else "always")
    if how == "cover hours":
        how, plan = _cover(contract)
    else:
        plan = contract.calendar
    if how == "always":
        return None, replace(length, unit="minute" if length.unit == "minute" else "hour")
    return plan, Duration(length.amount / plain, "business_hour")


def _cover(contract: Contract) -> tuple[str, Calendar]:
    """Business hours with the cover's own hours; a cover that names none is there all the time."""
    stated = str(contract.value("calendar.cover.hours") or "always")
    if stated in ("always", "business hours"):
        return stated, contract.calendar
    return "cover", contract.calendar.beside(hours(stated) or ())


def _merged(pauses: Iterable[Pause], since: dt.datetime, zone: dt.tzinfo) -> list[Pause]:
    """The pauses after a moment, in UTC and in order, those that overlap made one."""
    found: list[Pause] = []
    known = [(max(_utc(p.start, zone), since), p.end and _utc(p.end, zone)) for p in pauses]
    for start, end in sorted(known, key=lambda pause: pause[0]):
        last = found[-1] if found else None
        if last is not None and (last.end is None or start <= last.end):
            found[-1] = Pause(last.start, None if last.end is None or end is None else max(last.end, end))
        elif end is None or end > start:
            found.append(Pause(start, end))
    return found


def _utc(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """In UTC, because moments of one zone are compared by what its clock shows, which comes twice in autumn."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)
