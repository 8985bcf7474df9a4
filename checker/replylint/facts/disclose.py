"""Addresses and numbers in a reply: the business's own, or something personal about the customer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from replylint.facts.listen import Heard
from replylint.facts.model import Attribute, Fact
from replylint.facts.places import Place
from replylint.facts.said import Said

_ADDRESSES = frozenset({"phone", "email", "url"})
_OF_PEOPLE = frozenset({"disclosure", "staff_named"})
_NAMES = frozenset({"name", "person"})
_NUMBER = re.compile(r"\d+")
# What share of a disclosure's own words the review must hold for it to be known already.
_KNOWN = 0.6


def identifiers(reply: Heard, review: Heard | None, own: frozenset[str]) -> Iterable[Fact]:
    """The `contact_info` and `disclosure` facts that show by their form.

    An address counts as the business's; with `own` given, a phone number or e-mail address that is not among them,
    and in a sentence that does not invite anybody to use it, as a disclosure. What the review itself made public
    discloses nothing.
    """
    if not reply.places:
        return
    public = _compact(review.text.folded) if review is not None else ""
    known = {_compact(address.casefold()) for address in own}
    told = [said.mention.span for said in reply.said if said.name.type in ("disclosure", "contact_info")]
    inviting = {said.sentence for said in reply.said if said.name.type == "invite"}
    for place in reply.places:
        compact = _compact(reply.text.folded[place.span.start : place.span.end])
        if any(place.span.overlaps(span) for span in told):
            continue
        if place.kind in _ADDRESSES:
            strange = bool(known) and place.kind != "url" and compact not in known and compact not in public
            inviting_here = reply.layout.sentence_of(place.span.start) in inviting
            yield _fact(reply, place, "disclosure" if strange and not inviting_here else "contact_info")
        elif place.kind == "id_number" and compact not in known and compact not in public:
            yield _fact(reply, place, "disclosure")


def public(said: Said, reply: Heard, review: Heard | None, generic: frozenset[str]) -> bool:
    """Whether the review itself says what a reply seems to reveal: its numbers and names, else most of its words.

    generic: folded words that reveal nothing.
    """
    if review is None or said.name.type not in _OF_PEOPLE:
        return False
    theirs, span = review.text.folded, said.mention.span
    words = reply.text.folded[span.start : span.end]
    values = _NUMBER.findall(words) + [
        reply.text.folded[place.span.start : place.span.end]
        for place in reply.places
        if place.kind in _NAMES and span.contains(place.span)
    ]
    if values:
        return all(value in theirs for value in values)
    return said.name.type == "disclosure" and _mostly_in(theirs, _own_words(reply, said, generic))


def _own_words(reply: Heard, said: Said, generic: frozenset[str]) -> list[str]:
    span = said.mention.span
    tokens = (reply.text.folded[t.start : t.end] for t in reply.text.tokens if span.contains(t))
    return [word for word in tokens if word not in generic]


def _mostly_in(theirs: str, words: list[str]) -> bool:
    return bool(words) and sum(len(w) for w in words if w in theirs) >= _KNOWN * sum(map(len, words))


def _fact(reply: Heard, place: Place, type_: str) -> Fact:
    span = reply.text.original_span(place.span)
    quote = reply.text.original[span.start : span.end]
    return Fact(type_, None, span, quote, {"words": Attribute(quote, span)})


def _compact(text: str) -> str:
    """Without what separates the groups of a number."""
    return "".join(char for char in text if char.isalnum() or char in "@.")
