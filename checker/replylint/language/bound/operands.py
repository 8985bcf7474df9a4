"""Operands: values, what names are bound to, and what is worked out of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from replylint.source.spans import Location
from replylint.source.values import Value

if TYPE_CHECKING:
    from replylint.language.bound.countables import Countable

    # Whoever evaluates rules needs no syntax.
    from replylint.language.nodes.values import Sign

ValueType = Literal[
    "money", "percent", "duration", "count", "text", "texts", "choice", "datetime", "yesno", "records"
]  # fmt: skip

OF_CONTRACT: Mapping[str, ValueType | None] = {
    "permitted": "yesno", "limit": None, "discount_limit": "percent", "needs_approval": "yesno",
    "evidence_listed": "yesno", "addressee_listed": "yesno",
}  # fmt: skip
"""What the contract says of a fact or action for whoever drafts it; a limit's type is that of the offer."""


@dataclass(frozen=True)
class Constant:
    """A value written in the rule."""

    type: ValueType
    value: Value
    where: Location


@dataclass(frozen=True)
class ContractValue:
    """A value of the contract, taken when the rules are loaded; `where` is its place in the contract."""

    type: ValueType
    path: str
    value: Value
    where: Location


@dataclass(frozen=True)
class AttributeRef:
    """An attribute of the fact, or a parameter of the action, that the rule is about."""

    type: ValueType
    name: str


@dataclass(frozen=True)
class FieldRef:
    """A field of the case."""

    type: ValueType
    path: str


@dataclass(frozen=True)
class Arithmetic:
    """A calculation; `steps` hold each sign with its operand and the type of what has come out so far."""

    type: ValueType
    first: Operand
    steps: tuple[tuple[Sign, Operand, ValueType], ...]


@dataclass(frozen=True)
class Lookup:
    """What a table of the contract has for a key; `table` goes by `key_of`, `where` is its place in the contract."""

    type: ValueType
    path: str
    table: Mapping[str, Value] = field(hash=False)
    key: Operand
    where: Location


@dataclass(frozen=True)
class Total:
    """The sum of an attribute, parameter or field of what is counted."""

    type: ValueType
    attribute: str
    over: Countable


@dataclass(frozen=True)
class NumberOf:
    """How many of what is counted there are."""

    over: Countable
    type: ValueType = "count"


@dataclass(frozen=True)
class Weekday:
    """The day of the week of a moment, by its English name, in the brand's time zone."""

    moment: Operand
    type: ValueType = "choice"


Operand = Constant | ContractValue | AttributeRef | FieldRef | Arithmetic | Lookup | Total | NumberOf | Weekday
