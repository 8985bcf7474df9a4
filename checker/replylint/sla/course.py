"""The course of one case: its events put in order, cleaned of what cannot be used, and what is odd about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from replylint.case.fields import SEVERITIES
from replylint.contract.pace import Pause
from replylint.sla.model import UNREADABLE, Event, Place, When
from replylint.sla.moments import at
from replylint.sla.rows import Told


class Step(NamedTuple):
    """A severity level, and the event that stated it."""

    level: str
    event: Event


class Wait(NamedTuple):
    """A time in which the brand waits for the customer, or the case is closed; `end` is None while it lasts."""

    start: Event
    end: Event | None

    @property
    def begins(self) -> int:
        """The earliest moment at which it can have begun."""
        return self.start.at.earliest if self.start.at else 0

    @property
    def exact(self) -> bool:
        """Whether both of its ends are known exactly."""
        ends = [event.at for event in self if event is not None]
        return all(end is None or end.exact for end in ends)


@dataclass(frozen=True)
class Course:
    """One case.

    events: those with a usable time, in order. unusable: names of events that happened at no usable time, each with
    the sentence that says why. reopened: each time that the case was closed and opened again. partial, awaits: as in
    Event. damaged: the times of its rows that could not be read, None of those of which nobody knows. doubtful: one of
    them states a severity.
    """

    case: str
    events: tuple[Event, ...]
    unusable: Mapping[str, str]
    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    reopened: tuple[Wait, ...]
    partial: bool
    awaits: bool
    damaged: tuple[When | None, ...]
    doubtful: bool

    @cached_property
    def arrived(self) -> Event | None:
        """The event with which every clock but the one for updates begins."""
        return next((event for event in self.events if event.name == "arrived"), None)

    def may_hold(self, first: int, last: int) -> bool:
        """Whether a row that could not be read may tell of something between two moments."""
        return any(at is None or (at.earliest <= last and at.latest >= first) for at in self.damaged)

    def stops(self, names: Sequence[str], *, closing: bool) -> list[Event]:
        """The events of these names, in order; closing: only since the case was opened again last."""
        start = self.events.index(again) + 1 if closing and (again := self._opened_again) is not None else 0
        return [event for event in self.events[start:] if event.name in names]

    @property
    def _opened_again(self) -> Event | None:
        return self.reopened[-1].end if self.reopened else None

    @cached_property
    def answers(self) -> Sequence[Event]:
        """What tells the customer something, or lets them wait for it again, in order; nothing while it is closed."""
        found: list[Event] = []
        again = {wait.end for wait in self.reopened}
        for event in self.events:
            closed = bool(found) and found[-1].name == "resolved"
            if event in again or (event.name in ("replied", "updated", "resolved") and not closed):
                found.append(event)
        return found


def course_of(case: str, events: Sequence[Event], now: int, told: Told) -> Course:
    """The course of a case from its events in order of time; what is odd is told.

    now: in seconds; what is dated later cannot have happened, so its time is not used.
    """
    usable: list[Event] = []
    unusable: dict[str, str] = {}
    damaged = tuple(_by_now(event.at, now) for event in events if event.name == UNREADABLE)
    for event in events:
        if event.name == UNREADABLE:
            continue
        if event.at is None:
            unusable[event.name] = "unusable-time"
        elif event.at.earliest > now:
            unusable[event.name] = "future-time"
            told("future", case, event.place)
        elif _repeats(event, usable):
            told("duplicate", case, event.place)
        else:
            usable.append(event._replace(at=event.at.by(now)))
    _tell_order(case, usable, told)
    partial, awaits = any(event.partial for event in events), any(event.awaits for event in events)
    steps = tuple(_steps(case, events, told))
    closed = tuple(_reopened(usable))
    waits = (*_waits(usable), *closed)
    doubtful = any(event.level == UNREADABLE for event in events)
    return Course(case, tuple(usable), unusable, steps, waits, closed, partial, awaits, damaged, doubtful)


def _by_now(at: When | None, now: int) -> When | None:
    """A time that can have been; one that lies ahead is as good as none."""
    return at.by(now) if at is not None and at.earliest <= now else None


def _repeats(event: Event, before: Sequence[Event]) -> bool:
    """Whether the same thing is stated to have happened twice at the same moment."""
    for other in reversed(before):
        if other.at != event.at:
            return False
        if (other.name, other.by, other.level or event.level) == (event.name, event.by, event.level or other.level):
            return True
    return False


def _tell_order(case: str, events: Sequence[Event], told: Told) -> None:
    last: Place | None = None
    arrivals = 0
    for event in events:
        if last is not None and last.file == event.place.file and event.place.line < last.line:
            told("not-in-order", case, event.place)
        last = event.place
        arrivals += event.name == "arrived"
        if event.name == "arrived" and arrivals > 1:
            told("arrived-again", case, event.place)
    closed = max((number for number, event in enumerate(events) if event.name == "resolved"), default=len(events))
    after = events[closed + 1 :]
    if after and all(event.name == "message" and event.sender == "customer" for event in after):
        told("wrote-after", case, after[0].place)


def _steps(case: str, events: Iterable[Event], told: Told) -> Iterator[Step]:
    """Each change of the severity; it is lowered only for a stated reason."""
    now: str = ""
    for event in events:
        if event.level in ("", now, UNREADABLE):
            continue
        if now and SEVERITIES.index(event.level) < SEVERITIES.index(now) and not event.reason:
            told("lowered", case, event.place)
            continue
        now = event.level
        yield Step(event.level, event)


def pauses_of(waits: Iterable[Wait], *, shortest: bool) -> list[Pause]:
    """How long clocks stand still meanwhile, at the least or at the most."""
    found = []
    for start, end in waits:
        if start.at is None:
            continue
        begin = start.at.latest if shortest else start.at.earliest
        stop = None if end is None or end.at is None else end.at.earliest if shortest else end.at.latest
        if stop is None or stop > begin:
            found.append(Pause(at(begin, dt.UTC), None if stop is None else at(stop, dt.UTC)))
    return found


def _waits(events: Sequence[Event]) -> Iterator[Wait]:
    start: Event | None = None
    for event in events:
        if event.name == "waiting" and start is None:
            start = event
        elif start is not None and _goes_on(event):
            yield Wait(start, event)
            start = None
    if start is not None:
        yield Wait(start, None)


def _reopened(events: Sequence[Event]) -> Iterator[Wait]:
    """Each time that a case was closed and opened again, which only `resumed` tells: customers also write thanks.

    A `resumed` that ends a waiting of its own only says that.
    """
    closed: Event | None = None
    waiting = False
    for event in events:
        if event.name == "resolved":
            closed, waiting = closed or event, False
        elif closed is not None and event.name == "resumed" and not waiting:
            yield Wait(closed, event)
            closed = None
        else:
            waiting = event.name == "waiting" or (waiting and not _goes_on(event))


def _goes_on(event: Event) -> bool:
    return event.name in ("resumed", "resolved") or (event.name == "message" and event.sender == "customer")
