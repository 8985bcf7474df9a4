"""Whether a reply takes up what the review says: two texts are compared, generic words do not count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from replylint.facts.model import Fact
from replylint.facts.said import Heard, Said
from replylint.source.spans import Span

_SHORTEST_LATIN = 4


@dataclass(frozen=True)
class TakenUp:
    """What of the review a reply takes up. canned: whether it is nothing; None when there is no review to compare."""

    facts: tuple[Fact, ...]
    canned: bool | None


def acknowledged(reply: Heard, review: Heard | None) -> TakenUp:
    """The acknowledgements of a reply.

    A clause takes up the review when it names an issue that the review names, or uses the review's own words; in a
    clause that makes a promise, gives thanks or invites, naming an issue alone is not enough: any reply promises
    better service.
    """
    if review is None:
        return TakenUp((), None)
    busy = {said.clause for said in reply.said if said.name.type in _BUSY}
    kinds = {said.name.kind for said in review.said if said.name.type == "issue"}
    named = [s for s in reply.said if s.name.type == "issue" and s.name.kind in kinds and s.clause not in busy]
    facts = _one_per_clause(reply, named, _shared(reply, review))
    specific = any(s.name.type == "acknowledge" for s in reply.said)
    return TakenUp(tuple(facts), not facts and not specific)


_BUSY = frozenset({"promise", "thanks", "invite"})


def _one_per_clause(reply: Heard, named: Iterable[Said], shared: dict[int, list[Span]]) -> list[Fact]:
    facts: dict[int, Fact] = {}
    for said in named:
        facts.setdefault(said.clause, _fact(reply, said.mention.span, said.name.kind))
    for clause, spans in shared.items():
        if clause not in facts and len(spans) > 1:
            facts[clause] = _fact(reply, spans[0].cover(spans[-1]), None)
    return list(facts.values())


def _fact(reply: Heard, span: Span, issue: str | None) -> Fact:
    place = reply.text.original_span(span)
    return Fact("acknowledge", None, place, reply.text.original[place.start : place.end], issue=issue)


def _shared(reply: Heard, review: Heard) -> dict[int, list[Span]]:
    """The reply's words that are the review's own, by clause; generic words are left out."""
    own = {word for word, _ in _words(review)}
    shared: dict[int, list[Span]] = {}
    for word, span in _words(reply):
        if word in own and not any(span.overlaps(generic) for generic in reply.generic):
            shared.setdefault(reply.layout.clause_of(span.start), []).append(span)
    return shared


def _words(heard: Heard) -> Iterable[tuple[str, Span]]:
    """The words of a text that are long enough to say something, in a form that compares."""
    folded = heard.text.folded
    for token in heard.text.tokens:
        word = folded[token.start : token.end]
        if word[0] >= "\u2e80":
            if len(word) > 1:
                yield word, token
        elif len(word) >= _SHORTEST_LATIN and word[0].isalpha():
            yield _stem(word), token


def _stem(word: str) -> str:
    """A Latin word without its ending, as far as a comparison needs it."""
    for ending in ("'s", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_LATIN:
            return word[: -len(ending)]
    return word
