"""Syntax trees as plain values that JSON can hold, and back.

Reading a tree back takes a tenth of the time of parsing its text, and needs no parser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, cast

from replylint.language import syntax as s
from replylint.source.spans import Source, Span

_TUPLE, _SPAN, _DECIMAL = "", "span", "decimal"
NODES: tuple[type[Any], ...] = (
    s.Word, s.Path, s.Number, s.Quoted, s.Truth, s.Arithmetic, s.Lookup, s.Total, s.NumberOf, s.Weekday,
    s.Mention, s.Filter, s.Happening, s.Records, s.Order, s.Compare, s.OneOf, s.Presence, s.Count, s.ApprovedBy,
    s.Holds, s.Not, s.AllOf, s.AnyOf,
    s.GivenField, s.GivenAction, s.GivenHistory, s.GivenRecord, s.Example, s.Clause, s.Rule,
    s.Words, s.SlotItem, s.GapItem, s.PhraseItem, s.ExpressionItem, s.ChoiceItem, s.MaybeItem, s.TogetherItem,
    s.WordingLine, s.Phrase, s.Reading,
)  # fmt: skip
"""Every class that a tree is made of; kept trees name them."""

_NAMED: Mapping[str, type[Any]] = {node.__name__: node for node in NODES}


def plain_file(file: s.RuleFile) -> Any:
    """A file's tree as lists, texts, numbers, true, false and null."""
    return [plain_node(file.statements), list(file.comments), file.lang]


def file_of(plain: Any, source: Source) -> s.RuleFile:
    """The tree that `plain_file` was given, its source put back.

    Raises KeyError, IndexError, TypeError or ValueError for anything that `plain_file` has not made.
    """
    statements, comments, lang = plain
    return s.RuleFile(source, cast("tuple[s.Statement, ...]", node_of(statements)), tuple(comments), lang)


def plain_node(value: Any) -> Any:
    """A node of a tree, or what stands in one."""
    match value:
        case Span(start, end):
            return [_SPAN, start, end]
        case tuple():
            return [_TUPLE, *map(plain_node, value)]
        case Decimal():
            return [_DECIMAL, str(value)]
    if type(value).__name__ in _NAMED:
        return [type(value).__name__, *(plain_node(getattr(value, field.name)) for field in fields(value))]
    return value


def node_of(plain: Any) -> Any:
    """The node that `plain_node` was given."""
    if not isinstance(plain, list):
        return plain
    kind, *parts = plain
    if kind == _SPAN:
        return Span(*parts)
    if kind == _DECIMAL:
        return Decimal(*parts)
    values = map(node_of, parts)
    return tuple(values) if kind == _TUPLE else _NAMED[kind](*values)
