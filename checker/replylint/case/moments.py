"""From what stands in a file to moments; as in `convert`, None where nothing is stated, else FieldError."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from decimal import Decimal
from typing import Any

from replylint.case.convert import FieldError, plain
from replylint.case.model import Field
from replylint.source.moments import Between, in_day, stated
from replylint.source.resources import grammar_table

_DAY = re.compile(
    r"(民國|中華民國)? ?(\d{2,4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d) ?日?"
    r"(?: ?\((?:週|周|星期)?[一二三四五六日天]\))?"
)
_CLOCK = re.compile(r"([^\d\s:]*) ?(\d{1,2})(?: ?[:點時] ?(\d{1,2}|半)?)?(?: ?分)? ?(?::?(\d{1,2})秒?)? ?([^\d\s]*)")
"""A time as spreadsheets and people write it: 下午 09:40:00, 3:05 pm, 下午3點半."""
_FIRST_YEAR = 1911  # the year before the first of the Republic, by which Taiwan counts
_CLOCK_SIGNS = ":點時"
_MONTH_FIRST = "%B %d, %Y"
_HALF_A_DAY = 12
# 2100-01-01 as spreadsheets count days; as seconds since 1970 a day of that January, when nobody wrote reviews.
_LAST_SPREADSHEET_DAY = 73_051
_SURELY_WRONG = ("case.no-such-month", "case.no-such-day", "case.no-such-time", "case.spreadsheet-day")
_NUMBER = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_MILLISECONDS_FROM = 100_000_000_000  # as seconds that would be the year 5138


def end_of_day(day: dt.datetime) -> dt.datetime:
    """The moment at which a day that is given by its beginning is over; the calendar's last day never quite is."""
    try:
        return day + dt.timedelta(days=1)
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=day.tzinfo)


def moment(value: Any, last_year: int = 2999) -> dt.datetime | None:
    """A date with or without a time, as ISO 8601, as people and spreadsheets write it, or (milli)seconds since 1970.

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
        return dt.datetime.fromisoformat(words)
    except ValueError:
        return _written(words)


def _written(words: str) -> dt.datetime:
    """A day with or without a time, as people write them; else FieldError."""
    begins = _DAY.match(words)
    if begins is None:
        raise FieldError("not-moment")
    day, rest = _day(begins), words[begins.end() :].strip(" ,T")
    if not rest:
        return dt.datetime.combine(day, dt.time())
    try:
        return dt.datetime.fromisoformat(f"{day}T{rest.zfill(len(rest) + (rest[1:2] == ':'))}")
    except ValueError:
        return dt.datetime.combine(day, _clock(rest))


def _day(match: re.Match[str]) -> dt.date:
    """The day, whose year may be one of the Republic (民國); FieldError for one that no calendar has."""
    era, digits, month, day = match.groups()
    counted = era is not None or len(digits) == len("115")
    if not counted and len(digits) != len("2026"):
        raise FieldError("not-moment")
    year, number = int(digits) + _FIRST_YEAR * counted, int(month)
    try:
        return dt.date(year, number, int(day))
    except ValueError:
        if not 1 <= number <= 12 or not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise FieldError("no-such-month", found=month) from None
        last = str(monthrange(year, number)[1])
        raise FieldError("no-such-day", month=f"{year}-{number:02}", last=last) from None


def _clock(words: str) -> dt.time:
    """A time of the day, with the half of the day before or behind it where it counts to twelve; else FieldError."""
    match = _CLOCK.fullmatch(words)
    if match is None:
        raise FieldError("not-moment")
    lead, hour, minute, second, tail = match.groups()
    half = _half(lead or tail, int(hour))
    if half is None or (lead and tail) or not (lead or tail or any(sign in words for sign in _CLOCK_SIGNS)):
        raise FieldError("not-moment")
    try:
        return dt.time(half, 30 if minute == "半" else int(minute or 0), int(second or 0))
    except ValueError:
        raise FieldError("no-such-time") from None


def _half(word: str, hour: int) -> int | None:
    """The hour of twenty-four that is meant; None where the word beside it, or both together, say none."""
    if not word:
        return hour
    begins = grammar_table("values.yml")["halves"].get(word.lower())
    at_midnight = word in grammar_table("values.yml")["nights"] and hour == _HALF_A_DAY
    if begins is None or at_midnight or not 1 <= hour <= _HALF_A_DAY:
        return None
    return hour % _HALF_A_DAY + int(begins)


def of_field(field: Field, zone: dt.tzinfo) -> Between | None:
    """The moment that a field states, any of its day where its words name no time; None where it states none.

    zone: of times that name none; one that comes twice there may be either.
    """
    if not isinstance(field.value, dt.datetime):
        return None
    bare = field.value.tzinfo is None and field.value.time() == dt.time()
    bare = bare and not any(sign in field.where.words for sign in _CLOCK_SIGNS)
    return in_day(field.value, zone) if bare else stated(field.value, zone)


def end(value: Any) -> dt.datetime | None:
    """A moment until which something holds, of which some write the calendar's last day to mean for ever."""
    return moment(value, dt.MAXYEAR)


def moment_if_told(value: Any) -> dt.datetime | None:
    """A moment where the words tell one; exports also hold 「3 天前」 and the like, which tell none.

    A date that does not exist, or is a spreadsheet's number, is a mistake here as well. Raises FieldError.
    """
    try:
        return moment(value)
    except FieldError as error:
        if error.key in _SURELY_WRONG:
            raise
    try:
        return dt.datetime.strptime(str(value).strip(), _MONTH_FIRST)
    except ValueError:
        return None


def _since_1970(value: int | Decimal) -> dt.datetime:
    amount = Decimal(value)
    if 0 < amount <= _LAST_SPREADSHEET_DAY:
        raise FieldError("spreadsheet-day")
    try:
        seconds = amount / 1000 if abs(amount) >= _MILLISECONDS_FROM else amount
        return dt.datetime.fromtimestamp(float(seconds), dt.UTC)
    except (ArithmeticError, ValueError, OSError):
        raise FieldError("not-moment") from None
