"""A drill, what has to happen in it, and what came of that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from replylint.source.problems import Saying
from replylint.source.spans import Location, Source

Result = Literal["kept", "missed", "unknown", "open"]
"""`open`: its time has not run out when the drill ends. `unknown`: cannot tell, which is never a pass."""


@dataclass(frozen=True)
class Happening:
    """One line of the timeline.

    name: an event or action of the rule language. at: with its time zone. review: which one it is about, "" for all
    that have come by then. text: what was written or said. role: as stated, else that of the contact whose name stands
    in `by`.
    """

    name: str
    at: dt.datetime
    where: Location
    review: str = ""
    by: str = ""
    role: str = ""
    to: str = ""
    side: str = ""
    text: str = ""
    reason: str = ""
    level: str = ""
    rating: int | None = None


@dataclass(frozen=True)
class Wanted:
    """An expectation that the drill states itself.

    names: the events or actions that meet it; with `never` none of them may happen. due: by when; for `never`, until
    when. because: why, in the file's own words.
    """

    names: tuple[str, ...]
    where: Location
    due: dt.datetime | None
    never: bool = False
    review: str = ""
    to: str = ""
    role: str = ""
    because: str = ""


@dataclass(frozen=True)
class Drill:
    """A drill as its file states it.

    emergency: its name in the contract. begins: when the emergency begins. ends: when the drill does.
    """

    source: Source
    title: str
    about: str
    emergency: str
    begins: dt.datetime
    ends: dt.datetime
    timeline: tuple[Happening, ...]
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Check:
    """One thing that had to happen, or must not, and what came of it.

    what: the sentence that says it. source: the contract's clause, or the place in the drill. due: by when.
    met: the line of the timeline that kept it, or that broke it. why: the reason where it cannot be told.
    clock: the clock that it is, with its review; "" for what is asked of the emergency as a whole.
    """

    what: Saying
    source: str
    result: Result
    due: dt.datetime | None = None
    met: Happening | None = None
    why: str = ""
    clock: str = ""
    level: str = ""
    review: str = ""


@dataclass(frozen=True)
class Played:
    """A drill with everything that was checked in it, in the order in which it was due."""

    drill: Drill
    checks: tuple[Check, ...]

    def count(self, result: Result) -> int:
        """How many checks came out so."""
        return sum(check.result == result for check in self.checks)
