"""Money, percent and plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from replylint.facts.slots.model import Found
from replylint.facts.slots.numerals import plain
from replylint.facts.slots.reading import Reading
from replylint.facts.slots.table import Endings, any_of, word_table
from replylint.source.spans import Span
from replylint.source.values import Money, Percent
from replylint.text.characters import is_cjk

_HUNDRED = Decimal(100)
_OFTEN_PARTS = frozenset("一十零〇")
_FEW = 10  # fewer pieces than this are pieces, not money
_BARE = 100  # a smaller number without a currency counts people, hours and nights


class _Patterns(NamedTuple):
    currency_of: dict[str, str | None]  # None: the contract's own
    currency_before: Endings
    currency_after: re.Pattern[str]
    pieces: frozenset[str]
    bare_before: Endings
    bare_after: re.Pattern[str]
    percent_after: re.Pattern[str]
    percent_before: Endings
    tenths_off: re.Pattern[str]
    tenths: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = word_table()
    currency_of: dict[str, str | None] = dict.fromkeys(table["own_currency"])
    currency_of |= {word: code for code, words in table["currencies"].items() for word in words}
    currency = any_of(currency_of)
    off, tenths = re.escape(table["tenths_off"]), re.escape(table["tenths"])
    return _Patterns(
        currency_of,
        Endings(currency_of),
        re.compile(rf" ?({currency})"),
        frozenset(table["pieces"]),
        Endings(table["bare_before"]),
        re.compile(rf" ?{any_of(table['bare_after'])}"),
        re.compile(rf" ?{any_of(table['percent_after'])}"),
        Endings(table["percent_before"]),
        re.compile(rf" ?{off}(?![{''.join(table['not_tenths_off'])}])"),
        re.compile(rf" ?{tenths}(?![{''.join(table['not_tenths'])}])"),
    )


def find_amounts(reading: Reading, currency: str) -> Iterator[Found]:
    """Money, percent and numbers; words such as 全額 and 半價 included. `currency` is meant by 元 and $."""
    for index in range(len(reading.numerals)):
        found = _percent(reading, index) or _money(reading, index, currency)
        if found:
            yield found
        yield from _number(reading, index)
    for hit in reading.hits:
        if hit.topic == "stated":
            yield Found("money", Span(hit.start, hit.end), hit.value)
        elif hit.topic == "percent":
            yield Found("percent", Span(hit.start, hit.end), Percent(Decimal(hit.value)))


def _money(reading: Reading, index: int, own: str) -> Found | None:
    patterns = _patterns()
    number = reading.numerals[index]
    start, end = reading.range_start(index), number.end
    ahead = reading.before(start)
    before = patterns.currency_before.find(ahead.rstrip(" :"))
    after = patterns.currency_after.match(reading.folded, end)
    if after and (
        (after[1] in patterns.pieces and number.value < _FEW) or _of_the_next(reading.folded, after)
    ):
        after = None
    if not before and not after:
        return _bare(reading, index, own)
    named = [patterns.currency_of[word] for word in (before, after and after[1]) if word]
    code = next((name for name in named if name), own)
    if before:
        start -= len(ahead) - len(ahead.rstrip(" :")) + len(before)
    return Found("money", Span(start, after.end() if after else end), Money(number.value, code))


def _of_the_next(folded: str, after: re.Match[str]) -> bool:
    """Whether a sign belongs to the number behind it: "two $10 vouchers", but not "300 元 2 張"."""
    return not is_cjk(after[1][0]) and folded[after.end() : after.end() + 2].lstrip(" ")[:1].isdigit()


def _bare(reading: Reading, index: int, own: str) -> Found | None:
    """Money without a sign, as its neighbours tell: "the 1,290 you paid", 「退您八千六」."""
    number, patterns = reading.numerals[index], _patterns()
    in_letters = number.written[0].isascii() and not number.written[0].isdigit()
    if number.value < _BARE or in_letters:
        return None
    if not patterns.bare_after.match(reading.folded, number.end):
        return None
    if not patterns.bare_before.find(reading.before(number.start).rstrip(" ")):
        return None
    return Found("money", Span(number.start, number.end), Money(number.value, own))


def _percent(reading: Reading, index: int) -> Found | None:
    patterns = _patterns()
    number = reading.numerals[index]
    start = reading.range_start(index)
    if after := patterns.percent_after.match(reading.folded, number.end):
        return Found("percent", Span(start, after.end()), Percent(number.value))
    if before := patterns.percent_before.find(reading.before(start)):
        return Found("percent", Span(start - len(before), number.end), Percent(number.value))
    if after := patterns.tenths_off.match(reading.folded, number.end):
        paid = number.value if number.value >= 10 else number.value * 10  # 九折 and 8.5折 count tenths, 85折 hundredths
        if 0 < paid < _HUNDRED:
            return Found("percent", Span(start, after.end()), Percent(plain(_HUNDRED - paid)))
    elif (after := patterns.tenths.match(reading.folded, number.end)) and number.value <= 10:
        return Found("percent", Span(start, after.end()), Percent(plain(number.value * 10)))
    return None


def _number(reading: Reading, index: int) -> Iterator[Found]:
    """A number as such; a lone Chinese 一 or 十 is more often part of a word (一定, 十分)."""
    number = reading.numerals[index]
    if number.written not in _OFTEN_PARTS:
        yield Found("number", Span(number.start, number.end), number.value)
