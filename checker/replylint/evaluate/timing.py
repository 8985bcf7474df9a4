"""The clocks of a case: from when they run, what stops them, and how they stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from replylint.case.model import Case
from replylint.contract.clocks import STOPS, Clock, aware, clocks, state
from replylint.contract.model import Contract
from replylint.evaluate.closing import closings, reopened, waits
from replylint.evaluate.past import answered, arrived, by_now, first_of, happened, last_of, went_up
from replylint.source.moments import Between

DONE = ("kept", "breached", "done")
"""The states of a clock that nothing is awaited of any more."""


def running(case: Case, level: str, contract: Contract, now: dt.datetime) -> Iterator[Clock]:
    """Every clock of the case's level, as it stands now.

    The next update is awaited from the last answer or update on, or since the case was opened again, and not before.
    """
    since, pauses = arrived(case, contract), waits(case, contract, now)
    for name in clocks(contract, level):
        if name == "next_update":
            begun, done = _told_last(case, contract, now), closings(by_now(case, contract, now)).last
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
        return closings(by_now(case, contract, now)).last
    return _first(case, contract, STOPS[name], now)


def _until(case: Case, contract: Contract, names: Sequence[str], now: dt.datetime) -> list[Between]:
    return [at for at in happened(case, contract, *names) if at.earliest <= now]


def _first(case: Case, contract: Contract, names: Sequence[str], now: dt.datetime) -> Between | None:
    posted = answered(case, contract, now) if "replied" in names else None
    return first_of([*_until(case, contract, names, now), *([posted] if posted else ())])
