"""The fact schema: which facts there are, what each may carry, and which context takes its meaning away.

The cues follow ConText (Harkema et al. 2009): a mention is cancelled by a cue of certain kinds around it. Which kinds
depends on the fact: "we have passed it on" is a relay although it is past, "do not hesitate to call" is an invitation
although it is negated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from replylint.facts.names import FactName

Side = Literal["reply", "review", "cue"]
AttributeType = Literal["money", "percent", "duration", "text", "choice"]


@dataclass(frozen=True)
class Meaning:
    """What one kind of fact may carry and what cancels it.

    attributes: name → type of value (`deadline` is compared as a duration).
    cancels: kinds of cue that make the mention mean something else; `condition` cancels only inside the
        condition itself ("if we made a mistake").
    also: the fact that whoever says this says, too: a replacement is a remedy.
    offered: whether it may be a standing offer, made to all ("we replace faulty items"): a promise on a condition.
    """

    attributes: Mapping[str, AttributeType] = field(default_factory=dict)
    cancels: frozenset[str] = frozenset()
    also: FactName | None = None
    offered: bool = False

    @property
    def carries(self) -> bool:
        """Whether it can have an amount, a deadline or another value of its own."""
        return not self.attributes.keys() <= _ALWAYS.keys()


@dataclass(frozen=True)
class FactType:
    """A type of fact: the text it is read in, and the meaning of each kind (key None where there are no kinds)."""

    side: Side
    meanings: Mapping[str | None, Meaning]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds; empty where the type has none."""
        return tuple(kind for kind in self.meanings if kind is not None)


OTHER_LANGUAGE = "other_language"
"""The type of passages in a language that is not read; the one type that both texts can have."""

POSSIBLE_ALLEGATION = "possible_allegation"
"""The type of what a review may allege in words that no wording knows; found by weights."""

_ALWAYS: dict[str, AttributeType] = {"certainty": "choice", "words": "text"}
_DEADLINE: dict[str, AttributeType] = {"deadline": "duration"}
_PERSON: dict[str, AttributeType] = {"person": "text"}
_MONEY: dict[str, AttributeType] = {"amount": "money", "percent": "percent"}

_DENIED = frozenset({"negation", "negation_after"})
_NOT_SAID = _DENIED | {"question", "report"}
_NOT_OURS = frozenset({"customer", "third_party", "instruction"})
_COMMITMENT = _NOT_SAID | _NOT_OURS | {"past"}
_TOLD_ELSEWHERE = frozenset({"question", "report", "condition", "instruction", "hedge"})
_EFFORT = _DENIED | _NOT_OURS | {"question"}
_DONE = _NOT_SAID | _NOT_OURS | {"condition"}

_ISSUES = (
    "waiting service quality hygiene price wrong_item delivery damage billing refund_refused reservation app login "
    "noise parking membership allergy communication environment treatment portion hours staffing praise"
)
_ALLEGATIONS = "injury food_poisoning discrimination harassment fraud legal media"
_STATEMENTS = "recall investigation_result lawsuit closure media internal third_party liability efficacy"
_DISGUISES = "invisible mark look_alike mixed_script split_word bopomofo entity encoded"
_TENORS = "overpromise announcement review_pressure contempt disclosure"
_CUES = (
    "negation negation_after condition hedge question offer report quoting past customer business third_party "
    "instruction contrast generic verdict thing subject pleased displeased unlimited at_once terms letter arrival "
    "standing house"
)


def _meaning(cancels: frozenset[str] = frozenset(), *attributes: Mapping[str, AttributeType]) -> Meaning:
    carried = dict(_ALWAYS)
    for more in attributes:
        carried.update(more)
    return Meaning(carried, cancels)


def _plain(meaning: Meaning, side: Side = "reply") -> FactType:
    return FactType(side, {None: meaning})


def _alike(kinds: str, meaning: Meaning, side: Side = "reply") -> FactType:
    return FactType(side, dict.fromkeys(kinds.split(), meaning))


_OFFER_OF_MONEY = replace(_meaning(_COMMITMENT, _MONEY, _DEADLINE), offered=True)
_LEARNT = _meaning(frozenset(), {"strength": "percent", "signs": "text"})
_PROMISE = FactType(
    "reply",
    {
        "refund": _OFFER_OF_MONEY,
        "compensation": _OFFER_OF_MONEY,
        "remedy": replace(_meaning(_COMMITMENT, _DEADLINE), offered=True),
        "replacement": replace(_meaning(_COMMITMENT, _DEADLINE), also=FactName("promise", "remedy"), offered=True),
        "contact": _meaning(_COMMITMENT, _DEADLINE, _PERSON),
        "investigate": _meaning(_EFFORT, _DEADLINE, _PERSON),
        "relay": _meaning(_EFFORT, _DEADLINE, _PERSON),
        "improve": _meaning(_EFFORT, _DEADLINE),
        "discipline": _meaning(_NOT_SAID | {"customer"}, _DEADLINE, _PERSON),
        "guarantee": _meaning(_NOT_SAID | {"hedge", "instruction"}, _DEADLINE),
        "escalate": _meaning(_COMMITMENT, _DEADLINE, _PERSON),
    },
)

_DEED = FactType(
    "reply",
    {
        "refund": _meaning(_DONE, _MONEY),
        "compensation": _meaning(_DONE, _MONEY),
        "remedy": _meaning(_DONE),
        "contact": _meaning(_DONE, _PERSON),
        "escalate": _meaning(_DONE, _PERSON),
    },
)

FACT_TYPES: Mapping[str, FactType] = {
    "promise": _PROMISE,
    "deed": _DEED,
    "apology": _plain(_meaning()),
    "thanks": _plain(_meaning()),
    "empathy": _plain(_meaning()),
    "acknowledge": _plain(_meaning()),
    "admission": _plain(_meaning(_NOT_SAID | {"condition", "third_party"})),
    "events": _plain(_meaning(_TOLD_ELSEWHERE | {"customer"})),
    "denial": _plain(_meaning(frozenset({"question"}))),
    "blame": _plain(_meaning(_DENIED | {"quoting"}, _PERSON)),
    "explain": _plain(_meaning()),
    "threat": _plain(_meaning(_DENIED | {"report"})),
    "hostile": _plain(_meaning(frozenset({"report"}))),
    "invite": FactType("reply", {"private": _meaning(), "return": _meaning(frozenset({"question"}))}),
    "request_review": _alike("remove change", _meaning(_DENIED | {"report"})),
    "incentive": _plain(_meaning(_DENIED | {"report"}, _MONEY)),
    "disclosure": _plain(_meaning(frozenset({"quoting"}), _PERSON)),
    "account": _plain(_meaning(_TOLD_ELSEWHERE)),
    "staff_named": _plain(_meaning(frozenset(), _PERSON)),
    "contact_person": _plain(_meaning()),
    "contact_by": _alike("phone email message either", _meaning(_NOT_SAID)),
    "claim": _plain(_meaning(_NOT_SAID)),
    "contact_info": _plain(_meaning()),
    "statement": _alike(_STATEMENTS, _meaning(_NOT_SAID)),
    "review_removal": _plain(_meaning(_NOT_SAID)),
    "disguise": _alike(_DISGUISES, _meaning()),
    OTHER_LANGUAGE: _plain(_meaning()),
    "tenor": _alike(_TENORS, _LEARNT),
    "issue": _alike(_ISSUES, _meaning(), "review"),
    "allegation": _alike(_ALLEGATIONS, _meaning(_DENIED), "review"),
    POSSIBLE_ALLEGATION: _alike("harm unequal_treatment harassment", _LEARNT, "review"),
    "cue": _alike(_CUES, Meaning(), "cue"),
}


def of_reply(name: FactName) -> bool:
    """Whether a fact is something that the reply says, as against the review."""
    return FACT_TYPES[name.type].side == "reply"


def meaning_of(name: FactName) -> Meaning:
    """What a fact may carry and what cancels it; a type with kinds named without one carries what any kind may.

    Raises KeyError when there is no such type or kind.
    """
    meanings = FACT_TYPES[name.type].meanings
    if name.kind is None and None not in meanings:
        return _meaning(frozenset(), *(meaning.attributes for meaning in meanings.values()))
    return meanings[name.kind]
