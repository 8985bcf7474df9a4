"""Moments as everything reckons with them: each with its own distance from UTC.

Two moments of one zone are compared, and subtracted, by what its wall clock shows, which is an hour off in the night in
which the clocks change. A moment that carries a fixed distance from UTC shows the same and is reckoned with truly.
"""

from __future__ import annotations

import datetime as dt


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
