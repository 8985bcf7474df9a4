"""Rules and conditions as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from replylint.contract.model import Contract
from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES
from replylint.language import rules as r
from replylint.language.describe.values import ValueTeller
from replylint.source.messages import Lang


def describe_rule(rule: r.Rule, lang: Lang, contract: Contract | None = None) -> tuple[str, ...]:
    """The rule as sentences, the first one saying what is forbidden or required.

    contract: whose own names are told as it calls them.
    """
    return tuple(_Teller(lang, contract).rule(rule))


def describe_condition(condition: r.Condition, lang: Lang, contract: Contract | None = None) -> str:
    """A condition as a clause of a sentence; `contract` as for a rule."""
    return _Teller(lang, contract).condition(condition)


def _there(subject: FactName | r.ActionName) -> r.Condition:
    return r.HasFact(subject) if isinstance(subject, FactName) else r.HasAction(subject)


def _sort(node: r.Condition) -> str:
    """What a condition says is there: an action, or a fact of the reply or of the review; empty for anything else."""
    match node:
        case r.HasAction(_, None):
            return "action"
        case r.HasFact(fact):
            return _side((fact,))
    return ""


def _facts(parts: Iterable[r.Condition]) -> tuple[FactName, ...]:
    """The facts, when each of the conditions is that one is there; else none."""
    parts = tuple(parts)
    found = tuple(part.fact for part in parts if isinstance(part, r.HasFact))
    return found if len(found) == len(parts) else ()


def _side(facts: Iterable[FactName]) -> str:
    """The text in which all of the facts are read, reply or review; empty when they are not of one."""
    sides = {FACT_TYPES[fact.type].side for fact in facts}
    return sides.pop() if len(sides) == 1 else ""


class _Teller(ValueTeller):
    """Tells conditions and whole rules."""

    def rule(self, rule: r.Rule) -> Iterator[str]:
        yield self._subjects(rule) if rule.subjects else self._requirement(rule.requirement)
        if rule.where:
            yield self._say("where", condition=self.condition(rule.where))
        if rule.when:
            yield self._say("when", condition=self.condition(rule.when))
        if rule.unless:
            yield self._say("unless", condition=self.condition(rule.unless))
        if rule.clause:
            yield self._say("enforces", path=self._path(rule.clause[0]))
        waits = rule.severity == "error" and isinstance(rule.requirement, r.Approved)
        yield self._say("severity-approval" if waits else f"severity-{rule.severity}")
        yield self._say(f"unknown-{rule.if_unknown or ('person' if rule.severity == 'error' else 'told')}")

    def _subjects(self, rule: r.Rule) -> str:
        sorts = {type(subject) for subject in rule.subjects}
        if len(sorts) > 1:
            return self._say(f"{rule.verb}-condition", what=self.condition(r.Any(tuple(map(_there, rule.subjects)))))
        what = self._or(self._name(subject) for subject in rule.subjects)
        return self._say(f"{rule.verb}-{'fact' if sorts == {FactName} else 'action'}", what=what)

    def _requirement(self, node: r.Condition | None) -> str:
        """What a rule requires: told as what is at fault, wherever that can be said."""
        if node is None:
            return ""
        facts = _facts(node.parts if isinstance(node, r.Any) else (node,))
        if facts and _side(facts) == "reply":
            return self._say("require-fact", what=self._or(map(self._name, facts)))
        if lacking := self._opposite(node):
            return self._say("forbid-condition", what=lacking)
        return self._say("require-condition", what=self.condition(node))

    def _opposite(self, node: r.Condition) -> str:
        """That a condition does not hold; empty where the language has no plain way to say it."""
        match node:
            case r.Negation(inner):
                return self.condition(inner)
            case r.Stated(operand, present):
                return self._atom(r.Stated(operand, not present))
            case r.IsTrue(operand):
                return self._true(operand, False)
            case r.Approved(_, str()):
                return self._say("not-approved-by-approver")
            case r.Approved(role):
                return self._say("not-approved", role=self._role(role))
        return ""

    def condition(self, node: r.Condition) -> str:
        match node:
            case r.Any(parts):
                return self._any(parts)
            case r.All(parts):
                return self._say("and").join(self._inner(p) for p in parts)
            case r.Negation(r.IsTrue(operand)):
                return self._true(operand, False)
            case r.IsTrue(operand):
                return self._true(operand, True)
            case r.Negation(r.Comparison(left, "is", right)):
                return self._atom(r.Comparison(left, "is_not", right))
            case r.Negation(r.Membership() as inner):
                return self._member(inner, "not_one_of", "is_not")
            case r.Negation(inner):
                return self._say("not", condition=self._inner(inner))
            case r.HasFact(fact):
                return self._has((fact,))
            case r.HasAction() | r.Happened() | r.Ordered() | r.Counted():
                return self._found(node)
            case _:
                return self._atom(node)

    def _any(self, parts: tuple[r.Condition, ...]) -> str:
        """One of several; neighbours of one sort share their verb."""
        told: list[str] = []
        for sort, run in groupby(parts, _sort):
            some = tuple(run)
            if sort == "action":
                actions = (part.action for part in some if isinstance(part, r.HasAction))
                told.append(self._say("has-action", what=self._or(map(self._name, actions))))
            elif sort:
                told.append(self._has(_facts(some)))
            else:
                told += [self._inner(part) for part in some]
        return self._say("or-else").join(told)

    def _has(self, facts: tuple[FactName, ...]) -> str:
        key = "has-review-fact" if _side(facts) == "review" else "has-fact"
        return self._say(key, what=self._or(map(self._name, facts)))

    def _found(self, node: r.Condition) -> str:
        match node:
            case r.HasAction(action, None):
                return self._say("has-action", what=self._name(action))
            case r.HasAction(action, within, since):
                values = {"within": self._operand(within), "since": self._operand(since)}
                return self._say("has-action-within", what=self._name(action), **values)
            case r.Happened(happenings):
                return self._say("has-happened", what=self._happenings(happenings))
            case r.Ordered(first, relation, second):
                return self._say(relation, first=self._happenings(first), second=self._happenings(second))
            case r.Counted("exactly", 0, of):
                return self._say("count-none", what=self._countable(of))
            case r.Counted(bound, number, of):
                return self._say(f"count-{bound}", number=str(number), what=self._countable(of))
        raise AssertionError(node)

    def _atom(self, node: r.Condition) -> str:
        match node:
            case r.Comparison(left, operator, right):
                return self._say(operator, left=self._operand(left), right=self._behind(right))
            case r.Membership():
                return self._member(node, "one_of", "is")
            case r.Stated(operand, present):
                plain = self._plain(operand, present)
                return plain or self._say("stated" if present else "not-stated", what=self._operand(operand))
            case r.Approved(_, str()):
                return self._say("approved-by-approver")
            case r.Approved(role):
                return self._say("approved", role=self._role(role))
        raise AssertionError(node)

    def _member(self, node: r.Membership, of_list: str, of_words: str) -> str:
        """That something is one of several; the options of a list of the contract are told with where they stand."""
        key = of_list if any(isinstance(option, r.ContractValue) for option in node.options) else of_words
        spoken = self._spaced(self._or(self._operand(option) for option in node.options))
        return self._say(key, left=self._operand(node.left), right=spoken)

    def _inner(self, node: r.Condition) -> str:
        text = self.condition(node)
        return self._say("group", condition=text) if isinstance(node, r.Any | r.All) else text
