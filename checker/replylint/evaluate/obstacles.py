"""Why there can be no verdict on a case: it cannot be read, has mistakes, or its review has not come yet."""

from __future__ import annotations

import datetime as dt

from replylint.case.model import Case, Unreadable
from replylint.contract.model import Contract
from replylint.evaluate.ahead import ahead
from replylint.evaluate.model import CouldNotCheck
from replylint.evaluate.own_fields import with_own_fields
from replylint.evaluate.planned import with_actions
from replylint.evaluate.platforms import misspelt_platform
from replylint.evaluate.roles import unknown_roles
from replylint.source.problems import Problem

_MOST_PROBLEMS = 20


def obstacle(case: Case | Unreadable, contract: Contract, now: dt.datetime) -> CouldNotCheck | None:
    """Why there can be no verdict on a case; None when there can."""
    if isinstance(case, Unreadable):
        return unread(case)
    found = refused(case, contract, now)
    return CouldNotCheck(case.id, case.source.source.path, found) if found else None


def refused(case: Case, contract: Contract, now: dt.datetime) -> tuple[Problem, ...]:
    """All that keeps a case from being judged now: its mistakes, and a review that has not come yet."""
    return (*mistakes(case, contract), *ahead(case, contract, now))


def mistakes(case: Case, contract: Contract) -> tuple[Problem, ...]:
    """What keeps a case from ever being judged: a platform, role, action, event or own field that is not known."""
    wrong = (with_actions(case, contract)[1], with_own_fields(case, contract)[1])
    names = (*misspelt_platform(case, contract), *unknown_roles(case, contract))
    return (*names, *wrong[0], *wrong[1])


def unread(case: Unreadable) -> CouldNotCheck:
    """What could not be read as a case, as an entry among verdicts."""
    return CouldNotCheck(case.id, case.path, _few(case.problems), case.rows)


def _few(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The first problems of a file and how many more there are: showing each of thousands would take hours."""
    more = len(problems) - _MOST_PROBLEMS
    if more < 1:
        return problems
    return (*problems[:_MOST_PROBLEMS], Problem("evaluate.more-problems", None, {"number": str(more)}))
