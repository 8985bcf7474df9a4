"""What can be counted: facts, actions and events with their tests and times, records of lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES, meaning_of
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.operands import Operands
from replylint.language.scope import Scope, action_of, listed_actions, parameters_of, schema_of, spelt_actions
from replylint.language.unknown import check_mention, unknown
from replylint.language.value_types import WORDS, fits, type_said
from replylint.language.words import field_name
from replylint.source.names import section

_OPERATORS: dict[str, r.Operator] = {
    "equals": "is", "same": "is", "is_before": "less_than", "is_after": "more_than",
}  # fmt: skip
_ORDERED = {"money", "percent", "duration", "count", "datetime"}
_MOMENTS = ("is_before", "is_after")


@dataclass(frozen=True)
class Countables(Operands):
    """Binds what is counted or looked for."""

    def subject(self, node: s.Condition) -> FactName | r.ActionName | None:
        """The fact or action that a mention names, or None when there is no such one."""
        if isinstance(node, s.Happening):
            return self._action_name(node.name)
        if isinstance(node, s.Mention) and side_of(node) == "cue":
            self.tell("cue-in-rule", node.span, words=node.type.written)
            return None
        if isinstance(node, s.Mention) and check_mention(node, self.source, self.problems, in_rule=True):
            return FactName(node.type.name, node.kind.name if node.kind else None)
        return None

    def countable(self, node: s.Counted) -> r.Countable | None:
        """What is counted or summed up."""
        match node:
            case s.Happening():
                if node.kind == "action" and node.bare:
                    return self._action_name(node.name)
                return self.happenings(node, "all" if node.when else "planned")
            case s.Records():
                return self._records(node)
        if node.kind is None and self.scope.record(field_name(node.type)) is not None:
            return self._records(s.Records(s.Path(field_name(node.type), node.span, node.type.written), (), node.span))
        return self.subject(node)

    def types_of(self, countable: r.Countable) -> Mapping[str, r.ValueType]:
        """The types of the attributes, parameters or fields of each of the counted."""
        match countable:
            case FactName():
                return cast("Mapping[str, r.ValueType]", meaning_of(countable).attributes)
            case r.ActionName(name):
                return parameters_of(schema_of(name, self.scope.contract))
            case r.Happenings(names, kind):
                return self._shared_parameters(names, kind)
            case r.Records(path):
                return {name: own.type for name, own in (self.scope.record(path) or {}).items()}

    def _shared_parameters(
        self, names: tuple[str, ...], kind: Literal["action", "event"]
    ) -> Mapping[str, r.ValueType]:
        """What can be asked of each of several: the parameters that all of them have, of one type."""
        contract = self.scope.contract
        first, *more = (
            parameters_of(schema_of(name, contract) if kind == "action" else contract.events[name]) for name in names
        )
        return {key: type_ for key, type_ in first.items() if all(other.get(key) == type_ for other in more)}

    def happenings(
        self, node: s.Happening, scope: Literal["planned", "history", "all"] = "all"
    ) -> r.Happenings | None:
        """Actions or events; `scope` is where they are looked for when the words do not say it."""
        if node.kind == "event" or node.scope == "happened":
            scope = "history"
        elif node.scope == "in_all":
            scope = "all"
        names = [self._happening_name(node.kind, each) for each in node.names]
        known = tuple(name for name in names if name is not None)
        if len(known) < len(names):
            return None
        types = self.types_of(r.Happenings(known, node.kind, scope))
        tests = self._tests(node.filters, types, "parameter", self._without(node, known))
        within = self.typed(node.within, "duration") if node.within else None
        since = self.typed(node.since, "datetime") if node.since else None
        last = self.happenings(node.since_last, "history") if node.since_last else None
        stated = ((node.within, within), (node.since, since), (node.since_last, last))
        if tests is None or any(written is not None and found is None for written, found in stated):
            return None
        return r.Happenings(known, node.kind, scope, tests, within, since, last)

    def _without(self, node: s.Happening, names: tuple[str, ...]) -> s.Word:
        """Which of the names lacks a parameter that is asked for; the first where none does."""
        asked = {each.name.name for each in node.filters}
        lacks = (
            word for word, name in zip(node.names, names, strict=True)
            if asked - self._shared_parameters((name,), node.kind).keys()
        )  # fmt: skip
        return next(lacks, node.name)

    def _happening_name(self, kind: Literal["action", "event"], word: s.Word) -> str | None:
        if kind == "action":
            found = self._action_name(word)
            return found.name if found else None
        if word.name in self.scope.contract.events:
            return word.name
        if action_of(word, self.scope.contract) is not None:
            self.tell("action-as-event", word.span, words=word.written)
            return None
        events = section("events")
        listed = events.first_spellings()
        self.problems.append(unknown("event", word, self.source, events.all_spellings(), listed))
        return None

    def _action_name(self, word: s.Word) -> r.ActionName | None:
        """The action that a word names, or None when the contract has no such one."""
        known = action_of(word, self.scope.contract)
        if known is not None:
            return r.ActionName(known.name)
        if section("events").find(word.written):
            self.tell("event-as-action", word.span, words=word.written)
            return None
        contract = self.scope.contract
        self.problems.append(unknown("action", word, self.source, spelt_actions(contract), listed_actions(contract)))
        return None

    def _records(self, node: s.Records) -> r.Records | None:
        record = self.scope.record(node.path.name)
        if record is None:
            lists = tuple(name for name, own in self.scope.contract.own_fields.items() if own.type == "records")
            found = self.scope.find(node.path.name)
            if found is not None:
                self.tell("not-a-list", node.path.span, words=node.path.written, type=type_said(found.type))
            else:
                names = self.scope.called(lists) or self.scope.names()
                self.problems.append(unknown("name", node.path, self.source, names))
            return None
        types: dict[str, r.ValueType] = {name: own.type for name, own in record.items()}
        choices = {name: own.choices for name, own in record.items()}
        path = s.Word(node.path.name, node.path.span, node.path.written)
        tests = self._tests(node.filters, types, "item", path, choices)
        return r.Records(node.path.name, tests) if tests is not None else None

    def _tests(
        self, filters: tuple[s.Filter, ...], types: Mapping[str, r.ValueType], sort: str, of: s.Word,
        choices: Mapping[str, tuple[str, ...]] | None = None,
    ) -> tuple[r.Test, ...] | None:  # fmt: skip
        found = [self._test(each, types, sort, of, choices or {}) for each in filters]
        sound = tuple(each for each in found if each is not None)
        return sound if len(sound) == len(found) else None

    def _test(
        self, node: s.Filter, types: Mapping[str, r.ValueType], sort: str, of: s.Word,
        choices: Mapping[str, tuple[str, ...]],
    ) -> r.Test | None:  # fmt: skip
        kind = types.get(node.name.name)
        if kind is None:
            self.problems.append(unknown(sort, node.name, self.source, self.scope.called(types), action=of.written))
            return None
        parameter = r.AttributeRef(kind, node.name.name)
        if node.operator == "is_present" or node.operator == "is_missing":
            return r.Test(parameter, node.operator)
        if node.operator == "same":
            return self._same(parameter, node)
        written = node.options if node.value is None else (node.value,)
        values = [self._valued(each, kind, node.name.name, choices) for each in written]
        sound = tuple(
            value for value, each in zip(values, written, strict=True)
            if value is not None and self.comparable(node, kind, value.type, each)
        )  # fmt: skip
        if len(sound) < len(written):
            return None
        return r.Test(parameter, "one_of" if node.operator == "one_of" else operator(node.operator), sound)

    def _valued(
        self, node: s.Operand, kind: r.ValueType, name: str, choices: Mapping[str, tuple[str, ...]]
    ) -> r.Operand | None:
        """The operand of a test: a word stands for itself where one is wanted, not for a field of that name."""
        if isinstance(node, s.Word) and kind in WORDS:
            known = choices.get(name) or self.scope.choices(name)
            if node.name in self.scope.attributes and node.name not in known and not self.scope.assumed:
                self.tell("word-or-own", node.span, words=node.written)
                return None
            inner = Scope({}, self.scope.contract, {name: known})
            return type(self)(self.source, inner, self.problems).operand(node, kind, name)
        return self.operand(node, kind, name)

    def _same(self, parameter: r.AttributeRef, node: s.Filter) -> r.Test | None:
        subject = self.scope.attributes.get(parameter.name)
        if subject is None:
            self.tell("same-as-what", node.span, words=node.name.written)
            return None
        if not fits(parameter.type, subject):
            self.mismatch(node.span, parameter.type, subject)
            return None
        return r.Test(parameter, "is", (r.AttributeRef(subject, parameter.name),))

    def comparable(
        self, node: s.Compare | s.Filter, left: r.ValueType, right: r.ValueType, written: s.Operand
    ) -> bool:
        """Whether two types can be compared in the way that is written; tells why not."""
        if node.operator in _MOMENTS and left != "datetime":
            self.tell("no-moment", node.span, type=type_said(left))
            return False
        if not fits(left, right) or left == "records":
            self.mismatch(node.span, left, right, written)
            return False
        if operator(node.operator) not in ("is", "is_not", "one_of") and left not in _ORDERED:
            self.tell("no-order", node.span, type=type_said(left))
            return False
        return True


def operator(written: str) -> r.Operator:
    """The comparison that a keyword means."""
    return _OPERATORS.get(written, cast(r.Operator, written))


def side_of(node: s.Mention) -> str | None:
    """Where a fact is read: in the reply or the review, or nowhere, as a cue; None when there is no such fact."""
    return FACT_TYPES[node.type.name].side if node.type.name in FACT_TYPES else None
