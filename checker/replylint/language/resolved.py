"""Resolved rules as plain values that JSON can hold, and back.

One object stays one object: equal conditions are shared between rules, so that they are answered once a draft. The
examples of a rule are read back when they are asked for, which no check does.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cached_property
from typing import Any, overload

from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Deadline, Duration, Money, Percent, Stated

NODES: tuple[type[Any], ...] = (
    r.ActionName, r.Constant, r.ContractValue, r.AttributeRef, r.FieldRef, r.Arithmetic, r.Lookup, r.Total, r.NumberOf,
    r.Weekday, r.Test, r.Happenings, r.Records, r.Comparison, r.Membership, r.Stated, r.IsTrue, r.HasFact, r.HasAction,
    r.Happened, r.Ordered, r.Counted, r.Approved, r.Negation, r.All, r.Any, r.Texts, r.Rule, Money, Percent, Duration,
    Deadline,
)  # fmt: skip
"""Every class that a resolved rule is made of, but for its examples."""

_SAME, _PLACE, _TUPLE, _TABLE, _EXAMPLES = "=", "@", "", "{}", "examples"
_NUMBER: Mapping[type[Any], int] = {node: number for number, node in enumerate(NODES)}
_READ: Mapping[str, Callable[..., Any]] = {
    "decimal": Decimal, "stated": Stated, "fact": FactName, "time": dt.time.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
}  # fmt: skip


def to_plain(rules: Sequence[r.Rule], sources: Sequence[Source]) -> Any:
    """Rules as lists, texts, numbers, true, false and null. sources: those that places in them are of.

    Raises KeyError for a place that is in none of the sources, and TypeError for a value that no rule holds.
    """
    writer = _Writer(sources)
    return [writer.plain(rule) for rule in rules]


def from_plain(plain: Any, sources: Sequence[Source]) -> tuple[r.Rule, ...]:
    """The rules that `to_plain` was given, their sources put back.

    Raises KeyError, IndexError, TypeError or ValueError for anything that `to_plain` has not made.
    """
    reader = _Reader(sources)
    rules = tuple([reader.read(rule) for rule in plain])
    if not all(isinstance(rule, r.Rule) for rule in rules):
        raise TypeError("something else than rules")
    return rules


class _Writer:
    def __init__(self, sources: Sequence[Source]):
        self._sources = {id(source): number for number, source in enumerate(sources)}
        self._written: dict[int, int] = {}

    def plain(self, value: Any) -> Any:
        if value is None or isinstance(value, str | bool | int):
            return value
        if id(value) in self._written:
            return [_SAME, self._written[id(value)]]
        number = _NUMBER.get(type(value))
        if number is None:
            return self._place(value) if isinstance(value, Location) else self._other(value)
        parts = [
            self._examples(value.examples) if each.name == _EXAMPLES else self.plain(getattr(value, each.name))
            for each in fields(value)
        ]
        self._written[id(value)] = len(self._written)
        return [number, *parts]

    def _place(self, where: Location) -> Any:
        return [_PLACE, self._sources[id(where.source)], *where.span]

    def _other(self, value: Any) -> Any:
        match value:
            case FactName(type_, kind):
                return ["fact", type_, kind]
            case Decimal():
                return ["decimal", str(value)]
            case Stated():
                return ["stated", value.value]
            case dt.time():
                return ["time", value.isoformat()]
            case dt.datetime(tzinfo=None) | dt.datetime(tzinfo=dt.timezone()):
                return ["datetime", value.isoformat()]
            case Mapping():
                return [_TABLE, *([key, self.plain(held)] for key, held in value.items())]
            case tuple():
                return [_TUPLE, *map(self.plain, value)]
        raise TypeError(f"no rule holds {value!r}")

    def _examples(self, examples: Sequence[r.RuleExample]) -> Any:
        from replylint.language.stored import plain_node  # the syntax of examples is needed for nothing else here

        plain = [[each.breaks, plain_node(each.example), self._place(each.where)[1:]] for each in examples]
        return [_EXAMPLES, json.dumps(plain, ensure_ascii=False)]


class _Reader:
    def __init__(self, sources: Sequence[Source]):
        self._sources = sources
        self._made: list[Any] = []

    def read(self, plain: Any) -> Any:
        if type(plain) is not list:
            return plain
        kind, *parts = plain
        if type(kind) is int:
            made = NODES[kind](*map(self.read, parts))
            self._made.append(made)
            return made
        if kind == _PLACE:
            return Location(self._sources[parts[0]], Span(parts[1], parts[2]))
        if kind == _SAME:
            return self._made[parts[0]]
        if kind == _TUPLE:
            return tuple(map(self.read, parts))
        if kind == _TABLE:
            return {key: self.read(held) for key, held in parts}
        return KeptExamples(parts[0], self._sources) if kind == _EXAMPLES else _READ[kind](*parts)


class KeptExamples(Sequence[r.RuleExample]):
    """The examples of a rule, read back when they are first asked for."""

    def __init__(self, row: str, sources: Sequence[Source]):
        self._row, self._sources = row, sources

    @cached_property
    def _examples(self) -> tuple[r.RuleExample, ...]:
        from replylint.language.stored import node_of  # see above

        return tuple(
            r.RuleExample(breaks, node_of(example), Location(self._sources[source], Span(start, end)))
            for breaks, example, (source, start, end) in json.loads(self._row)
        )

    @overload
    def __getitem__(self, index: int) -> r.RuleExample: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[r.RuleExample]: ...
    def __getitem__(self, index: int | slice) -> r.RuleExample | Sequence[r.RuleExample]:
        """The example at a place."""
        return self._examples[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._examples)

    def __eq__(self, other: object) -> bool:
        """Whether the examples are the same, however they are held."""
        return isinstance(other, Sequence) and self._examples == tuple(other)

    def __hash__(self) -> int:
        return hash(self._examples)

    def __repr__(self) -> str:
        return repr(self._examples)
