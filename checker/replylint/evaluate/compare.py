"""Two values held against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol, cast

from replylint.case.languages import language_tag
from replylint.contract.calendar import Calendar
from replylint.contract.reckoning import resolve
from replylint.evaluate.answers import NO, YES, Answer, unknown
from replylint.source.moments import Between, zoned
from replylint.source.problems import Problem
from replylint.source.values import Deadline, Duration, Elapsed, LanguageTag, Money, Percent, Stated, Value

_TESTS: Mapping[str, Callable[[int], bool]] = {
    "is": lambda c: c == 0, "is_not": lambda c: c != 0, "at_most": lambda c: c <= 0, "at_least": lambda c: c >= 0,
    "more_than": lambda c: c > 0, "less_than": lambda c: c < 0,
}  # fmt: skip
_EQUALITY = ("is", "is_not")
_SECOND = dt.timedelta(seconds=1)


class Clock(Protocol):
    """What lengths of time and moments without a zone are reckoned by."""

    @property
    def calendar(self) -> Calendar:
        """The brand's zone and business time."""

    @property
    def now(self) -> dt.datetime:
        """The moment of the check, with a time zone."""


def aware(moment: dt.datetime, clock: Clock) -> dt.datetime:
    """A moment without a time zone is meant in the brand's."""
    return zoned(moment, clock.calendar.zone)


def compare(left: Value, operator: str, right: Value, clock: Clock) -> Answer:
    """Whether two values stand so to each other."""
    found = order(left, right, clock)
    if found is None and operator in _EQUALITY and isinstance(left, Money) and isinstance(right, Money):
        return YES if operator == "is_not" else NO  # other money, whatever it is worth
    if found is None:
        return unknown(Problem("evaluate.not-comparable", None, {"left": str(left), "right": str(right)}))
    return YES if _TESTS[operator](found) else NO


def compare_days(left: Between | Value, operator: str, right: Between | Value, clock: Clock) -> Answer | None:
    """As `compare`, where of a moment only the day may be known; None where its hour decides.

    What a rule states as a day is compared with a day as the two are written.
    """
    if operator in _EQUALITY or _is_day(left) or _is_day(right):
        left, right = (each.earliest if isinstance(each, Between) else each for each in (left, right))
    lefts, rights = (each if isinstance(each, Between) else (each,) for each in (left, right))
    answers = [compare(one, operator, other, clock) for one in lefts for other in rights]
    return answers[0] if all(each == answers[0] for each in answers) else None


def _is_day(value: Between | Value) -> bool:
    return isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time()


def order(left: Value, right: Value, clock: Clock) -> int | None:
    """-1, 0 or 1; for texts 0 or 1; None when the two cannot be compared."""
    if isinstance(left, Decimal | str):  # most are
        return _sign(left - right) if isinstance(left, Decimal) and isinstance(right, Decimal) else _same(left, right)
    match left, right:
        case (Stated(), Stated()):
            return 0 if left is right else 1
        case (Stated(), Money() | Percent()):
            return 1
        case (Money() | Percent(), Stated()):
            return -1
        case (Money(), Money()):
            # Nothing is less than something in any currency.
            alike = left.currency == right.currency or not left.amount or not right.amount
            return _sign(left.amount - right.amount) if alike else None
        case (Percent(), Percent()):
            return _sign(left.amount - right.amount)
        case (Elapsed() | Duration() | Deadline(), Elapsed() | Duration() | Deadline()):
            return _order_of_times(left, right, clock)
        case (dt.datetime(), dt.datetime()):
            return _sign((aware(left, clock) - aware(right, clock)) / _SECOND)
    return _same(left, right)


def _order_of_times(left: Value, right: Value, clock: Clock) -> int:
    match left, right:
        case (Elapsed(), Elapsed()):
            return _sign(((left.end - left.start) - (right.end - right.start)) / _SECOND)
        case (Elapsed(), Duration() | Deadline()):
            # Two business days are counted from where the time began, not from now.
            return _sign((left.end - resolve(right, left.start, clock)) / _SECOND)
        case (Duration() | Deadline(), Elapsed()):
            return -_order_of_times(right, left, clock)
    first, second = (resolve(cast("Duration | Deadline", each), clock.now, clock) for each in (left, right))
    return _sign((first - second) / _SECOND)


def _sign(difference: Decimal | float) -> int:
    return (difference > 0) - (difference < 0)


def _same(left: Value, right: Value) -> int | None:
    if isinstance(left, LanguageTag):
        return _same_language(left, right)
    if isinstance(left, tuple) or isinstance(right, tuple):
        many, one = (left, right) if isinstance(left, tuple) else (right, left)
        return 0 if one == many or one in cast("tuple[str, ...]", many) else 1
    if isinstance(left, str) and isinstance(right, str):
        return 0 if left.casefold() == right.casefold() else 1
    if isinstance(left, bool) and isinstance(right, bool):
        return 0 if left == right else 1
    return None


def _same_language(stated: LanguageTag, wanted: Value) -> int | None:
    """As `order`, for the language of a review and one that a rule or the contract names; None when it is not told."""
    named = wanted if isinstance(wanted, tuple) else (str(wanted),)
    covered = [(language_tag(name) or LanguageTag(name)).covers(stated) for name in named]
    return 0 if True in covered else None if None in covered else 1
