"""Parts of a contract under which nothing ever falls: hours, days, people and emergencies that come to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from replylint.contract.actions import children
from replylint.contract.entries import Entry
from replylint.contract.readers import Ranges, every_day, hours
from replylint.contract.reckoning import exact
from replylint.contract.schema import LEVELS, WEEKDAYS
from replylint.source.problems import Problem
from replylint.source.values import Duration, Percent

Entries = Mapping[str, Entry]

_COVER = "calendar.cover"
_WHOLE_DAY = 24 * 60


def comes_to_nothing(entries: Entries) -> Iterator[Problem]:
    """Everything that is stated and never holds, in no particular order."""
    yield from _cover(entries)
    yield from _cover_wanted(entries)
    yield from _closed_workdays(entries)
    yield from _never_on_duty(entries)
    yield from _called_too_late(entries)
    yield from _emergencies(entries)
    yield from _no_words(entries)


def _cover(entries: Entries) -> Iterator[Problem]:
    """Cover is for when the brand is closed: hours that are all business hours anyway cover nothing."""
    stated, levels = entries.get(f"{_COVER}.hours"), entries.get(f"{_COVER}.levels")
    if levels is not None and levels.value == ():
        yield Problem("contract.names-nothing", levels.where, {"name": "levels"})
    if stated is None or stated.value == "always":
        return
    covered = every_day(hours(str(stated.value)) or ()) if stated.value != "business hours" else ()
    if not any(_outside(covered, entries, number) for number in range(len(WEEKDAYS))):
        yield Problem("contract.cover-of-nothing", stated.words, {"hours": stated.words.words})


def _outside(covered: Ranges, entries: Entries, number: int) -> bool:
    """Whether any minute of some hours of a weekday is not open then."""
    open_ = {minute for start, end in _open(entries, number) for minute in range(start, end)}
    return any(minute not in open_ for start, end in covered for minute in range(start, end))


def _open(entries: Entries, number: int) -> Iterator[tuple[int, int]]:
    """The minutes of a weekday that are open, also by the hours of the day before that run past midnight."""
    for day, shift in ((number, 0), (number - 1, _WHOLE_DAY)):
        entry = entries.get(f"calendar.business_hours.{WEEKDAYS[day]}")
        for start, end in (hours(str(entry.value)) or ()) if entry else ():
            yield max(start - shift, 0), min(end - shift, _WHOLE_DAY)


def _cover_wanted(entries: Entries) -> Iterator[Problem]:
    """A clock that runs in the hours of a cover that is not there."""
    for level in LEVELS:
        how = entries.get(f"severity.{level}.hours")
        if how is not None and how.value == "cover hours" and _COVER not in entries:
            yield Problem("contract.no-cover", how.words, {"level": level})


def _closed_workdays(entries: Entries) -> Iterator[Problem]:
    """A day with hours of its own that has none."""
    for day, entry in children(entries, "calendar.holidays.workdays"):
        if not hours(str(entry.value)):
            yield Problem("contract.workday-closed", entry.where, {"day": day})


def _never_on_duty(entries: Entries) -> Iterator[Problem]:
    for role, _ in children(entries, "contacts"):
        for number, _ in children(entries, f"contacts.{role}"):
            duty = entries.get(f"contacts.{role}.{number}.hours")
            if duty is not None and duty.value not in ("always", "business hours") and not hours(str(duty.value)):
                yield Problem("contract.never-on-duty", duty.words, {"role": role})


def _called_too_late(entries: Entries) -> Iterator[Problem]:
    """A level that has to go up sooner than anybody to whom it goes is called."""
    steps = [(entries.get(f"escalation.{n}.after"), entries.get(f"escalation.{n}.levels"))
             for n, _ in children(entries, "escalation")]  # fmt: skip
    for level in LEVELS:
        clock = entries.get(f"severity.{level}.escalate")
        calls = [after for after, levels in steps if after and (levels is None or level in _texts(levels))]
        if clock is None or not calls:
            continue
        if all(_longer(after.value, clock.value) for after in calls):
            values = {"level": level, "after": calls[0].words.words, "clock": clock.words.words}
            yield Problem("contract.called-too-late", calls[0].words, values)


def _longer(one: object, other: object) -> bool:
    """Whether a length of time is beyond doubt longer than another; business time has no length of its own."""
    if not isinstance(one, Duration) or not isinstance(other, Duration):
        return False
    if one.unit == other.unit:
        return one.amount > other.amount
    lengths = None if "business_hour" in (one.unit, other.unit) else (exact(one), exact(other))
    return lengths is not None and None not in lengths and lengths[0] > lengths[1]  # type: ignore[operator]


def _emergencies(entries: Entries) -> Iterator[Problem]:
    for name, _ in children(entries, "emergencies"):
        section = f"emergencies.{name}"
        notify, within, alike = (entries.get(f"{section}.{key}") for key in ("notify", "within", "alike"))
        if notify is not None and notify.value == ():
            yield Problem("contract.names-nothing", notify.where, {"name": "notify"})
        if within is not None and isinstance(within.value, Duration) and not within.value.amount:
            yield Problem("contract.within-nothing", within.words, {"length": within.words.words})
        if alike is not None and isinstance(alike.value, Percent) and not alike.value.amount:
            yield Problem("contract.all-alike", alike.words, {"share": alike.words.words})
    level, alleged = (entries.get(f"emergencies.serious_complaint.{key}") for key in ("level", "allegations"))
    if level is not None and alleged is None and level.value in ("low", "normal"):
        yield Problem("contract.each-an-emergency", level.words, {"level": str(level.value)})


def _no_words(entries: Entries) -> Iterator[Problem]:
    for platform, _ in children(entries, "platforms"):
        most = entries.get(f"platforms.{platform}.reply_length")
        if most is not None and isinstance(most.value, Decimal | int) and not most.value:
            yield Problem("contract.no-words", most.words, {"platform": platform})


def _texts(entry: Entry) -> tuple[str, ...]:
    return entry.value if isinstance(entry.value, tuple) else ()
