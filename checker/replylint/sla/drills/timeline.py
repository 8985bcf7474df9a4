"""The timeline of a drill: what happened, in order, as its entries state it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from replylint.case import convert
from replylint.case.convert import FieldError
from replylint.case.fields import SEVERITIES
from replylint.case.history import read_history
from replylint.case.limits import UNSTATED_CURRENCY
from replylint.case.model import Action, Field
from replylint.case.tree import Tree
from replylint.contract.actions import declared_name, spellings, usual
from replylint.contract.clocks import aware
from replylint.sla.drills.model import Happening
from replylint.sla.drills.words import Words, names
from replylint.source.names import section
from replylint.source.problems import Problem

MOST_HAPPENINGS = 2_000
_PARTS = ("review", "severity", "rating", "from", "text", "reason", "to")
"""What may be stated with anything that happens in a drill, besides what goes with any action."""


@dataclass
class TimelineReader(Words):
    """Reads the entries of a timeline."""

    def read(self, tree: Tree) -> tuple[Happening, ...]:
        """Everything that happened, in order; nothing where the entries have mistakes."""
        if not isinstance(tree.value, list) or not tree.value:
            self.problem("drill-timeline", tree.key_where)
            return ()
        if len(tree.value) > MOST_HAPPENINGS:
            self.problem("drill-long", tree.key_where, most=f"{MOST_HAPPENINGS:,}")
            return ()
        actions, problems = read_history(tree, UNSTATED_CURRENCY)
        self.problems += problems
        found = [happening for action in actions if (happening := self._happening(action)) is not None]
        # What happens at the same minute keeps the order of the file.
        return tuple(sorted(found, key=lambda happening: happening.at))

    def _happening(self, action: Action) -> Happening | None:
        name = self.event(action.name, action.named or action.where)
        at = action.parameters.get("at")
        if name is None or at is None or not isinstance(at.value, dt.datetime):
            return None
        stated = {names().get(usual(key), usual(key)): value for key, value in action.parameters.items()}
        self._tell_unknown(action)
        texts = {key: _words(value) for key, value in stated.items()}
        by = texts.get("by", "")
        return Happening(
            name, aware(at.value, self.contract), action.where, texts.get("review", ""), by,
            self._role(stated.get("role")) or self._role_of(by), texts.get("to", ""), texts.get("from", ""),
            texts.get("text", ""), texts.get("reason", ""), self._level(stated.get("severity")),
            self._rating(stated.get("rating")),
        )  # fmt: skip

    def _tell_unknown(self, action: Action) -> None:
        """What nobody reads is a mistake: under a misspelt name, somebody might count as told who was not."""
        schemas = {**self.contract.events, **self.contract.actions}
        schema = schemas.get(spellings(schemas.values()).get(usual(action.name), action.name))
        known = dict.fromkeys((*_PARTS, *(schema.parameters if schema is not None else ())))
        own = self.contract.own_names
        for key, value in action.parameters.items():
            name = names().get(usual(key)) or own.canonical(declared_name(key))
            if key and schema is not None and name not in known:
                self.unknown(key, value.named or value.where, tuple(known))

    def _level(self, stated: Field | None) -> str:
        if stated is None:
            return ""
        levels = {word: name for word, name in section("choices").canonical.items() if name in SEVERITIES}
        try:
            return convert.choice(str(stated.value), levels) or ""
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, stated.where, {"field": "severity", **mistake.values}))
            return ""

    def _rating(self, stated: Field | None) -> int | None:
        if stated is None:
            return None
        try:
            stars = convert.rating(stated.value if isinstance(stated.value, Decimal) else str(stated.value))
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, stated.where, {"field": "rating", **mistake.values}))
            return None
        return None if stars is None else int(stars)

    def _role(self, stated: Field | None) -> str:
        """The role that a name or a title stands for; one that the contract lacks is a mistake."""
        return self.known_role(str(stated.value), stated.where) if stated is not None else ""

    def _role_of(self, person: str) -> str:
        people = ((role, name) for role in set(self.contract.role_names.values())
                  for name, _ in self.contract.people(role))  # fmt: skip
        return next((role for role, name in people if person and usual(name) == usual(person)), "")


def _words(value: Field) -> str:
    shown: Any = value.value
    return ", ".join(shown) if isinstance(shown, tuple) else str(shown)
