"""Whether a case has gone up, or is going up, to those whom the contract names, and in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from replylint.case.model import Action, Case
from replylint.case.moments import of_field
from replylint.contract.clocks import due, met
from replylint.contract.model import Contract
from replylint.evaluate.past import arrived, first_of, fits, went_up
from replylint.source.moments import Between, exactly


def escalated(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> bool | None:
    """Whether the case goes up before or with the reply, or went up; None when neither plans nor history are known.

    It has to go to a role that the contract's escalation, cover or emergencies name for the level, or to one of its
    people; where it does not say to whom, it goes to those.
    """
    found = list(_times(case, level, contract, now))
    if any(sure for _, sure in found):
        return True
    known = case.actions or "actions" in case.fields or "history" in case.fields
    return False if known and not found else None


def escalated_late(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> bool | None:
    """Whether the case goes up, or went up, later than the level's clock allows; None when that cannot be told."""
    since = arrived(case, contract)
    if level is None or f"severity.{level}.escalate" not in contract:
        return False
    first, latest = (due(contract, level, "escalate", at) if at else None for at in (since or (None, None)))
    up = first_of(at for at, sure in _times(case, level, contract, now) if sure)
    if first is None or latest is None:
        return None
    if up is None and now > first and escalated(case, level, contract, now) is None:
        return None
    return {"kept": False, "breached": True}.get(met(up or exactly(now), first, latest))


def _times(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> Iterator[tuple[Between, bool]]:
    """When it goes up, and whether that is before or with the reply beyond doubt."""
    replying = _replying(case, contract, now)
    for action in case.actions:
        at = _at(action, contract) or exactly(now)
        if action.name == "escalate" and at.earliest <= replying.latest and fits(action, level, contract):
            yield at, at.latest <= replying.earliest
    yield from ((at.by(now), True) for at in went_up(case, level, contract, now))


def _replying(case: Case, contract: Contract, now: dt.datetime) -> Between:
    """When the reply goes out: as planned, else now."""
    planned = [at for action in case.actions if action.name == "reply" and (at := _at(action, contract))]
    times = [exactly(now), *planned]
    return Between(max(at.earliest for at in times), max(at.latest for at in times))


def _at(action: Action, contract: Contract) -> Between | None:
    at = action.parameters.get("at")
    return None if at is None else of_field(at, contract.calendar.zone)
