"""Times as logs state them: exact, a day, or a range within which something was seen to happen."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from replylint.case import moments as case_moments
from replylint.case.convert import FieldError
from replylint.case.model import Field
from replylint.case.moments import moment
from replylint.sla.model import When
from replylint.source.moments import Between, in_day, stated

_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8}|\d{4}-W\d\d-\d")


def when(value: Any, zone: dt.tzinfo) -> tuple[When | None, bool]:
    """The moment that a log's cell states, and whether it states its time zone; None when the cell is empty.

    zone: of times that name none, the brand's. A date is the whole of its day there, and a time that comes twice, as
    the clock goes back, is either. Raises FieldError for what is no time, and for a range that ends before it begins.
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
    return _range(stated(found, zone)), found.tzinfo is not None


def _day(day: dt.datetime, zone: dt.tzinfo) -> When:
    return _range(in_day(day, zone))


def instant(moment: dt.datetime, zone: dt.tzinfo) -> When:
    """A moment that is known exactly; what is less than a second is left out."""
    seconds = _seconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    return When(seconds, seconds)


def of_field(field: Field, zone: dt.tzinfo) -> When | None:
    """The moment of a case's field, which is a whole day where its words name no time; None where it states none."""
    found = case_moments.of_field(field, zone)
    return None if found is None else _range(found)


def _range(moments: Between) -> When:
    return When(_seconds(moments.earliest), _seconds(moments.latest))


def _seconds(moment: dt.datetime) -> int:
    try:
        return int(moment.timestamp() // 1)
    except (OverflowError, ValueError):
        # The first and the last day that the calendar knows have no counterpart in other time zones.
        raise FieldError("not-moment") from None


def at(seconds: int, zone: dt.tzinfo) -> dt.datetime:
    """A moment for people, in a zone."""
    return dt.datetime.fromtimestamp(seconds, zone)
