"""Why a rule found nothing: what it read, and which of its conditions let that pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from replylint.evaluate.conditions import answer
from replylint.evaluate.situation import Situation
from replylint.facts.model import Fact
from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.language.bound.walk import leaves
from replylint.source.spans import Location

Cause = Literal["not-read", "not-planned", "when", "where", "unless", "met"]


@dataclass(frozen=True)
class Silent:
    """One reason for silence.

    cause: nothing of the sort was read or planned, `when` or `where` does not hold, an `unless` does, or what is
    required is there. words: what was read, empty for the draft as a whole. condition: the part that decided.
    contract: the places of the contract's values in it.
    """

    cause: Cause
    words: str = ""
    condition: r.Condition | None = None
    contract: tuple[Location, ...] = ()


def why_silent(rule: r.Rule, situation: Situation) -> Iterator[Silent]:
    """The reasons why a rule does not fire on a case, one for each thing it looked at."""
    if rule.when is not None and (part := _decides(rule.when, situation, False)):
        yield _silent("when", "", part)
        return
    if rule.verb == "require":
        yield from _unless(rule, situation, "")
        if rule.requirement is not None and (part := _decides(rule.requirement, situation, True)):
            yield _silent("met", "", part)
        return
    for name in rule.subjects:
        found = situation.facts(name) if isinstance(name, FactName) else situation.actions(name)
        for subject in found:
            at = situation.about(subject)
            words = subject.quote if isinstance(subject, Fact) else subject.name
            part = _decides(rule.where, at, False) if rule.where is not None else None
            yield from [_silent("where", words, part)] if part else _unless(rule, at, words)
        if not found:
            yield Silent("not-read" if isinstance(name, FactName) else "not-planned", "", _there(name))


def _there(name: FactName | r.ActionName) -> r.Condition:
    return r.HasFact(name) if isinstance(name, FactName) else r.HasAction(name)


def _unless(rule: r.Rule, situation: Situation, words: str) -> Iterator[Silent]:
    if rule.unless is not None and (part := _decides(rule.unless, situation, True)):
        yield _silent("unless", words, part)


def _decides(condition: r.Condition, situation: Situation, holds: bool) -> r.Condition | None:
    """The smallest part that makes a condition hold, or not hold; None when it comes out otherwise."""
    if answer(condition, situation).holds is not holds:
        return None
    joined = r.Any if holds else r.All
    if isinstance(condition, joined):
        return next((found for part in condition.parts if (found := _decides(part, situation, holds))), condition)
    return condition


def _silent(cause: Cause, words: str, part: r.Condition) -> Silent:
    return Silent(cause, words, part, tuple(place for leaf in leaves(part) for place in _places(leaf)))


def _places(leaf: r.Condition) -> Iterator[Location]:
    match leaf:
        case r.Comparison(left, _, right):
            yield from (o.where for o in (left, right) if isinstance(o, r.ContractValue))
        case r.Membership(_, options):
            yield from (o.where for o in options if isinstance(o, r.ContractValue))
