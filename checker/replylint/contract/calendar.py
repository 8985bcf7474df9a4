"""Business time: when a promise made now falls due.

Conventions, all in the contract's time zone:
- business hours count open minutes only; the moment is the one at which the counted time is full, so that a count
  that ends exactly at closing ends at closing, not at the next opening;
- a business day is the same time of day on the next day with business hours, moved into that day's hours; a closed
  moment counts as the next opening, so one business day from Saturday noon is Tuesday's opening;
- days, weeks, months and years keep the time of day; minutes and hours are exact lengths of time;
- a day named without a time means closing on that day, on a closed day the week's latest closing time;
- whatever lies more than ten years ahead is taken as ten years ahead.

Public holidays are those of the `holidays` library, which also knows official make-up workdays; those have the hours
of the first open weekday unless the contract gives others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from replylint.contract.holidays import public_holidays
from replylint.contract.readers import Ranges
from replylint.source.values import Deadline, Duration

_HORIZON = dt.timedelta(days=3653)
_MINUTES = {"minute": 1, "hour": 60}
_DAYS_KEPT = 4_000
_DAY = dt.timedelta(days=1)
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


class HasCalendar(Protocol):
    """Anything with a calendar, such as a contract."""

    @property
    def calendar(self) -> Calendar: ...  # noqa: D102


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
        """The opening times of a day, in minutes of local time; () when closed."""
        found = self._ranges.get(day)
        if found is None:
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

    def open_time(self, day: dt.date) -> dt.timedelta:
        """How long a day is open."""
        found = self._open.get(day)
        if found is None:
            if len(self._open) >= _DAYS_KEPT:
                self._open.clear()
            found = sum((end - start for start, end in self.periods(day)), dt.timedelta())
            self._open[day] = found
        return found

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
        return any(start <= moment < end for start, end in self.periods(moment.astimezone(self.zone).date()))

    def periods(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """The opening times of a day as moments in UTC."""
        found = self._periods.get(day)
        if found is None:
            # Logs ask for the same days again and again; a calendar that is asked for centuries forgets.
            if len(self._periods) >= _DAYS_KEPT:
                self._periods.clear()
            found = [(self.moment(day, start), self.moment(day, end)) for start, end in self.ranges(day)]
            self._periods[day] = found
        return found

    @cached_property
    def _ranges(self) -> dict[dt.date, Ranges]:
        return {}

    @cached_property
    def _open(self) -> dict[dt.date, dt.timedelta]:
        return {}

    @cached_property
    def _beside(self) -> dict[Ranges, Calendar]:
        return {}

    @cached_property
    def _periods(self) -> dict[dt.date, list[tuple[dt.datetime, dt.datetime]]]:
        return {}

    def moment(self, day: dt.date, minute: int) -> dt.datetime:
        """A local minute of a day as a moment in UTC.

        A minute that the clock skips is the end of the skip; of a minute that comes twice the first is meant.
        """
        days, rest = divmod(minute, 24 * 60)
        time = dt.time(rest // 60, rest % 60)
        local = dt.datetime.combine(day + dt.timedelta(days=days), time, self.zone)
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


def resolve(promise: Deadline | Duration, now: dt.datetime, contract: HasCalendar) -> dt.datetime:
    """The moment at which a promise made now falls due, in the contract's time zone.

    `now` carries its time zone. A day that its month does not have (2/30) is the month's last. Raises ValueError for a
    month that does not exist.
    """
    plan = contract.calendar
    due = _deadline(promise, now, plan) if isinstance(promise, Deadline) else _after(promise, now, plan)
    return min(due, _limit(now)).astimezone(plan.zone)


def _limit(now: dt.datetime) -> dt.datetime:
    return now + _HORIZON


def _deadline(promise: Deadline, now: dt.datetime, plan: Calendar) -> dt.datetime:
    today = now.astimezone(plan.zone).date()
    if promise.within is not None:
        due = _after(promise.within, now, plan)
        if promise.at is None:
            return due
        day = due.astimezone(plan.zone).date()
    elif promise.date is not None:
        day = _date(promise.date, today)
    elif promise.weekday is not None and promise.next_week:
        day = today + dt.timedelta(days=7 - today.weekday() + promise.weekday)
    elif promise.weekday is not None:
        day = today + dt.timedelta(days=(promise.weekday - today.weekday() - 1) % 7 + 1)
    else:
        day = today + min(dt.timedelta(days=min(promise.days or 0, _HORIZON.days)), _HORIZON)
    if promise.at is not None:
        return plan.moment(day, promise.at.hour * 60 + promise.at.minute)
    end = plan.moment(day, plan.closing(day))
    # "Today", said after closing, can only mean before midnight.
    return end if day != today or end > now else plan.moment(day, 24 * 60)


def _date(stated: tuple[int | None, int, int], today: dt.date) -> dt.date:
    year, month, day = stated
    found = _month_day(year or today.year, month, day)
    return _month_day(today.year + 1, month, day) if year is None and found < today else found


def _month_day(year: int, month: int, day: int) -> dt.date:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    # The first and the last year are left out: in another time zone their outermost days lie beyond the calendar.
    first = dt.date(min(max(year, 2), 9998), month, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(max(day, 1), last.day))


def _after(length: Duration, now: dt.datetime, plan: Calendar) -> dt.datetime:
    amount = min(length.amount, Decimal(1_000_000))
    if length.unit in _MINUTES:
        return now.astimezone(dt.UTC) + _span(amount * _MINUTES[length.unit])
    if length.unit == "business_hour":
        return add_open(now, _span(amount * 60), plan)
    if length.unit == "business_day":
        return _business_days(now, amount, plan)
    return _calendar_days(now, amount, length.unit, plan)


def _span(minutes: Decimal) -> dt.timedelta:
    return min(dt.timedelta(minutes=float(minutes)), 2 * _HORIZON)


def _calendar_days(now: dt.datetime, amount: Decimal, unit: str, plan: Calendar) -> dt.datetime:
    local = now.astimezone(plan.zone)
    if unit in _DAYS:
        whole = local + min(dt.timedelta(days=float(amount * _DAYS[unit])), 2 * _HORIZON)
    else:
        total = local.month - 1 + int(min(amount * _MONTHS[unit], Decimal(240)))
        whole = dt.datetime.combine(_month_day(local.year + total // 12, total % 12 + 1, local.day), local.timetz())
    return whole.astimezone(dt.UTC)


def _business_days(now: dt.datetime, amount: Decimal, plan: Calendar) -> dt.datetime:
    start = _opened(now, plan)
    if start is None:
        return _limit(now)
    whole = int(amount)
    day = start.astimezone(plan.zone).date()
    minute = _minute_of(start, plan)
    if whole:
        later = _nth_open_day(day, whole, now, plan)
        if later is None:
            return _limit(now)
        start, day = plan.moment(later, minute) + (start - _floor(start)), later
        start = _moved_in(start, plan.periods(day))
    fraction = amount - whole
    if fraction:
        length = sum(end - begin for begin, end in plan.ranges(day))
        return add_open(start, _span(fraction * length), plan)
    return start if whole else now.astimezone(dt.UTC)


def _nth_open_day(day: dt.date, number: int, now: dt.datetime, plan: Calendar) -> dt.date | None:
    for candidate in _days_from(day + dt.timedelta(days=1), now):
        number -= bool(plan.ranges(candidate))
        if number == 0:
            return candidate
    return None


def add_open(moment: dt.datetime, left: dt.timedelta, plan: Calendar) -> dt.datetime:
    """The moment, in UTC, at which so much open time has passed; ten years ahead where it never does."""
    if not left:
        return moment.astimezone(dt.UTC)
    for day in _days_from(moment.astimezone(plan.zone).date(), moment):
        for start, end in plan.periods(day):
            begin = max(start, moment.astimezone(dt.UTC))
            if begin + left <= end:
                return begin + left
            left -= max(end - begin, dt.timedelta())
    return _limit(moment)


def back(length: Duration, moment: dt.datetime, contract: HasCalendar) -> dt.datetime:
    """The moment that lies so many business days or business hours before another, in the contract's time zone.

    A closed moment counts as the last closing before it. Ten years back where there is not so much open time.
    """
    plan = contract.calendar
    amount = min(length.amount, Decimal(1_000_000))
    if length.unit == "business_hour":
        return _less_open(moment, _span(amount * 60), plan).astimezone(plan.zone)
    whole = int(amount)
    today = plan.periods(moment.astimezone(plan.zone).date())
    inside = any(start <= moment <= end for start, end in today)
    start = moment.astimezone(dt.UTC) if inside else _less_open(moment, dt.timedelta(), plan)
    day = start.astimezone(plan.zone).date()
    open_days = (each for each in _days_back(day - _DAY, moment) if plan.ranges(each))
    found = next(islice(open_days, whole - 1, None), None) if whole else day
    if found is None:
        return (moment - _HORIZON).astimezone(plan.zone)
    if whole:
        start = _moved_in(plan.moment(found, _minute_of(start, plan)) + (start - _floor(start)), plan.periods(found))
    rest = _span((amount - whole) * sum(end - begin for begin, end in plan.ranges(found)))
    return (_less_open(start, rest, plan) if rest else start).astimezone(plan.zone)


def _less_open(moment: dt.datetime, left: dt.timedelta, plan: Calendar) -> dt.datetime:
    """The moment, in UTC, since which so much open time has passed at another; an open one itself for none."""
    for day in _days_back(moment.astimezone(plan.zone).date(), moment):
        for start, end in reversed(plan.periods(day)):
            until = min(end, moment.astimezone(dt.UTC))
            if until > start and until - left >= start:
                return until - left
            left -= max(until - start, dt.timedelta())
    return (moment - _HORIZON).astimezone(dt.UTC)


def _days_back(first: dt.date, moment: dt.datetime) -> Iterator[dt.date]:
    last = (moment - _HORIZON).date()
    while first >= last:
        yield first
        first -= _DAY


def open_between(start: dt.datetime, end: dt.datetime, plan: Calendar) -> dt.timedelta:
    """How much of the time between two moments is open; nothing when the second is not the later one."""
    # In UTC throughout: moments of different zones are slow to compare, and logs ask for this again and again.
    begin, until = start.astimezone(dt.UTC), min(end, _limit(start)).astimezone(dt.UTC)
    if until <= begin:
        return dt.timedelta()
    first, last = begin.astimezone(plan.zone).date(), until.astimezone(plan.zone).date()
    total = dt.timedelta()
    # Hours may run past midnight, into the day after.
    for day in {first, last - _DAY, last} if last > first else {first}:
        for opening, closing in plan.periods(day):
            if closing > begin and opening < until:
                total += min(closing, until) - max(opening, begin)
    day = first + _DAY
    while day < last - _DAY:
        total += plan.open_time(day)
        day += _DAY
    return total


def _opened(now: dt.datetime, plan: Calendar) -> dt.datetime | None:
    """Now, when open, else the next opening; None when the brand does not open again."""
    for day in _days_from(now.astimezone(plan.zone).date(), now):
        for start, end in plan.periods(day):
            if now < end:
                return max(start, now.astimezone(dt.UTC))
    return None


def _moved_in(moment: dt.datetime, periods: list[tuple[dt.datetime, dt.datetime]]) -> dt.datetime:
    for start, end in periods:
        if moment <= end:
            return max(start, moment)
    return periods[-1][1]


def _minute_of(moment: dt.datetime, plan: Calendar) -> int:
    local = moment.astimezone(plan.zone)
    return local.hour * 60 + local.minute


def _floor(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)


def _days_from(first: dt.date, now: dt.datetime) -> Iterator[dt.date]:
    last = _limit(now).date()
    while first <= last:
        yield first
        first += _DAY
