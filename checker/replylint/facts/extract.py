"""The facts of a reply and its review: the one entry to this layer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from replylint.facts.acknowledge import names_nothing
from replylint.facts.bind import bind
from replylint.facts.comparison import Comparer
from replylint.facts.disclose import identifiers, public, told
from replylint.facts.echo import echoed
from replylint.facts.leftout import issues_of
from replylint.facts.listen import REMEMBERED, SELDOM, Find, Heard, Listener
from replylint.facts.matcher import REPLIES, REVIEWS, Matcher
from replylint.facts.model import Attribute, Fact, Reading
from replylint.facts.places import Place
from replylint.facts.rarity import Counts, Rarity
from replylint.facts.repeated import repeated
from replylint.facts.said import Said
from replylint.facts.schema import FACT_TYPES
from replylint.facts.slots import find_slots
from replylint.facts.templates import Templates
from replylint.facts.tenor import courteous, tenors
from replylint.facts.tongues import passages
from replylint.facts.vectors import Vectors
from replylint.facts.weights import TEMPLATE, Weights
from replylint.source.spans import Location, Span
from replylint.text.model import Text

_WORDS = 16384
"""So many words are remembered, as `stem` does."""


class Extractor:
    """Reads facts with one compiled lexicon; made once, used for many texts.

    weights: what tells the tenor of replies, their templates, and what reviews may allege, by language. counts: how
    common words are, by language. find: what finds typed values (money, deadlines, addresses …) in a text. vectors:
    which words go together, by language.
    """

    def __init__(
        self,
        matcher: Matcher,
        weights: Sequence[Weights] = (),
        counts: Sequence[Counts] = (),
        find: Find = find_slots,
        vectors: Sequence[Vectors] = (),
    ):
        self.matcher = matcher
        facts = [table for table in weights if table.fact != TEMPLATE]
        self._of_replies = tuple(table for table in facts if FACT_TYPES[table.fact].side == "reply")
        self._of_reviews = tuple(table for table in facts if FACT_TYPES[table.fact].side == "review")
        self._rarity = Rarity(tuple(counts))
        self._find = find
        self._comparer = Comparer(matcher, find, self._rarity, Templates(tuple(weights)), vectors)

    @cached_property
    def _origin(self) -> Callable[[int], Location]:
        """The line that a wording was read from; the same few are met again and again."""
        return cache(self.matcher.origin)

    @cached_property
    def _english(self) -> Callable[[str], bool]:
        """Whether a word is known to be English, of which most are asked for again and again."""
        return lru_cache(maxsize=_WORDS)(self._rarity.english)

    @cached_property
    def _replies(self) -> Listener:
        """Made when the first reply is read: none is where every reading is kept from an earlier run."""
        return Listener(self.matcher, REPLIES, self._find, REMEMBERED)

    @cached_property
    def _reviews(self) -> Listener:
        """Made when the first review comes: many drafts have none."""
        return Listener(self.matcher, REVIEWS, self._find, SELDOM)

    def extract(
        self, reply: Text, review: Text | None = None, own: frozenset[str] = frozenset(), wary: bool = True
    ) -> Reading:
        """The facts of a reply to a review.

        own: the brand's phone numbers, e-mail and web addresses; they disclose nothing about a customer.
        wary: hear the review for harm that no wording knows; where it has many stars, that only takes time.
        """
        said = self._replies.hear(reply)
        asked = self._reviews.hear(review) if review is not None and review.folded.strip() else None
        taken_up = self._comparer.taken_up(said, asked)
        facts = [*self._facts(said, "reply", asked), *taken_up.facts]
        if taken_up.astray:
            facts = [fact for fact in facts if fact.type != "acknowledge"]
        facts += self._besides(said, asked, self._reads_like(reply, review, facts), own)
        return Reading(
            reply_facts=tuple(sorted(facts, key=lambda fact: (fact.span, fact.type))),
            review_facts=tuple(self._alleged(asked, wary)) if asked is not None else (),
            canned=taken_up.canned,
            folded=reply.folded,
            particular=taken_up.particular,
            left_out=self._comparer.left_out(said, asked, taken_up),
            about=self._comparer.tells_something(asked) if asked is not None else None,
        )

    def _reads_like(self, reply: Text, review: Text | None, facts: Sequence[Fact]) -> list[Fact]:
        """What the reply reads like as a whole, by what it says besides."""
        found = tenors(reply, review, self._of_replies, facts)
        return [tenor for tenor in found if not courteous(reply, tenor, facts, self._rarity.fits_any)]

    def _besides(
        self, said: Heard, asked: Heard | None, reads_like: list[Fact], own: frozenset[str]
    ) -> Iterator[Fact]:
        """What no wording finds in a reply."""
        generic = self._comparer.generic
        yield from identifiers(said, asked, own)
        yield from echoed(said, asked, generic)
        yield from _disguises(said.text)
        yield from reads_like
        yield from passages(said.text, self._english)
        # What is new to the review is often only another way to put it: somebody has to be spoken about as well.
        if not self._of_replies or any(fact.kind == "disclosure" for fact in reads_like):
            yield from told(said, asked, generic)

    def _alleged(self, review: Heard, wary: bool) -> Iterator[Fact]:
        yield from self._facts(review, "review")
        yield from tenors(review.text, None, self._of_reviews) if wary else ()
        yield from passages(review.text, self._english)

    def likeness(self, reply: Text, review: Text) -> float:
        """How much a reply and a review have in common; for comparing pairs of them with each other."""
        return self._comparer.likeness(self._replies.hear(reply), self._reviews.hear(review))

    def spoken_of(self, reply: Text, review: Text) -> tuple[frozenset[str], frozenset[str]]:
        """What a reply speaks of, and what a review does; from which it is learnt which words go together."""
        return self._comparer.spoken_of(self._replies.hear(reply)), self._comparer.spoken_of(self._reviews.hear(review))

    def _facts(self, heard: Heard, side: str, other: Heard | None = None) -> list[Fact]:
        of_side = (said for said in heard.said if FACT_TYPES[said.name.type].side == side)
        said = [
            s
            for s in of_side
            if not public(s, heard, other, self._comparer.generic)
            and not names_nothing(s, heard, self._comparer.generic)
            and not repeated(s, heard, other)
        ]
        ours = _outside(heard.places, heard.found.terms)
        bound = bind(said, ours, heard.layout, heard.found.implied, heard.found.arrivals)
        return [self._fact(heard.text, s, bound.get(i, {}), _taken_up(s, heard, other)) for i, s in enumerate(said)]

    def _fact(self, text: Text, said: Said, bound: Mapping[str, Place], issues: tuple[str, ...]) -> Fact:
        span = text.original_span(said.mention.span)
        return Fact(
            type=said.name.type,
            kind=said.name.kind,
            span=span,
            quote=text.original[span.start : span.end],
            attributes={name: Attribute(place.value, text.original_span(place.span)) for name, place in bound.items()},
            certainty=said.context.certainty,
            context={kind: text.original_span(Span(*hole)) for kind, hole in said.context.cues.items()},
            wording=self._origin(said.mention.wording),
            issues=issues,
        )


def _outside(places: Sequence[Place], terms: Sequence[Span]) -> Sequence[Place]:
    """The values that do not stand in the terms of others."""
    if not terms:
        return places
    ordered = sorted(terms)
    starts, reached = [term.start for term in ordered], list(accumulate((term.end for term in ordered), max))
    # A value stands in some term when, of those that begin no later, the furthest ends no sooner.
    before = ((place, bisect_right(starts, place.span.start)) for place in places)
    return [place for place, at in before if not at or reached[at - 1] < place.span.end]


def _taken_up(said: Said, reply: Heard, review: Heard | None) -> tuple[str, ...]:
    """The kinds of issue that an acknowledgement and the review both speak of."""
    if said.name.type != "acknowledge" or review is None:
        return ()
    told = issues_of(review.said)
    return tuple(kind for kind in issues_of(s for s in reply.said if s.clause == said.clause) if kind in told)


def _disguises(text: Text) -> list[Fact]:
    return [
        Fact("disguise", suspicion.kind.replace("-", "_"), span, text.original[span.start : span.end])
        for suspicion in text.suspicions
        if (span := suspicion.span).length
    ]
