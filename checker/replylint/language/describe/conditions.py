"""Conditions as clauses of a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby

from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES
from replylint.language import rules as r
from replylint.language.describe.values import ValueTeller


def flat(node: r.Condition) -> r.Condition:
    """The condition without groups inside groups of their own sort: (a and b) and c is a and b and c."""
    match node:
        case r.All(parts):
            inner = (p.parts if isinstance(p, r.All) else (p,) for p in map(flat, parts))
            return r.All(tuple(chain.from_iterable(inner)))
        case r.Any(parts):
            inner = (p.parts if isinstance(p, r.Any) else (p,) for p in map(flat, parts))
            return r.Any(tuple(chain.from_iterable(inner)))
        case r.Negation(opposite):
            return r.Negation(flat(opposite))
    return node


def sort_of(node: r.Condition) -> str:
    """What a condition says is there: an action, or a fact of the reply or of the review; empty for anything else."""
    match node:
        case r.HasAction(_, None):
            return "action"
        case r.HasFact(fact):
            return side_of((fact,))
    return ""


def facts_of(parts: Iterable[r.Condition]) -> tuple[FactName, ...]:
    """The facts, when each of the conditions is that one is there; else none."""
    parts = tuple(parts)
    found = tuple(part.fact for part in parts if isinstance(part, r.HasFact))
    return found if len(found) == len(parts) else ()


def side_of(facts: Iterable[FactName]) -> str:
    """The text in which all of the facts are read, reply or review; empty when they are not of one."""
    sides = {FACT_TYPES[fact.type].side for fact in facts}
    return sides.pop() if len(sides) == 1 else ""


class ConditionTeller(ValueTeller):
    """Tells conditions."""

    def condition(self, node: r.Condition) -> str:
        """A condition as a clause; groups inside groups stand in brackets."""
        match node:
            case r.Any(parts):
                return self._any(parts)
            case r.All(parts):
                return self._say("and").join(self._inner(p) for p in parts)
            case r.Negation(inner):
                return self._negated(inner)
            case r.IsTrue(operand):
                return self._true(operand, True)
            case r.HasFact(fact):
                return self._has((fact,))
            case r.HasAction() | r.Happened() | r.Ordered() | r.Counted():
                return self._found(node)
            case _:
                return self._atom(node)

    def _negated(self, node: r.Condition) -> str:
        """That a condition does not hold, in plain words where there are any."""
        match node:
            case r.IsTrue(operand):
                return self._true(operand, False)
            case r.Comparison(left, "is", right):
                return self._atom(r.Comparison(left, "is_not", right))
            case r.Stated(operand, present):
                return self._atom(r.Stated(operand, not present))
            case r.Membership():
                return self._member(node, "not_one_of", "is_not")
            case r.Approved(_, str()):
                return self._say("not-approved-by-approver")
            case r.Approved(role):
                return self._say("not-approved", role=self._role(role))
        return self._absent(node)

    def _absent(self, node: r.Condition) -> str:
        """That a fact, an action or an event is not there; of anything else that it does not hold."""
        match node:
            case r.HasFact(fact):
                return self._say(f"has-no-{self._where((fact,))}", what=self._name(fact))
            case r.HasAction(action, None):
                return self._say("has-no-action", what=self._name(action))
            case r.Happened(happenings):
                return self._say("count-none", what=self._happenings(happenings))
        return self._say("not", condition=self._inner(node))

    def _any(self, parts: tuple[r.Condition, ...]) -> str:
        """One of several; neighbours of one sort share their verb."""
        told: list[str] = []
        for sort, run in groupby(parts, sort_of):
            some = tuple(run)
            if sort == "action":
                actions = (part.action for part in some if isinstance(part, r.HasAction))
                told.append(self._say("has-action", what=self._or(map(self._name, actions))))
            elif sort:
                told.append(self._has(facts_of(some)))
            else:
                told += [self._inner(part) for part in some]
        return self._say("or-else").join(told)

    def _has(self, facts: tuple[FactName, ...]) -> str:
        return self._say(f"has-{self._where(facts)}", what=self._or(map(self._name, facts)))

    def _where(self, facts: Iterable[FactName]) -> str:
        """What facts are called by the text in which they are read."""
        return "review-fact" if side_of(facts) == "review" else "fact"

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
                return self._compared(operator, left.type, self._operand(left), self._behind(right))
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
