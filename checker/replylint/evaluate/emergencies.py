"""Emergencies that a set of reviews makes, by the contract's definitions.

- surge: many bad reviews in a short time, against what is usual before it, where that is known;
- serious complaint and media report: single open reviews;
- malicious attack: bad reviews that are much the same, of one minute, or of new accounts;
- rumour: several reviews that claim the same, or one of the claims that the contract lists as false.

What lies further back than the contract's `within` has passed and is no emergency any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from replylint.contract.clocks import State, met, run_out
from replylint.contract.model import Contact, Contract
from replylint.contract.terms import EMERGENCIES, LEVELS
from replylint.evaluate.past import last_of
from replylint.evaluate.signals.model import Seen, Signal
from replylint.evaluate.signals.table import SIGNALS, SINGLE
from replylint.source.moments import Between
from replylint.source.problems import Said
from replylint.source.values import Duration


@dataclass(frozen=True)
class Emergency:
    """An emergency of the contract that holds.

    name, level: the contract's. reviews: the ids of those that make it, in order of time. why: what makes it one.
    since: from when it holds; None when that is not known. due, latest: until when it has to go up, the
    earliest and the latest moment that may be meant where of the reviews only the day is known. state: of that clock.
    line: who has to know, those on duty first; where none of
    them is, whoever else is on duty for the level stands in. pause: whether replies wait. speaker: who alone speaks.
    """

    name: str
    level: str
    reviews: tuple[str, ...]
    why: tuple[Said, ...]
    since: Between | None
    due: dt.datetime | None
    latest: dt.datetime | None
    state: State
    line: tuple[Contact, ...]
    pause: bool
    speaker: Contact | None


def emergencies(seen: Sequence[Seen], contract: Contract, now: dt.datetime) -> tuple[Emergency, ...]:
    """Every emergency that holds now, the highest level first."""
    found = [
        _emergency(name, signal, contract, now)
        for name in EMERGENCIES
        if f"emergencies.{name}" in contract and (signal := SIGNALS[name](seen, contract, now)) is not None
    ]
    return tuple(sorted(found, key=lambda each: -LEVELS.index(each.level)))


def _emergency(name: str, signal: Signal, contract: Contract, now: dt.datetime) -> Emergency:
    section = f"emergencies.{name}"
    level = str(contract.value(f"{section}.level"))
    notify = contract.value(f"{section}.notify")
    speaker = contract.value(f"{section}.speaker")
    told = [contract.contact_for(role, now) for role in (notify if isinstance(notify, tuple) else ())]
    line = [contact for contact in told if contact is not None]
    if not any(contact.on_duty for contact in line):
        line += [contact for contact in contract.line(level, now) if contact.on_duty and contact not in line]
    first, last, state = _clock(section, level, signal, contract, now)
    return Emergency(
        name, level, tuple(each.id for each in signal.reviews), signal.why, signal.since, first, last, state,
        tuple(sorted(line, key=lambda contact: not contact.on_duty)),
        contract.value(f"{section}.pause_replies") is True,
        contract.contact_for(str(speaker), now) if speaker else None,
    )  # fmt: skip


def _clock(
    section: str, level: str, signal: Signal, contract: Contract, now: dt.datetime
) -> tuple[dt.datetime | None, dt.datetime | None, State]:
    """Until when an emergency has to go up, and whether it did: a surge or an attack with any of its reviews."""
    length = contract.value(f"{section}.escalate")
    if not isinstance(length, Duration) or signal.since is None:
        return None, None, "unknown"
    first, last = (run_out(contract, level, length, at) for at in signal.since.by(now))
    ups = [each.went_up for each in signal.reviews]
    single = section.rpartition(".")[2] in SINGLE
    done = None if single and None in ups else last_of(up.by(now) for up in ups if up)
    if first is None or last is None:
        return None, None, "unknown"
    if done is not None:
        return first, last, met(done, first, last)
    return first, last, "overdue" if last < now else "maybe_overdue" if first < now else "running"
