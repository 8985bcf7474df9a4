"""The waivers and approvals that a verdict rests on, each under a digest of what it states.

A receipt names them; whoever verifies it compares them with those that stand when the reply is posted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from replylint.case.approvals import Approval
from replylint.case.model import Case
from replylint.case.waivers import Waiver
from replylint.receipts.bound import plain
from replylint.source.digests import plain_digest

Stated = Literal["draft", "policy"]
"""Where a waiver stands: in the draft itself, or in the policy's `waivers.yml`."""

WAIVER_KEYS = frozenset(("rule", "draft", "words", "by", "role", "until", "reason", "stated", "entry"))
APPROVAL_KEYS = frozenset(("role", "by", "at", "until", "digest", "state", "entry"))


@dataclass(frozen=True)
class Entries:
    """The digests of the waivers and approvals that a draft states itself."""

    waivers: frozenset[str]
    approvals: frozenset[str]


def entries_of(case: Case) -> Entries:
    """What a draft, as it was read from its file, states itself."""
    return Entries(entry_digests(case.waivers), entry_digests(case.approvals))


def entry_digest(each: Waiver | Approval) -> str:
    """The digest of everything that a waiver or an approval states; where in the file it stands does not count."""
    return plain_digest(plain(each))


def entry_digests(stated: Iterable[Waiver | Approval]) -> frozenset[str]:
    """The digests of several."""
    return frozenset(map(entry_digest, stated))


def waiver_told(waiver: Waiver, reason: bool = True) -> dict[str, str]:
    """Who let which rule stand, until when, and with which reason, if that is to be told."""
    told = {"rule": waiver.rule, "by": waiver.by, "role": waiver.role, "until": waiver.until.isoformat()}
    return told | {"words": waiver.words} | ({"reason": waiver.reason} if reason else {})


def waiver_relied_on(waiver: Waiver, case: Case) -> dict[str, str]:
    """A waiver as a receipt names it."""
    stated: Stated = "draft" if waiver in case.waivers else "policy"
    return waiver_told(waiver) | {"draft": waiver.draft, "stated": stated, "entry": entry_digest(waiver)}
