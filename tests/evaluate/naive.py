"""The history operators once more, word for word as docs/language.md defines them: every pair is looked at.

Yes, no and cannot tell are True, False and None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
POSTED = NOW - dt.timedelta(hours=30)
Truth = bool | None


@dataclass(frozen=True)
class Entry:
    """Something in the history, or planned: hours before now, None where that is not stated; the order it is about.

    What is planned is so many hours ahead as `hours` is below nothing.
    """

    name: str
    hours: int | None
    order: str | None
    planned: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which entries count. order: what is asked of it. within: hours, up to now or from the review on.

    name: one name, or several with a bar between them, of which any will do.
    """

    name: str
    order: str | None = None
    scope: str = "all"
    within: int | None = None
    of_review: bool = False
    since_last: Wanted | None = None

    @property
    def names(self) -> list[str]:
        return self.name.split("|")


@dataclass(frozen=True)
class World:
    """What a case states; `history` is None when it does not say what happened."""

    history: tuple[Entry, ...] | None
    plan: tuple[Entry, ...]
    posted: bool

    @property
    def entries(self) -> list[Entry]:
        return [*(self.history or ()), *self.plan]


def every(answers: Iterable[Truth]) -> Truth:
    found = list(answers)
    return False if False in found else None if None in found else True


def some(answers: Iterable[Truth]) -> Truth:
    return opposite(every(opposite(a) for a in answers))


def opposite(answer: Truth) -> Truth:
    return None if answer is None else not answer


def earlier(world: World, one: int, other: int) -> Truth:
    """Whether one entry, by its number, comes before another."""
    a, b = world.entries[one], world.entries[other]
    if (a.hours is None and not a.planned) or (b.hours is None and not b.planned):
        return None
    if a.planned != b.planned:
        return b.planned
    assert a.hours is not None
    assert b.hours is not None
    return one < other if a.hours == b.hours else a.hours > b.hours


def counts(world: World, wanted: Wanted, number: int) -> Truth:
    entry = world.entries[number]
    planned = entry.name in wanted.names or "any" in wanted.names
    if entry.planned and (wanted.scope == "history" or not planned):
        return False
    if not _named(entry, wanted):
        return False
    if not entry.planned and wanted.scope == "planned":
        return False
    return every([_about(wanted, entry), _within(world, wanted, entry), _since(world, wanted, number)])


def _named(entry: Entry, wanted: Wanted) -> bool:
    """Whether an entry has the name; all of them are actions, or tell that one was carried out."""
    return any(
        name == "any" or entry.name == name or {entry.name, name} == {"escalate", "escalated"} for name in wanted.names
    )


def _about(wanted: Wanted, entry: Entry) -> Truth:
    if wanted.order is None:
        return True
    if wanted.order in ("is present", "is missing"):
        return (entry.order is None) == (wanted.order == "is missing")
    if entry.order is None:
        return None
    named = f'"{entry.order}"' in wanted.order
    return not named if wanted.order.startswith("is not") else named


def _within(world: World, wanted: Wanted, entry: Entry) -> Truth:
    if wanted.within is None:
        return True
    if wanted.of_review and not world.posted:
        return None
    hours = entry.hours
    if hours is None:
        return None
    at = NOW - dt.timedelta(hours=hours)
    if wanted.of_review:
        return POSTED <= at <= POSTED + dt.timedelta(hours=wanted.within)
    return at + dt.timedelta(hours=wanted.within) >= NOW


def _since(world: World, wanted: Wanted, number: int) -> Truth:
    if wanted.since_last is None:
        return True
    return every(
        some([opposite(counts(world, wanted.since_last, mark)), earlier(world, mark, number)])
        for mark in range(len(world.entries))
    )


def _numbers(world: World) -> range:
    return range(len(world.entries))


def _hidden(world: World, wanted: Wanted) -> bool:
    return world.history is None and wanted.scope != "planned"


def happened(world: World, wanted: Wanted) -> Truth:
    hidden: list[Truth] = [None] if _hidden(world, wanted) else []
    return some([*(counts(world, wanted, n) for n in _numbers(world)), *hidden])


def counted(world: World, bound: str, number: int, wanted: Wanted) -> Truth:
    """Every way in which the uncertain ones may turn out, up to a few more than there could be."""
    answers = [counts(world, wanted, n) for n in _numbers(world)]
    least = answers.count(True)
    most = least + answers.count(None) + (number + 1 if _hidden(world, wanted) else 0)
    test = {"at most": int.__le__, "at least": int.__ge__, "exactly": int.__eq__}[bound]
    possible = {bool(test(total, number)) for total in range(least, most + 1)}
    return possible.pop() if len(possible) == 1 else None


def ordered(world: World, first: Wanted, relation: str, second: Wanted) -> Truth:
    if _hidden(world, first) or _hidden(world, second):
        return None

    def kept(other: int) -> Truth:
        pairs = [(one, other) if relation == "before" else (other, one) for one in _numbers(world)]
        return some(every([counts(world, first, one), earlier(world, *pair)]) for one, pair in enumerate(pairs))

    others = [n for n in _numbers(world) if second.name != "any" or not _named(world.entries[n], first)]
    return every(some([opposite(counts(world, second, n)), kept(n)]) for n in others)
