"""Operands of conditions: names bound in their scope, calculations typed, every mistake told."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from replylint.contract.own_fields import key_of
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.unknown import unknown
from replylint.language.value_types import (
    MEASURED,
    example,
    plain_number,
    result_of,
    type_of_value,
    type_said,
    typed_number,
)
from replylint.language.words import Words, reference
from replylint.source.spans import Location, Span

# What a table can be looked up by.
_KEYS = {"text", "choice", "count"}
_ENDS = re.compile(r"[0-9]+ ?[-－−] ?[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?")


@dataclass(frozen=True)
class Operands(Words, ABC):
    """Binds the operands of one rule; problems are collected, an operand with one becomes None."""

    def operand(self, node: s.Operand, expected: r.ValueType | None = None, of: str = "") -> r.Operand | None:
        """A value or a name; `expected` is the type on the other side, `of` the name there."""
        where = Location(self.source, node.span)
        match node:
            case s.Number():
                kind, value = typed_number(node)
                return r.Constant(kind, value, where)
            case s.Quoted(value):
                return self.quoted(value, expected, of, where)
            case s.Truth(value):
                return r.Constant("yesno", value, where)
            case s.Path(name):
                found = self.scope.find(name)
                if found is None:
                    self.no_name(node)
                return found
            case s.Word():
                return self.word(node, expected, of, where)
            case _:
                return self._made(node)

    @abstractmethod
    def countable(self, node: s.Counted) -> r.Countable | None:
        """What is counted or summed up."""

    @abstractmethod
    def types_of(self, countable: r.Countable) -> Mapping[str, r.ValueType]:
        """The types of what each of the counted states."""

    def _made(self, node: s.Operand) -> r.Operand | None:
        match node:
            case s.Arithmetic():
                return self._arithmetic(node)
            case s.Lookup():
                return self._lookup(node)
            case s.Total():
                return self._total(node)
            case s.NumberOf(over):
                counted = self.countable(over)
                return r.NumberOf(counted) if counted is not None else None
            case s.Weekday(moment):
                found = self.typed(moment, "datetime")
                return r.Weekday(found) if found is not None else None
        raise AssertionError(node)

    def _arithmetic(self, node: s.Arithmetic) -> r.Operand | None:
        whole = Location(self.source, node.span).words
        if _ENDS.fullmatch(whole) and not _DATE.fullmatch(whole):
            # Nobody takes one number from another in a rule: 1-3 are the ends of a range.
            self.tell("range", node.span, words=whole)
            return None
        first = self.operand(node.first)
        rest = [(sign, written, self.operand(written)) for sign, written in node.rest]
        if first is None:
            return None
        steps: list[tuple[s.Sign, r.Operand, r.ValueType]] = []
        kind = first.type
        for sign, written, term in rest:
            if term is None:
                return None
            result = result_of(sign, kind, term.type)
            if result is None:
                span = node.first.span.cover(written.span)
                if term.type == "percent" and sign == "times" and kind == "texts":
                    self.tell("share-of-table", span)
                else:
                    self.tell(f"cannot-{sign}", span, left=type_said(kind), right=type_said(term.type))
                return None
            kind = result
            steps.append((sign, term, kind))
        return r.Arithmetic(kind, first, tuple(steps))

    def _lookup(self, node: s.Lookup) -> r.Operand | None:
        key = self.operand(node.key)
        table = self.scope.contract.tables.get(node.table.name)
        if table is None:
            tables = self.scope.called(self.scope.contract.tables)
            self.problems.append(unknown("table" if tables else "table-none", node.table, self.source, tables))
            return None
        if key is None:
            return None
        if key.type not in _KEYS:
            self.tell("bad-key", node.key.span, type=type_said(key.type))
            return None
        missing = [c for c in self.scope.choices(reference(key)) if key_of(c) not in table]
        if missing:
            self.tell("table-lacks", node.span, table=node.table.written, missing=tuple(missing))
            return None
        first = next(iter(table.values()))
        kind = type_of_value(first)
        return r.Lookup(kind, node.table.name, table, key, self.scope.contract.location(node.table.name))

    def _total(self, node: s.Total) -> r.Operand | None:
        over, attribute = node.over, node.attribute
        if attribute is None and isinstance(over, s.Records):
            written, name, place = over.path.written, over.path.name, over.path.span
            attribute = s.Word(name.rpartition(".")[2], place, written.rpartition(".")[2])
            path = s.Path(name.rpartition(".")[0], place, written.rpartition(".")[0])
            over = s.Records(path, over.filters, over.span)
        if attribute is None:
            raise AssertionError(node)
        counted = self.countable(over)
        if counted is None:
            return None
        types = self.types_of(counted)
        kind = types.get(attribute.name)
        if kind is None:
            self.problems.append(unknown("attribute", attribute, self.source, self.scope.called(types)))
            return None
        if kind not in ("money", "count", "percent", "duration"):
            self.tell("no-sum", attribute.span, words=attribute.written, type=type_said(kind))
            return None
        return r.Total(kind, attribute.name, counted)

    def typed(self, node: s.Operand, wanted: r.ValueType) -> r.Operand | None:
        """An operand that has to be of a type."""
        found = self.operand(node, wanted)
        if found is not None and found.type != wanted:
            self.mismatch(node.span, wanted, found.type, node)
            return None
        return found

    def mismatch(self, span: Span, left: r.ValueType, right: r.ValueType, written: s.Operand | None = None) -> None:
        """Note that two types do not fit; `written` is what stands where one of the first is wanted."""
        if left == "datetime" and written is not None and _DATE.fullmatch(Location(self.source, written.span).words):
            self.tell("bare-moment", written.span, words=Location(self.source, written.span).words)
            return
        if left in MEASURED and isinstance(written, s.Quoted) and (near := plain_number(written.value)):
            self.tell("quoted-number", written.span, words=written.value, near=near)
            return
        fitting = example(left, written)
        self.tell("type-mismatch", span, left=type_said(left), right=type_said(right), example=fitting)
