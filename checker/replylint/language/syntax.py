"""The syntax tree of rule files: what was written, with canonical names and the place of every word.

Trees compare by meaning: spans and the spelling that was used do not count, comments do. Values and conditions are in
`nodes`; whoever works with trees finds all of it here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from replylint.facts.wordings import GAP_UNITS
from replylint.language.nodes.conditions import (
    AllOf,
    AnyOf,
    ApprovedBy,
    Compare,
    Comparison,
    Condition,
    Count,
    Counted,
    Filter,
    Happening,
    Holds,
    Mention,
    Not,
    OneOf,
    Order,
    Presence,
    Records,
)
from replylint.language.nodes.values import (
    Arithmetic,
    Lookup,
    Number,
    NumberOf,
    Operand,
    Path,
    Quoted,
    Sign,
    Total,
    Truth,
    Weekday,
    Word,
)
from replylint.source.messages import Lang
from replylint.source.spans import Source, Span

__all__ = [
    "AllOf", "AnyOf", "ApprovedBy", "Arithmetic", "ChoiceItem", "Clause", "Compare", "Comparison", "Condition",
    "Count", "Counted", "Example", "ExpressionItem", "Filter", "GapItem", "Given", "GivenAction", "GivenField",
    "GivenHistory", "GivenRecord", "Happening", "Holds", "Item", "Lookup", "MaybeItem", "Mention", "Not",
    "Number", "NumberOf", "OneOf", "Operand", "Order", "Path", "Phrase", "PhraseItem", "Presence", "Quoted",
    "Reading", "Records", "Rule", "RuleFile", "Sign", "SlotItem", "Statement", "TogetherItem", "Total", "Truth",
    "Weekday", "Word", "WordingItems", "WordingLine", "Words",
]


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
    """`along with`: what stands before it and what follows are in one sentence, in either order.

    absent: `without`: what follows is not in the sentence.
    """

    absent: bool
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
