"""What to tell of a field that is not known: what would have to be stated, or stated more exactly, or read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from replylint.case.moments import of_field
from replylint.evaluate.past import arrived, happened
from replylint.evaluate.review_read import OF_REVIEW
from replylint.evaluate.severity import sounds_like
from replylint.facts.schema import OTHER_LANGUAGE
from replylint.source.moments import Between
from replylint.source.problems import Problem

if TYPE_CHECKING:
    from replylint.evaluate.situation import Situation

NO_REVIEW = Problem("evaluate.no-review")
NO_WORDS = Problem("evaluate.no-words")

OF_WORDS = (
    "reply", "reply.text", "reply.same_language", "reply.length", "reply.canned", "reply.particular", "reply.left_out",
    "reply.suspicious", "reply.similar_to",
)  # fmt: skip
"""The fields that say what the reply's words are like: where only actions are planned, they are not known."""

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

_TIMED = frozenset({"review.escalated", "review.escalated_late", "review.overdue"})


def not_known(path: str, situation: Situation) -> Problem:
    """What to tell of a field that is not known: what would have to be stated, or stated more exactly, or read."""
    if path in OF_WORDS and situation.case.wordless:
        return NO_WORDS
    doubts = situation.review.doubts(OF_REVIEW[path]) if path in OF_REVIEW else ()
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
