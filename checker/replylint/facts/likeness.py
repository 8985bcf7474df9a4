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

from replylint.facts.compare import TOPICS, is_chinese, known_to, stem, telling_words, weight
from replylint.facts.listen import Heard
from replylint.facts.wordings import FactName
from replylint.source.spans import Span

# How soon more of the same adds nothing, how much the length of a review counts, and the usual length, in words.
_SATURATION = 1.2
_LENGTH = 0.6
_USUAL = 60
_ISSUE = 3.0
# A word that any reply may hold says less, and a short one nothing.
_GENERIC = 0.3
_SHORT = 4
# Names are mostly the business's own, and addresses always.
_NAMES = frozenset({"name", "url", "email"})


@dataclass(frozen=True)
class Shared:
    """Something that both texts say: a word or an issue, where the reply says it, and how much that says.

    what: the word's stem, or the name of the issue; it stands once for each place in the reply. generic: whether any
    reply may say it.
    """

    what: str | FactName
    span: Span
    weight: float
    generic: bool = False


def shared(reply: Heard, review: Heard, generic: frozenset[str]) -> Iterator[Shared]:
    """All that a reply has in common with a review. generic: folded words, and their stems, that say little."""
    folded = review.text.folded
    words = Counter(stem(folded[token.start : token.end]) for token in review.text.tokens)
    issues = Counter(said.name for said in review.said if said.name.type in TOPICS)
    length = _SATURATION * (1 - _LENGTH + _LENGTH * len(review.text.tokens) / _USUAL)
    known = known_to(review)

    def often(times: int) -> float:
        return times * (_SATURATION + 1) / (times + length)

    telling = {token for token, _ in telling_words(reply, generic)}
    telling -= {token for place in reply.places if place.kind in _NAMES for token in _inside(reply, place.span)}
    for token in reply.text.tokens:
        word = reply.text.folded[token.start : token.end]
        tells = token in telling
        if (tells or _says_something(word)) and known(word):
            much = weight(word) * (1 if tells else _GENERIC)
            yield Shared(stem(word), token, much * often(words[stem(word)] or 1), not tells)
    for said in reply.said:
        if said.name in issues:
            yield Shared(said.name, said.mention.span, _ISSUE * often(issues[said.name]))


def likeness(reply: Heard, review: Heard, generic: frozenset[str]) -> float:
    """How much of what the reply says the review says too; 0 when nothing.

    Good for comparing one reply's reviews with each other: a reply that says more reaches more.
    """
    return sum({found.what: found.weight for found in shared(reply, review, generic)}.values())


def _inside(reply: Heard, span: Span) -> Iterator[Span]:
    """The words that lie in a span."""
    tokens = reply.text.tokens
    for token in tokens[bisect_left(tokens, span.start, key=lambda token: token.start) :]:
        if token.start >= span.end:
            return
        yield token


def _says_something(word: str) -> bool:
    """Whether a word that any reply may hold says anything at all: the shortest ones do not."""
    return len(word) >= (2 if is_chinese(word) else _SHORT)
