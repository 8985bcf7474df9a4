"""How much a reply and a review have in common: one number, by which pairs of them can be compared.

The sum of what both say (BM25, Robertson and Zaragoza 2009): of words, the more, the fewer texts have them; of issues,
of things by whatever name, and of names that both write; but a place says one thing, however many ways there are to
take it. What a reply speaks of and the review does not speaks against the pair, and so does what the reply leaves out,
and joy where the review complains, or regret where it praises. A reply that says much reaches no more than one that
says little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import sqrt

from replylint.facts.compare import telling_words
from replylint.facts.listen import Heard, words_in
from replylint.facts.mood import mood, mood_throughout
from replylint.facts.names import FactName
from replylint.facts.rarity import Rarity
from replylint.facts.shared import Often, Topic, addressed, names, spelt, topics
from replylint.facts.stems import is_chinese, stem
from replylint.source.spans import Span

_ISSUE = 1.5
# What it says that a review speaks of something, when the reply does, too.
_ASKED_ISSUE, _ASKED_THING = 2.5, 1.5
_AGAIN = 0.5
"""What a word, an issue and a thing count that share their place with a heavier one: 態度 is all three."""
_NAME = 0.7
"""What a thing says is a part of what its name says, which is as much as the commonest word of it."""
# A word that any reply may hold says less, and a short one nothing.
_GENERIC = 0.3
_SHORT, _SHORT_CHINESE = 3, 2
# Where a reply says what any business would, whom it tells and where to turn, its words say less of the review.
_FORMULA = 0.4
_FORMULAS = frozenset({"invite", "contact_info"})
_FORMULA_PROMISES = frozenset({"improve", "contact", "relay", "investigate", "guarantee"})
_ELSEWHERE = 0.2
_TAKEN = 0.5
_OPPOSED = 2.0
_SAME_NAME = 1.2
"""What a name counts that both write, for what its word weighs: whoever is thanked by it, and whoever signs."""
_LITTLE = 3.0
"""As if every review spoke of one issue more: of one that speaks of nothing else, not all is taken up."""


@dataclass(frozen=True)
class _Weighed:
    """A word, issue or thing of a reply with what it weighs; `word` is how the reply writes it, if it is a word."""

    weight: float
    span: Span
    word: str = ""


def likeness(
    reply: Heard, review: Heard, generic: frozenset[str], rarity: Rarity, near: float = 0.0
) -> float:
    """How much of what the reply says the review says too; below 0 when they speak of different things.

    generic: folded words, and their stems, that any reply may hold. rarity: what words weigh. near: how near the two
    are in words that go together; see `vectors`. Both texts are heard with the things that they speak of.
    """
    often = Often(review)
    weighed = _weighed(reply, generic, rarity)
    shared, missing = [], []
    for what, found in weighed.items():
        times = often.word(found.word) if isinstance(what, str) else often.topics[what]
        if times:
            shared.append(replace(found, weight=often.weighed(found.weight, times)))
        elif not isinstance(what, str):
            missing.append(found)
    score = _in_all(shared) - _ELSEWHERE * _in_all(missing) + _SAME_NAME * _names_in_both(reply, review, rarity)
    taken_up = sum(_of_topic(topic) for topic in often.topics if topic in weighed)
    asked = sum(map(_of_topic, often.topics))
    opposed = max(0.0, -mood(reply) * mood_throughout(review))
    said = _in_all(weighed.values())
    return score / sqrt(1 + said) + _TAKEN * taken_up / (_LITTLE + asked) + near - _OPPOSED * opposed


def _in_all(weighed: Iterable[_Weighed]) -> float:
    """What all of it weighs: the heaviest of what shares a place, and of the rest a part."""
    places: list[Span] = []
    weight = 0.0
    for each in sorted(weighed, key=lambda each: -each.weight):
        weight += each.weight * (_AGAIN if any(each.span.overlaps(place) for place in places) else 1)
        places.append(each.span)
    return weight


def _weighed(reply: Heard, generic: frozenset[str], rarity: Rarity) -> Mapping[str | Topic, _Weighed]:
    """All that a reply says, each with its weight where it weighs most."""
    formulas = _formulas(reply)
    weighed: dict[str | Topic, _Weighed] = {}

    def add(what: str | Topic, span: Span, weight: float, word: str = "") -> None:
        weight *= _FORMULA if reply.layout.clause_of(span.start) in formulas else 1
        if what not in weighed or weight > weighed[what].weight:
            weighed[what] = _Weighed(weight, span, word)

    telling = {token for token, _ in telling_words(reply, generic)}
    for token, word in _words(reply):
        add(stem(word), token, rarity.weight(word) * (1 if token in telling else _GENERIC), word)
    addresses = addressed(reply)
    for topic, span in topics(reply):
        if any(address.overlaps(span) for address in addresses):
            continue
        add(topic, span, _ISSUE if isinstance(topic, FactName) else _NAME * _of_name(reply, span, rarity))
    return weighed


def _of_name(reply: Heard, span: Span, rarity: Rarity) -> float:
    """What the commonest word of a thing's name weighs."""
    folded = reply.text.folded
    words = [folded[token.start : token.end] for token in words_in(reply, span)] or [folded[span.start : span.end]]
    return min(rarity.weight(word) for word in words if word)


def _names_in_both(reply: Heard, review: Heard, rarity: Rarity) -> float:
    """What the names weigh, each once, that the reply says and the review writes the same."""
    aside = {token for address in addressed(reply) for token in words_in(reply, address)}
    written = {spelt(reply, token) for token in names(reply) - aside if token.length}
    asked = {spelt(review, token)[1] for token in review.text.tokens if token.length}
    return sum(rarity.weight(word) for word, name in written if name in asked and _is_name(word, name))


def _is_name(word: str, written: str) -> bool:
    return written[:1].isupper() and len(word) >= _SHORT


def _words(reply: Heard) -> list[tuple[Span, str]]:
    """The words of a reply that are not too short, but for names and addresses."""
    named = names(reply)
    words = ((token, reply.text.folded[token.start : token.end]) for token in reply.text.tokens if token not in named)
    return [(token, w) for token, w in words if w and len(w) >= (_SHORT_CHINESE if is_chinese(w) else _SHORT)]


def _formulas(reply: Heard) -> frozenset[int]:
    """The clauses that say what any business would: whom it tells, that it will improve, where to turn."""
    return frozenset(
        said.clause
        for said in reply.said
        if said.name.type in _FORMULAS or (said.name.type == "promise" and said.name.kind in _FORMULA_PROMISES)
    )


def _of_topic(topic: Topic) -> float:
    """What it says that a review speaks of something, whatever it calls it."""
    return _ASKED_ISSUE if isinstance(topic, FactName) else _ASKED_THING
