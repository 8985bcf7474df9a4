"""Approvals of a draft: which of them count, and why the others do not.

An approval is of what was there when it was given: the reply's exact text, and the actions planned with it. Its digest
tells whether that has changed since.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, get_args

from replylint.case.approvals import Approval
from replylint.case.model import Case
from replylint.contract.authority import releasing
from replylint.contract.model import Contract
from replylint.contract.reckoning import resolve
from replylint.source.digests import canonical, digest
from replylint.source.moments import zoned
from replylint.source.values import Duration

State = Literal["valid", "unbound", "edited", "expired", "self", "unentitled"]
"""Whether an approval counts. `valid` does, and `unbound`, which does not say who approved what, and when, unless the
contract wants it said; one whose text or actions were edited since, out of its time, by the drafter, or in a role that
approves nothing in the contract, does not."""


_TELL_APART = ("id", "review.author", "review.posted_at", "review.url")

STATES: tuple[State, ...] = get_args(State)


def approved_digest(case: Case) -> str:
    """The digest of what an approval is of: the reply's UTF-8 bytes, with the planned actions after a NUL.

    After two more comes which review it answers: the same words to somebody else are another draft. That is the
    review's `id`; where none is stated, the draft's own `id`, and who wrote what and when. The case is one whose
    actions are known under a contract (`evaluate.planned`).
    """
    text = case.reply.text.encode("utf-8", "surrogatepass")
    planned = [[action.name, {name: str(f.value) for name, f in action.parameters.items() if name != "approved_by"}]
               for action in case.actions if action.name != "reply"]  # fmt: skip
    of_plan = b"\0" + canonical(planned) if planned else b""
    return digest(text + of_plan + b"\0\0" + _answered(case))


def _answered(case: Case) -> bytes:
    """Which review a draft answers; all that is known of it where the platform's own name for it is not."""
    named = case.fields.get("review.id")
    if named is not None:
        return str(named.value).encode("utf-8", "surrogatepass")
    known = {name: str(case.fields[name].value) for name in _TELL_APART if name in case.fields}
    return canonical({**known, "review": case.review.text if case.review is not None else ""})


def states(case: Case, contract: Contract, now: dt.datetime) -> tuple[tuple[Approval, State], ...]:
    """Each approval of a case, whose roles and actions are known under the contract, and whether it counts."""
    if not case.approvals:
        return ()
    wanted = approved_digest(case)
    entitled = approving_roles(contract)
    past = partial(_past, now=now, zone=contract.calendar.zone)
    return tuple((approval, _state(approval, case, wanted, entitled, past)) for approval in case.approvals)


def counting(found: Sequence[tuple[Approval, State]], contract: Contract) -> frozenset[str]:
    """The roles whose approval counts."""
    good = ("valid",) if contract.value("approvals.bound") is True else ("valid", "unbound")
    return frozenset(approval.role for approval, state in found if state in good)


def approving_roles(contract: Contract) -> frozenset[str]:
    """Every role that approves something in the contract, or decides on what may be stated in the brand's name."""
    found: set[str] = set()
    for path, entry in contract.entries.items():
        if path == "approvals.default" or path.endswith(".approver"):
            found.add(str(entry.value))
        elif path.startswith("authority.statements.") and isinstance(entry.value, tuple):
            found.update(entry.value)
        elif path.startswith("emergencies.") and path.endswith(".pause_replies") and entry.value is True:
            found.update(releasing(contract, path.split(".")[1]))
    return frozenset(found)


def is_new(drafter: str, contract: Contract, now: dt.datetime) -> bool:
    """Whether a drafter is new by the contract, so that every draft of theirs needs approval."""
    within = contract.value("approvals.new_agents.within")
    start = "approvals.new_agents.since."
    days = [entry.value for path, entry in contract.entries.items()
            if path.startswith(start) and _same(path.removeprefix(start), drafter)]  # fmt: skip
    if not days or not isinstance(within, Duration):
        return False
    since = zoned(dt.datetime.fromisoformat(str(days[0])), contract.calendar.zone)
    return now < resolve(within, since, contract)


def _state(
    approval: Approval, case: Case, wanted: str, entitled: frozenset[str], past: Callable[[dt.datetime], bool]
) -> State:
    drafter = case.fields.get("drafter.name")
    if approval.digest is not None and approval.digest != wanted:
        return "edited"
    if (approval.until and past(approval.until)) or (approval.at and not past(approval.at)):
        return "expired"
    if drafter is not None and approval.by and _same(approval.by, str(drafter.value)):
        return "self"
    if approval.role not in entitled:
        return "unentitled"
    return "valid" if approval.digest is not None and approval.by and approval.at is not None else "unbound"


def _past(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether it is as late as a moment, one without a time zone being meant in the brand's."""
    return now >= zoned(moment, zone)


def _same(one: str, other: str) -> bool:
    """Whether two names are one, however they are typed: width, case and blanks do not tell people apart."""
    return _typed(one) == _typed(other)


def _typed(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
