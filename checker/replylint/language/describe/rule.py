"""Rules as sentences, and lists below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from replylint.contract.model import Contract
from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.language.describe.conditions import facts_of, flat, side_of
from replylint.language.describe.outline import Line, Listed, OutlineTeller
from replylint.source.messages import Lang


def describe_rule(rule: r.Rule, lang: Lang, contract: Contract | None = None) -> tuple[Line, ...]:
    """The rule as sentences, the first one saying what is forbidden or required; long conditions are lists below them.

    contract: whose own names are told as it calls them.
    """
    return tuple(_RuleTeller(lang, contract, rule.subjects).rule(rule))


def describe_condition(condition: r.Condition, lang: Lang, contract: Contract | None = None) -> str:
    """A condition as a clause of a sentence; `contract` as for a rule."""
    return OutlineTeller(lang, contract).condition(flat(condition))


def in_plain_text(lines: Iterable[Line]) -> Iterator[str]:
    """Lines of what a rule means, with a dash before those of lists."""
    return (f"{'  ' * line.depth}{'- ' if line.depth else ''}{line.words}" for line in lines)


def _there(subject: FactName | r.ActionName) -> r.Condition:
    return r.HasFact(subject) if isinstance(subject, FactName) else r.HasAction(subject)


class _RuleTeller(OutlineTeller):
    """Tells whole rules."""

    def rule(self, rule: r.Rule) -> Iterator[Line]:
        yield from self._subjects(rule) if rule.subjects else self._requirement(rule.requirement)
        for key, condition in (("where", rule.where), ("when", rule.when), ("unless", rule.unless)):
            if condition:
                yield from self._clause(key, condition)
        if rule.clause:
            yield self._line("enforces", path=self._path(rule.clause[0]))
        waits = rule.severity == "error" and isinstance(rule.requirement, r.Approved)
        yield self._line("severity-approval" if waits else f"severity-{rule.severity}")
        yield self._line(f"unknown-{rule.if_unknown or ('person' if rule.severity == 'error' else 'told')}")

    def _line(self, key: str, /, **values: str) -> Line:
        return Line(0, self._say(key, **values))

    def _clause(self, key: str, condition: r.Condition) -> Iterator[Line]:
        """A sentence about a condition, with the list below it where the condition is one."""
        told = self.listed(flat(condition))
        if isinstance(told, Listed):
            yield self._line(f"{key}-list", of=told.of)
            yield from self.lines(told.below, 1)
        else:
            yield self._line(key, condition=told)

    def _subjects(self, rule: r.Rule) -> Iterator[Line]:
        sorts = {type(subject) for subject in rule.subjects}
        there = r.Any(tuple(map(_there, rule.subjects)))
        if rule.verb == "forbid" and (len(sorts) > 1 or isinstance(self.listed(there), Listed)):
            yield from self._clause("forbid-condition", there)
            return
        what = self._or(self._name(subject) for subject in rule.subjects)
        yield self._line(f"{rule.verb}-{'fact' if sorts == {FactName} else 'action'}", what=what)

    def _requirement(self, node: r.Condition | None) -> Iterator[Line]:
        """What a rule requires: told as what is at fault, wherever that can be said."""
        if node is None:
            return
        node = flat(node)
        facts = facts_of(node.parts if isinstance(node, r.Any) else (node,))
        if facts and side_of(facts) == "reply":
            told = self.listed(node)
            if isinstance(told, Listed):
                yield self._line("require-fact-list")
                yield from self.lines(told.below, 1)
            else:
                yield self._line("require-fact", what=self._or(map(self._name, facts)))
        elif opposite := self._opposite(node):
            yield from self._clause("forbid-condition", opposite)
        else:
            yield from self._clause("require-condition", node)

    def _opposite(self, node: r.Condition) -> r.Condition | None:
        """That a condition does not hold; None where the language has no plain way to say it."""
        match node:
            case r.Negation(inner):
                return inner
            case r.Stated() | r.IsTrue() | r.Approved():
                return r.Negation(node)
        return None
