from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.contract.calendar import Calendar
from replylint.contract.readers import READERS, hours
from replylint.contract.reckoning import back, open_between, resolve
from replylint.source.values import Deadline, Duration

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "calendar.yml").read_text(encoding="utf-8"))
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    calendar: Calendar


def _calendar(case: dict[str, Any]) -> Calendar:
    days = [case.get("hours", "09:00-18:00")] * 5 + [case.get("weekend", "closed")] * 2
    week = tuple(hours(text) or () for text in days)
    special = {day: hours(text) or () for day, text in case.get("workdays", {}).items()}
    zone = ZoneInfo(case.get("zone", "Asia/Taipei"))
    return Calendar(zone, week, case.get("country"), None, frozenset(case.get("closed", ())), special)


def _promise(case: dict[str, Any]) -> Deadline | Duration:
    if "within" in case:
        length = READERS["duration"](case["within"])
        assert isinstance(length, Duration)
        return length
    stated = dict(case["deadline"])
    if "at" in stated:
        stated["at"] = dt.time.fromisoformat(stated["at"])
    if "date" in stated:
        stated["date"] = tuple(stated["date"])
    return Deadline(**stated)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_due(case: dict[str, Any]) -> None:
    plan = Plan(_calendar(case))
    now = dt.datetime.fromisoformat(case["now"]).replace(tzinfo=plan.calendar.zone)
    due = resolve(_promise(case), now, plan)
    assert due.strftime("%Y-%m-%d %H:%M") == case["due"]


def test_a_month_that_does_not_exist() -> None:
    plan = Plan(_calendar({}))
    with pytest.raises(ValueError, match="13"):
        resolve(Deadline(date=(None, 13, 1)), dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC), plan)


# Clocks change between one and three in the morning in these zones; hours begin and end outside that gap, in which a
# local time can stand for two moments or for none.
_ZONES = st.sampled_from(["Asia/Taipei", "America/New_York", "Europe/London", "Australia/Sydney"])
_EDGES = st.sampled_from([0, *range(240, 1441, 15)])


@st.composite
def _ranges(draw: st.DrawFn, nights: bool) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(_EDGES, max_size=4, unique=True)))
    if nights and len(edges) % 2 and edges[-1] < 1440:
        edges.append(draw(st.sampled_from([1440 + 60 * n for n in (4, 5, 9)])))  # past midnight
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def _calendars(draw: st.DrawFn, nights: bool = True) -> Calendar:
    week = tuple(draw(st.lists(_ranges(nights), min_size=7, max_size=7).filter(any)))
    days = st.dates(dt.date(2026, 3, 1), dt.date(2026, 4, 15))
    closed = frozenset(draw(st.sets(days, max_size=3)))
    special = draw(st.dictionaries(days, _ranges(nights), max_size=2))
    return Calendar(ZoneInfo(draw(_ZONES)), week, None, None, closed, special)


_MOMENTS = st.integers(0, 40 * 24 * 60).map(lambda n: dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + n * MINUTE)


def _open_by_the_clock(moment: dt.datetime, calendar: Calendar) -> bool:
    local = moment.astimezone(calendar.zone)
    minute = local.hour * 60 + local.minute
    return _listed(local.date(), minute, calendar) or _listed(local.date() - DAY, minute + 1440, calendar)


def _listed(day: dt.date, minute: int, calendar: Calendar) -> bool:
    ranges = calendar.special.get(day, () if day in calendar.extra else calendar.week[day.weekday()])
    return any(start <= minute < end for start, end in ranges)


@settings(max_examples=100, deadline=None)
@given(_calendars(), _MOMENTS, st.integers(1, 40 * 60))
def test_business_hours_are_open_minutes(calendar: Calendar, now: dt.datetime, minutes: int) -> None:
    due = resolve(Duration(Decimal(minutes) / 60, "business_hour"), now, Plan(calendar))
    moment, left, last = now, minutes, now + dt.timedelta(days=60)
    while left and moment < last:
        left -= _open_by_the_clock(moment, calendar)
        moment += MINUTE
    if left == 0:
        assert abs(due - moment) < dt.timedelta(seconds=1)
    else:
        assert due > last


@settings(max_examples=150, deadline=None)
@given(_calendars(nights=False), _MOMENTS, st.integers(1, 10))
def test_business_days_are_days_with_hours(calendar: Calendar, now: dt.datetime, days: int) -> None:
    due = resolve(Duration(Decimal(days), "business_day"), now, Plan(calendar))
    start = now
    while not _open_by_the_clock(start, calendar):
        start += MINUTE
    first = start.astimezone(calendar.zone).date()
    between = [first + dt.timedelta(days=n) for n in range(1, (due.date() - first).days + 1)]
    if due.hour == 0 and due.minute == 0 and not calendar.ranges(due.date()):
        between.pop()  # due at midnight, the closing of the day before
    assert sum(bool(calendar.ranges(day)) for day in between) == days
    assert _open_by_the_clock(due, calendar) or _open_by_the_clock(due - MINUTE, calendar)


@settings(deadline=None)
@given(_calendars(), _MOMENTS, st.integers(0, 60), st.integers(0, 60))
def test_more_business_days_are_never_sooner(calendar: Calendar, now: dt.datetime, some: int, more: int) -> None:
    plan = Plan(calendar)
    sooner, later = sorted([some, more])
    first = resolve(Duration(Decimal(sooner), "business_day"), now, plan)
    assert now <= first <= resolve(Duration(Decimal(later), "business_day"), now, plan)


_AMOUNTS = st.decimals(0, None, allow_nan=False, allow_infinity=False, places=None)
_UNITS = st.sampled_from(["minute", "hour", "day", "business_day", "business_hour", "week", "month", "year"])
_DEADLINES = st.one_of(
    st.builds(Duration, _AMOUNTS, _UNITS),
    st.builds(Deadline, within=st.builds(Duration, _AMOUNTS, _UNITS), at=st.none() | st.times()),
    st.builds(Deadline, days=st.integers(0), at=st.none() | st.times()),
    st.builds(Deadline, weekday=st.integers(0, 6), at=st.none() | st.times()),
    st.builds(
        Deadline,
        date=st.tuples(st.none() | st.integers(), st.integers(1, 12), st.integers()),
        at=st.none() | st.times(),
    ),
)


@settings(max_examples=150, deadline=None)
@given(_calendars(), _MOMENTS, _DEADLINES)
def test_whatever_a_reply_says_falls_due_at_some_moment(
    calendar: Calendar, now: dt.datetime, promise: Deadline | Duration
) -> None:
    due = resolve(promise, now, Plan(calendar))
    assert due.utcoffset() == due.astimezone(calendar.zone).utcoffset()
    assert due <= now + dt.timedelta(days=3653)


BACK: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "calendar_back.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", BACK, ids=lambda case: case["why"])
def test_before(case: dict[str, Any]) -> None:
    plan = _calendar(case)
    start, expected = (dt.datetime.fromisoformat(str(case[key])).replace(tzinfo=plan.zone) for key in ("from", "is"))
    length = READERS["duration"](case["less"])
    assert isinstance(length, Duration)
    assert back(length, start, Plan(plan)) == expected


@given(st.integers(0, 60 * 24 * 30), st.integers(1, 40))
def test_what_is_added_is_taken_back(minutes: int, number: int) -> None:
    plan = Plan(_calendar({}))
    start = dt.datetime(2026, 11, 2, 9, 0, tzinfo=plan.calendar.zone) + dt.timedelta(minutes=minutes)
    length = Duration(Decimal(number), "business_hour")
    earlier = back(length, start, plan)
    assert resolve(length, earlier, plan) <= start
    assert open_between(earlier, start, plan.calendar) == dt.timedelta(hours=number)
