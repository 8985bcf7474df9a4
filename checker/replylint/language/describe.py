"""What a resolved rule means, in plain English or Chinese; made from the rule itself, never from its comments."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import FactName
from replylint.language import rules as r
from replylint.language.names import kinds, section
from replylint.language.show import show
from replylint.source.messages import Lang, say


def describe_rule(rule: r.Rule, lang: Lang) -> tuple[str, ...]:
    """The rule as sentences, the first one saying what is forbidden or required."""
    return tuple(_Teller(lang).rule(rule))


def describe_condition(condition: r.Condition, lang: Lang) -> str:
    """A condition as a clause of a sentence."""
    return _Teller(lang).condition(condition)


def _choice(value: str, lang: Lang) -> str:
    """A choice as it is called in the language; other words as they are."""
    return section("choices").spell(value, lang)


class _Teller:
    def __init__(self, lang: Lang):
        self._lang: Lang = lang

    def rule(self, rule: r.Rule) -> Iterator[str]:
        what = self._subjects(rule) if rule.subjects else self.condition(rule.requirement) if rule.requirement else ""
        yield self._say(f"{rule.verb}-{'fact' if rule.subjects else 'condition'}", what=what)
        if rule.where:
            yield self._say("where", condition=self.condition(rule.where))
        if rule.when:
            yield self._say("when", condition=self.condition(rule.when))
        if rule.unless:
            yield self._say("unless", condition=self.condition(rule.unless))
        if rule.clause:
            yield self._say("enforces", path=self._path(rule.clause[0]))
        yield self._say(f"severity-{rule.severity}")
        yield self._say(f"unknown-{rule.if_unknown or 'person'}")

    def _subjects(self, rule: r.Rule) -> str:
        return self._or(self._name(subject) for subject in rule.subjects)

    def condition(self, node: r.Condition) -> str:
        match node:
            case r.Any(parts):
                return self._or(self._inner(p) for p in parts)
            case r.All(parts):
                return self._say("and").join(self._inner(p) for p in parts)
            case r.Negation(r.IsTrue(r.FieldRef(_, path))):
                return self._quality("is-false", path)
            case r.IsTrue(r.FieldRef(_, path)):
                return self._quality("is-true", path)
            case r.Negation(inner):
                return self._say("not", condition=self._inner(inner))
            case r.HasFact(fact):
                side = "has-review-fact" if FACT_TYPES[fact.type].side == "review" else "has-fact"
                return self._say(side, what=self._name(fact))
            case r.HasAction(action, None):
                return self._say("has-action", what=self._name(action))
            case r.HasAction(action, within, since):
                values = {"within": self._operand(within), "since": self._operand(since)}
                return self._say("has-action-within", what=self._name(action), **values)
            case r.Counted(bound, number, of):
                return self._say(f"count-{bound}", number=str(number), what=self._name(of))
            case _:
                return self._atom(node)

    def _atom(self, node: r.Condition) -> str:
        match node:
            case r.Comparison(left, operator, right):
                return self._say(operator, left=self._operand(left), right=self._operand(right))
            case r.Membership(left, options):
                spoken = self._or(self._operand(option) for option in options)
                return self._say("one_of", left=self._operand(left), options=spoken)
            case r.Stated(operand, present):
                return self._say("stated" if present else "not-stated", what=self._operand(operand))
            case r.IsTrue(operand):
                return self._say("stated", what=self._operand(operand))
            case r.Approved(role):
                return self._say("approved", role=role)
        raise AssertionError(node)

    def _inner(self, node: r.Condition) -> str:
        text = self.condition(node)
        return self._say("group", condition=text) if isinstance(node, r.Any | r.All) else text

    def _operand(self, operand: r.Operand | None) -> str:
        match operand:
            case r.Constant(_, value):
                if isinstance(value, str):
                    return self._say("words", words=_choice(value, self._lang))
                return show(value, self._lang)
            case r.ContractValue(_, path, value):
                return self._say("contract", path=self._path(path), value=show(value, self._lang))
            case r.AttributeRef(_, name):
                known = next((section(k) for k in ("attributes", "parameters") if name in section(k).spellings), None)
                return self._say("attribute", name=known.spell(name, self._lang) if known else name)
            case r.FieldRef(_, path):
                return self._field(path)
        return ""

    def _field(self, path: str) -> str:
        fields = section("fields")
        parts = [fields.spell(part, self._lang) for part in path.split(".")]
        if len(parts) == 1:
            return self._say("field", name=parts[0])
        return self._say("field-of", owner=parts[0], name=parts[1])

    def _path(self, path: str) -> str:
        return ".".join(section("fields").spell(part, self._lang) for part in path.split("."))

    def _quality(self, key: str, path: str) -> str:
        """A yes/no field as what its owner is or is not: the reply is canned."""
        owner, _, name = path.rpartition(".")
        spell = section("fields").spell
        return self._say(key, owner=spell(owner, self._lang), name=spell(name, self._lang))

    def _name(self, subject: FactName | r.ActionName) -> str:
        if isinstance(subject, r.ActionName):
            return self._say("action", name=section("actions").spell(subject.name, self._lang))
        fact = section("facts").spell(subject.type, self._lang)
        if subject.kind is None:
            return self._say("fact", name=fact)
        return self._say("fact-of-kind", name=fact, kind=kinds(subject.type).spell(subject.kind, self._lang))

    def _or(self, parts: Iterator[str]) -> str:
        return self._say("or").join(parts)

    def _say(self, key: str, /, **values: str) -> str:
        return say(f"describe.{key}", self._lang, values)
