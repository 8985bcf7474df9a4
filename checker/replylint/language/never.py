"""Rules that can never find a fault, because their own conditions contradict each other, as far as can be read off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import combinations

from replylint.language import rules as r
from replylint.language.bound.countables import Operator
from replylint.source.problems import Problem
from replylint.source.values import Money, Percent

_MOST = 64
"""So many conditions of a rule are held against each other, so that no rule takes time by the square of its length."""
_ONE_VALUE = ("choice", "text", "count", "money", "percent")
_OPPOSITE = {
    "is": "is_not", "is_not": "is", "at_most": "more_than", "more_than": "at_most", "at_least": "less_than",
    "less_than": "at_least",
}  # fmt: skip


def never_fires(rules: Iterable[r.Rule]) -> Iterator[Problem]:
    """A mistake for each rule whose conditions cannot hold together, or that its own `unless` always excuses."""
    for rule in rules:
        conditions = [part for each in (rule.when, rule.where) if each is not None for part in _parts(each)]
        clash = next((pair for pair in combinations(conditions[:_MOST], 2) if _exclude(*pair)), None)
        if clash is not None:
            name = _name(clash[0])
            yield Problem(f"language.never-fires{'-by' if name else ''}", rule.where_stated, {"name": name})
        elif _always_excused(rule, conditions):
            yield Problem("language.always-excused", rule.where_stated)


def _parts(condition: r.Condition) -> list[r.Condition]:
    """What has to hold, each by itself."""
    if isinstance(condition, r.All):
        return [part for each in condition.parts for part in _parts(each)]
    if isinstance(condition, r.Negation) and isinstance(condition.inner, r.Any):
        return [part for each in condition.inner.parts for part in _parts(r.Negation(each))]
    if isinstance(condition, r.Negation) and isinstance(condition.inner, r.Negation):
        return _parts(condition.inner.inner)
    return [condition]


def _always_excused(rule: r.Rule, conditions: Sequence[r.Condition]) -> bool:
    if rule.unless is None:
        return False
    held = {_bare(condition) for condition in conditions}
    excuses = rule.unless.parts if isinstance(rule.unless, r.Any) else (rule.unless,)
    return any({_bare(part) for part in _parts(excuse)} <= held for excuse in excuses)


def _exclude(one: r.Condition, other: r.Condition) -> bool:
    """Whether two conditions cannot both hold, whatever the case."""
    if isinstance(one, r.Stated) and isinstance(other, r.Stated):
        return one.present is not other.present and _bare(one.operand) == _bare(other.operand)
    if _bare(one) == _bare(r.Negation(other)) or _bare(r.Negation(one)) == _bare(other):
        return True
    return _exclude_values(one, other)


def _exclude_values(one: r.Condition, other: r.Condition) -> bool:
    if not isinstance(one, r.Comparison | r.Membership) or not isinstance(other, r.Comparison | r.Membership):
        return False
    if _bare(one.left) != _bare(other.left) or one.left.type not in _ONE_VALUE:
        return False
    chosen = [_chosen(each) for each in (one, other)]
    if chosen[0] is not None and chosen[1] is not None:
        return not chosen[0] & chosen[1]
    if not isinstance(one, r.Comparison) or not isinstance(other, r.Comparison):
        return False
    values = [_number(each.right) for each in (one, other)]
    if values[0] is None or values[1] is None or values[0][1] != values[1][1]:
        return False
    return _apart(one.operator, values[0][0], other.operator, values[1][0])


def _chosen(condition: r.Comparison | r.Membership) -> set[str] | None:
    """The words of which the value has to be one; None where it may be others."""
    if isinstance(condition, r.Comparison) and condition.operator != "is":
        return None
    options = condition.options if isinstance(condition, r.Membership) else (condition.right,)
    known = [each.value for each in options if isinstance(each, r.Constant | r.ContractValue)]
    words = {value.casefold() for value in known if isinstance(value, str)}
    return words if len(words) == len(options) else None


def _number(operand: r.Operand) -> tuple[Decimal, str] | None:
    """A number that the rule or the contract states, and what of."""
    value = operand.value if isinstance(operand, r.Constant | r.ContractValue) else None
    match value:
        case Decimal():
            return value, ""
        case Money(amount, currency):
            return amount, currency
        case Percent(amount):
            return amount, "%"
    return None


def _apart(one: Operator, a: Decimal, other: Operator, b: Decimal) -> bool:
    """Whether no number stands so to both."""
    below, above = ("at_most", "less_than"), ("at_least", "more_than")
    if one == "is" and other == "is":
        return a != b
    if one in (*below, "is") and other in above:
        return a < b or (a == b and not (one in ("is", "at_most") and other == "at_least"))
    if one in above and other in (*below, "is"):
        return _apart(other, b, one, a)
    if one == "is" and other in below:
        return a > b or (a == b and other == "less_than")
    return one in below and other == "is" and _apart(other, b, one, a)


def _bare(node: object) -> object:
    """A condition or an operand apart from where it is written, so that two that say the same are the same."""
    if isinstance(node, r.Constant | r.ContractValue):
        return repr(node.value)
    if isinstance(node, r.Negation) and isinstance(node.inner, r.Comparison):
        opposite = _OPPOSITE.get(node.inner.operator)
        return ("Comparison", _bare(node.inner.left), opposite, _bare(node.inner.right))
    if is_dataclass(node):
        named = ((each.name, getattr(node, each.name)) for each in fields(node))
        return (type(node).__name__, *(_bare(value) for name, value in named if name != "where"))
    if isinstance(node, tuple):
        return tuple(map(_bare, node))
    return node if isinstance(node, str | int | bool | None) else repr(node)


def _name(condition: r.Condition) -> str:
    """The field, or the attribute, that a condition is about; empty for others."""
    if isinstance(condition, r.Negation):
        return _name(condition.inner)
    operand = getattr(condition, "left", getattr(condition, "operand", None))
    if isinstance(operand, r.FieldRef):
        return operand.path
    return operand.name if isinstance(operand, r.AttributeRef) else ""
