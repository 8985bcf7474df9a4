"""Who answers when the brand is closed: cover for hours that are not open, by somebody who is on duty then."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from replylint.contract.entries import Entries, Entry, children
from replylint.contract.readers import Ranges, every_day, hours
from replylint.contract.terms import LEVELS, WEEKDAYS
from replylint.source.problems import Problem, Said, Saying

_COVER = "calendar.cover"
_MIDNIGHT = 24 * 60
_DAY: Ranges = ((0, _MIDNIGHT),)
_NEW_YEAR = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
"""The year by whose days time zones are compared: any will do, and the same one every time."""


def somebody_covers(entries: Entries) -> Iterator[Problem]:
    """Hours of cover in which nobody of the role that covers is on duty; the first of the week.

    Where contacts are in other time zones than the brand, at any time of the year.
    """
    role = entries.get(f"{_COVER}.role")
    if role is None or f"contacts.{role.value}" not in entries:
        return
    duties, zones = _duties(entries, str(role.value)), _zones(entries, str(role.value))
    stated = entries.get(f"{_COVER}.hours")
    for (number, day), shifts in itertools.product(enumerate(WEEKDAYS), sorted(_shifts(zones, entries))):
        open_ = _open(entries, number)
        covered = _on_duty(stated, open_) if stated else _DAY
        there = (_on_duty(duty, open_, shift) for duty, shift in zip(duties, shifts, strict=True))
        gaps = _without(covered, open_, *there)
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


def zones_count(entries: Entries) -> Iterator[Problem]:
    """A contact's time zone beside hours that have none: all the time, and the brand's business hours."""
    for role, _ in children(entries, "contacts"):
        for duty, zone in zip(_duties(entries, role), _zones(entries, role), strict=True):
            if zone is not None and hours(str(duty.value)) is None:
                yield Problem("contract.zone-of-nothing", zone.words, {"hours": duty.words.words})


def _duties(entries: Entries, role: str) -> list[Entry]:
    """When the contacts of a role are on duty, those that say so."""
    return [entries[path] for path in _hours(entries, role)]


def _zones(entries: Entries, role: str) -> list[Entry | None]:
    """The time zones of the same contacts; None for those that name none."""
    return [entries.get(path.replace(".hours", ".time_zone")) for path in _hours(entries, role)]


def _hours(entries: Entries, role: str) -> list[str]:
    paths = (f"contacts.{role}.{number}.hours" for number, _ in children(entries, f"contacts.{role}"))
    return [path for path in paths if path in entries]


def _shifts(zones: Sequence[Entry | None], entries: Entries) -> set[tuple[int, ...]]:
    """By how many minutes each contact's clock is behind the brand's; all that occur in a year."""
    own = entries.get("time_zone")
    names = [str(own.value) if zone is None and own else str(zone.value) if zone else "" for zone in zones]
    try:
        brand, theirs = ZoneInfo(str(own.value) if own else "UTC"), [ZoneInfo(name or "UTC") for name in names]
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return set()  # a zone that nobody knows is told of by itself
    noons = (_NEW_YEAR + dt.timedelta(days=day) for day in range(365))
    return {tuple(_minutes(noon, brand) - _minutes(noon, zone) for zone in theirs) for noon in noons}


def _minutes(moment: dt.datetime, zone: dt.tzinfo) -> int:
    return int((moment.astimezone(zone).utcoffset() or dt.timedelta()).total_seconds()) // 60


def _open(entries: Entries, weekday: int) -> Ranges:
    """The minutes of a weekday that are open, also by the hours of the day before that run past midnight."""
    own, last = (
        hours(str(entry.value)) or () if (entry := entries.get(f"calendar.business_hours.{WEEKDAYS[day]}")) else ()
        for day in (weekday, weekday - 1)
    )
    late = ((0, end - _MIDNIGHT) for _, end in last if end > _MIDNIGHT)
    return (*late, *((start, min(end, _MIDNIGHT)) for start, end in own))


def _on_duty(duty: Entry, open_: Ranges, shift: int = 0) -> Ranges:
    """The minutes of a day that a duty means, in whose open ones business hours are; shift: those of its own clock."""
    words = str(duty.value)
    own = every_day(hours(words) or ())
    return _DAY if words == "always" else open_ if words == "business hours" else _turned(own, shift) if shift else own


def _turned(ranges: Ranges, minutes: int) -> Ranges:
    """The same hours of every day, so many minutes later."""
    turned = ((start + minutes) % _MIDNIGHT for start, _ in ranges)
    return every_day(tuple((start, start + b - a) for start, (a, b) in zip(turned, ranges, strict=True)))


def _without(ranges: Ranges, *others: Ranges) -> Ranges:
    """What is left of periods when others are taken away."""
    for start, end in (period for taken in others for period in taken):
        left = [((a, min(b, start)), (max(a, end), b)) for a, b in ranges]
        ranges = tuple(part for pair in left for part in pair if part[0] < part[1])
    return ranges


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
