"""How a length of time runs for a severity level: which time counts, and when it stands still.

A length's minutes and hours run in the time that its unit names: `4 hours` all the time, `4 business hours` in business
hours. The level's `hours` can say otherwise for both: `always`, `business hours` or `cover hours`, which are business
hours and the hours of `calendar.cover` together. Days, weeks and business days keep the time of day, as everywhere
(`reckoning.py`).

While the brand waits for the customer a clock stands still: it runs out later by as much of its own time as passed
meanwhile. Business days stand still by open time, all longer units by plain time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from replylint.contract.calendar import Calendar
from replylint.contract.model import Contract
from replylint.contract.readers import hours
from replylint.contract.reckoning import add_open, after, exact, open_between
from replylint.source.moments import Between
from replylint.source.values import Duration


@dataclass(frozen=True)
class Pause:
    """A time in which a clock stands still: from the moment of waiting to that of going on; None while it lasts.

    Without a time zone both are meant in the contract's.
    """

    start: dt.datetime
    end: dt.datetime | None = None


@dataclass(frozen=True)
class Wait:
    """A time in which the brand waits for the customer; of its ends only the day may be known; None while it lasts."""

    start: Between
    end: Between | None = None

    @property
    def exact(self) -> bool:
        """Whether both of its ends are known exactly."""
        return self.start.exact and (self.end is None or self.end.exact)


def pauses_of(waits: Iterable[Wait], *, shortest: bool) -> list[Pause]:
    """How long clocks stand still meanwhile, at the least or at the most."""
    found = []
    for wait in waits:
        start = wait.start.latest if shortest else wait.start.earliest
        end = None if wait.end is None else wait.end.earliest if shortest else wait.end.latest
        if end is None or end > start:
            found.append(Pause(start, end))
    return found


@dataclass(frozen=True)
class Pace:
    """A length of time and how it runs; all moments that it gives are in UTC.

    open: the calendar whose open time counts; None where all the time does. length: in the unit that says so.
    calendar: the contract's, by which days are counted and times without a zone are meant.
    """

    open: Calendar | None
    length: Duration
    calendar: Calendar

    @cached_property
    def _exact(self) -> dt.timedelta | None:
        """The length, where it always is the same time of its own; None for what is counted in days."""
        return exact(self.length)

    def over(self, since: dt.datetime, pauses: Iterable[Pause] = ()) -> dt.datetime | None:
        """When the length is over; None while it stands still for good."""
        begin = in_utc(since, self.calendar.zone)
        if self._exact is None:
            found = after(self.length, begin.astimezone(self.calendar.zone), self.open or self.calendar)
        else:
            found = self._ahead(begin, self._exact)
        for pause in merged(pauses, begin, self.calendar.zone) if pauses else ():
            if pause.start >= found:
                break
            if pause.end is None:
                return None
            found = self._ahead(found, self.between(pause.start, pause.end))
        return found

    def _ahead(self, moment: dt.datetime, length: dt.timedelta) -> dt.datetime:
        """The moment at which so much of the pace's own time has passed since another."""
        return moment + length if self.open is None else add_open(moment, length, self.open)

    def passed(self, start: dt.datetime, end: dt.datetime, pauses: Iterable[Pause] = ()) -> dt.timedelta:
        """How much of its own time passed between two moments, without the time in which it stood still."""
        zone = self.calendar.zone
        begin, until = in_utc(start, zone), in_utc(end, zone)
        whole = self.between(begin, until)
        for pause in merged(pauses, begin, zone) if pauses else ():
            if pause.start < until:
                whole -= self.between(pause.start, min(pause.end or until, until))
        return whole

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """How much of its own time lies between two moments in UTC, whatever it stood still."""
        return end - start if self.open is None else open_between(start, end, self.open)


def pace(contract: Contract, level: str, length: Duration) -> Pace:
    """How a length of time runs for a level of the contract."""
    plain = {"minute": Decimal(60), "hour": Decimal(1), "business_hour": Decimal(1)}.get(length.unit)
    if plain is None:
        return Pace(contract.calendar if length.unit == "business_day" else None, length, contract.calendar)
    how = contract.value(f"severity.{level}.hours") or ("business" if length.unit == "business_hour" else "always")
    counted = contract.calendar
    if how == "cover hours":
        how, counted = _cover(contract)
    if how == "always":
        every = replace(length, unit="minute" if length.unit == "minute" else "hour")
        return Pace(None, every, contract.calendar)
    return Pace(counted, Duration(length.amount / plain, "business_hour"), contract.calendar)


def _cover(contract: Contract) -> tuple[str, Calendar]:
    """Business hours with the cover's own hours; a cover that names none is there all the time."""
    stated = str(contract.value("calendar.cover.hours") or "always")
    if stated in ("always", "business hours"):
        return stated, contract.calendar
    return "cover", contract.calendar.beside(hours(stated) or ())


def merged(pauses: Iterable[Pause], since: dt.datetime, zone: dt.tzinfo) -> list[Pause]:
    """The pauses after a moment, in UTC and in order, those that overlap made one."""
    found: list[Pause] = []
    known = [(max(in_utc(p.start, zone), since), p.end and in_utc(p.end, zone)) for p in pauses]
    for start, end in sorted(known, key=lambda pause: pause[0]):
        last = found[-1] if found else None
        if last is not None and (last.end is None or start <= last.end):
            found[-1] = Pause(last.start, None if last.end is None or end is None else max(last.end, end))
        elif end is None or end > start:
            found.append(Pause(start, end))
    return found


def in_utc(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """In UTC, because moments of one zone are compared by what its clock shows, which comes twice in autumn."""
    if moment.tzinfo is dt.UTC:
        return moment
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)
