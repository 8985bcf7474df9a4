"""Moments by which something is to be done: 明天中午前, 下週三（11/25）前, by Friday, 立刻."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from replylint.facts.slots.clock import is_bounded, moment, time_today
from replylint.facts.slots.model import Found
from replylint.facts.slots.reading import Hit, Reading
from replylint.facts.slots.table import any_of, word_table
from replylint.source.spans import Span
from replylint.source.values import Deadline, Duration

_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
_DATE = (
    rf"(?:(?P<year>20[0-9]{{2}}) ?[/年.-] ?(?P<month>{_MONTH}) ?[/月.-] ?(?P<day>{_DAY})"
    rf"|(?P<month_only>{_MONTH}) ?[/月] ?(?P<day_only>{_DAY}))(?![0-9/]) ?[日号]?"
)


class _Patterns(NamedTuple):
    date: re.Pattern[str]
    date_in_brackets: re.Pattern[str]
    week_words: tuple[str, ...]
    weekday: re.Pattern[str]
    days_of_week: str
    week_next: re.Pattern[str]
    week_past: re.Pattern[str]
    weekday_before: re.Pattern[str]
    month_then_day: re.Pattern[str]
    day_then: re.Pattern[str]
    month_before: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = word_table()
    weeks, digits = any_of(table["week_words"]), table["week_digits"]
    return _Patterns(
        re.compile(rf"{_DATE}(?:\((?:{weeks})?[{digits}]\))?"),
        re.compile(rf" ?\({_DATE}\)"),
        tuple(table["week_words"]),
        re.compile(rf"([{digits}])(?! ?(?:至|到|~|-) ?(?:{weeks})?[{digits}])"),
        digits,
        re.compile(rf"{any_of(table['week_next'])}$"),
        re.compile(rf"(?:{any_of(table['week_past'])}|[0-9一二两三四五六七八九十几]|[{digits}] ?(?:至|到|~|-) ?)$"),
        re.compile(rf"{any_of(table['weekday_before'])} $"),
        re.compile(rf"\.? ({_DAY})(?:st|nd|rd|th)?(?![0-9:])(?:,? (20[0-9]{{2}}))?"),
        re.compile(rf"(?<![0-9])({_DAY})(?:st|nd|rd|th)?(?: of)? $"),
        re.compile(rf"{any_of(table['by_before'])} (?:the )?(?:{_DAY}(?:st|nd|rd|th)?(?: of)? )?$"),
    )


def find_deadlines(reading: Reading) -> Iterator[Found]:
    """Deadlines stated as a moment; those stated as a length (三天內) are found by `find_durations`.

    A period that ends at a moment unknown here (月底, next week) counts as a length: within the whole period. What
    names no time (盡快, soon) is no deadline.
    """
    for number in reading.numerals:
        found = _date(reading, number.start) or time_today(reading, number.start)
        if found:
            yield found
    for hit in reading.hits:
        found = _at_word(reading, hit)
        if found:
            yield found


def _at_word(reading: Reading, hit: Hit) -> Found | None:
    match hit.topic:
        case "now":
            return Found("deadline", Span(hit.start, hit.end), Deadline(within=Duration(Decimal(0), "minute")))
        case "day":
            return _day(reading, hit)
        case "day_part":
            return _part_of_today(reading, hit)
        case "weekday":
            before = _patterns().weekday_before.search(reading.before(hit.start))
            if before:
                later = "next" in before[0]
                day = Deadline(weekday=hit.value, next_week=later)
                return moment(reading, hit.start - len(before[0]), hit.end, day)
        case "week" | "period" | "week_end":
            return _week(reading, hit)
        case "month":
            return _english_date(reading, hit)
        case _:
            pass
    return None


def _day(reading: Reading, hit: Hit) -> Found | None:
    found = moment(reading, hit.start, hit.end, Deadline(days=hit.value))
    # 今天的餐點 speaks of a thing, 今天的下午 of a time.
    return None if reading.folded.startswith("的", found.span.end) else found


def _part_of_today(reading: Reading, hit: Hit) -> Found | None:
    """中午前 without a day is today's noon; 中午的餐點 is no deadline."""
    found = moment(reading, hit.start, hit.end, Deadline(days=0, at=dt.time.fromisoformat(hit.value)))
    return found if is_bounded(reading, found, hit.start, hit.end) else None


def _week(reading: Reading, hit: Hit) -> Found | None:
    """下週三 is a weekday, 下週 a period, 上週三 is over."""
    patterns = _patterns()
    if reading.folded[hit.start : hit.end].endswith(patterns.week_words):
        if day := patterns.weekday.match(reading.folded, hit.end):
            return _weekday(reading, hit, day.end(), min(patterns.days_of_week.index(day[1]), 6))
        if reading.folded[hit.end : hit.end + 1] in set(patterns.days_of_week):
            return None
    if hit.topic == "period":
        amount, unit = hit.value
        return moment(reading, hit.start, hit.end, Deadline(within=Duration(Decimal(amount), unit)))
    return moment(reading, hit.start, hit.end, Deadline(weekday=hit.value)) if hit.topic == "week_end" else None


def _weekday(reading: Reading, hit: Hit, end: int, weekday: int) -> Found | None:
    """A weekday, or the date given with it: 下週三(11/25)前."""
    patterns = _patterns()
    if hit.topic == "week" and patterns.week_past.search(reading.before(hit.start)):
        return None
    ahead = patterns.week_next.search(reading.before(hit.start))
    start = hit.start - (len(ahead[0]) if ahead else 0)
    later = reading.folded[start : hit.end].startswith("下")
    if date := patterns.date_in_brackets.match(reading.folded, end):
        return moment(reading, start, date.end(), _deadline(date))
    return moment(reading, start, end, Deadline(weekday=weekday, next_week=later))


def _date(reading: Reading, start: int) -> Found | None:
    """A date in figures, when something is to be done by or on it: most dates in replies are of visits."""
    if reading.folded[start - 1 : start] in ("/", "."):
        return None
    match = _patterns().date.match(reading.folded, start)
    if match is None:
        return None
    found = moment(reading, start, match.end(), _deadline(match))
    return found if is_bounded(reading, found, start, match.end()) else None


def _deadline(date: re.Match[str]) -> Deadline:
    year = int(date["year"]) if date["year"] else None
    return Deadline(date=(year, int(date["month"] or date["month_only"]), int(date["day"] or date["day_only"])))


def _english_date(reading: Reading, hit: Hit) -> Found | None:
    patterns = _patterns()
    before = patterns.month_before.search(reading.before(hit.start))
    if before is None:
        return None
    start = hit.start - len(before[0])
    if first := patterns.day_then.search(reading.before(hit.start)):
        return Found("deadline", Span(start, hit.end), Deadline(date=(None, hit.value, int(first[1]))))
    if after := patterns.month_then_day.match(reading.folded, hit.end):
        year = int(after[2]) if after[2] else None
        return Found("deadline", Span(start, after.end()), Deadline(date=(year, hit.value, int(after[1]))))
    return None
