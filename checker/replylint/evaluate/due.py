"""By when something planned will be done: a length of time, or a moment as files and people write it."""

from __future__ import annotations

import datetime as dt

from replylint.case.convert import FieldError
from replylint.case.moments import moment
from replylint.contract.readers import duration
from replylint.source.moments import zoned
from replylint.source.values import Deadline, Duration


def due(words: str, zone: dt.tzinfo) -> Duration | Deadline | None:
    """`3 business days`, `2026-11-22T10:00`, 「明天中午前」; None for what tells no time.

    zone: the brand's. A moment that names none is meant there, one that names another is brought there.
    """
    return duration(words) or _written(words, zone) or _said(words)


def _written(words: str, zone: dt.tzinfo) -> Deadline | None:
    """A date, until whose end of business there is time, or a moment; None for what people say otherwise."""
    try:
        found = moment(words)
    except FieldError as mistake:
        if mistake.key == "case.not-moment":
            return None
        raise
    if found is None:
        return None
    bare = found.tzinfo is None and found.time() == dt.time() and ":" not in words
    there = found if bare else zoned(found, zone).astimezone(zone)
    return Deadline(date=(there.year, there.month, there.day), at=None if bare else there.time())


def _said(words: str) -> Deadline | Duration | None:
    """What all of the words say as a reply would say it: 「三天內」, "by Friday"."""
    # Loaded late: most plans state a length of time, and reading texts takes long to load.
    from replylint.facts.slots import find_slots
    from replylint.text.pipeline import read

    text = read(words)
    whole = (found.value for found in find_slots(text) if found.span.length == len(text.folded))
    return next((value for value in whole if isinstance(value, Deadline | Duration)), None)
