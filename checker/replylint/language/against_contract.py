"""Rules that say otherwise than the contract: an amount above its limit, an approval that it gives to somebody else.

Each is told at the rule's words and names the contract's place, since either may be the one that is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from replylint.contract.actions import REMOVING
from replylint.contract.authority import approvers, entitled, granting
from replylint.contract.model import Contract
from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.language.bound.walk import leaves, nodes
from replylint.language.show import show
from replylint.source.problems import Problem
from replylint.source.values import Money, Percent, Stated, Value

_UP_TO = ("at_most", "less_than", "is")
_FROM = ("more_than", "at_least")
_TURNED: dict[r.Operator, r.Operator] = {
    "at_most": "at_least", "at_least": "at_most", "more_than": "less_than", "less_than": "more_than", "is": "is",
}  # fmt: skip
_STATED_BY = {"money": "amount", "percent": "percent"}


@dataclass(frozen=True)
class _Bound:
    """An amount that a rule compares the subject's own with."""

    operator: r.Operator
    value: Money | Percent
    written: r.Constant


def against_contract(rules: Iterable[r.Rule], contract: Contract) -> Iterator[Problem]:
    """Every contradiction between rules and contract that is plain from what is written."""
    for rule in rules:
        if rule.verb == "forbid":
            yield from _above_limit(rule, contract)
        yield from _approved_by_others(rule, contract)


def _above_limit(rule: r.Rule, contract: Contract) -> Iterator[Problem]:
    """Amounts up to which the rule lets a promise or an action pass, and which are above the contract's limit."""
    allowed = [bound for bound in _bounds(rule.unless) if bound.operator in _UP_TO]
    if not any(nodes(rule.unless, r.Approved)):  # a rule about who approves much leaves the rest to others
        allowed += [bound for part in (rule.where, rule.when) for bound in _bounds(part) if bound.operator in _FROM]
    for path in dict.fromkeys(f"authority.offers.{name.kind if isinstance(name, FactName) else name.name}"
                              for name in rule.subjects):  # fmt: skip
        limits = [p for p in contract.paths() if p.startswith(f"{path}.limits.")] if _by_role(rule) else []
        limits += [f"{path}.limit"] if f"{path}.limit" in contract else []
        for bound in allowed:
            under = [p for p in limits if (limit := contract.value(p)) is not None and not _more(bound.value, limit)]
            over = [p for p in limits if (limit := contract.value(p)) is not None and _more(bound.value, limit)]
            if over and not under:
                yield Problem("language.above-limit", bound.written.where, {
                    "amount": bound.written.where.words, "path": over[-1],
                    "limit": show(contract.value(over[-1]) or "", "en"), "place": str(contract.location(over[-1])),
                })  # fmt: skip


def _approved_by_others(rule: r.Rule, contract: Contract) -> Iterator[Problem]:
    """Approvals by a role that the contract does not let approve what the rule is about."""
    asked = [a for a in nodes((rule.unless, rule.requirement), r.Approved) if a.clause is None]
    if not asked:
        return
    least = [_least(bound.value, bound.operator) for part in (rule.where, rule.when) for bound in _bounds(part)
             if bound.operator in _FROM and isinstance(bound.value, Money)]  # fmt: skip
    for subject in rule.subjects:
        found = _deciders(subject, rule, contract, max(least, key=lambda m: m.amount, default=None))
        for approved in asked if found else ():
            roles, path = found or (frozenset[str](), "")
            if approved.role not in roles and approved.where is not None:
                yield Problem("language.approved-by-others", approved.where, {
                    "role": approved.role, "roles": tuple(sorted(roles)), "path": path,
                    "place": str(contract.location(path)),
                })  # fmt: skip


def _deciders(
    subject: FactName | r.ActionName, rule: r.Rule, contract: Contract, least: Money | None
) -> tuple[frozenset[str], str] | None:
    """Who may approve what a rule is about, and where the contract says so; None where it names nobody in particular.

    least: the amount from which on the rule looks at it.
    """
    sort, name = (subject.type, subject.kind) if isinstance(subject, FactName) else ("action", subject.name)
    if sort in ("statement", "admission", "events", "claim"):
        roles, path = entitled(contract, sort, name), next(iter(granting(sort, name)), "")
        return (roles, path) if roles and path in contract else None
    clause = _clause(sort, name, contract) or (rule.clause[0] if rule.clause else "")
    parts = clause.split(".")
    named = (".".join([*parts[:length], "approver"]) for length in range(len(parts), 0, -1))
    path = next((place for place in named if contract.value(place) is not None), "")
    if not path:
        return None
    amounts: list[Value | None] = [least, *_tiers(contract, least), Stated.UNLIMITED]
    roles = frozenset[str]().union(*(approvers(contract, clause, amount) for amount in amounts))
    return roles, path


def _clause(sort: str, name: str | None, contract: Contract) -> str:
    if sort == "action" and f"authority.actions.{name}.approver" in contract:
        return f"authority.actions.{name}"
    if sort == "action" and name in REMOVING:
        return "removal"
    return f"authority.offers.{name}" if f"authority.offers.{name}" in contract else ""


def _tiers(contract: Contract, least: Money | None) -> Iterator[Value]:
    """The amounts at which another tier begins, from the least on."""
    number = 1
    while f"approvals.tiers.{number}.approver" in contract:
        top = contract.value(f"approvals.tiers.{number}.up_to")
        if top is not None and not (least is not None and _more(least, top)):
            yield top
        number += 1


def _least(bound: Money, operator: r.Operator) -> Money:
    """The least whole amount that passes."""
    return Money(bound.amount + (1 if operator == "more_than" else 0), bound.currency)


def _by_role(rule: r.Rule) -> bool:
    """Whether the rule tells drafters apart by their role: then the highest limit of a role is what counts."""
    conditions = (rule.when, rule.where, rule.unless)
    compared = (leaf for part in conditions for leaf in leaves(part) if isinstance(leaf, r.Comparison | r.Membership))
    return any(isinstance(leaf.left, r.FieldRef) and leaf.left.path == "drafter.role" for leaf in compared)


def _bounds(condition: r.Condition | None) -> Iterator[_Bound]:
    """The comparisons of the subject's own amount with one that is written in the rule, where nothing else excuses."""
    match condition:
        case r.Any(parts):
            for part in parts:
                yield from _bounds(part)
        case r.All(parts) if not any(nodes(parts, r.Approved)):
            for part in parts:
                yield from _bounds(part)
        case r.Comparison(r.AttributeRef(_, name), operator, r.Constant(kind, Money() | Percent() as value) as written):
            if name == _STATED_BY.get(kind):
                yield _Bound(operator, value, written)
        case r.Comparison(r.Constant(kind, Money() | Percent() as value) as written, operator, r.AttributeRef(_, name)):
            if name == _STATED_BY.get(kind) and operator in _TURNED:
                yield _Bound(_TURNED[operator], value, written)


def _more(one: Value, other: Value) -> bool:
    """Whether an amount is more than another of its kind and currency."""
    if isinstance(one, Money) and isinstance(other, Money):
        return one.currency == other.currency and one.amount > other.amount
    return isinstance(one, Percent) and isinstance(other, Percent) and one.amount > other.amount
