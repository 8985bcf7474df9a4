"""Addresses and numbers in a reply: the business's own, or something personal about the customer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from replylint.facts.compare import digits, folded_in_digits, known_to, telling_words
from replylint.facts.listen import Heard, places_in, words_in
from replylint.facts.model import Attribute, Fact
from replylint.facts.names import FactName
from replylint.facts.places import Place
from replylint.facts.said import Said
from replylint.facts.stems import is_chinese
from replylint.source.spans import Span

_ADDRESSES = frozenset({"phone", "email", "url"})
_OF_PEOPLE = frozenset({"disclosure", "staff_named"})
_ACCUSES = FactName("statement", "third_party")
_RETOLD = 3
"""How many words of an accusation must all be the review's for it only to tell again what happened."""
_NAMES = frozenset({"name", "person", "colleague"})
# A sentence that does one of these repeats what the customer told, or is worse than a disclosure; a clause of the last
# kind is about the future.
_KIND = frozenset({"apology", "thanks", "empathy"})
_WORSE = frozenset({"blame", "hostile", "threat", "request_review", "incentive", "review_removal", "statement"})
_AHEAD = frozenset({"invite", "promise"})
SOME_NEW, ENOUGH_NEW = 3, 6
"""How much that the review does not tell, in its clause and to the end of its sentence, makes an account of the
customer a disclosure: two or three words."""
_NUMBER = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[^\w@.]|_")
# What share of a disclosure's own words the review must hold for it to be known already.
_KNOWN = 0.5


def identifiers(reply: Heard, review: Heard | None, own: frozenset[str]) -> Iterable[Fact]:
    """The `contact_info` and `disclosure` facts that show by their form.

    An address counts as the business's; with `own` given, a phone number or e-mail address that is not among them,
    and in a sentence that does not invite anybody to use it, as a disclosure. What the review itself made public
    discloses nothing.
    """
    places = [place for place in reply.places if place.kind in _ADDRESSES or place.kind == "id_number"]
    if not places:
        return
    public = _compact(review.text.folded) if review is not None else ""
    known = {_compact(address.casefold()) for address in own}
    told = bytearray(len(reply.text.folded))
    for said in reply.said:
        if said.name.type in ("disclosure", "contact_info"):
            told[said.mention.start : said.mention.end] = b"\1" * said.mention.span.length
    inviting = {said.sentence for said in reply.said if said.name.type == "invite"}
    for place in places:
        compact = _compact(reply.text.folded[place.span.start : place.span.end])
        if 1 in told[place.span.start : place.span.end]:
            continue
        if place.kind in _ADDRESSES:
            strange = bool(known) and place.kind != "url" and compact not in known and compact not in public
            inviting_here = reply.layout.sentence_of(place.span.start) in inviting
            yield _fact(reply, place, "disclosure" if strange and not inviting_here else "contact_info")
        elif compact not in known and compact not in public:
            yield _fact(reply, place, "disclosure")


def public(said: Said, reply: Heard, review: Heard | None, generic: frozenset[str]) -> bool:
    """Whether the review itself says what a reply seems to reveal: its numbers and names, else most of its words.

    What others did, as the customer told it, accuses nobody anew. generic: folded words that reveal nothing.
    """
    if review is not None and said.name == _ACCUSES:
        return _retold(folded_in_digits(review), _own_words(reply, said, generic))
    if review is None or said.name.type not in _OF_PEOPLE:
        return False
    theirs, span = folded_in_digits(review), said.mention.span
    words = digits(reply.text.folded[span.start : span.end])
    values = _NUMBER.findall(words) + [
        digits(reply.text.folded[place.span.start : place.span.end])
        for place in places_in(reply.places, span)
        if place.kind in _NAMES and span.contains(place.span)
    ]
    if values:
        return all(value in theirs for value in values)
    return said.name.type == "disclosure" and _mostly_in(theirs, _own_words(reply, said, generic))


def told(reply: Heard, review: Heard | None, generic: frozenset[str]) -> Iterable[Fact]:
    """The `disclosure` facts that show by comparison: what the customer did, had or is, and the review does not tell.

    An account of the customer discloses when, to the end of its sentence, it has enough particulars that are new:
    typed values count twice, and words that any text has not at all.
    """
    if review is None:
        return
    done = {said.sentence for said in reply.said if said.name.type in _KIND | _WORSE}
    ahead = {said.clause for said in reply.said if said.name.type in _AHEAD}
    for said in reply.said:
        if said.name.type != "account" or said.sentence in done or said.clause in ahead:
            continue
        clause, sentence = reply.text.clauses[said.clause], reply.text.sentences[said.sentence]
        span = Span(clause.start, sentence.end)
        if said.sentence == 0 and _takes_up(reply, sentence, review, generic):
            continue
        if _news(reply, clause, review, generic) >= SOME_NEW and _news(reply, span, review, generic) >= ENOUGH_NEW:
            done.add(said.sentence)
            place = reply.text.original_span(span)
            yield Fact("disclosure", None, place, reply.text.original[place.start : place.end])


def _takes_up(reply: Heard, first: Span, review: Heard, generic: frozenset[str]) -> bool:
    """Whether the first sentence only says again what happened: in the review's words, or with an apology behind it.

    What has a typed value of its own, a date or a sum, says more than that.
    """
    theirs, in_review = folded_in_digits(review), known_to(review)
    values = (place.span for place in places_in(reply.places, first) if first.contains(place.span))
    if any(digits(reply.text.folded[value.start : value.end]) not in theirs for value in values):
        return False
    return any(said.name.type == "apology" and said.sentence <= 1 for said in reply.said) or any(
        first.contains(token) and in_review(word) for token, word in telling_words(reply, generic)
    )


def _news(reply: Heard, span: Span, review: Heard, generic: frozenset[str]) -> int:
    """How many particulars of a stretch are not in the review."""
    in_review = known_to(review)
    values = [place.span for place in places_in(reply.places, span) if span.contains(place.span)]
    new = {word for token, word in telling_words(reply, generic) if span.contains(token) and not in_review(word)}
    theirs = folded_in_digits(review)
    valued = {digits(reply.text.folded[value.start : value.end]) for value in values}
    return sum(map(_tells, new)) + 2 * sum(value not in theirs for value in valued)


def _tells(word: str) -> int:
    """How much a word tells: a Chinese one more than a Latin one, a single character little."""
    return (1 if len(word) == 1 else 3) if is_chinese(word) else 2


def _own_words(reply: Heard, said: Said, generic: frozenset[str]) -> list[str]:
    span = said.mention.span
    tokens = (reply.text.folded[t.start : t.end] for t in words_in(reply, span) if span.contains(t))
    return [word for word in tokens if word not in generic]


def _retold(theirs: str, words: list[str]) -> bool:
    return len(words) >= _RETOLD and all(digits(word) in theirs for word in words if len(word) > 1)


def _mostly_in(theirs: str, words: list[str]) -> bool:
    return bool(words) and sum(len(w) for w in words if digits(w) in theirs) >= _KNOWN * sum(map(len, words))


def _fact(reply: Heard, place: Place, type_: str) -> Fact:
    span = reply.text.original_span(place.span)
    quote = reply.text.original[span.start : span.end]
    return Fact(type_, None, span, quote, {"words": Attribute(quote, span)})


def _compact(text: str) -> str:
    """Without what separates the groups of a number."""
    return _SEPARATORS.sub("", text)
