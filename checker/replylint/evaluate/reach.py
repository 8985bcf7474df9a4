"""Whom to reach about a draft, and what is due about its review until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from replylint.contract.clocks import Clock
from replylint.contract.model import Contact as Person
from replylint.evaluate.model import Awaited, Contact
from replylint.evaluate.past import arrived
from replylint.evaluate.situation import Situation
from replylint.evaluate.timing import outstanding, recorded


def awaited(situation: Situation) -> tuple[Awaited, ...]:
    """What has to be done about a review until when, of all that is not known to be done; what is due first first.

    One thing without a name where nobody knows how severe the review is, or since when its clocks run.
    """
    case, level = situation.case, situation.severity
    if level is None or arrived(case, situation.contract) is None:
        return (Awaited("", None, "unknown"),)
    clocks = outstanding(case, level, situation.contract, situation.now)
    return tuple(await_(clock, recorded(case, clock.name)) for clock in clocks)


def await_(clock: Clock, known: bool) -> Awaited:
    """What a clock waits for; known: whether it would be known, had it been done already."""
    return Awaited(clock.name, clock.due, clock.state, known, clock.latest)


def contact(line: Sequence[Person], due: tuple[Awaited, ...]) -> Contact | None:
    """Whom to reach, by the contract's line of people, and what is awaited; None for an empty line."""
    if not line:
        return None
    second = next_of(line)
    return replace(_contact(line[0]), awaited=due, next=None if second is None else _contact(second))


def _contact(person: Person) -> Contact:
    return Contact(person.role, person.name, person.channel, person.on_duty, title=person.title)


def approvers(roles: Iterable[str], situation: Situation) -> tuple[Contact, ...]:
    """Whom to ask for an approval that one of these roles may give, those on duty first."""
    found = (situation.contract.contact_for(role, situation.now) for role in sorted(roles))
    return tuple(_contact(one) for one in sorted(filter(None, found), key=lambda person: not person.on_duty))


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
