"""Typed values as a person writes them, in English or Chinese."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from replylint.source.messages import Lang
from replylint.source.names import section
from replylint.source.values import Deadline, Duration, Elapsed, Money, Percent, Stated, Value


def show(value: Value, lang: Lang) -> str:
    """A value as a person writes it."""
    match value:
        case Money(amount, currency):
            # What adds up from nothing has no currency.
            return f"{amount:,f} {section('units').spell(currency, lang)}".rstrip()
        case Percent(amount):
            return f"{amount:f}%"
        case Stated():
            return section("choices").spell(value.value, lang)
        case bool():
            return section("answers").spell("yes" if value else "no", lang)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return join(list(value), lang)
        case str():
            return value
    return _show_time(value, lang)


def _show_time(value: dt.datetime | Duration | Elapsed | Deadline, lang: Lang) -> str:
    match value:
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case Duration(amount, unit):
            return f"{amount:f} {_unit(amount, unit, lang)}"
        case Elapsed(start, end):
            return _elapsed(round((end - start) / dt.timedelta(minutes=1)), lang)
        case Deadline():
            return "—" if value.within is None else show(value.within, lang)


def _elapsed(minutes: int, lang: Lang) -> str:
    """A time that went by, in its two largest units: 2 days 3 hours."""
    days, rest = divmod(abs(minutes), 24 * 60)
    parts = [(days, "day"), (rest // 60, "hour"), (rest % 60, "minute")]
    first = next((i for i, (number, _) in enumerate(parts) if number), 2)
    shown = [f"{number} {_unit(Decimal(number), unit, lang)}" for number, unit in parts[first : first + 2] if number]
    return ("-" if minutes < 0 else "") + " ".join(shown or [f"0 {_unit(Decimal(0), 'minute', lang)}"])


def _unit(amount: Decimal, unit: str, lang: Lang) -> str:
    forms = section("units").spellings[unit][lang]
    return forms[1] if lang == "en" and amount == 1 and len(forms) > 1 else forms[0]


def join(words: list[str], lang: Lang) -> str:
    """Words as a list of the language."""
    return ("、" if lang == "zh" else ", ").join(words)
