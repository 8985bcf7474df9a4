"""What a run has come to so far: how many verdicts of which sort, how much was looked at, and how the run ends."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from replylint.cli.exits import Exit
from replylint.evaluate.model import WAIVERS, CaseVerdict, CouldNotCheck, Severity, Summary


@dataclass(frozen=True)
class Under:
    """Under what drafts are judged: the policy as shown to people, its revision, how many of its rules, and when."""

    policy: str
    revision: str
    rules: int
    moment: dt.datetime


@dataclass
class Tally:
    """The counts of a run. skipped: what was passed over, as a sentence → how often."""

    verdicts: Counter[str] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    evaluations: int = 0
    waived: int = 0
    refused: int = 0
    unwaived: int = 0
    known: int = 0

    def count(self, entry: CaseVerdict | CouldNotCheck) -> None:
        """Take an entry of the report into account."""
        if isinstance(entry, CouldNotCheck):
            self.verdicts["could-not-check"] += entry.rows
            return
        self.verdicts[entry.verdict] += 1
        self.evaluations += entry.rules_evaluated
        self.severities.update(f.severity for f in entry.findings)
        self.ignored.update(entry.ignored)
        self.waived += len(entry.waived)
        self.refused += sum(f.category == WAIVERS for f in entry.findings)
        self.unwaived += entry.unwaived
        self.known += entry.known

    @property
    def exit(self) -> Exit:
        """The worst that happened."""
        if self.verdicts["could-not-check"]:
            return Exit.COULD_NOT_CHECK
        return Exit.NOT_CLEARED if self.verdicts["blocked"] or self.verdicts["needs-person"] else Exit.CLEARED

    def summary(self, under: Under, fixed: int | None = None) -> Summary:
        """The last entry of a report; fixed: entries of the baseline that no longer occur, None without a baseline."""
        v = self.verdicts
        judged = v["cleared"] + v["blocked"] + v["needs-person"]
        return Summary(
            judged, v["cleared"], v["blocked"], v["needs-person"], v["could-not-check"], under.rules, self.evaluations,
            dict(self.severities), under.policy, under.revision, under.moment, dict(self.skipped), dict(self.ignored),
            self.waived, self.refused, None if fixed is None else self.known, fixed or 0, self.unwaived,
        )  # fmt: skip
