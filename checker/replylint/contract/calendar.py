"""When a brand is open: its week, its holidays, the days with hours of their own.

Public holidays are those of the `holidays` library, which also knows official make-up workdays; those have the hours
of the first open weekday unless the contract gives others. What is reckoned with a calendar stands in `reckoning.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from replylint.contract.holidays import public_holidays
from replylint.contract.open_time import OpenTime, Period
from replylint.contract.readers import Ranges

_DAYS_KEPT = 20_000
_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)


class HasCalendar(Protocol):
    """Anything with a calendar, such as a contract."""

    @property
    def calendar(self) -> Calendar:
        """Its time zone, business hours and holidays."""


@dataclass(frozen=True)
class Calendar:
    """When a brand is open.

    week: opening times for Monday to Sunday. country, subdivision: whose public holidays are closed; None for none.
    extra: closed days besides. special: days with hours of their own, whatever weekday or holiday they are.
    besides: hours that count on every day beside the business hours; () for none.
    """

    zone: ZoneInfo
    week: tuple[Ranges, ...]
    country: str | None = None
    subdivision: str | None = None
    extra: frozenset[dt.date] = frozenset()
    special: Mapping[dt.date, Ranges] = field(default_factory=dict)
    besides: Ranges = ()

    def ranges(self, day: dt.date) -> Ranges:
        """The opening times of a day, in minutes of local time, past 24:00 into the next day; () when closed."""
        found = self._ranges.get(day)
        if found is None:
            # Logs ask for the same days again and again; a calendar that is asked for centuries forgets.
            if len(self._ranges) >= _DAYS_KEPT:
                self._ranges.clear()
            found = _joined((*self._own(day), *self.besides)) if self.besides else self._own(day)
            self._ranges[day] = found
        return found

    def beside(self, hours: Ranges) -> Calendar:
        """The same calendar with hours that count on every day besides; asked for again, it is the same one."""
        if hours not in self._beside:
            self._beside[hours] = replace(self, besides=hours)
        return self._beside[hours]

    def _own(self, day: dt.date) -> Ranges:
        if day in self.special:
            return self.special[day]
        if day in self.extra:
            return ()
        if self.country is None:
            return self.week[day.weekday()]
        closed, workdays = public_holidays(self.country, self.subdivision, day.year)
        if day in workdays:
            return self.week[day.weekday()] or next((times for times in self.week if times), ())
        return () if day in closed else self.week[day.weekday()]

    def open_at(self, moment: dt.datetime) -> bool:
        """Whether a moment lies within business hours; the opening minute does, the closing minute does not."""
        return self.open_time.open_at(moment.astimezone(dt.UTC))

    def periods(self, day: dt.date) -> list[Period]:
        """The opening times of a day as moments in UTC; none of a day that the calendar skips."""
        found = self._periods.get(day)
        if found is None:
            if len(self._periods) >= _DAYS_KEPT:
                self._periods.clear()
            both = ((self.moment(day, start), self.moment(day, end)) for start, end in self.ranges(day))
            # What the clock skips is over when it begins: Samoa had no 30 December 2011, and nothing opens on it.
            found = [(opens, closes) for opens, closes in both if opens < closes]
            self._periods[day] = found
        return found

    @cached_property
    def open_time(self) -> OpenTime:
        """All opening times, end to end."""
        return OpenTime(self.periods)

    @cached_property
    def _ranges(self) -> dict[dt.date, Ranges]:
        return {}

    @cached_property
    def _periods(self) -> dict[dt.date, list[Period]]:
        return {}

    @cached_property
    def _beside(self) -> dict[Ranges, Calendar]:
        return {}

    @cached_property
    def _midnights(self) -> dict[dt.date, tuple[dt.datetime, bool]]:
        return {}

    def _midnight(self, day: dt.date) -> tuple[dt.datetime, bool]:
        """When a day begins, in UTC, and whether the clock runs evenly until it ends."""
        found = self._midnights.get(day)
        if found is None:
            if len(self._midnights) >= _DAYS_KEPT:
                self._midnights.clear()
            start, end = (dt.datetime.combine(d, dt.time(), self.zone) for d in (day, day + _DAY))
            even = start.utcoffset() == end.utcoffset() == start.replace(fold=1).utcoffset()
            found = self._midnights[day] = (start.astimezone(dt.UTC), even)
        return found

    def moment(self, day: dt.date, minute: int) -> dt.datetime:
        """A local minute of a day as a moment in UTC.

        A minute that the clock skips is the end of the skip; of a minute that comes twice the first is meant.
        """
        days, rest = divmod(minute, 24 * 60)
        day = day + days * _DAY if days else day
        midnight, even = self._midnight(day)
        if even:
            return midnight + rest * _MINUTE
        local = dt.datetime.combine(day, dt.time(rest // 60, rest % 60), self.zone)
        moment = local.astimezone(dt.UTC)
        if local.utcoffset() == moment.astimezone(self.zone).utcoffset():
            return moment
        return _end_of_skip(local.replace(fold=1).astimezone(dt.UTC), moment, self.zone)

    def closing(self, day: dt.date) -> int:
        """The minute of the day at which business ends; on a closed day, when it ends on the latest weekday."""
        ranges = self.ranges(day)
        return ranges[-1][1] if ranges else max((times[-1][1] for times in self.week if times), default=24 * 60)


def _joined(ranges: Ranges) -> Ranges:
    """Periods in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _end_of_skip(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The minute between two moments in UTC at which the zone's clock goes forward."""
    offset = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds()) // 60
    while high - low > 1:
        middle = (low + high) // 2
        moved = (before + dt.timedelta(minutes=middle)).astimezone(zone).utcoffset() != offset
        low, high = (low, middle) if moved else (middle, high)
    return before + dt.timedelta(minutes=high)
