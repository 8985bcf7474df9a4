"""The attributes of the fact or the action that a rule looks at: stated, worked out, or given by the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replylint.case.model import Action
from replylint.evaluate.arithmetic import join, total_of
from replylint.evaluate.authority import granted
from replylint.facts.model import Fact
from replylint.facts.names import FactName
from replylint.language.rules import ActionName
from replylint.source.values import Value

if TYPE_CHECKING:
    from replylint.evaluate.situation import Situation

# What another fact in the same words makes of one.
_SAID_BESIDES = {"done": FactName("deed"), "turned_to": FactName("contact_person")}


def attribute(name: str, situation: Situation) -> Value | None:
    """What an attribute of what a rule looks at is; None where it is not stated, or a rule looks at nothing."""
    match situation.subject:
        case Fact() as fact:
            return _of_fact(fact, name, situation)
        case Action() as action:
            return _of_action(action, name, situation)
    return None


def _of_fact(fact: Fact, name: str, situation: Situation) -> Value | None:
    if name == "certainty":
        return fact.certainty
    if name == "words":
        return fact.quote
    if name in _SAID_BESIDES:
        return _said_besides(fact, _SAID_BESIDES[name], situation)
    stated = fact.attributes.get(name)
    return stated.value if stated else granted(situation, name)


def _said_besides(fact: Fact, other: FactName, situation: Situation) -> bool:
    """Whether the same words say another fact as well: "we have refunded you" is a promise that was kept."""
    return any(besides.span.overlaps(fact.span) for besides in situation.facts(other))


def _of_action(action: Action, name: str, situation: Situation) -> Value | None:
    stated = action.parameters.get(name)
    if stated is None and name == "total":
        return total_of(action)
    return stated.value if stated else granted(situation, name)


def amount(situation: Situation) -> Value | None:
    """The amount, or else the percentage, of what a rule looks at; of an action all that is planned of it."""
    subject = situation.subject
    if subject is None:
        return None
    stated = _planned(subject.name, situation) if isinstance(subject, Action) else attribute("amount", situation)
    return stated if stated is not None else attribute("percent", situation)


def _planned(name: str, situation: Situation) -> Value | None:
    """What all planned actions of a name come to; None where one of them does not say."""
    totals = [total_of(action) for action in situation.actions(ActionName(name))]
    whole = totals[0]
    for total in totals[1:]:
        whole = join("plus", whole, total, situation) if whole is not None and total is not None else None
    return whole
