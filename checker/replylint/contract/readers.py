"""From the words of a contract's value to a typed value: `TWD 500`, `10 %`, `1 business day`, `09:00-18:00`.

Names of units and currencies are those of `grammar/names.yml`. Each reader gives None for words it cannot read.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from replylint.source.names import section, yes_or_no
from replylint.source.values import Duration, DurationUnit, Money, Percent, Value

Ranges = tuple[tuple[int, int], ...]
"""Opening times of one day: pairs of minutes since midnight, ascending, each start before its end.

The last end lies beyond 24 × 60 where hours run past midnight.
"""

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
_PERIOD = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~]\s*(\d{1,2}):(\d{2})")
_WHOLE_DAY = 24 * 60
_LONGEST_NIGHT = 16 * 60
"""Hours past midnight that are longer are taken for a slip: who writes `9:00-6:00` mostly means the afternoon."""

_DURATION_UNITS: tuple[DurationUnit, ...] = (
    "minute", "hour", "day", "business_day", "business_hour", "week", "month", "year",
)  # fmt: skip


def money(text: str) -> Money | None:
    """`TWD 500`, `NT$3,000`, `500 元`: the currency may stand on either side and may not be left out."""
    names = _currencies()
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    match = re.fullmatch(rf"(?:({either})\s*)?{_NUMBER}(?:\s*({either}))?", _folded(text))
    if not match or bool(match[1]) == bool(match[4]):
        return None
    return Money(_decimal(match[2], match[3]), names[match[1] or match[4]])


def percent(text: str) -> Percent | None:
    """`10%`, `10 percent`."""
    match = re.fullmatch(rf"{_NUMBER}\s*(?:%|percent)", _folded(text))
    return Percent(_decimal(match[1], match[2])) if match else None


def duration(text: str) -> Duration | None:
    """`30 minutes`, `1 business day`, `3 個工作天`."""
    match = re.fullmatch(rf"{_NUMBER}(\D+)", _folded(text))
    unit = _units().get(match[3].strip()) if match else None
    return Duration(_decimal(match[1], match[2]), unit) if match and unit else None


def count(text: str) -> Decimal | None:
    """A whole number, with `characters` or 字 after it if wanted."""
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\s*(?:characters?|個?字))?", _folded(text))
    return _decimal(match[1]) if match else None


def yesno(text: str) -> bool | None:
    """Yes or no, in English, Chinese, or as YAML writes it."""
    return yes_or_no().get(_folded(text))


def hours(text: str) -> Ranges | None:
    """`09:00-18:00`, `09:00-12:00, 13:30-18:00`, up to `24:00` or past it, `18:00-02:00`; `closed` or 公休 is ()."""
    folded = _folded(text)
    if folded in ("closed", "公休", "休息", "休"):
        return ()
    ranges = []
    for part in re.split("[,、;]", folded):
        match = _PERIOD.fullmatch(part.strip())
        if not match:
            return None
        start, end = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if start is None or end is None:
            return None
        ranges.append((start, end + _WHOLE_DAY if end < start else end))
    return tuple(ranges)


def in_order(ranges: Ranges) -> bool:
    """Whether each period ends after it starts, past midnight within reason, and the periods follow one another."""
    flat = [minute for period in ranges for minute in period]
    return flat == sorted(flat) and all(a < b and (b <= _WHOLE_DAY or b - a <= _LONGEST_NIGHT) for a, b in ranges)


def every_day(ranges: Ranges) -> Ranges:
    """Hours that hold on every day, as the minutes of one day: what runs past midnight also opens it."""
    parts = (part for a, b in ranges for part in ((a, min(b, _WHOLE_DAY)), (0, b - _WHOLE_DAY)))
    return tuple(sorted((a, b) for a, b in parts if a < b))


def date(text: str) -> dt.date | None:
    """`2026-12-31`."""
    try:
        return dt.date.fromisoformat(_folded(text)) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", _folded(text)) else None
    except ValueError:
        return None


def moment(text: str) -> dt.datetime | None:
    """`2026-11-21T18:00+08:00`, or without a zone in the brand's."""
    words = _folded(text).upper()
    try:
        return dt.datetime.fromisoformat(words) if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", words) else None
    except ValueError:
        return None


def type_name(text: str) -> str | None:
    """The type of an action's parameter: `money`, 「金額」."""
    return type_names().get(_folded(text))


@cache
def type_names() -> Mapping[str, str]:
    """Every spelling of a parameter's type, with its name."""
    return {_folded(spelling): name for spelling, name in section("types").canonical.items()}


def _text(text: str) -> str:
    return text.strip()


def _matching(pattern: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern)
    return lambda text: text.strip() if compiled.fullmatch(text.strip()) else None


def _hours_text(text: str) -> str | None:
    return None if hours(text) is None else text.strip()


def _duty_text(text: str) -> str | None:
    return _folded(text) if _folded(text) in ("always", "business hours") else _hours_text(text)


def _counting_text(text: str) -> str | None:
    return _folded(text) if _folded(text) in ("always", "business hours", "cover hours") else None


def _warning(text: str) -> Percent | Duration | None:
    share = percent(text)
    return duration(text) if share is None or share.amount > 100 else share


def _any_value(text: str) -> Value:
    """Whatever a table holds: money, a percentage, a length of time, a number, else words."""
    found = (reader(text) for reader in (money, percent, duration, count))
    return next((value for value in found if value is not None), text.strip())


READERS: Mapping[str, Callable[[str], Value | None]] = {
    "money": money,
    "percent": percent,
    "duration": duration,
    "count": count,
    "yesno": yesno,
    "text": _text,
    "hours": _hours_text,
    "duty": _duty_text,
    "counting": _counting_text,
    "warning": _warning,
    "email": _matching(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "phone": _matching(r"\+?[\d(][\d\s()#*-]{2,}\d"),
    "type": type_name,
    "value": _any_value,
    "moment": lambda text: text.strip() if moment(text) else None,
    "date": lambda text: text.strip() if date(text) else None,
    "url": _matching(r"(https?://)?[\w-]+(\.[\w-]+)+(/\S*)?"),
}
"""How each form of value is read; forms that name something (a role, a zone) are read as text and looked up later."""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _decimal(whole: str, fraction: str | None = None) -> Decimal:
    return Decimal(whole.replace(",", "") + (fraction or ""))


def _minutes(hour: str, minute: str) -> int | None:
    total = int(hour) * 60 + int(minute)
    return total if int(minute) < 60 and total <= _WHOLE_DAY else None


def currencies() -> tuple[str, ...]:
    """The codes of all currencies in which amounts can be read."""
    return tuple(dict.fromkeys(_currencies().values()))


@cache
def _currencies() -> dict[str, str]:
    return {name: code for code in section("units").spellings if code.isupper() for name in _spellings(code)}


@cache
def _units() -> dict[str, DurationUnit]:
    return {name: unit for unit in _DURATION_UNITS for name in _spellings(unit)}


def _spellings(unit: str) -> list[str]:
    return [_folded(name) for forms in section("units").spellings[unit].values() for name in forms]
