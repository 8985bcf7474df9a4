"""Names and values as they are written: words, paths, numbers, texts, and what is reckoned from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from replylint.source.spans import Span

if TYPE_CHECKING:
    from replylint.language.nodes.conditions import Counted


@dataclass(frozen=True)
class Word:
    """A name. `name` is canonical where the table knows it in this position, else as written."""

    name: str
    span: Span = field(compare=False)
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Path:
    """A dotted name: a field of the case or a place in the contract."""

    name: str
    span: Span = field(compare=False)
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Number:
    """A number with its unit: a currency, a length of time, percent, characters, or none."""

    amount: Decimal
    unit: str | None
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Quoted:
    """A text in quotes, with escapes resolved."""

    value: str
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Truth:
    """`yes` or `no`."""

    value: bool
    span: Span = field(compare=False)


Sign = Literal["plus", "minus", "times"]


@dataclass(frozen=True)
class Arithmetic:
    """Operands joined by signs of one rank: `a + b - c`, or `a × b`."""

    first: Operand
    rest: tuple[tuple[Sign, Operand], ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Lookup:
    """What a table of the contract has for a key: `tables.compensation for booking.cabin`."""

    table: Path
    key: Operand
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Total:
    """`sum of amount over promises`; without an attribute, of a field of records: `sum of order.items.price`."""

    attribute: Word | None
    over: Counted
    span: Span = field(compare=False)


@dataclass(frozen=True)
class NumberOf:
    """`count of action refund`."""

    over: Counted
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Weekday:
    """`weekday of review.posted_at`."""

    moment: Operand
    span: Span = field(compare=False)


Operand = Word | Path | Number | Quoted | Truth | Arithmetic | Lookup | Total | NumberOf | Weekday
