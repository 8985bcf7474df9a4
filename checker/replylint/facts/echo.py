"""A complaint thrown back: "Too spicy?", 「太硬？」, and not a word of regret in the whole reply."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.facts.compare import known_to, telling_words
from replylint.facts.listen import Heard
from replylint.facts.model import Fact
from replylint.source.spans import Span

_SHORT = 6
"""Units: longer questions ask something."""
_KIND = frozenset({"apology", "thanks", "empathy", "invite"})


def echoed(reply: Heard, review: Heard | None, generic: frozenset[str]) -> Iterator[Fact]:
    """The `hostile` facts that show by comparison: a short question of nothing but the review's own words.

    Where the reply is sorry, thanks or feels with the customer, the same question is sympathy.
    """
    if review is None or any(said.name.type in _KIND for said in reply.said):
        return
    in_review = known_to(review)
    words = list(telling_words(reply, generic))
    units = reply.text.units
    for sentence in reply.text.sentences:
        asked = "?" in reply.text.folded[max(sentence.end - 2, 0) : sentence.end]
        if not asked or units[sentence.end] - units[sentence.start] > _SHORT:
            continue
        told = [word for token, word in words if sentence.contains(token)]
        if told and all(map(in_review, told)):
            yield _fact(reply, sentence)


def _fact(reply: Heard, sentence: Span) -> Fact:
    place = reply.text.original_span(sentence)
    return Fact("hostile", None, place, reply.text.original[place.start : place.end])
