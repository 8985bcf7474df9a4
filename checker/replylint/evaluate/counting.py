"""Counting and adding up: facts, what is planned or has happened, records; bounds where not all of it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from replylint.case.model import Action, Item
from replylint.evaluate.answers import NO, YES, Answer, every, some, unknown
from replylint.evaluate.arithmetic import join, total_of
from replylint.evaluate.compare import compare, compare_days, order
from replylint.evaluate.happenings import NO_HISTORY, find
from replylint.evaluate.not_known import NO_REVIEW, NO_WORDS, not_known
from replylint.evaluate.situation import Situation
from replylint.facts.model import Fact
from replylint.facts.names import FactName
from replylint.facts.schema import of_reply
from replylint.language import rules as r
from replylint.source.names import section
from replylint.source.problems import Problem, Said
from replylint.source.values import Duration, Money, Percent, Value

Counted = Fact | Action | Item


@dataclass(frozen=True)
class Group:
    """What is counted, each with whether it counts; `open` says what hides more of it, empty when nothing does."""

    members: tuple[tuple[Counted, Answer], ...]
    open: tuple[Problem, ...] = ()

    @property
    def missing(self) -> tuple[Problem, ...]:
        """What would have to be known to say which count."""
        return (*(problem for _, answer in self.members for problem in answer.missing), *self.open)


def group(countable: r.Countable, situation: Situation) -> Group:
    """All that may count."""
    match countable:
        case FactName():
            facts = situation.facts(countable)
            return Group(tuple((fact, YES) for fact in facts), () if facts else hidden(countable, situation))
        case r.ActionName():
            return Group(tuple((action, YES) for action in situation.actions(countable)))
        case r.Happenings():
            found = find(countable, situation, passes)
            return Group(
                tuple((each.action, each.counts) for each in found.occurrences), () if found.whole else (NO_HISTORY,)
            )
        case r.Records(path, tests):
            if path not in situation.case.records:
                return Group((), (Problem("evaluate.not-stated", None, {"name": path}),))
            items = ((item, passes(tests, item, situation)) for item in situation.case.records[path])
            return Group(tuple((item, answer) for item, answer in items if answer.holds is not False))


def hidden(fact: FactName, situation: Situation) -> tuple[Problem, ...]:
    """Why a fact that was not found may be there nonetheless: without its text, or where that cannot be read."""
    if situation.case.wordless and of_reply(fact):
        return (NO_WORDS,)
    if fact.type not in ("acknowledge", "issue", "allegation"):
        return ()
    if situation.case.review is None:
        return () if situation.case.stars_alone else (NO_REVIEW,)
    field = "review.allegations" if fact.type == "allegation" else "review.issues"
    return (not_known(field, situation),) if situation.review.doubts(fact.type) else ()


def counted(condition: r.Counted, situation: Situation) -> Answer:
    """Whether there are so many."""
    found = group(condition.of, situation)
    least = sum(answer.holds is True for _, answer in found.members)
    most = None if found.open else len(found.members)
    number = condition.number
    holds = {
        "at_most": (most is not None and most <= number, least > number),
        "at_least": (least >= number, most is not None and most < number),
        "exactly": (most == least == number, least > number or (most is not None and most < number)),
    }
    yes, no = holds[condition.bound]
    return YES if yes else NO if no else unknown(*found.missing)


def number_of(operand: r.NumberOf, situation: Situation) -> Value | Problem:
    """How many there are, or what is not known."""
    found = group(operand.over, situation)
    return found.missing[0] if found.missing else Decimal(len(found.members))


def total(operand: r.Total, situation: Situation) -> Value | Problem:
    """The sum of what each states, or what is not known. Nothing at all adds up to zero."""
    found = group(operand.over, situation)
    if found.missing:
        return found.missing[0]
    result: Value = _ZERO[operand.type]
    for member, _ in found.members:
        value = _stated(member, operand.attribute)
        if value is None:
            return not_stated(operand.attribute, _called(member))
        added = join("plus", result, value, situation)
        if added is None:
            return Problem("evaluate.no-total", None, {"left": str(result), "right": str(value)})
        result = added
    return result


_ZERO: Mapping[str, Value] = {
    "money": Money(Decimal(0), ""), "count": Decimal(0), "percent": Percent(Decimal(0)),
    "duration": Duration(Decimal(0), "minute"),
}  # fmt: skip


def passes(tests: Sequence[r.Test], member: Action | Item, situation: Situation) -> Answer:
    """Whether an action, an event or a record passes all tests."""
    return every(_passes(test, member, situation) for test in tests)


def _passes(test: r.Test, member: Action | Item, situation: Situation) -> Answer:
    value = _stated(member, test.parameter.name)
    if test.operator == "is_present" or test.operator == "is_missing":
        return YES if (value is None) is (test.operator == "is_missing") else NO
    if value is None:
        return unknown(not_stated(test.parameter.name, _called(member)))
    if test.operator == "one_of":
        return member_of(value, test.operands, situation)
    other = situation.value(test.operands[0])
    if other is None:
        return unknown(situation.missing(test.operands[0]))
    at = situation.moments(member.parameters.get(test.parameter.name)) if isinstance(member, Action) else None
    if at is not None and not at.exact:
        found = compare_days(at, test.operator, other, situation)
        return unknown(Problem("evaluate.only-day", None, {"name": test.parameter.name})) if found is None else found
    return compare(meant(value, situation), test.operator, meant(other, situation), situation)


def meant(value: Value, situation: Situation) -> Value:
    """A value with the words of the contract's own, whichever way they are written, under their keys."""
    own = situation.contract.own_names
    if not own.words or not isinstance(value, str | tuple):
        return value
    return own.word(value) if isinstance(value, str) else tuple(map(own.word, value))


def member_of(value: Value, options: Sequence[r.Operand], situation: Situation) -> Answer:
    """Whether a value is one of several, of which some may be lists."""
    known = [situation.value(option) for option in options]
    flat = [meant(v, situation) for k in known for v in (k if isinstance(k, tuple) else (k,)) if v is not None]
    if any(order(meant(value, situation), option, situation) == 0 for option in flat):
        return YES
    return some(unknown(situation.missing(option)) for option in options if situation.value(option) is None)


def _stated(member: Counted, name: str) -> Value | None:
    values = member.attributes if isinstance(member, Fact) else member.parameters
    if name == "total" and isinstance(member, Action) and name not in member.parameters:
        return total_of(member)
    found = cast("Mapping[str, object]", values).get(name)
    return None if found is None else cast(Value, found.value)  # type: ignore[attr-defined]  # a Field or an attribute


def _called(member: Counted) -> str:
    match member:
        case Fact():
            return member.quote
        case Action(name):
            return name
    return member.where.words.split("\n")[0]


def not_stated(name: str, words: str) -> Problem:
    """An attribute or a parameter that something does not state."""
    spelt = next((section(k) for k in ("attributes", "parameters") if name in section(k).spellings), None)
    names = {"en": spelt.spell(name, "en"), "zh": spelt.spell(name, "zh")} if spelt else {"en": name, "zh": name}
    return Problem("evaluate.attribute-not-stated", None, {"name": Said("evaluate.name", names), "words": words})
