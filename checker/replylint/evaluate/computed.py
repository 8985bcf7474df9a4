"""Fields of a case that no file states: what is worked out from the rest, by the names that rules have for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from replylint.evaluate.approvals import STATES, State, is_new
from replylint.evaluate.escalation import escalated, escalated_late
from replylint.evaluate.past import answered
from replylint.evaluate.same_language import same_language
from replylint.evaluate.severity import setter
from replylint.evaluate.standing import standing
from replylint.evaluate.timing import one, running
from replylint.source.values import Value

if TYPE_CHECKING:
    from replylint.evaluate.situation import Situation


def _approvals(state: State) -> Callable[[Situation], Value | None]:
    """Who gave the approvals of a state, by name or else by role; nothing when there are none."""

    def shown(situation: Situation) -> Value | None:
        return tuple(each.by or each.role for each in situation.approvals_that_are(state)) or None

    return shown


def _new(situation: Situation) -> Value | None:
    """Whether the drafter is new by the contract; not known when the draft does not say who drafts."""
    drafter = situation.case.fields.get("drafter.name")
    if "approvals.new_agents" not in situation.contract:
        return False
    return None if drafter is None else is_new(str(drafter.value), situation.contract, situation.now)


def _planned(situation: Situation) -> Value | None:
    if not situation.case.actions and "actions" not in situation.case.fields:
        return None
    return tuple(action.name for action in situation.case.actions)


def _length(situation: Situation) -> Value | None:
    return Decimal(len(situation.case.reply.text))


def _paused_until(situation: Situation) -> Value | None:
    """When the last of the pauses is over; None where one of them has no known end, or there is none."""
    ends = [each.until for each in situation.pausing]
    return None if None in ends else max((end for end in ends if end), default=None)


def _speakers(situation: Situation) -> Value | None:
    return tuple(dict.fromkeys(each.speaker for each in situation.holding if each.speaker)) or None


def _unanswered(situation: Situation) -> bool:
    """Whether nobody has answered, or not since the case was opened again; with a draft, somebody is about to."""
    case, contract, now = situation.case, situation.contract, situation.now
    if case.reply.text:
        return False
    return answered(case, contract, now) is None or standing(case, contract, now) == "reopened"


def _overdue(situation: Situation) -> bool | None:
    """Whether the clock of the first reply has run out, of a reopened case that of the next update; None: not known."""
    case, level, contract, now = situation.case, situation.severity, situation.contract, situation.now
    if level is None:
        return None
    if standing(case, contract, now) == "reopened":
        clock = next((clock for clock in running(case, level, contract, now) if clock.name == "next_update"), None)
    else:
        clock = one(case, level, "first_reply", contract, now)
    if clock is None:
        return False
    return None if clock.state in ("unknown", "maybe_overdue", "done") else clock.state in ("overdue", "breached")


COMPUTED: Mapping[str, Callable[[Situation], Value | None]] = {
    "actions": _planned,
    "now": lambda s: s.now,
    "drafter.new": _new,
    "drafter.role": lambda s: s.contract.value("authority.drafter"),
    **{f"approvals.{state}": _approvals(state) for state in STATES if state != "valid"},
    "reply.length": _length,
    "reply.text": lambda s: s.case.reply.text,
    "reply.canned": lambda s: s.reading.canned,
    "reply.particular": lambda s: s.reading.particular,
    "reply.left_out": lambda s: s.reading.left_out,
    "reply.same_language": lambda s: None if s.reply_elsewhere or s.review.elsewhere else same_language(s.case),
    "reply.suspicious": lambda s: s.suspicious,
    "reply.similar_to": lambda s: s.others.repeats.id if s.others.repeats else None,
    "review.other_draft": lambda s: s.others.review.id if s.others.review else None,
    "refund.other_draft": lambda s: s.others.order.id if s.others.order else None,
    "review.text": lambda s: s.case.review.text if s.case.review else None,
    "review.other_language": lambda s: bool(s.review.elsewhere) if s.case.review else None,
    "review.particular": lambda s: False if s.case.stars_alone else s.reading.about,
    "review.issues": lambda s: s.review.kinds("issue"),
    "review.allegations": lambda s: s.review.kinds("allegation"),
    "review.severity": lambda s: s.severity,
    "review.severity_found": lambda s: s.grade.found,
    "review.severity_lowered": lambda s: s.grade.lowered,
    "review.severity_role": lambda s: setter(s.case),
    "review.escalated": lambda s: escalated(s.case, s.severity, s.contract, s.now),
    "review.escalates_to": lambda s: s.contract.escalates_to(s.severity),
    "review.unanswered": _unanswered,
    "review.overdue": _overdue,
    "review.emergencies": lambda s: tuple(each.name for each in s.holding) or None,
    "review.paused": lambda s: bool(s.pausing),
    "review.paused_until": _paused_until,
    "review.speakers": _speakers,
    "review.escalated_late": lambda s: escalated_late(s.case, s.severity, s.contract, s.now),
}
"""The fields that are worked out, by their names in rules; None where that cannot be told."""
