"""Whether a reply takes up what the review says: two texts are compared, generic words do not count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from replylint.facts.compare import is_chinese, telling_words, words_of
from replylint.facts.listen import Heard
from replylint.facts.model import Fact
from replylint.facts.said import Said
from replylint.source.spans import Span

ENOUGH = 3
"""How much a clause must share with the review: a long word, or two short ones."""
ENOUGH_IN_ALL = 5
"""How much a whole reply shares with a review that it was written for, even if no clause of it takes anything up."""
_SHORT_REVIEW = 5
_LONGEST_COUNTED = 4
_TOPICS = frozenset({"issue", "allegation"})
_KIND = frozenset({"apology", "empathy"})
# Whoever explains, contradicts or blames speaks about this case.
_SPECIFIC = frozenset({"acknowledge", "explain", "denial", "blame"})
_PASSING = frozenset(
    {"promise", "thanks", "invite", "explain", "denial", "request_review", "claim", "threat", "incentive"}
)


@dataclass(frozen=True)
class TakenUp:
    """What of the review a reply takes up.

    canned: whether it is nothing; None when there is no review to compare. score: how much the two have in common;
    only good for comparing one reply's reviews with each other.
    """

    facts: tuple[Fact, ...]
    canned: bool | None
    score: int = 0


@dataclass
class _Shared:
    """What a clause shares with the review; weight counts each word once."""

    weight: int = 0
    spans: list[Span] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


def acknowledged(reply: Heard, review: Heard | None, generic: frozenset[str]) -> TakenUp:
    """The acknowledgements of a reply.

    A clause takes up the review when it names an issue that the review names, outside of what it promises (any reply
    promises better service), or uses enough of the review's own words. generic: folded words that do not count.
    """
    if review is None:
        return TakenUp((), None)
    topics = {said.name for said in review.said if said.name.type in _TOPICS}
    busy = [said for said in reply.said if said.name.type in _PASSING]
    named = [said for said in reply.said if said.name in topics]
    shared = _shared(reply, review, generic)
    facts = _one_per_clause(reply, _outside(named, busy), shared, _enough(reply, review, generic))
    specific = any(said.name.type in _SPECIFIC for said in reply.said)
    in_all = sum(found.weight for found in shared.values())
    canned = not facts and not specific and in_all < ENOUGH_IN_ALL
    return TakenUp(tuple(facts), canned, in_all + ENOUGH * len({said.name for said in named}))


def _outside(named: Iterable[Said], busy: Iterable[Said]) -> list[Said]:
    """The issues that stand before, or apart from, what their clause promises."""
    begins: dict[int, int] = {}
    for said in busy:
        begins[said.clause] = min(said.mention.start, begins.get(said.clause, said.mention.start))
    return [s for s in named if s.mention.end <= begins.get(s.clause, s.mention.end)]


def _enough(reply: Heard, review: Heard, generic: frozenset[str]) -> Callable[[int], int]:
    """How much a clause must share: less with a review of few words and next to an apology, more in passing."""
    folded = review.text.folded
    words = sum(1 for token in review.text.tokens if folded[token.start : token.end] not in generic)
    short = words <= _SHORT_REVIEW
    base = ENOUGH - short
    passing = {said.clause for said in reply.said if said.name.type in _PASSING}
    kind = {said.sentence for said in reply.said if said.name.type in _KIND}

    def enough(clause: int) -> int:
        sentence = reply.layout.sentence_of(reply.text.clauses[clause].start)
        # Beside an apology for a review of a few words, one of them is enough.
        least = 1 if short and sentence in kind else 2
        return max(base + (clause in passing) - (1 + short) * (sentence in kind), least)

    return enough


def _one_per_clause(
    reply: Heard, named: Iterable[Said], shared: Mapping[int, _Shared], enough: Callable[[int], int]
) -> list[Fact]:
    facts: dict[int, Fact] = {}
    for said in named:
        facts.setdefault(said.clause, _fact(reply, said.mention.span, said.name.kind))
    for clause, found in shared.items():
        if clause not in facts and found.weight >= enough(clause):
            facts[clause] = _fact(reply, found.spans[0].cover(found.spans[-1]), None)
    return list(facts.values())


def _fact(reply: Heard, span: Span, issue: str | None) -> Fact:
    place = reply.text.original_span(span)
    return Fact("acknowledge", None, place, reply.text.original[place.start : place.end], issue=issue)


def _shared(reply: Heard, review: Heard, generic: frozenset[str]) -> dict[int, _Shared]:
    """What each clause of the reply shares with the review."""
    in_review = words_of(review)
    shared: dict[int, _Shared] = {}
    for token, word in telling_words(reply, generic):
        if not in_review(word):
            continue
        found = shared.setdefault(reply.layout.clause_of(token.start), _Shared())
        found.spans.append(token)
        if word not in found.words:
            found.words.add(word)
            found.weight += min(len(word), _LONGEST_COUNTED) if is_chinese(word) else 1 + (len(word) > 4)
    return shared
