"""Whether a reply takes up the praise of a review that complains, and nothing else: "so glad you liked the food"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from replylint.facts.compare import telling_words
from replylint.facts.listen import Heard
from replylint.facts.said import Mood, Said
from replylint.facts.stems import is_chinese, stem

# Who is sorry, explains, denies or promises speaks of what went wrong; kind words are passed on, too.
_OF_THE_COMPLAINT = frozenset({"apology", "empathy", "admission", "explain", "denial", "blame", "promise"})
_RELAY = "relay"
_MOST_CHARACTERS = 6_000
"""What comes later in an endless review is not looked at."""


def may_be_joy(reply: Heard, clauses: Collection[int]) -> bool:
    """Whether the clauses that take something up may be joy alone, as far as is known without words of mood."""
    sentences = _sentences(reply, clauses)
    return bool(sentences) and not any(_of_the_complaint(s) for s in reply.said if s.sentence in sentences)


def only_praise(reply: Heard, review: Heard, clauses: Collection[int], generic: frozenset[str]) -> bool:
    """Whether these clauses of the reply stand in joyful sentences, with no word of what the review complains of.

    Where the review complains of nothing, that is all there is to take up. clauses: those that take something up.
    generic: folded words, and their stems, that do not count. Both texts are heard with their words of mood.
    """
    complains = any(not mood.pleased for mood in review.found.moods)
    if not complains or not clauses:
        return False
    moods = {(reply.layout.sentence_of(mood.start), mood.pleased) for mood in reply.found.moods}
    if any((at, False) in moods or (at, True) not in moods for at in _sentences(reply, clauses)):
        return False
    words = {word for token, word in telling_words(reply, generic) if reply.layout.clause_of(token.start) in clauses}
    told = sorted(review.found.moods, key=lambda mood: mood.start)
    return not any(_displeased(review, told, at) for word in words for at in _places(review, word))


def _of_the_complaint(said: Said) -> bool:
    return said.name.type in _OF_THE_COMPLAINT and said.name.kind != _RELAY


def _places(review: Heard, word: str) -> Iterator[int]:
    """Where the review has a folded word: a Chinese one however it was cut there. The work is bounded."""
    folded = review.text.folded[:_MOST_CHARACTERS]
    if not is_chinese(word):
        yield from (t.start for t in review.text.tokens if t.length and stem(folded[t.start : t.end]) == stem(word))
        return
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)


def _displeased(review: Heard, moods: Sequence[Mood], at: int) -> bool:
    """Whether the nearest word of mood in the clause at this place is one of displeasure; moods: in order of place."""
    clause, next_ = review.layout.clause_of(at), bisect_left(moods, at, key=lambda mood: mood.start)
    beside = [mood for mood in moods[max(next_ - 1, 0) : next_ + 1] if review.layout.clause_of(mood.start) == clause]
    return bool(beside) and not min(beside, key=lambda mood: abs(mood.start - at)).pleased


def _sentences(reply: Heard, clauses: Collection[int]) -> frozenset[int]:
    return frozenset(reply.layout.sentence_of(reply.text.clauses[clause].start) for clause in clauses)
