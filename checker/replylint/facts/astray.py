"""Whether a reply takes up an issue of its own making: regrets for a late parcel, where the soup was cold."""

from __future__ import annotations

from collections.abc import Iterable

from replylint.facts.compare import TOPICS
from replylint.facts.listen import Heard
from replylint.facts.names import FactName
from replylint.facts.said import Said
from replylint.facts.shared import topics

_NAMING = frozenset({"apology", "empathy", "acknowledge"})
# Praise is found in any polite reply, and how customers are treated is a way to speak of everything.
_VAGUE = frozenset({"praise", "service"})


def astray(reply: Heard, review: Heard) -> bool:
    """Whether a reply that has no word in common with its review regrets issues of which none is the review's.

    Both are heard with the things that they speak of: where they speak of the same, the reply is about it.
    """
    regretted = {said.sentence for said in reply.said if said.name.type in _NAMING}
    named = _issues(said for said in reply.said if said.sentence in regretted)
    told = _issues(review.said)
    if not named or not told or named & told or any(name.kind in _VAGUE for name in named | told):
        return False
    return {topic for topic, _ in topics(reply)}.isdisjoint(topic for topic, _ in topics(review))


def _issues(said: Iterable[Said]) -> frozenset[FactName]:
    return frozenset(each.name for each in said if each.name.type in TOPICS)
