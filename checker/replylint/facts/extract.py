"""The facts of a reply and its review: the one entry to this layer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from replylint.facts.about import tells_something
from replylint.facts.acknowledge import TakenUp, acknowledged, names_nothing
from replylint.facts.astray import Astray, another_of_its_kind, astray, how_surely
from replylint.facts.bind import bind
from replylint.facts.byothernames import NEAR, name_the_same, telling_clauses
from replylint.facts.compare import with_stems
from replylint.facts.disclose import identifiers, public, told
from replylint.facts.echo import echoed
from replylint.facts.leftout import issues_of, left_out
from replylint.facts.likeness import likeness
from replylint.facts.listen import REMEMBERED, SELDOM, Find, Heard, Listener
from replylint.facts.matcher import COMPARED, REPLIES, REVIEWS, Matcher
from replylint.facts.model import Attribute, Fact, Reading
from replylint.facts.onlypraise import may_be_joy, only_praise
from replylint.facts.particular import particulars
from replylint.facts.places import Place
from replylint.facts.rarity import Counts, Rarity
from replylint.facts.repeated import repeated
from replylint.facts.said import Said
from replylint.facts.schema import FACT_TYPES
from replylint.facts.slots import find_slots
from replylint.facts.spoken import spoken_of
from replylint.facts.templates import Templates
from replylint.facts.tenor import courteous, tenors
from replylint.facts.tongues import passages
from replylint.facts.vectors import Vectors, nearness
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
        self._templates = Templates(tuple(weights))
        self._rarity = Rarity(tuple(counts))
        self._find = find
        self._vectors = vectors

    @cached_property
    def _origin(self) -> Callable[[int], Location]:
        """The line that a wording was read from; the same few are met again and again."""
        return cache(self.matcher.origin)

    @cached_property
    def _english(self) -> Callable[[str], bool]:
        """Whether a word is known to be English, of which most are asked for again and again."""
        return lru_cache(maxsize=_WORDS)(self._rarity.english)

    @cached_property
    def _generic(self) -> frozenset[str]:
        return with_stems(self.matcher.lone_words())

    @cached_property
    def _replies(self) -> Listener:
        """Made when the first reply is read: none is where every reading is kept from an earlier run."""
        return Listener(self.matcher, REPLIES, self._find, REMEMBERED)

    @cached_property
    def _reviews(self) -> Listener:
        """Made when the first review comes: many drafts have none."""
        return Listener(self.matcher, REVIEWS, self._find, SELDOM)

    @cached_property
    def _things(self) -> Listener:
        return Listener(self.matcher, COMPARED, self._find, SELDOM)

    def extract(
        self, reply: Text, review: Text | None = None, own: frozenset[str] = frozenset(), wary: bool = True
    ) -> Reading:
        """The facts of a reply to a review.

        own: the brand's phone numbers, e-mail and web addresses; they disclose nothing about a customer.
        wary: hear the review for harm that no wording knows; where it has many stars, that only takes time.
        """
        said = self._replies.hear(reply)
        asked = self._reviews.hear(review) if review is not None and review.folded.strip() else None
        taken_up = self._taken_up(said, asked)
        facts = [*self._facts(said, "reply", asked), *taken_up.facts]
        if taken_up.astray:
            facts = [fact for fact in facts if fact.type != "acknowledge"]
        reads_like = [
            tenor
            for tenor in tenors(reply, review, self._of_replies, facts)
            if not courteous(reply, tenor, facts, self._rarity.fits_any)
        ]
        facts += [*identifiers(said, asked, own), *echoed(said, asked, self._generic), *_disguises(reply), *reads_like]
        facts += passages(reply, self._english)
        # What is new to the review is often only another way to put it: somebody has to be spoken about as well.
        if not self._of_replies or any(fact.kind == "disclosure" for fact in reads_like):
            facts += told(said, asked, self._generic)
        facts.sort(key=lambda fact: (fact.span, fact.type))
        return Reading(
            tuple(facts),
            tuple(self._alleged(asked, wary)) if asked is not None else (),
            taken_up.canned,
            reply.folded,
            taken_up.particular,
            self._left_out(said, asked, taken_up),
            tells_something(asked, self._things) if asked is not None else None,
        )

    def _alleged(self, review: Heard, wary: bool) -> Iterator[Fact]:
        yield from self._facts(review, "review")
        yield from tenors(review.text, None, self._of_reviews) if wary else ()
        yield from passages(review.text, self._english)

    def _left_out(self, said: Heard, asked: Heard | None, taken_up: TakenUp) -> tuple[str, ...] | None:
        if asked is None or taken_up.particular is None or (taken_up.particular and not taken_up.clauses):
            return None
        return left_out(said, asked, () if taken_up.astray else taken_up.clauses, self._generic)

    def _taken_up(self, said: Heard, asked: Heard | None) -> TakenUp:
        """What of the review is taken up; a reply that has no word in common with it may speak of something else."""
        found = acknowledged(said, asked, self._generic, self._rarity, self._templates)
        if asked is None:
            return found
        if not found.particular:
            return replace(found, canned=False, particular=True) if self._by_another_name(said, asked) else found
        if self._only_praise(said, asked, found.clauses):
            return replace(found, facts=(), particular=False, astray=True)
        match "no" if found.in_words else self._astray(said, asked, found.shares):
            case "no":
                return found
            case "perhaps":
                return replace(found, facts=(), particular=None, astray=True)
            case "surely":
                return replace(found, facts=(), canned=True, particular=False, astray=True)

    def _only_praise(self, said: Heard, asked: Heard, clauses: frozenset[int]) -> bool:
        """Whether the reply takes up what the review praises, where that complains, too."""
        if not may_be_joy(said, clauses):
            return False
        reply, review = self._with_things(said), self._with_things(asked)
        return only_praise(reply, review, clauses, self._generic)

    def _by_another_name(self, said: Heard, asked: Heard) -> bool:
        """Whether a reply with no word of its review still names what that speaks of."""
        clauses = telling_clauses(said, self._generic, self._templates)
        if not clauses:
            return False
        review = self._with_things(asked)
        if not review.things or not name_the_same(reply := self._with_things(said), review, clauses):
            return False
        near = self._nearness(reply, review)
        return near is not None and near >= NEAR

    def _astray(self, said: Heard, asked: Heard, of_a_kind: bool) -> Astray:
        """Whether a reply speaks of something else than its review; of_a_kind: both have an issue of the same kind."""
        reply, review = self._with_things(said), self._with_things(asked)
        speaks_of_another = another_of_its_kind if of_a_kind else astray
        in_particular = tuple(particulars(reply, self._generic, self._rarity, self._templates))
        near = self._nearness(reply, review)
        return how_surely(reply, near) if speaks_of_another(reply, review, near, in_particular) else "no"

    def likeness(self, reply: Text, review: Text) -> float:
        """How much a reply and a review have in common; for comparing pairs of them with each other."""
        said, asked = self._with_things(self._replies.hear(reply)), self._with_things(self._reviews.hear(review))
        near = self._nearness(said, asked) or 0.0
        return likeness(said, asked, self._generic, self._rarity, near)

    def spoken_of(self, reply: Text, review: Text) -> tuple[frozenset[str], frozenset[str]]:
        """What a reply speaks of, and what a review does; from which it is learnt which words go together."""
        said, asked = self._with_things(self._replies.hear(reply)), self._with_things(self._reviews.hear(review))
        return self._spoken_of(said), self._spoken_of(asked)

    def _spoken_of(self, heard: Heard) -> frozenset[str]:
        return spoken_of(heard, self._generic, self.matcher.origin)

    def _nearness(self, reply: Heard, review: Heard) -> float | None:
        return nearness(self._vectors, self._spoken_of(reply), self._spoken_of(review))

    def _with_things(self, heard: Heard) -> Heard:
        """A text with the things that it speaks of, which little else asks for."""
        compared = self._things.hear(heard.text)
        return replace(heard, things=compared.things, subjects=compared.subjects, moods=compared.moods)

    def _facts(self, heard: Heard, side: str, other: Heard | None = None) -> list[Fact]:
        of_side = (said for said in heard.said if FACT_TYPES[said.name.type].side == side)
        said = [
            s
            for s in of_side
            if not public(s, heard, other, self._generic)
            and not names_nothing(s, heard, self._generic)
            and not repeated(s, heard, other)
        ]
        ours = _outside(heard.places, heard.terms)
        bound = bind(said, ours, heard.layout, heard.implied, heard.arrivals)
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
