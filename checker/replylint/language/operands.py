"""Operands of conditions: names bound in their scope, calculations typed, every mistake told."""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from replylint.contract.own_fields import key_of
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.listed import Listing
from replylint.language.mistakes import slips
from replylint.language.names import kinds, section
from replylint.language.near import nearest
from replylint.language.scope import Scope, chinese, field_types
from replylint.language.unknown import unknown
from replylint.language.value_types import (
    MEASURED,
    STATED,
    WORDS,
    example,
    not_a_value,
    plain_number,
    result_of,
    type_of_value,
    type_said,
    typed_number,
)
from replylint.source.bilingual import script_of
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Stated

# What a table can be looked up by.
_KEYS = {"text", "choice", "count"}
# How many values of a part of the contract are offered, those nearest to it first.
_MOST_OFFERED = 8
_ENDS = re.compile(r"[0-9]+ ?[-－−] ?[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?")


@dataclass(frozen=True)
class Operands(ABC):
    """Binds the operands of one rule; problems are collected, an operand with one becomes None."""

    source: Source
    scope: Scope
    problems: list[Problem]

    def operand(self, node: s.Operand, expected: r.ValueType | None = None, of: str = "") -> r.Operand | None:
        """A value or a name; `expected` is the type on the other side, `of` the name there."""
        where = Location(self.source, node.span)
        match node:
            case s.Number():
                kind, value = typed_number(node)
                return r.Constant(kind, value, where)
            case s.Quoted(value):
                return self._quoted(value, expected, of, where)
            case s.Truth(value):
                return r.Constant("yesno", value, where)
            case s.Path(name):
                found = self.scope.find(name)
                return found if found is not None else self._no_name(node)
            case s.Word():
                return self._word(node, expected, of, where)
            case _:
                return self._made(node)

    @abstractmethod
    def countable(self, node: s.Counted) -> r.Countable | None:
        """What is counted or summed up."""

    @abstractmethod
    def types_of(self, countable: r.Countable) -> Mapping[str, r.ValueType]:
        """The types of what each of the counted states."""

    def tell(self, key: str, span: Span, **values: Saying) -> None:
        """Note a mistake."""
        self.problems.append(Problem(f"language.{key}", Location(self.source, span), values))

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

    def _word(self, node: s.Word, expected: r.ValueType | None, of: str, where: Location) -> r.Operand | None:
        listed = self.scope.listing(of)
        if listed and (value := listed.find(node.written) or listed.find(node.name)):
            return r.Constant("text", value, where)
        if found := self.scope.find(node.name):
            return found
        if expected == "money" and node.name in STATED:
            return r.Constant("money", Stated(node.name), where)
        if expected not in WORDS and (found := self.scope.find(field_name(node))):
            return found
        if expected in WORDS:
            return self._text(node, listed, of, where)
        if expected is None or nearest(node.written, self.scope.names()):
            return self._no_name(node)
        self.problems.append(not_a_value(where, expected))
        return None

    def called(self, name: str) -> Said:
        """A field or an attribute by its name in the reader's language, one of the contract's own as it calls it."""
        if name == "weekday":
            return Said("language.name", {"en": name, "zh": section("keywords").spell("weekday_of", "zh")})
        own = self.scope.contract.own_names
        return Said("language.name", {"en": name, "zh": own.spell_path(chinese(name), "zh")})

    def _text(self, node: s.Word, listed: Listing | None, of: str, where: Location) -> r.Operand | None:
        """A word that stands for itself where a text is wanted; not one that is a slip for something else."""
        if listed:
            self._no_choice(node, listed, of)
            return None
        said = slips.meant("inside")
        meant = said.get(f"is {node.written}".casefold()) or said.get(node.written.casefold())
        if meant is not None:
            near = slips.spelt("keywords", meant, node.written)
            self.tell("unexpected-near", node.span, words=node.written, near=near)
            return None
        if entry := self._near_entry(node, of):
            if node.written not in where.words:
                return None  # it was put in place of words that were told of already
            self.tell("unknown-choice-near", node.span, words=node.written, near=entry, field=self.called(of))
            return None
        return r.Constant("text", node.name, where)

    def _no_choice(self, node: s.Word, listed: Listing, of: str) -> None:
        """Tell of a word that a field can never hold."""
        if node.written not in Location(self.source, node.span).words:
            return  # it was put in place of words that were told of already
        field = self.called(of)
        if of == "language" and (meant := slips.meant("languages").get(node.written.casefold())):
            self.tell("unknown-choice-near", node.span, words=node.written, near=meant, field=field)
            return
        self.problems.append(unknown("choice", node, self.source, listed.offered, field=field))

    def _near_entry(self, node: s.Word, of: str) -> str | None:
        """The platform of the contract that a word is a part of, or misspelt from; others may be right."""
        if of != "platform":
            return None
        known = self.scope.listed("platforms")
        written = re.sub(r"[\s\-]+", "_", node.written.strip().casefold())
        if node.name in known:
            return None
        named = (name for name in known if written in (name.casefold(), *name.casefold().split("_")))
        return next(named, None) or nearest(node.written, known)

    def _no_name(self, node: s.Word | s.Path) -> r.Operand | None:
        if node.name in self.scope.contract:
            self._several_values(node)
            return None
        if section("facts").find(node.written or node.name):
            self.tell("fact-as-value", node.span, words=node.written)
            return None
        if section("keywords").find(f"{node.written} of") == "weekday_of":
            self.tell("unexpected-near", node.span, words=node.written, near=f"{node.written} of now")
            return None
        if fact := dotted_fact(node.written):
            self.tell("unexpected-near", node.span, words=node.written, near=fact)
            return None
        if meant := _field_meant(node.written):
            near = chinese(meant) if script_of(node.written) == "zh" else meant
            self.tell("unknown-name-near", node.span, words=node.written, near=near)
            return None
        self.problems.append(unknown("name", node, self.source, self.scope.names()))
        return None

    def _several_values(self, node: s.Word | s.Path) -> None:
        """Tell of a part of the contract in a value's place; mostly the field of its last name is meant."""
        spell = chinese if script_of(node.written) == "zh" else str
        last = f".{node.name.rpartition('.')[2]}"
        if near := next((field for field in field_types() if field.endswith(last)), None):
            self.tell("several-values-near", node.span, words=node.written, near=spell(near))
            return
        contract = self.scope.contract
        under = [p for p in contract.paths() if p.startswith(f"{node.name}.") and contract.value(p) is not None]
        offered = tuple(map(spell, sorted(under, key=lambda path: path.count("."))[:_MOST_OFFERED]))
        more = ("…",) if len(under) > len(offered) else ()
        self.tell("several-values", node.span, words=node.written, known=(*offered, *more))

    def _quoted(self, value: str, expected: r.ValueType | None, of: str, where: Location) -> r.Operand | None:
        if self.scope.listing(of):
            return self._word(s.Word(value, where.span, value), expected, of, where)
        if expected != "datetime":
            if entry := self._near_entry(s.Word(value, where.span, value), of):
                self.tell("unknown-choice-near", where.span, words=value, near=entry, field=self.called(of))
                return None
            return r.Constant("text", value, where)
        try:
            return r.Constant("datetime", dt.datetime.fromisoformat(value), where)
        except ValueError:
            self.problems.append(Problem("language.bad-time", where, {"words": value}))
            return None


def _field_meant(written: str) -> str | None:
    """The field that people call so, by itself or behind its group: `stars`, 「回覆.字數」."""
    known = slips.meant("fields")
    group, _, last = written.replace("．", ".").casefold().rpartition(".")
    meant = known.get(last)
    named = not group or (meant or "").split(".")[0] == (section("fields").find(group) or group)
    return meant if named else None


def reference(operand: r.Operand) -> str:
    """The name by which what an operand can hold is known."""
    match operand:
        case r.AttributeRef(_, name):
            return name
        case r.FieldRef(_, path) | r.ContractValue(_, path):
            return path
        case r.Weekday():
            return "weekday"
    return ""


def dotted_fact(written: str) -> str | None:
    """`promise.refund` as it is written: `promise of refund`; None for anything else."""
    head, _, kind = written.replace("．", ".").partition(".")
    fact = section("facts").find(head)
    if fact is None or kinds(fact).find(kind) is None:
        return None
    return f"{head} {kind}" if script_of(head) == "zh" else f"{head} {section('keywords').spell('of', 'en')} {kind}"


def field_name(word: s.Word) -> str:
    """A field of one word by its name in rules."""
    return section("fields").find(word.name) or word.name
