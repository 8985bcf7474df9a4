"""Which of two lengths of time is the shorter one, without a calendar."""

from __future__ import annotations

from decimal import Decimal

from replylint.source.values import Duration

_MINUTES = {"minute": 1, "hour": 60, "business_hour": 60, "day": 1440, "week": 10080}


def shorter(one: object, other: object) -> bool:
    """Whether a value is a length of time, and beyond doubt shorter than another, whenever both begin."""
    pair = _in_one_unit(one, other)
    return pair is not None and pair[0] < pair[1]


def no_longer(one: object, other: object) -> bool:
    """Whether a value is a length of time, and beyond doubt no longer than another, whenever both begin."""
    pair = _in_one_unit(one, other)
    return pair is not None and pair[0] <= pair[1]


def _in_one_unit(one: object, other: object) -> tuple[Decimal, Decimal] | None:
    """The most that one lasts and the least that the other does; None where either depends on the calendar."""
    if not isinstance(one, Duration) or not isinstance(other, Duration):
        return None
    if one.unit == other.unit:
        return one.amount, other.amount
    # Business hours last as long as hours at least, and a weekend longer at most.
    if one.unit == "business_hour" or not {one.unit, other.unit} <= _MINUTES.keys():
        return None
    return one.amount * _MINUTES[one.unit], other.amount * _MINUTES[other.unit]
