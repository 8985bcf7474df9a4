"""One run: the verdict on each draft, what is done with it, and how much was looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from replylint.api import Checker
from replylint.case.model import Case, Read, Skipped, Unreadable
from replylint.cli.check.kept import Keeping
from replylint.cli.check.stages import Stage
from replylint.cli.check.tally import Tally, Under
from replylint.cli.jobs import Judged, judge_all
from replylint.evaluate.beside import background_of
from replylint.evaluate.check import Judge
from replylint.evaluate.model import CaseVerdict, CouldNotCheck
from replylint.evaluate.obstacles import refused
from replylint.evaluate.watch import Watch
from replylint.render.options import Entry
from replylint.source.messages import Lang, describe, say
from replylint.source.noticing import noticed
from replylint.source.problems import Problem
from replylint.waivers.baseline import Baseline


@dataclass
class Run:
    """One run's entries with what is counted on the way.

    policy: the policy's name as shown to people. moment: that of the check, which notices whether it is asked for.
    stages: what each verdict goes through, in order. baseline: what the findings are held against, if anything.
    narrowed: only changed drafts are looked at, so that it is no failure to find none. keeping: what the verdicts are
    kept under, if they are.
    """

    checker: Checker
    policy: str
    lang: Lang
    history: tuple[Case, ...]
    jobs: int
    moment: dt.datetime
    stages: tuple[Stage, ...] = ()
    baseline: Baseline | None = None
    narrowed: bool = False
    keeping: Keeping | None = None
    tally: Tally = field(default_factory=Tally)
    left: list[Judged] = field(default_factory=list)
    drafted: set[str] = field(default_factory=set)

    def entries(self, cases: Iterable[Read], beside: Iterable[Case] = ()) -> Iterator[Entry]:
        """The verdicts one by one, the summary last; beside: drafts that these are compared with and not judged now."""
        background = background_of(self._judge, self.history, beside)
        judged = judge_all(self._judge, self._kept(cases, background.watch), background, self.jobs)
        judged = chain(judged, self._unanswered())
        for stage in self.stages:
            judged = stage(judged)
        for each in judged:
            self.tally.count(each.entry)
            if isinstance(each.entry, CaseVerdict) and each.entry.unevaluated:
                self.tally.skipped[say("cli.rules-without-words", self.lang)] += len(each.entry.unevaluated)
            if self.keeping is not None:
                self.keeping.reach(each)
            yield each.entry
        if not self.tally.verdicts and not (self.narrowed and self.tally.skipped):
            nothing = CouldNotCheck("", "", (Problem("cli.nothing-to-check"),))
            self.tally.count(nothing)
            yield nothing
        left_out = len(self.checker.policy.rules) - len(self._judge.rules)
        if left_out:
            self.tally.skipped[say("cli.rules-left-out", self.lang)] += left_out
        under = Under(self.policy, self.checker.policy.revision, len(self._judge.rules), self.checker.moment)
        if self.keeping is not None:
            pages = {rule.name: rule.page for rule in self.checker.policy.rules}
            zone = self.checker.policy.contract.calendar.zone
            self.keeping.bound = self.keeping.bound or noticed(self.moment)
            self.keeping.keep(under, zone, self.tally.skipped, pages)
        yield self.tally.summary(under, self.baseline.fixed if self.baseline else None)

    @cached_property
    def _judge(self) -> Judge:
        return replace(self.checker.judge, now=self.moment)

    def _kept(self, cases: Iterable[Read], watch: Watch) -> Iterator[Case | Unreadable]:
        for case in cases:
            if isinstance(case, Skipped):
                if case.review is not None and not refused(case.review, self._judge.contract, self.moment):
                    watch.add(case.review)
                verdict = self._judge.unanswered(case.review) if case.review is not None else None
                if case.review is not None and verdict is not None:
                    self.left.append(Judged(case.review, verdict))
                else:
                    self.tally.skipped[describe(case.reason, self.lang)[0]] += 1
                continue
            if isinstance(case, Case) and "id" in case.fields:
                self.drafted.add(case.id)
            yield case

    def _unanswered(self) -> Iterator[Judged]:
        """Reviews that have waited too long for a reply, but for those that another file drafts a reply to."""
        for judged in self.left:
            if judged.entry.id in self.drafted:
                self.tally.skipped[say("cli.drafted-elsewhere", self.lang)] += 1
            else:
                yield judged
