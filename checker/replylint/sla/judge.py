"""Each clock of a case held against the contract, in three answers and "not yet"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from replylint.case.fields import SEVERITIES
from replylint.contract.clocks import NAMES, STOPS, clocks
from replylint.contract.model import Contract
from replylint.contract.pace import Pace, Pause, pace
from replylint.sla.course import Course, Step, pauses_of
from replylint.sla.model import About, Event, Measurement, Outcome, When
from replylint.sla.moments import at


@dataclass(frozen=True)
class Bench:
    """What cases are held against.

    now: the moment of the report. end: the last moment that the log tells of; what is missing from it until then did
    not happen. recorded: names of the events that occur in the log at all; of others nothing follows from their
    absence. only: the clocks to look at; all when empty. Moments are seconds since 1970.
    """

    contract: Contract
    now: int
    end: int
    recorded: frozenset[str]
    only: tuple[str, ...] = ()

    @cached_property
    def paces(self) -> Mapping[str, Mapping[str, Pace]]:
        """The clocks of each level, and how they run."""
        return {
            level: {
                name: pace(self.contract, level, length)
                for name, length in clocks(self.contract, level).items()
                if not self.only or name in self.only
            }
            for level in SEVERITIES
        }

    @cached_property
    def alleged(self) -> frozenset[str]:
        """The levels that the contract defines by what is alleged."""
        return frozenset(level for level in SEVERITIES if self.contract.value(f"severity.{level}.allegations"))

    def measurements(self, course: Course) -> Iterator[Measurement]:
        """Every clock of a case."""
        about = self._about(course)
        if not course.steps:
            for name in NAMES:
                if any(name in of for of in self.paces.values()):
                    yield Measurement(course.case, "", name, "unknown", "no-level", course.arrived, about=about)
            return
        level = course.steps[-1].level
        for name in self.paces[level]:
            if name == "next_update":
                yield from self._updates(course, level, about)
            else:
                yield self._one(course, level, name, about)

    def _about(self, course: Course) -> About:
        arrived = course.arrived
        if arrived is None or arrived.at is None:
            return About(_agent(course.events))
        zone = self.contract.calendar.zone
        local = at(arrived.at.earliest, zone)
        year, week, _ = local.isocalendar()
        shift = ""
        if arrived.at.exact:
            shift = "in" if self.contract.calendar.open_at(local) else "out"
        return About(_agent(course.events), shift, f"{year}-W{week:02}")

    def _one(self, course: Course, level: str, name: str, about: About) -> Measurement:
        """A clock that runs from the review's arrival."""
        since = course.arrived
        if since is None or since.at is None:
            why = course.unusable.get("arrived", "no-arrival")
            return Measurement(course.case, level, name, "unknown", why, about=about)
        names = self._stops(level, name)
        found = course.stops(names, closing=name == "resolve")
        if any(event.at.latest < since.at.earliest for event in found if event.at):
            before = next(event for event in found if event.at and event.at.latest < since.at.earliest)
            return Measurement(course.case, level, name, "unknown", "before-arrival", since, before, about=about)
        return self._measured(course, level, name, since, found, about)

    def _stops(self, level: str, name: str) -> tuple[str, ...]:
        # A level that the contract defines by what is alleged has to go up; any other only while it is not resolved.
        if name == "escalate" and level not in self.alleged:
            return (*STOPS[name], "resolved")
        return STOPS[name]

    def _updates(self, course: Course, level: str, about: About) -> Iterator[Measurement]:
        """The clock for the next update, from each answer to the next until the case is resolved."""
        chain = [e for e in course.answers if not _before(e, course.arrived)]
        for number, since in enumerate(chain):
            if since.name == "resolved":
                continue
            yield self._measured(course, level, "next_update", since, chain[number + 1 : number + 2], about)
        if not chain and "replied" in course.unusable:
            yield Measurement(course.case, level, "next_update", "unknown", course.unusable["replied"], about=about)

    def _measured(
        self, course: Course, level: str, name: str, since: Event, found: Sequence[Event], about: About
    ) -> Measurement:
        """Holds the first of the events that stop a clock against the moment at which it runs out."""
        assert since.at is not None
        stop = min(found, key=lambda e: e.at.latest if e.at else 0, default=None)
        until = stop.at.earliest if stop and stop.at else None
        first, last = self._due(course, name, since.at, until)
        latest = self._due_at_last(course, name, since.at, until, last) if course.doubtful else last
        outcome, why = self._outcome(course, name, since.at, stop, first, latest)
        about = about._replace(agent=stop.by) if stop and stop.by else about
        runs = self.paces[level][name]
        used = allowed = waited = None
        if outcome != "unknown" and stop is not None and stop.at is not None and _own(name, stop):
            used = _ran(course, runs, since.at, stop.at.latest)
            allowed = None if last is None else _ran(course, runs, since.at, last)
            waited = max(stop.at.latest - since.at.earliest, 0)
        late = None
        if outcome == "breached" and last is not None:
            late = (stop.at.earliest if stop and stop.at else self.now) - last
        return Measurement(
            course.case, level, name, outcome, why, since, stop, last, used, allowed, late, waited, about
        )

    def _outcome(
        self, course: Course, name: str, since: When, stop: Event | None, first: int | None, last: int | None
    ) -> tuple[Outcome, str]:
        """first, last: between which the clock runs out, whatever is not known; None where it stands still for good.

        What comes after the last moment is late whatever is not known, unless what is not known came in time.
        """
        if stop is not None and stop.at is not None:
            if last is None or stop.at.earliest <= last:
                if course.doubtful or (name == "resolve" and course.damaged):
                    return "unknown", "unreadable-row"  # it may tell of another level, or that it was opened again
                in_time = first is None or stop.at.latest <= first
                return ("kept", "") if in_time else ("unknown", "known-to-the-day")
            missing = self._missing(course, name, since, last, stop)
            return ("unknown", missing) if missing else ("breached", "")
        if last is None or last >= self.now:
            unusable = _unusable(course, name)
            return ("unknown", unusable) if unusable else ("running", "")
        missing = self._missing(course, name, since, last, None)
        if missing:
            return "unknown", missing
        return ("unknown", "log-ends") if last > self.end else ("breached", "")

    def _missing(self, course: Course, name: str, since: When, last: int, stop: Event | None) -> str:
        """Why it does not follow from what the log lacks that a clock was not stopped in time; nothing when it does."""
        own = STOPS[name][0]
        if course.may_hold(since.earliest, last):
            return "unreadable-row"
        if unusable := _unusable(course, name):
            return unusable
        if stop is not None and stop.name == own:
            return ""
        if course.awaits and own == "replied":
            return ""
        if course.partial:
            return "not-stated"
        return "" if own in self.recorded else "not-recorded"

    def _due(self, course: Course, name: str, since: When, until: int | None) -> tuple[int | None, int | None]:
        """The earliest and the latest moment at which the clock can run out."""
        if not course.waits and since.exact:
            due = self._run_out(course, name, since.earliest, ())
            return due, due
        pauses = [wait for wait in course.waits if until is None or wait.begins < until]
        first = self._run_out(course, name, since.earliest, pauses_of(pauses, shortest=True))
        if since.exact and all(wait.exact for wait in pauses):
            return first, first
        return first, self._run_out(course, name, since.latest, pauses_of(pauses, shortest=False))

    def _due_at_last(self, course: Course, name: str, since: When, until: int | None, last: int | None) -> int | None:
        """The latest moment at which the clock can run out, of whichever level the case is; None where one has none."""
        levels = (level for level in SEVERITIES if self.paces[level])
        found = [last, *(self._due(_of_level(course, level), name, since, until)[1] for level in levels)]
        return None if None in found else max(each for each in found if each is not None)

    def _run_out(self, course: Course, name: str, since: int, pauses: Sequence[Pause]) -> int | None:
        """When the clock runs out for the level that the case has; a level that rose counts from then."""
        if len(course.steps) == 1:
            runs = self.paces[course.steps[0].level].get(name)
            over = runs.over(at(since, dt.UTC), pauses) if runs is not None else None
            return None if over is None else int(over.timestamp())
        moments: list[int] = []
        for number, step in enumerate(course.steps):
            runs = self.paces[step.level].get(name)
            raised = number > 0 and SEVERITIES.index(step.level) > SEVERITIES.index(course.steps[number - 1].level)
            if not raised:
                moments = []
            stated = step.event.at.earliest if step.event.at else since
            begin = max(since, stated) if raised else since
            if runs is not None:
                over = runs.over(at(begin, dt.UTC), pauses)
                if over is not None:
                    moments.append(int(over.timestamp()))
        return min(moments, default=None)


def _of_level(course: Course, level: str) -> Course:
    """The course of the same case, were it of a level all along."""
    return replace(course, steps=(Step(level, course.events[0]),))


def _ran(course: Course, runs: Pace, since: When, end: int) -> int:
    """The longest time that can have passed until a moment, in the clock's own time."""
    if end <= since.earliest:
        return 0
    if runs.open is None and not course.waits:
        return end - since.earliest
    pauses = pauses_of(course.waits, shortest=True) if course.waits else ()
    return int(runs.passed(at(since.earliest, dt.UTC), at(end, dt.UTC), pauses).total_seconds())


def _own(name: str, stop: Event) -> bool:
    """Whether an event tells when a clock was stopped; a later stage only shows that it was stopped by then."""
    return name == "next_update" or stop.name == STOPS[name][0]


def _unusable(course: Course, name: str) -> str:
    """Why the time of an event that would have stopped the clock cannot be used; nothing when there is none."""
    return next((course.unusable[stop] for stop in STOPS[name] if stop in course.unusable), "")


def _before(event: Event, arrived: Event | None) -> bool:
    return bool(arrived and arrived.at and event.at and event.at.latest < arrived.at.earliest)


def _agent(events: Sequence[Event]) -> str:
    """Who dealt with the case last."""
    named = (e.by for e in reversed(events) if e.by and e.name != "arrived" and e.sender != "customer")
    return next(named, "")
