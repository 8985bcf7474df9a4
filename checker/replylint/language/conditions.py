"""Conditions: names bound in their scope, comparisons typed, every mistake told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import FactName
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.lexicon import check_mention, unknown
from replylint.language.names import section
from replylint.language.near import nearest
from replylint.language.scope import CHOICES, STATED, Scope, action_of, spelt_actions
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Duration, DurationUnit, Money, Percent, Stated, Value

_DURATIONS = {"minute", "hour", "day", "business_day", "business_hour", "week", "month", "year"}
_WORDS = {"text", "texts", "choice"}
_ORDERED = {"money", "percent", "duration", "count", "datetime"}
# Fields whose values the contract lists, without saying that there are no others.
_LISTED = {"platform": "platforms", "drafter.role": "roles"}
_OPERATORS: dict[str, r.Operator] = {"equals": "is"}


@dataclass(frozen=True)
class Resolver:
    """Binds the conditions of one rule; problems are collected, a condition with one becomes None."""

    source: Source
    scope: Scope
    problems: list[Problem]

    def condition(self, node: s.Condition) -> r.Condition | None:
        """The bound condition, or None when a part of it is wrong."""
        match node:
            case s.AnyOf(parts):
                return _joined(r.Any, [self.condition(p) for p in parts])
            case s.AllOf(parts):
                return _joined(r.All, [self.condition(p) for p in parts])
            case s.Not(inner):
                found = self.condition(inner)
                return r.Negation(found) if found else None
            case s.Mention():
                return self._mention(node)
            case s.PlannedAction():
                return self._action(node)
            case _:
                return self._atom(node)

    def _atom(self, node: s.Condition) -> r.Condition | None:
        match node:
            case s.Compare():
                return self._compare(node)
            case s.OneOf():
                return self._one_of(node)
            case s.Presence(operand, present):
                bound = self.operand(operand)
                return r.Stated(bound, present) if bound else None
            case s.Holds(path, span):
                return self._truth(self.operand(path), span, path.written)
            case s.Count(bound_word, number, counted):
                subject = self.subject(counted)
                return r.Counted(bound_word, number, subject) if subject else None
            case s.ApprovedBy(role):
                return self._approved(role)
        raise AssertionError(node)

    def subject(self, node: s.Condition) -> FactName | r.ActionName | None:
        """The fact or action that a mention names, or None when there is no such one."""
        if isinstance(node, s.PlannedAction):
            return self.action_name(node.name)
        if isinstance(node, s.Mention) and side_of(node) == "cue":
            where = Location(self.source, node.span)
            self.problems.append(Problem("language.cue-in-rule", where, {"words": node.type.written}))
            return None
        if isinstance(node, s.Mention) and check_mention(node, self.source, self.problems, in_rule=True):
            return FactName(node.type.name, node.kind.name if node.kind else None)
        return None

    def operand(self, node: s.Operand, expected: r.ValueType | None = None, of: str = "") -> r.Operand | None:
        """A value or a name; `expected` is the type on the other side, `of` the name there."""
        where = Location(self.source, node.span)
        match node:
            case s.Number():
                return _number(node, where)
            case s.Quoted(value):
                return self._quoted(value, expected, where)
            case s.Truth(value):
                return r.Constant("yesno", value, where)
            case s.Path(name):
                found = self.scope.find(name)
                return found if found is not None else self._no_name(node)
            case s.Word(name):
                return self._word(node, expected, of, where)

    def _word(self, node: s.Word, expected: r.ValueType | None, of: str, where: Location) -> r.Operand | None:
        if found := self.scope.find(node.name):
            return found
        if expected == "money" and node.name in STATED:
            return r.Constant("money", Stated(node.name), where)
        if expected in _WORDS:
            if of in CHOICES and node.name not in CHOICES[of]:
                choices = tuple(section("choices").spell(c, lang) for c in CHOICES[of] for lang in ("en", "zh"))
                self.problems.append(unknown("choice", node, self.source, choices, field=of))
                return None
            if near := self._near_entry(node, of):
                values = {"words": node.written, "near": near, "field": of}
                self.problems.append(Problem("language.unknown-choice-near", where, values))
                return None
            return r.Constant("text", node.name, where)
        if expected is None or nearest(node.written, self.scope.names()):
            return self._no_name(node)
        self.problems.append(not_a_value(where, expected))
        return None

    def _near_entry(self, node: s.Word, of: str) -> str | None:
        """The platform or role of the contract that a word is likely misspelt from; others may be right."""
        if of not in _LISTED:
            return None
        known = self.scope.listed(_LISTED[of])
        return None if node.name in known else nearest(node.written, known)

    def _no_name(self, node: s.Word | s.Path) -> r.Operand | None:
        self.problems.append(unknown("name", node, self.source, self.scope.names()))
        return None

    def _quoted(self, value: str, expected: r.ValueType | None, where: Location) -> r.Operand | None:
        if expected != "datetime":
            return r.Constant("text", value, where)
        try:
            return r.Constant("datetime", dt.datetime.fromisoformat(value), where)
        except ValueError:
            self.problems.append(Problem("language.bad-time", where, {"words": value}))
            return None

    def _mention(self, node: s.Mention) -> r.Condition | None:
        if node.kind is None and node.type.name not in FACT_TYPES:
            found = self.scope.find(_field_name(node.type))
            if found is not None:
                return self._truth(found, node.span, node.type.written)
        subject = self.subject(node)
        return r.HasFact(subject) if isinstance(subject, FactName) else None

    def _action(self, node: s.PlannedAction) -> r.Condition | None:
        name = self.action_name(node.name)
        within = self._typed(node.within, "duration") if node.within else None
        since = self._typed(node.since, "datetime") if node.since else None
        wrong = (node.within and not within) or (node.since and not since)
        return r.HasAction(name, within, since) if name and not wrong else None

    def _typed(self, node: s.Operand, wanted: r.ValueType) -> r.Operand | None:
        found = self.operand(node, wanted)
        if found is not None and found.type != wanted:
            self._mismatch(node.span, wanted, found.type)
            return None
        return found

    def action_name(self, word: s.Word) -> r.ActionName | None:
        """The action that a word names, or None when the contract has no such one."""
        known = action_of(word, self.scope.contract)
        if known is not None:
            return r.ActionName(known.name)
        self.problems.append(unknown("action", word, self.source, spelt_actions(self.scope.contract)))
        return None

    def _approved(self, role: s.Word) -> r.Condition | None:
        if f"roles.{role.name}" in self.scope.contract:
            return r.Approved(role.name)
        self.problems.append(unknown("role", role, self.source, self.scope.listed("roles")))
        return None

    def _truth(self, operand: r.Operand | None, span: Span, written: str) -> r.Condition | None:
        if operand is None:
            return None
        if operand.type != "yesno":
            where = Location(self.source, span)
            values: dict[str, str | Said] = {"words": written, "type": _type_said(operand.type)}
            self.problems.append(Problem("language.not-yes-or-no", where, values))
            return None
        return r.IsTrue(operand)

    def _compare(self, node: s.Compare) -> r.Condition | None:
        left = self.operand(node.left)
        right = self.operand(node.right, left.type, _reference(left)) if left else None
        if left is None or right is None:
            return None
        operator = _OPERATORS.get(node.operator, cast(r.Operator, node.operator))
        if not _fits(left.type, right.type):
            self._mismatch(node.span, left.type, right.type)
            return None
        if operator not in ("is", "is_not") and left.type not in _ORDERED:
            where = Location(self.source, node.span)
            self.problems.append(Problem("language.no-order", where, {"type": _type_said(left.type)}))
            return None
        return r.Comparison(left, operator, right)

    def _one_of(self, node: s.OneOf) -> r.Condition | None:
        left = self.operand(node.left)
        if left is None:
            return None
        options = [self.operand(option, left.type, _reference(left)) for option in node.options]
        for option, written in zip(options, node.options, strict=True):
            if option is not None and not _fits(left.type, option.type):
                self._mismatch(written.span, left.type, option.type)
                return None
        found = [option for option in options if option is not None]
        return r.Membership(left, tuple(found)) if len(found) == len(options) else None

    def _mismatch(self, span: Span, left: r.ValueType, right: r.ValueType) -> None:
        values = {"left": _type_said(left), "right": _type_said(right), "example": Said(f"language.example-{left}")}
        self.problems.append(Problem("language.type-mismatch", Location(self.source, span), values))


def not_a_value(where: Location, wanted: r.ValueType) -> Problem:
    """Words that stand where a value of another type is wanted."""
    example = Said(f"language.example-{wanted}")
    values: dict[str, Saying] = {"words": where.words, "type": _type_said(wanted), "example": example}
    return Problem("language.not-a-value", where, values)


def side_of(node: s.Mention) -> str | None:
    """Where a fact is read: in the reply or the review, or nowhere, as a cue; None when there is no such fact."""
    return FACT_TYPES[node.type.name].side if node.type.name in FACT_TYPES else None


def could_be(wanted: r.ValueType, node: s.Operand) -> bool:
    """Whether a written value can be one of the type."""
    if wanted in _WORDS:
        return not isinstance(node, s.Truth)
    if wanted == "yesno":
        return isinstance(node, s.Truth)
    if wanted == "datetime":
        return isinstance(node, s.Quoted) and _is_moment(node.value)
    return isinstance(node, s.Number) and typed_number(node)[0] == wanted


def _is_moment(text: str) -> bool:
    try:
        return bool(dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def _joined(kind: type[r.All] | type[r.Any], parts: list[r.Condition | None]) -> r.Condition | None:
    sound = tuple(p for p in parts if p is not None)
    return kind(sound) if len(sound) == len(parts) else None


def _number(node: s.Number, where: Location) -> r.Constant:
    kind, value = typed_number(node)
    return r.Constant(kind, value, where)


def typed_number(node: s.Number) -> tuple[r.ValueType, Value]:
    """A number with its unit as a typed value."""
    if node.unit in _DURATIONS:
        return "duration", Duration(node.amount, cast(DurationUnit, node.unit))
    if node.unit == "percent":
        return "percent", Percent(node.amount)
    if node.unit in (None, "characters"):
        return "count", node.amount
    return "money", Money(node.amount, node.unit)


def _fits(left: r.ValueType, right: r.ValueType) -> bool:
    return left == right or (left in _WORDS and right in _WORDS)


def _reference(operand: r.Operand) -> str:
    match operand:
        case r.AttributeRef(_, name):
            return name
        case r.FieldRef(_, path) | r.ContractValue(_, path):
            return path
    return ""


def _field_name(word: s.Word) -> str:
    return section("fields").find(word.name) or word.name


def _type_said(name: r.ValueType) -> Said:
    return Said(f"language.type-{name}")
