"""Who says what and takes away what: reachable where a draft is sent to them, and of the right side."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.contract.actions import REMOVING
from replylint.contract.entries import Entries, children, line_of, texts
from replylint.source.problems import Problem, Saying


def statements_reach_somebody(entries: Entries) -> Iterator[Problem]:
    """Of those who may say a thing, one at least has to be reachable: the rules send the draft to them."""
    for kind, who in children(entries, "authority.statements"):
        roles = texts(who)
        if roles and "contacts" in entries and not any(f"contacts.{role}" in entries for role in roles):
            values: dict[str, Saying] = {"kind": kind, "roles": roles}
            yield Problem("contract.statement-without-contact", who.words, values)


def removal_is_the_brands(entries: Entries) -> Iterator[Problem]:
    """Removing a review is approved by the brand, not by those who reply for it."""
    paths = ["removal.approver", *(f"authority.actions.{name}.approver" for name in REMOVING)]
    for approver in (entries[path] for path in paths if path in entries):
        side = entries.get(f"roles.{approver.value}.side")
        if side is not None and side.value == "agency":
            yield Problem("contract.removal-by-agency", approver.words, {"role": str(approver.value)})


def waivers_of_what_may_be_waived(entries: Entries) -> Iterator[Problem]:
    """Who may waive a rule that is mandatory."""
    for rule, entry in children(entries, "waivers.rules"):
        held = entries.get(f"enforcement.{rule}")
        if held is not None and held.value == "mandatory":
            values = {"rule": rule, "line": line_of(held)}
            yield Problem("contract.waives-mandatory", entry.where, values)
