"""What a reply and a review have in common, and how much that says.

Weighed as search engines weigh it (BM25, Robertson and Zaragoza 2009), with the reply as the query: what both say
counts the more, the fewer texts say it, the oftener the review says it and the less else the review says. What is
compared are words and issues.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from replylint.facts.compare import TOPICS, counted_in, telling_words, weight
from replylint.facts.listen import Heard
from replylint.facts.stems import is_chinese, stem
from replylint.facts.wordings import FactName
from replylint.source.spans import Span

# How soon more of the same adds nothing, how much the length of a review counts, and the usual length, in words.
_SATURATION = 1.2
_LENGTH = 0.6
_USUAL = 60
_ISSUE = 3.0
# A word that any reply may hold says less, and a short one nothing.
_GENERIC = 0.3
_SHORT, _SHORT_CHINESE = 4, 2
# Names are mostly the business's own, and addresses always.
_NAMES = frozenset({"name", "url", "email"})


@dataclass(frozen=True)
class Shared:
    """Something that both texts say: a word or an issue, where the reply says it, and how much that says.

    what: the word's stem, or the name of the issue; it stands once for each place in the reply.
    """

    what: str | FactName
    span: Span
    weight: float


def shared(reply: Heard, review: Heard, generic: frozenset[str]) -> Iterator[Shared]:
    """What a reply has in common with a review, but for what any reply may say.

    generic: folded words, and their stems, that any reply may hold.
    """
    often = _Often(review)
    names = _names(reply)
    for token, word in telling_words(reply, generic):
        times = 0 if token in names else often.word(word)
        if times:
            yield Shared(stem(word), token, often.weighed(weight(word), times))
    for said in reply.said:
        times = often.issues[said.name]
        if times:
            yield Shared(said.name, said.mention.span, often.weighed(_ISSUE, times))


def likeness(reply: Heard, review: Heard, generic: frozenset[str]) -> float:
    """How much of what the reply says the review says too, with words that any reply may hold; 0 when nothing.

    Good for comparing one reply's reviews with each other: a reply that says more reaches more.
    """
    weights = {found.what: found.weight for found in shared(reply, review, generic)}
    often = _Often(review)
    for token in reply.text.tokens:
        word = reply.text.folded[token.start : token.end]
        if stem(word) not in weights and len(word) >= (_SHORT_CHINESE if is_chinese(word) else _SHORT):
            weights[stem(word)] = often.weighed(weight(word) * _GENERIC, often.word(word))
    return sum(weights.values())


class _Often:
    """How often a review says a word or names an issue, and how much that counts."""

    def __init__(self, review: Heard):
        self._known, self._words = counted_in(review)
        self.issues = Counter(said.name for said in review.said if said.name.type in TOPICS)
        self._length = _SATURATION * (1 - _LENGTH + _LENGTH * len(review.text.tokens) / _USUAL)

    def word(self, word: str) -> int:
        """How often a word is there, 0 when it is not; a Chinese one that was cut otherwise counts as one."""
        return (self._words[stem(word)] or 1) if self._known(word) else 0

    def weighed(self, weight: float, times: int) -> float:
        """What something of this weight counts when it is there so often."""
        return weight * times * (_SATURATION + 1) / (times + self._length)


def _names(reply: Heard) -> frozenset[Span]:
    """The words of names and addresses."""
    places = (place.span for place in reply.places if place.kind in _NAMES)
    return frozenset(token for span in places for token in _inside(reply, span))


def _inside(reply: Heard, span: Span) -> Iterator[Span]:
    """The words that lie in a span."""
    tokens = reply.text.tokens
    for token in tokens[bisect_left(tokens, span.start, key=lambda token: token.start) :]:
        if token.start >= span.end:
            return
        yield token
