"""Numbers: 5,000, 5 000, 1.5萬, 5k, 五百, 伍仟, 一千五, five hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

_DIGITS: dict[str, int] = dict(
    zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两弌参", [0, 0, *range(1, 10), *range(1, 10), 2, 1, 3], strict=True)
)
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}
_LATIN_SCALES = {"k": 1000}
_CHINESE = "".join([*_DIGITS, *_SCALES])
# Bounded, so that a wall of digits stays cheap to read.
_NUMERAL = re.compile(
    rf"[0-9{_CHINESE.translate(dict.fromkeys(map(ord, '拾百佰千仟万亿')))}](?:"
    r"(?<=[0-9])(?:[0-9]{0,2}(?:(?:,[0-9]{3}){1,6}|(?: [0-9]{3}){1,6})(?![0-9])|[0-9]{0,30})(?:\.[0-9]{1,10})?"
    rf"(?: ?k(?![a-z])| ?[{''.join(_SCALES)}][{_CHINESE}0-9]{{0,16}})?"
    rf"|(?<=[{_CHINESE}])[{_CHINESE}]{{0,24}})"
)
_ARABIC = re.compile(r"[0-9,.]+(?: [0-9]{3})*")


class Numeral(NamedTuple):
    """A number and its place; `written` is as it stands, for numbers that are read digit by digit."""

    start: int
    end: int
    value: Decimal
    written: str


def find_numerals(folded: str, words: Sequence[tuple[int, int, tuple[str, int]]]) -> list[Numeral]:
    """All numbers of a folded text, in order. `words` are the places of English ones."""
    found = [Numeral(match.start(), match.end(), value_of(match[0]), match[0]) for match in _NUMERAL.finditer(folded)]
    if words:
        found += _in_english(folded, words)
        found.sort()
    return found


def value_of(written: str) -> Decimal:
    """The value of a number in digits, Chinese numerals or both."""
    arabic = _ARABIC.match(written)
    if arabic is None:
        return Decimal(chinese_value(written))
    value = Decimal(arabic[0].replace(",", "").replace(" ", ""))
    rest = written[arabic.end() :].lstrip()
    if rest in _LATIN_SCALES:
        return plain(value * _LATIN_SCALES[rest])
    for i, char in enumerate(rest):
        if not i and char not in _SCALES:
            return value  # 3百3五: digits of both scripts in a row
        if char not in _SCALES:
            return plain(value + _tail(rest[i:], _SCALES[rest[i - 1]]))
        value *= _SCALES[char]
    return plain(value) if rest else value


def plain(value: Decimal) -> Decimal:
    """A whole number without the decimals that multiplying left."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _tail(written: str, scale: int) -> Decimal:
    """What follows the scale: 3萬5 means five thousands, 3萬5千 says so."""
    return value_of(written) * (scale // 10 if len(written) == 1 and scale > 10 else 1)


def chinese_value(written: str) -> int:
    """The value of Chinese numerals: with scales (一千五 is 1500), or digit by digit (八五 is 85)"""
    if not any(char in _SCALES for char in written):
        # 「3百五3」 mixes both.
        digits: list[int] = [int(char) if char.isascii() else _DIGITS[char] for char in written]
        if len(digits) == 2 and 0 < digits[0] == digits[1] - 1:
            return digits[1]  # 兩三天, 五六個: a guess, of which the upper end counts
        return int("".join(map(str, digits)))
    total = section = digit = 0
    scale = 0
    zero = False
    for char in written:
        if char in _DIGITS:
            digit = _DIGITS[char]
            zero = zero or digit == 0
        elif (scale := _SCALES[char]) >= 10_000:
            total = (total + section + digit) * scale if total < scale else total + (section + digit) * scale
            section = digit = 0
            zero = False
        else:
            section += (digit or 1) * scale
            digit = 0
            zero = False
    if digit and scale > 10 and not zero:  # 一千五: the last digit counts in tenths of the last scale
        digit *= scale // 10
    return total + section + digit


def _in_english(folded: str, words: Sequence[tuple[int, int, tuple[str, int]]]) -> Iterator[Numeral]:
    """Runs of number words, joined by spaces, hyphens or "and"."""
    run: list[tuple[int, int, tuple[str, int]]] = []
    for word in words:
        if run and folded[run[-1][1] : word[0]] not in (" ", "-", " and "):
            yield from _english_value(folded, run)
            run = []
        run.append(word)
    yield from _english_value(folded, run)


def _english_value(folded: str, run: Sequence[tuple[int, int, tuple[str, int]]]) -> Iterator[Numeral]:
    if not run:
        return
    total = part = 0
    for _, _, (kind, value) in run:
        if kind == "numeral":
            part += value
        elif value == 100:
            part = (part or 1) * value
        else:
            total += (part or 1) * value
            part = 0
    start, end = run[0][0], run[-1][1]
    yield Numeral(start, end, Decimal(total + part), folded[start:end])
