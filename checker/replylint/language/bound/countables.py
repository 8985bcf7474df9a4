"""What can be counted or looked for: facts, actions and events with their tests and times, records of lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from replylint.facts.names import FactName
from replylint.language.bound.operands import AttributeRef, Operand

Operator = Literal["is", "is_not", "at_most", "at_least", "more_than", "less_than"]

ANY = "any"
"""In place of an action's name: whatever is planned."""


@dataclass(frozen=True)
class ActionName:
    """A planned action by its name."""

    name: str


@dataclass(frozen=True)
class Test:
    """A comparison of a parameter of a happening, or of a field of a record, with operands of the rule.

    The operand of `same` is the parameter of that name of the action that the rule is about; `one_of` has several, and
    whether something is stated needs none.
    """

    parameter: AttributeRef
    operator: Operator | Literal["one_of", "is_present", "is_missing"]
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class Happenings:
    """Actions or events of any of some names, planned or in the history, that pass all tests and fall into the time
    stated.

    scope: where they are looked for. within, since: as in `syntax.Happening`. since_last: only those after the last
    of these, or all when there is none of these.
    """

    names: tuple[str, ...]
    kind: Literal["action", "event"]
    scope: Literal["planned", "history", "all"]
    tests: tuple[Test, ...] = ()
    within: Operand | None = None
    since: Operand | None = None
    since_last: Happenings | None = None


@dataclass(frozen=True)
class Records:
    """The records of a list field of the case that pass all tests."""

    path: str
    tests: tuple[Test, ...] = ()


Countable = FactName | ActionName | Happenings | Records
