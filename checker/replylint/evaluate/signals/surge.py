"""A surge: many bad reviews in a short time, against what is usual before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from replylint.contract.model import Contract
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.window import USUAL_FROM, bad, in_window, made, several
from replylint.language.show import show
from replylint.source.problems import Said, Saying
from replylint.source.values import Duration


def surge(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> Signal | None:
    """So many bad reviews within a time, and so many times the usual number of them, where that is known."""
    least, window = several("surge", contract)
    if least is None or window is None:
        return None
    recent = in_window(bad(seen, contract), window, now)
    usual = _usual(seen, window, contract, now)
    times = contract.value("emergencies.surge.times_usual")
    if len(recent) < least or (usual is not None and isinstance(times, Decimal) and len(recent) < times * usual):
        return None
    within = contract.value("emergencies.surge.within")
    known = Said("evaluate.usual-unknown") if usual is None else Said("evaluate.usual", {"number": f"{usual:.1f}"})
    values: dict[str, Saying] = {"number": str(len(recent)), "least": str(least), "usual": known}
    why = Said("evaluate.emergency-surge", {**values, "within": _length(within)})
    return made(recent, [why], least, window, now)


def _usual(seen: Sequence[Seen], window: dt.timedelta, contract: Contract, now: dt.datetime) -> Decimal | None:
    """How many bad reviews came in such a time before; None when the reviews do not reach back far enough."""
    start = now - window
    earlier = [each for each in seen if each.at is not None and each.at.latest <= start]
    first = min((each.at.latest for each in earlier if each.at is not None), default=start)
    if start - first < USUAL_FROM * window:
        return None
    return Decimal(len(bad(earlier, contract))) * Decimal(window / (start - first))


def _length(length: object) -> Said:
    shown = ("", "") if not isinstance(length, Duration) else (show(length, "en"), show(length, "zh"))
    return Said("evaluate.name", {"en": shown[0], "zh": shown[1]})
