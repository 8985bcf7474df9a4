"""The examples in rules, run as cases: a rule that nothing makes fire is no rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from replylint.case.fields import HISTORY
from replylint.case.model import Action, Case, Field, Item
from replylint.case.moments import moment_if_told
from replylint.contract.model import Contract
from replylint.contract.own_fields import OwnField
from replylint.evaluate.check import Judge
from replylint.evaluate.model import Finding
from replylint.evaluate.planned import in_currency, typed
from replylint.evaluate.rule import Outcome, evaluate
from replylint.evaluate.silent import Silent, why_silent
from replylint.language import syntax as s
from replylint.language.listed import of_choices
from replylint.language.rules import Approved, Rule, RuleExample, ValueType
from replylint.language.scope import Scope, field_types
from replylint.language.value_types import typed_number
from replylint.source.moments import zoned
from replylint.source.spans import Embedded, Location, Span
from replylint.source.values import Value

_NOW = "now"


@dataclass(frozen=True)
class Outcomes:
    """What came of one example.

    passed: it came out as its rule says it must. decided: what the rule found or could not decide. also: the names of
    other rules of the policy that find the example at fault, in order. silent: why the rule found nothing, if so.
    """

    rule: Rule
    example: RuleExample
    passed: bool
    decided: tuple[Outcome, ...]
    also: tuple[str, ...]
    silent: tuple[Silent, ...] = ()


def run(judge: Judge, rules: Iterable[Rule] | None = None) -> Iterator[Outcomes]:
    """Every example of every rule, in order. An example must break, or keep, its own rule; others are only told.

    rules: those of the judge's whose examples are wanted; None for all.
    """
    for rule in judge.rules if rules is None else rules:
        for example in rule.examples:
            yield _run(rule, example, judge)


def _run(rule: Rule, example: RuleExample, judge: Judge) -> Outcomes:
    case = case_of(example.example, example.where, judge.contract)
    situation = _at_its_time(judge, case).situation(case)
    decided = tuple(evaluate(rule, situation))
    fires = any(isinstance(o, Finding) for o in decided)
    others = [r for r in judge.rules if r is not rule and r.severity == "error"]
    also = tuple(r.name for r in others if any(isinstance(o, Finding) for o in evaluate(r, situation)))
    # An undecided draft does not go out, so it neither breaks the rule nor keeps it.
    # A rule that only waits for somebody's approval finds nothing, and is broken by what has to wait.
    breaks = bool(decided) if isinstance(rule.requirement, Approved) else fires
    passed = breaks if example.breaks else not decided
    silent = () if decided else tuple(why_silent(rule, situation))
    return Outcomes(rule, example, passed, decided, also, silent)


def _at_its_time(judge: Judge, case: Case) -> Judge:
    """The judge at the moment that the example gives, else at its own, but not before what is said to have happened."""
    zone = judge.contract.calendar.zone
    now = case.fields.get(_NOW)
    if now is None or not isinstance(now.value, dt.datetime):
        stated = (action.parameters["at"].value for action in case.history if "at" in action.parameters)
        times = (moment_if_told(at) if isinstance(at, str) else at for at in stated)
        aware = [zoned(at, zone) for at in times if isinstance(at, dt.datetime)]
        return replace(judge, now=max([judge.now, *aware]))
    return replace(judge, now=zoned(now.value, zone))


def case_of(example: s.Example, where: Location, contract: Contract) -> Case:
    """The case that an example describes; its reply's place is the text in quotes."""
    source = where.source
    reply = _text(example.reply, where) if example.reply else Embedded("", source, where.span.start)
    case = Case(id=str(where), source=where, reply=reply)
    for given in example.given:
        case = _with(case, given, where, contract)
    return case


def _with(case: Case, given: s.Given, where: Location, contract: Contract) -> Case:
    place = Location(where.source, given.span)
    match given:
        case s.GivenAction(name):
            planned = Action(name.name, _parameters(given, {}, where, contract), place)
            return replace(case, actions=(*case.actions, planned))
        case s.GivenHistory(named):
            happened = () if named is None else (Action(named.name, _parameters(given, {}, where, contract), place),)
            history = (*case.history, *happened)
            names = Field(tuple(each.name for each in history), place)
            return replace(case, history=history, fields={**case.fields, HISTORY: names})
        case s.GivenRecord(path):
            record = contract.own_fields[path.name].record
            items = (*case.records.get(path.name, ()), Item(_parameters(given, record, where, contract), place))
            fields = {**case.fields, path.name: Field((), place)}
            return replace(case, records={**case.records, path.name: items}, fields=fields)
        case s.GivenField():
            return _with_field(case, given, where, contract)


def _parameters(
    given: s.GivenAction | s.GivenHistory | s.GivenRecord,
    record: Mapping[str, OwnField],
    where: Location,
    contract: Contract,
) -> dict[str, Field]:
    """Parameters with their values; those of actions and events are typed when their schema is known."""
    found = {}
    for name, operand in given.parameters:
        own = record.get(name.name)
        value = _own_value(operand, own, contract) if own else _value(operand, None)
        found[name.name] = Field(value, Location(where.source, operand.span))
    return found


def _with_field(case: Case, given: s.GivenField, where: Location, contract: Contract) -> Case:
    name = given.path.name
    own = contract.own_fields.get(name)
    if name in ("review", "review.text") and isinstance(given.values[0], s.Quoted):
        words = given.values[0]
        return replace(case, review=_text(words, where) if words.value else None, stars_alone=not words.value)
    if own is not None:
        values: tuple[Value, ...] = tuple(_own_value(v, own, contract) for v in given.values)
    else:
        values = tuple(_stated(v, name, contract) for v in given.values)
    several = name in ("approvals", "approved_by", "actions") or (own is not None and own.type == "texts")
    value: Value = tuple(str(v) for v in values) if several else values[0]
    key = "approvals" if name == "approved_by" else name
    return replace(case, fields={**case.fields, key: Field(value, Location(where.source, given.span))})


def _stated(operand: s.Operand, name: str, contract: Contract) -> Value:
    """The value of a built-in field; of those that it can hold, the one that is named."""
    value, can_hold = _value(operand, field_types().get(name)), Scope({}, contract).listing(name)
    return can_hold.find(value) or value if can_hold and isinstance(value, str) else value


def _own_value(operand: s.Operand, own: OwnField, contract: Contract) -> Value:
    """The value of one of the brand's own fields, as its type wants it."""
    value = _value(operand, None)
    if own.type == "choice" and isinstance(operand, s.Word | s.Quoted):
        written = operand.written if isinstance(operand, s.Word) else operand.value
        return of_choices(own.choices, contract).find(written) or value
    if own.type == "choice" or own.type == "records" or own.type == "texts":
        return value
    return in_currency(typed(value, own.type), contract)


def _text(quoted: s.Quoted, where: Location) -> Embedded:
    """The text between the quotes; escapes make its places approximate by a character each."""
    inner = Span(quoted.span.start + 1, quoted.span.end - 1)
    written = where.source.text[inner.start : inner.end]
    if written == quoted.value:
        return Embedded(quoted.value, where.source, inner.start)
    last = inner.end
    return Embedded(quoted.value, where.source, [min(inner.start + i, last) for i in range(len(quoted.value) + 1)])


def _value(operand: s.Operand, wanted: ValueType | None) -> Value:
    match operand:
        case s.Number():
            return typed_number(operand)[1]
        case s.Quoted(value):
            return dt.datetime.fromisoformat(value) if wanted == "datetime" else value
        case s.Truth(value):
            return value
        case s.Word(name) | s.Path(name):
            return name
    raise AssertionError(operand)
