"""The values of operands, worked out in a situation, or what is not known about them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from replylint.contract.own_fields import key_of
from replylint.contract.terms import WEEKDAYS
from replylint.evaluate.arithmetic import join
from replylint.evaluate.counting import not_stated, number_of, total
from replylint.evaluate.not_known import not_known
from replylint.evaluate.situation import Situation
from replylint.facts.model import Fact
from replylint.language import rules as r
from replylint.language.show import show
from replylint.source.names import section
from replylint.source.problems import Problem, Said
from replylint.source.values import Value


def work_out(operand: r.Operand, situation: Situation) -> Value | Problem:
    """The value of an operand, or what is not known about it, to be told to a person."""
    match operand:
        case r.Arithmetic():
            return _arithmetic(operand, situation)
        case r.Lookup():
            return _lookup(operand, situation)
        case r.Total():
            return total(operand, situation)
        case r.NumberOf():
            return number_of(operand, situation)
        case r.Weekday(moment):
            found = work_out(moment, situation)
            if isinstance(found, dt.datetime):
                return WEEKDAYS[situation.aware(found).astimezone(situation.calendar.zone).weekday()]
            return found
    value = situation.simple(operand)
    return _not_stated(operand, situation) if value is None else value


def _not_stated(operand: r.Operand, situation: Situation) -> Problem:
    if isinstance(operand, r.AttributeRef):
        if isinstance(situation.subject, Fact) and situation.subject.quote:
            return not_stated(operand.name, situation.subject.quote)
        spelt = next((section(k) for k in ("attributes", "parameters") if operand.name in section(k).spellings), None)
        names = {lang: spelt.spell(operand.name, lang) if spelt else operand.name for lang in ("en", "zh")}
        return Problem("evaluate.not-stated", None, {"name": Said("evaluate.name", names)})
    path = operand.path if isinstance(operand, r.FieldRef | r.ContractValue) else ""
    return not_known(path, situation)


def _arithmetic(operand: r.Arithmetic, situation: Situation) -> Value | Problem:
    result = work_out(operand.first, situation)
    for sign, written, _ in operand.steps:
        value = work_out(written, situation)
        if isinstance(result, Problem):
            return result
        if isinstance(value, Problem):
            return value
        joined = join(sign, result, value, situation)
        if joined is None:
            return Problem("evaluate.not-computable", None, {"left": _shown(result), "right": _shown(value)})
        result = joined
    return result


def _lookup(operand: r.Lookup, situation: Situation) -> Value | Problem:
    key = work_out(operand.key, situation)
    if isinstance(key, Problem):
        return key
    words = f"{key:f}" if isinstance(key, Decimal) else str(key)
    found = operand.table.get(key_of(situation.contract.own_names.word(words)))
    return Problem("evaluate.no-entry", None, {"table": operand.path, "key": words}) if found is None else found


def _shown(value: Value) -> Said:
    return Said("evaluate.name", {"en": show(value, "en"), "zh": show(value, "zh")})
