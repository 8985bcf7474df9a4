"""What a reply reads like as a whole: weak signs, none of which says anything by itself, added up.

Wordings know what has been said before. What nobody has said before still sounds like it: advice that nobody asked for,
「這種人」 and 「看多了」 come together where customers are mocked, and hardly anywhere else. Each sign is a few
characters, or a word or two, with a weight for every kind of trouble; `corpora/weigh.py` learns the weights from our
own cases. A score is their sum over the length in signs, as a linear model of text has it (Joachims 1998); the reply
as a whole and its most telling sentence count alike, so that courtesy around it does not drown what is said. What the
reply does counts as well: who mocks seldom gives thanks or a next step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, sqrt

from replylint.facts.model import Attribute, Fact
from replylint.facts.signs import places_of, signs_in, told_by
from replylint.facts.weights import WHOLE, Signs, Weights
from replylint.source.spans import Span
from replylint.source.values import Percent
from replylint.text.model import Text

CLOSE = 10
"""Percent: a text is told to read like what it reads most like, and like what comes so close to that."""
_COURTESIES = frozenset({"apology", "empathy", "thanks"})
_LEAST_SIGNS, _MOST_SIGNS = 10, 4
"""Fewer signs are too little to go by, such as "thanks a lot!"; of more, so many are shown."""


def tenors(reply: Text, review: Text | None, tables: Iterable[Weights], facts: Sequence[Fact] = ()) -> Iterator[Fact]:
    """What a text reads like, each fact at the sentence that says most of it. facts: what else it holds.

    What the review says itself is a sign of nothing in a reply; of a review itself no other is given. A language is
    judged where most of the text is written in it.
    """
    for table in tables:
        heard = _heard(reply, review, table, facts)
        if heard is not None:
            yield from _told(reply, heard, table)


def courteous(reply: Text, tenor: Fact, facts: Iterable[Fact], fits_any: Callable[[str], bool]) -> bool:
    """Whether the sentence that a tenor is told at gives thanks, regret or an apology, in words that fit any review.

    Scorn that comes as an apology has words of its own ("sorry that you cannot hold chopsticks").
    """
    if not any(fact.type in _COURTESIES and fact.span.overlaps(tenor.span) for fact in facts):
        return False
    words = (token for token in reply.tokens if reply.original_span(token).overlaps(tenor.span))
    return all(fits_any(reply.folded[word.start : word.end]) for word in words)


def odds(reply: Text, review: Text | None, table: Weights, facts: Sequence[Fact] = ()) -> tuple[float, ...]:
    """How much a reply that holds these facts speaks for each kind, as the logarithm of the odds.

    Nothing where it is in another language, or too short.
    """
    heard = _heard(reply, review, table, facts)
    return heard.odds if heard is not None else ()


def percent(score: float) -> int:
    """How strong these odds are; 50 where they are even."""
    return round(100 / (1 + exp(-score)))


def _written_in(reply: Text, language: str) -> Sequence[Span]:
    """The sentences in a language, if they are most of the reply."""
    if language not in reply.languages:
        return ()
    found = [span for span, spoken in zip(reply.sentences, reply.languages, strict=True) if spoken == language]
    return found if len(found) == len(reply.sentences) or 2 * _extent(found) > _extent(reply.sentences) else ()


def _extent(spans: Iterable[Span]) -> int:
    return sum(span.length for span in spans)


@dataclass(frozen=True)
class _Heard:
    """What counts in a reply: its sentences in the language of the table, their known signs, the odds of each kind."""

    sentences: Sequence[Span]
    signs: Sequence[frozenset[str]]
    odds: tuple[float, ...]


def _heard(reply: Text, review: Text | None, table: Weights, facts: Sequence[Fact]) -> _Heard | None:
    sentences = _written_in(reply, table.language)
    if not sentences:
        return None
    own, counted = table.known_in(reply.folded, sentences)
    if review is not None:
        told = told_by(signs_in(review, table.language, table.longest), counted.names)
        own = tuple(signs.without(told, table) for signs in own)
        counted = counted.without(told, table)
    if len(counted.names) < _LEAST_SIGNS:
        return None
    telling = [scores(signs, table) for signs in own if len(signs.names) >= _LEAST_SIGNS]
    whole = [score + act for score, act in zip(scores(counted, table), table.acted(facts), strict=True)]
    most = tuple(map(max, zip(*telling or [whole], strict=True)))
    if table.whole:
        most = tuple((part + best) / 2 for part, best in zip(whole, most, strict=True))
    return _Heard(sentences, [signs.names for signs in own], most)


def _told(reply: Text, heard: _Heard, table: Weights) -> Iterator[Fact]:
    strengths = list(map(percent, heard.odds))
    least = max(table.faintest, max(strengths) - CLOSE)
    for index, (kind, strength) in enumerate(zip(table.kinds, strengths, strict=True), start=1):
        if strength >= least:
            sums = [sum(table.signs[sign][index] for sign in signs) for signs in heard.signs]
            at = sums.index(max(sums))
            places = places_of(heard.sentences[at], reply.folded, table.language, table.longest)
            strongest = _strongest(
                {sign: place for sign, place in places.items() if sign in heard.signs[at]}, index, table
            )
            yield _fact(reply, (table.fact, kind), heard.sentences[at], strength, strongest)


def scores(signs: Signs, table: Weights) -> list[float]:
    """For each kind how much these signs speak for it, as the logarithm of the odds."""
    square, *sums = table.sums.columns(signs.sum)
    length = sqrt(square * WHOLE) or 1.0
    return [total / length + bias / WHOLE for total, bias in zip(sums, table.biases, strict=True)]


def _strongest(places: Mapping[str, Span], index: int, table: Weights) -> list[Span]:
    """Where the signs stand that weigh most; none touches another."""
    chosen: list[Span] = []
    for sign in sorted(places, key=lambda sign: (-table.signs[sign][index], places[sign])):
        place = places[sign]
        if place.length > 1 and not any(map(place.overlaps, chosen)):
            chosen.append(place)
        if len(chosen) == _MOST_SIGNS:
            break
    return sorted(chosen)


def _fact(reply: Text, name: tuple[str, str], sentence: Span, strength: int, signs: Sequence[Span]) -> Fact:
    place = reply.original_span(sentence)
    words = [reply.original_span(sign) for sign in signs] or [place]
    told = " … ".join(reply.original[word.start : word.end].strip() for word in words)
    there = words[0].cover(words[-1])
    attributes = {"strength": Attribute(Percent(Decimal(strength)), there), "signs": Attribute(told, there)}
    return Fact(*name, place, reply.original[place.start : place.end], attributes)
