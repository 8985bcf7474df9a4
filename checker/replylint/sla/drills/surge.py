"""When a surge of bad reviews begins in a drill: counted as `triage` counts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from replylint.contract.model import Contract
from replylint.evaluate.severity import Grade
from replylint.evaluate.signals.model import Seen
from replylint.evaluate.signals.table import SIGNALS
from replylint.sla.drills.model import Happening
from replylint.source.moments import exactly


def surged(timeline: Sequence[Happening], contract: Contract) -> dt.datetime | None:
    """The arrival of the review that makes the contract's number full; None when it never is.

    A review whose stars are not stated is of the level stated for it, else of the emergency's.
    """
    usual = str(contract.value("emergencies.surge.level"))
    seen = [_seen(number, each, usual) for number, each in enumerate(timeline) if each.name == "arrived"]
    signals = (SIGNALS["surge"](seen, contract, each.at.earliest) for each in seen if each.at is not None)
    return next((signal.since.earliest for signal in signals if signal is not None and signal.since), None)


def _seen(number: int, arrival: Happening, usual: str) -> Seen:
    level = arrival.level or usual
    stars = None if arrival.rating is None else Decimal(arrival.rating)
    return Seen(
        f"{number:09}", exactly(arrival.at), stars, Grade(level, level, False, False, ()), (), False, press=False,
        folded="", claims=(), open=True, went_up=None, reviews=None, since=None,
    )  # fmt: skip
