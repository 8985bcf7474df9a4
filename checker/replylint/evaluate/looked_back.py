"""The entries of a case's history that a rule looks at, so that what is wrong with them is told at their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from replylint.case.model import Action
from replylint.contract.actions import as_done
from replylint.evaluate.counting import passes
from replylint.evaluate.happenings import find
from replylint.evaluate.situation import Situation
from replylint.language import rules as r
from replylint.language.bound.walk import leaves
from replylint.source.spans import Location

_MOST = 3

_WENT_UP = ("escalated",)
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "review.escalated": _WENT_UP,
    "review.escalated_late": _WENT_UP,
    "review.overdue": ("replied",),
}
"""What in a history a computed field of the case is worked out from."""


def looked_back(rule: r.Rule, situation: Situation) -> tuple[Location, ...]:
    """Where the entries stand that the rule's conditions look at; of what it misses, those that come nearest."""
    history = situation.case.history
    if not history:
        return ()
    found: dict[int, Action] = {}
    conditions = (rule.requirement, rule.where, rule.unless, rule.when)
    for wanted in (each for part in conditions for leaf in leaves(part) for each in _wanted(leaf)):
        named = {as_done(name) for name in (wanted if isinstance(wanted, tuple) else wanted.names)}
        near = {id(action): action for action in history if as_done(action.name) in named}
        exact = {} if isinstance(wanted, tuple) else _counting(wanted, situation, near)
        found |= exact or near
    return tuple(action.where for action in history if id(action) in found)[:_MOST]


def _counting(wanted: r.Happenings, situation: Situation, near: Mapping[int, Action]) -> dict[int, Action]:
    occurrences = find(wanted, situation, passes).occurrences
    return {id(each.action): each.action for each in occurrences if id(each.action) in near}


def _wanted(leaf: r.Condition) -> Iterator[r.Happenings | tuple[str, ...]]:
    """What a condition asks of the history: happenings, or names of entries that a field is worked out from."""
    match leaf:
        case r.Happened(happenings):
            yield from _past(happenings)
        case r.Ordered(first, _, second):
            yield from (*_past(first), *_past(second))
        case r.Counted(_, _, r.Happenings() as counted):
            yield from _past(counted)
        case r.HasAction(action, within) if within is not None:
            yield (action.name,)
        case r.Comparison(left, _, right):
            yield from (*_asked(left), *_asked(right))
        case r.IsTrue(operand) | r.Stated(operand, _):
            yield from _asked(operand)


def _asked(operand: r.Operand) -> Iterator[r.Happenings | tuple[str, ...]]:
    match operand:
        case r.FieldRef(_, path) if path in _FIELDS:
            yield _FIELDS[path]
        case r.Total(over=r.Happenings() as over) | r.NumberOf(over=r.Happenings() as over):
            yield from _past(over)
        case r.Arithmetic(_, first, steps):
            for part in (first, *(term for _, term, _ in steps)):
                yield from _asked(part)


def _past(wanted: r.Happenings) -> Iterator[r.Happenings]:
    if wanted.scope != "planned":
        yield wanted
