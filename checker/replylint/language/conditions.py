"""Conditions: names bound in their scope, comparisons typed, every mistake told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from replylint.case.fields import FIELD_BOUNDS
from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.countables import Countables, operator
from replylint.language.naming import APPROVER
from replylint.language.near import nearest
from replylint.language.scope import role_of
from replylint.language.unknown import slip_in, unknown
from replylint.language.unread import is_unread
from replylint.language.value_types import fits, type_said
from replylint.language.words import field_name, reference
from replylint.source.names import section
from replylint.source.spans import Location, Span


@dataclass(frozen=True)
class Resolver(Countables):
    """Binds the conditions of one rule; problems are collected, a condition with one becomes None."""

    def condition(self, node: s.Condition) -> r.Condition | None:
        """The bound condition, or None when a part of it is wrong."""
        match node:
            case s.AnyOf(parts):
                return _joined(r.Any, [self._option(p, b) for b, p in zip((None, *parts), parts, strict=False)])
            case s.AllOf(parts):
                return _joined(r.All, [self.condition(p) for p in parts])
            case s.Not(inner):
                found = self.condition(inner)
                return r.Negation(found) if found else None
            case s.Mention():
                return self._mention(node)
            case s.Happening():
                return self._happening(node)
            case s.Order(first, relation, second):
                one, other = self.happenings(first), self.happenings(second)
                return r.Ordered(one, relation, other) if one and other else None
            case _:
                return self._atom(node)

    def _option(self, node: s.Condition, before: s.Condition | None) -> r.Condition | None:
        """One of several; in `platform is google_maps or line` the last is a value that nothing is compared with."""
        value = isinstance(node, s.Mention) and node.kind is None and isinstance(before, s.Compare | s.OneOf)
        if value and isinstance(node, s.Mention) and not self._known(node) and not slip_in(node.span, self.source):
            self.tell("value-after-or", node.span, words=node.type.written)
            return None
        return self.condition(node)

    def _known(self, node: s.Mention) -> bool:
        if is_unread(node, self.source):
            return True
        known = node.type.name in FACT_TYPES or self.scope.find(field_name(node.type)) is not None
        return known or nearest(node.type.written, section("facts").all_spellings()) is not None

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
                subject = self.countable(counted)
                return r.Counted(bound_word, number, subject) if subject is not None else None
            case s.ApprovedBy(role):
                return self._approved(role)
        raise AssertionError(node)

    def _mention(self, node: s.Mention) -> r.Condition | None:
        if node.kind is None and node.type.name not in FACT_TYPES:
            found = self.scope.find(field_name(node.type))
            if found is not None:
                return self._truth(found, node.span, node.type.written)
        subject = self.subject(node)
        return r.HasFact(subject) if isinstance(subject, FactName) else None

    def _happening(self, node: s.Happening) -> r.Condition | None:
        """A plan with or without a limit in time counted from a moment; all else looks at the history, too."""
        plain = node.kind == "action" and not (node.filters or node.scope or node.since_last)
        if plain and (node.since is not None or node.within is None):
            if node.others:
                return self.condition(s.AnyOf(node.each, node.span))
            subject = self.subject(node)
            within = self.typed(node.within, "duration") if node.within else None
            since = self.typed(node.since, "datetime") if node.since else None
            wrong = (node.within and not within) or (node.since and not since)
            return r.HasAction(subject, within, since) if isinstance(subject, r.ActionName) and not wrong else None
        if plain:
            self.tell("within-of-what", node.span, words=node.name.written)
            return None
        found = self.happenings(node, "all" if node.when else "planned")
        return r.Happened(found) if found else None

    def _approved(self, role: s.Word) -> r.Condition | None:
        if (key := role_of(role, self.scope.contract)) is not None:
            return r.Approved(key, where=Location(self.source, role.span))
        if role.name == APPROVER:
            return r.Approved(APPROVER, self.scope.clause or "")
        self.problems.append(unknown("role", role, self.source, self.scope.listed("roles")))
        return None

    def _truth(self, operand: r.Operand | None, span: Span, written: str) -> r.Condition | None:
        if operand is None:
            return None
        if operand.type != "yesno":
            self.tell("not-yes-or-no", span, words=written, type=type_said(operand.type))
            return None
        return r.IsTrue(operand)

    def _compare(self, node: s.Compare) -> r.Condition | None:
        left = self.operand(node.left)
        right = self._beside(node.right, left)
        if left is None or right is None or not self.comparable(node, left.type, right.type, node.right):
            return None
        found = r.Comparison(left, operator(node.operator), right)
        return found if self._can_hold(found, node.span) else None

    def _can_hold(self, found: r.Comparison, span: Span, key: str = "never-holds") -> bool:
        """Whether a field with a least and a most value can ever stand so to a number; tells when it cannot."""
        bounds = FIELD_BOUNDS.get(reference(found.left))
        if bounds is None or not isinstance(found.right, r.Constant) or not isinstance(found.right.value, Decimal):
            return True
        if _within(bounds, found.operator, found.right.value):
            return True
        field, (least, most) = self.called(reference(found.left)), bounds
        words = Location(self.source, span).words
        self.tell(key, span, words=words, field=field, least=str(least), most=str(most))
        return False

    def _beside(self, node: s.Operand, left: r.Operand | None) -> r.Operand | None:
        """What an operand is held against; beside a name that does not exist, only its own mistakes can be told."""
        if left is not None:
            return self.operand(node, left.type, reference(left))
        return None if isinstance(node, s.Word) else self.operand(node)

    def _one_of(self, node: s.OneOf) -> r.Condition | None:
        left = self.operand(node.left)
        options = [self._beside(option, left) for option in node.options]
        if left is None:
            return None
        found = []
        for option, written in zip(options, node.options, strict=True):
            if option is not None and not fits(left.type, option.type):
                self.mismatch(written.span, left.type, option.type, written)
            elif option is not None and self._can_hold(
                r.Comparison(left, "is", option), written.span, "out-of-bounds"
            ):
                found.append(option)
        return r.Membership(left, tuple(found)) if len(found) == len(options) else None


def _within(bounds: tuple[int, int], operator: r.Operator, number: Decimal) -> bool:
    """Whether a value between two bounds can stand so to a number."""
    least, most = bounds
    if operator in ("is", "one_of"):
        return least <= number <= most
    if operator in ("at_least", "more_than"):
        return number < most or (operator == "at_least" and number == most)
    if operator in ("at_most", "less_than"):
        return number > least or (operator == "at_most" and number == least)
    return True


def _joined(kind: type[r.All] | type[r.Any], parts: list[r.Condition | None]) -> r.Condition | None:
    sound = tuple(p for p in parts if p is not None)
    return kind(sound) if len(sound) == len(parts) else None
