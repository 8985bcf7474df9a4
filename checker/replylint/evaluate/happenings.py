"""What is planned or has happened, and when: which of it counts, in what order, three answers throughout.

Every question is answered in one pass over the history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from replylint.case.model import Action
from replylint.contract.actions import as_done
from replylint.contract.reckoning import resolve
from replylint.evaluate.answers import NO, YES, Answer, every, some, unknown
from replylint.evaluate.ends import moment_of
from replylint.evaluate.situation import Situation
from replylint.evaluate.timeline import Occurrence
from replylint.language import rules as r
from replylint.source.moments import Between, exactly
from replylint.source.problems import Problem
from replylint.source.values import Deadline, Duration

Check = Callable[[Sequence[r.Test], Action, Situation], Answer]
NO_HISTORY = Problem("evaluate.no-history")
ONLY_DAY = Problem("evaluate.only-day", None, {"name": "at"})


def only_day(operand: r.Operand) -> Problem:
    """What to tell of a moment of which the hour would have to be known."""
    return Problem("evaluate.only-day", None, {"name": getattr(operand, "path", getattr(operand, "name", "at"))})


@dataclass(frozen=True)
class Found:
    """What may count of some happenings; `whole` is False where there may be more in a history that is not stated."""

    occurrences: tuple[Occurrence, ...]
    whole: bool

    @property
    def sure(self) -> list[Occurrence]:
        """Those that count beyond doubt."""
        return [each for each in self.occurrences if each.counts.holds]

    @property
    def missing(self) -> tuple[Problem, ...]:
        """What would have to be known to say which count."""
        unknown_ = [problem for each in self.occurrences for problem in each.counts.missing]
        return (*unknown_, *(() if self.whole else (NO_HISTORY,)))


def find(wanted: r.Happenings, situation: Situation, check: Check) -> Found:
    """All that may count; `check` answers the tests."""
    happened, planned = situation.timeline
    sources = (happened if wanted.scope != "planned" else (), planned if wanted.scope != "history" else ())
    named = [each for source in sources for each in source if _is(each, wanted, source is happened, situation)]
    whole = wanted.scope == "planned" or situation.history_stated
    if not named:
        return Found((), whole)
    limits = [limit for limit in (_window(wanted, situation), _since_last(wanted, situation, check)) if limit]
    found = []
    for each in named:
        counts = every([each.counts, check(wanted.tests, each.action, situation), *(limit(each) for limit in limits)])
        if counts.holds is not False:
            found.append(replace(each, counts=counts))
    return Found(tuple(found), whole)


def _is(each: Occurrence, wanted: r.Happenings, done: bool, situation: Situation) -> bool:
    """Whether something is what is looked for; what was carried out is also what an event tells of it."""
    name = each.action.name
    if r.ANY in wanted.names:
        actions = situation.contract.actions
        return name in actions or (done and as_done(name) in map(as_done, actions))
    return any(
        situation.is_a(each.action, named) or (done and as_done(name) == as_done(named)) for named in wanted.names
    )


_Limit = Callable[[Occurrence], Answer]


def _window(wanted: r.Happenings, situation: Situation) -> _Limit | None:
    """Whether something falls into the length of time stated, from a moment on or up to now."""
    if wanted.within is None:
        return None
    within = situation.value(wanted.within)
    if not isinstance(within, Duration | Deadline):
        return _always(unknown(situation.missing(wanted.within)))
    if wanted.since is None:
        return _timed(lambda at: _falls(
            resolve(within, at.earliest, situation.contract) >= situation.now,
            resolve(within, at.latest, situation.contract) >= situation.now,
        ), situation)  # fmt: skip
    if not isinstance(situation.value(wanted.since), dt.datetime):
        return _always(unknown(situation.missing(wanted.since)))
    start = moment_of(wanted.since, situation)
    why = only_day(wanted.since)
    if start is None:
        return _always(unknown(why))
    end = Between(*(resolve(within, each, situation.contract) for each in start))
    return _timed(lambda at: _falls(
        start.latest <= at.earliest and at.latest <= end.earliest,
        start.earliest <= at.latest and at.earliest <= end.latest,
        ONLY_DAY if start.exact else why,
    ), situation)  # fmt: skip


def _always(answer: Answer) -> _Limit:
    return lambda each: answer


def _timed(test: Callable[[Between], Answer], situation: Situation) -> _Limit:
    def limit(each: Occurrence) -> Answer:
        at = moments_of(each, situation)
        return unknown(_no_time(each)) if at is None else test(at)

    return limit


def moments_of(each: Occurrence, situation: Situation) -> Between | None:
    """When something is carried out or was, any moment of its day where only that is stated; None without a time."""
    found = situation.moments(each.action.parameters.get("at"))
    return found or (None if each.at is None else exactly(each.at))


def _falls(surely: bool, perhaps: bool, why: Problem = ONLY_DAY) -> Answer:
    """Whether something falls into a time for all the moments that may be meant, or for some."""
    return YES if surely else unknown(why) if perhaps else NO


def _no_time(each: Occurrence) -> Problem:
    return Problem("evaluate.no-time", None, {"name": each.action.name})


def _since_last(wanted: r.Happenings, situation: Situation, check: Check) -> _Limit | None:
    """Whether something came after the last of those that part the times; where there are none, all did."""
    if wanted.since_last is None:
        return None
    marks = find(wanted.since_last, situation, check)
    sure = [each for each in marks.occurrences if each.counts.holds]
    last = max((each.place for each in sure if each.place is not None), default=-1)
    last_maybe = max((each.until for each in marks.occurrences if each.until is not None), default=-1)
    untimed = [each for each in marks.occurrences if each.place is None]

    def limit(each: Occurrence) -> Answer:
        if not marks.occurrences:
            return YES
        if each.place is None or each.until is None:
            return unknown(_no_time(each))
        if each.until <= last:
            return NO
        perhaps = (marks.missing or (ONLY_DAY,)) if each.place <= last_maybe else ()
        missing = [*(_no_time(mark) for mark in untimed), *perhaps]
        return unknown(*missing) if missing else YES

    return limit


def happened(wanted: r.Happenings, situation: Situation, check: Check) -> Answer:
    """Whether there is one."""
    found = find(wanted, situation, check)
    whole = () if found.whole else (unknown(NO_HISTORY),)
    return some([*(each.counts for each in found.occurrences), *whole])


def ordered(condition: r.Ordered, situation: Situation, check: Check) -> Answer:
    """Whether before, or after, each of the second there is one of the first."""
    first, second = (find(each, situation, check) for each in (condition.first, condition.second))
    if not (first.whole and second.whole):
        return unknown(NO_HISTORY)
    turn = 1 if condition.relation == "before" else -1
    sure = min((last for _, last in _places(first.sure, turn)), default=None)
    maybe = min((earliest for earliest, _ in _places(first.occurrences, turn)), default=None)
    lost = [*first.missing, *(_no_time(each) for each in first.occurrences if each.place is None)]

    def kept(each: Occurrence) -> Answer:
        if not first.occurrences:
            return NO
        own = _places([each], turn)
        if not own:
            return unknown(_no_time(each))
        earliest, last = own[0]
        if sure is not None and sure < earliest:
            return YES
        untimed = any(one.place is None for one in first.occurrences)
        perhaps = maybe is not None and maybe < last
        return unknown(*(lost or [ONLY_DAY])) if untimed or perhaps else NO

    return every(some([~each.counts, kept(each)]) for each in second.occurrences
                 if not _is_both(each, condition, situation))  # fmt: skip


def _is_both(each: Occurrence, condition: r.Ordered, situation: Situation) -> bool:
    """Whether one of `action any` is what has to come before, or after, all the others."""
    first, second = condition.first, condition.second
    return r.ANY in second.names and (r.ANY in first.names or _is(each, first, True, situation))


def _places(occurrences: Iterable[Occurrence], turn: int) -> list[tuple[int, int]]:
    """The first and the last rank of each that has a time; in reverse order for a turn of -1."""
    known = ((each.place, each.until) for each in occurrences)
    pairs = [(turn * a, turn * b) for a, b in known if a is not None and b is not None]
    return [(min(pair), max(pair)) for pair in pairs]
