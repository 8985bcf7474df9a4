"""From what stands in a file to the typed values that rules compare.

Each function takes the value as the format gives it (text in YAML and CSV, also numbers and yes/no in JSON) and
returns a typed value, or None where nothing is stated, or raises `FieldError` with the key of the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from replylint.case.fields import SIDES
from replylint.case.in_digits import in_digits, share
from replylint.case.limits import MAX_DIGITS, UNSTATED_CURRENCY
from replylint.case.spellings import names_by_spelling, yes_or_no
from replylint.source.problems import Said, Saying
from replylint.source.resources import grammar_table
from replylint.source.values import Money, Percent, Stated, Value

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
# Possessive, so that long texts stay linear.
_QUANTITY = re.compile(r"(?P<before>[^0-9]*+)(?P<number>[0-9][0-9,]*+(?:\.[0-9]+)?+)(?P<after>[^0-9]*)")
_AS_PICTURE = "\N{VARIATION SELECTOR-16}"
_STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}


class FieldError(ValueError):
    """The value is not what the field holds; carries the key of the sentence that says so."""

    def __init__(self, key: str, **values: Saying):
        self.key, self.values = f"case.{key}", values
        super().__init__(key)


def text(value: Any) -> str | None:
    """Words; a number counts as its digits, blanks as nothing."""
    if isinstance(value, bool | list | dict):
        raise FieldError("not-text")
    if value is None:
        return None
    words = str(value)
    return words if words.strip() else None


def name(value: Any) -> str | None:
    """Words without blanks around them."""
    words = text(value)
    return words.strip() if words else None


def number(value: Any) -> Decimal | None:
    """A number, also one written as text."""
    if isinstance(value, bool | list | dict):
        raise FieldError("not-number")
    if isinstance(value, int | Decimal):
        return _bounded(Decimal(value))
    words = plain(value)
    if words and not _NUMBER.fullmatch(words):
        raise FieldError("not-number")
    return _bounded(Decimal(words)) if words else None


def rating(value: Any) -> Decimal | None:
    """Stars from 1 to 5, as a number, drawn, in words, or as the Business Profile API spells them."""
    if isinstance(value, str) and value.strip().upper() in _STARS:
        return Decimal(_STARS[value.strip().upper()])
    if value == "STAR_RATING_UNSPECIFIED":
        return None
    try:
        stars = _stars(value) if isinstance(value, str) else None
        stars = number(value) if stars is None else stars
    except FieldError:
        raise FieldError("not-rating") from None
    if stars is not None and not 1 <= stars <= 5:
        raise FieldError("rating-range", found=plain(value))
    return stars


def _stars(value: str) -> Decimal | None:
    """Stars that are drawn, or counted as people write it: ★★☆☆☆, 「五顆星」, `4/5`; None for everything else."""
    table = grammar_table("values.yml")["rating"]
    words = plain(value).replace(_AS_PICTURE, "").lower()
    if words and set(words) <= {*table["full"], *table["empty"]}:
        return Decimal(sum(sign in table["full"] for sign in words))
    behind = next((ending for ending in table["behind"] if words.endswith(ending)), "")
    words = words.removesuffix(behind).strip()
    if words in table["numerals"]:
        return Decimal(table["numerals"][words])
    return number(words) if behind else None


def count(value: Any) -> Decimal | None:
    """A whole number that is not negative, also with commas between its thousands."""
    words = plain(value) if not isinstance(value, bool | list | dict) else "?"
    if words and not re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+", words):
        raise FieldError("not-number-of")
    return _bounded(Decimal(words.replace(",", ""))) if words else None


def yesno(value: Any) -> bool | None:
    """Yes or no, as the format has it or in words."""
    if isinstance(value, bool):
        return value
    words = "?" if isinstance(value, list | dict) else plain(value).lower()
    if not words:
        return None
    found = yes_or_no().get(words)
    if found is None:
        raise FieldError("not-yesno")
    return found


def money(value: Any, currency: str) -> Money | Stated | None:
    """An amount of money: `TWD 200`, `NT$1,200`, 「兩百元」, or a number in the given currency; `full`, 「全額」."""
    if isinstance(value, bool | list | dict):
        raise FieldError("not-money")
    if isinstance(value, int | Decimal):
        return Money(_positive(_bounded(Decimal(value)), "not-money"), currency)
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
        return Percent(_of_hundred(_positive(_bounded(Decimal(value)), "not-percent")))
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


def choice(value: Any, choices: Mapping[str, str]) -> str | None:
    """One of several words; `choices` leads from each spelling to the word that rules use."""
    words = name(value)
    if words is None:
        return None
    found = choices.get(words.lower())
    if found is None:
        known = dict.fromkeys(choices.values())
        raise FieldError("not-choice", choices=tuple(_in_both(name, choices) for name in known))
    return found


def _in_both(name: str, choices: Mapping[str, str]) -> Saying:
    """A choice as it is called in either language."""
    chinese = next((word for word, of in choices.items() if of == name and not word.isascii()), name)
    return Said("case.word", {"en": name, "zh": chinese})


def side(value: Any) -> str | None:
    """Whose message it was: the customer's or the brand's."""
    names = names_by_spelling("choices")
    return choice(value, {word: name for word, name in names.items() if name in SIDES})


def texts(value: Any) -> tuple[str, ...] | None:
    """Several words: a list, a single text, or the names and values of a mapping."""
    if value is None or value is False:
        return None
    if isinstance(value, dict):
        value = [f"{key}: {text(inner) or ''}" for key, inner in value.items()]
    parts = [name(part) for part in value] if isinstance(value, list) else [name(value)]
    found = tuple(part for part in parts if part)
    return found or None


def whatever(value: Any) -> Value | None:
    """The value of a parameter that no table names: money, percent, number, yes/no, several words, or words."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list | dict):
        return texts(value)
    if isinstance(value, int | Decimal):
        return _bounded(Decimal(value))
    words = plain(value)
    if not words:
        return None
    if _NUMBER.fullmatch(words):
        return _bounded(Decimal(words))
    found = _quantity(words)
    if found and not found[1] and found[2] == "%":
        return Percent(found[0])
    code = _currency(found[1] or found[2], "") if found and bool(found[1]) != bool(found[2]) else None
    return Money(found[0], code) if found and code and _known_currency(found[1] or found[2]) else str(value).strip()


@cache
def _stated() -> dict[str, str]:
    wanted = {member.value for member in Stated}
    return {spelling: key for spelling, key in names_by_spelling("choices").items() if key in wanted}


@cache
def _currencies() -> dict[str, str]:
    # ISO 4217 codes are the keys of three capitals.
    return {spelling: key for spelling, key in names_by_spelling("units").items() if re.fullmatch("[A-Z]{3}", key)}


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
    return _bounded(Decimal(match["number"].replace(",", ""))), match["before"].strip(), match["after"].strip()


def _bounded(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount.adjusted() >= MAX_DIGITS or amount.adjusted() < -MAX_DIGITS * (amount != 0):
        raise FieldError("number-size")
    return amount


def _positive(amount: Decimal, key: str) -> Decimal:
    if amount < 0:
        raise FieldError(key)
    return amount


def plain(value: Any) -> str:
    """Words with full-width digits and signs made half-width; empty for nothing."""
    return "" if value is None else unicodedata.normalize("NFKC", str(value)).strip()
