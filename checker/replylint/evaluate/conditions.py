"""Conditions in a situation: three answers, with what is missing named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from replylint.contract.calendar import resolve
from replylint.evaluate.answers import NO, YES, Answer, every, some, unknown
from replylint.evaluate.situation import WANTED, Situation
from replylint.facts.model import Fact
from replylint.facts.wordings import FactName
from replylint.language import rules as r
from replylint.language.names import section
from replylint.source.problems import Problem, Said
from replylint.source.values import Deadline, Duration, Money, Percent, Stated, Value

_TESTS: Mapping[str, Callable[[int], bool]] = {
    "is": lambda c: c == 0, "is_not": lambda c: c != 0, "at_most": lambda c: c <= 0, "at_least": lambda c: c >= 0,
    "more_than": lambda c: c > 0, "less_than": lambda c: c < 0,
}  # fmt: skip
_BOUNDS: Mapping[str, Callable[[int, int], bool]] = {
    "at_most": lambda found, n: found <= n,
    "at_least": lambda found, n: found >= n,
    "exactly": lambda found, n: found == n,
}


def answer(condition: r.Condition, situation: Situation) -> Answer:
    """Whether a condition holds."""
    match condition:
        case r.All(parts):
            return every(answer(p, situation) for p in parts)
        case r.Any(parts):
            return some(answer(p, situation) for p in parts)
        case r.Negation(inner):
            return ~answer(inner, situation)
        case r.HasFact(fact):
            return YES if situation.facts(fact) else _absent(fact, situation)
        case r.HasAction():
            return _has_action(condition, situation)
        case r.Counted(bound, number, of):
            found = situation.facts(of) if isinstance(of, FactName) else situation.actions(of)
            return _truth(_BOUNDS[bound](len(found), number))
        case _:
            return _atom(condition, situation)


def _atom(condition: r.Condition, situation: Situation) -> Answer:
    match condition:
        case r.Comparison():
            return _compare(condition, situation)
        case r.Membership(left, options):
            return _member(left, options, situation)
        case r.Stated(operand, present):
            return _truth((situation.value(operand) not in (None, (), "")) == present)
        case r.IsTrue(operand):
            value = situation.value(operand)
            return unknown(missing(operand, situation)) if value is None else _truth(bool(value))
        case r.Approved(role):
            stated = situation.case.fields.get("approvals")
            return _truth(stated is not None and role in cast("tuple[str, ...]", stated.value))
    raise AssertionError(condition)


def _truth(holds: bool) -> Answer:
    return YES if holds else NO


def _absent(fact: FactName, situation: Situation) -> Answer:
    """A reply does not say it; without the review's text, whether an issue was taken up cannot be told."""
    needs_review = fact.type in ("acknowledge", "issue", "allegation")
    if needs_review and situation.case.review is None:
        return unknown(Problem("evaluate.no-review"))
    return NO


def missing(operand: r.Operand, situation: Situation) -> Problem:
    """What is not known about an operand, to be told to a person."""
    if isinstance(operand, r.AttributeRef):
        name = Said("evaluate.name", _names("attributes", operand.name))
        words = situation.subject.quote if isinstance(situation.subject, Fact) else ""
        if words:
            return Problem("evaluate.attribute-not-stated", None, {"name": name, "words": words})
        return Problem("evaluate.not-stated", None, {"name": name})
    path = operand.path if isinstance(operand, r.FieldRef | r.ContractValue) else ""
    return Problem("evaluate.not-stated", None, {"name": WANTED.get(path, path)})


def _names(sort: str, name: str) -> dict[str, str]:
    return {"en": section(sort).spell(name, "en"), "zh": section(sort).spell(name, "zh")}


def _compare(condition: r.Comparison, situation: Situation) -> Answer:
    left, right = situation.value(condition.left), situation.value(condition.right)
    for operand, value in ((condition.left, left), (condition.right, right)):
        if value is None:
            return unknown(missing(operand, situation))
    order = _order(cast(Value, left), cast(Value, right), situation)
    if order is None:
        return unknown(Problem("evaluate.not-comparable", None, {"left": str(left), "right": str(right)}))
    return _truth(_TESTS[condition.operator](order))


def _member(left: r.Operand, options: tuple[r.Operand, ...], situation: Situation) -> Answer:
    value = situation.value(left)
    if value is None:
        return unknown(missing(left, situation))
    known = [situation.value(option) for option in options]
    flat = [v for k in known for v in (k if isinstance(k, tuple) else (k,)) if v is not None]
    return _truth(any(_order(value, option, situation) == 0 for option in flat))


def _order(left: Value, right: Value, situation: Situation) -> int | None:
    """-1, 0 or 1; for texts 0 or 1; None when the two cannot be compared."""
    match left, right:
        case (Stated(), Stated()):
            return 0 if left is right else 1
        case (Stated(), Money() | Percent()):
            return 1
        case (Money() | Percent(), Stated()):
            return -1
        case (Money(), Money()):
            return _sign(left.amount - right.amount) if left.currency == right.currency else None
        case (Percent(), Percent()):
            return _sign(left.amount - right.amount)
        case (Duration() | Deadline(), Duration() | Deadline()):
            contract, now = situation.contract, situation.now
            return _sign((resolve(left, now, contract) - resolve(right, now, contract)) / dt.timedelta(seconds=1))
        case (Decimal(), Decimal()):
            return _sign(left - right)
        case (dt.datetime(), dt.datetime()):
            return _sign((_aware(left, situation) - _aware(right, situation)) / dt.timedelta(seconds=1))
    return _same(left, right)


def _sign(difference: Decimal | float) -> int:
    return (difference > 0) - (difference < 0)


def _same(left: Value, right: Value) -> int | None:
    if isinstance(left, tuple) or isinstance(right, tuple):
        many, one = (left, right) if isinstance(left, tuple) else (right, left)
        return 0 if one == many or one in cast("tuple[str, ...]", many) else 1
    if isinstance(left, str) and isinstance(right, str):
        return 0 if left.casefold() == right.casefold() else 1
    if isinstance(left, bool) and isinstance(right, bool):
        return 0 if left == right else 1
    return None


def _aware(moment: dt.datetime, situation: Situation) -> dt.datetime:
    """A moment without a time zone is meant in the brand's, which is the one that `now` was given in."""
    return moment if moment.tzinfo else moment.replace(tzinfo=situation.contract.calendar.zone)


def _has_action(condition: r.HasAction, situation: Situation) -> Answer:
    planned = situation.actions(condition.action)
    if not planned or condition.within is None or condition.since is None:
        return _truth(bool(planned))
    within, since = situation.value(condition.within), situation.value(condition.since)
    if not isinstance(since, dt.datetime):
        return unknown(missing(condition.since, situation))
    if not isinstance(within, Duration | Deadline):
        return unknown(missing(condition.within, situation))
    latest = resolve(within, _aware(since, situation), situation.contract)
    stated = [action.parameters["at"].value for action in planned if "at" in action.parameters]
    times = [_aware(at, situation) for at in stated if isinstance(at, dt.datetime)]
    # An action without a time is carried out when the draft is, which is now at the earliest.
    return _truth(min(times, default=situation.now) <= latest)
