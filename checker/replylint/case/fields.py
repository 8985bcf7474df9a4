"""The fields of a case: how a file may spell each, and what its value is.

One table, from which reading, near misses, the JSON Schema and the types for rules all follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

ValueType = Literal[
    "money", "percent", "duration", "count", "text", "choice", "datetime", "yesno", "texts", "records"
]  # fmt: skip
Kind = Literal[
    "text", "name", "rating", "moment", "moment_if_told", "severity", "approvals", "count", "yesno", "language"
]  # fmt: skip

SEVERITIES = ("low", "normal", "serious", "critical")
SIDES = ("customer", "brand")

_TYPES: Mapping[Kind, ValueType] = {
    "text": "text",
    "name": "text",
    "rating": "count",
    "moment": "datetime",
    "moment_if_told": "datetime",
    "severity": "choice",
    "approvals": "texts",
    "count": "count",
    "yesno": "yesno",
    "language": "text",
}


@dataclass(frozen=True)
class FieldRow:
    """One field: its name in rules, its kind, and the paths under which a file may state it.

    `review.text` as a path means `text` inside `review`, or a column of that name. `about` is for people.
    """

    name: str
    kind: Kind
    spellings: tuple[str, ...]
    about: str


FIELDS = (
    FieldRow("id", "name", ("id",), "name of the draft; by default the file's name, with the row's number"),
    FieldRow("platform", "name", ("platform",), "where the review stands, such as google_maps or google_play"),
    FieldRow("brand", "name", ("brand",), "in whose name the reply speaks"),
    FieldRow("store", "name", ("store",), "branch or shop"),
    FieldRow("language", "language", ("language", "lang", "review.language"),
             "language of the review: a tag such as zh-Hant or en, or its name"),
    FieldRow("drafter.name", "name", ("drafter.name", "drafter"), "who wrote the draft: a person or a tool"),
    FieldRow("drafter.role", "name", ("drafter.role",), "role in the contract of who wrote the draft"),
    FieldRow("reply", "text", ("reply", "reply.text"), "the drafted public reply"),
    FieldRow("reply.posted_at", "moment", ("reply.posted_at",), "when the reply was posted"),
    FieldRow("reply.posted_at", "moment_if_told", ("reply_time",), "the same, as an export shows it"),
    FieldRow("review.text", "text", ("review.text", "review"), "the review's words; empty: stars alone"),
    FieldRow("review.rating", "rating", ("review.rating", "rating"), "stars from 1 to 5, or ONE to FIVE"),
    FieldRow("review.id", "name", ("review.id",), "what the platform calls the review"),
    FieldRow("review.url", "name", ("review.url",), "where the review stands on the web"),
    FieldRow("review.title", "name", ("review.title", "title"), "the review's title"),
    FieldRow("review.author", "name", ("review.author", "author"), "the name that the reviewer shows"),
    FieldRow("review.posted_at", "moment", ("review.posted_at", "posted_at"), "when the review was posted"),
    FieldRow("review.posted_at", "moment_if_told", ("review_time",), "the same, as an export shows it"),
    FieldRow("review.severity", "severity", ("review.severity", "severity"), "stated instead of worked out"),
    FieldRow("review.severity_by", "name", ("review.severity_by", "severity_by"), "who set the severity"),
    FieldRow("review.severity_role", "name", ("review.severity_role", "severity_role"),
             "role of who set the severity; by default the drafter's"),
    FieldRow("review.severity_reason", "name", ("review.severity_reason", "severity_reason"),
             "why the severity was set"),
    FieldRow("review.followers", "count", ("review.followers", "followers"), "how many follow the reviewer"),
    FieldRow("review.views", "count", ("review.views", "views"), "how often the review was looked at"),
    FieldRow("review.shares", "count", ("review.shares", "shares"), "how often the review was passed on"),
    FieldRow("review.press", "yesno", ("review.press",), "whether the press wrote the review or took it up"),
    FieldRow("review.author_reviews", "count", ("review.author_reviews", "author_reviews"),
             "how many reviews the reviewer has written"),
    FieldRow("review.author_since", "moment", ("review.author_since", "author_since"),
             "since when the reviewer has the account"),
    FieldRow("approvals", "approvals", ("approvals", "approved_by"), "who has approved: roles, by whom, when"),
)  # fmt: skip

GROUPS = frozenset(s.split(".")[0] for row in FIELDS for s in row.spellings if "." in s)
"""Fields that may hold other fields."""

ACTIONS = "actions"
HISTORY = "history"
WAIVERS = "waivers"

SPELLINGS: Mapping[str, FieldRow] = {spelling: row for row in FIELDS for spelling in row.spellings}

FIELD_TYPES: Mapping[str, ValueType] = {row.name: _TYPES[row.kind] for row in FIELDS}
"""Type of every stated field by its dotted path, for the names in rules. Computed fields (reply.length, …) are in
`COMPUTED`."""

COMPUTED: Mapping[str, ValueType] = {
    "actions": "texts",
    "drafter.new": "yesno",
    "approvals.edited": "texts",
    "approvals.expired": "texts",
    "approvals.self": "texts",
    "approvals.unentitled": "texts",
    "approvals.unbound": "texts",
    "reply.length": "count",
    "reply.text": "text",
    "reply.canned": "yesno",
    "reply.particular": "yesno",
    "reply.left_out": "texts",
    "reply.same_language": "yesno",
    "reply.suspicious": "yesno",
    "reply.similar_to": "text",
    "review.other_draft": "text",
    "refund.other_draft": "text",
    "review.text": "text",
    "review.particular": "yesno",
    "review.other_language": "yesno",
    "review.issues": "texts",
    "review.allegations": "texts",
    "review.severity": "choice",
    "review.severity_found": "choice",
    "review.severity_lowered": "yesno",
    "review.escalated": "yesno",
    "review.escalates_to": "texts",
    "review.unanswered": "yesno",
    "review.overdue": "yesno",
    "review.escalated_late": "yesno",
    "review.emergencies": "texts",
    "review.paused": "yesno",
    "review.paused_until": "datetime",
    "review.speakers": "texts",
    "history": "texts",
    "now": "datetime",
}
"""Type of the fields that the checker works out; the layers above compute them."""

FIELD_CHOICES: Mapping[str, tuple[str, ...]] = {"review.severity": SEVERITIES}
"""The words that a field of type choice may hold."""

FIELD_BOUNDS: Mapping[str, tuple[int, int]] = {"review.rating": (1, 5)}
"""The least and the greatest number that a field may hold."""

PARAMETER_CHOICES: Mapping[str, tuple[str, ...]] = {"from": SIDES}
"""The words that a parameter of type choice may hold."""

LABELS = frozenset({"facts", "not_facts", "canned", "violates", "may_also", "group", "why"})
"""What rows for evaluation say about the right answer: known, and read by nothing here."""

REVIEW_WORDS = ("text", "content", "comment", "body", "snippet", "feedback", "內容", "內文", "留言", "意見", "評語")
"""Where a set of reviews without replies has the review's words; beside a reply they would be anybody's."""


@cache
def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known name that `word` is most likely a slip of: one letter off, two in a long name; None when none is."""
    from rapidfuzz.distance import OSA  # only needed for names that nobody knows

    best: tuple[int, str] | None = None
    for name in known:
        allowed = 0 if len(name) < 4 else 1 if len(name) < 9 else 2
        distance = OSA.distance(word.lower(), name, score_cutoff=allowed)
        if distance <= allowed and (best is None or distance < best[0]):
            best = (distance, name)
    return best[1] if best else None


@cache
def names_within(group: str | None) -> tuple[str, ...]:
    """What may stand at the top of a case, or inside one of its groups."""
    if group is None:
        return (*dict.fromkeys(s.split(".")[0] for s in SPELLINGS), ACTIONS, HISTORY, WAIVERS)
    return tuple(s.split(".")[1] for s in SPELLINGS if s.startswith(group + "."))
