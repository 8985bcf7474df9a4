"""What a check says: findings, undecided points, verdicts, and how much was looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from replylint.contract.terms import GRAVE
from replylint.source.bilingual import Bilingual
from replylint.source.problems import Problem, Said
from replylint.source.spans import Location

if TYPE_CHECKING:
    from replylint.case.waivers import Waiver
    from replylint.contract.clocks import State

Severity = Literal["error", "warning", "advice"]
Verdict = Literal["cleared", "blocked", "needs-person"]
Role = Literal["draft", "rule", "contract", "review", "earlier", "other", "waiver", "history"]

WAIVERS = "waivers"
"""The category of findings about waivers."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass(frozen=True)
class Label:
    """A place that bears on a finding: in a draft, the review, an earlier reply, the history, a rule, the contract."""

    role: Role
    where: Location


@dataclass(frozen=True)
class Finding:
    """A draft breaks a rule.

    rule, category, severity: the rule's. message: its `because`, with values filled in.
    instead: words to write into the draft, in the draft's own language; empty where the rule has none.
    to_do: what else to do about it, told to the reader.
    labels: the places; the first is where the draft (or, when something is missing, the whole reply) is at fault.
    missing: the finding is about something that is not there.
    approvers: whose approval would let it stand, one for each role that may give it, those on duty first.
    """

    rule: str
    category: str
    severity: Severity
    message: Bilingual
    instead: str
    to_do: Bilingual
    labels: tuple[Label, ...]
    missing: bool = False
    approvers: tuple[Contact, ...] = ()


@dataclass(frozen=True)
class Undecided:
    """A rule that could not be decided for a draft.

    missing: what would have to be known, each as a sentence key of `messages/evaluate.yml` with its values.
    """

    rule: str
    category: str
    severity: Severity
    message: Bilingual
    labels: tuple[Label, ...]
    missing: tuple[Problem, ...]


@dataclass(frozen=True)
class Waived:
    """A finding, or an undecided point, that a person has let stand."""

    point: Finding | Undecided
    waiver: Waiver


@dataclass(frozen=True)
class Awaited:
    """Something that has to be done about a review until a moment.

    clock: the contract's name for it, such as `escalate`. before: until when; None while that cannot be told. latest:
    the same, but where of the review only the day is known: then `before` is the earliest moment that may be meant.
    state: how the clock stands (see `contract.clocks.Clock`). recorded: whether it would be known, had it been done.
    """

    clock: str
    before: dt.datetime | None
    state: State
    recorded: bool = True
    latest: dt.datetime | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one moment that is meant."""
        return self.latest == self.before


@dataclass(frozen=True)
class Contact:
    """Whom to reach for a draft that needs a person: role, name and channel from the contract; on duty at `now`?

    awaited: what has to be done until when, what is due first first; nothing where the contract sets no clock or the
    review's time is not known. next: who comes next, with no one after them. title: what the contract calls the role.
    """

    role: str
    name: str
    channel: str
    on_duty: bool
    awaited: tuple[Awaited, ...] = ()
    next: Contact | None = None
    title: Bilingual = field(default_factory=Bilingual)

    @property
    def due(self) -> Awaited:
        """What is due first; without a name and a moment where nothing is, or nobody can tell."""
        return self.awaited[0] if self.awaited else Awaited("", None, "unknown")


@dataclass(frozen=True)
class CaseVerdict:
    """The verdict on one draft with everything it rests on.

    file: the path shown to people. rules_evaluated: how many rules were evaluated. contact: for needs-person, for
    serious cases that are blocked, and where the reply is due soon or overdue.
    ignored: fields of the file that nothing reads. waived: what waivers set aside. unwaived: how many findings and
    undecided points they would set aside, had they not been declined.
    known: how many findings and undecided points the baseline holds already; they count for nothing here.
    level: the review's severity, None when it is not known; why: the reasons for it, what weighs most first.
    unevaluated: the rules about words, for a draft that has none and plans actions.
    """

    id: str
    file: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    rules_evaluated: int
    contact: Contact | None = None
    ignored: tuple[str, ...] = ()
    waived: tuple[Waived, ...] = ()
    known: int = 0
    level: str | None = None
    why: tuple[Said, ...] = ()
    unwaived: int = 0
    unevaluated: tuple[str, ...] = ()


def presses(awaited: Iterable[Awaited], level: str | None) -> bool:
    """Whether time runs out; what may have been done without a record is overdue only where the review is grave."""
    sure = level in GRAVE
    late = ("overdue", "maybe_overdue")
    return any(a.state == "soon" or (a.state in late and (a.recorded or sure)) for a in awaited)


def verdict_of(findings: tuple[Finding, ...], undecided: tuple[Undecided, ...], fail_level: Severity) -> Verdict:
    """The verdict that findings and undecided points amount to; those below the fail level decide nothing."""
    if any(at_least(f.severity, fail_level) for f in findings):
        return "blocked"
    return "needs-person" if any(at_least(u.severity, fail_level) for u in undecided) else "cleared"


def judged_anew(
    verdict: CaseVerdict, findings: tuple[Finding, ...], undecided: tuple[Undecided, ...], fail_level: Severity
) -> CaseVerdict:
    """The verdict with only these points; what is cleared by that needs nobody any more, unless its time runs out."""
    after = verdict_of(findings, undecided, fail_level)
    contact = verdict.contact
    if after == "cleared" and contact is not None and not presses(contact.awaited, verdict.level):
        contact = None
    return replace(verdict, findings=findings, undecided=undecided, verdict=after, contact=contact)


def at_least(severity: Severity, level: Severity) -> bool:
    """Whether a severity is as bad as a level or worse."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(level)


@dataclass(frozen=True)
class CouldNotCheck:
    """A draft, or a file, on which no verdict was reached. rows: how many drafts that leaves unchecked."""

    id: str
    file: str
    problems: tuple[Problem, ...]
    rows: int = 1


@dataclass(frozen=True)
class Summary:
    """How much was looked at.

    drafts: with a verdict. evaluations: drafts × rules. findings: count by severity.
    skipped: what was not checked and why, as sentence → how often (reviews without a reply, rules left out by --rule).
    ignored: names of file fields that nothing reads → how often.
    waived: findings and undecided points that waivers set aside. refused: waivers that do not hold or are of no use.
    unwaived: findings and undecided points that they would set aside, had they not been declined.
    known: findings that the baseline holds already; fixed: its entries that no longer occur; None without a baseline.
    policy: where the policy came from, as shown to people; revision: digest of rules, lexicon and contract.
    """

    drafts: int
    cleared: int
    blocked: int
    needs_person: int
    could_not_check: int
    rules: int
    evaluations: int
    findings: Mapping[Severity, int]
    policy: str
    revision: str
    now: dt.datetime
    skipped: Mapping[str, int] = field(default_factory=dict)
    ignored: Mapping[str, int] = field(default_factory=dict)
    waived: int = 0
    refused: int = 0
    known: int | None = None
    fixed: int = 0
    unwaived: int = 0
