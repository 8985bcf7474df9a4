"""Values in messages, in the language of the sentence they stand in."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from replylint.evaluate.situation import Situation
from replylint.language.names import kinds, section
from replylint.language.rules import FieldRef, Operand, Template
from replylint.source.messages import Lang
from replylint.source.values import Deadline, Duration, Money, Percent, Stated, Value

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KINDS = {"review.issues": "issue", "review.allegations": "allegation"}


def fill(template: Template, situation: Situation) -> str:
    """A message with its values; a value that is not known is shown as a dash."""
    lang: Lang = "zh" if any(isinstance(part, str) and _CHINESE.search(part) for part in template) else "en"
    return "".join(p if isinstance(p, str) else _operand(p, situation, lang) for p in template)


def _operand(operand: Operand, situation: Situation, lang: Lang) -> str:
    value = situation.value(operand)
    if value is None or value == ():
        return "—"
    if isinstance(operand, FieldRef) and operand.path in _KINDS and isinstance(value, tuple):
        names = kinds(_KINDS[operand.path])
        return _join([names.spell(kind, lang) for kind in value], lang)
    return show(value, lang)


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
            return _join(list(value), lang)
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case Deadline():
            return "—" if value.within is None else show(value.within, lang)
    return value


def _unit(amount: Decimal, unit: str, lang: Lang) -> str:
    forms = section("units").spellings[unit][lang]
    return forms[1] if lang == "en" and amount == 1 and len(forms) > 1 else forms[0]


def _join(words: list[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(words)
