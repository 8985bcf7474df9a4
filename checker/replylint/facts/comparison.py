"""How a reply and its review are held against each other: what is taken up and left out, how near they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from replylint.facts.about import tells_something
from replylint.facts.acknowledge import TakenUp, acknowledged
from replylint.facts.astray import Astray, another_of_its_kind, astray, how_surely
from replylint.facts.byothernames import NEAR, name_the_same, telling_clauses
from replylint.facts.compare import with_stems
from replylint.facts.leftout import left_out
from replylint.facts.likeness import likeness
from replylint.facts.listen import SELDOM, Find, Heard, Listener
from replylint.facts.matcher import COMPARED, Matcher
from replylint.facts.onlypraise import may_be_joy, only_praise
from replylint.facts.particular import particulars
from replylint.facts.rarity import Rarity
from replylint.facts.spoken import spoken_of
from replylint.facts.templates import Templates
from replylint.facts.vectors import Vectors, nearness


class Comparer:
    """Compares replies with their reviews; made once, used for many pairs.

    find: what finds typed values in a text. rarity: how common words are. templates: how sentences go that would fit
    any review. vectors: which words go together, by language.
    """

    def __init__(
        self, matcher: Matcher, find: Find, rarity: Rarity, templates: Templates, vectors: Sequence[Vectors]
    ):
        self._matcher = matcher
        self._find = find
        self._rarity = rarity
        self._templates = templates
        self._vectors = vectors

    @cached_property
    def generic(self) -> frozenset[str]:
        """Folded words, and their stems, that any reply may hold."""
        return with_stems(self._matcher.lone_words())

    @cached_property
    def _things(self) -> Listener:
        return Listener(self._matcher, COMPARED, self._find, SELDOM)

    def taken_up(self, said: Heard, asked: Heard | None) -> TakenUp:
        """What of the review is taken up; a reply that has no word in common with it may speak of something else."""
        found = acknowledged(said, asked, self.generic, self._rarity, self._templates)
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
        return only_praise(reply, review, clauses, self.generic)

    def _by_another_name(self, said: Heard, asked: Heard) -> bool:
        """Whether a reply with no word of its review still names what that speaks of."""
        clauses = telling_clauses(said, self.generic, self._templates)
        if not clauses:
            return False
        review = self._with_things(asked)
        if not review.found.things or not name_the_same(reply := self._with_things(said), review, clauses):
            return False
        near = self._nearness(reply, review)
        return near is not None and near >= NEAR

    def _astray(self, said: Heard, asked: Heard, of_a_kind: bool) -> Astray:
        """Whether a reply speaks of something else than its review; of_a_kind: both have an issue of the same kind."""
        reply, review = self._with_things(said), self._with_things(asked)
        speaks_of_another = another_of_its_kind if of_a_kind else astray
        in_particular = tuple(particulars(reply, self.generic, self._rarity, self._templates))
        near = self._nearness(reply, review)
        return how_surely(reply, near) if speaks_of_another(reply, review, near, in_particular) else "no"

    def left_out(self, said: Heard, asked: Heard | None, taken_up: TakenUp) -> tuple[str, ...] | None:
        """The kinds of complaint that the reply takes up nowhere; None where it cannot be told."""
        if asked is None or taken_up.particular is None or (taken_up.particular and not taken_up.clauses):
            return None
        return left_out(said, asked, () if taken_up.astray else taken_up.clauses, self.generic)

    def tells_something(self, review: Heard) -> bool:
        """Whether a review tells something that a reply can take up."""
        return tells_something(review, self._things)

    def likeness(self, said: Heard, asked: Heard) -> float:
        """How much a reply and a review have in common; for comparing pairs of them with each other."""
        reply, review = self._with_things(said), self._with_things(asked)
        return likeness(reply, review, self.generic, self._rarity, self._nearness(reply, review) or 0.0)

    def spoken_of(self, heard: Heard) -> frozenset[str]:
        """What a text speaks of, also by the names of things."""
        return self._spoken_of(self._with_things(heard))

    def _spoken_of(self, heard: Heard) -> frozenset[str]:
        return spoken_of(heard, self.generic, self._matcher.origin)

    def _nearness(self, reply: Heard, review: Heard) -> float | None:
        return nearness(self._vectors, self._spoken_of(reply), self._spoken_of(review))

    def _with_things(self, heard: Heard) -> Heard:
        """A text with the things that it speaks of, which little else asks for."""
        compared = self._things.hear(heard.text).found
        found = heard.found._replace(things=compared.things, subjects=compared.subjects, moods=compared.moods)
        return replace(heard, found=found)
