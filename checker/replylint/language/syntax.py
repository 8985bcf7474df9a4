"""The syntax tree of rule files: what was written, with canonical names and the place of every word.

Trees compare by meaning: spans and the spelling that was used do not count, comments do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from replylint.facts.wordings import GAP_UNITS
from replylint.source.messages import Lang
from replylint.source.spans import Source, Span


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
    """Which happenings or records count: `with amount is more than 3 TWD`; with `same`, `with same order`."""

    name: Word
    operator: Comparison | Literal["same"]
    value: Operand | None
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Happening:
    """Actions or events of a name, and when they count.

    scope: "" as the place in the rule has it, `happened` only in the history, `in_all` in the history or planned.
    within: so long after `since`, or so long before now. since_last: only after the last of these.
    """

    kind: Literal["action", "event"]
    name: Word
    filters: tuple[Filter, ...]
    span: Span = field(compare=False)
    scope: Literal["", "happened", "in_all"] = ""
    within: Operand | None = None
    since: Operand | None = None
    since_last: Happening | None = None

    @property
    def when(self) -> bool:
        """Whether it is stated when they count."""
        return bool(self.within or self.since_last)

    @property
    def bare(self) -> bool:
        """Whether nothing but the name is stated."""
        return not (self.filters or self.scope or self.when)


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


@dataclass(frozen=True)
class GivenField:
    """A field of an example's case: `given review.rating 1`."""

    path: Path
    values: tuple[Operand, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class GivenAction:
    """A planned action of an example's case: `given action refund amount 800 TWD`."""

    name: Word
    parameters: tuple[tuple[Word, Operand], ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class GivenHistory:
    """Something that happened in an example's case: `given history refund amount 200 TWD at "2026-11-18T21:40"`.

    Without a name nothing happened at all: `given no history`.
    """

    name: Word | None
    parameters: tuple[tuple[Word, Operand], ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class GivenRecord:
    """A record of a list of an example's case: `given order.items name "tea" price 90 TWD`."""

    path: Path
    parameters: tuple[tuple[Word, Operand], ...]
    span: Span = field(compare=False)


Given = GivenField | GivenAction | GivenHistory | GivenRecord


@dataclass(frozen=True)
class Example:
    """A reply and what else the case holds; without a reply only the actions are judged."""

    reply: Quoted | None
    given: tuple[Given, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Clause:
    """One clause of a rule: its keyword's canonical name and what follows it."""

    keyword: str
    value: Word | Path | Condition | Quoted | Example
    span: Span = field(compare=False)
    keyword_span: Span = field(compare=False)
    comments: tuple[str, ...] = ()
    trailing: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule. `page` is the `##` text above it, a line each; `sound` is False when a clause could not be read."""

    name: Word
    clauses: tuple[Clause, ...]
    span: Span = field(compare=False)
    page: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    trailing: str = ""
    sound: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Words:
    """Exact words of a wording."""

    value: str
    span: Span = field(compare=False)


@dataclass(frozen=True)
class SlotItem:
    """A typed place: `<money>`."""

    kind: str
    span: Span = field(compare=False)


@dataclass(frozen=True)
class GapItem:
    """Any few words inside the clause."""

    limit: int = GAP_UNITS
    span: Span = field(default=Span(0, 0), compare=False)


@dataclass(frozen=True)
class PhraseItem:
    """A phrase by name."""

    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True)
class ExpressionItem:
    """A regular expression between slashes."""

    pattern: str
    span: Span = field(compare=False)


@dataclass(frozen=True)
class ChoiceItem:
    """Wordings in parentheses."""

    options: tuple[WordingItems, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True)
class MaybeItem:
    """An item that may be left out."""

    item: Item
    span: Span = field(compare=False)


@dataclass(frozen=True)
class TogetherItem:
    """`along with`: what stands before it and what follows are in one sentence, in either order."""

    span: Span = field(compare=False)


Item = Words | SlotItem | GapItem | PhraseItem | ExpressionItem | ChoiceItem | MaybeItem | TogetherItem
WordingItems = tuple[Item, ...]


@dataclass(frozen=True)
class WordingLine:
    """One alternative of a phrase or a reading."""

    items: WordingItems
    span: Span = field(compare=False)
    comments: tuple[str, ...] = ()
    trailing: str = ""


@dataclass(frozen=True)
class Phrase:
    """`phrase NAME reads …`."""

    name: Word
    wordings: tuple[WordingLine, ...]
    span: Span = field(compare=False)
    comments: tuple[str, ...] = ()
    trailing: str = ""


@dataclass(frozen=True)
class Reading:
    """`FACT also reads …`, or `never reads` when `excludes`."""

    fact: Mention
    wordings: tuple[WordingLine, ...]
    excludes: bool
    span: Span = field(compare=False)
    comments: tuple[str, ...] = ()
    trailing: str = ""


Statement = Rule | Phrase | Reading


@dataclass(frozen=True)
class RuleFile:
    """A rule file: its statements in order, comments after the last one, and the language of its keywords."""

    source: Source = field(compare=False)
    statements: tuple[Statement, ...]
    comments: tuple[str, ...] = ()
    lang: Lang = field(default="en", compare=False)
