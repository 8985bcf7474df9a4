"""Whether a receipt allows what is about to be posted. Every reason against it is told, not only the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from replylint.evaluate.model import SEVERITIES
from replylint.language.revision import Revision
from replylint.receipts.bound import Bound
from replylint.receipts.receipt import Receipt
from replylint.receipts.relied import Entries
from replylint.receipts.standing import Standing
from replylint.source.problems import Problem, Said, Saying

NO_POLICY = "receipts.no-policy"
"""The key of the one reason that is none: there is no policy here with which the receipt could be compared."""

TOLERANCE = dt.timedelta(minutes=5)
"""How far the clock of the machine that checked may run ahead of the one that verifies."""


@dataclass(frozen=True)
class Posting:
    """What is about to be posted.

    reply: the digest of the text. bound: the whole draft; None where only the text is known. draft, platform: for
    which draft, where only the text is known, and where it is going to be posted; None where that is not said.
    entries: the waivers and approvals that the draft states; None where only the text is known.
    """

    reply: str
    bound: Bound | None = None
    draft: str | None = None
    platform: str | None = None
    entries: Entries | None = None


@dataclass(frozen=True)
class Terms:
    """What is asked of a receipt.

    now: the moment of posting, with its time zone. policy: the policy as it is now; None when it is not compared.
    fail_level: the mildest severity that must have blocked. max_age: how old the check may be.
    """

    now: dt.datetime
    policy: Standing | None
    fail_level: str = "error"
    max_age: dt.timedelta | None = None


def refusals(receipt: Receipt, posting: Posting, terms: Terms) -> tuple[Problem, ...]:
    """Why a receipt does not allow a posting; empty when it does."""
    return (*differences(receipt.bound, posting), *_outdated(receipt, terms), *_withdrawn(receipt, posting, terms))


def differences(checked: Bound, posting: Posting) -> Iterator[Problem]:
    """In what a posting is not what was checked."""
    wanted = posting.bound
    if checked.reply != posting.reply:
        yield Problem("receipts.text-differs", values={"id": checked.id})
    draft = wanted.id if wanted else posting.draft
    if draft is not None and checked.id != draft:
        yield Problem("receipts.other-draft", values={"id": checked.id, "wanted": draft})
    for platform in dict.fromkeys((wanted.platform if wanted else None, posting.platform)):
        if platform is not None and checked.platform != platform:
            values = {"found": _named(checked.platform), "wanted": _named(platform)}
            yield Problem("receipts.other-platform", values=values)
    if wanted is not None:
        yield from _in_draft(checked, wanted)


def _in_draft(checked: Bound, wanted: Bound) -> Iterator[Problem]:
    if checked.review != wanted.review:
        yield Problem("receipts.review-differs", values={"id": checked.id})
    if checked.planned != wanted.planned:
        yield Problem("receipts.actions-differ", values={"found": _names(wanted), "checked": _names(checked)})
    elif checked.actions != wanted.actions:
        yield Problem("receipts.actions-detail", values={"actions": _names(wanted)})
    if checked.details != wanted.details:
        yield Problem("receipts.details-differ", values={"id": checked.id})


def _outdated(receipt: Receipt, terms: Terms) -> Iterator[Problem]:
    now = terms.now.astimezone(receipt.expires.tzinfo)
    times = {"checked": receipt.now, "now": now, "expires": receipt.expires}
    at = {name: moment.isoformat(timespec="minutes") for name, moment in times.items()}
    for key, holds in _TIMES.items():
        if holds(receipt, now, terms):
            yield Problem(f"receipts.{key}", values=at)
    if terms.policy is not None and terms.policy.revision != receipt.policy:
        parts = tuple(_changed(receipt.policy, terms.policy.revision))
        yield Problem("receipts.policy-changed", values={"parts": parts}) if terms.policy.own else Problem(NO_POLICY)
    if SEVERITIES.index(terms.fail_level) > _strictness(receipt.fail_level):
        yield Problem("receipts.too-lax", values={"found": receipt.fail_level, "wanted": terms.fail_level})


def _withdrawn(receipt: Receipt, posting: Posting, terms: Terms) -> Iterator[Problem]:
    """The waivers and approvals that a verdict rested on, and which do not stand now as they stood then."""
    for waiver in receipt.waivers:
        stands = _standing(waiver, posting, terms)
        if stands is not None and waiver["entry"] not in stands:
            about = (waiver["rule"], waiver["draft"], waiver["words"])
            changed = waiver["stated"] == "policy" and terms.policy is not None and about in terms.policy.about
            yield Problem(f"receipts.waiver-{'changed' if changed else 'withdrawn'}", values=_who(waiver))
    for approval in receipt.approvals:
        if posting.entries is not None and approval["entry"] not in posting.entries.approvals:
            yield Problem("receipts.approval-withdrawn", values=_who(approval))


def _standing(waiver: Mapping[str, str], posting: Posting, terms: Terms) -> frozenset[str] | None:
    """The waivers among which a receipt's waiver must be; None where they are not known here."""
    if waiver["stated"] == "policy":
        return terms.policy.waivers if terms.policy is not None and terms.policy.own else None
    return posting.entries.waivers if posting.entries is not None else None


def _who(entry: Mapping[str, str]) -> Mapping[str, Saying]:
    return {"rule": entry.get("rule", ""), "by": entry["by"] or Said("receipts.somebody"), "role": entry["role"]}


_TIMES: dict[str, Callable[[Receipt, dt.datetime, Terms], bool]] = {
    "from-future": lambda receipt, now, _: receipt.now > now + TOLERANCE,
    "expired": lambda receipt, now, _: now >= receipt.expires,
    "too-old": lambda receipt, now, terms: terms.max_age is not None and now - receipt.now > terms.max_age,
}


def _strictness(level: str) -> int:
    """Where a fail level stands from the laxest on; one that nobody knows is laxer than all."""
    return SEVERITIES.index(level) if level in SEVERITIES else -1


def _changed(checked: Revision, current: Revision) -> Iterator[Said]:
    for part in ("contract", "rules", "lexicon", "settings"):
        if getattr(checked, part) != getattr(current, part):
            yield Said(f"receipts.part-{part}")


def _names(bound: Bound) -> tuple[str, ...] | Said:
    return bound.planned or Said("receipts.no-actions")


def _named(platform: str) -> str | Said:
    return platform or Said("receipts.no-platform")
