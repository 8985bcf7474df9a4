"""Times as logs state them: exact, a day, or a range within which something was seen to happen."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from replylint.case.convert import FieldError
from replylint.case.moments import moment
from replylint.sla.model import When

_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8}|\d{4}-W\d\d-\d")
_DAY_SECONDS = 24 * 60 * 60


def when(value: Any, zone: dt.tzinfo) -> tuple[When | None, bool]:
    """The moment that a log's cell states, and whether it states its time zone; None when the cell is empty.

    zone: of times that name none, the brand's. A date is the whole of its day there. Raises FieldError for what is no
    time, and for a range that ends before it begins.
    """
    words = value.strip() if isinstance(value, str) else value
    if isinstance(words, str) and words.count("/") == 1:
        first, last = (_moment(part, zone) for part in words.split("/"))
        if first[0] is None or last[0] is None or first[0].earliest > last[0].latest:
            raise FieldError("not-moment")
        return When(first[0].earliest, last[0].latest), first[1] and last[1]
    return _moment(words, zone)


def _moment(words: Any, zone: dt.tzinfo) -> tuple[When | None, bool]:
    found = moment(words)
    if found is None:
        return None, True
    if isinstance(words, str) and _DAY.fullmatch(words.strip()):
        return _day(found, zone), True
    return instant(found, zone), found.tzinfo is not None


def _day(day: dt.datetime, zone: dt.tzinfo) -> When:
    start = _seconds(day.replace(tzinfo=zone))
    return When(start, start + _DAY_SECONDS - 1)


def instant(moment: dt.datetime, zone: dt.tzinfo) -> When:
    """A moment that is known exactly; what is less than a second is left out."""
    seconds = _seconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    return When(seconds, seconds)


def of_field(moment: dt.datetime, words: str, zone: dt.tzinfo) -> When:
    """The moment of a case's field, which is a whole day where its words name no time."""
    bare = moment.tzinfo is None and moment.time() == dt.time()
    return _day(moment, zone) if bare and ":" not in words else instant(moment, zone)


def _seconds(moment: dt.datetime) -> int:
    try:
        return int(moment.timestamp() // 1)
    except (OverflowError, ValueError):
        # The first and the last day that the calendar knows have no counterpart in other time zones.
        raise FieldError("not-moment") from None


def at(seconds: int, zone: dt.tzinfo) -> dt.datetime:
    """A moment for people, in a zone."""
    return dt.datetime.fromtimestamp(seconds, zone)
