"""Whether a review tells something that a reply can take up: "Nice app, 5 stars!" only says how good it was."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.facts.compare import TOPICS
from replylint.facts.listen import Heard, Listener
from replylint.facts.stems import is_chinese
from replylint.source.spans import Span

_PRAISE = "praise"
_SHORT, _SHORT_CHINESE = 3, 2
_LONG = 40
"""How many words nobody needs to say no more than how good it was."""


def tells_something(review: Heard, compared: Listener) -> bool:
    """Whether a review speaks of a complaint, or has a word beyond those that say how good or bad it was.

    compared: hears which words say no more than that.
    """
    if any(said.name.type in TOPICS and said.name.kind != _PRAISE for said in review.said):
        return True
    if len(review.text.tokens) > _LONG:
        return True
    verdicts = {at for span in compared.hear(review.text).found.verdicts for at in range(span.start, span.end)}
    return any(verdicts.isdisjoint(range(word.start, word.end)) for word in _words(review))


def _words(review: Heard) -> Iterator[Span]:
    """The words of a review but for those, Latin or Chinese, that are too short to say anything."""
    for token in review.text.tokens:
        word = review.text.folded[token.start : token.end]
        least = _SHORT if word.isascii() else _SHORT_CHINESE if is_chinese(word) else 1
        if any(map(str.isalnum, word)) and token.length >= least:
            yield token
