"""The approvals that a verdict rests on."""

from __future__ import annotations

import datetime as dt

from replylint.case.approvals import Approval
from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.evaluate.approvals import State, states
from replylint.evaluate.planned import with_actions
from replylint.evaluate.roles import with_roles
from replylint.receipts.relied import entry_digest

Approved = tuple[tuple[Approval, State, str], ...]
"""The approvals of a draft, each with what it counts for and the digest of what the draft states of it."""


def approvals(case: Case, contract: Contract, now: dt.datetime) -> Approved:
    """Each approval that a case, as read from its file, states, and whether it counts."""
    if not case.approvals:
        return ()
    counted = states(with_actions(with_roles(case, contract), contract)[0], contract, now)
    # The same approvals in the same order; what is compared later is what the file says, not what roles are called.
    return tuple((*each, entry_digest(raw)) for each, raw in zip(counted, case.approvals, strict=True))


def counting(found: Approved, contract: Contract) -> Approved:
    """Those of the approvals that count: bound to what was approved, or not bound where the contract takes that."""
    good = ("valid",) if contract.value("approvals.bound") is True else ("valid", "unbound")
    return tuple(each for each in found if each[1] in good)


def approval_told(approval: Approval, state: State, entry: str) -> dict[str, str]:
    """An approval as plain values; what it does not state is empty."""
    return {
        "role": approval.role,
        "by": approval.by or "",
        "at": approval.at.isoformat() if approval.at else "",
        "until": approval.until.isoformat() if approval.until else "",
        "digest": approval.digest or "",
        "state": state,
        "entry": entry,
    }
