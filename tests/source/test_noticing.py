"""A moment that notices is the moment it stands for, and nothing can be asked of it unnoticed."""

from __future__ import annotations

import copy
import datetime as dt
import operator
import pickle
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.source.moments import of_check
from replylint.source.noticing import Noticing, noticed

TAIPEI = ZoneInfo("Asia/Taipei")
AT = dt.datetime(2026, 11, 20, 10, tzinfo=TAIPEI)
OTHER = dt.datetime(2026, 11, 19, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ORDER = (operator.lt, operator.gt, operator.le, operator.ge, operator.eq, operator.ne)

QUESTIONS: dict[str, Callable[[Any], Any]] = {
    **{name: (lambda at, name=name: getattr(at, name)) for name in (
        "year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold")},
    **{name: (lambda at, name=name: getattr(at, name)()) for name in (
        "date", "time", "timetz", "timestamp", "toordinal", "weekday", "isoweekday", "isocalendar", "isoformat",
        "utcoffset", "tzname", "dst", "timetuple", "utctimetuple", "ctime", "astimezone", "replace")},
    "to a zone": lambda at: at.astimezone(dt.UTC), "later": lambda at: at + DAY, "a day and it": lambda at: DAY + at,
    "earlier": lambda at: at - DAY, "since": lambda at: at - OTHER, "until": lambda at: OTHER - at,
    **{each.__name__: (lambda at, each=each: each(at, OTHER)) for each in ORDER},
    **{f"other {each.__name__}": (lambda at, each=each: each(OTHER, at)) for each in ORDER},
    "the later": lambda at: max(at, OTHER) == at, "in order": lambda at: sorted([at, OTHER])[1] == at,
    "as text": str, "shown": repr, "in a sentence": lambda at: f"{at:%Y-%m-%d %H:%M}", "as a key": hash,
    "among keys": lambda at: at in {OTHER: 1}, "copied": copy.copy, "sent": lambda at: pickle.loads(pickle.dumps(at)),
}  # fmt: skip


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_whatever_is_asked_is_noticed_and_answered(question: str) -> None:
    moment = Noticing.of(AT)
    assert not noticed(moment)
    answer = QUESTIONS[question](moment)
    assert noticed(moment)
    assert answer == QUESTIONS[question](AT)
    assert not noticed(moment)


@given(st.datetimes(timezones=st.sampled_from([None, dt.UTC, TAIPEI, ZoneInfo("Europe/Berlin")])))
def test_what_is_worked_out_is_an_ordinary_moment(at: dt.datetime) -> None:
    moment = Noticing.of(at)
    assert (moment + dt.timedelta(), type(moment + dt.timedelta())) == (at, dt.datetime)
    assert (moment.replace(), moment.fold, moment.tzinfo) == (at, at.fold, at.tzinfo)


def test_of_an_ordinary_moment_nobody_knows() -> None:
    assert noticed(AT)


def test_a_moment_without_a_zone_is_the_brands() -> None:
    assert of_check(AT.replace(tzinfo=None), TAIPEI) == AT
    assert of_check(OTHER, TAIPEI).utcoffset() == dt.timedelta()
    assert of_check(None, TAIPEI).utcoffset() == dt.timedelta(hours=8)
