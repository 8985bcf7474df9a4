"""Lengths of time, and the deadlines that are lengths from now: 三天, 三天內, within 2 business days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from replylint.facts.slots.model import Found
from replylint.facts.slots.reading import Reading
from replylint.facts.slots.table import Endings, any_of, word_table
from replylint.source.spans import Span
from replylint.source.values import Deadline, Duration, DurationUnit

_HALF = Decimal("0.5")
_FIRST_YEAR = 1900  # 2026年 is a year, not a length of time
_NO_COUNT = ("第", ":", "/")  # 第三天 is the third day, 19:30 hrs a time of day
_DAY_OF_MONTH = "日"  # 25日 is a date unless 內 or 後 follows


class _Patterns(NamedTuple):
    unit_of: dict[str, DurationUnit]
    unit: re.Pattern[str]
    before: Endings
    after: re.Pattern[str]
    ago: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = word_table()
    unit_of: dict[str, DurationUnit] = {word: unit for unit, words in table["units"].items() for word in words}
    half = table["half"]
    return _Patterns(
        unit_of,
        re.compile(rf"(?P<half>(?: ?个)?{half})?(?: |-)?(?P<unit>{any_of(unit_of)})(?!年)(?P<more>{half})?"),
        Endings(f"{word} " for word in table["within_before"]),
        re.compile(rf" ?{any_of(table['within_after'])}"),
        re.compile(rf" ?{any_of(table['ago'])}"),
    )


def find_durations(reading: Reading) -> Iterator[Found]:
    """Each length of time, and the deadline that it makes with 內 or "within"."""
    for index in range(len(reading.numerals)):
        if length := _length(reading, index):
            yield from _with_bounds(reading, *length)
    for hit in reading.hits:
        if hit.topic == "duration":
            amount, unit = hit.value
            yield from _with_bounds(reading, Span(hit.start, hit.end), Duration(Decimal(str(amount)), unit))


def _length(reading: Reading, index: int) -> tuple[Span, Duration] | None:
    number = reading.numerals[index]
    match = _patterns().unit.match(reading.folded, number.end)
    if match is None or reading.before(number.start).endswith(_NO_COUNT):
        return None
    unit = _patterns().unit_of[match["unit"]]
    if unit == "year" and number.value >= _FIRST_YEAR:
        return None
    if match["unit"] == _DAY_OF_MONTH and not _patterns().after.match(reading.folded, match.end()):
        return None
    amount = number.value + (_HALF if match["half"] or match["more"] else 0)
    return Span(reading.range_start(index), match.end()), Duration(amount, unit)


def _with_bounds(reading: Reading, span: Span, length: Duration) -> Iterator[Found]:
    """三天前 ("three days ago") is neither a length ahead nor a deadline."""
    if _patterns().ago.match(reading.folded, span.end):
        return
    yield Found("duration", span, length)
    before = _patterns().before.find(reading.before(span.start))
    after = _patterns().after.match(reading.folded, span.end)
    if before or after:
        start = span.start - len(before) if before else span.start
        yield Found("deadline", Span(start, after.end() if after else span.end), Deadline(within=length))
