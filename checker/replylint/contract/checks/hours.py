"""The hours and days of the calendar: in order, and open on some day."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.contract.entries import Entries, children, line_of
from replylint.contract.readers import hours, in_order
from replylint.contract.terms import WEEKDAYS
from replylint.source.problems import Problem

_HOLIDAYS = "calendar.holidays"


def hours_in_order(entries: Entries) -> Iterator[Problem]:
    """Periods of a day that overlap, or end before they begin."""
    for entry in entries.values():
        ranges = hours(str(entry.value)) if entry.form in ("hours", "duty") else None
        if ranges and not in_order(ranges):
            yield Problem("contract.hours-order", entry.words, {"words": str(entry.value)})


def ever_open(entries: Entries) -> Iterator[Problem]:
    """A week in which the brand is never open."""
    week = [entries.get(f"calendar.business_hours.{day}") for day in WEEKDAYS]
    if all(entry is not None and hours(str(entry.value)) == () for entry in week):
        yield Problem("contract.never-open", entries["calendar.business_hours"].where)


def workdays_are_open(entries: Entries) -> Iterator[Problem]:
    """A day with hours of its own that has none, or is closed besides."""
    for day, entry in children(entries, f"{_HOLIDAYS}.workdays"):
        if (closed := entries.get(f"{_HOLIDAYS}.extra.{day}")) is not None:
            yield Problem("contract.closed-and-open", entry.where, {"day": day, "line": line_of(closed)})
        if not hours(str(entry.value)):
            yield Problem("contract.workday-closed", entry.where, {"day": day})
