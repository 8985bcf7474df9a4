"""Parts of a contract that can never come to anything, because another part of it is always in the way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal

from replylint.contract.actions import children
from replylint.contract.entries import Entry
from replylint.contract.schema import CLOCKS, GRAVE, LEVELS
from replylint.source.problems import Problem, Saying
from replylint.source.values import Duration, Percent

Entries = Mapping[str, Entry]

_HOLIDAYS = "calendar.holidays"


def without_effect(entries: Entries) -> Iterator[Problem]:
    """Everything that is stated and cannot come to anything, in no particular order."""
    yield from _closed_and_open(entries)
    yield from _levels_by_stars(entries)
    yield from _defined_twice(entries)
    yield from _no_time_at_all(entries)
    yield from _always_soon(entries)
    yield from _up_after_the_reply(entries)
    yield from _steps_in_order(entries)
    yield from _waivers_of_what_nobody_waives(entries)


def _closed_and_open(entries: Entries) -> Iterator[Problem]:
    """A day that is closed besides, and has hours of its own."""
    for day, entry in children(entries, f"{_HOLIDAYS}.workdays"):
        if (other := entries.get(f"{_HOLIDAYS}.extra.{day}")) is not None:
            yield Problem("contract.closed-and-open", entry.where, {"day": day, "line": _line(other)})


def _levels_by_stars(entries: Entries) -> Iterator[Problem]:
    """A level whose stars all make a review more severe already."""
    stated = [(level, entry) for level in LEVELS if (entry := entries.get(f"severity.{level}.rating_at_most"))]
    for (lower, below), (higher, above) in itertools.pairwise(stated):
        one, other = below.value, above.value
        if isinstance(one, Decimal | int) and isinstance(other, Decimal | int) and one <= other:
            values = {"lower": lower, "higher": higher, "stars": below.words.words, "more": above.words.words}
            yield Problem("contract.stars-taken", below.words, values)


def _defined_twice(entries: Entries) -> Iterator[Problem]:
    """Something in a review that a more severe level counts already."""
    for lower, higher in itertools.combinations(LEVELS, 2):
        for what in ("allegations", "issues"):
            own, above = (entries.get(f"severity.{level}.{what}") for level in (lower, higher))
            for kind in _texts(own) if own and above else ():
                if above and own and kind in _texts(above):
                    values = {"kind": kind, "lower": lower, "higher": higher, "line": _line(above)}
                    yield Problem("contract.defined-twice", own.words, values)


def _no_time_at_all(entries: Entries) -> Iterator[Problem]:
    """A clock that runs out when it begins."""
    for _, clock, entry in _clocks(entries):
        if isinstance(entry.value, Duration) and not entry.value.amount:
            yield Problem("contract.clock-of-nothing", entry.words, {"clock": clock, "length": entry.words.words})


def _always_soon(entries: Entries) -> Iterator[Problem]:
    """A warning that begins with its clock."""
    for level in LEVELS:
        warn = entries.get(f"severity.{level}.warn")
        if warn is not None and isinstance(warn.value, Percent) and warn.value.amount >= 100:
            yield Problem("contract.warn-all", warn.words, {"warn": warn.words.words})


def _up_after_the_reply(entries: Entries) -> Iterator[Problem]:
    """A grave case goes up before it is answered: time to do so after the reply is due is none."""
    for level in GRAVE:
        up, reply = (entries.get(f"severity.{level}.{name}") for name in ("escalate", "first_reply"))
        if up and reply and isinstance(up.value, Duration) and isinstance(reply.value, Duration):
            one, other = up.value, reply.value
            if one.unit == other.unit and one.amount > other.amount:
                values = {"level": level, "up": up.words.words, "reply": reply.words.words}
                yield Problem("contract.up-after-reply", up.words, values)


def _steps_in_order(entries: Entries) -> Iterator[Problem]:
    """A step of the escalation that is called before one that stands above it."""
    steps = [(entries.get(f"escalation.{n}.after"), entries.get(f"escalation.{n}.levels"))
             for n, _ in children(entries, "escalation")]  # fmt: skip
    for number, (after, levels) in enumerate(steps):
        for before, others in steps[:number]:
            shared = not levels or not others or bool({*_texts(levels)} & {*_texts(others)})
            if after and before and shared and _sooner(after.value, before.value):
                values = {"after": after.words.words, "before": before.words.words, "line": _line(before)}
                yield Problem("contract.steps-order", after.words, values)
                break


def _waivers_of_what_nobody_waives(entries: Entries) -> Iterator[Problem]:
    """Who may waive a rule that is mandatory."""
    for rule, entry in children(entries, "waivers.rules"):
        held = entries.get(f"enforcement.{rule}")
        if held is not None and held.value == "mandatory":
            values: dict[str, Saying] = {"rule": rule, "line": _line(held)}
            yield Problem("contract.waives-mandatory", entry.where, values)


def _clocks(entries: Entries) -> Iterator[tuple[str, str, Entry]]:
    for level, clock in itertools.product(LEVELS, (*CLOCKS, "escalate")):
        if (entry := entries.get(f"severity.{level}.{clock}")) is not None:
            yield level, clock, entry


def _sooner(one: object, other: object) -> bool:
    """Whether a length of time is beyond doubt shorter than another."""
    minutes = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
    if not isinstance(one, Duration) or not isinstance(other, Duration):
        return False
    if one.unit == other.unit:
        return one.amount < other.amount
    if one.unit not in minutes or other.unit not in minutes:
        return False
    return one.amount * minutes[one.unit] < other.amount * minutes[other.unit]


def _texts(entry: Entry | None) -> tuple[str, ...]:
    return entry.value if entry is not None and isinstance(entry.value, tuple) else ()


def _line(entry: Entry) -> str:
    return str(entry.where.source.position(entry.where.span.start)[0])
