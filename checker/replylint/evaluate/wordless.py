"""Drafts that plan actions and have no words: judged by the rules about what is planned, and by no others.

A rule about words alone would find nothing in them, or miss everything: it is left out, and the report names it. A rule
about what is planned that also asks what the reply says is evaluated, and its question has no answer: it goes to a
person, unless it would only have advised.
"""

from __future__ import annotations

from replylint.evaluate.model import Finding, Undecided
from replylint.evaluate.not_known import NO_WORDS, OF_WORDS
from replylint.evaluate.unanswered import about_unanswered
from replylint.facts.names import FactName
from replylint.facts.schema import of_reply
from replylint.language.bound.walk import nodes
from replylint.language.rules import (
    ActionName,
    Approved,
    Condition,
    FieldRef,
    Happened,
    Happenings,
    HasAction,
    Ordered,
    Rule,
)

_PLANNED = (ActionName, HasAction, Happened, Happenings, Ordered, Approved)


def about_words(rule: Rule) -> bool:
    """Whether a rule is about the reply's words, or about reviews without a draft, and not about what is planned."""
    if about_unanswered((rule,)):
        return True
    if rule.subjects:
        return all(isinstance(name, FactName) for name in rule.subjects)
    plans = any(True for kind in _PLANNED for _ in nodes(rule.requirement, kind))
    return _asks_for_words(rule.requirement) and not plans


def only_advises(outcome: Finding | Undecided) -> bool:
    """Whether a rule that could not be decided for want of words would only have advised: no person has to look."""
    if not isinstance(outcome, Undecided) or outcome.severity != "advice":
        return False
    return all(problem == NO_WORDS for problem in outcome.missing)


def _asks_for_words(condition: Condition | None) -> bool:
    fields = any(field.path in OF_WORDS for field in nodes(condition, FieldRef))
    return fields or any(of_reply(name) for name in nodes(condition, FactName))
