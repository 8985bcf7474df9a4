"""Which of two lengths of time is the shorter one, without a calendar."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from replylint.contract.entries import Entries
from replylint.source.values import Duration

_MINUTES = {"minute": 1, "hour": 60, "business_hour": 60, "day": 1440, "week": 10080}
_ALWAYS, _COVER, _BUSINESS = range(3)
_COUNTED = {"always": _ALWAYS, "cover hours": _COVER, "business hours": _BUSINESS}
"""Which time counts, the most first: business hours are a part of cover hours, and these of all the time."""


class Run(NamedTuple):
    """A value that may be a length of time; hours: when its minutes and hours run, None where its unit says so."""

    value: object
    hours: int | None = None


def in_level(value: object, level: str, entries: Entries) -> Run:
    """A length of time that runs as the clocks of a level do."""
    stated = entries.get(f"severity.{level}.hours")
    hours = _COUNTED.get(str(stated.value)) if stated is not None else None
    return Run(value, _of_cover(entries) if hours == _COVER else hours)


def _of_cover(entries: Entries) -> int:
    """Cover that names no hours is there all the time."""
    stated = entries.get("calendar.cover.hours")
    return _COUNTED.get(str(stated.value), _COVER) if stated is not None else _ALWAYS


def shorter(one: Run, other: Run) -> bool:
    """Whether a value is a length of time, and beyond doubt shorter than another, whenever both begin."""
    pair = _in_one_unit(one, other)
    return pair is not None and pair[0] < pair[1]


def no_longer(one: Run, other: Run) -> bool:
    """Whether a value is a length of time, and beyond doubt no longer than another, whenever both begin."""
    pair = _in_one_unit(one, other)
    return pair is not None and pair[0] <= pair[1]


def _in_one_unit(one: Run, other: Run) -> tuple[Decimal, Decimal] | None:
    """The most that one lasts and the least that the other does; None where either depends on the calendar."""
    first, second = one.value, other.value
    if not isinstance(first, Duration) or not isinstance(second, Duration):
        return None
    if first.unit == second.unit and first.unit not in _MINUTES:
        return first.amount, second.amount
    # So many minutes last the longer the less of the time counts, and over a weekend or a night nobody knows how long.
    if not {first.unit, second.unit} <= _MINUTES.keys() or _counted(first, one.hours) > _counted(second, other.hours):
        return None
    return first.amount * _MINUTES[first.unit], second.amount * _MINUTES[second.unit]


def _counted(length: Duration, hours: int | None) -> int:
    if length.unit in ("day", "week"):
        return _ALWAYS
    return hours if hours is not None else _BUSINESS if length.unit == "business_hour" else _ALWAYS
