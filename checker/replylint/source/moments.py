"""Moments as everything reckons with them: each with its own distance from UTC.

Two moments of one zone are compared, and subtracted, by what its wall clock shows, which is an hour off in the night in
which the clocks change. A moment that carries a fixed distance from UTC shows the same and is reckoned with truly.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

_SECOND = dt.timedelta(seconds=1)


class Between(NamedTuple):
    """A moment that lies between two, both included: the same two where it is known exactly.

    Of what states a day and no time, the first and the last second of that day.
    """

    earliest: dt.datetime
    latest: dt.datetime

    @property
    def exact(self) -> bool:
        """Whether it is known which moment it is."""
        return self.earliest == self.latest

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


def zoned(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The moment with the distance from UTC that it has; one without a time zone is meant in the zone given.

    Of a minute that comes twice the first is meant; one that the clock skips is as much later as the clock skips.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.replace(tzinfo=dt.timezone(aware.utcoffset() or dt.timedelta()), fold=0)


def shown(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The same moment as clocks in a zone show it."""
    return zoned(moment.astimezone(zone), zone)


def of_check(now: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime:
    """The moment of a check in the brand's zone: as stated, else the clock's."""
    return zoned(dt.datetime.now(zone) if now is None else now, zone)
