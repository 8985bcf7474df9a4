"""What a resolved rule means, in plain English or Chinese; made from the rule itself, never from its comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from replylint.contract.actions import ActionSchema
from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import FactName
from replylint.language import rules as r
from replylint.language.names import kinds, section
from replylint.language.show import show
from replylint.source.messages import Lang, say
from replylint.source.resources import message_table


def describe_rule(
    rule: r.Rule, lang: Lang, actions: Mapping[str, ActionSchema] | None = None
) -> tuple[str, ...]:
    """The rule as sentences, the first one saying what is forbidden or required.

    actions: those of the contract, whose own titles are used.
    """
    return tuple(_Teller(lang, actions or {}).rule(rule))


def describe_condition(condition: r.Condition, lang: Lang) -> str:
    """A condition as a clause of a sentence."""
    return _Teller(lang).condition(condition)


def _choice(value: str, lang: Lang) -> str:
    """A choice as it is called in the language; other words as they are."""
    return section("choices").spell(value, lang)


def _there(subject: FactName | r.ActionName) -> r.Condition:
    return r.HasFact(subject) if isinstance(subject, FactName) else r.HasAction(subject)


def _sort(node: r.Condition) -> str:
    """What a condition says is there: an action, or a fact of the reply or of the review; empty for anything else."""
    match node:
        case r.HasAction(_, None):
            return "action"
        case r.HasFact(fact):
            return _side((fact,))
    return ""


def _facts(parts: Iterable[r.Condition]) -> tuple[FactName, ...]:
    """The facts, when each of the conditions is that one is there; else none."""
    parts = tuple(parts)
    found = tuple(part.fact for part in parts if isinstance(part, r.HasFact))
    return found if len(found) == len(parts) else ()


def _side(facts: Iterable[FactName]) -> str:
    """The text in which all of the facts are read, reply or review; empty when they are not of one."""
    sides = {FACT_TYPES[fact.type].side for fact in facts}
    return sides.pop() if len(sides) == 1 else ""


class _Teller:
    def __init__(self, lang: Lang, actions: Mapping[str, ActionSchema] | None = None):
        self._lang: Lang = lang
        self._actions = actions or {}

    def rule(self, rule: r.Rule) -> Iterator[str]:
        yield self._subjects(rule) if rule.subjects else self._requirement(rule.requirement)
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
        sorts = {type(subject) for subject in rule.subjects}
        if len(sorts) > 1:
            return self._say(f"{rule.verb}-condition", what=self.condition(r.Any(tuple(map(_there, rule.subjects)))))
        what = self._or(self._name(subject) for subject in rule.subjects)
        return self._say(f"{rule.verb}-{'fact' if sorts == {FactName} else 'action'}", what=what)

    def _requirement(self, node: r.Condition | None) -> str:
        """What a rule requires: told as what is at fault, wherever that can be said."""
        if node is None:
            return ""
        facts = _facts(node.parts if isinstance(node, r.Any) else (node,))
        if facts and _side(facts) == "reply":
            return self._say("require-fact", what=self._or(map(self._name, facts)))
        if lacking := self._opposite(node):
            return self._say("forbid-condition", what=lacking)
        return self._say("require-condition", what=self.condition(node))

    def _opposite(self, node: r.Condition) -> str:
        """That a condition does not hold; empty where the language has no plain way to say it."""
        match node:
            case r.Negation(inner):
                return self.condition(inner)
            case r.Stated(operand, present):
                return self._atom(r.Stated(operand, not present))
            case r.IsTrue(operand):
                return self._true(operand, False)
            case r.Approved(_, str()):
                return self._say("not-approved-by-approver")
            case r.Approved(role):
                return self._say("not-approved", role=role)
        return ""

    def condition(self, node: r.Condition) -> str:
        match node:
            case r.Any(parts):
                return self._any(parts)
            case r.All(parts):
                return self._say("and").join(self._inner(p) for p in parts)
            case r.Negation(r.IsTrue(operand)):
                return self._true(operand, False)
            case r.IsTrue(operand):
                return self._true(operand, True)
            case r.Negation(r.Comparison(left, "is", right)):
                return self._atom(r.Comparison(left, "is_not", right))
            case r.Negation(inner):
                return self._say("not", condition=self._inner(inner))
            case r.HasFact(fact):
                return self._has((fact,))
            case r.HasAction() | r.Happened() | r.Ordered() | r.Counted():
                return self._found(node)
            case _:
                return self._atom(node)

    def _any(self, parts: tuple[r.Condition, ...]) -> str:
        """One of several; neighbours of one sort share their verb."""
        told: list[str] = []
        for sort, run in groupby(parts, _sort):
            some = tuple(run)
            if sort == "action":
                actions = (part.action for part in some if isinstance(part, r.HasAction))
                told.append(self._say("has-action", what=self._or(map(self._name, actions))))
            elif sort:
                told.append(self._has(_facts(some)))
            else:
                told += [self._inner(part) for part in some]
        return self._say("or-else").join(told)

    def _has(self, facts: tuple[FactName, ...]) -> str:
        key = "has-review-fact" if _side(facts) == "review" else "has-fact"
        return self._say(key, what=self._or(map(self._name, facts)))

    def _found(self, node: r.Condition) -> str:
        match node:
            case r.HasAction(action, None):
                return self._say("has-action", what=self._name(action))
            case r.HasAction(action, within, since):
                values = {"within": self._operand(within), "since": self._operand(since)}
                return self._say("has-action-within", what=self._name(action), **values)
            case r.Happened(happenings):
                return self._say("has-happened", what=self._happenings(happenings))
            case r.Ordered(first, relation, second):
                return self._say(relation, first=self._happenings(first), second=self._happenings(second))
            case r.Counted("exactly", 0, of):
                return self._say("count-none", what=self._countable(of))
            case r.Counted(bound, number, of):
                return self._say(f"count-{bound}", number=str(number), what=self._countable(of))
        raise AssertionError(node)

    def _atom(self, node: r.Condition) -> str:
        match node:
            case r.Comparison(left, operator, right):
                return self._say(operator, left=self._operand(left), right=self._behind(right))
            case r.Membership(left, options):
                # The options of a list of the contract are told with where they stand.
                key = "one_of" if any(isinstance(option, r.ContractValue) for option in options) else "is"
                spoken = self._spaced(self._or(self._operand(option) for option in options))
                return self._say(key, left=self._operand(left), right=spoken)
            case r.Stated(operand, present):
                plain = self._plain(operand, present)
                return plain or self._say("stated" if present else "not-stated", what=self._operand(operand))
            case r.Approved(_, str()):
                return self._say("approved-by-approver")
            case r.Approved(role):
                return self._say("approved", role=role)
        raise AssertionError(node)

    def _inner(self, node: r.Condition) -> str:
        text = self.condition(node)
        return self._say("group", condition=text) if isinstance(node, r.Any | r.All) else text

    def _behind(self, operand: r.Operand) -> str:
        return self._spaced(self._operand(operand))

    def _spaced(self, text: str) -> str:
        """Words that stand behind Chinese ones: letters and digits keep a space before them."""
        return f" {text}" if self._lang == "zh" and text[:1].isascii() else text

    def _operand(self, operand: r.Operand | None) -> str:
        match operand:
            case r.Constant(_, value):
                if isinstance(value, str):
                    return self._say("words", words=_choice(value, self._lang))
                return show(value, self._lang)
            case r.ContractValue(_, path, value):
                return self._say("contract", path=self._path(path), value=show(value, self._lang))
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
        spelt = known.spell(name, self._lang) if known else name
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
        name = self._action(node.name) if node.kind == "action" else section("events").spell(node.name, self._lang)
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
        if isinstance(test.operand, r.AttributeRef) and test.operand.name == test.parameter.name:
            return self._say("same", name=name)
        if test.parameter.name == "from" and test.operator == "is":
            return self._say("sent-by", who=self._behind(test.operand))
        return self._say(test.operator, left=name, right=self._behind(test.operand))

    def _field(self, path: str) -> str:
        parts = [self._called(part) for part in path.split(".")]
        if len(parts) == 1:
            return self._say("field", name=parts[0])
        return self._say("field-of", owner=parts[0], name=parts[1])

    def _path(self, path: str) -> str:
        return ".".join(section("fields").spell(part, self._lang) for part in path.split("."))

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
        spelt = section("fields").spell(name, self._lang)
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
        return self._say("or").join(parts)

    def _say(self, key: str, /, **values: str) -> str:
        return say(f"describe.{key}", self._lang, values)
