"""The clocks of a case: from when they run, what stops them, when they stand still, and how they stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from replylint.case.model import Action, Case
from replylint.contract.actions import as_done
from replylint.contract.clocks import STOPS, Clock, aware, clocks, state
from replylint.contract.model import Contract
from replylint.contract.pace import Pause

DONE = ("kept", "breached")
"""The states of a clock that nothing is awaited of any more."""


def arrived(case: Case, contract: Contract) -> dt.datetime | None:
    """When the review arrived, as its history says, else when it was posted; None when neither is known."""
    times = list(happened(case, contract, "arrived"))
    if times:
        return min(times)
    posted = case.fields.get("review.posted_at")
    return aware(posted.value, contract) if posted is not None and isinstance(posted.value, dt.datetime) else None


def answered(case: Case, contract: Contract, now: dt.datetime) -> dt.datetime | None:
    """When the review was first answered in public; None when it is not, or not yet."""
    posted = case.fields.get("reply.posted_at")
    times = list(happened(case, contract, "replied"))
    if posted is not None and isinstance(posted.value, dt.datetime):
        times.append(aware(posted.value, contract))
    return min((at for at in times if at <= now), default=None)


def resolved(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether the case is closed."""
    return any(at <= now for at in happened(case, contract, "resolved"))


def running(case: Case, level: str, contract: Contract, now: dt.datetime) -> Iterator[Clock]:
    """Every clock of the case's level, as it stands now.

    The next update is awaited from the last answer or update on, and not before there is one.
    """
    since, pauses = arrived(case, contract), waits(case, contract)
    for name in clocks(contract, level):
        if name == "next_update":
            last = max(_until(case, contract, ("replied", "updated"), now), default=None)
            begun, done = last or answered(case, contract, now), _first(case, contract, ("resolved",), now)
            if begun is None:
                continue
        else:
            begun, done = since, _done(case, level, name, contract, now)
        clock = state(contract, level, name, begun, now, done, pauses)
        if clock is not None:
            yield clock


def outstanding(case: Case, level: str, contract: Contract, now: dt.datetime) -> list[Clock]:
    """The clocks of the case's level of which it is not known that they were met, what runs out first first.

    Without a history nobody knows what was done, so all of them count, until the review is answered: what is still to
    be done about it after that, only a history tells.
    """
    if "history" not in case.fields and answered(case, contract, now) is not None:
        return []
    open_ = [clock for clock in running(case, level, contract, now) if clock.state not in DONE]
    return sorted(open_, key=lambda clock: (clock.due is None, aware(clock.due or now, contract)))


def recorded(case: Case, name: str) -> bool:
    """Whether a case would tell what stops a clock, had it happened: a reply stands beside its review, no more."""
    return name == "first_reply" or "history" in case.fields


def one(case: Case, level: str | None, name: str, contract: Contract, now: dt.datetime) -> Clock | None:
    """How one clock of the case, other than the next update, stands now; None when the level has no such clock."""
    if level is None:
        return None
    done = _done(case, level, name, contract, now)
    return state(contract, level, name, arrived(case, contract), now, done, waits(case, contract))


def went_up(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> Iterator[dt.datetime]:
    """When the case went up to one of those whom the contract names for its level."""
    for at, event in _timed(case, contract):
        if as_done(event.name) == "escalated" and at <= now and fits(event, level, contract):
            yield at


def fits(action: Action, level: str | None, contract: Contract) -> bool:
    """Whether an escalation goes to one of those whom the contract names; to nobody in particular is to them."""
    to = action.parameters.get("to")
    return to is None or contract.goes_up_to(level, str(to.value))


def waits(case: Case, contract: Contract) -> Sequence[Pause]:
    """When the brand waited for the customer: from each `waiting` to what ends it."""
    found: list[Pause] = []
    start: dt.datetime | None = None
    for at, event in sorted(_timed(case, contract), key=lambda pair: pair[0]):
        if event.name == "waiting":
            start = start or at
        elif start is not None and _ends_waiting(event):
            found.append(Pause(start, at))
            start = None
    return [*found, Pause(start)] if start is not None else found


def happened(case: Case, contract: Contract, *names: str) -> Iterator[dt.datetime]:
    """When something of these names happened, in the order of the file."""
    return (at for at, each in _timed(case, contract) if as_done(each.name) in names)


def _timed(case: Case, contract: Contract) -> Iterator[tuple[dt.datetime, Action]]:
    for each in case.history:
        at = each.parameters.get("at")
        if at is not None and isinstance(at.value, dt.datetime):
            yield aware(at.value, contract), each


def _ends_waiting(event: Action) -> bool:
    sender = event.parameters.get("from")
    return event.name in ("resumed", "resolved") or (
        event.name == "message" and sender is not None and sender.value == "customer"
    )


def _done(case: Case, level: str, name: str, contract: Contract, now: dt.datetime) -> dt.datetime | None:
    """When what stops a clock happened first."""
    if name == "escalate":
        return min(went_up(case, level, contract, now), default=None)
    return _first(case, contract, STOPS[name], now)


def _until(case: Case, contract: Contract, names: Sequence[str], now: dt.datetime) -> list[dt.datetime]:
    return [at for at in happened(case, contract, *names) if at <= now]


def _first(case: Case, contract: Contract, names: Sequence[str], now: dt.datetime) -> dt.datetime | None:
    times = _until(case, contract, names, now)
    if "replied" in names and (posted := answered(case, contract, now)):
        times.append(posted)
    return min(times, default=None)
