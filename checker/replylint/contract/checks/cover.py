"""Who answers when the brand is closed: cover for hours that are not open, by somebody who is on duty then."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.contract.entries import Entries, Entry, children
from replylint.contract.readers import Ranges, every_day, hours
from replylint.contract.schema import LEVELS, WEEKDAYS
from replylint.source.problems import Problem, Said, Saying

_COVER = "calendar.cover"
_MIDNIGHT = 24 * 60
_DAY: Ranges = ((0, _MIDNIGHT),)


def somebody_covers(entries: Entries) -> Iterator[Problem]:
    """Hours of cover in which nobody of the role that covers is on duty; the first of the week."""
    role = entries.get(f"{_COVER}.role")
    if role is None or f"contacts.{role.value}" not in entries:
        return
    duties = _duties(entries, str(role.value))
    stated = entries.get(f"{_COVER}.hours")
    for number, day in enumerate(WEEKDAYS):
        open_ = _open(entries, number)
        covered = _on_duty(stated, open_) if stated else _DAY
        gaps = _without(covered, open_, *(_on_duty(duty, open_) for duty in duties))
        if gaps:
            start, end = min(gaps)
            times = {"from": _clock(start), "to": _clock(end)}
            said: dict[str, Saying] = {"role": str(role.value), "day": Said(f"contract.{day}"), **times}
            yield Problem("contract.cover-without-duty", role.words, said)
            return


def covers_something(entries: Entries) -> Iterator[Problem]:
    """Cover of no level, or in hours that are all business hours anyway."""
    stated, levels = entries.get(f"{_COVER}.hours"), entries.get(f"{_COVER}.levels")
    if levels is not None and levels.value == ():
        yield Problem("contract.names-nothing", levels.where, {"name": "levels"})
    if stated is None or stated.value == "always":
        return
    week = (_open(entries, number) for number in range(len(WEEKDAYS)))
    if not any(_without(_on_duty(stated, open_), open_) for open_ in week):
        yield Problem("contract.cover-of-nothing", stated.words, {"hours": stated.words.words})


def cover_is_there(entries: Entries) -> Iterator[Problem]:
    """A clock that runs in the hours of a cover that is not there."""
    for level in LEVELS:
        how = entries.get(f"severity.{level}.hours")
        if how is not None and how.value == "cover hours" and _COVER not in entries:
            yield Problem("contract.no-cover", how.words, {"level": level})


def contacts_are_on_duty(entries: Entries) -> Iterator[Problem]:
    """A contact who is never there."""
    for role, _ in children(entries, "contacts"):
        for duty in _duties(entries, role):
            if not _on_duty(duty, _DAY):
                yield Problem("contract.never-on-duty", duty.words, {"role": role})


def _duties(entries: Entries, role: str) -> list[Entry]:
    """When the contacts of a role are on duty, those that say so."""
    stated = (entries.get(f"contacts.{role}.{number}.hours") for number, _ in children(entries, f"contacts.{role}"))
    return [duty for duty in stated if duty is not None]


def _open(entries: Entries, weekday: int) -> Ranges:
    """The minutes of a weekday that are open, also by the hours of the day before that run past midnight."""
    own, last = (
        hours(str(entry.value)) or () if (entry := entries.get(f"calendar.business_hours.{WEEKDAYS[day]}")) else ()
        for day in (weekday, weekday - 1)
    )
    late = ((0, end - _MIDNIGHT) for _, end in last if end > _MIDNIGHT)
    return (*late, *((start, min(end, _MIDNIGHT)) for start, end in own))


def _on_duty(duty: Entry, open_: Ranges) -> Ranges:
    """The minutes of a day that a duty means, in whose open ones business hours are."""
    words = str(duty.value)
    return _DAY if words == "always" else open_ if words == "business hours" else every_day(hours(words) or ())


def _without(ranges: Ranges, *others: Ranges) -> Ranges:
    """What is left of periods when others are taken away."""
    for start, end in (period for taken in others for period in taken):
        left = [((a, min(b, start)), (max(a, end), b)) for a, b in ranges]
        ranges = tuple(part for pair in left for part in pair if part[0] < part[1])
    return ranges


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
