"""Conditions: what is compared, mentioned, planned, has happened, and how these are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from replylint.facts.names import FactName
from replylint.language.bound.countables import ActionName, Countable, Happenings, Operator
from replylint.language.bound.operands import Operand
from replylint.source.spans import Location


@dataclass(frozen=True)
class Comparison:
    """Two operands of one type."""

    left: Operand
    operator: Operator
    right: Operand


@dataclass(frozen=True)
class Membership:
    """An operand that must be among the options."""

    left: Operand
    options: tuple[Operand, ...]


@dataclass(frozen=True)
class Stated:
    """Whether an operand has a value; this is never unknown."""

    operand: Operand
    present: bool


@dataclass(frozen=True)
class IsTrue:
    """A yes/no field."""

    operand: Operand


@dataclass(frozen=True)
class HasFact:
    """The reply says this."""

    fact: FactName


@dataclass(frozen=True)
class HasAction:
    """This is planned; within a length of time of a moment where the rule says so."""

    action: ActionName
    within: Operand | None = None
    since: Operand | None = None


@dataclass(frozen=True)
class Happened:
    """There is one of these."""

    happenings: Happenings


@dataclass(frozen=True)
class Ordered:
    """Before, or after, each of the second there is one of the first."""

    first: Happenings
    relation: Literal["before", "after"]
    second: Happenings


@dataclass(frozen=True)
class Counted:
    """How many there are: said in the reply, planned, in the history, or in a list of records."""

    bound: Literal["at_most", "at_least", "exactly"]
    number: int
    of: Countable


@dataclass(frozen=True)
class Approved:
    """The draft carries the approval of a role.

    clause: the contract's clause of which whoever approves has to have approved; the role is then not named.
    where: the role's words in the rule.
    """

    role: str
    clause: str | None = None
    where: Location | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Negation:
    """The opposite."""

    inner: Condition


@dataclass(frozen=True)
class All:
    """All of them."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    """At least one of them."""

    parts: tuple[Condition, ...]


Condition = (
    Comparison | Membership | Stated | IsTrue | HasFact | HasAction | Happened | Ordered | Counted | Approved
    | Negation | All | Any
)  # fmt: skip
