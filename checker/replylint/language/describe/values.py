"""Values in sentences: what conditions compare, count and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from replylint.contract.actions import ActionSchema
from replylint.contract.model import Contract
from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.language.show import join, show
from replylint.source.messages import Lang, say
from replylint.source.names import kinds, section
from replylint.source.resources import message_table
from replylint.source.values import Value


def _common(subjects: tuple[FactName | r.ActionName, ...]) -> FactName | r.ActionName | None:
    """What all that a rule looks at is: its only subject, or the fact of which all are kinds; None for a mixture."""
    types = {subject.type if isinstance(subject, FactName) else None for subject in subjects}
    if len(subjects) == 1 or len(types) != 1:
        return subjects[0] if len(subjects) == 1 else None
    [fact] = types
    return FactName(fact) if fact else None


class ValueTeller:
    """Tells operands, and the names of facts, actions and fields, in one language.

    contract: whose own names are told as it calls them; without one, they are told as they are written.
    subjects: what the rule looks at, whose values it compares with those of actions and events.
    """

    def __init__(
        self, lang: Lang, contract: Contract | None = None, subjects: tuple[FactName | r.ActionName, ...] = ()
    ):
        self._lang: Lang = lang
        self._subject = _common(subjects)
        self._actions: Mapping[str, ActionSchema] = contract.actions if contract else {}
        self._titles: Mapping[str, Mapping[str, str]] = contract.own_names.titles if contract else {}
        self._contract = contract

    def _own(self, name: str) -> str | None:
        """What the contract calls one of its own names; None where it does not say."""
        return self._titles.get(name, {}).get(self._lang)

    def _role(self, role: str) -> str:
        """A role by its title."""
        return role if self._contract is None else self._contract.role_title(role, self._lang)

    def _value(self, value: Value) -> str:
        """A value as people write it, words as they are called in the language."""
        if isinstance(value, str):
            return self._own(value) or section("choices").spell(value, self._lang)
        if isinstance(value, tuple):
            return join([self._value(each) for each in value], self._lang)
        return show(value, self._lang)

    def _behind(self, operand: r.Operand) -> str:
        return self._spaced(self._operand(operand))

    def _spaced(self, text: str) -> str:
        """Words that stand behind Chinese ones: letters and digits keep a space before them."""
        return f" {text}" if self._lang == "zh" and text[:1].isascii() else text

    def _operand(self, operand: r.Operand | None) -> str:
        match operand:
            case r.Constant(_, value):
                if isinstance(value, str):
                    return self._say("words", words=self._value(value))
                return self._value(value)
            case r.ContractValue(_, path, value):
                return self._say("contract", path=self._path(path), value=self._value(value))
            case r.AttributeRef(_, name) if f"value-{name}" in message_table("describe"):
                return self._say(f"value-{name}")
            case r.AttributeRef(_, name):
                return self._say("attribute", name=self._attribute(name))
            case r.FieldRef(_, path):
                return self._say("now") if path == "now" else self._field(path)
            case None:
                return ""
        return self._made(operand)

    def _made(self, operand: r.Operand) -> str:
        match operand:
            case r.Arithmetic(_, first, steps):
                text = self._term(first)
                for sign, term, _ in steps:
                    text = self._say(sign, left=text, right=self._spaced(self._term(term)))
                return text
            case r.Lookup(_, path, _, key):
                return self._say("lookup", path=self._path(path), key=self._operand(key))
            case r.Total(_, attribute, over):
                return self._say("total", name=self._attribute(attribute), what=self._countable(over))
            case r.NumberOf(over):
                return self._say("number-of", what=self._countable(over))
            case r.Weekday(moment):
                return self._say("weekday", moment=self._operand(moment))
        raise AssertionError(operand)

    def _term(self, operand: r.Operand) -> str:
        text = self._operand(operand)
        return self._say("group", condition=text) if isinstance(operand, r.Arithmetic) else text

    def _attribute(self, name: str) -> str:
        known = next((section(k) for k in ("attributes", "parameters") if name in section(k).spellings), None)
        spelt = known.spell(name, self._lang) if known else self._own(name) or name
        return spelt.replace("_", " ") if self._lang == "en" else spelt

    def _countable(self, countable: r.Countable) -> str:
        match countable:
            case r.Happenings():
                return self._happenings(countable)
            case r.Records(path, tests):
                return self._tested(self._say("records", what=self._field(path)), tests)
        if isinstance(countable, r.ActionName) and countable.name != "any":
            return self._say("action-planned", name=self._action(countable.name))
        return self._name(countable)

    def _happenings(self, node: r.Happenings) -> str:
        called = self._action if node.kind == "action" else partial(section("events").spell, lang=self._lang)
        name = self._or(called(each) for each in node.names)
        text = self._tested(self._say(f"{node.kind}-{node.scope}", name=name), node.tests)
        if node.within is not None and node.since is not None:
            text = self._say("within-of", what=text, within=self._operand(node.within), since=self._operand(node.since))
        elif node.within is not None:
            text = self._say("within-last", what=text, within=self._operand(node.within))
        if node.since_last is not None:
            text = self._say("since-last", what=text, last=self._happenings(node.since_last))
        return text

    def _tested(self, text: str, tests: tuple[r.Test, ...]) -> str:
        if not tests:
            return text
        said = self._say("and").join(self._test(test) for test in tests)
        return self._say("tested", what=text, tests=said)

    def _test(self, test: r.Test) -> str:
        name = self._attribute(test.parameter.name)
        if not test.operands:
            return self._say("stated" if test.operator == "is_present" else "not-stated", what=name)
        [first, *more] = test.operands
        if isinstance(first, r.AttributeRef) and first.name == test.parameter.name:
            if test.operator == "is":
                return self._say("same", name=name)
            own = self._say("its-own-of", name=name, what=self._name(self._subject)) if self._subject else ""
            right = own or self._spaced(self._say("its-own", name=name))
            return self._compared(test.operator, test.parameter.type, name, right)
        if isinstance(first, r.Constant) and isinstance(first.value, bool):
            return self._say("yes" if first.value is (test.operator == "is") else "no", what=name)
        if test.parameter.name == "from" and test.operator == "is":
            return self._say("sent-by", who=self._behind(first))
        if test.operator == "one_of" and not more and not isinstance(first, r.ContractValue):
            return self._say("is", left=name, right=self._behind(first))
        spoken = self._or(self._operand(operand) for operand in test.operands)
        return self._compared(test.operator, test.parameter.type, name, self._spaced(spoken))

    def _compared(self, operator: str, sort: r.ValueType, left: str, right: str) -> str:
        """A comparison in words: a moment is before or after another, where an amount is less or more."""
        key = f"moment-{operator}"
        told = key if sort == "datetime" and key in message_table("describe") else operator
        return self._say(told, left=left, right=right)

    def _field(self, path: str) -> str:
        parts = [self._called(part) for part in path.split(".")]
        if len(parts) == 1:
            return self._say("field", name=parts[0])
        return self._say("field-of", owner=parts[0], name=parts[1])

    def _path(self, path: str) -> str:
        # In English a path is told as it stands in the contract.
        own = self._titles if self._lang == "zh" else {}
        parts = path.split(".")
        return ".".join(own.get(part, {}).get("zh") or section("fields").spell(part, self._lang) for part in parts)

    def _true(self, operand: r.Operand, yes: bool) -> str:
        """A yes/no value: in words of its own, or as what its owner is or is not (the reply is canned)."""
        if plain := self._plain(operand, yes):
            return plain
        if not isinstance(operand, r.FieldRef):
            return self._say("yes" if yes else "no", what=self._operand(operand))
        owner, _, name = operand.path.rpartition(".")
        return self._say("is-true" if yes else "is-false", owner=self._called(owner), name=self._called(name))

    def _plain(self, operand: r.Operand, holds: bool) -> str | None:
        """What it comes to when a value is there or true, or is not, for those that have a sentence of their own."""
        match operand:
            case r.AttributeRef(_, name):
                key = f"its-{name}"
            case r.FieldRef(_, path):
                key = f"field-{path.replace('.', '-')}"
            case _:
                return None
        key = key if holds else f"{key}-not"
        return self._say(key) if key in message_table("describe") else None

    def _called(self, name: str) -> str:
        """A field as it is called in a sentence."""
        spelt = self._own(name) or section("fields").spell(name, self._lang)
        return spelt.replace("_", " ") if self._lang == "en" else spelt

    def _name(self, subject: FactName | r.ActionName) -> str:
        if isinstance(subject, r.ActionName):
            return self._say("action-any" if subject.name == "any" else "action", name=self._action(subject.name))
        fact = section("facts").spell(subject.type, self._lang)
        if subject.kind is None:
            return self._say("fact", name=fact)
        return self._say("fact-of-kind", name=fact, kind=kinds(subject.type).spell(subject.kind, self._lang))

    def _action(self, name: str) -> str:
        own = self._actions[name].titles.get(self._lang) if name in self._actions else None
        return own or section("actions").spell(name, self._lang)

    def _or(self, parts: Iterable[str]) -> str:
        *others, last = parts
        return self._say("or").join(filter(None, (self._say("comma").join(others), last)))

    def _say(self, key: str, /, **values: str) -> str:
        return say(f"describe.{key}", self._lang, values)
