"""Resolved rules: every name bound, every comparison typed. What the evaluator runs and the descriptions speak from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from replylint.facts.names import FactName
from replylint.source.spans import Location
from replylint.source.values import Value

if TYPE_CHECKING:
    # Whoever evaluates rules needs no syntax.
    from replylint.language.syntax import Example, Sign

ValueType = Literal[
    "money", "percent", "duration", "count", "text", "texts", "choice", "datetime", "yesno", "records"
]  # fmt: skip
Severity = Literal["error", "warning", "advice"]
Operator = Literal["is", "is_not", "at_most", "at_least", "more_than", "less_than"]

ANY = "any"
"""In place of an action's name: whatever is planned."""

OF_CONTRACT: Mapping[str, ValueType | None] = {
    "permitted": "yesno", "limit": None, "discount_limit": "percent", "needs_approval": "yesno",
    "evidence_listed": "yesno",
}  # fmt: skip
"""What the contract says of a fact or action for whoever drafts it; a limit's type is that of the offer."""


@dataclass(frozen=True)
class ActionName:
    """A planned action by its name."""

    name: str


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
    """Actions or events of a name, planned or in the history, that pass all tests and fall into the time stated.

    scope: where they are looked for. within, since: as in `syntax.Happening`. since_last: only those after the last
    of these, or all when there is none of these.
    """

    name: str
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

Template = tuple[str | Operand, ...]


@dataclass(frozen=True)
class Texts:
    """What a rule says to people, in the languages that its file says it in; empty where it does not."""

    en: Template = ()
    zh: Template = ()

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


@dataclass(frozen=True)
class RuleExample:
    """A case that the rule must find at fault (`breaks`) or must not (`keeps`)."""

    breaks: bool
    example: Example
    where: Location


@dataclass(frozen=True)
class Rule:
    """A rule that can be evaluated.

    verb, subjects: `forbid` holds what must not be there (any of the subjects). requirement: for `require`.
    when: the rule applies. where: only such facts or actions count. unless: excuses. Each is None where not stated.
    if_unknown: what an undecidable draft means; None sends it to a person.
    because, instead, to_do: the message, the words to write into the draft, and what else to do about it, with the
    places of their values. page: the `##` text.
    clause: the contract path that the rule enforces, with its place in the contract.
    where_stated: the rule's head; verb_at: the forbid or require clause, shown beside a finding.
    """

    name: str
    category: str
    severity: Severity
    verb: Literal["forbid", "require"]
    where_stated: Location
    verb_at: Location
    subjects: tuple[FactName | ActionName, ...] = ()
    requirement: Condition | None = None
    when: Condition | None = None
    where: Condition | None = None
    unless: Condition | None = None
    if_unknown: Literal["pass", "fail"] | None = None
    because: Texts = Texts()
    instead: Texts = Texts()
    to_do: Texts = Texts()
    clause: tuple[str, Location] | None = None
    examples: Sequence[RuleExample] = ()
    page: str = ""
