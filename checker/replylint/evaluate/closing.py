"""When a case was closed, opened again, or waiting for the customer, by what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from replylint.case.model import Action, Case
from replylint.contract.actions import as_done
from replylint.contract.model import Contract
from replylint.contract.pace import Wait
from replylint.evaluate.past import by_now, in_order, stated_at
from replylint.source.moments import Between

_WITHIN = frozenset({"arrived", "seen", "started", "escalated", "approved"})
"""What the brand does by itself: no answer to whoever writes."""


def resolved(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether the case is closed, and was not opened again since."""
    return closings(by_now(case, contract, now)).last is not None


def reopened(case: Case, contract: Contract, now: dt.datetime) -> Between | None:
    """When the case was opened again after it was closed; None when it was not, or is closed since."""
    found = closings(by_now(case, contract, now))
    return found.times[-1].end if found.times and found.last is None else None


def answered_again(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether the brand has written since the case was opened again; of the same day it has to be told after that."""
    again, events = reopened(case, contract, now), by_now(case, contract, now)
    if again is None:
        return False
    start = max(number for number, (at, _) in enumerate(events) if at == again)
    posted = stated_at(case, "reply.posted_at", contract)
    later = posted is not None and again.latest < posted.earliest <= now
    return later or any(_tells(event) for _, event in events[start + 1 :])


@dataclass(frozen=True)
class Closings:
    """When a case was closed: the times until it was opened again, and since when it is; None where it is not."""

    times: tuple[Wait, ...]
    last: Between | None


def closings(events: Sequence[tuple[Between, Action]]) -> Closings:
    """When a case was closed, by what happened in order of time.

    It is opened again by `resumed`, unless that ends a waiting of its own, and by a customer who writes after it was
    closed and has had nothing from the brand since: who was only thanked for their thanks is not waited for.
    """
    times: list[Wait] = []
    closed: Between | None = None
    waiting = False
    heard = max((number for number, (_, event) in enumerate(events) if _is_heard(event)), default=-1)
    for number, (at, event) in enumerate(events):
        name = as_done(event.name)
        unheard = number > heard and _by_customer(event)
        if name == "resolved":
            closed, waiting = closed or at, False
        elif closed is not None and (unheard or (name == "resumed" and not waiting)):
            times.append(Wait(closed, at))
            closed = None
        else:
            waiting = name == "waiting" or (waiting and not _ends_waiting(event))
    return Closings(tuple(times), closed)


def waits(case: Case, contract: Contract, now: dt.datetime) -> Sequence[Wait]:
    """When the brand waited for the customer, from each `waiting` to what ends it, and when the case was closed."""
    found = list(closings(by_now(case, contract, now)).times)
    start: Between | None = None
    for at, event in in_order(case, contract):
        if event.name == "waiting":
            start = start or at
        elif start is not None and _ends_waiting(event):
            found.append(Wait(start, at))
            start = None
    return [*found, Wait(start)] if start is not None else found


def _ends_waiting(event: Action) -> bool:
    return as_done(event.name) in ("resumed", "resolved") or _by_customer(event)


def _by_customer(event: Action) -> bool:
    sender = event.parameters.get("from")
    return event.name == "message" and sender is not None and sender.value == "customer"


def _tells(event: Action) -> bool:
    """Whether the brand wrote to the customer."""
    return as_done(event.name) in ("replied", "updated") or (event.name == "message" and not _by_customer(event))


def _is_heard(event: Action) -> bool:
    """Whether the customer may have noticed it."""
    return not _by_customer(event) and as_done(event.name) not in _WITHIN
