"""What an event log says, and what the contract's clocks make of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from replylint.source.problems import Problem, Saying
from replylint.source.values import Duration

Outcome = Literal["kept", "breached", "unknown", "running"]
"""`running`: the clock has not run out yet. `unknown`: cannot tell, which is never a pass."""

OUTCOMES: tuple[Outcome, ...] = ("kept", "breached", "unknown", "running")

UNREADABLE = "unreadable"
"""The name of an event that could not be read, though its case is known: nothing can be said to be missing there."""


class When(NamedTuple):
    """A moment, in whole seconds since 1970 UTC, that lies between two: the same two where it is known exactly.

    A date without a time is the whole day; `2026-11-18T09:00/2026-11-18T12:00` is seen between nine and noon.
    """

    earliest: int
    latest: int

    @property
    def exact(self) -> bool:
        """Whether the moment is known to the second."""
        return self.earliest == self.latest

    def by(self, now: int) -> When:
        """The same of what has happened by a moment: it came no later than that."""
        return self if self.latest <= now else When(self.earliest, max(self.earliest, now))


class Place(NamedTuple):
    """Where an event stands: the file as shown to people, and its line."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Event(NamedTuple):
    """One thing that happened to a case.

    name: one of the events and actions of the rule language, or UNREADABLE. at: None when no usable time is stated.
    level: the severity stated with it. partial: the case states only when the review and the reply were posted, so
    that nothing follows from what is not stated. awaits: what states it knows of replies, and has none for this review.
    """

    case: str
    name: str
    at: When | None
    place: Place
    by: str = ""
    role: str = ""
    level: str = ""
    reason: str = ""
    sender: str = ""
    partial: bool = False
    awaits: bool = False


class About(NamedTuple):
    """Whose a clock was: who stopped it or dealt with the case last, when the review came (`in` or `out` of business
    hours), and in which week, as `2026-W46`; "" where that is not known."""

    agent: str = ""
    shift: str = ""
    week: str = ""


class Measurement(NamedTuple):
    """One clock of one case.

    level: "" where the severity is not known. outcome, and for `unknown` the sentence that says why.
    since, stopped: the events that started and ended it. due: when it ran out, in seconds since 1970.
    used, allowed: seconds of the clock's own time that passed and that the contract gives; None where not known, as
    when only a later stage shows that the clock was kept.
    waited: seconds of plain time until it was stopped, as the customer sees it.
    late: seconds of plain time between due and the end, or the moment of the report for a clock that was never stopped.
    """

    case: str
    level: str
    clock: str
    outcome: Outcome
    why: str = ""
    since: Event | None = None
    stopped: Event | None = None
    due: int | None = None
    used: int | None = None
    allowed: int | None = None
    late: int | None = None
    waited: int | None = None
    about: About = About()


@dataclass(frozen=True)
class Note:
    """Something about the input that a reader must know, told once for all its places, the first ones named."""

    key: str
    count: int
    places: tuple[str, ...]
    values: Mapping[str, Saying] = field(default_factory=dict)


@dataclass(frozen=True)
class Times:
    """Percentiles by the nearest rank: the shortest time within which so many of a hundred fell; exact, in seconds."""

    count: int
    p50: int | None = None
    p90: int | None = None
    p95: int | None = None


@dataclass(frozen=True)
class Figures:
    """How often clocks were kept and so on, and how long they took where they were stopped.

    times: of a clause in the clock's own time; of a group in plain time, because its clocks run differently.
    """

    kept: int = 0
    breached: int = 0
    unknown: int = 0
    running: int = 0
    times: Times = Times(0)

    @property
    def share(self) -> float | None:
        """The part kept of what could be told; None when nothing could."""
        told = self.kept + self.breached
        return self.kept / told if told else None


@dataclass(frozen=True)
class Clause:
    """One clock of one severity level.

    path, place: where the contract states it. target: as stated; None where the level is not known. open: its time is
    open time, such as business hours.
    spread: how many times fell into each part of the time allowed, by the bounds of `report.SPREAD`.
    """

    level: str
    clock: str
    path: str
    place: str
    target: Duration | None
    figures: Figures
    spread: tuple[int, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Group:
    """The figures of one clock and level for one shift, agent or week; `level` is "" for all levels together."""

    by: str
    value: str
    level: str
    clock: str
    figures: Figures


@dataclass(frozen=True)
class Reason:
    """Why clocks could not be told: the sentence's key, how many, and the first cases."""

    key: str
    clock: str
    count: int
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """All that a log shows.

    brand, zone: of the contract. now: the moment of the report. first, last: times of the first and last events.
    worst: the gravest breaches, of one severity those longest overdue. breaches: how many there are in all.
    problems: rows that could not be read, of `unread` in all; while there are any, nothing was checked in full.
    """

    brand: str
    zone: str
    now: dt.datetime
    files: int
    events: int
    cases: int
    first: dt.datetime | None
    last: dt.datetime | None
    total: Figures
    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]
    worst: tuple[Measurement, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    unread: int
    left_out: int = 0
    only: tuple[str, ...] = ()
