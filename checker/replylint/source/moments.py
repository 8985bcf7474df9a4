"""Moments as everything reckons with them: each with its own distance from UTC.

Two moments of one zone are compared, and subtracted, by what its wall clock shows, which is an hour off in the night in
which the clocks change. A moment that carries a fixed distance from UTC shows the same and is reckoned with truly.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

_SECOND = dt.timedelta(seconds=1)
_TWICE = "comes twice"
_MOST_BACK = dt.timedelta(hours=3)


class Between(NamedTuple):
    """A moment that lies between two, both included: the same two where it is known exactly.

    Of what states a day and no time, the first and the last second of that day; of a minute that comes twice, both.
    """

    earliest: dt.datetime
    latest: dt.datetime

    @property
    def exact(self) -> bool:
        """Whether it is known which moment it is."""
        return self.earliest == self.latest

    @property
    def of_a_day(self) -> bool:
        """Whether only its day is known; clocks go back by three hours at most."""
        return self.latest - self.earliest > _MOST_BACK

    def by(self, now: dt.datetime) -> Between:
        """The same of what has happened by a moment: it came no later than that."""
        return Between(self.earliest, max(self.earliest, min(self.latest, now)))


def exactly(moment: dt.datetime) -> Between:
    """A moment that is known."""
    return Between(moment, moment)


def in_day(start: dt.datetime, zone: dt.tzinfo) -> Between:
    """Any moment of the day that begins so in a zone, where it may be an hour longer or shorter than others."""
    first = zoned(start, zone)
    return Between(first, max(first, zoned(start + dt.timedelta(days=1), zone) - _SECOND))


def stated(moment: dt.datetime, zone: dt.tzinfo) -> Between:
    """A moment as somebody wrote it; without a time zone, one that the clock shows twice, going back, is either."""
    first = zoned(moment, zone)
    again = first if moment.tzinfo else zoned(moment.replace(fold=1), zone)
    return Between(first, max(first, again))


def zoned(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The moment with the distance from UTC that it has; one without a time zone is meant in the zone given.

    Of a minute that comes twice the first is meant; one that the clock skips is as much later as the clock skips.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.replace(tzinfo=dt.timezone(aware.utcoffset() or dt.timedelta()), fold=0)


def shown(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The same moment as clocks in a zone show it; of one that they show twice, that is known (`twice`)."""
    local = moment.astimezone(zone)
    found = zoned(local, zone)
    return known_twice(found) if twice(local) else found


def twice(moment: dt.datetime) -> bool:
    """Whether clocks show a moment twice, as they go back; its distance from UTC then belongs to what people read."""
    folds = {moment.replace(fold=fold).utcoffset() for fold in (0, 1)}
    return len(folds) > 1 or moment.tzname() == _TWICE


def known_twice(moment: dt.datetime) -> dt.datetime:
    """The same moment, known to be shown twice."""
    return moment.replace(tzinfo=dt.timezone(moment.utcoffset() or dt.timedelta(), _TWICE))


def of_check(now: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime:
    """The moment of a check in the brand's zone: as stated, else the clock's."""
    return zoned(dt.datetime.now(zone) if now is None else now, zone)
