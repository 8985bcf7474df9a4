"""The tiers of approval: rising, each with somebody who can be reached."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from replylint.contract.entries import Entries, Entry, children
from replylint.source.problems import Problem
from replylint.source.values import Money

_TIERS = "approvals.tiers"


class Tier(NamedTuple):
    """Who approves, and up to how much; None for any amount."""

    approver: Entry
    up_to: Entry | None


def tiers(entries: Entries) -> list[Tier]:
    """The tiers in the order of the file."""
    found: list[Tier] = []
    while approver := entries.get(f"{_TIERS}.{len(found) + 1}.approver"):
        found.append(Tier(approver, entries.get(f"{_TIERS}.{len(found) + 1}.up_to")))
    return found


def tiers_rise(entries: Entries) -> Iterator[Problem]:
    """A tier up to no more than the one before."""
    numbers = (number for number, _ in children(entries, _TIERS))
    stated = [entry for number in numbers if (entry := entries.get(f"{_TIERS}.{number}.up_to"))]
    for before, after in itertools.pairwise(stated):
        if not _above(after.value, before.value):
            values = {"before": before.words.words, "after": after.words.words}
            yield Problem("contract.tiers-order", after.words, values)


def tiers_reach_somebody(entries: Entries) -> Iterator[Problem]:
    """Whoever approves more than the lowest tier has to be reachable."""
    for tier in tiers(entries)[1:]:
        role = str(tier.approver.value)
        if "contacts" in entries and f"contacts.{role}" not in entries:
            yield Problem("contract.no-contact", tier.approver.words, {"role": role})


def _above(amount: object, other: object) -> bool:
    if not isinstance(amount, Money) or not isinstance(other, Money):
        return False
    return amount.currency == other.currency and amount.amount > other.amount
