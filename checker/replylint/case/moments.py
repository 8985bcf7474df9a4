"""From what stands in a file to moments; as in `convert`, None where nothing is stated, else FieldError."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from replylint.case.convert import FieldError, plain
from replylint.case.model import Field
from replylint.source.moments import Between, in_day, stated
from replylint.source.resources import grammar_table

_SLASHES = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T]+(\d{1,2}:.*))?")
_HALF = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T,]++([^\d\s]*) ?(\d{1,2}):(\d{2})(?::(\d{2}))? ?([^\d\s]*)", re.IGNORECASE
)
"""A date with a time of twelve hours, as spreadsheets write it: 2026/11/18 下午 09:40:00."""
_MONTH_FIRST = "%B %d, %Y"
_HALF_A_DAY = 12
# 2100-01-01 as spreadsheets count days; as seconds since 1970 a day of that January, when nobody wrote reviews.
_LAST_SPREADSHEET_DAY = 73_051
_NUMBER = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_MILLISECONDS_FROM = 100_000_000_000  # as seconds that would be the year 5138


def end_of_day(day: dt.datetime) -> dt.datetime:
    """The moment at which a day that is given by its beginning is over; the calendar's last day never quite is."""
    try:
        return day + dt.timedelta(days=1)
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=day.tzinfo)


def moment(value: Any, last_year: int = 2999) -> dt.datetime | None:
    """A date with or without a time, as ISO 8601, with slashes, with 上午 or 下午, or (milli)seconds since 1970.

    Stays without a time zone when none is stated; the contract's calendar knows which one is meant. Years before 1900
    and after `last_year` are slips, and close to the calendar's ends no clock can be reckoned with.
    """
    found = _moment(value)
    if found is not None and not 1900 <= found.year <= last_year:
        raise FieldError("no-such-year", first="1900", last=str(last_year))
    return found


def _moment(value: Any) -> dt.datetime | None:
    if isinstance(value, bool | list | dict):
        raise FieldError("not-moment")
    if isinstance(value, int | Decimal):
        return _since_1970(value)
    words = plain(value)
    if not words:
        return None
    if _NUMBER.fullmatch(words):
        return _since_1970(Decimal(words))
    if words.isdecimal() and len(words) in (10, 13):
        return _since_1970(int(words))
    try:
        return dt.datetime.fromisoformat(_with_dashes(words))
    except ValueError:
        return _of_half_a_day(words)


def _of_half_a_day(words: str) -> dt.datetime:
    """A time of twelve hours with the half of the day before or behind it; else FieldError."""
    match = _HALF.fullmatch(words)
    year, month, day, lead, hour, minute, second, tail = match.groups() if match else [""] * 8
    half = grammar_table("values.yml")["halves"].get((lead or tail).lower())
    if half is None or (lead and tail) or not 1 <= int(hour) <= _HALF_A_DAY:
        raise FieldError("not-moment")
    try:
        clock = int(hour) % _HALF_A_DAY + half, int(minute), int(second or 0)
        return dt.datetime(int(year), int(month), int(day), *clock)
    except ValueError:
        raise FieldError("not-moment") from None


def of_field(field: Field, zone: dt.tzinfo) -> Between | None:
    """The moment that a field states, any of its day where its words name no time; None where it states none.

    zone: of times that name none; one that comes twice there may be either.
    """
    if not isinstance(field.value, dt.datetime):
        return None
    bare = field.value.tzinfo is None and field.value.time() == dt.time() and ":" not in field.where.words
    return in_day(field.value, zone) if bare else stated(field.value, zone)


def end(value: Any) -> dt.datetime | None:
    """A moment until which something holds, of which some write the calendar's last day to mean for ever."""
    return moment(value, dt.MAXYEAR)


def moment_if_told(value: Any) -> dt.datetime | None:
    """A moment where the words tell one; exports also hold 「3 天前」 and the like, which tell none."""
    try:
        return moment(value)
    except FieldError:
        pass
    try:
        return dt.datetime.strptime(str(value).strip(), _MONTH_FIRST)
    except ValueError:
        return None


def _with_dashes(words: str) -> str:
    match = _SLASHES.fullmatch(words)
    if match is None:
        return words
    year, month, day, time = match.groups()
    hours = time.zfill(len(time) + (time[1] == ":")) if time else ""
    return f"{year}-{month:0>2}-{day:0>2}" + (f"T{hours}" if hours else "")


def _since_1970(value: int | Decimal) -> dt.datetime:
    amount = Decimal(value)
    if 0 < amount <= _LAST_SPREADSHEET_DAY:
        raise FieldError("spreadsheet-day")
    try:
        seconds = amount / 1000 if abs(amount) >= _MILLISECONDS_FROM else amount
        return dt.datetime.fromtimestamp(float(seconds), dt.UTC)
    except (ArithmeticError, ValueError, OSError):
        raise FieldError("not-moment") from None
