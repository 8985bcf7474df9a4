"""Which rules can say something about a case, found without asking each of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from replylint.evaluate.situation import Name, Situation
from replylint.evaluate.wordless import about_words
from replylint.language.rules import Rule


class Grouped:
    """The rules of a policy, by what they forbid and what they are about."""

    def __init__(self, rules: tuple[Rule, ...]):
        self._rules = rules

    def concerning(self, situation: Situation) -> list[Rule]:
        """The rules that can say something about a case, in order: one that forbids nothing that is there cannot."""
        there = {index for name in situation.named() for index in self._forbidding.get(name, ())}
        concerned = [self._rules[index] for index in sorted(there | self._requiring)]
        return [r for r in concerned if r.name not in self.about_words] if situation.case.wordless else concerned

    @cached_property
    def about_words(self) -> tuple[str, ...]:
        """The names of the rules that are about the reply's words, and are left out where it has none."""
        return tuple(rule.name for rule in self._rules if about_words(rule))

    @cached_property
    def _forbidding(self) -> Mapping[Name, list[int]]:
        """What is forbidden → the rules that forbid it."""
        found: dict[Name, list[int]] = {}
        for index, rule in enumerate(self._rules):
            for subject in rule.subjects if rule.verb == "forbid" else ():
                found.setdefault(subject, []).append(index)
        return found

    @cached_property
    def _requiring(self) -> set[int]:
        return {index for index, rule in enumerate(self._rules) if rule.verb == "require"}
