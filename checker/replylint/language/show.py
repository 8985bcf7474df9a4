"""Typed values as a person writes them, in English or Chinese."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from replylint.language.names import section
from replylint.source.messages import Lang
from replylint.source.values import Deadline, Duration, Money, Percent, Stated, Value


def show(value: Value, lang: Lang) -> str:
    """A value as a person writes it."""
    match value:
        case Money(amount, currency):
            return f"{amount:,f} {section('units').spell(currency, lang)}"
        case Percent(amount):
            return f"{amount:f}%"
        case Duration(amount, unit):
            return f"{amount:f} {_unit(amount, unit, lang)}"
        case Stated():
            return section("choices").spell(value.value, lang)
        case bool():
            return section("keywords").spell("yes" if value else "no", lang)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return join(list(value), lang)
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case Deadline():
            return "—" if value.within is None else show(value.within, lang)
    return value


def _unit(amount: Decimal, unit: str, lang: Lang) -> str:
    forms = section("units").spellings[unit][lang]
    return forms[1] if lang == "en" and amount == 1 and len(forms) > 1 else forms[0]


def join(words: list[str], lang: Lang) -> str:
    """Words as a list of the language."""
    return ("、" if lang == "zh" else ", ").join(words)
