"""Sentences that would fit any review, whatever they speak of: "passenger comfort is one of our five pillars".

Words tell it where they stand in our own replies of that kind; how such a sentence goes is learnt from the same rows,
and known in a trade whose words none of them has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from replylint.facts.tenor import percent, scores
from replylint.facts.weights import TEMPLATE, Weights
from replylint.text.model import Text


@dataclass(frozen=True)
class Templates:
    """Knows such sentences in every language that has weights for it; in others, none is one."""

    weights: tuple[Weights, ...] = ()

    def fits_any(self, reply: Text, sentence: int) -> bool:
        """Whether the sentence of a reply with this number would fit any review."""
        table = self._languages.get(reply.languages[sentence])
        if table is None:
            return False
        place = reply.sentences[sentence]
        return percent(scores(table.known(reply.folded[place.start : place.end]), table)[0]) >= table.faintest

    def among(self, reply: Text) -> frozenset[int]:
        """Which sentences of a reply would fit any review, by their numbers."""
        return frozenset(sentence for sentence in range(len(reply.sentences)) if self.fits_any(reply, sentence))

    @cached_property
    def _languages(self) -> Mapping[str, Weights]:
        return {table.language: table for table in self.weights if table.fact == TEMPLATE}
