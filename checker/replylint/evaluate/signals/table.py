"""Every sort of emergency, and what finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from replylint.contract.model import Contract
from replylint.evaluate.signals.attack import attack
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.rumour import rumour
from replylint.evaluate.signals.single import media_report, serious_complaint
from replylint.evaluate.signals.surge import surge

SINGLE = frozenset({"serious_complaint", "media_report"})
"""The emergencies that a single review makes."""

SIGNALS: Mapping[str, Callable[[Sequence[Seen], Contract, dt.datetime], Signal | None]] = {
    "surge": surge,
    "serious_complaint": serious_complaint,
    "malicious_attack": attack,
    "media_report": media_report,
    "rumour": rumour,
}
"""By the contract's names; each is given the reviews that were seen, and the moment at which it has to hold."""
