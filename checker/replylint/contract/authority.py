"""Who may do what under a contract, up to how much, and who approves what is above that."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.contract.actions import REMOVING, usual
from replylint.contract.model import Contract
from replylint.source.values import Money, Percent, Stated, Value

# What a statement of a kind counts as in the contract, where it has another name there.
_STATEMENTS = {"liability": "admission", "efficacy": "claim"}


def granting(sort: str, name: str | None) -> tuple[str, ...]:
    """The places of a contract that may say who may do a thing: the roles in all of those that are there.

    sort: `action`, or the type of a fact. name: the action, or the fact's kind.
    """
    match sort, name:
        case "action", str():
            return f"authority.actions.{name}.who", f"authority.offers.{name}.who"
        case "promise", "contact":
            return "authority.promises.contact", "authority.contact.who"
        case "promise", str():
            return f"authority.promises.{name}", f"authority.offers.{name}.who"
        case "statement", str():
            return (f"authority.statements.{_STATEMENTS.get(name, name)}",)
        case "claim", _:
            return ("authority.statements.claim",)
        case ("admission" | "events"), _:
            return ("authority.statements.admission",)
    return ()


def entitled(contract: Contract, sort: str, name: str | None) -> frozenset[str] | None:
    """The roles that may do a thing; None where the contract does not say."""
    stated = [path for path in granting(sort, name) if path in contract]
    lists = [frozenset(value) for path in stated if isinstance(value := contract.value(path), tuple)]
    return frozenset.intersection(*lists) if lists else None


def needs_approval(contract: Contract, action: str) -> bool:
    """Whether the contract names who approves an action; the removal of reviews it rules elsewhere."""
    schema = contract.actions.get(action)
    return schema is not None and schema.approver is not None and action not in REMOVING


def listed_evidence(contract: Contract, evidence: tuple[str, ...]) -> bool:
    """Whether something of the evidence names a kind that the contract lists."""
    kinds = contract.value("removal.evidence")
    words = [usual(kind) for kind in kinds] if isinstance(kinds, tuple) else []
    return any(word in usual(text) for text in evidence for word in words)


def limit_of(contract: Contract, offer: str | None, role: str | None) -> Value | None:
    """The most that a role may give of an offer by itself; None where the contract sets no limit."""
    own = contract.value(f"authority.offers.{offer}.limits.{role}") if role else None
    return own if own is not None else contract.value(f"authority.offers.{offer}.limit")


def releasing(contract: Contract, emergency: str) -> tuple[str, ...]:
    """The roles that may let a reply go while an emergency has replies paused.

    Who has to know of it, who alone speaks meanwhile, and who covers for its level when the brand is closed.
    """
    section = f"emergencies.{emergency}"
    notify, speaker = contract.value(f"{section}.notify"), contract.value(f"{section}.speaker")
    cover = contract.cover_for(str(contract.value(f"{section}.level")))
    told = [*(notify if isinstance(notify, tuple) else ()), *(str(role) for role in (speaker, cover) if role)]
    return tuple(dict.fromkeys(told))


def approvers(contract: Contract, clause: str | None, amount: Value | None) -> frozenset[str]:
    """The roles of which one has to approve an amount, or a thing without one, under a clause.

    Whoever is named at the clause or above it approves as far as the own limit or tier goes; so do the tiers from the
    one that the amount falls in upward, but none below who is named. Without a name and a tier it is the default.
    """
    named = contract.named_approver(clause)
    tiers = list(_tiers(contract))
    roles = [role for role, _ in tiers]
    first = roles.index(named) if named in roles else 0
    reaching = {role for role, up_to in tiers[first:] if _within(amount, up_to)} if _counts(amount) else set()
    if named is not None:
        own = contract.value(f"{clause}.limits.{named}")
        top = own if own is not None else next((up_to for role, up_to in reversed(tiers) if role == named), None)
        reaching |= {named} if _within(amount, top) else set()
    elif not tiers or not _counts(amount):
        reaching = {str(contract.value("approvals.default"))}
    return frozenset(reaching)


def _tiers(contract: Contract) -> Iterator[tuple[str, Value | None]]:
    """The approver of each tier, and up to how much."""
    number = 1
    while (role := contract.value(f"approvals.tiers.{number}.approver")) is not None:
        yield str(role), contract.value(f"approvals.tiers.{number}.up_to")
        number += 1


def _counts(amount: Value | None) -> bool:
    """Whether an amount falls into a tier: money does, and what has no limit falls into the last."""
    return isinstance(amount, Money | Stated)


def _within(amount: Value | None, up_to: Value | None) -> bool:
    """Whether an amount is no more than a limit; no limit holds everything, and no amount is within any."""
    if up_to is None or amount is None:
        return True
    if isinstance(amount, Money) and isinstance(up_to, Money):
        return amount.currency == up_to.currency and amount.amount <= up_to.amount
    return isinstance(amount, Percent) and (not isinstance(up_to, Percent) or amount.amount <= up_to.amount)
