"""Whether a case has gone up, or is going up, to those whom the contract names, and in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from replylint.case.model import Action, Case
from replylint.contract.clocks import aware, due
from replylint.contract.model import Contract
from replylint.evaluate.timing import arrived, fits, went_up


def escalated(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> bool | None:
    """Whether the case goes up before or with the reply, or went up; None when neither plans nor history are known.

    It has to go to a role that the contract's escalation, cover or emergencies name for the level, or to one of its
    people; where it does not say to whom, it goes to those.
    """
    if any(True for _ in _times(case, level, contract, now)):
        return True
    known = case.actions or "actions" in case.fields or "history" in case.fields
    return False if known else None


def escalated_late(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> bool | None:
    """Whether the case goes up, or went up, later than the level's clock allows; None when that cannot be told."""
    since = arrived(case, contract)
    if level is None or f"severity.{level}.escalate" not in contract:
        return False
    latest = due(contract, level, "escalate", since) if since else None
    first = min(_times(case, level, contract, now), default=None)
    if latest is None or (first is None and now > latest and escalated(case, level, contract, now) is None):
        return None
    return (first or now) > latest


def _times(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> Iterator[dt.datetime]:
    replying = _replying(case, contract, now)
    for action in case.actions:
        at = _at(action, contract) or now
        if action.name == "escalate" and at <= replying and fits(action, level, contract):
            yield at
    yield from went_up(case, level, contract, now)


def _replying(case: Case, contract: Contract, now: dt.datetime) -> dt.datetime:
    """When the reply goes out: as planned, else now."""
    planned = [at for action in case.actions if action.name == "reply" and (at := _at(action, contract))]
    return max([now, *planned])


def _at(action: Action, contract: Contract) -> dt.datetime | None:
    at = action.parameters.get("at")
    return aware(at.value, contract) if at is not None and isinstance(at.value, dt.datetime) else None
