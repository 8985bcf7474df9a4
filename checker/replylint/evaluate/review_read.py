"""What a case's review says as far as its words are understood, and what may be in it besides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.evaluate.severity import Grade, grade, may_be, sounds_alleged
from replylint.facts.model import Fact
from replylint.facts.schema import FACT_TYPES, OTHER_LANGUAGE
from replylint.source.values import Value

OF_REVIEW = {
    "review.issues": "issue",
    **dict.fromkeys(("review.allegations", "review.severity", "review.severity_found"), "allegation"),
}
"""The fields that are read from the review's words, and from facts of which type."""


@dataclass(frozen=True)
class ReviewRead:
    """The review of a case; facts: what was found in its words."""

    case: Case
    facts: tuple[Fact, ...]
    contract: Contract

    @cached_property
    def grade(self) -> Grade:
        """Its severity and why."""
        return grade(self.case, self.facts, self.contract)

    @cached_property
    def elsewhere(self) -> tuple[Fact, ...]:
        """What of it is in a language that is not read."""
        return tuple(fact for fact in self.facts if fact.type == OTHER_LANGUAGE)

    def kinds(self, fact_type: str) -> tuple[str, ...] | None:
        """The kinds of its facts of a type; None when its words are not known."""
        if self.case.review is None:
            return () if self.case.stars_alone else None
        found = tuple(dict.fromkeys(fact.kind for fact in self.facts if fact.type == fact_type and fact.kind))
        return None if not found and self.doubts(fact_type) else found

    def doubts(self, fact_type: str) -> tuple[Fact, ...]:
        """What of it may hold a fact of a type that was not found in it, the first of each kind."""
        if self.elsewhere:
            return self.elsewhere[:1]
        return self._sounds_alleged if fact_type == "allegation" else ()

    @cached_property
    def _sounds_alleged(self) -> tuple[Fact, ...]:
        return sounds_alleged(self.case, self.facts, self.contract)

    def possible(self, path: str) -> tuple[Value | None, ...]:
        """Every value that a field might have, with None where it might have none; () where nobody can list them.

        How severe a review is may not be known without its stars, and yet what it cannot be. What it alleges beside
        words that are not understood is known, and that there may be more.
        """
        if path == "review.severity":
            return self.grade.possible if len(self.grade.possible) > 1 else ()
        return self._possible_kinds(OF_REVIEW[path]) if path in ("review.allegations", "review.issues") else ()

    def _possible_kinds(self, fact_type: str) -> tuple[Value | None, ...]:
        """The kinds of a type that were found, and these with each one that there may be besides."""
        found, doubts = self.kinds(fact_type), self.doubts(fact_type)
        if not found or not doubts:
            return ()
        unread = any(doubt.type == OTHER_LANGUAGE for doubt in doubts)
        others = FACT_TYPES[fact_type].kinds if unread else tuple(chain.from_iterable(map(may_be, doubts)))
        return (found, *((*found, other) for other in others if other not in found))
