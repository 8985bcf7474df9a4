"""Reviews that are dated after the moment of the check: no clock of theirs can be told, so they are not judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from replylint.case.model import Case, Field
from replylint.case.moments import of_field
from replylint.contract.model import Contract
from replylint.source.moments import shown
from replylint.source.problems import Problem


def ahead(case: Case, contract: Contract, now: dt.datetime) -> tuple[Problem, ...]:
    """What is told of each time at which a review is said to have come and cannot have come yet."""
    return tuple(_told(field, contract, now) for field in _arrivals(case) if _is_ahead(field, contract, now))


def _arrivals(case: Case) -> Iterator[Field]:
    """The times at which a case says that its review came."""
    if (posted := case.fields.get("review.posted_at")) is not None:
        yield posted
    for event in case.history:
        if event.name == "arrived" and (stated := event.parameters.get("at")) is not None:
            yield stated


def _is_ahead(field: Field, contract: Contract, now: dt.datetime) -> bool:
    at = of_field(field, contract.calendar.zone)
    return at is not None and at.earliest > now


def _told(field: Field, contract: Contract, now: dt.datetime) -> Problem:
    moment = f"{shown(now, contract.calendar.zone):%Y-%m-%d %H:%M}"
    return Problem("evaluate.review-ahead", field.where, {"now": moment, "zone": str(contract.calendar.zone)})
