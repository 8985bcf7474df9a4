"""Times of the day and the words that make a moment a deadline: 中午前, 下午三點半前, by noon, before 5 pm."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from replylint.facts.slots.model import Found
from replylint.facts.slots.numerals import chinese_value
from replylint.facts.slots.reading import Reading
from replylint.facts.slots.table import any_of, word_table
from replylint.source.spans import Span
from replylint.source.values import Deadline

_NOON = 12


class _Patterns(NamedTuple):
    time: re.Pattern[str]
    named: dict[str, str]
    afternoon: frozenset[str]
    before: re.Pattern[str]  # before a day: "by noon", "by"
    after: re.Pattern[str]  # after a day: 中午前, " at 3 pm"
    by_before: re.Pattern[str]
    by_after: re.Pattern[str]
    half_before: re.Pattern[str]
    evenings: frozenset[str]  # days that say which half of the day is meant: 今晚


@cache
def _patterns() -> _Patterns:
    table = word_table()
    half_of_day = any_of([*table["afternoon"], *table["morning"]])
    oclock = any_of(table["oclock"])
    time = (
        rf"(?:(?:{half_of_day} ?)?(?:[0-9]{{1,2}}:[0-9]{{2}}|[0-9]{{1,2}}(?= ?[ap]\.?m)"
        rf"|(?:[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}}) ?{oclock}{table['half']}?)(?: ?{half_of_day})?"
        rf"|{any_of(table['day_parts'])})"
    )
    by_before, by_after = any_of(table["by_before"]), any_of(table["by_after"])
    return _Patterns(
        re.compile(
            rf"(?P<lead>{half_of_day})? ?(?P<hour>[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
            rf"(?::(?P<minute>[0-9]{{2}})| ?{oclock}(?P<half>{table['half']})?)?(?: ?(?P<tail>{half_of_day}))?"
        ),
        dict(table["day_parts"]),
        frozenset(table["afternoon"]),
        re.compile(
            rf"(?:{by_before} )?(?:the )?(?:end of |end of day |close of business |eod |cob )?"
            rf"(?:(?P<time>{time}) (?:on )?)?$"
        ),
        re.compile(rf"(?: ?(?:的|at |by |before |around |in the |, )?(?P<time>{time}))?(?: ?{by_after})?"),
        re.compile(rf"(?:{by_before}|[于在]) ?(?:the )?(?P<lead>{half_of_day})?$"),
        re.compile(rf" ?{by_after}"),
        re.compile(rf"{half_of_day} ?$"),
        frozenset(table["evening_days"]),
    )


def moment(reading: Reading, start: int, end: int, day: Deadline) -> Found:
    """A day as a deadline, with the time of day and the words for "by" on either side."""
    before = _patterns().before.search(reading.before(start))
    after = _patterns().after.match(reading.folded, end)
    stated = next((m["time"] for m in (before, after) if m and m["time"]), None)
    at = time_of(stated) if stated else day.at
    if at is not None and at.hour < _NOON and reading.folded[start:end] in _patterns().evenings:
        at = at.replace(hour=at.hour + _NOON)
    span = Span(start - len(before[0]) if before else start, after.end() if after else end)
    return Found("deadline", span, replace(day, at=at))


def is_bounded(reading: Reading, found: Found, start: int, end: int) -> bool:
    """Whether words such as 前, 於 or "by" stand beside the day that a deadline was made of."""
    before = found.span.start < start or bool(_patterns().by_before.search(reading.before(start)))
    return (
        before
        or bool(_patterns().by_after.match(reading.folded, found.span.end))
        or (found.span.end > end and bool(_patterns().by_after.search(reading.folded[end : found.span.end])))
    )


def time_today(reading: Reading, start: int) -> Found | None:
    """A time without a day that something is to be done by: 三點前, by 5 pm."""
    patterns = _patterns()
    match = patterns.time.match(reading.folded, start)
    if match is None or not (match["minute"] or match.end() > match.end("hour")):
        return None
    lead = patterns.by_before.search(reading.before(start))
    after = patterns.by_after.match(reading.folded, match.end())
    if not after and not lead:
        return None
    half = patterns.half_before.search(reading.before(start))
    said_from = start - len(half[0]) if half else start
    at = time_of(reading.folded[said_from : match.end()])
    if at is None:
        return None
    begin = start - len(lead[0]) if lead else said_from
    return Found("deadline", Span(begin, after.end() if after else match.end()), Deadline(days=0, at=at))


def time_of(words: str) -> dt.time | None:
    """The time of day that words state."""
    patterns = _patterns()
    if named := patterns.named.get(words):
        return dt.time.fromisoformat(named)
    match = patterns.time.match(words)
    if match is None:
        return None
    hour = int(match["hour"]) if match["hour"].isascii() else chinese_value(match["hour"])
    if hour < _NOON and patterns.afternoon & {match["lead"], match["tail"]}:
        hour += _NOON
    minute = int(match["minute"] or (30 if match["half"] else 0))
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
