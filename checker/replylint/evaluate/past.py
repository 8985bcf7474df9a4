"""When things of a case happened, as its history and its fields say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from replylint.case.model import Action, Case
from replylint.case.moments import of_field
from replylint.contract.actions import as_done
from replylint.contract.model import Contract
from replylint.source.moments import Between


def arrived(case: Case, contract: Contract) -> Between | None:
    """When the review arrived, as its history says, else when it was posted; None when neither is known."""
    return first_of(happened(case, contract, "arrived")) or stated_at(case, "review.posted_at", contract)


def answered(case: Case, contract: Contract, now: dt.datetime) -> Between | None:
    """When the review was first answered in public; None when it is not, or not yet."""
    return first_of(_answers(case, contract, now))


def edited_since(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether all answers are dated before the review: it was probably edited since, and nobody answered that."""
    came, answers = arrived(case, contract), list(_answers(case, contract, now))
    return came is not None and bool(answers) and all(at.latest < came.earliest for at in answers)


def _answers(case: Case, contract: Contract, now: dt.datetime) -> Iterator[Between]:
    posted = stated_at(case, "reply.posted_at", contract)
    times = [*happened(case, contract, "replied"), *([posted] if posted else ())]
    yield from (at for at in times if at.earliest <= now)


def stated_at(case: Case, name: str, contract: Contract) -> Between | None:
    """The moment that a field states; None where it is not stated."""
    field = case.fields.get(name)
    return None if field is None else of_field(field, contract.calendar.zone)


def happened(case: Case, contract: Contract, *names: str) -> Iterator[Between]:
    """When something of these names happened, in the order of the file."""
    return (at for at, each in timed(case, contract) if as_done(each.name) in names)


def all_times(case: Case, contract: Contract) -> Iterator[Between]:
    """When each thing of the history happened, or is said to happen."""
    return (at for at, _ in timed(case, contract))


def went_up(case: Case, level: str | None, contract: Contract, now: dt.datetime) -> Iterator[Between]:
    """When the case went up to one of those whom the contract names for its level."""
    for at, event in timed(case, contract):
        if as_done(event.name) == "escalated" and at.earliest <= now and fits(event, level, contract):
            yield at


def fits(action: Action, level: str | None, contract: Contract) -> bool:
    """Whether an escalation goes to one of those whom the contract names; to nobody in particular is to them."""
    to = action.parameters.get("to")
    return to is None or contract.goes_up_to(level, str(to.value))


def timed(case: Case, contract: Contract) -> Iterator[tuple[Between, Action]]:
    """What happened and when, in the order of the file, without what has no moment."""
    for each in case.history:
        stated = each.parameters.get("at")
        at = None if stated is None else of_field(stated, contract.calendar.zone)
        if at is not None:
            yield at, each


def in_order(case: Case, contract: Contract) -> list[tuple[Between, Action]]:
    """The same in order of time."""
    return sorted(timed(case, contract), key=lambda pair: pair[0])


def by_now(case: Case, contract: Contract, now: dt.datetime) -> list[tuple[Between, Action]]:
    """The same by now, in order of time."""
    return [(at, event) for at, event in in_order(case, contract) if at.earliest <= now]


def first_of(moments: Iterable[Between]) -> Between | None:
    """When the first of some things happened; None where there are none."""
    known = list(moments)
    return Between(min(at.earliest for at in known), min(at.latest for at in known)) if known else None


def last_of(moments: Iterable[Between]) -> Between | None:
    """When the last of some things happened; None where there are none."""
    known = list(moments)
    return Between(max(at.earliest for at in known), max(at.latest for at in known)) if known else None
