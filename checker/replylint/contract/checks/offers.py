"""What may be offered: limits that fit those who approve, and promises by the same roles as the offers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from replylint.contract.checks.tiers import tiers
from replylint.contract.entries import Entries, Entry, children, line_of, texts
from replylint.source.problems import Problem
from replylint.source.values import Money, Percent

_OFFERS = "authority.offers"


class _Limit(NamedTuple):
    """How much of an offer a role may give by itself."""

    offer: str
    role: str
    entry: Entry

    @property
    def values(self) -> dict[str, str]:
        return {"role": self.role, "offer": self.offer, "limit": _shown(self.entry)}


def limits_within_tiers(entries: Entries) -> Iterator[Problem]:
    """A role may not promise more by itself than the tier in which it approves."""
    for limit in _limits(entries):
        top = next((tier.up_to for tier in reversed(tiers(entries)) if tier.approver.value == limit.role), None)
        if top is not None and _more(limit.entry, top):
            yield Problem("contract.limit-above-tier", limit.entry.words, {**limit.values, "tier": _shown(top)})


def limits_of_those_who_offer(entries: Entries) -> Iterator[Problem]:
    """A limit for a role that may not offer the thing at all."""
    for limit in _limits(entries):
        who = entries.get(f"{_OFFERS}.{limit.offer}.who")
        if who is not None and limit.role not in texts(who):
            values = {"role": limit.role, "offer": limit.offer}
            yield Problem("contract.limit-without-offer", limit.entry.where, values)


def limits_within_the_approvers(entries: Entries) -> Iterator[Problem]:
    """A role may not give more by itself than the role that approves what is above everybody's limit."""
    for limit in _limits(entries):
        approver = entries.get(f"{_OFFERS}.{limit.offer}.approver")
        most = entries.get(f"{_OFFERS}.{limit.offer}.limits.{approver.value}") if approver else None
        if approver and most and limit.role != approver.value and _more(limit.entry, most):
            values = {**limit.values, "approver": str(approver.value), "most": _shown(most)}
            yield Problem("contract.limit-above-approver", limit.entry.words, values)


def approvers_have_more(entries: Entries) -> Iterator[Problem]:
    """An approver whose own limit is no higher than everybody's has nothing to approve."""
    for own in _limits(entries):
        section = f"{_OFFERS}.{own.offer}"
        approver, limit = entries.get(f"{section}.approver"), entries.get(f"{section}.limit")
        if approver and approver.value == own.role and limit and not _more(own.entry, limit):
            yield Problem("contract.approver-of-less", own.entry.words, {**own.values, "limit": _shown(limit)})


def offered_and_promised_alike(entries: Entries) -> Iterator[Problem]:
    """Who may offer a thing may also promise it, and the other way round."""
    for kind, promised in children(entries, "authority.promises"):
        offered = entries.get(f"{_OFFERS}.{kind}.who")
        if offered is None:
            continue
        for role in dict.fromkeys((*texts(offered), *texts(promised))):
            if (role in texts(offered)) is not (role in texts(promised)):
                here, other = (promised, offered) if role in texts(promised) else (offered, promised)
                values = {"role": role, "kind": kind, "line": line_of(other)}
                yield Problem("contract.who-differs", here.words, values)


def shares_are_of_a_hundred(entries: Entries) -> Iterator[Problem]:
    """A limit below one percent, which is mostly meant as a part of the whole: 0.5 for half."""
    for offer, _ in children(entries, _OFFERS):
        own = (entry for _, entry in children(entries, f"{_OFFERS}.{offer}.limits"))
        for entry in (limit for limit in (entries.get(f"{_OFFERS}.{offer}.limit"), *own) if limit is not None):
            if isinstance(entry.value, Percent) and 0 < entry.value.amount < 1:
                whole = f"{(entry.value.amount * 100).normalize():f}%"
                yield Problem("contract.part-of-percent", entry.words, {"words": _shown(entry), "whole": whole})


def _limits(entries: Entries) -> Iterator[_Limit]:
    """The limits that roles have of their own."""
    for offer, _ in children(entries, _OFFERS):
        for role, entry in children(entries, f"{_OFFERS}.{offer}.limits"):
            yield _Limit(offer, role, entry)


def _shown(entry: Entry) -> str:
    return entry.words.words.strip("'\"")


def _more(one: Entry, other: Entry) -> bool:
    """Whether one amount or share is more than another of its kind; not when they cannot be compared."""
    a, b = one.value, other.value
    if isinstance(a, Money) and isinstance(b, Money) and a.currency != b.currency:
        return False
    left, right = getattr(a, "amount", None), getattr(b, "amount", None)
    return type(a) is type(b) and isinstance(left, Decimal) and isinstance(right, Decimal) and left > right
