"""A text as the matchers see it, tied character by character to the text as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from replylint.source.components import ComponentError
from replylint.source.spans import Span
from replylint.text.edits import place_in_original

Language = Literal["en", "zh", "other"]


Disguise = Literal[
    "invisible", "mark", "entity", "encoded", "look-alike", "mixed-script", "split-word", "bopomofo"
]  # fmt: skip


class UnknownComponentError(ComponentError):
    """A spaCy component that no installed package provides; `name` is what was asked for."""

    key = "usage.no-component"


@dataclass(frozen=True)
class Suspicion:
    """A trace of disguise left in a text; `span` points into the original."""

    kind: Disguise
    span: Span


@dataclass(frozen=True)
class Text:
    """A folded text with its parts.

    original: as written.
    folded: width, case, script variants (Traditional → Simplified), look-alikes, entities and invisible characters
        evened out; what all matching reads. Every whitespace run is one space, a line break is one newline.
    origin: for each folded character the offset of the original character it came from, and one more for the end.
    sentences, clauses, tokens: spans of `folded`, in order. Clauses lie inside sentences and hold no clause
        punctuation at their ends; tokens are words (Chinese ones as segmented), without spaces and punctuation.
    units: for each folded character (and one more for the end) how many units stand before it; a unit is one Chinese
        character or one word of letters or digits. Gaps in wordings are counted in units.
    languages: one for each sentence.
    suspicions: disguises seen while folding.
    """

    original: str
    folded: str
    origin: Sequence[int]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]
    tokens: tuple[Span, ...]
    units: Sequence[int]
    languages: tuple[Language, ...]
    suspicions: tuple[Suspicion, ...] = ()

    def original_span(self, span: Span) -> Span:
        """Where a span of the folded text stands in the original."""
        if span.end <= span.start:
            return Span(self.origin[span.start], self.origin[span.start])
        return place_in_original(self.origin, span.start, span.end)
