"""From what stands in a file to the typed values that rules compare.

Each function takes the value as the format gives it (text in YAML and CSV, also numbers and yes/no in JSON) and
returns a typed value, or None where nothing is stated, or raises `FieldError` with the key of the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from replylint.case.fields import SIDES
from replylint.case.limits import MAX_DIGITS
from replylint.source.names import section, yes_or_no
from replylint.source.problems import Said, Saying
from replylint.source.resources import grammar_table

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_AS_PICTURE = "\N{VARIATION SELECTOR-16}"
# What a spreadsheet shows for a formula that has no result.
_FORMULA_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|ERROR!)")
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
    if _FORMULA_ERROR.fullmatch(words.strip()):
        raise FieldError("formula-error")
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
        return bounded(Decimal(value))
    words = plain(value)
    if words and not NUMBER.fullmatch(words):
        raise FieldError("not-number")
    return bounded(Decimal(words)) if words else None


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
    return bounded(Decimal(words.replace(",", ""))) if words else None


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
    names = section("choices").canonical
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


def bounded(amount: Decimal) -> Decimal:
    """The number, unless it has more digits than anybody writes: FieldError."""
    if not amount.is_finite() or amount.adjusted() >= MAX_DIGITS or amount.adjusted() < -MAX_DIGITS * (amount != 0):
        raise FieldError("number-size")
    return amount


def plain(value: Any) -> str:
    """Words with full-width digits and signs made half-width; empty for nothing."""
    return "" if value is None else unicodedata.normalize("NFKC", str(value)).strip()
