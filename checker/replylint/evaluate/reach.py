"""Whom to reach about a draft, and until when its reply is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from replylint.contract.clocks import Clock
from replylint.contract.model import Contact as Person
from replylint.contract.schema import GRAVE
from replylint.evaluate.model import Contact
from replylint.evaluate.situation import Situation
from replylint.evaluate.timing import one


def first_reply(situation: Situation) -> Clock | None:
    """The clock of the first reply; None where the contract sets none or nobody knows since when it runs."""
    return _clock(situation, "first_reply")


def awaited(situation: Situation) -> Clock | None:
    """The clock that matters next: of the escalation until a serious case went up, else of the first reply."""
    up = _clock(situation, "escalate") if situation.severity in GRAVE else None
    return first_reply(situation) if up is None or up.state in ("kept", "breached") else up


def _clock(situation: Situation, name: str) -> Clock | None:
    fields = situation.case.fields
    if "review.posted_at" not in fields and "history" not in fields:
        return None
    return one(situation.case, situation.severity, name, situation.contract, situation.now)


def contact(line: Sequence[Person], clock: Clock | None) -> Contact | None:
    """Whom to reach, by the contract's line of people and the clock that is awaited; None for an empty line."""
    if not line:
        return None
    due, state, name = (clock.due, clock.state, clock.name) if clock is not None else (None, "unknown", "")
    second = next_of(line)
    after = None if second is None else _contact(second)
    return replace(_contact(line[0]), before=due, next=after, state=state, clock=name)


def _contact(person: Person) -> Contact:
    return Contact(person.role, person.name, person.channel, person.on_duty, title=person.title)


def in_emergency(situation: Situation) -> list[Person]:
    """Who may let a reply go while replies wait, those on duty first, then whoever covers for them."""
    contract, now = situation.contract, situation.now
    roles = dict.fromkeys(role for each in situation.pausing for role in each.told)
    told = [person for role in roles if (person := contract.contact_for(role, now)) is not None]
    line = [each for each in contract.line(situation.severity, now) if each not in told]
    return sorted((*told, *line), key=lambda person: (person.role not in roles, not person.on_duty))


def next_of(line: Sequence[Person]) -> Person | None:
    """Who is turned to when the first cannot be reached: the next who is on duty, else the next at all."""
    rest = line[1:]
    return next((person for person in rest if person.on_duty), rest[0] if rest else None)
