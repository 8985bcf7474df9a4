"""The clocks of a case: from when they run, what stops them, when they stand still, and how they stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from replylint.case.model import Action, Case
from replylint.case.moments import of_field
from replylint.contract.actions import as_done
from replylint.contract.clocks import STOPS, Clock, aware, clocks, state
from replylint.contract.model import Contract
from replylint.contract.pace import Wait
from replylint.source.moments import Between

DONE = ("kept", "breached", "done")
"""The states of a clock that nothing is awaited of any more."""
_WITHIN = frozenset({"arrived", "seen", "started", "escalated", "approved"})
"""What the brand does by itself: no answer to whoever writes."""


def arrived(case: Case, contract: Contract) -> Between | None:
    """When the review arrived, as its history says, else when it was posted; None when neither is known."""
    return first_of(happened(case, contract, "arrived")) or _stated(case, "review.posted_at", contract)


def answered(case: Case, contract: Contract, now: dt.datetime) -> Between | None:
    """When the review was first answered in public; None when it is not, or not yet."""
    return first_of(_answers(case, contract, now))


def edited_since(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether all answers are dated before the review: it was probably edited since, and nobody answered that."""
    came, answers = arrived(case, contract), list(_answers(case, contract, now))
    return came is not None and bool(answers) and all(at.latest < came.earliest for at in answers)


def _answers(case: Case, contract: Contract, now: dt.datetime) -> Iterator[Between]:
    posted = _stated(case, "reply.posted_at", contract)
    times = [*happened(case, contract, "replied"), *([posted] if posted else ())]
    yield from (at for at in times if at.earliest <= now)


def first_of(moments: Iterable[Between]) -> Between | None:
    """When the first of some things happened; None where there are none."""
    known = list(moments)
    return Between(min(at.earliest for at in known), min(at.latest for at in known)) if known else None


def last_of(moments: Iterable[Between]) -> Between | None:
    """When the last of some things happened; None where there are none."""
    known = list(moments)
    return Between(max(at.earliest for at in known), max(at.latest for at in known)) if known else None


def _stated(case: Case, name: str, contract: Contract) -> Between | None:
    field = case.fields.get(name)
    return None if field is None else of_field(field, contract.calendar.zone)


def resolved(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether the case is closed, and was not opened again since."""
    return closings(_by(case, contract, now)).last is not None


def reopened(case: Case, contract: Contract, now: dt.datetime) -> Between | None:
    """When the case was opened again after it was closed; None when it was not, or is closed since."""
    found = closings(_by(case, contract, now))
    return found.times[-1].end if found.times and found.last is None else None


def answered_again(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether the brand has written since the case was opened again; of the same day it has to be told after that."""
    again, events = reopened(case, contract, now), _by(case, contract, now)
    if again is None:
        return False
    start = max(number for number, (at, _) in enumerate(events) if at == again)
    posted = _stated(case, "reply.posted_at", contract)
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


def running(case: Case, level: str, contract: Contract, now: dt.datetime) -> Iterator[Clock]:
    """Every clock of the case's level, as it stands now.

    The next update is awaited from the last answer or update on, or since the case was opened again, and not before.
    """
    since, pauses = arrived(case, contract), waits(case, contract, now)
    for name in clocks(contract, level):
        if name == "next_update":
            begun, done = _told_last(case, contract, now), closings(_by(case, contract, now)).last
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
    return state(contract, level, name, arrived(case, contract), now, done, waits(case, contract, now))


def went_up(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> Iterator[Between]:
    """When the case went up to one of those whom the contract names for its level."""
    for at, event in _timed(case, contract):
        if as_done(event.name) == "escalated" and at.earliest <= now and fits(event, level, contract):
            yield at


def fits(action: Action, level: str | None, contract: Contract) -> bool:
    """Whether an escalation goes to one of those whom the contract names; to nobody in particular is to them."""
    to = action.parameters.get("to")
    return to is None or contract.goes_up_to(level, str(to.value))


def waits(case: Case, contract: Contract, now: dt.datetime) -> Sequence[Wait]:
    """When the brand waited for the customer, from each `waiting` to what ends it, and when the case was closed."""
    found = list(closings(_by(case, contract, now)).times)
    start: Between | None = None
    for at, event in _in_order(case, contract):
        if event.name == "waiting":
            start = start or at
        elif start is not None and _ends_waiting(event):
            found.append(Wait(start, at))
            start = None
    return [*found, Wait(start)] if start is not None else found


def happened(case: Case, contract: Contract, *names: str) -> Iterator[Between]:
    """When something of these names happened, in the order of the file."""
    return (at for at, each in _timed(case, contract) if as_done(each.name) in names)


def all_times(case: Case, contract: Contract) -> Iterator[Between]:
    """When each thing of the history happened, or is said to happen."""
    return (at for at, _ in _timed(case, contract))


def _timed(case: Case, contract: Contract) -> Iterator[tuple[Between, Action]]:
    for each in case.history:
        stated = each.parameters.get("at")
        at = None if stated is None else of_field(stated, contract.calendar.zone)
        if at is not None:
            yield at, each


def _in_order(case: Case, contract: Contract) -> list[tuple[Between, Action]]:
    return sorted(_timed(case, contract), key=lambda pair: pair[0])


def _by(case: Case, contract: Contract, now: dt.datetime) -> list[tuple[Between, Action]]:
    """What happened by now, in order of time."""
    return [(at, event) for at, event in _in_order(case, contract) if at.earliest <= now]


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


def _told_last(case: Case, contract: Contract, now: dt.datetime) -> Between | None:
    """Since when the customer waits to hear again: the last answer or update, or the case was opened again."""
    last = last_of(_until(case, contract, ("replied", "updated"), now)) or answered(case, contract, now)
    again = reopened(case, contract, now)
    return last_of(each for each in (last, again) if each is not None)


def _done(case: Case, level: str, name: str, contract: Contract, now: dt.datetime) -> Between | None:
    """When what stops a clock happened first."""
    if name == "escalate":
        return first_of(went_up(case, level, contract, now))
    if name == "resolve":
        return closings(_by(case, contract, now)).last
    return _first(case, contract, STOPS[name], now)


def _until(case: Case, contract: Contract, names: Sequence[str], now: dt.datetime) -> list[Between]:
    return [at for at in happened(case, contract, *names) if at.earliest <= now]


def _first(case: Case, contract: Contract, names: Sequence[str], now: dt.datetime) -> Between | None:
    posted = answered(case, contract, now) if "replied" in names else None
    return first_of([*_until(case, contract, names, now), *([posted] if posted else ())])
