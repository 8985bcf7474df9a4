"""What of a reply says nothing of its review: from whom it greets, who signs, its name, and the details it asks for."""

from __future__ import annotations

from collections.abc import Iterable

from replylint.facts.listen import Heard, lately, words_in
from replylint.facts.stems import is_chinese
from replylint.source.spans import Span

_GREETING = 2
"""In how many sentences from the beginning a letter greets."""
_SIGNED = 12
"""Within how many words of the end it is signed, at most."""
_NEAR = 2
"""So many sentences after the request, or the item before, an item still belongs to the list."""
_BULLETS = frozenset("·•-–*◎●▪■※")


@lately
def frame(reply: Heard) -> tuple[Span, ...]:
    """Where the reply greets in somebody's name, to the end of the sentence, and where it is signed, with the rest."""
    tokens = reply.text.tokens
    last = tokens[-_SIGNED].start if len(tokens) > _SIGNED else 0
    framed = []
    for formula in reply.found.letters:
        sentence = reply.layout.sentence_of(formula.start)
        if formula.start >= last:
            clause = reply.text.clauses[reply.layout.clause_of(formula.start)]
            framed.append(Span(clause.start, len(reply.text.folded)))
        elif sentence < _GREETING:
            framed.append(Span(formula.start, reply.text.sentences[sentence].end))
    return tuple(framed)


@lately
def framed_words(reply: Heard) -> frozenset[Span]:
    """The words of the frame, and those by which the business and whoever signs are called, wherever they stand.

    In English a name has a capital letter; in Chinese it is all that stands where the business calls itself by it.
    A reply is asked for them several times in a row, and comes again.
    """
    framed = frame(reply)
    if not framed and not reply.found.houses:
        return frozenset()
    inside, called = _within(reply, framed), _within(reply, reply.found.houses)
    named = {_written(reply, token) for token in (*inside, *called) if _is_capital(reply, token)}
    named |= {written for token in called if is_chinese(written := _written(reply, token)) and token.length > 1}
    again = [token for token in reply.text.tokens if token.length and _written(reply, token) in named] if named else ()
    return frozenset([*inside, *again])


def _within(reply: Heard, spans: Iterable[Span]) -> list[Span]:
    """The words that stand in any of some spans."""
    return [token for span in spans for token in words_in(reply, span) if token.length and span.contains(token)]


def asked_for(reply: Heard) -> frozenset[int]:
    """The clauses that list what a customer is asked to send: items that follow the request."""
    asking = {s.sentence for s in reply.said if s.name.type == "invite" and s.name.kind == "private"}
    listed: set[int] = set()
    for clause, span in enumerate(reply.text.clauses):
        sentence = reply.layout.sentence_of(span.start)
        if _is_item(reply, clause) and not asking.isdisjoint(range(sentence - _NEAR, sentence + 1)):
            listed.add(clause)
            asking.add(sentence)
    return frozenset(listed)


def _is_item(reply: Heard, clause: int) -> bool:
    clauses, folded = reply.text.clauses, reply.text.folded
    start = clauses[clause].start
    before = folded[clauses[clause - 1].start if clause else 0 : start].strip()
    signs = {before[-1:], folded[start : clauses[clause].end].lstrip()[:1]}
    return not signs.isdisjoint(_BULLETS) or before.rstrip(".").isdigit()


def _is_capital(reply: Heard, token: Span) -> bool:
    """Whether a word begins with a capital letter as it was written."""
    return reply.text.original[reply.text.origin[token.start]].isupper()


def _written(reply: Heard, token: Span) -> str:
    place = reply.text.original_span(token)
    return reply.text.original[place.start : place.end]
