"""Conditions as they are written: what is mentioned, what happens, and what is compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from replylint.language.nodes.values import Operand, Path, Word
from replylint.source.spans import Span


@dataclass(frozen=True)
class Mention:
    """A fact by its type and kind, as in `promise of refund`."""

    type: Word
    kind: Word | None
    span: Span = field(compare=False)


Comparison = Literal[
    "is", "is_not", "at_most", "at_least", "more_than", "less_than", "equals", "is_before", "is_after"
]  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """Which happenings or records count: `with amount is more than 3 TWD`; with `same`, `with same order`.

    value: what it is compared with. options: of `one_of`.
    """

    name: Word
    operator: Comparison | Literal["same", "one_of", "is_present", "is_missing"]
    value: Operand | None
    span: Span = field(compare=False)
    options: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class Happening:
    """Actions or events of a name, or of any of several, and when they count.

    scope: "" as the place in the rule has it, `happened` only in the history, `in_all` in the history or planned.
    within: so long after `since`, or so long before now. since_last: only after the last of these. others: the names
    besides, in parentheses: `action (refund or voucher)`.
    """

    kind: Literal["action", "event"]
    name: Word
    filters: tuple[Filter, ...]
    span: Span = field(compare=False)
    scope: Literal["", "happened", "in_all"] = ""
    within: Operand | None = None
    since: Operand | None = None
    since_last: Happening | None = None
    others: tuple[Word, ...] = ()

    @property
    def names(self) -> tuple[Word, ...]:
        """All names, of which any will do."""
        return (self.name, *self.others)

    @property
    def each(self) -> tuple[Happening, ...]:
        """The same of each name by itself."""
        return tuple(replace(self, name=name, others=()) for name in self.names)

    @property
    def when(self) -> bool:
        """Whether it is stated when they count."""
        return bool(self.within or self.since_last)

    @property
    def bare(self) -> bool:
        """Whether nothing but one name is stated."""
        return not (self.filters or self.scope or self.when or self.others)


@dataclass(frozen=True)
class Records:
    """The records of a field that holds a list: `order.items with category is food`."""

    path: Path
    filters: tuple[Filter, ...]
    span: Span = field(compare=False)


Counted = Mention | Happening | Records


@dataclass(frozen=True)
class Order:
    """`action identify before action look_up`: before (or after) each of the second there is one of the first."""

    first: Happening
    relation: Literal["before", "after"]
    second: Happening
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Compare:
    """Two operands held against each other."""

    left: Operand
    operator: Comparison
    right: Operand
    span: Span = field(compare=False)


@dataclass(frozen=True)
class OneOf:
    """An operand that must be one of several."""

    left: Operand
    options: tuple[Operand, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Presence:
    """`x is present` or `x is missing`."""

    operand: Operand
    present: bool
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Count:
    """How many there are: `at most 2 promises`; `no` and `never` are exactly 0, `once` is exactly 1 in all."""

    bound: Literal["at_most", "at_least", "exactly"]
    number: int
    counted: Counted
    span: Span = field(compare=False)


@dataclass(frozen=True)
class ApprovedBy:
    """The draft carries the approval of a role."""

    role: Word
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Holds:
    """A yes/no field by itself."""

    path: Path
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Not:
    """The opposite of a condition."""

    inner: Condition
    span: Span = field(compare=False)


@dataclass(frozen=True)
class AllOf:
    """Conditions joined by `and`."""

    parts: tuple[Condition, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class AnyOf:
    """Conditions joined by `or`."""

    parts: tuple[Condition, ...]
    span: Span = field(compare=False)


Condition = (
    Compare | OneOf | Presence | Mention | Holds | Happening | Order | Count | ApprovedBy | Not | AllOf | AnyOf
)  # fmt: skip
