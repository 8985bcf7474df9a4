"""A policy applied to cases, one verdict each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from replylint.case.model import Case, Unreadable
from replylint.contract.model import Contract
from replylint.contract.schema import GRAVE
from replylint.evaluate.ahead import ahead
from replylint.evaluate.conflicts import ALONE, Known, Others, conflicts
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
from replylint.evaluate.own_fields import with_own_fields
from replylint.evaluate.planned import with_actions
from replylint.evaluate.platforms import misspelt_platform
from replylint.evaluate.reach import awaited, contact, in_emergency
from replylint.evaluate.reading import Extract, Find, Read, Reader
from replylint.evaluate.repeats import Replies
from replylint.evaluate.roles import unknown_roles, with_roles
from replylint.evaluate.rule import evaluate, waiting
from replylint.evaluate.severity import grade
from replylint.evaluate.signals.model import Seen
from replylint.evaluate.situation import Name, Situation
from replylint.evaluate.standing import is_open
from replylint.evaluate.timing import first_of, went_up
from replylint.evaluate.unanswered import about_unanswered, negative
from replylint.evaluate.watch import Watch
from replylint.evaluate.wordless import about_words, only_advises
from replylint.facts.kept import KeptReadings
from replylint.language.rules import Rule
from replylint.source.moments import Between
from replylint.source.problems import Problem
from replylint.source.spans import Embedded

_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Background:
    """Replies and wishes that drafts are compared with; those of each draft are added when it is met."""

    replies: Replies
    known: Known
    watch: Watch


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
        outcomes = [outcome for rule in self._concerned(situation) for outcome in evaluate(rule, situation)]
        left_out = self._about_words if case.wordless else ()
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
        return tuple(each for rule in self._concerned(situation) for each in waiting(rule, situation))

    def unanswered(self, case: Case) -> CaseVerdict | CouldNotCheck | None:
        """What is wrong with a review that has no draft, such as that it waits too long; None when nothing is."""
        if not self._unanswered or not negative(case, self.contract):
            return None
        if obstacle := self.obstacle(case):
            return obstacle
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
    def _unanswered(self) -> tuple[Rule, ...]:
        return about_unanswered(self.rules)

    def _concerned(self, situation: Situation) -> list[Rule]:
        """The rules that can say something about a case, in order: one that forbids nothing that is there cannot."""
        there = {index for name in situation.named() for index in self._forbidding.get(name, ())}
        concerned = [self.rules[index] for index in sorted(there | self._requiring)]
        return [r for r in concerned if r.name not in self._about_words] if situation.case.wordless else concerned

    @cached_property
    def _about_words(self) -> tuple[str, ...]:
        return tuple(rule.name for rule in self.rules if about_words(rule))

    @cached_property
    def _forbidding(self) -> Mapping[Name, list[int]]:
        """What is forbidden → the rules that forbid it."""
        found: dict[Name, list[int]] = {}
        for index, rule in enumerate(self.rules):
            for subject in rule.subjects if rule.verb == "forbid" else ():
                found.setdefault(subject, []).append(index)
        return found

    @cached_property
    def _requiring(self) -> set[int]:
        return {index for index, rule in enumerate(self.rules) if rule.verb == "require"}

    def entry(self, case: Case | Unreadable, others: Others = ALONE) -> CaseVerdict | CouldNotCheck:
        """The verdict on one case, or why there is none."""
        if isinstance(case, Unreadable):
            return _unread(case)
        return self.obstacle(case) or self.judge(case, others)

    def obstacle(self, case: Case | Unreadable) -> CouldNotCheck | None:
        """Why there can be no verdict on a case; None when there can."""
        if isinstance(case, Unreadable):
            return _unread(case)
        refused = self.refused(case)
        return CouldNotCheck(case.id, case.source.source.path, refused) if refused else None

    def refused(self, case: Case) -> tuple[Problem, ...]:
        """All that keeps a case from being judged now: its mistakes, and a review that has not come yet."""
        return (*self.mistakes(case), *ahead(case, self.contract, self.now))

    def mistakes(self, case: Case) -> tuple[Problem, ...]:
        """What keeps a case from ever being judged: a platform, role, action, event or own field that is not known."""
        wrong = (with_actions(case, self.contract)[1], with_own_fields(case, self.contract)[1])
        names = (*misspelt_platform(case, self.contract), *unknown_roles(case, self.contract))
        return (*names, *wrong[0], *wrong[1])

    def judge_all(
        self, cases: Iterable[Case | Unreadable], history: Iterable[Case] = ()
    ) -> Iterator[CaseVerdict | CouldNotCheck]:
        """An entry for each case, in the order given.

        history: replies given earlier, which none of the cases should repeat.
        """
        for case, others in self.together(cases, self.background(history)):
            yield self.entry(case, others)

    def background(self, history: Iterable[Case] = (), beside: Iterable[Case] = ()) -> Background:
        """What drafts are compared with besides one another, all of which is read here.

        history: replies given earlier, which no draft should repeat. beside: drafts that are not judged now, which
        may want the same review or order, or have been said already.
        """
        found = Background(Replies(), Known(self.contract), Watch(self.contract, self.now, self._look))
        for case in history:
            found.replies.meet(case, self.reader.folded(case))
        for case in beside:
            found.replies.meet(case, self.reader.folded(case))
            found.known.add(case)
            found.watch.add(case)
        return found

    def together(
        self, cases: Iterable[Case | Unreadable], background: Background
    ) -> Iterator[tuple[Case | Unreadable, Others]]:
        """Each case in the order given, with what other drafts, of the run and around it, have to do with it."""
        for case, others in conflicts(_watched(cases, background.watch), self.contract, background.known):
            met = background.watch.met(case) if isinstance(case, Case) else ()
            others = replace(others, met=met) if met else others
            repeats = background.replies.meet(case, self.reader.folded(case)) if isinstance(case, Case) else None
            yield case, replace(others, repeats=repeats) if repeats else others

    def _look(self, case: Case, since: Between, read: bool) -> Seen:
        """What of a review bears on emergencies; without reading it where its stars will do."""
        contract, now = self.contract, self.now
        open_ = is_open(case, contract, now)
        if not read and "review.rating" in case.fields:
            return Seen.of(case, grade(case, (), contract), (), since, None, open_, None)
        # What the reply says makes no review more severe, and reading it takes as long as reading the review.
        alone = replace(case, reply=Embedded("", case.reply.source, case.reply.location.span.start))
        situation = self.situation(alone)
        text = self.read(case.review.text) if case.review is not None else None
        up = first_of(went_up(case, situation.severity, contract, now))
        return Seen.of(case, situation.grade, situation.reading.review_facts, since, text, open_, up)

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


_Either = TypeVar("_Either")


def _watched(cases: Iterable[Case | _Either], watch: Watch) -> Iterator[Case | _Either]:
    """The cases, each of which is looked at for emergencies when it is read."""
    for case in cases:
        if isinstance(case, Case):
            watch.add(case)
        yield case


def _unread(case: Unreadable) -> CouldNotCheck:
    return CouldNotCheck(case.id, case.path, _few(case.problems), case.rows)


def _few(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The first problems of a file and how many more there are: showing each of thousands would take hours."""
    more = len(problems) - _MOST_PROBLEMS
    if more < 1:
        return problems
    return (*problems[:_MOST_PROBLEMS], Problem("evaluate.more-problems", None, {"number": str(more)}))


def _rank(finding: Finding) -> tuple[int, int, str]:
    """Worst first, then in the order of the text."""
    return SEVERITIES.index(finding.severity), finding.labels[0].where.span.start, finding.rule
