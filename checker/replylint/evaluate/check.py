"""A policy applied to cases, one verdict each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, partial

from replylint.case.model import Case, Unreadable
from replylint.contract.model import Contract
from replylint.contract.terms import GRAVE
from replylint.evaluate.concerned import Grouped
from replylint.evaluate.conflicts import ALONE, Others
from replylint.evaluate.expressions import work_out
from replylint.evaluate.model import (
    SEVERITIES,
    CaseVerdict,
    Contact,
    CouldNotCheck,
    Finding,
    Severity,
    Undecided,
    Verdict,
    at_least,
    presses,
    verdict_of,
)  # fmt: skip
from replylint.evaluate.obstacles import obstacle, unread
from replylint.evaluate.own_fields import with_own_fields
from replylint.evaluate.planned import with_actions
from replylint.evaluate.reach import awaited, contact, in_emergency
from replylint.evaluate.reading import Extract, Find, Read, Reader
from replylint.evaluate.roles import with_roles
from replylint.evaluate.rule import evaluate, waiting
from replylint.evaluate.situation import Situation
from replylint.evaluate.unanswered import about_unanswered, negative
from replylint.evaluate.wordless import only_advises
from replylint.facts.kept import KeptReadings
from replylint.language.rules import Rule


@dataclass(frozen=True)
class Judge:
    """Everything a verdict depends on besides the case.

    read: makes a text comparable. extract: reads the facts of a reply to a review, and what else is read from them.
    fail_level: findings of this severity or worse block, and only rules of this severity or worse send an undecided
    draft to a person. own: the brand's own numbers and addresses. more: what finds further facts in the reply, such as
    the user's own spaCy components. kept: readings of earlier runs; a reading is the same with them, but for the
    wordings that facts were read by.
    """

    rules: tuple[Rule, ...]
    contract: Contract
    read: Read
    extract: Extract
    now: dt.datetime
    fail_level: Severity = "error"
    own: frozenset[str] = frozenset()
    more: Find | None = None
    kept: KeptReadings | None = None

    def judge(self, case: Case, others: Others = ALONE) -> CaseVerdict:
        """The verdict on one case; `others` is what other drafts of the run have to do with it."""
        situation = self.situation(case, others)
        outcomes = [outcome for rule in self._grouped.concerning(situation) for outcome in evaluate(rule, situation)]
        left_out = self._grouped.about_words if case.wordless else ()
        if case.wordless:
            advice = tuple(dict.fromkeys(o.rule for o in outcomes if only_advises(o)))
            outcomes, left_out = [o for o in outcomes if o.rule not in advice], (*left_out, *advice)
        findings = tuple(sorted((o for o in outcomes if isinstance(o, Finding)), key=_rank))
        undecided = tuple(o for o in outcomes if isinstance(o, Undecided))
        verdict = verdict_of(findings, undecided, self.fail_level)
        return CaseVerdict(
            case.id, case.source.source.path, verdict, findings, undecided, len(self.rules) - len(left_out),
            self._contact(situation, verdict, undecided), situation.case.ignored,
            level=situation.severity, why=situation.grade.reasons, unevaluated=left_out,
        )  # fmt: skip

    def waits_for(self, case: Case) -> tuple[tuple[Finding | Undecided, frozenset[str]], ...]:
        """What rules say as long as an approval is missing, each with the roles of which one could give it."""
        situation = self.situation(case)
        return tuple(each for rule in self._grouped.concerning(situation) for each in waiting(rule, situation))

    def unanswered(self, case: Case) -> CaseVerdict | CouldNotCheck | None:
        """What is wrong with a review that has no draft, such as that it waits too long; None when nothing is."""
        if not self._unanswered or not negative(case, self.contract):
            return None
        if hindered := obstacle(case, self.contract, self.now):
            return hindered
        situation = self.situation(case)
        outcomes = [outcome for rule in self._unanswered for outcome in evaluate(rule, situation)]
        findings = tuple(o for o in outcomes if isinstance(o, Finding))
        undecided = tuple(o for o in outcomes if isinstance(o, Undecided))
        if verdict_of(findings, undecided, self.fail_level) == "cleared":
            return None
        return CaseVerdict(
            case.id, case.source.source.path, "needs-person", findings, undecided, len(self._unanswered),
            self._contact(situation, "needs-person", undecided), situation.case.ignored,
            level=situation.severity, why=situation.grade.reasons,
        )  # fmt: skip

    @cached_property
    def reader(self) -> Reader:
        """What reads the texts of cases, and remembers what it read."""
        # Not a method of this judge, which would then hold itself, and so its policy's memory, until it is looked for.
        wary = partial(negative, contract=self.contract)
        return Reader(self.read, self.extract, wary, self.own, self.more, self.kept)

    @cached_property
    def _grouped(self) -> Grouped:
        return Grouped(self.rules)

    @cached_property
    def _unanswered(self) -> tuple[Rule, ...]:
        return about_unanswered(self.rules)

    def entry(self, case: Case | Unreadable, others: Others = ALONE) -> CaseVerdict | CouldNotCheck:
        """The verdict on one case, or why there is none."""
        if isinstance(case, Unreadable):
            return unread(case)
        return obstacle(case, self.contract, self.now) or self.judge(case, others)

    def situation(self, case: Case, others: Others = ALONE) -> Situation:
        """What is known about a case."""
        case, _ = with_actions(with_roles(case, self.contract), self.contract)
        case, _ = with_own_fields(case, self.contract)
        reading, disguised = self.reader.of(case)
        return Situation(case, reading, self.contract, self.now, work_out, disguised, others)

    def _matters(self, severity: Severity) -> bool:
        return at_least(severity, self.fail_level)

    def _contact(self, situation: Situation, verdict: Verdict, undecided: tuple[Undecided, ...]) -> Contact | None:
        """Whom to reach: for what could not be decided, for a serious case that is blocked, and when time runs out.

        Whoever the contract names for the clause of the first rule that could not be decided, else for the severity.
        """
        due = awaited(situation)
        urgent = presses(due, situation.severity)
        if verdict != "needs-person" and not urgent and not (verdict == "blocked" and situation.severity in GRAVE):
            return None
        first = next((u.rule for u in undecided if self._matters(u.severity)), None)
        clause = next((r.clause[0] for r in self.rules if r.name == first and r.clause), None)
        if clause == "emergencies":
            return contact(in_emergency(situation), due)
        return contact(self.contract.line(situation.severity, self.now, clause), due)


def _rank(finding: Finding) -> tuple[int, int, str]:
    """Worst first, then in the order of the text."""
    return SEVERITIES.index(finding.severity), finding.labels[0].where.span.start, finding.rule
