"""What a reply and a review both say, and how much that counts.

Weighed as search engines weigh it (BM25, Robertson and Zaragoza 2009), with the reply as the query: the more, the
oftener the review says it and the less else the review says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from replylint.facts.compare import TOPICS, counted_in, telling_words, weight
from replylint.facts.frame import frame, framed_words
from replylint.facts.listen import Heard, words_in
from replylint.facts.names import FactName
from replylint.facts.rarity import Rarity
from replylint.facts.stems import stem
from replylint.source.spans import Span

Topic = FactName | int
"""The name of an issue, or the number of the line of the lexicon that says what a thing is called."""

_ISSUE = 3.3
# How soon more of the same adds nothing, how much the length of a review counts, and the usual length, in words.
_SATURATION = 1.2
_LENGTH = 0.6
_USUAL = 60
# Names are mostly the business's own, and addresses always.
_ADDRESSES = frozenset({"url", "email"})
_NAME = "name"


@dataclass(frozen=True)
class Shared:
    """Something that both texts say, where the reply says it, and how much that says.

    what: a word's stem, or the name of an issue; it stands once for each place in the reply. in_words: whether it is a
    word, or an issue that the review calls by the same name.
    """

    what: str | FactName
    span: Span
    weight: float
    in_words: bool = True


def shared(reply: Heard, review: Heard, generic: frozenset[str], rarity: Rarity) -> Iterator[Shared]:
    """The words and issues that a reply has in common with a review, but for what any reply may say.

    Long words count more than short ones, and rare ones more than common. generic: folded words, and their stems, that
    any reply may hold. rarity: what words weigh; words of the language that have a capital letter in both texts name
    what both speak of.
    """
    often = Often(review)
    named = names(reply, lambda word, written: rarity.ordinary(word) and written in review.text.original)
    framed = frame(reply)
    telling = dict(telling_words(reply, generic))
    for token, word in telling.items():
        times = 0 if token in named else often.word(word)
        if times:
            yield Shared(stem(word), token, often.weighed(_of_word(word, rarity), times))
    for said in reply.said:
        times = often.topics[said.name]
        if times and not any(span.contains(said.mention.span) for span in framed):
            span = said.mention.span
            in_words = reply.text.folded[span.start : span.end] in review.text.folded
            if in_words or not _fits_any(reply, span, telling, often):
                yield Shared(said.name, span, often.weighed(_ISSUE, times), in_words)


def _fits_any(reply: Heard, span: Span, telling: Collection[Span], often: Often) -> bool:
    """Whether an issue is named by words of any reply alone, which the review does not use: "a glitch"."""
    folded = reply.text.folded
    words = words_touching(reply, span)
    return bool(words) and not any(word in telling or often.word(folded[word.start : word.end]) for word in words)


def _of_word(word: str, rarity: Rarity) -> float:
    """What it says that two texts share this word: by its length, and where words were counted, by both."""
    return (weight(word) + rarity.weight(word)) / 2 if rarity.counted else weight(word)


def topics(heard: Heard) -> Iterator[tuple[Topic, Span]]:
    """The issues and things that a text speaks of."""
    for said in heard.said:
        if said.name.type in TOPICS:
            yield said.name, said.mention.span
    for thing in heard.found.things:
        yield thing.wording, Span(thing.start, thing.end)


class Often:
    """How often a review says a word or speaks of an issue or a thing, and how much that counts."""

    def __init__(self, review: Heard):
        self._known, self._words = counted_in(review)
        self.topics = Counter(topic for topic, _ in topics(review))
        self._length = _SATURATION * (1 - _LENGTH + _LENGTH * len(review.text.tokens) / _USUAL)

    def word(self, word: str) -> int:
        """How often a word is there, 0 when it is not; a Chinese one that was cut otherwise counts as one."""
        return (self._words[stem(word)] or 1) if self._known(word) else 0

    def weighed(self, weight: float, times: int) -> float:
        """What something of this weight counts when it is there so often."""
        return weight * times * (_SATURATION + 1) / (times + self._length)


def names(reply: Heard, also: Callable[[str, str], bool] = lambda word, written: False) -> frozenset[Span]:
    """The words of names and addresses, and those with which the reply greets or is signed.

    also: tells which words, folded and as they are written, name something that both texts may speak of.
    """
    found: set[Span] = set()
    for place in reply.places:
        if place.kind in _ADDRESSES or (place.kind == _NAME and not also(*spelt(reply, place.span))):
            found.update(words_in(reply, place.span))
    return framed_words(reply) | found


def spelt(reply: Heard, span: Span) -> tuple[str, str]:
    """A word folded, and as it is written."""
    place = reply.text.original_span(span)
    return reply.text.folded[span.start : span.end], reply.text.original[place.start : place.end]


def addressed(reply: Heard) -> tuple[Span, ...]:
    """Where web and mail addresses stand; what their letters spell is not said."""
    return tuple(place.span for place in reply.places if place.kind in _ADDRESSES)


def words_touching(heard: Heard, span: Span) -> Sequence[Span]:
    """The words that share characters with a span: 湯冷了 may be cut into 湯冷 and 了."""
    first, tokens = bisect_left(heard.text.tokens, (span.start,)), heard.text.tokens
    return [*(before for before in tokens[max(first - 1, 0) : first] if before.overlaps(span)), *words_in(heard, span)]
