"""What the contract says about one promise, statement or action, for whoever drafts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replylint.contract.authority import approvers, entitled, limit_of, listed_evidence, needs_approval
from replylint.facts.model import Fact
from replylint.language.rules import OF_CONTRACT
from replylint.source.values import Value

if TYPE_CHECKING:
    from replylint.evaluate.situation import Situation


def granted(situation: Situation, name: str) -> Value | None:
    """`permitted`, whether the drafter's role may do what a rule looks at; `limit`, up to how much by itself."""
    if name not in OF_CONTRACT:
        return None
    role = situation.drafter_role
    sort, kind = _named(situation)
    if name == "needs_approval":
        return needs_approval(situation.contract, kind or "")
    if name == "addressee_listed":
        return _addressee_listed(situation)
    if name == "evidence_listed":
        evidence = situation.parameter("evidence")
        return listed_evidence(situation.contract, evidence) if isinstance(evidence, tuple) else None
    if name == "permitted":
        roles = entitled(situation.contract, sort, kind)
        return True if roles is None else None if role is None else role in roles
    if name == "discount_limit":
        return limit_of(situation.contract, "discount", role)
    schema = situation.contract.actions.get(kind or "") if sort == "action" else None
    kinds = (kind, *(schema.fulfils if schema else ()))
    return next((limit for each in kinds if (limit := limit_of(situation.contract, each, role)) is not None), None)


def _addressee_listed(situation: Situation) -> bool | None:
    """Whether an escalation goes to those whom the contract names for the review's level, whichever it may be."""
    to = situation.parameter("to")
    levels = situation.grade.possible or (situation.severity,)
    answers = {situation.contract.goes_up_to(level, str(to)) for level in levels}
    return None if to is None or len(answers) > 1 else answers.pop()


def approvers_of(situation: Situation, clause: str) -> frozenset[str]:
    """The roles of which one has to approve what a rule looks at; for the draft as a whole, those of the clause."""
    contract = situation.contract
    if clause == "emergencies":
        return frozenset(role for each in situation.pausing for role in each.told)
    sort, kind = _named(situation)
    if sort in ("statement", "admission", "events", "claim"):
        return entitled(contract, sort, kind) or frozenset()
    schema = contract.actions.get(kind or "") if sort == "action" else None
    if schema is not None and schema.approver:
        clause = f"authority.actions.{kind}"
    return approvers(contract, clause, situation.amount)


def _named(situation: Situation) -> tuple[str, str | None]:
    subject = situation.subject
    if subject is None:
        return "", None
    return (subject.type, subject.kind) if isinstance(subject, Fact) else ("action", subject.name)
