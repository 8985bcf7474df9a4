"""Open time as a line: the periods in which a brand is open end to end, with how much was open before each.

Logs ask how much time was open between two moments a million times over. Every question is answered by looking up a
place on the line, however far apart the moments are. All moments are in UTC, because moments of one zone are compared
by what its clock shows, which comes twice in autumn.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

Period = tuple[dt.datetime, dt.datetime]

_DAY = dt.timedelta(days=1)
_FEWEST_DAYS = 32
_MOST_DAYS = 20_000
_FAR = dt.timedelta(days=800)


class OpenTime:
    """The open periods of all days so far asked for; it grows by itself, and begins anew after a leap of years.

    periods_of: the periods of a day in UTC, in order; they may run into the day after. A minute that belongs to two
    periods is open once.
    """

    def __init__(self, periods_of: Callable[[dt.date], Sequence[Period]]):
        self._periods_of = periods_of
        self._begin_at(dt.date.min)

    def _begin_at(self, day: dt.date) -> None:
        self._first = self._next = day
        self._from = self._until = dt.datetime.max.replace(tzinfo=dt.UTC)
        self._starts: list[dt.datetime] = []
        self._ends: list[dt.datetime] = []
        self._before: list[dt.timedelta] = []
        self._days: list[dt.date] = []
        self._day_of: list[int] = []

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """How much of the time between two moments is open; nothing when the second is not the later one."""
        if end <= start:
            return dt.timedelta()
        self._reach(start, end)
        return self._passed(end) - self._passed(start)

    def after(self, moment: dt.datetime, left: dt.timedelta, limit: dt.datetime) -> dt.datetime | None:
        """The first moment at which so much open time has passed, not none of it; None if it has not at the limit."""
        for until in _further(moment, limit):
            self._reach(moment, until)
            place = bisect_left(self._ends, moment)
            if place == len(self._ends):
                continue
            wanted = self._before[place] + max(moment - self._starts[place], dt.timedelta()) + left
            # The last period that begins with less than what is wanted, so that a count may end at closing.
            place = bisect_left(self._before, wanted) - 1
            found = self._starts[place] + (wanted - self._before[place])
            if found <= self._ends[place]:
                return found if found <= limit else None
        return None

    def before(self, moment: dt.datetime, left: dt.timedelta, limit: dt.datetime) -> dt.datetime | None:
        """The last moment since which so much open time passes until another; None where it lies before the limit."""
        for since in _further(moment, limit):
            self._reach(since, moment)
            place = bisect_left(self._starts, moment) - 1
            if place < 0:
                continue
            wanted = self._before[place] + min(moment, self._ends[place]) - self._starts[place] - left
            if wanted < self._before[0]:
                continue
            place = min(bisect_right(self._before, wanted) - 1, place)
            found = self._starts[place] + (wanted - self._before[place])
            return found if found >= limit else None
        return None

    def open_at(self, moment: dt.datetime) -> bool:
        """Whether a moment is open; that of opening is, that of closing is not."""
        self._reach(moment, moment)
        place = bisect_right(self._starts, moment) - 1
        return place >= 0 and moment < self._ends[place]

    def opening(
        self, moment: dt.datetime, limit: dt.datetime, number: int = 0
    ) -> tuple[dt.date, dt.datetime, dt.date] | None:
        """A moment, when open, else the next opening: the day it belongs to, the moment, and the day with hours that
        comes so many after that day; None where there is none until the limit."""
        for until in _further(moment, limit):
            self._reach(moment, until)
            place = bisect_right(self._ends, moment)
            if place == len(self._ends):
                continue
            day = self._day_of[place]
            if day + number < len(self._days):
                later = self._days[day + number]
                found = self._days[day], max(self._starts[place], moment), later
                return found if later <= limit.date() else None
        return None

    def _passed(self, moment: dt.datetime) -> dt.timedelta:
        """How much was open from the beginning of the line until a moment."""
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return dt.timedelta()
        return self._before[place] + min(moment, self._ends[place]) - self._starts[place]

    def _reach(self, start: dt.datetime, end: dt.datetime) -> None:
        """Make the line cover two moments."""
        if start >= self._from and end < self._until:
            return
        # A day of any zone begins at most a day before or after that of UTC, and its hours may run into the next.
        first, last = start.date() - 3 * _DAY, end.date() + 2 * _DAY
        far = first > self._next + _FAR or last < self._first - _FAR
        if far or self._next == self._first or (self._next - self._first).days > _MOST_DAYS:
            self._begin_at(first)
        if last >= self._next:
            self._append(max(last, self._next + _FEWEST_DAYS * _DAY))
        if first < self._first:
            # Twice as long each time, because all of it is put together again.
            self._prepend(min(first, self._first - max(self._next - self._first, _FEWEST_DAYS * _DAY)))
        self._from = dt.datetime.combine(self._first + 3 * _DAY, dt.time(), dt.UTC)
        self._until = dt.datetime.combine(self._next - 2 * _DAY, dt.time(), dt.UTC)

    def _append(self, last: dt.date) -> None:
        while self._next <= last:
            periods = self._periods_of(self._next)
            if periods:
                self._days.append(self._next)
            for start, end in periods:
                self._add(start, end)
            self._next += _DAY

    def _add(self, start: dt.datetime, end: dt.datetime) -> None:
        if self._ends:
            start = max(start, self._ends[-1])
        if start >= end:
            return
        passed = self._before[-1] + (self._ends[-1] - self._starts[-1]) if self._ends else dt.timedelta()
        self._starts.append(start)
        self._ends.append(end)
        self._before.append(passed)
        self._day_of.append(len(self._days) - 1)

    def _prepend(self, first: dt.date) -> None:
        """Begin earlier; what is known already is put behind it again."""
        last = self._next - _DAY
        self._begin_at(first)
        self._append(last)


def _further(moment: dt.datetime, limit: dt.datetime) -> Iterator[dt.datetime]:
    """Moments further and further away from one, the last of which is the limit."""
    step, way = dt.timedelta(days=14), 1 if limit >= moment else -1
    while step < abs(limit - moment):
        yield moment + step * way
        step *= 4
    yield limit
