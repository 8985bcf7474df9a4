# ruff: noqa: D102 - the methods mirror the grammar's rules by name and need no sentence each
"""Builds conditions, and the operands and happenings that they speak of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, cast

from replylint.language import syntax as s
from replylint.language.naming import APPROVER, field, mention, operand_word, path, word
from replylint.language.tokens import MisreadError, cover, decimal, nodes, span_of
from replylint.source.names import section
from replylint.source.spans import Span

# More terms than anyone adds up in a rule.
MOST_TERMS = 30
_SIGNS: dict[str, s.Sign] = {"PLUS": "plus", "MINUS": "minus", "TIMES": "times"}
_COUNTS = {"COUNT_AT_MOST": "at_most", "COUNT_AT_LEAST": "at_least", "COUNT_EXACTLY": "exactly"}


@dataclass(frozen=True)
class _Window:
    """When happenings count, on its way into their node. keyword: with which it begins."""

    when: dict[str, Any]
    keyword: str
    span: Span


class ConditionBuilder:
    """The callbacks for what stands in conditions. Stateless; method names are the grammar's rule names."""

    def any_of(self, c: list[Any]) -> s.Condition:
        parts = nodes(c)
        return parts[0] if len(parts) == 1 else s.AnyOf(tuple(parts), cover(parts))

    def all_of(self, c: list[Any]) -> s.Condition:
        parts = nodes(c)
        return parts[0] if len(parts) == 1 else s.AllOf(tuple(parts), cover(parts))

    def negation(self, c: list[Any]) -> s.Not:
        return s.Not(c[1], cover(c))

    def compare(self, c: list[Any]) -> s.Compare:
        return s.Compare(field(c[0]), c[1], c[2], cover([c[0], c[2]]))

    def comparison(self, c: list[Any]) -> str:
        return str(c[0].type.lower())

    def one_of(self, c: list[Any]) -> s.OneOf:
        return s.OneOf(field(c[0]), tuple(c[2]), cover([c[0], c[2][-1]]))

    def is_present(self, c: list[Any]) -> s.Presence:
        return s.Presence(field(c[0]), True, cover(c))

    def is_missing(self, c: list[Any]) -> s.Presence:
        return s.Presence(field(c[0]), False, cover(c))

    def mention(self, c: list[Any]) -> s.Mention:
        # A line that goes on with a bare word was meant to begin a clause.
        for before, after in pairwise(c):
            if before.type == after.type == "NAME" and after.line > before.line:
                raise MisreadError("language.unknown-keyword", span_of(after), True)
        return mention([word(t) for t in c])

    def holds(self, c: list[Any]) -> s.Holds:
        return s.Holds(c[0], span_of(c[0]))

    def happening(self, c: list[Any]) -> s.Happening:
        filters = tuple(part for part in c if isinstance(part, s.Filter))
        if c[0].type == "MESSAGE":
            name = s.Word("message", span_of(c[0]), str(c[0]))
            return s.Happening("event", name, filters, cover(c))
        kind: Literal["action", "event"] = "action" if c[0].type == "ACTION" else "event"
        named = c[1] if isinstance(c[1], tuple) else (c[1],)
        name, *others = (word(each, f"{kind}s") for each in named)
        return s.Happening(kind, name, filters, cover([c[0], named[-1], *c[2:]]), others=tuple(others))

    def any_name(self, c: list[Any]) -> tuple[Any, ...]:
        return tuple(token for token in c if token.type == "NAME")

    def occurrence(self, c: list[Any]) -> s.Happening:
        found = self.happening(c)
        windows = [part for part in c if isinstance(part, _Window)]
        scopes = [part for part in c[1:] if getattr(part, "type", "") in ("HAPPENED", "IN_ALL")]
        for first, second in pairwise([(each.keyword, each.span) for each in windows if "within" in each.when]):
            raise MisreadError("language.said-twice", second[1], words=first[0])
        for one, other in pairwise(scopes):
            key = "said-twice" if one.type == other.type else "both-scopes"
            raise MisreadError(f"language.{key}", span_of(other), words=str(other), other=str(one))
        when = {key: value for window in windows for key, value in window.when.items()}
        return replace(found, **when, scope=scopes[0].type.lower() if scopes else "")

    def with_value(self, c: list[Any]) -> s.Filter:
        return s.Filter(word(c[1], "parameters"), c[2], c[3], cover([c[0], c[3]]))

    def with_one_of(self, c: list[Any]) -> s.Filter:
        return s.Filter(word(c[1], "parameters"), "one_of", None, cover([c[0], c[3][-1]]), tuple(c[3]))

    def with_stated(self, c: list[Any]) -> s.Filter:
        return s.Filter(word(c[1], "parameters"), c[2].type.lower(), None, cover(c))

    def with_same(self, c: list[Any]) -> s.Filter:
        return s.Filter(word(c[1], "parameters"), "same", None, cover(c))

    def from_side(self, c: list[Any]) -> s.Filter:
        return s.Filter(s.Word("from", span_of(c[0]), str(c[0])), "is", operand_word(c[1]), cover(c))

    def within(self, c: list[Any]) -> _Window:
        length, *since = nodes(c)
        return _Window({"within": field(length), "since": field(since[0]) if since else None}, str(c[0]), cover(c))

    def since_last(self, c: list[Any]) -> _Window:
        return _Window({"since_last": c[1]}, str(c[0]), cover(c))

    def records(self, c: list[Any]) -> s.Records:
        return s.Records(c[0] if isinstance(c[0], s.Path) else path(c[0]), tuple(c[1:]), cover(c))

    def order(self, c: list[Any]) -> s.Order:
        return s.Order(c[0], c[1].type.lower(), c[2], cover(c))

    def never(self, c: list[Any]) -> s.Count:
        happening: s.Happening = c[1]
        scope = happening.scope or "happened"
        return s.Count("exactly", 0, replace(happening, scope=scope), cover(c))

    def once(self, c: list[Any]) -> s.Count:
        happening: s.Happening = c[1]
        scope = happening.scope or ("" if happening.when else "in_all")
        return s.Count("exactly", 1, replace(happening, scope=scope), cover(c))

    def count(self, c: list[Any]) -> s.Count:
        bound, number, start = c[0]
        return s.Count(bound, number, c[1], start.cover(span_of(c[1])))

    def quantity(self, c: list[Any]) -> tuple[str, int, Span]:
        if c[0].type == "NO":
            return "exactly", 0, span_of(c[0])
        number = decimal(c[1])
        if number != int(number):
            raise MisreadError("language.not-whole", span_of(c[1]), words=str(c[1]))
        return _COUNTS[c[0].type], int(number), cover(c)

    def approved_by(self, c: list[Any]) -> s.ApprovedBy:
        role = word(c[1])
        approver = section("fields").find(role.name) == APPROVER
        return s.ApprovedBy(replace(role, name=APPROVER) if approver else role, cover(c))

    def arithmetic(self, c: list[Any]) -> s.Operand:
        parts = [p for p in c if not hasattr(p, "start_pos") or p.type in _SIGNS]
        if len(parts) == 1:
            return cast(s.Operand, parts[0])
        if len(parts) > 2 * MOST_TERMS:
            raise MisreadError("language.many-terms", cover(parts), limit=str(MOST_TERMS))
        rest = tuple((_SIGNS[sign.type], operand) for sign, operand in zip(parts[1::2], parts[2::2], strict=True))
        return s.Arithmetic(field(parts[0]), tuple((sign, field(o)) for sign, o in rest), cover(c))

    def lookup(self, c: list[Any]) -> s.Lookup:
        return s.Lookup(c[0], field(c[2]), cover(c))

    def share(self, c: list[Any]) -> s.Arithmetic:
        return s.Arithmetic(c[0], (("times", field(c[2])),), cover(c))

    def total(self, c: list[Any]) -> s.Total:
        return s.Total(word(c[1], "attributes"), c[3], cover(c))

    def total_of_field(self, c: list[Any]) -> s.Total:
        return s.Total(None, c[1], cover(c))

    def number_of(self, c: list[Any]) -> s.NumberOf:
        return s.NumberOf(c[1], cover(c))

    def weekday(self, c: list[Any]) -> s.Weekday:
        return s.Weekday(field(c[1]), cover(c))

    def name_operand(self, c: list[Any]) -> s.Word:
        return operand_word(c[0])

    def path_operand(self, c: list[Any]) -> s.Path:
        return path(c[0])

    def path(self, c: list[Any]) -> s.Path:
        return path(c[0])

    def truth(self, c: list[Any]) -> s.Truth:
        return s.Truth(c[0].type == "YES", span_of(c[0]))

    def number(self, c: list[Any]) -> s.Number:
        amount = next(t for t in c if getattr(t, "type", "") == "NUMBER")
        units = [t if isinstance(t, s.Word) else word(t, "units") for t in c if t is not amount]
        return s.Number(decimal(amount), units[0].name if units else None, cover(c))

    def unit(self, c: list[Any]) -> s.Word:
        found = word(c[0], "units")
        return s.Word(section("units").find(" ".join(found.name.split())) or found.name, found.span, found.written)

    def value_list(self, c: list[Any]) -> list[s.Operand]:
        return nodes(c)
