"""The texts of a case, read: by the lexicon and by what else finds facts, or as kept from an earlier run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from replylint.case.model import Case
from replylint.facts.kept import KeptReadings
from replylint.facts.model import Fact, Reading
from replylint.text.model import Text

Read = Callable[[str], Text]
Extract = Callable[[Text, Text | None, frozenset[str], bool], Reading]
Find = Callable[[Text], tuple[Fact, ...]]


@dataclass(frozen=True)
class Reader:
    """Reads cases.

    read: makes a text comparable. extract: reads the facts of a reply to a review. wary: whether a review is heard for
    harm that no wording knows. own: the brand's own numbers and addresses. more: what finds further facts in the reply.
    kept: readings of earlier runs.
    """

    read: Read
    extract: Extract
    wary: Callable[[Case], bool]
    own: frozenset[str] = frozenset()
    more: Find | None = None
    kept: KeptReadings | None = None

    def of(self, case: Case) -> tuple[Reading, bool]:
        """What a case's texts say, and whether the reply was disguised: as kept from an earlier run, or read."""
        known = self._recalled(case)
        if known is not None:
            return known
        reply = self.read(case.reply.text)
        reading, disguised = self._reading(reply, case), bool(reply.suspicions)
        if self.kept is not None:
            review = case.review.text if case.review is not None else None
            self.kept.keep(case.reply.text, review, self.wary(case), reading, disguised)
        return reading, disguised

    def folded(self, case: Case) -> str:
        """The reply with its spelling evened out: as kept from an earlier run, or made."""
        known = self._recalled(case)
        if known is not None:
            return known[0].folded
        # Loaded here, as all that reads texts is: nothing of it is needed where every reading is kept.
        from replylint.text.fold import fold

        return fold(case.reply.text)[0]

    def _recalled(self, case: Case) -> tuple[Reading, bool] | None:
        if self.kept is None:
            return None
        review = case.review.text if case.review is not None else None
        return self.kept.recall(case.reply.text, review, self.wary(case))

    def _reading(self, reply: Text, case: Case) -> Reading:
        review = self.read(case.review.text) if case.review is not None else None
        reading = self.extract(reply, review, self.own, self.wary(case))
        if self.more is None:
            return reading
        facts = sorted((*reading.reply_facts, *self.more(reply)), key=lambda fact: (fact.span, fact.type))
        return replace(reading, reply_facts=tuple(facts))
