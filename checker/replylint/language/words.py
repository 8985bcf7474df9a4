"""Names and words in conditions: what each stands for, and what is told of those that stand for nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.listed import Listing
from replylint.language.mistakes import slips
from replylint.language.near import nearest
from replylint.language.scope import Scope, chinese, field_types
from replylint.language.unknown import unknown
from replylint.language.value_types import STATED, WORDS, not_a_value
from replylint.source.bilingual import script_of
from replylint.source.names import kinds, section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Stated

# How many values of a part of the contract are offered, those nearest to it first.
_MOST_OFFERED = 8


@dataclass(frozen=True)
class Words:
    """Binds the names and words of one rule in their scope; problems are collected, a word with one becomes None."""

    source: Source
    scope: Scope
    problems: list[Problem]

    def tell(self, key: str, span: Span, **values: Saying) -> None:
        """Note a mistake."""
        self.problems.append(Problem(f"language.{key}", Location(self.source, span), values))

    def word(self, node: s.Word, expected: r.ValueType | None, of: str, where: Location) -> r.Operand | None:
        """What a word stands for beside something of a type, whose name is `of`: a choice, a name, or itself."""
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
            self.no_name(node)
            return None
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

    def no_name(self, node: s.Word | s.Path) -> None:
        """Tell of a name that stands for no value here."""
        if node.name in self.scope.contract:
            self._several_values(node)
            return
        if section("facts").find(node.written or node.name):
            self.tell("fact-as-value", node.span, words=node.written)
            return
        if section("keywords").find(f"{node.written} of") == "weekday_of":
            self.tell("unexpected-near", node.span, words=node.written, near=f"{node.written} of now")
            return
        if fact := dotted_fact(node.written):
            self.tell("unexpected-near", node.span, words=node.written, near=fact)
            return
        if meant := _field_meant(node.written):
            near = chinese(meant) if script_of(node.written) == "zh" else meant
            self.tell("unknown-name-near", node.span, words=node.written, near=near)
            return
        self.problems.append(unknown("name", node, self.source, self.scope.names()))

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

    def quoted(self, value: str, expected: r.ValueType | None, of: str, where: Location) -> r.Operand | None:
        """As `word`, for text in quotes: a choice, a moment in ISO 8601, or text."""
        if self.scope.listing(of):
            return self.word(s.Word(value, where.span, value), expected, of, where)
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
