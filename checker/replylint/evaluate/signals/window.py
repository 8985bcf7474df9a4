"""The time that an emergency looks back over, and the reviews in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from replylint.contract.model import Contract
from replylint.contract.terms import LEVELS
from replylint.evaluate.signals.model import Seen, Signal
from replylint.source.problems import Said
from replylint.source.values import Duration, Percent

SHORTEST = 12
"""Characters from which on two texts can be alike by more than chance: many reviews say 「難吃」 and nothing else."""

USUAL_FROM = 4
"""How many times `within` has to lie before a surge for what is usual to be known."""

_BAD = Decimal(2)
_ALIKE = 0.7
_MINUTES = {"minute": 1, "hour": 60, "business_hour": 60, "day": 1440, "business_day": 1440, "week": 10080,
            "month": 43200, "year": 525600}  # fmt: skip


def horizon(contract: Contract) -> dt.timedelta:
    """How far back the emergencies look that compare texts."""
    windows = (several(name, contract)[1] for name in ("malicious_attack", "rumour"))
    return max((window for window in windows if window is not None), default=dt.timedelta())


def looks_back(contract: Contract) -> dt.timedelta:
    """How far back any emergency looks, with the time before a surge in which its usual number is counted."""
    surge = several("surge", contract)[1]
    usual = surge * 2 * USUAL_FROM if surge is not None else dt.timedelta()
    return max(horizon(contract), usual)


def several(name: str, contract: Contract) -> tuple[int | None, dt.timedelta | None]:
    """How many reviews within how long make an emergency; None for what the contract does not state."""
    least = contract.value(f"emergencies.{name}.reviews")
    return int(least) if isinstance(least, Decimal) else None, span(contract.value(f"emergencies.{name}.within"))


def share_of(name: str, contract: Contract) -> float:
    """How much of two texts is the same when they agree, from 0 to 1."""
    share = contract.value(f"emergencies.{name}.alike")
    return float(share.amount) / 100 if isinstance(share, Percent) else _ALIKE


def span(length: object) -> dt.timedelta | None:
    """A length of time that looks back, business time taken as plain time."""
    return dt.timedelta(minutes=float(length.amount) * _MINUTES[length.unit]) if isinstance(length, Duration) else None


def bad(seen: Sequence[Seen], contract: Contract) -> list[Seen]:
    """Reviews with few stars; without stars, those that the contract takes for a complaint."""
    stated = contract.value("emergencies.surge.rating_at_most")
    most = stated if isinstance(stated, Decimal) else _BAD
    return [each for each in seen if (each.stars <= most if each.stars is not None else _complains(each))]


def _complains(each: Seen) -> bool:
    return each.grade.level in LEVELS[1:]


def in_window(reviews: Sequence[Seen], window: dt.timedelta, now: dt.datetime) -> list[Seen]:
    """Those that came within a time before now, or may have."""
    return in_time([r for r in reviews if r.at is not None and now - window < r.at.latest and r.at.earliest <= now])


def made(
    reviews: Sequence[Seen], why: Sequence[Said], least: int, window: dt.timedelta, now: dt.datetime
) -> Signal:
    """What so many reviews within a time make.

    It is not certain where it takes reviews of which only the day is known to make the number full.
    """
    unsure = sum(each.at is not None and each.at.earliest <= now - window for each in reviews)
    days = () if len(reviews) - unsure >= least else (Said("evaluate.emergency-days", {"number": str(unsure)}),)
    return Signal(reviews, (*why, *days), reviews[least - 1].at, _passes(reviews, least, window))


def _passes(reviews: Sequence[Seen], least: int, window: dt.timedelta) -> dt.datetime | None:
    """When fewer than so many of some reviews, in order of time, will lie in the window."""
    at = reviews[len(reviews) - least].at
    return at.latest + window if at is not None else None


def in_time(reviews: Sequence[Seen]) -> list[Seen]:
    """Reviews in order of time; those of which it is not known come first."""
    return sorted(reviews, key=lambda each: (each.at.earliest.timestamp() if each.at else 0.0, each.id))
