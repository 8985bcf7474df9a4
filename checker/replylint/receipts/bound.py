"""What a receipt is bound to: one draft, for one review, with the exact words and the actions planned with them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from replylint.case.model import Action, Case, Field
from replylint.case.tree import Tree
from replylint.source.digests import plain_digest, text_digest
from replylint.source.spans import Embedded, Location

# Named by themselves in a receipt, or no part of what is judged.
_APART = ("id", "source", "reply", "review", "actions", "ignored")
_FIELDS_APART = ("id", "platform", "reply.posted_at")


@dataclass(frozen=True)
class Bound:
    """One draft by its digests; two drafts that state different things differ here.

    id, platform: as the draft states them; platform is empty when it states none. reply: digest of the exact UTF-8
    bytes of the reply's text. review: of the review's text, empty when there is none. actions: of the planned actions
    with all their parameters, in order; planned: their names. details: of everything else that the draft states, under
    names that are known or not: rating, author, dates, approvals, what has happened so far.
    """

    id: str
    platform: str
    reply: str
    review: str
    actions: str
    planned: tuple[str, ...]
    details: str

    @property
    def digest(self) -> str:
        """One name for posting these words and actions for this draft, the same whenever they are checked."""
        return plain_digest([self.id, self.platform, self.reply, self.review, self.actions])


def bound(case: Case) -> Bound:
    """What is bound of a case, which must be as it was read from its file."""
    platform = case.fields.get("platform")
    return Bound(
        case.id,
        str(platform.value) if platform else "",
        text_digest(case.reply.text),
        text_digest(case.review.text) if case.review is not None else "",
        plain_digest([plain(action) for action in case.actions]),
        tuple(action.name for action in case.actions),
        plain_digest(_details(case)),
    )


def _details(case: Case) -> dict[str, Any]:
    others = {f.name: plain(getattr(case, f.name)) for f in dataclasses.fields(case) if f.name not in _APART}
    stated = others.get("fields", {})
    return others | {"fields": {name: value for name, value in stated.items() if name not in _FIELDS_APART}}


def plain(value: Any) -> Any:
    """A value of a case as plain values, without the places where it stands; different values stay different."""
    match value:
        case None | bool() | str() | int():
            return value
        case Decimal():
            return {"number": format(value.normalize(), "f")}
        case dt.datetime() | dt.date() | dt.time():
            return {"moment": value.isoformat()}
        case Enum():
            return {type(value).__name__: value.value}
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() | list() | frozenset():
            return [plain(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]
        case Field() | Tree():
            return plain(value.value)
        case Embedded():
            return value.text
        case Action():
            return {"action": value.name, "parameters": plain(value.parameters)}
    return {type(value).__name__: _parts(value)}


def _parts(value: Any) -> dict[str, Any]:
    """The fields of a dataclass; TypeError for anything else, which then has no digest."""
    named = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return {name: plain(each) for name, each in named.items() if not isinstance(each, Location)}
