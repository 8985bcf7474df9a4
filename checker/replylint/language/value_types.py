"""The types of values: what fits what, what comes of two of them, and how a person is told of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import get_args

from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.in_digits import in_digits
from replylint.language.mistakes import slips
from replylint.source.names import section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location
from replylint.source.values import Duration, DurationUnit, Money, Percent, Value

_DURATIONS: Mapping[str, DurationUnit] = {unit: unit for unit in get_args(DurationUnit)}
WORDS = {"text", "texts", "choice"}
MEASURED = {"money", "percent", "duration", "count"}
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,.]*[ \t\u3000]*(?P<unit>[%％]|[^\W\d]*(?: [^\W\d]+)?)")
# Values that an amount of money can have besides a number.
STATED = ("full", "unlimited")
# What is told as an example where the writer has written no number.
_EXAMPLES: Mapping[r.ValueType, str] = {"money": "500", "percent": "10"}

_RESULTS: Mapping[tuple[s.Sign, r.ValueType, r.ValueType], r.ValueType] = {
    **{(sign, kind, kind): kind for sign in ("plus", "minus") for kind in ("money", "count", "percent", "duration")},
    ("plus", "datetime", "duration"): "datetime",
    ("minus", "datetime", "duration"): "datetime",
    ("minus", "datetime", "datetime"): "duration",
    ("times", "count", "count"): "count",
    **{("times", kind, "count"): kind for kind in ("money", "percent", "duration")},
    ("times", "money", "percent"): "money",
}
"""What comes of two operands; sums and products also the other way round."""


def result_of(sign: s.Sign, left: r.ValueType, right: r.ValueType) -> r.ValueType | None:
    """The type of `left sign right`, or None when the two cannot be joined so."""
    turned = _RESULTS.get((sign, right, left)) if sign != "minus" else None
    return _RESULTS.get((sign, left, right), turned)


def plain_number(text: str) -> str | None:
    """A text as a number with its unit, if it is nothing else; None otherwise."""
    found = _NUMBER.fullmatch(text.strip())
    known = found is not None and (not found["unit"] or section("units").find(found["unit"]) is not None)
    return text.strip() if known else None


def not_a_value(where: Location, wanted: r.ValueType) -> Problem:
    """Words that stand where a value of another type is wanted."""
    if wanted == "datetime" and where.words.casefold() in slips.listed("weekdays"):
        return Problem("language.day-of-week", where, {"words": where.words})
    if near := in_digits(where.words):
        return Problem("language.not-in-digits", where, {"words": where.words, "near": near})
    values: dict[str, Saying] = {"words": where.words, "type": type_said(wanted), "example": example(wanted)}
    return Problem("language.not-a-value", where, values)


def example(wanted: r.ValueType, written: s.Operand | None = None) -> Said:
    """How a value of a type is written, with the number that was written where it lacks nothing but a unit."""
    number = _EXAMPLES.get(wanted, "3")
    if isinstance(written, s.Number) and written.unit is None:
        share = wanted == "percent" and written.amount < 1
        number = f"{(100 * written.amount).normalize() if share else written.amount:,f}"
    return Said(f"language.example-{wanted}", {"number": number})


def could_be(wanted: r.ValueType, node: s.Operand) -> bool:
    """Whether a written value can be one of the type."""
    if wanted in WORDS:
        return not isinstance(node, s.Truth)
    if wanted == "yesno":
        return isinstance(node, s.Truth)
    if wanted == "datetime":
        return isinstance(node, s.Quoted) and _is_moment(node.value)
    if wanted == "money" and isinstance(node, s.Word):
        return node.name in STATED
    if wanted == "money" and isinstance(node, s.Number) and node.unit is None:
        return True  # in the currency of the contract, as in drafts
    return isinstance(node, s.Number) and typed_number(node)[0] == wanted


def _is_moment(text: str) -> bool:
    try:
        return bool(dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def typed_number(node: s.Number) -> tuple[r.ValueType, Value]:
    """A number with its unit as a typed value."""
    if node.unit is not None and node.unit in _DURATIONS:
        return "duration", Duration(node.amount, _DURATIONS[node.unit])
    if node.unit == "percent":
        return "percent", Percent(node.amount)
    if node.unit in (None, "characters"):
        return "count", node.amount
    return "money", Money(node.amount, node.unit)


def type_of_value(value: Value) -> r.ValueType:
    """The type of a value of a table."""
    match value:
        case Money():
            return "money"
        case Percent():
            return "percent"
        case Duration():
            return "duration"
        case str():
            return "text"
    return "count"


def fits(left: r.ValueType, right: r.ValueType) -> bool:
    """Whether values of two types can be compared."""
    return left == right or (left in WORDS and right in WORDS)


def type_said(name: r.ValueType) -> Said:
    """A type as a person would say it."""
    return Said(f"language.type-{name}")
