"""What a reply takes up by another name: "all those stairs", where the review says that there is no lift."""

from __future__ import annotations

from replylint.facts.compare import telling_words
from replylint.facts.frame import asked_for, frame
from replylint.facts.listen import Heard
from replylint.facts.shared import names
from replylint.facts.templates import Templates

NEAR = 0.4
"""From which nearness on two texts that name one thing speak of the same matter; see `vectors`."""
# A sentence that says such a thing says what letters say.
_STOCK = frozenset({"invite", "contact_info", "promise", "thanks", "request_review", "incentive", "claim"})
_AGAINST = frozenset({"denial", "blame", "threat", "hostile"})


def telling_clauses(reply: Heard, generic: frozenset[str], templates: Templates) -> frozenset[int]:
    """The clauses that say something which is no part of any letter; none where the business contradicts.

    generic: folded words, and their stems, that any reply may hold. templates: how sentences of such letters go.
    """
    if any(said.name.type in _AGAINST for said in reply.said):
        return frozenset()
    stock = {said.sentence for said in reply.said if said.name.type in _STOCK}
    stock.update(templates.among(reply.text))
    listed, framed, named = asked_for(reply), frame(reply), names(reply)
    return frozenset(
        clause
        for token, _ in telling_words(reply, generic)
        if (clause := reply.layout.clause_of(token.start)) not in listed
        and reply.layout.sentence_of(token.start) not in stock
        and token not in named
        and not any(span.contains(token) for span in framed)
    )


def name_the_same(reply: Heard, review: Heard, clauses: frozenset[int]) -> bool:
    """Whether such a clause names a thing that the review speaks of; it is meant where the two are near.

    Both texts are heard with the things that they speak of.
    """
    theirs = {thing.wording for thing in review.found.things}
    ours = (thing for thing in reply.found.things if reply.layout.clause_of(thing.start) in clauses)
    return any(thing.wording in theirs for thing in ours)
