"""Fields of a case that no file states: what is worked out from the rest, by the names that rules have for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from replylint.case.moments import of_field
from replylint.evaluate.approvals import STATES, State, is_new
from replylint.evaluate.escalation import escalated, escalated_late
from replylint.evaluate.same_language import same_language
from replylint.evaluate.severity import setter, sounds_like
from replylint.evaluate.standing import standing
from replylint.evaluate.timing import answered, arrived, happened, one, running
from replylint.facts.schema import OTHER_LANGUAGE
from replylint.source.moments import Between
from replylint.source.problems import Problem
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
    waits = answered(case, contract, now) is None or standing(case, contract, now) == "reopened"
    return not case.reply.text and waits


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


OF_WORDS = (
    "reply", "reply.text", "reply.same_language", "reply.length", "reply.canned", "reply.particular", "reply.left_out",
    "reply.suspicious", "reply.similar_to",
)  # fmt: skip
"""The fields that say what the reply's words are like: where only actions are planned, they are not known."""

NO_REVIEW = Problem("evaluate.no-review")
NO_WORDS = Problem("evaluate.no-words")
OF_REVIEW = {
    "review.issues": "issue",
    **dict.fromkeys(("review.allegations", "review.severity", "review.severity_found"), "allegation"),
}
"""The fields that are read from the review's words, and from facts of which type."""

_WANTED: Mapping[str, str] = {
    "drafter.new": "drafter.name",
    "review.escalated": "actions",
    "review.escalated_late": "review.posted_at",
    "review.overdue": "review.posted_at",
    "review.severity": "review.rating",
}
"""What a computed field that is not known would have to be worked out from."""


_OF_WHAT_IT_SAYS = frozenset(
    {"reply.canned", "reply.particular", "reply.left_out", "review.particular", "review.issues", "review.allegations"}
)
"""The fields that are told only where the review's words are known."""


def not_known(path: str, situation: Situation) -> Problem:
    """What to tell of a field that is not known: what would have to be stated, or stated more exactly, or read."""
    if path in OF_WORDS and situation.case.wordless:
        return NO_WORDS
    doubts = situation.doubts(OF_REVIEW[path]) if path in OF_REVIEW else ()
    if doubts:
        why = "in-other-language" if doubts[0].type == OTHER_LANGUAGE else sounds_like(doubts[0])
        return Problem(f"evaluate.review-{why}", None, {"words": doubts[0].quote})
    if situation.case.review is None and path in _OF_WHAT_IT_SAYS:
        return NO_REVIEW
    if situation.reading.particular is None and path in ("reply.particular", "reply.left_out"):
        contradicts = any(fact.type in ("denial", "blame") for fact in situation.reading.reply_facts)
        return Problem(f"evaluate.{'beside-denial' if contradicts else 'may-speak-of-else'}")
    days = _only_day(situation) if path in _TIMED else None
    if days is not None:
        return Problem("evaluate.only-day", None, {"name": days})
    late = path == "review.escalated_late" and arrived(situation.case, situation.contract) is not None
    name = "history" if late else _WANTED.get(path, path)
    return Problem("evaluate.not-stated", None, {"name": name})


_TIMED = frozenset({"review.escalated", "review.escalated_late", "review.overdue"})


def _only_day(situation: Situation) -> str | None:
    """Where of a moment that the clocks of a case depend on only the day is stated; None where nowhere."""
    case, contract = situation.case, situation.contract
    since = arrived(case, contract)
    if since is not None and not since.exact:
        return "history" if any(happened(case, contract, "arrived")) else "review.posted_at"
    replied = case.fields.get("reply.posted_at")
    stated = {
        "reply.posted_at": [replied] if replied else [],
        **{
            name: [each.parameters["at"] for each in entries if "at" in each.parameters]
            for name, entries in (("history", case.history), ("actions", case.actions))
        },
    }
    zone = contract.calendar.zone
    inexact = (name for name, fields in stated.items() for each in fields if not _known(of_field(each, zone)))
    return next(inexact, None)


def _known(moment: Between | None) -> bool:
    return moment is None or moment.exact


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
    "reply.same_language": lambda s: None if s.reply_elsewhere or s.review_elsewhere else same_language(s.case),
    "reply.suspicious": lambda s: s.suspicious,
    "reply.similar_to": lambda s: s.others.repeats.id if s.others.repeats else None,
    "review.other_draft": lambda s: s.others.review.id if s.others.review else None,
    "refund.other_draft": lambda s: s.others.order.id if s.others.order else None,
    "review.text": lambda s: s.case.review.text if s.case.review else None,
    "review.other_language": lambda s: bool(s.review_elsewhere) if s.case.review else None,
    "review.particular": lambda s: False if s.case.stars_alone else s.reading.about,
    "review.issues": lambda s: s.kinds("issue"),
    "review.allegations": lambda s: s.kinds("allegation"),
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
