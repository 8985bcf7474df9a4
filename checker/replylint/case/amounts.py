"""Amounts as files state them: money, shares, and the values of parameters that no table names; as in `convert`."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any

from replylint.case.convert import NUMBER, FieldError, bounded, name, plain, texts
from replylint.case.in_digits import in_digits, share
from replylint.case.limits import UNSTATED_CURRENCY
from replylint.source.names import section
from replylint.source.resources import grammar_table
from replylint.source.values import Money, Percent, Stated, Value

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
# Possessive, so that long texts stay linear.
_QUANTITY = re.compile(r"(?P<before>[^0-9]*+)(?P<number>[0-9][0-9,]*+(?:\.[0-9]+)?+)(?P<after>[^0-9]*)")


def money(value: Any, currency: str) -> Money | Stated | None:
    """An amount of money: `TWD 200`, `NT$1,200`, 「兩百元」, or a number in the given currency; `full`, 「全額」."""
    if isinstance(value, bool | list | dict):
        raise FieldError("not-money")
    if isinstance(value, int | Decimal):
        return Money(_positive(bounded(Decimal(value)), "not-money"), currency)
    words = plain(value)
    if not words:
        return None
    if words.lower() in _stated():
        return Stated(_stated()[words.lower()])
    found = _quantity(in_digits(words).removesuffix("整"))
    code = _one_currency(found[1], found[2], currency) if found else None
    if found is None or code is None:
        raise FieldError("not-money")
    return Money(found[0], code)


def _one_currency(before: str, after: str, default: str) -> str | None:
    """The currency that a sign before an amount, one behind it, or both name: 新台幣 500 元, NT$500; None for two."""
    if not (before and after):
        return _currency(before or after, default)
    one, other = _currency(before, ""), _currency(after, "")
    own = _of_the_contract(before) or _of_the_contract(after)
    return (one or other) if own or one == other else None


def currency_code(value: Any) -> str | None:
    """An ISO 4217 code, also from a sign or a name such as `NT$` or 「元」."""
    words = name(value)
    code = _currency(unicodedata.normalize("NFKC", words), UNSTATED_CURRENCY) if words else None
    if words and not code:
        raise FieldError("not-currency")
    return code


def percent(value: Any) -> Percent | None:
    """A share: `10%`, 「九折」, or a number out of a hundred, of which 0.5 may be half of one or half of all."""
    if isinstance(value, bool | list | dict):
        raise FieldError("not-percent")
    if isinstance(value, int | Decimal):
        return Percent(_of_hundred(_positive(bounded(Decimal(value)), "not-percent")))
    words = plain(value)
    found = _quantity(share(words)) if words else None
    if words and (found is None or found[1] or found[2].lower() not in ("", "%", "percent")):
        raise FieldError("not-percent")
    if found is None:
        return None
    return Percent(found[0] if found[2] else _of_hundred(found[0]))


def _of_hundred(bare: Decimal) -> Decimal:
    if 0 < bare < 1:
        raise FieldError("part-or-percent", bare=f"{bare:f}", whole=f"{(bare * 100).normalize():f}")
    return bare


def whatever(value: Any) -> Value | None:
    """The value of a parameter that no table names: money, percent, number, yes/no, several words, or words."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list | dict):
        return texts(value)
    if isinstance(value, int | Decimal):
        return bounded(Decimal(value))
    words = plain(value)
    if not words:
        return None
    if NUMBER.fullmatch(words):
        return bounded(Decimal(words))
    found = _quantity(words)
    if found and not found[1] and found[2] == "%":
        return Percent(found[0])
    code = _currency(found[1] or found[2], "") if found and bool(found[1]) != bool(found[2]) else None
    return Money(found[0], code) if found and code and _known_currency(found[1] or found[2]) else str(value).strip()


@cache
def _stated() -> dict[str, str]:
    wanted = {member.value for member in Stated}
    return {spelling: key for spelling, key in section("choices").canonical.items() if key in wanted}


@cache
def _currencies() -> dict[str, str]:
    # ISO 4217 codes are the keys of three capitals.
    return {spelling: key for spelling, key in section("units").canonical.items() if re.fullmatch("[A-Z]{3}", key)}


def _known_currency(words: str) -> bool:
    return words.lower() in _currencies()


def _currency(words: str, default: str) -> str | None:
    if not words or _of_the_contract(words):
        return default or None
    if words.lower() in _currencies():
        return _currencies()[words.lower()]
    return words if re.fullmatch("[A-Z]{3}", words) else None


def _of_the_contract(words: str) -> bool:
    """Whether 元, $ and the like stand with an amount, which are the contract's currency whichever that is."""
    return words.lower() in grammar_table("values.yml")["own_currency"]


def _quantity(words: str) -> tuple[Decimal, str, str] | None:
    """A number and what stands before and after it."""
    match = _QUANTITY.fullmatch(words)
    if match is None or not _GROUPED.fullmatch(match["number"]):
        return None
    return bounded(Decimal(match["number"].replace(",", ""))), match["before"].strip(), match["after"].strip()


def _positive(amount: Decimal, key: str) -> Decimal:
    if amount < 0:
        raise FieldError(key)
    return amount
