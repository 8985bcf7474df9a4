"""The emergencies that a draft's review is part of: whether replies wait, until when, and who alone speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replylint.case.model import Case
from replylint.contract.authority import releasing
from replylint.contract.clocks import aware
from replylint.contract.model import Contract
from replylint.contract.readers import moment
from replylint.contract.terms import EMERGENCIES
from replylint.evaluate.past import arrived
from replylint.evaluate.severity import Grade
from replylint.evaluate.signals.model import Seen
from replylint.evaluate.signals.table import SIGNALS, SINGLE
from replylint.evaluate.standing import is_open
from replylint.facts.model import Fact


@dataclass(frozen=True)
class Holding:
    """An emergency of the contract that holds for a draft.

    until: when it passes by itself; None where only a person ends it. pause: replies wait meanwhile. speaker: the role
    that alone speaks; None where the contract names none. told: the roles that have to know, with whoever covers for
    them when the brand is closed; they may let a reply go.
    """

    name: str
    until: dt.datetime | None
    pause: bool
    speaker: str | None
    told: tuple[str, ...]


def binding(contract: Contract) -> tuple[str, ...]:
    """The emergencies of a contract in which replies wait or one role speaks: the others ask nothing of drafts."""
    return tuple(
        name for name in EMERGENCIES
        if contract.value(f"emergencies.{name}.pause_replies") is True or f"emergencies.{name}.speaker" in contract
    )  # fmt: skip


def holding(
    case: Case, grade: Grade, facts: Sequence[Fact], met: Sequence[tuple[str, dt.datetime | None]],
    contract: Contract, now: dt.datetime,
) -> Iterator[Holding]:  # fmt: skip
    """The emergencies that bind a draft: declared in the contract, made by its review, or `met` in a set of reviews."""
    names = binding(contract)
    if not names:
        return
    found = dict(met)
    open_ = case.review is not None and is_open(case, contract, now)
    for name in names:
        stated = contract.value(f"emergencies.{name}.holds_until")
        declared = moment(str(stated)) if stated is not None else None
        if declared is not None and now < aware(declared, contract):
            found[name] = aware(declared, contract)
        elif name in SINGLE and open_ and name not in found:
            own = Seen.of(case, grade, facts, arrived(case, contract), None, True, None)
            found |= {name: None} if SIGNALS[name]([own], contract, now) else {}
        if name in found:
            yield _holding(name, found[name], contract)


def _holding(name: str, until: dt.datetime | None, contract: Contract) -> Holding:
    section = f"emergencies.{name}"
    speaker = contract.value(f"{section}.speaker")
    pause = contract.value(f"{section}.pause_replies") is True
    return Holding(name, until, pause, str(speaker) if speaker else None, releasing(contract, name))
