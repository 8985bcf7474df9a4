"""Whether a reply takes up an issue of its own making: regrets for a late parcel, where the soup was cold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from replylint.facts.compare import TOPICS
from replylint.facts.listen import Heard
from replylint.facts.names import FactName
from replylint.facts.said import Said
from replylint.facts.shared import topics
from replylint.source.spans import Span

_NAMING = frozenset({"apology", "empathy", "acknowledge"})
# Praise is found in any polite reply, and how customers are treated is a way to speak of everything.
_VAGUE = frozenset({"praise", "service"})

FAR, AWAY = 0.1, 0.35
"""Up to which nearness two texts speak of different matters, and up to which they may; see `vectors`."""
SURELY = 0.2
"""Up to which nearness there is no doubt about it."""
_ONE_THING, _NO_THING = 0.2, 0.3
"""Up to which they do where only the kind of an issue is in common, and one thing beside it, or none."""


Astray = Literal["no", "perhaps", "surely"]
"""Whether a reply speaks of something else than its review. The same told in wholly other words is far from it, too."""


def astray(reply: Heard, review: Heard, near: float | None, particulars: Iterable[Sequence[Span]]) -> bool:
    """Whether a reply that has nothing in common with its review speaks of another issue.

    It does where the two are far from each other in what they speak of. It may where it says what it is about, in a
    sentence with something in particular ("sorry about the …"), and where it regrets an issue; then they must be near,
    and where that is not known, speak of the same thing, or the issues be plainly others than the review's.
    near: how near they are, where that is known. particulars: what the reply says in particular. Both texts are heard
    with the things that they speak of.
    """
    if near is None:
        spoken_of = {topic for topic, _ in topics(reply)}
        far = spoken_of.isdisjoint(topic for topic, _ in topics(review))
        return far and (_says_what_about(reply, particulars) or _regrets_another_issue(reply, review))
    regrets = any(name.kind not in _VAGUE for name in _issues(_regretted(reply)))
    return near < FAR or (near < AWAY and (regrets or _says_what_about(reply, particulars)))


def another_of_its_kind(
    reply: Heard, review: Heard, near: float | None, particulars: Sequence[Sequence[Span]]
) -> bool:
    """Whether a reply that has only the kind of an issue in common with its review speaks of another one.

    The mattress and the breakfast are both a matter of quality. It is the same where the texts are near, or speak of
    the same thing by some name; and it may be where the reply tells something in particular, without regret.
    near, particulars: as for `astray`.
    """
    ours, theirs = ({thing.wording for thing in heard.found.things} for heard in (reply, review))
    same = not ours.isdisjoint(theirs)
    differ = bool(ours and theirs) and not same
    if not (differ if near is None else near < (_ONE_THING if same else _NO_THING)):
        return False
    return not particulars or _says_what_about(reply, particulars) or bool(_issues(_regretted(reply)))


def how_surely(reply: Heard, near: float | None) -> Astray:
    """How surely a reply that is astray is so: only where it names what it speaks of, and nothing links the two.

    What nobody can name may be the customer's story told again: "all the way here for nothing".
    """
    return "surely" if near is not None and near < SURELY and any(topics(reply)) else "perhaps"


def _says_what_about(reply: Heard, particulars: Iterable[Sequence[Span]]) -> bool:
    named = {reply.layout.sentence_of(span.start) for span in reply.found.subjects}
    return any(reply.layout.sentence_of(words[0].start) in named for words in particulars)


def _regrets_another_issue(reply: Heard, review: Heard) -> bool:
    named, told = _issues(_regretted(reply)), _issues(review.said)
    return bool(named and told) and all(name.kind not in _VAGUE for name in named | told)


def _regretted(reply: Heard) -> list[Said]:
    """What is said in sentences with regret."""
    sentences = {said.sentence for said in reply.said if said.name.type in _NAMING}
    return [said for said in reply.said if said.sentence in sentences]


def _issues(said: Iterable[Said]) -> frozenset[FactName]:
    return frozenset(each.name for each in said if each.name.type in TOPICS)
