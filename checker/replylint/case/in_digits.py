"""Amounts as people say them, written as files state them: 五百元 → 500元, 1.5萬 → 15000, 九折 → 10%.

Only where one value can be meant. 兩三百 and "five ten" stay as they are, and are told of as no amount.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from replylint.source.resources import grammar_table

_LONGEST = 40
_HUNDRED = 100
_SCALES = {"十": 10, "百": 100, "千": 1000, "萬": 10_000}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_SPELT = str.maketrans("〇兩两貳贰參叁叄陸陆壹弌肆伍柒捌玖拾佰仟万", "零二二二二三三三六六一一四五七八九十百千萬")
_D = "[一二三四五六七八九]"
_CHINESE = re.compile(
    rf"(?:(?:(?P<t>{_D})千)?(?P<z1>零?)(?:(?P<h>{_D})百)?(?P<z2>零?)(?:(?P<x>{_D}?)十)?(?P<d>{_D}?))"
)
"""A number under ten thousand; what it leaves out is looked at by `_under_ten_thousand`."""
_MIXED = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([十百千萬]|k(?![a-z]))", re.IGNORECASE)
_RUN = re.compile("[零一二三四五六七八九十百千萬]+")
_LATIN = re.compile(r"[a-z]+(?:(?: and |[ -])[a-z]+)*", re.IGNORECASE)


def in_digits(words: str) -> str:
    """Words with the number that stands in them in digits; as they are where there is none, or several may be meant."""
    if len(words) > _LONGEST:
        return words
    spelt = words.translate(_SPELT)
    mixed = _MIXED.search(spelt)
    if mixed:
        scaled = Decimal(mixed[1]) * (_SCALES.get(mixed[2]) or 1000)
        rest = spelt[mixed.end() :]
        several = _RUN.match(rest) or rest[:1].isdigit()
        return words if several else f"{spelt[: mixed.start()]}{scaled.normalize():f}{rest}"
    runs = list(_RUN.finditer(spelt))
    if len(runs) == 1 and not any(char.isdigit() and char.isascii() for char in spelt):
        value = _chinese(runs[0][0])
        return words if value is None else f"{spelt[: runs[0].start()]}{value}{spelt[runs[0].end() :]}"
    return words if runs else _english(words)


def share(words: str) -> str:
    """Words that state a share, with a sign: 九折 and 「打九折」 are 10%, as is "10% off"; 百分之十; half price."""
    if len(words) > _LONGEST:
        return words
    folded = words.casefold()
    table = grammar_table("values.yml")
    if folded in table["percents"]:
        return f"{table['percents'][folded]}%"
    for lead in table["percent_before"]:
        if words.startswith(lead):
            return f"{in_digits(words[len(lead) :])}%"
    if words.endswith(table["tenths_off"]):
        return _tenths_off(words.removesuffix(table["tenths_off"]).removeprefix("打")) or words
    bare = re.sub(r"(?<=[%t趴]) +off$", "", words, flags=re.IGNORECASE)
    sign = next((sign for sign in table["percent_after"] if bare.casefold().endswith(sign)), None)
    return f"{in_digits(bare[: -len(sign)].rstrip())}%" if sign else in_digits(bare)


def says_what_is_paid(words: str) -> bool:
    """Whether words state a share by what is left to pay, or as half price: 九折, 「打 85 折」, 半價."""
    table = grammar_table("values.yml")
    return words.strip().endswith(table["tenths_off"]) or words.strip().casefold() in table["percents"]


def _tenths_off(paid: str) -> str | None:
    """What is taken off where so many tenths are paid: 九 and 8.5 are tenths, 85 and 八五 hundredths."""
    spelt = paid.strip().translate(_SPELT)
    both = [_DIGITS.get(char, 0) for char in spelt]
    if re.fullmatch(rf"{_D}{{2}}", spelt) and both[1] != both[0] + 1:  # 七八折: from seven to eight tenths
        spelt = "".join(map(str, both))
    written = in_digits(spelt)
    if not re.fullmatch(r"[0-9]{1,2}(?:\.[0-9])?", written):
        return None
    number = Decimal(written)
    if number == 10:  # ten tenths, or ten hundredths
        return None
    paid_of_hundred = number if number >= 10 else number * 10  # two digits are hundredths
    return f"{(_HUNDRED - paid_of_hundred).normalize():f}%" if paid_of_hundred else None


def _chinese(run: str) -> int | None:
    """The value of Chinese numerals with scales, or of one digit."""
    upper, many, lower = run.rpartition("萬")
    high = _under_ten_thousand(upper) if many else 0
    low = _under_ten_thousand(lower, _SCALES["萬"] if many else 0) if lower else 0
    if high is None or low is None or (many and not high):
        return None
    return high * _SCALES["萬"] + low


def _under_ten_thousand(run: str, above: int = 0) -> int | None:
    """Its value, or None where it is written as nobody writes a number; `above` is the scale that stands before it."""
    match = _CHINESE.fullmatch(run)
    if match is None or not run or run in ("零", "零零"):
        return None
    parts = [(match[name] or "", scale) for name, scale in (("t", 1000), ("h", 100), ("x", 10), ("d", 1))]
    ten = "十" in run and not match["x"]
    value = sum(_DIGITS[digit] * scale for digit, scale in parts if digit) + (10 if ten else 0)
    last = next((scale for char, scale in reversed(_SCALES.items()) if char in run), above)
    bare_digit = bool(match["d"]) and last > 10 and "零" not in run  # 一千五 is 1500, 二十五 is 25
    return value + _DIGITS[match["d"]] * (last // 10 - 1) if bare_digit else value


@cache
def _number_words() -> Mapping[str, int]:
    table = grammar_table("values.yml")
    return {**table["numerals"], **table["scales"], "a": 1}


def _english(words: str) -> str:
    """Words with an English number in digits: TWD five hundred, two hundred and fifty dollars."""
    pieces = re.split(r"( and |[ -])", words)
    known = [i for i in range(0, len(pieces), 2) if pieces[i].casefold() in _number_words()]
    if not known or known != list(range(known[0], known[-1] + 1, 2)):
        return words
    value = _value([_number_words()[pieces[i].casefold()] for i in known])
    return words if value is None else "".join([*pieces[: known[0]], str(value), *pieces[known[-1] + 1 :]])


def _value(numbers: list[int]) -> int | None:
    """What number words come to, or None where they are no single number: five ten."""
    total, part, room, last = 0, 0, _HUNDRED, 0
    for number in numbers:
        if number < _HUNDRED:
            if number >= room or (last and last < _HUNDRED and number >= 10):  # twenty ten
                return None
            part, room = part + number, 10 if number >= 20 else 0  # twenty five, not twelve five
        elif not part or (number > _HUNDRED and total):
            return None
        elif number == _HUNDRED:
            part, room = part * number, number
        else:
            total, part, room = part * number, 0, number
        last = number
    return total + part
