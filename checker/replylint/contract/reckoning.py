"""Business time: when a promise made now falls due, and how much time was open between two moments.

Conventions, all in the contract's time zone:
- business hours count open minutes only; the moment is the one at which the counted time is full, so that a count
  that ends exactly at closing ends at closing, not at the next opening;
- a business day is the same time of day on the next day with business hours, moved into that day's hours; a closed
  moment counts as the next opening, so one business day from Saturday noon is Tuesday's opening; hours past midnight
  belong to the day on which they began; a day, or all the hours of a day, that the clock skips is none;
- days, weeks, months and years keep the time of day; minutes and hours are exact lengths of time;
- a day named without a time means closing on that day, on a closed day the week's latest closing time;
- whatever lies more than ten years ahead is taken as ten years ahead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from replylint.contract.calendar import Calendar, HasCalendar
from replylint.contract.open_time import Period
from replylint.source.moments import shown
from replylint.source.values import Deadline, Duration

_HORIZON = dt.timedelta(days=3653)
_MINUTES = {"minute": 1, "hour": 60}
_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def resolve(promise: Deadline | Duration, now: dt.datetime, contract: HasCalendar) -> dt.datetime:
    """The moment at which a promise made now falls due, in the contract's time zone.

    `now` carries its time zone. A day that its month does not have (2/30) is the month's last. Raises ValueError for a
    month that does not exist.
    """
    plan = contract.calendar
    due = _deadline(promise, now, plan) if isinstance(promise, Deadline) else _after(promise, now, plan)
    return shown(min(due, _limit(now)), plan.zone)


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


def after(length: Duration, now: dt.datetime, plan: Calendar) -> dt.datetime:
    """The moment, in UTC, at which a length of time that begins now is over; ten years ahead at the latest."""
    return min(_after(length, now, plan), _limit(now)).astimezone(dt.UTC)


def exact(length: Duration) -> dt.timedelta | None:
    """How long minutes, hours and business hours are, ten years at most; None for units that are counted in days."""
    minutes = {**_MINUTES, "business_hour": 60}.get(length.unit)
    return None if minutes is None else min(_span(min(length.amount, Decimal(1_000_000)) * minutes), _HORIZON)


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
    moment, whole = now.astimezone(dt.UTC), int(amount)
    limit = _limit(moment)
    found = plan.open_time.opening(moment, limit, whole)
    if found is None:
        return limit
    first, start, day = found
    if whole:
        start = _same_time(start, first, day, plan)
    fraction = amount - whole
    if fraction:
        return add_open(start, _span(fraction * _length(day, plan)), plan)
    return start if whole else moment


def _same_time(start: dt.datetime, day: dt.date, other: dt.date, plan: Calendar) -> dt.datetime:
    """The time of day of a moment, which belongs to a day, on another day, moved into that day's hours."""
    local = start.astimezone(plan.zone).replace(tzinfo=None)
    minute, rest = divmod(local - dt.datetime.combine(day, dt.time()), _MINUTE)
    return _moved_in(plan.moment(other, minute) + rest, plan.periods(other))


def _open_days_back(first: dt.date, moment: dt.datetime, plan: Calendar) -> Iterator[dt.date]:
    """The days with business hours from a day back, until ten years before a moment."""
    last = (moment - _HORIZON).date()
    while first >= last:
        if plan.periods(first):
            yield first
        first -= _DAY


def _length(day: dt.date, plan: Calendar) -> int:
    """How many minutes a day is open by the wall clock."""
    return sum(end - begin for begin, end in plan.ranges(day))


def add_open(moment: dt.datetime, left: dt.timedelta, plan: Calendar) -> dt.datetime:
    """The moment, in UTC, at which so much open time has passed; ten years ahead where it never does."""
    start = moment.astimezone(dt.UTC)
    if not left:
        return start
    return plan.open_time.after(start, left, _limit(start)) or _limit(start)


def back(length: Duration, moment: dt.datetime, contract: HasCalendar) -> dt.datetime:
    """The moment that lies so many business days or business hours before another, in the contract's time zone.

    A closed moment counts as the last closing before it. Ten years back where there is not so much open time.
    """
    plan = contract.calendar
    amount = min(length.amount, Decimal(1_000_000))
    if length.unit == "business_hour":
        return shown(_less_open(moment, _span(amount * 60), plan), plan.zone)
    whole = int(amount)
    closed = _closed(moment, plan)
    if closed is None:
        return shown(moment - _HORIZON, plan.zone)
    day, start = closed
    if whole:
        other = next(islice(_open_days_back(day - _DAY, moment, plan), whole - 1, None), None)
        if other is None:
            return shown(moment - _HORIZON, plan.zone)
        day, start = other, _same_time(start, day, other, plan)
    rest = _span((amount - whole) * _length(day, plan))
    return shown(_less_open(start, rest, plan) if rest else start, plan.zone)


def _less_open(moment: dt.datetime, left: dt.timedelta, plan: Calendar) -> dt.datetime:
    """The moment, in UTC, since which so much open time has passed at another."""
    end = moment.astimezone(dt.UTC)
    return plan.open_time.before(end, left, end - _HORIZON) or end - _HORIZON


def open_between(start: dt.datetime, end: dt.datetime, plan: Calendar) -> dt.timedelta:
    """How much of the time between two moments is open; nothing when the second is not the later one."""
    begin = start.astimezone(dt.UTC)
    return plan.open_time.between(begin, min(end.astimezone(dt.UTC), _limit(begin)))


def _closed(moment: dt.datetime, plan: Calendar) -> tuple[dt.date, dt.datetime] | None:
    """The moment, when open, else the last closing before it, with the day it belongs to; None when there is none."""
    for day in _open_days_back(moment.astimezone(plan.zone).date(), moment, plan):
        for start, end in reversed(plan.periods(day)):
            if start <= moment:
                return day, min(end, moment.astimezone(dt.UTC))
    return None


def _moved_in(moment: dt.datetime, periods: list[Period]) -> dt.datetime:
    for start, end in periods:
        if moment <= end:
            return max(start, moment)
    return periods[-1][1]
