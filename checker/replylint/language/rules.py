"""Resolved rules: every name bound, every comparison typed. What the evaluator runs and the descriptions speak from.

Operands, what is counted, and conditions are in `bound`; whoever works with rules finds all of it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from replylint.facts.names import FactName
from replylint.language.bound.conditions import (
    All,
    Any,
    Approved,
    Comparison,
    Condition,
    Counted,
    Happened,
    HasAction,
    HasFact,
    IsTrue,
    Membership,
    Negation,
    Ordered,
    Stated,
)
from replylint.language.bound.countables import ANY, ActionName, Countable, Happenings, Operator, Records, Test
from replylint.language.bound.operands import (
    OF_CONTRACT,
    Arithmetic,
    AttributeRef,
    Constant,
    ContractValue,
    FieldRef,
    Lookup,
    NumberOf,
    Operand,
    Total,
    ValueType,
    Weekday,
)
from replylint.source.spans import Location

if TYPE_CHECKING:
    # Whoever evaluates rules needs no syntax.
    from replylint.language.syntax import Example

__all__ = [
    "ANY", "OF_CONTRACT", "ActionName", "All", "Any", "Approved", "Arithmetic", "AttributeRef", "Comparison",
    "Condition", "Constant", "ContractValue", "Countable", "Counted", "FieldRef", "Happened", "Happenings",
    "HasAction", "HasFact", "IsTrue", "Lookup", "Membership", "Negation", "NumberOf", "Operand", "Operator",
    "Ordered", "Records", "Rule", "RuleExample", "Severity", "Stated", "Template", "Test", "Texts", "Total",
    "ValueType", "Weekday",
]

Severity = Literal["error", "warning", "advice"]
Template = tuple[str | Operand, ...]


@dataclass(frozen=True)
class Texts:
    """What a rule says to people, in the languages that its file says it in; empty where it does not."""

    en: Template = ()
    zh: Template = ()

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


@dataclass(frozen=True)
class RuleExample:
    """A case that the rule must find at fault (`breaks`) or must not (`keeps`)."""

    breaks: bool
    example: Example
    where: Location


@dataclass(frozen=True)
class Rule:
    """A rule that can be evaluated.

    verb, subjects: `forbid` holds what must not be there (any of the subjects). requirement: for `require`.
    when: the rule applies. where: only such facts or actions count. unless: excuses. Each is None where not stated.
    if_unknown: what an undecidable draft means; None sends it to a person where the rule's severity counts, "ask"
    always.
    because, instead, to_do: the message, the words to write into the draft, and what else to do about it, with the
    places of their values. page: the `##` text.
    clause: the contract path that the rule enforces, with its place in the contract.
    where_stated: the rule's head; verb_at: the forbid or require clause, shown beside a finding.
    """

    name: str
    category: str
    severity: Severity
    verb: Literal["forbid", "require"]
    where_stated: Location
    verb_at: Location
    subjects: tuple[FactName | ActionName, ...] = ()
    requirement: Condition | None = None
    when: Condition | None = None
    where: Condition | None = None
    unless: Condition | None = None
    if_unknown: Literal["pass", "fail", "ask"] | None = None
    because: Texts = Texts()
    instead: Texts = Texts()
    to_do: Texts = Texts()
    clause: tuple[str, Location] | None = None
    examples: Sequence[RuleExample] = ()
    page: str = ""
