"""Conditions and values → canonical text, with English or Chinese names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from replylint.language import syntax as s
from replylint.language.naming import APPROVER, OPERAND_SECTIONS, canonical_name
from replylint.source.messages import Lang
from replylint.source.names import kinds, section

# Counts that have a word of their own: how many, where, and whether it is stated when. `once` within a time says where
# by that time alone.
_SHORT = {
    ("exactly", 0, "happened", False): "never", ("exactly", 0, "happened", True): "never",
    ("exactly", 1, "in_all", False): "once",
}  # fmt: skip
ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


class ConditionWriter:
    """Writes conditions, and the operands and happenings that they speak of, with the names of one language."""

    def __init__(self, lang: Lang):
        self._lang: Lang = lang

    def condition(self, node: s.Condition, inside: int = 0) -> str:
        """A condition; `inside` is how tightly the surroundings bind: 0 or, 1 and, 2 not."""
        match node:
            case s.AnyOf(parts):
                text = f" {self._kw('or')} ".join(self.condition(p, 1) for p in parts)
                return f"({text})" if inside > 0 else text
            case s.AllOf(parts):
                text = f" {self._kw('and')} ".join(self.condition(p, 2) for p in parts)
                return f"({text})" if inside > 1 else text
            case s.Not(inner):
                return f"{self._kw('not')} {self.condition(inner, 2)}"
            case s.Mention():
                return self._mention(node)
            case s.Happening():
                return self._happening(node)
            case _:
                return self._atom(node)

    def _atom(self, node: s.Condition) -> str:
        match node:
            case s.Compare(left, operator, right):
                return f"{self._subject(left)} {self._kw(operator)} {self._operand(right)}"
            case s.OneOf(left, options):
                return f"{self._subject(left)} {self._kw('one_of')} {listed(self._operand(o) for o in options)}"
            case s.Presence(operand, present):
                return f"{self._subject(operand)} {self._kw('is_present' if present else 'is_missing')}"
            case s.Order(first, relation, second):
                return f"{self._happening(first)} {self._kw(relation)} {self._happening(second)}"
            case s.Count():
                return self._count(node)
            case s.ApprovedBy(role):
                approver = role.name == APPROVER
                name = section("fields").spell(APPROVER, self._lang) if approver else role.name
                return f"{self._kw('approved_by')} {name}"
            case s.Holds(path):
                return self._path(path)
        raise AssertionError(node)

    def _count(self, node: s.Count) -> str:
        what = node.counted
        if isinstance(what, s.Happening) and (short := _SHORT.get((node.bound, node.number, what.scope, what.when))):
            return f"{self._kw(short)} {self._happening(replace(what, scope=''))}"
        if node.bound == "exactly" and node.number == 0:
            return f"{self._kw('no')} {self._counted(what)}"
        return f"{self._kw(f'count_{node.bound}')} {node.number} {self._counted(what)}"

    def _counted(self, node: s.Counted) -> str:
        match node:
            case s.Happening():
                return self._happening(node)
            case s.Records(path, filters):
                return " ".join([self._path(path), *(self._filter(f) for f in filters)])
        return self._mention(node)

    def _mention(self, node: s.Mention) -> str:
        fact = section("facts").spell(node.type.name, self._lang)
        if node.kind is None:
            return fact
        kind = kinds(node.type.name).spell(node.kind.name, self._lang)
        # English kinds follow `of`; Chinese ones simply follow, where it is known which words are the kind.
        known = node.kind.name in kinds(node.type.name).spellings
        return f"{fact} {kind}" if self._lang == "zh" and known else f"{fact} {self._kw('of')} {kind}"

    def _happening(self, node: s.Happening) -> str:
        if node.kind == "event" and node.name.name == "message":
            parts = [self._kw("message")]
        else:
            spelt = [section(f"{node.kind}s").spell(each.name, self._lang) for each in node.names]
            joined = f" {self._kw('or')} ".join(spelt)
            parts = [self._kw(node.kind), f"({joined})" if node.others else joined]
        parts += [self._filter(each) for each in node.filters]
        if node.scope:
            parts.append(self._kw(node.scope))
        if node.within:
            parts += [self._kw("within"), self._bare(node.within)]
        if node.since:
            parts += [self._kw("of"), self._bare(node.since)]
        if node.since_last:
            parts += [self._kw("since_last"), self._happening(node.since_last)]
        return " ".join(parts)

    def _filter(self, node: s.Filter) -> str:
        name = section("parameters").spell(node.name.name, self._lang)
        if node.operator == "same":
            return f"{self._kw('with_same')} {name}"
        if node.value is None:
            options = listed(self._operand(option) for option in node.options)
            return f"{self._kw('with')} {name} {self._kw(node.operator)} {options}".rstrip()
        if node.name.name == "from" and node.operator == "is" and isinstance(node.value, s.Word):
            return f"{self._kw('from')} {self._operand(node.value)}"
        return f"{self._kw('with')} {name} {self._kw(node.operator)} {self._bare(node.value)}"

    def _operand(self, node: s.Operand) -> str:
        match node:
            case s.Number(amount, unit):
                return _number(amount, unit, self._lang)
            case s.Quoted():
                return quote(node)
            case s.Truth(value):
                return section("answers").spell("yes" if value else "no", self._lang)
            case s.Path():
                return self._path(node)
            case s.Word(name):
                return self._name(name)
        return self._made(node)

    def _made(self, node: s.Operand) -> str:
        match node:
            case s.Arithmetic():
                return self._arithmetic(node)
            case s.Lookup(table, key):
                return f"{self._path(table)} {self._kw('for')} {self._grouped(key, True)}"
            case s.Total(None, over):
                return f"{self._kw('sum_of')} {self._counted(over)}"
            case s.Total(attribute, over) if attribute is not None:
                name = section("attributes").spell(attribute.name, self._lang)
                return f"{self._kw('sum_of')} {name} {self._kw('over')} {self._counted(over)}"
            case s.NumberOf(over):
                return f"{self._kw('count_of')} {self._counted(over)}"
            case s.Weekday(moment):
                return f"{self._kw('weekday_of')} {self._grouped(moment, True)}"
        raise AssertionError(node)

    def _arithmetic(self, node: s.Arithmetic) -> str:
        tight = node.rest[0][0] == "times"
        parts = [self._grouped(node.first, tight)]
        for sign, operand in node.rest:
            parts += [self._kw(sign), self._grouped(operand, tight)]
        return " ".join(parts)

    def _grouped(self, node: s.Operand, tight: bool) -> str:
        """An operand of a sign; `tight` for those that parentheses must part from all other signs."""
        inner = isinstance(node, s.Arithmetic) and (tight or node.rest[0][0] != "times")
        # A sign behind `with amount is more than 3` would look as if it were of the 3.
        inner = inner or (isinstance(node, s.Total | s.NumberOf) and _says_which(node.over))
        text = self._subject(node)
        return f"({text})" if inner else text

    def _bare(self, node: s.Operand) -> str:
        """A value that stands where the sentence goes on behind it."""
        text = self._subject(node)
        return f"({text})" if isinstance(node, s.Arithmetic | s.Total | s.NumberOf) else text

    def _subject(self, node: s.Operand) -> str:
        if isinstance(node, s.Word) and self._name(node.name) == node.name:
            return self._field(node.name)
        return self._operand(node)

    def _name(self, name: str) -> str:
        known = (section(sort) for sort in OPERAND_SECTIONS)
        return next((names.spell(name, self._lang) for names in known if name in names.spellings), name)

    def _path(self, node: s.Path) -> str:
        if "." in node.name:
            return ".".join(section("fields").spell(part, self._lang) for part in node.name.split("."))
        spelled = self._name(node.name)
        return self._field(node.name) if spelled == node.name else _unless_other(spelled, node.name)

    def _field(self, name: str) -> str:
        return _unless_other(section("fields").spell(name, self._lang), name)

    def _kw(self, name: str) -> str:
        return section("keywords").spell(name, self._lang)


def _says_which(counted: s.Counted) -> bool:
    """Whether only some of the counted are meant, so that words stand behind their name."""
    if isinstance(counted, s.Happening):
        return not counted.bare
    return isinstance(counted, s.Records) and bool(counted.filters)


def quote(node: s.Quoted) -> str:
    """A text in quotes, its special characters escaped."""
    return '"' + node.value.translate(ESCAPED) + '"'


def listed(items: Iterable[str]) -> str:
    """Values behind each other."""
    return ", ".join(items)


def _number(amount: Decimal, unit: str | None, lang: Lang) -> str:
    text = f"{amount:,f}" if unit not in (None, "characters") or amount >= 10000 else f"{amount:f}"
    if unit is None:
        return text
    spelled = section("units").spellings[unit][lang] or (section("units").spell(unit, "en"),)
    if unit == "percent":
        return f"{text}%"
    singular = lang == "en" and amount == 1 and len(spelled) > 1 and unit.islower()
    return f"{text} {spelled[1] if singular else spelled[0]}"


def _unless_other(spelled: str, name: str) -> str:
    """The spelling of a name, unless another has it, too: 「折扣」 is a part of the contract, and an attribute."""
    return spelled if canonical_name(spelled) == name else name
