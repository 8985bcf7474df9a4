"""Wordings: the patterns by which facts are found, as resolved from the lexicon's `also reads` statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from replylint.facts.names import FactName
from replylint.source.spans import Location

SlotKind = Literal[
    "money", "number", "percent", "duration", "deadline", "person", "colleague", "name", "phone", "email", "url",
    "id_number", "start",
]  # fmt: skip

GAP_UNITS = 12


@dataclass(frozen=True)
class Words:
    """Exact words, compared after folding. Latin words match whole; a `*` at a word's end stands for any ending."""

    text: str


@dataclass(frozen=True)
class Slot:
    """A typed value, such as `<money>`; `<start>` is no value but the place where a clause begins, and has no words."""

    kind: SlotKind


@dataclass(frozen=True)
class Gap:
    """Up to `limit` units (Chinese characters or words) that do not leave the clause."""

    limit: int = GAP_UNITS


@dataclass(frozen=True)
class PhraseRef:
    """A phrase by name."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of several patterns."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True)
class Expression:
    """A regular expression in RE2 syntax: linear time by construction."""

    pattern: str


@dataclass(frozen=True)
class Together:
    """Several patterns in one sentence, in any order, none inside another.

    absent: patterns of which none may be in the sentence.
    """

    parts: tuple[Choice, ...]
    absent: tuple[Choice, ...] = ()


Element = Words | Slot | Gap | PhraseRef | Choice | Expression | Together
Pattern = tuple[Element, ...]


@dataclass(frozen=True)
class Wording:
    """One way to say a fact.

    excludes: the words look like the fact but are not (`never reads`): whatever they cover is not read as it.
    origin: the lexicon line it was read from.
    """

    fact: FactName
    pattern: Pattern
    origin: Location
    excludes: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All wordings and phrases that a check knows, in the order of their files."""

    wordings: tuple[Wording, ...]
    phrases: Mapping[str, tuple[Pattern, ...]]
