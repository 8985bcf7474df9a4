"""Several pieces of one amount: 兩張 100 元, 100 元抵用券 2 張, three vouchers of $10, 2 x $10."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from replylint.facts.slots.model import Found
from replylint.facts.slots.numerals import Numeral
from replylint.facts.slots.reading import Reading
from replylint.facts.slots.table import Endings, any_of, word_table
from replylint.source.values import Money

_REACH = 40  # how far from an amount its number of pieces may stand
_MOST = 999


class _Patterns(NamedTuple):
    ordinals: Endings
    altogether: re.Pattern[str]
    counted: re.Pattern[str]  # between the number of pieces and the amount
    named: re.Pattern[str]  # the same, where the amount tells the pieces apart: two $10 vouchers
    notes: re.Pattern[str]
    behind: re.Pattern[str]  # between the amount and the number of pieces
    measured: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = word_table()
    measures, notes, times, each = (any_of(table[name]) for name in ("measures", "notes", "times", "each_before"))
    each = rf"[ ,(]{{0,2}}{each}"
    return _Patterns(
        Endings(table["ordinals"]),
        re.compile(rf"[^.。!?]{{0,12}}?{any_of(table['altogether'])}"),
        re.compile(rf" ?{measures}(?:{each})? ?| ?(?:{measures})? ?{notes}{each} ?| ?{times} ?"),
        re.compile(" "),
        re.compile(rf" ?的? ?{notes}"),
        re.compile(rf"(?: ?的? ?{notes})? ?(?P<times>{times})? ?"),
        re.compile(rf" ?{measures}"),
    )


def in_pieces(reading: Reading, values: Iterable[Found]) -> Iterator[Found]:
    """The values, each amount as often as its text says; the place stays that of the amount."""
    starts = [number.start for number in reading.numerals]
    ends = [number.end for number in reading.numerals]
    for found in values:
        if found.kind == "money" and isinstance(found.value, Money):
            before = bisect_right(ends, found.span.start) - 1
            after = bisect_left(starts, found.span.end)
            pieces = _ahead(reading, before, found) or _behind(reading, after, found)
            if pieces:
                found = found._replace(value=replace(found.value, amount=found.value.amount * int(pieces.value)))
        yield found


def _ahead(reading: Reading, index: int, money: Found) -> Numeral | None:
    if index < 0 or not _counts(number := reading.numerals[index], reading):
        return None
    start, patterns = money.span.start, _patterns()
    if start - number.end > _REACH or patterns.altogether.match(reading.folded, money.span.end):
        return None
    if patterns.counted.fullmatch(reading.folded, number.end, start):
        return number
    between = patterns.named.fullmatch(reading.folded, number.end, start)
    return number if between and patterns.notes.match(reading.folded, money.span.end) else None


def _behind(reading: Reading, index: int, money: Found) -> Numeral | None:
    if index >= len(reading.numerals) or not _counts(number := reading.numerals[index], reading):
        return None
    if number.start - money.span.end > _REACH:
        return None
    patterns = _patterns()
    between = patterns.behind.fullmatch(reading.folded, money.span.end, number.start)
    measured = patterns.measured.match(reading.folded, number.end)
    return number if between and (measured or between["times"]) else None


def _counts(number: Numeral, reading: Reading) -> bool:
    whole = number.value == number.value.to_integral_value() and 1 < number.value <= _MOST
    return whole and not _patterns().ordinals.find(reading.before(number.start).rstrip(" "))
