"""The whole report: every event read, every case judged, every figure counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from replylint.case.fields import SEVERITIES
from replylint.case.model import Skipped, Unreadable
from replylint.contract.clocks import NAMES, clocks
from replylint.contract.model import Contract
from replylint.contract.pace import pace
from replylint.sla.course import course_of
from replylint.sla.judge import Bench
from replylint.sla.model import (
    OUTCOMES,
    Clause,
    Event,
    Figures,
    Group,
    Measurement,
    Note,
    Outcome,
    Place,
    Reason,
    Report,
    Times,
)
from replylint.sla.moments import at
from replylint.sla.store import MOST_EVENTS_OF_A_CASE, Store
from replylint.source.problems import Problem

SPREAD = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
"""Shares of the time allowed that bound the parts of a clause's spread; the last part is what took longer still."""

Kept = tuple[str, tuple[Event, ...], bool]
Watch = Callable[[int, Iterator[Kept]], Iterator[Kept]]

GROUPS = ("shift", "agent", "week")
MOST_GROUPS = 2_000
MOST_WORST = 200
MOST_PROBLEMS = 20
MOST_PLACES = 3

_EVENT_NAMES = frozenset({"sla.event-near", "sla.event-meant", "sla.event-unknown"})
"""The problems that name an event that nobody knows."""


@dataclass
class Notes:
    """Notes as they come: each kind counted, its first places kept."""

    found: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def told(self, key: str, about: str, place: Place) -> None:
        """Note something at a place; what names a column is a kind of its own."""
        kind = (key, about if key == "column-left-out" else "")
        if len(self.counts) >= MOST_GROUPS and kind not in self.counts:
            kind = (key, "…")
        self.counts[kind] = self.counts.get(kind, 0) + 1
        places = self.found.setdefault(kind, [])
        if len(places) < MOST_PLACES:
            places.append(str(place))

    def all(self) -> Iterator[Note]:
        """The notes in the order of their kinds."""
        for key, about in sorted(self.counts):
            places = tuple(self.found[key, about])
            yield Note(f"sla.{key}", self.counts[key, about], places, {"name": about} if about else {})


@dataclass
class Intake:
    """Events taken in, and what could not be."""

    store: Store
    notes: Notes
    events: int = 0
    unread: int = 0
    files: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def take(self, items: Iterable[Event | Unreadable | Skipped]) -> None:
        """Keep every event; count and keep the first of what cannot be read."""
        for item in items:
            if isinstance(item, Event):
                self.events += 1
                self.files.add(item.place.file)
                self.store.add(item)
            elif isinstance(item, Unreadable):
                self.unread += item.rows
                self.problems += self._new(item.placed)[: MOST_PROBLEMS - len(self.problems)]
            else:
                self.notes.told(item.reason.key.removeprefix("case."), "", Place(item.path, 1))


    def _new(self, problems: Sequence[Problem]) -> list[Problem]:
        """Without the unknown events that have been told of: a log that has a name once mostly has it often."""
        found = []
        for problem in problems:
            name = str(problem.values.get("name", "")) if problem.key in _EVENT_NAMES else ""
            if not name or name not in self.unknown:
                found.append(problem)
            if name:
                self.unknown.add(name)
        return found


def report_on(
    intake: Intake, contract: Contract, now: dt.datetime, only: Sequence[str] = (),
    watched: Watch = lambda _, cases: cases,
) -> Report:  # fmt: skip
    """Judge every case of an intake and count.

    only: the clocks to look at; all when empty. watched: is given how many cases there are and hands them on, so that
    somebody can see how far it has come.
    """
    store, moment = intake.store, int(now.timestamp())
    bounds = store.bounds(moment)
    bench = Bench(contract, moment, bounds[1] if bounds else moment, store.recorded(), tuple(only))
    counter = _Counter()
    cases = watched(store.number_of_cases(), store.cases())
    store.measure(counter.judged(cases, bench, intake.notes))
    zone = contract.calendar.zone
    groups = tuple(_groups(store))
    return Report(
        brand=str(contract.value("brand.name") or ""),
        zone=str(zone),
        now=now.astimezone(zone),
        files=len(intake.files),
        events=intake.events,
        cases=counter.number,
        first=at(bounds[0], zone) if bounds else None,
        last=at(bounds[1], zone) if bounds else None,
        total=_figures(store.counts().get((), {}), Times(0)),
        clauses=tuple(_clauses(store, contract)),
        groups=groups[:MOST_GROUPS],
        worst=tuple(store.breaches(MOST_WORST)),
        reasons=tuple(Reason(f"sla.why-{w}", c, n, cases) for w, c, n, cases in store.reasons(MOST_PLACES)),
        notes=tuple(intake.notes.all()),
        problems=tuple(intake.problems),
        unread=intake.unread,
        left_out=max(len(groups) - MOST_GROUPS, 0),
        only=tuple(only),
    )


@dataclass
class _Counter:
    number: int = 0

    def judged(self, cases: Iterable[Kept], bench: Bench, notes: Notes) -> Iterator[Measurement]:
        for case, events, more in cases:
            self.number += 1
            if more:
                notes.told("too-many-events", str(MOST_EVENTS_OF_A_CASE), events[0].place)
            yield from bench.measurements(course_of(case, events, bench.now, notes.told))


def _clauses(store: Store, contract: Contract) -> Iterator[Clause]:
    spread = store.spread(SPREAD)
    counts, times = store.counts("level", "clock"), store.times("level", "clock", time="used")
    for level in (*reversed(SEVERITIES), ""):
        lengths = clocks(contract, level) if level else {}
        for clock in NAMES:
            if (level, clock) not in counts:
                continue
            figures = _figures(counts[level, clock], times.get((level, clock), Times(0)))
            path = f"severity.{level}.{clock}" if level else ""
            place = str(contract.location(path)) if path else ""
            target = lengths.get(clock)
            is_open = target is not None and pace(contract, level, target).open is not None
            yield Clause(level, clock, path, place, target, figures, spread.get((level, clock), ()), is_open)


def _groups(store: Store) -> Iterator[Group]:
    """For each shift, agent and week: all clocks together, each clock, and each clock of each level.

    Times of several clocks together would say nothing, those of several levels are told for first replies.
    """
    for by in GROUPS:
        fine = store.counts(by, "level", "clock")
        times = store.times(by, "level", "clock")
        replies = store.times(by, clock="first_reply")
        whole: dict[str, dict[Outcome, int]] = {}
        clocks_: dict[tuple[str, str], dict[Outcome, int]] = {}
        for (value, _, clock), counted in fine.items():
            _add(whole.setdefault(value, {}), counted)
            _add(clocks_.setdefault((value, clock), {}), counted)
        for value in sorted(whole):
            yield Group(by, value, "", "", _figures(whole[value], Times(0)))
        for value, clock in sorted(clocks_):
            of = replies.get((value,), Times(0)) if clock == "first_reply" else Times(0)
            yield Group(by, value, "", clock, _figures(clocks_[value, clock], of))
        for value, level, clock in sorted(fine):
            of = times.get((value, level, clock), Times(0))
            yield Group(by, value, level, clock, _figures(fine[value, level, clock], of))


def _add(whole: dict[Outcome, int], part: Mapping[Outcome, int]) -> None:
    for outcome, count in part.items():
        whole[outcome] = whole.get(outcome, 0) + count


def _figures(counts: Mapping[Outcome, int], times: Times) -> Figures:
    return Figures(**{outcome: counts.get(outcome, 0) for outcome in OUTCOMES}, times=times)
