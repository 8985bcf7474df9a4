"""Days of which no time is stated, in what is worked out: reckoned from both ends, as any moment may be meant.

Sums and differences of moments grow and fall with each of them, so that the ends tell what holds of all between.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from replylint.case.model import Action, Case, Field
from replylint.evaluate.situation import Situation
from replylint.language import rules as r
from replylint.language.bound.walk import nodes
from replylint.source.moments import Between

MOST = 5
"""Of more days without a time in one comparison nothing is told: each doubles what has to be reckoned."""

Reference = r.FieldRef | r.AttributeRef
Days = Mapping[Reference, Between]


def days_in(operands: tuple[r.Operand, ...], situation: Situation) -> Days:
    """The moments that some operands are worked out from and that are not known exactly."""
    written: tuple[Reference, ...] = (*nodes(operands, r.FieldRef), *nodes(operands, r.AttributeRef))
    stated = {each: situation.stated_moment(each) for each in written if each.type == "datetime"}
    return {each: at for each, at in stated.items() if at is not None and not at.exact}


def at_ends(days: Days, situation: Situation) -> Iterator[Situation]:
    """The situation with each of the days at its first and at its last moment, in every combination."""
    for moments in product(*days.values()):
        yield _with(dict(zip(days, moments, strict=True)), situation)


def moment_of(operand: r.Operand, situation: Situation) -> Between | None:
    """When a moment is that is written or worked out; None where it is not known at all."""
    days = days_in((operand,), situation)
    values = [one.value(operand) for one in at_ends(days, situation)] if len(days) <= MOST else []
    moments = [situation.aware(value) for value in values if isinstance(value, dt.datetime)]
    return Between(min(moments), max(moments)) if moments and len(moments) == len(values) else None


def _with(moments: Mapping[Reference, dt.datetime], situation: Situation) -> Situation:
    fields = {each.path: at for each, at in moments.items() if isinstance(each, r.FieldRef)}
    parameters = {each.name: at for each, at in moments.items() if isinstance(each, r.AttributeRef)}
    case, subject = situation.case, situation.subject
    case = replace(case, fields=_stating(case.fields, fields)) if fields else case
    if isinstance(subject, Action) and parameters:
        subject = replace(subject, parameters=_stating(subject.parameters, parameters))
    return _in(case, situation).about(subject) if subject is not None else _in(case, situation)


def _in(case: Case, situation: Situation) -> Situation:
    return replace(situation, case=case, answers={})


def _stating(fields: Mapping[str, Field], moments: Mapping[str, dt.datetime]) -> dict[str, Field]:
    return {**fields, **{name: replace(fields[name], value=at) for name, at in moments.items()}}
