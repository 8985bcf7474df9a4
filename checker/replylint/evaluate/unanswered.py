"""Reviews that nobody has drafted a reply to: judged by the rules that speak of them, and by no others."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.contract.terms import LEVELS
from replylint.language.bound.walk import nodes
from replylint.language.rules import FieldRef, Rule

FIELD = "review.unanswered"


def about_unanswered(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules whose `when` speaks of reviews without a draft."""
    return tuple(rule for rule in rules if _asks(rule))


def _asks(rule: Rule) -> bool:
    return any(field.path == FIELD for field in nodes(rule.when, FieldRef))


def negative(case: Case, contract: Contract) -> bool:
    """Whether a review has few stars: as few as a level above the lowest takes; without stars, it may be one."""
    rating = case.fields.get("review.rating")
    if rating is None or not isinstance(rating.value, Decimal):
        return True
    limits = (contract.value(f"severity.{level}.rating_at_most") for level in LEVELS[1:])
    return any(isinstance(limit, Decimal) and rating.value <= limit for limit in limits)
