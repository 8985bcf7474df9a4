"""How a review stands: whether anybody has answered it, and whether that answer still is one."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.evaluate.closing import answered_again, reopened, resolved
from replylint.evaluate.past import answered, edited_since

Status = Literal["unanswered", "draft", "edited", "reopened", "answered", "closed"]
"""With a draft, `draft`; answered before it was edited, `edited`; opened again after it was closed, and not answered
since, `reopened`."""

OPEN: tuple[Status, ...] = ("unanswered", "draft", "edited", "reopened")
"""Whoever wrote the review waits for an answer."""


def standing(case: Case, contract: Contract, now: dt.datetime) -> Status:
    """How a review stands at a moment."""
    if resolved(case, contract, now):
        return "closed"
    if reopened(case, contract, now) is not None:
        return "answered" if answered_again(case, contract, now) else "reopened"
    if answered(case, contract, now) is not None:
        return "edited" if edited_since(case, contract, now) else "answered"
    return "draft" if case.reply.text else "unanswered"


def is_open(case: Case, contract: Contract, now: dt.datetime) -> bool:
    """Whether the customer waits for an answer."""
    return standing(case, contract, now) in OPEN
