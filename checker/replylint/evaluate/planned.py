"""Actions of a draft, and of its history, under the contract's schemas: names and parameters known, values typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from typing import Any

from replylint.case import amounts, convert
from replylint.case.convert import FieldError
from replylint.case.fields import HISTORY
from replylint.case.limits import UNSTATED_CURRENCY
from replylint.case.model import Action, Case, Field
from replylint.case.moments import moment
from replylint.case.parameters import parameters_of
from replylint.case.schemas import ParameterType
from replylint.contract.actions import ActionSchema, declared_name, usual
from replylint.contract.model import Contract
from replylint.contract.readers import duration, yesno
from replylint.evaluate.due import due
from replylint.language.near import nearest
from replylint.language.show import show
from replylint.source.names import section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.resources import grammar_table
from replylint.source.values import Deadline, Duration, Money, Percent, Stated, Value


class MisfitError(ValueError):
    """A value that is not of the type that the schema wants; carries the key of the sentence that says so."""

    def __init__(self, key: str):
        self.key, self.values = key, dict[str, str]()
        super().__init__(key)


def with_actions(case: Case, contract: Contract) -> tuple[Case, tuple[Problem, ...]]:
    """The case with its actions and its history as the contract knows them, and what is wrong with them.

    An action with something wrong stays as it is written: such a draft is told of and not judged.
    """
    if not case.actions and not case.history:
        return case, ()
    problems: list[Problem] = []
    known = contract.actions
    actions = tuple(_planned(action, known, contract, problems) for action in case.actions)
    happenings = {**contract.events, **known} if case.history else {}
    history = tuple(_planned(action, happenings, contract, problems) for action in case.history)
    fields = dict(case.fields)
    if HISTORY in fields:
        fields[HISTORY] = replace(fields[HISTORY], value=tuple(action.name for action in history))
    return replace(case, actions=actions, history=history, fields=fields), tuple(problems)


def _planned(action: Action, known: Mapping[str, ActionSchema], contract: Contract, problems: list[Problem]) -> Action:
    name, parameters = _named(action, known, contract)
    schema = known.get(name)
    if schema is None:
        problems.append(_unknown_action(action, known, contract))
        return action
    found: dict[str, Field] = {}
    for key, field in parameters.items():
        meant = (schema.main or "text") if not key else contract.own_names.canonical(declared_name(key))
        wanted = schema.parameters.get(meant)
        if wanted is None:
            problems.append(_unknown_parameter(key, field, schema, contract))
            continue
        try:
            found[meant] = replace(field, value=as_meant(field.value, wanted, contract))
        except (FieldError, MisfitError) as mistake:
            values = {"field": f"{schema.name}.{meant}", **mistake.values}
            problems.append(Problem(mistake.key, field.where, values))
    return Action(schema.name, found, action.where, action.named)


def _named(action: Action, known: Mapping[str, ActionSchema], contract: Contract) -> tuple[str, Mapping[str, Field]]:
    """The action's name in rules, and its parameters; a title of several words may have been read as name and value."""
    if action.name in known:
        return action.name, action.parameters
    names = contract.action_names
    bare = action.parameters.get("")
    if bare is not None and (found := names.get(usual(f"{action.name} {bare.value}"))):
        return found, {key: field for key, field in action.parameters.items() if key}
    if usual(action.name) not in names and not action.parameters:
        return _without_blank(action)
    return names.get(usual(action.name), action.name), action.parameters


def _without_blank(action: Action) -> tuple[str, Mapping[str, Field]]:
    """A built-in action and its value as Chinese writes them, in one: 退款五百元, 折扣九折, 打九折."""
    off = grammar_table("values.yml")["tenths_off"]
    for spelling, name in {**section("actions").canonical, "": "discount"}.items():
        value = action.name.removeprefix(spelling)
        unsaid = value == action.name and not (spelling == "" and value.endswith(off))
        if not value or unsaid or (spelling and spelling.isascii()):
            continue
        parameters, wrong = parameters_of(name, [("", (value, action.where, action.where))], UNSTATED_CURRENCY)
        if not wrong and not any(isinstance(field.value, str) for field in parameters.values()):
            return name, parameters
    return action.name, action.parameters


def _unknown_action(action: Action, known: Mapping[str, ActionSchema], contract: Contract) -> Problem:
    """A name that nobody knows; among what has happened where there are events besides actions."""
    sort = "action" if known is contract.actions else "happening"
    where = action.named or action.where
    spelt = {name: _spelt(schema) for name, schema in known.items()}
    every = {usual(word): name for name, forms in spelt.items() for word in (name, *forms.values())}
    meant = usual(action.name.partition("(")[0].strip())
    near = meant if meant in every else _action_slips().get(meant) or nearest(usual(action.name), every)
    if near in every:
        said = Said("evaluate.name", spelt[every[near]])
        return Problem(f"evaluate.{sort}-near", where, {"name": action.name, "near": said})
    offered = tuple(Said("evaluate.name", forms) for forms in spelt.values())
    return Problem(f"evaluate.{sort}-unknown", where, {"name": action.name, "known": offered})


@cache
def _action_slips() -> Mapping[str, str]:
    slips = grammar_table("slips.yml")["actions"]
    return {usual(word): name for name, words in slips.items() for word in words}


def _spelt(schema: ActionSchema) -> dict[str, str]:
    """How an action or an event is called in each language; in English by its key."""
    built_in = section("actions" if schema.name in section("actions").spellings else "events")
    return {"en": schema.name, "zh": schema.titles.get("zh", built_in.spell(schema.name, "zh"))}


def _unknown_parameter(key: str, field: Field, schema: ActionSchema, contract: Contract) -> Problem:
    where = field.named or field.where
    built_in, own = section("parameters"), contract.own_names.titles
    known = {
        name: {**built_in.titles(name), **({} if name in built_in.spellings else own.get(name, {}))}
        for name in schema.parameters
    }
    every = {word: name for name, forms in known.items() for word in (name, *forms.values())}
    values: dict[str, Saying] = {"name": key, "action": Said("evaluate.name", _spelt(schema))}
    if near := nearest(key, every):
        return Problem("evaluate.parameter-near", where, {**values, "near": Said("evaluate.name", known[every[near]])})
    offered = tuple(Said("evaluate.name", forms) for forms in known.values())
    return Problem("evaluate.parameter-unknown", where, {**values, "known": offered})


def as_meant(value: Value, wanted: ParameterType, contract: Contract) -> Value:
    """A parameter's value as the contract means it; raises FieldError or MisfitError for what does not fit.

    An action may be due after a length of time, or at a moment.
    """
    if wanted == "duration" and isinstance(value, str | dt.datetime):
        value = due(str(value), contract.calendar.zone) or value
        return value if isinstance(value, Deadline) else typed(value, wanted)
    return in_currency(typed(value, wanted), contract)


def in_currency(value: Value, contract: Contract) -> Value:
    """An amount that states no currency in the contract's; anything else as it is."""
    bare = isinstance(value, Money) and value.currency == UNSTATED_CURRENCY
    return replace(value, currency=contract.currency) if bare and isinstance(value, Money) else value


def typed(value: Value, wanted: ParameterType) -> Value:
    """A value as the schema wants it, from how it was read without knowing that; raises what is wrong with it."""
    match wanted, value:
        case ("money", Money() | Stated()) | ("percent", Percent()) | ("duration", Duration()):
            return value
        case ("yesno", bool()) | ("text" | "choice", str()) | ("texts", tuple()):
            return value
        case "text" | "texts", _:
            words = f"{value:f}" if isinstance(value, Decimal) else show(value, "en")
            return (words,) if wanted == "texts" else words
        case "datetime", dt.datetime():
            return value
        case "count", Decimal() as number:
            return _count(number)
    found = _READERS[wanted](value) if isinstance(value, Decimal | str) else None
    if found is None:
        raise MisfitError(_SENTENCES[wanted])
    return found


def _count(number: Decimal) -> Decimal:
    """How many there are: less than one, or parts of one, would take from a total that a limit holds for."""
    if number < 1 or number != number.to_integral_value():
        raise MisfitError(_SENTENCES["count"])
    return number


def _counted(value: Any) -> Decimal | None:
    number = convert.number(value)
    return None if number is None else _count(number)


_READERS: Mapping[ParameterType, Callable[[Any], Value | None]] = {
    "money": partial(amounts.money, currency=UNSTATED_CURRENCY),
    "percent": amounts.percent,
    "count": _counted,
    "datetime": moment,
    "duration": lambda value: duration(str(value)),
    "yesno": lambda value: yesno(str(value)),
    "choice": convert.side,
}

_SENTENCES: Mapping[ParameterType, str] = {
    "money": "case.not-money",
    "percent": "case.not-percent",
    "count": "evaluate.not-count",
    "datetime": "case.not-moment",
    "duration": "evaluate.not-duration",
    "yesno": "evaluate.not-yesno",
    "choice": "case.not-choice",
}
