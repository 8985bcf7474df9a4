"""What the parts of a drill are called and hold: names, roles, moments; every mistake at its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replylint.case import convert
from replylint.case.convert import FieldError
from replylint.case.moments import moment
from replylint.case.tree import Tree
from replylint.contract.actions import as_done, spellings, usual
from replylint.contract.clocks import aware
from replylint.contract.model import Contract
from replylint.language.near import nearest
from replylint.source.names import Section, section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location


@dataclass
class Words:
    """Reads words of a drill under a contract; mistakes are collected."""

    contract: Contract
    problems: list[Problem]

    def problem(self, key: str, where: Location, **values: Saying) -> None:
        """Note a mistake."""
        self.problems.append(Problem(f"sla.{key}", where, values))

    def parts(self, tree: Tree, known: Sequence[str]) -> dict[str, Tree]:
        """The parts of a mapping by their names; an unknown one is a mistake."""
        found: dict[str, Tree] = {}
        for key in tree.value:
            name = names().get(usual(key), "")
            if name in known and name not in found:
                found[name] = tree.child(key)
                continue
            where = tree.child(key).key_where
            if name in known:
                self.problem("drill-twice", where, name=key)
            else:
                self.unknown(key, where, known)
        return found

    def unknown(self, key: str, where: Location, known: Sequence[str]) -> None:
        """Note a part that a drill does not have there."""
        spelt = {name: _spellings(name) for name in known}
        near = nearest(usual(key), tuple(usual(word) for words in spelt.values() for word in words))
        if near:
            self.problem("drill-key-near", where, name=key, near=near)
        else:
            self.problem("drill-key", where, name=key, known=tuple(map(called, known)))

    def event(self, name: str, where: Location) -> str | None:
        """The event or action that a name stands for."""
        known = {**spellings(self.contract.actions.values()), **_events()}
        found = known.get(usual(name))
        if found is not None:
            return as_done(found)
        near = nearest(usual(name), tuple(known))
        if near:
            self.problem("event-near", where, name=name, near=near)
        else:
            known_ = tuple(_called_event(each) for each in sorted(set(_events().values())))
            self.problem("event-unknown", where, name=name, known=known_)
        return None

    def known_role(self, words: str, where: Location) -> str:
        """The role that a name or a title stands for; empty where the contract has none."""
        roles = self.contract.role_names
        if usual(words) in roles:
            return roles[usual(words)]
        near = nearest(usual(words), tuple(roles))
        if near:
            self.problem("role-near", where, name=words, near=near)
        else:
            there = tuple(_called_role(role, self.contract) for role in dict.fromkeys(roles.values()))
            self.problem("role-unknown", where, name=words, known=there)
        return ""

    def moment(self, tree: Tree) -> dt.datetime | None:
        """A moment, in the brand's time zone where none is stated."""
        try:
            found = moment(tree.value)
        except FieldError:
            found = None
        if found is None:
            self.problem("drill-moment", tree.where, words=tree.where.words)
            return None
        return aware(found, self.contract)

    def text(self, tree: Tree) -> str:
        """A word or a line; empty where none is stated."""
        try:
            return convert.name(tree.value) or ""
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, tree.where, {"field": str(tree.path[-1])}))
            return ""


def names() -> Mapping[str, str]:
    """Every spelling of every part of a drill, with its name."""
    return {usual(word): name for word, name in section("drill").canonical.items()}


def called(name: str) -> Said:
    """A part of a drill, by what it is called in the reader's language."""
    return Said("evaluate.name", _written(name).titles(name))


def _spellings(name: str) -> Sequence[str]:
    forms = _written(name).spellings.get(name)
    return forms["en"] + forms["zh"] if forms else (name,)


def _written(name: str) -> Section:
    """Where a part has its spellings: as drills write it, or as parameters of actions are."""
    return section("drill" if name in section("drill").spellings else "parameters")


def _called_event(name: str) -> Said:
    return Said("evaluate.name", {"en": name, "zh": section("events").spell(name, "zh")})


def _called_role(role: str, contract: Contract) -> Said:
    return Said("evaluate.name", {"en": role, "zh": contract.role_title(role, "zh")})


def _events() -> Mapping[str, str]:
    return {usual(word): name for word, name in section("events").canonical.items()}
