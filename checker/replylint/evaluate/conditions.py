"""Conditions in a situation: three answers, with what is missing named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal, cast

from replylint.case.model import Action
from replylint.contract.actions import as_done
from replylint.contract.reckoning import resolve
from replylint.evaluate.answers import NO, YES, Answer, every, some, unknown
from replylint.evaluate.authority import approvers_of
from replylint.evaluate.compare import compare, compare_days
from replylint.evaluate.counting import counted, hidden, meant, member_of, passes
from replylint.evaluate.ends import MOST, Days, at_ends, days_in, moment_of
from replylint.evaluate.happenings import ONLY_DAY, happened, moments_of, only_day, ordered
from replylint.evaluate.not_known import not_known
from replylint.evaluate.roles import shown_role
from replylint.evaluate.situation import Situation
from replylint.evaluate.timeline import Occurrence
from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.source.moments import Between
from replylint.source.problems import Problem
from replylint.source.values import Deadline, Duration, Value

_NO_MORE_NO_LESS: tuple[Literal["at_most"], Literal["at_least"]] = ("at_most", "at_least")


def answer(condition: r.Condition, situation: Situation) -> Answer:
    """Whether a condition holds."""
    # Looked up by type: a `match` would try a dozen patterns for the conditions that are asked most.
    return _ANSWERS[type(condition)](condition, situation)


def wanted_roles(situation: Situation, condition: r.Approved) -> frozenset[str]:
    """The roles of which one has to approve."""
    return frozenset({condition.role}) if condition.clause is None else approvers_of(situation, condition.clause)


def waiting_for(situation: Situation, condition: r.Approved) -> Problem:
    """Whose approval a draft waits for."""
    roles = wanted_roles(situation, condition)
    shown = tuple(shown_role(role, situation.contract) for role in sorted(roles))
    if condition.clause == "emergencies" and situation.pausing:
        until = situation.simple(r.FieldRef("datetime", "review.paused_until"))
        moment = situation.aware(until).strftime("%m-%d %H:%M") if isinstance(until, dt.datetime) else ""
        return Problem(f"evaluate.paused{'-until' if moment else ''}", None, {"roles": shown, "until": moment})
    return Problem("evaluate.not-approved", None, {"roles": shown})


def _truth(holds: bool) -> Answer:
    return YES if holds else NO


def _is_true(condition: r.IsTrue, situation: Situation) -> Answer:
    value = situation.value(condition.operand)
    return unknown(situation.missing(condition.operand)) if value is None else _truth(bool(value))


def _absent(fact: FactName, situation: Situation) -> Answer:
    """It is not said; without the text that would say it, that cannot be told."""
    why = hidden(fact, situation)
    return unknown(*why) if why else NO


def _compare(condition: r.Comparison, situation: Situation) -> Answer:
    sides = (condition.left, condition.right)
    days = days_in(sides, situation) if any(isinstance(each, r.Arithmetic) for each in sides) else {}
    return _at_any_time(condition, days, situation) if days else _compare_known(condition, situation)


def _at_any_time(condition: r.Comparison, days: Days, situation: Situation) -> Answer:
    """What holds whenever on the days stated; where the time of day decides, it cannot be told."""
    if condition.operator in ("is", "is_not"):
        both = every(_at_any_time(replace(condition, operator=each), days, situation) for each in _NO_MORE_NO_LESS)
        return both if condition.operator == "is" else ~both
    unsure = unknown(only_day(next(iter(days))))
    if len(days) > MOST:
        return unsure
    answers = [_compare_known(condition, one) for one in at_ends(days, situation)]
    return answers[0] if all(each == answers[0] for each in answers) else unsure


def _compare_known(condition: r.Comparison, situation: Situation) -> Answer:
    left, right = situation.value(condition.left), situation.value(condition.right)
    if right is not None and (possible := situation.possible(condition.left)):
        operator, other = condition.operator, meant(right, situation)
        return _agreed(possible, lambda one: compare(one, operator, other, situation), condition.left, situation)
    for operand, value in ((condition.left, left), (condition.right, right)):
        if value is None:
            return unknown(situation.missing(operand))
    one, other = (meant(cast(Value, value), situation) for value in (left, right))
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        return _compare_moments(condition, left, right, situation)
    return compare(one, condition.operator, other, situation)


def _compare_moments(condition: r.Comparison, left: dt.datetime, right: dt.datetime, situation: Situation) -> Answer:
    days = [situation.stated_moment(operand) for operand in (condition.left, condition.right)]
    one, other = (value if at is None or at.exact else at for at, value in zip(days, (left, right), strict=True))
    found = compare_days(one, condition.operator, other, situation)
    inexact = condition.left if isinstance(one, Between) else condition.right
    return unknown(only_day(inexact)) if found is None else found


def _member(condition: r.Membership, situation: Situation) -> Answer:
    left, options = condition.left, condition.options
    if possible := situation.possible(left):
        return _agreed(possible, lambda one: member_of(one, options, situation), left, situation)
    value = situation.value(left)
    if value is None:
        return unknown(situation.missing(left))
    return member_of(value, options, situation)


def _agreed(
    possible: Iterable[Value | None], ask: Callable[[Value], Answer], operand: r.Operand, situation: Situation
) -> Answer:
    """What holds of every value that an operand might have; where they differ, it cannot be told."""
    path = operand.path if isinstance(operand, r.FieldRef) else ""
    answers = [NO if value is None else ask(value) for value in possible]
    same = all(each == answers[0] for each in answers)
    return answers[0] if same else unknown(not_known(path, situation))


def _has_action(condition: r.HasAction, situation: Situation) -> Answer:
    planned = situation.actions(condition.action)
    name = condition.action.name
    done = [each for each in situation.timeline[0]
            if as_done(each.action.name) == as_done(name) or situation.is_a(each.action, name)]  # fmt: skip
    if condition.within is None or condition.since is None or not (planned or done):
        return _truth(bool(planned))
    within, since = situation.value(condition.within), situation.value(condition.since)
    if not isinstance(since, dt.datetime):
        return unknown(situation.missing(condition.since))
    if not isinstance(within, Duration | Deadline):
        return unknown(situation.missing(condition.within))
    start = moment_of(condition.since, situation)
    if start is None:
        return unknown(only_day(condition.since))
    latest = Between(*(resolve(within, each, situation.contract) for each in start))
    in_time = _in_time(start, latest, done, planned, situation)
    if in_time:
        return YES
    if in_time is None:
        return unknown(ONLY_DAY if start.exact else only_day(condition.since))
    untimed = [Problem("evaluate.no-time", None, {"name": each.action.name}) for each in done if each.at is None]
    return unknown(*untimed) if untimed else NO


def _in_time(
    start: Between, latest: Between, done: Iterable[Occurrence], planned: Iterable[Action], situation: Situation
) -> bool | None:
    """Whether one of what was done or is planned falls between two moments; None where it may."""
    past = [at.by(situation.now) for each in done if (at := moments_of(each, situation)) is not None]
    # An action without a time is carried out when the draft is, which is now at the earliest.
    names = {id(action) for action in planned}
    coming = (each for each in situation.timeline[1] if id(each.action) in names)
    to_come = [at for each in coming if (at := moments_of(each, situation)) is not None]
    if any(start.latest <= at.earliest and at.latest <= latest.earliest for at in past):
        return True
    if any(at.latest <= latest.earliest for at in to_come):
        return True
    may_have = any(start.earliest <= at.latest and at.earliest <= latest.latest for at in past)
    return None if may_have or any(at.earliest <= latest.latest for at in to_come) else False


_ANSWERS: Mapping[type, Callable[[Any, Situation], Answer]] = {
    r.All: lambda c, s: every(answer(part, s) for part in c.parts),
    r.Any: lambda c, s: some(answer(part, s) for part in c.parts),
    r.Negation: lambda c, s: ~answer(c.inner, s),
    r.HasFact: lambda c, s: YES if s.facts(c.fact) else _absent(c.fact, s),
    r.HasAction: _has_action,
    r.Counted: counted,
    r.Happened: lambda c, s: happened(c.happenings, s, passes),
    r.Ordered: lambda c, s: ordered(c, s, passes),
    r.Comparison: _compare,
    r.Membership: _member,
    r.Stated: lambda c, s: _truth((s.value(c.operand) not in (None, (), "")) == c.present),
    r.IsTrue: _is_true,
    r.Approved: lambda c, s: _truth(bool(wanted_roles(s, c) & s.approving)),
}
