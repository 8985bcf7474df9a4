"""The brand's own names in rule files: from how they are written to their keys in the contract, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from replylint.contract.actions import usual
from replylint.contract.model import Contract
from replylint.contract.own_fields import OwnField
from replylint.contract.own_names import one_word
from replylint.facts.schema import FACT_TYPES
from replylint.language import syntax as s
from replylint.source.messages import Lang

Node = TypeVar("Node")

_ROLES = ("approvals", "approved_by", "drafter.role", "review.severity_role")
"""Fields that hold roles of the contract."""


def with_keys(file: s.RuleFile, contract: Contract) -> s.RuleFile:
    """The file with the names of the contract's own under the keys that the contract has for them."""
    if not contract.own_names.names:
        return file
    return _renamed(file, _Names(contract.own_names.canonical, _as_it_is, _as_it_is, _as_it_is))


def with_titles(file: s.RuleFile, contract: Contract, lang: Lang) -> s.RuleFile:
    """The file with the contract's own fields, tables, choices, actions and roles as a language calls them.

    What has no title of one word in the language stands under its key.
    """
    own = contract.own_names

    def action(name: str) -> str:
        schema = contract.actions.get(contract.action_names.get(usual(name), name))
        return one_word(schema.titles.get(lang, ""), schema.name) if schema and schema.titles else name

    def role(name: str) -> str:
        key = contract.role_names.get(usual(name))
        return one_word(contract.role_title(key, lang), key) if key else name

    def name(written: str) -> str:
        return own.spell_path(own.canonical(written), lang)

    keyed = with_keys(file, contract)
    return _renamed(keyed, _Names(name, lambda word: own.spell(own.word(word), lang), action, role), contract)


def _as_it_is(name: str) -> str:
    return name


@dataclass(frozen=True)
class _Names:
    """How names of each sort are to be written."""

    name: Callable[[str], str]
    word: Callable[[str], str]
    action: Callable[[str], str]
    role: Callable[[str], str]


def _renamed(file: s.RuleFile, to: _Names, contract: Contract | None = None) -> s.RuleFile:
    writer = _Renamer(to, contract)
    return replace(file, statements=tuple(writer.statement(each) for each in file.statements))


@dataclass(frozen=True)
class _Renamer:
    """Walks the clauses of rules that hold names; words in messages, examples and wordings are nobody's names."""

    to: _Names
    contract: Contract | None
    """Whose fields tell the words that are choices; None where words stay."""

    def statement(self, node: s.Statement) -> s.Statement:
        if not isinstance(node, s.Rule):
            return node
        return replace(node, clauses=tuple(self._clause(clause) for clause in node.clauses))

    def _clause(self, clause: s.Clause) -> s.Clause:
        if isinstance(clause.value, s.Quoted | s.Word) and clause.keyword not in ("forbid", "require"):
            return clause
        return replace(clause, value=self._walk(clause.value))

    def _walk(self, node: Node) -> Node:
        """The node with every name in it written anew."""
        found: Any = node
        match node:
            case tuple() if type(node) is tuple:
                found = tuple(self._walk(each) for each in node)
            case s.Word() | s.Path():
                found = replace(node, name=self.to.name(node.name))
            case s.Mention(fact, kind) if kind is None and fact.name not in FACT_TYPES:
                found = replace(node, type=self._walk(fact))
            case s.ApprovedBy(role):
                found = replace(node, role=replace(role, name=self.to.role(role.name)))
            case s.Happening() | s.GivenAction() | s.GivenHistory():
                found = self._done(node)
            case s.Compare() | s.OneOf() | s.GivenField() | s.Records() | s.GivenRecord():
                found = self._held(node)
            case _ if is_dataclass(node) and not isinstance(node, s.Mention):
                found = self._each(node)
        return cast(Node, found)

    def _done(self, node: s.Happening | s.GivenAction | s.GivenHistory) -> Any:
        """Something planned or done: events keep their names, actions may have one of the contract's."""
        found, name = self._each(node), node.name
        if isinstance(node, s.Happening):
            to = self.to.action if node.kind == "action" else str
            name, *others = (replace(each, name=to(each.name)) for each in node.names)
            return replace(found, name=name, others=tuple(others))
        return replace(found, name=replace(name, name=self.to.action(name.name)) if name else name)

    def _held(self, node: Any) -> Any:
        """What is held against something, or stated of it: the values may be choices or roles."""
        match node:
            case s.Compare(left, _, right):
                return replace(node, left=self._walk(left), right=self._beside(right, left))
            case s.OneOf(left, options):
                return replace(node, left=self._walk(left), options=tuple(self._beside(o, left) for o in options))
            case s.GivenField(path, values):
                return replace(node, path=self._walk(path), values=tuple(self._beside(v, path) for v in values))
            case s.Records(path, filters):
                return replace(node, path=self._walk(path), filters=tuple(self._filter(f, path) for f in filters))
        stated = tuple((self._walk(name), self._of(node.path, name, value)) for name, value in node.parameters)
        return replace(node, path=self._walk(node.path), parameters=stated)

    def _each(self, node: Any) -> Any:
        """A node whose parts are each written anew."""
        parts = {each.name: getattr(node, each.name) for each in fields(node)}
        return replace(node, **{name: self._walk(part) for name, part in parts.items() if _holds_names(part)})

    def _beside(self, node: s.Operand, left: s.Operand) -> s.Operand:
        """A value beside what it is held against: a role, a choice, or whatever else is named."""
        name = left.name if isinstance(left, s.Word | s.Path) else ""
        if isinstance(node, s.Word) and name in _ROLES:
            return replace(node, name=self.to.role(node.name))
        return self._chosen(node, self.contract.own_fields.get(name) if self.contract else None)

    def _filter(self, node: s.Filter, path: s.Path) -> s.Filter:
        value = node.value and self._of(path, node.name, node.value)
        options = tuple(self._of(path, node.name, option) for option in node.options)
        return replace(node, name=self._walk(node.name), value=value, options=options)

    def _of(self, path: s.Path, name: s.Word, value: s.Operand) -> s.Operand:
        """A value beside a field of a list's records."""
        own = self.contract.own_fields.get(path.name) if self.contract else None
        return self._chosen(value, own.record.get(name.name) if own else None)

    def _chosen(self, node: s.Operand, own: OwnField | None) -> s.Operand:
        if isinstance(node, s.Word) and own is not None and own.choices:
            return replace(node, name=self.to.word(node.name))
        return self._walk(node)


def _holds_names(part: object) -> bool:
    # A span is a tuple, too.
    return type(part) is tuple or is_dataclass(part)
