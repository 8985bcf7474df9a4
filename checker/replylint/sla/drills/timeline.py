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
from replylint.contract.actions import usual
from replylint.contract.clocks import aware
from replylint.sla.drills.model import Happening
from replylint.sla.drills.words import Words, names
from replylint.source.problems import Problem

MOST_HAPPENINGS = 2_000


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
        texts = {key: _words(value) for key, value in stated.items()}
        by = texts.get("by", "")
        return Happening(
            name, aware(at.value, self.contract), action.where, texts.get("review", ""), by,
            self._role(stated.get("role")) or self._role_of(by), texts.get("to", ""), texts.get("from", ""),
            texts.get("text", ""), texts.get("reason", ""), self._level(stated.get("severity")),
            self._rating(stated.get("rating")),
        )  # fmt: skip

    def _level(self, stated: Field | None) -> str:
        if stated is None:
            return ""
        levels = {word: name for word, name in convert.spellings("choices").items() if name in SEVERITIES}
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
