"""One run: the verdict on each draft, what is done with it, and how much was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from replylint.api import Checker
from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import Read
from replylint.cli.check.stages import Stage
from replylint.cli.exits import Exit
from replylint.cli.jobs import Judged, judge_all
from replylint.evaluate.model import CouldNotCheck, Severity, Summary
from replylint.evaluate.watch import Watch
from replylint.render.options import Entry
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem
from replylint.waivers.apply import CATEGORY
from replylint.waivers.baseline import Baseline


@dataclass
class Run:
    """One run's entries with what is counted on the way.

    policy: the policy's name as shown to people. stages: what each verdict goes through, in order.
    baseline: what the findings are held against, if anything.
    narrowed: only changed drafts are looked at, so that it is no failure to find none.
    """

    checker: Checker
    policy: str
    lang: Lang
    history: tuple[Case, ...]
    jobs: int
    stages: tuple[Stage, ...] = ()
    baseline: Baseline | None = None
    narrowed: bool = False
    verdicts: Counter[str] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    evaluations: int = 0
    waived: int = 0
    refused: int = 0
    unwaived: int = 0
    known: int = 0
    left: list[Judged] = field(default_factory=list)
    drafted: set[str] = field(default_factory=set)

    def entries(self, cases: Iterable[Read], beside: Iterable[Case] = ()) -> Iterator[Entry]:
        """The verdicts one by one, the summary last; beside: drafts that these are compared with and not judged now."""
        background = self.checker.judge.background(self.history, beside)
        judged = judge_all(self.checker.judge, self._kept(cases, background.watch), background, self.jobs)
        judged = chain(judged, self._unanswered())
        for stage in self.stages:
            judged = stage(judged)
        for each in judged:
            self._count(each)
            yield each.entry
        if not self.verdicts and not (self.narrowed and self.skipped):
            nothing = CouldNotCheck("", "", (Problem("cli.nothing-to-check"),))
            self.verdicts["could-not-check"] += 1
            yield nothing
        left_out = len(self.checker.policy.rules) - len(self.checker.judge.rules)
        if left_out:
            self.skipped[say("cli.rules-left-out", self.lang)] += left_out
        yield self._summary()

    @property
    def exit(self) -> Exit:
        """The worst that happened."""
        if self.verdicts["could-not-check"]:
            return Exit.COULD_NOT_CHECK
        return Exit.NOT_CLEARED if self.verdicts["blocked"] or self.verdicts["needs-person"] else Exit.CLEARED

    def _kept(self, cases: Iterable[Read], watch: Watch) -> Iterator[Case | Unreadable]:
        for case in cases:
            if isinstance(case, Skipped):
                if case.review is not None and not self.checker.judge.mistakes(case.review):
                    watch.add(case.review)
                verdict = self.checker.judge.unanswered(case.review) if case.review is not None else None
                if case.review is not None and verdict is not None:
                    self.left.append(Judged(case.review, verdict))
                else:
                    self.skipped[describe(case.reason, self.lang)[0]] += 1
                continue
            if isinstance(case, Case) and "id" in case.fields:
                self.drafted.add(case.id)
            yield case

    def _unanswered(self) -> Iterator[Judged]:
        """Reviews that have waited too long for a reply, but for those that another file drafts a reply to."""
        for judged in self.left:
            if judged.entry.id in self.drafted:
                self.skipped[say("cli.drafted-elsewhere", self.lang)] += 1
            else:
                yield judged

    def _count(self, judged: Judged) -> None:
        entry = judged.entry
        if isinstance(entry, CouldNotCheck):
            self.verdicts["could-not-check"] += 1
            return
        self.verdicts[entry.verdict] += 1
        self.evaluations += entry.rules_evaluated
        self.severities.update(f.severity for f in entry.findings)
        self.ignored.update(entry.ignored)
        self.waived += len(entry.waived)
        self.refused += sum(f.category == CATEGORY for f in entry.findings)
        self.unwaived += entry.unwaived
        self.known += entry.known

    def _summary(self) -> Summary:
        v, policy = self.verdicts, self.checker.policy
        judged = v["cleared"] + v["blocked"] + v["needs-person"]
        return Summary(
            judged, v["cleared"], v["blocked"], v["needs-person"], v["could-not-check"], len(self.checker.judge.rules),
            self.evaluations, dict(self.severities), self.policy, policy.revision, self.checker.moment,
            dict(self.skipped), dict(self.ignored), self.waived, self.refused,
            self.known if self.baseline else None, self.baseline.fixed if self.baseline else 0, self.unwaived,
        )  # fmt: skip
