"""Sums, differences and products of typed values."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from replylint.case.model import Action
from replylint.contract.reckoning import back, resolve
from replylint.evaluate.compare import Clock, aware
from replylint.source.values import Deadline, Duration, Elapsed, Money, Percent, Stated, Value

if TYPE_CHECKING:
    from replylint.language.syntax import Sign

_HUNDRED = Decimal(100)
# Beyond this no amount means anything; it also keeps products of products short.
_LARGEST = Decimal(10) ** 24
_BUSINESS = ("business_day", "business_hour")


def total_of(action: Action) -> Value | None:
    """What an action comes to: its amount, as often as its `quantity` says; None where no amount is stated."""
    amount, quantity = (action.parameters.get(name) for name in ("amount", "quantity"))
    if amount is None or not isinstance(amount.value, Money) or quantity is None:
        return amount.value if amount else None
    return _times(amount.value, quantity.value)


def join(sign: Sign, left: Value, right: Value, clock: Clock) -> Value | None:
    """What comes of two values; None when they cannot be joined so: currencies or units that differ, for one."""
    if isinstance(left, Stated) or isinstance(right, Stated):
        # Full or unlimited, and something more, is as much; what is left of it cannot be said.
        return None if sign == "minus" else left if isinstance(left, Stated) else right
    found = _times(left, right) or _times(right, left) if sign == "times" else _plus(sign, left, right, clock)
    return found if found is not None and _bounded(found) else None


def _bounded(value: Value) -> bool:
    amount = value.amount if isinstance(value, Money | Percent | Duration) else value
    return not isinstance(amount, Decimal) or abs(amount) < _LARGEST


def _times(left: Value, right: Value) -> Value | None:
    match left, right:
        case (Decimal(), Decimal()):
            return left * right
        case (Money() | Percent() | Duration(), Decimal()):
            return replace(left, amount=left.amount * right)
        case (Money(), Percent()):
            return replace(left, amount=left.amount * right.amount / _HUNDRED)
        case (Elapsed(), Decimal()):
            return _times(_exact(left), right)
    return None


def _plus(sign: Sign, left: Value, right: Value, clock: Clock) -> Value | None:
    turn = 1 if sign == "plus" else -1
    match left, right:
        case (Money(), Money()):
            if left.currency == right.currency or not right.amount:
                return replace(left, amount=left.amount + turn * right.amount)
            return replace(right, amount=turn * right.amount) if not left.amount else None
        case (Percent(), Percent()):
            return Percent(left.amount + turn * right.amount)
        case (Decimal(), Decimal()):
            return left + turn * right
        case (dt.datetime(), dt.datetime()):
            return Elapsed(aware(right, clock), aware(left, clock))
    return _plus_time(turn, left, right, clock)


def _plus_time(turn: int, left: Value, right: Value, clock: Clock) -> Value | None:
    match left, right:
        case (dt.datetime(), Duration()):
            if turn < 0 and right.unit in _BUSINESS:
                return back(right, aware(left, clock), clock)
            return resolve(replace(right, amount=turn * right.amount), aware(left, clock), clock)
        case (dt.datetime(), Deadline()) if turn > 0:
            return resolve(right, aware(left, clock), clock)
        case (dt.datetime(), Elapsed()):
            return aware(left, clock) + turn * (right.end - right.start)
        case (Duration() | Elapsed(), dt.datetime()):
            return _plus_time(turn, right, left, clock)
        case (Elapsed(), Duration() | Elapsed()):
            return _plus_time(turn, _exact(left), right, clock)
        case (Duration(), Elapsed()):
            return _plus_time(turn, left, _exact(right), clock)
        case (Duration(), Duration()):
            one, other = (left, right) if left.unit == right.unit else (_in_minutes(left), _in_minutes(right))
            if one is None or other is None:
                return None
            return replace(one, amount=one.amount + turn * other.amount)
    return None


def _exact(elapsed: Elapsed) -> Duration:
    return Duration(Decimal(str((elapsed.end - elapsed.start) / dt.timedelta(minutes=1))), "minute")


_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}


def _in_minutes(length: Duration) -> Duration | None:
    """A length of time in minutes; None for one that the calendar decides."""
    if not length.amount:
        return Duration(Decimal(0), "minute")
    minutes = _MINUTES.get(length.unit)
    return Duration(length.amount * minutes, "minute") if minutes else None
