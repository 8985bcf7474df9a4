"""When a surge of bad reviews begins, by the contract's numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from replylint.contract.calendar import resolve
from replylint.contract.model import Contract
from replylint.sla.drills.model import Happening
from replylint.source.values import Duration

_BAD = Decimal(2)


def surged(timeline: Sequence[Happening], contract: Contract) -> dt.datetime | None:
    """The arrival of the review that makes the number full; None when it never is.

    Counts reviews with so few stars as `emergencies.surge.rating_at_most` says, two without it, and those whose stars
    are not stated. What is usual for the brand is not known in a drill.
    """
    number, within = (contract.value(f"emergencies.surge.{name}") for name in ("reviews", "within"))
    stated = contract.value("emergencies.surge.rating_at_most")
    most = stated if isinstance(stated, Decimal) else _BAD
    if not isinstance(number, Decimal) or not isinstance(within, Duration):
        return None
    bad = [
        happening.at
        for happening in timeline
        if happening.name == "arrived"
        and (happening.rating is None or happening.rating <= most)
    ]
    for first, last in zip(bad, bad[int(number) - 1 :], strict=False):
        if last <= resolve(within, first, contract):
            return last
    return None
