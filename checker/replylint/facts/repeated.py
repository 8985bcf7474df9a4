"""The customer's own words said again: what a reply only quotes or repeats from the review, it does not say itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from replylint.facts.context import quotations
from replylint.facts.hits import Hole
from replylint.facts.listen import Heard, lately
from replylint.facts.said import Said
from replylint.facts.schema import meaning_of

_NEAREST = 8
"""Of the quotations that begin before some words, so many are looked at: they stand in the last, or around it."""


def repeated(said: Said, reply: Heard, review: Heard | None) -> bool:
    """Whether a fact that a report would cancel is the customer's own: quoted from the review, or an insult from it.

    An insult that the reply turns on the customer has more words than the one in the review: "you are the liar".
    """
    if review is None or "report" not in meaning_of(said.name).cancels:
        return False
    ours, theirs, mention = reply.text.folded, review.text.folded, said.mention
    if said.name.type == "hostile" and not mention.holes and _stands_in(ours[mention.start : mention.end], theirs):
        return True
    quoted = _quoted(reply)
    before = bisect_left(quoted, (mention.start + 1, 0))
    return any(
        mention.end <= end and _stands_in(ours[start:end].strip(" .,!?"), theirs)
        for start, end in quoted[max(before - _NEAREST, 0) : before]
    )


@lately
def _quoted(reply: Heard) -> Sequence[Hole]:
    return quotations(reply.text.folded)


def _stands_in(words: str, theirs: str) -> bool:
    """Whether words stand in the review and are not cut out of longer ones there; Chinese words have no ends."""
    at = theirs.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not _one_word(theirs[max(at - 1, 0) : at + 1]) and not _one_word(theirs[end - 1 : end + 1]):
            return True
        at = theirs.find(words, at + 1)
    return False


def _one_word(pair: str) -> bool:
    """Whether two characters side by side belong to one word."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
