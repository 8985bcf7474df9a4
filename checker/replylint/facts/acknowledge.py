"""Whether a reply takes up what the review says: the two texts are compared, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from replylint.facts.compare import OF_ANY_HOUSE, TOPICS, telling_words
from replylint.facts.frame import asked_for
from replylint.facts.listen import Heard, said_in
from replylint.facts.model import Fact
from replylint.facts.names import FactName
from replylint.facts.particular import particulars
from replylint.facts.rarity import Rarity
from replylint.facts.said import Said
from replylint.facts.shared import Shared, shared
from replylint.facts.templates import Templates
from replylint.source.spans import Span

ENOUGH = 2.3
"""How much a clause must share with the review, as `shared` weighs it."""
_BESIDE_REGRET = 0.6
_DENIED = 2.0
_IN_TEMPLATE = 5.0
"""A sentence that would fit any review has words of the trade: 演出 in 「打磨每一場演出」. It has to share more."""
_BESIDE_MOST = 0.5
ENOUGH_IN_ALL = 5.0
"""How much a whole reply shares with a review that it was written for, even if no clause of it takes anything up."""
_KIND = frozenset({"apology", "empathy"})
# Whoever explains, contradicts or blames speaks about this case.
_SPECIFIC = frozenset({"explain", "denial", "blame"})
# Such words name the issue only to deny it; others ask for something, or boast.
_AGAINST = frozenset({"denial", "blame"})
# Beside a denial, what is explained is the business's side of it.
_OWN_SIDE = _AGAINST | {"explain"}
_NOTHING_BEHIND = _AGAINST | {"claim", "threat", "incentive", "request_review", "hostile"}
# Whom it was passed on to and what is to be better any business may say; a word of the review's says less there.
_STRIVING = frozenset({"improve", "contact", "guarantee", "relay"})
_BEHIND = 0.7
_QUOTED = re.compile(r'"[^"\n]{3,60}"|「[^」\n]{2,30}」')


@dataclass(frozen=True)
class TakenUp:
    """What of the review a reply takes up.

    canned: whether it is nothing, or only what any reply calls so. particular: whether the reply says what not any
    business would say. Both are None when there is no review to compare; particular also where that cannot be told.
    shares: whether reply and review have anything in common. in_words: whether that is a word, more than the kind of
    an issue. astray: whether the reply speaks of something else. clauses: in which of them it takes something up.
    """

    facts: tuple[Fact, ...]
    canned: bool | None
    particular: bool | None
    shares: bool = False
    in_words: bool = False
    astray: bool = False
    clauses: frozenset[int] = frozenset()


def names_nothing(said: Said, reply: Heard, generic: frozenset[str]) -> bool:
    """Whether a wording of acknowledging was filled with words that any reply may hold: "sorry about the hassle"."""
    if said.name.type != "acknowledge":
        return False
    span = said.mention.span
    beside = said_in(reply, said.sentence)
    named = any(other.name.type in TOPICS and span.overlaps(other.mention.span) for other in beside)
    return not named and not any(span.contains(token) for token, _ in telling_words(reply, generic))


@dataclass
class _Clause:
    """What a clause shares with the review: everything once, with the places; in_words: whether a word is among it."""

    found: dict[str | FactName, float] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    in_words: bool = False

    def add(self, shared: Shared) -> None:
        self.found[shared.what] = shared.weight
        self.spans.append(shared.span)
        self.in_words |= shared.in_words

    @property
    def weight(self) -> float:
        return sum(self.found.values())

    @property
    def issues(self) -> tuple[str, ...]:
        kinds = (what.kind for what in self.found if isinstance(what, FactName) and what.type == "issue")
        return tuple(kind for kind in kinds if kind)


def acknowledged(
    reply: Heard, review: Heard | None, generic: frozenset[str], rarity: Rarity, templates: Templates
) -> TakenUp:
    """The acknowledgements of a reply.

    A clause takes up the review when it shares enough with it, outside of what it promises (any reply promises better
    service) and of what it denies. Where none does, a sentence may still put it in words of its own.
    generic: folded words, and their stems, that any reply may hold. rarity: knows the words of canned replies,
    templates: how their sentences go.
    """
    if review is None:
        return TakenUp((), None, None)
    clauses = _clauses(reply, shared(reply, review, generic, rarity))
    in_all = sum(found.weight for found in clauses.values())
    worded = {s.clause for s in reply.said if s.name.type == "acknowledge" and not names_nothing(s, reply, generic)}
    taken_up = _taking_up(reply, {c: found for c, found in clauses.items() if c not in worded}, templates)
    facts = tuple(_fact(reply, found) for found in taken_up.values())
    in_own_words = _in_own_words(reply, generic, rarity, templates)
    particular = _particular(reply, clauses, bool(facts or worded) or in_own_words)
    where = frozenset(worded).union(taken_up)
    canned = not in_own_words and _canned(reply, where, in_all, generic, rarity)
    in_words = any(found.in_words for found in clauses.values())
    return TakenUp(facts, canned, particular, in_all > 0, in_words, clauses=where)


def _particular(reply: Heard, clauses: Mapping[int, _Clause], surely: bool) -> bool | None:
    """Whether a reply says what not any business would; None where it would, did it not contradict the customer."""
    if surely:
        return True
    contradicts = any(said.name.type in _AGAINST for said in reply.said)
    regrets = any(said.name.type in _KIND for said in reply.said)
    return None if contradicts and regrets and any(found.weight >= ENOUGH for found in clauses.values()) else False


def _canned(reply: Heard, taking_up: frozenset[int], in_all: float, generic: frozenset[str], rarity: Rarity) -> bool:
    """Whether a reply would fit almost any review: also where all that it takes up, it calls as any reply would.

    It has nothing in words of its own. taking_up: its clauses that take up something. in_all: how much it shares with
    the review.
    """
    if in_all >= ENOUGH_IN_ALL or any(said.name.type in _SPECIFIC for said in reply.said):
        return False
    named = (said.name for said in reply.said if said.clause in taking_up)
    if any(name.type in TOPICS and name.kind not in OF_ANY_HOUSE for name in named):
        return False
    words = (word for token, word in telling_words(reply, generic) if reply.layout.clause_of(token.start) in taking_up)
    return not taking_up or all(rarity.fits_any(word) for word in words if len(word) > 1)


def _in_own_words(reply: Heard, generic: frozenset[str], rarity: Rarity, templates: Templates) -> bool:
    """Whether a reply that shares nothing with its review speaks of something in particular, without contradicting."""
    contradicts = any(said.name.type in _AGAINST for said in reply.said)
    return not contradicts and any(particulars(reply, generic, rarity, templates))


def _taking_up(reply: Heard, clauses: Mapping[int, _Clause], templates: Templates) -> dict[int, _Clause]:
    """The clauses that share enough, and not much less than the one that shares most."""
    regret = {said.sentence for said in reply.said if said.name.type in _KIND}
    denies = any(said.name.type == "denial" for said in reply.said)
    sides = _OWN_SIDE if denies else _AGAINST
    against = {said.clause for said in reply.said if said.name.type in sides and said.sentence not in regret}
    # What stands beside a denial in one sentence explains it.
    against |= {
        beside
        for clause in against
        for beside in (clause - 1, clause + 1)
        if beside in clauses and _sentence(reply, beside) == _sentence(reply, clause)
    }
    left = {clause: found for clause, found in clauses.items() if clause not in against}
    # Who denies what happened tells the business's side of it.
    enough = ENOUGH * (_DENIED if denies else 1)
    some = _BESIDE_MOST * max((found.weight for found in left.values()), default=0)
    return {
        clause: found
        for clause, found in left.items()
        if found.weight >= max(some, enough * (_BESIDE_REGRET if _sentence(reply, clause) in regret else 1))
        and (
            found.weight >= _IN_TEMPLATE
            or not OF_ANY_HOUSE.issuperset(found.issues)
            or not templates.fits_any(reply.text, _sentence(reply, clause))
        )
    }


def _sentence(reply: Heard, clause: int) -> int:
    return reply.layout.sentence_of(reply.text.clauses[clause].start)


def _clauses(reply: Heard, items: Iterable[Shared]) -> dict[int, _Clause]:
    """What each clause shares with the review, apart from what the business denies, asks for and hopes for."""
    closed = _begins(reply, lambda said: said.name.type in _NOTHING_BEHIND)
    asking = _begins(reply, lambda said: said.name.type == "invite")
    quoted = _quoted(reply)
    striving = _begins(reply, lambda said: said.name.type == "promise" and said.name.kind in _STRIVING)
    listed = asked_for(reply)
    clauses: dict[int, _Clause] = {}
    for item in items:
        clause = reply.layout.clause_of(item.span.start)
        if clause in listed:
            continue
        end = item.span.end
        behind = end > striving.get(clause, end)
        asked = end > asking.get(clause, end) and not any(span.contains(item.span) for span in quoted)
        if asked or end > closed.get(clause, end) or (behind and isinstance(item.what, FactName)):
            continue
        counted = replace(item, weight=item.weight * _BEHIND) if behind else item
        clauses.setdefault(clause, _Clause()).add(counted)
    for found in clauses.values():
        found.spans.sort()
    return clauses


def _quoted(reply: Heard) -> list[Span]:
    """What stands in quotation marks, such as the subject under which a customer is to write."""
    return [Span(*match.span()) for match in _QUOTED.finditer(reply.text.folded)]


def _begins(reply: Heard, which: Callable[[Said], bool]) -> dict[int, int]:
    """Where the first of such facts begins in each clause that has one."""
    begins: dict[int, int] = {}
    for said in filter(which, reply.said):
        begins[said.clause] = min(said.mention.start, begins.get(said.clause, said.mention.start))
    return begins


def _fact(reply: Heard, found: _Clause) -> Fact:
    place = reply.text.original_span(found.spans[0].cover(found.spans[-1]))
    return Fact("acknowledge", None, place, reply.text.original[place.start : place.end], issues=found.issues)
