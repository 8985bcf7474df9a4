"""What stays of the verdicts: receipts for drafts that are cleared, and lines in the audit log.

A draft whose receipt or line cannot be written counts as not checked: nothing is cleared without its record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from replylint import __version__
from replylint.case.model import Case
from replylint.cli import printing
from replylint.cli.check.options import Asked
from replylint.cli.check.stages import Stage
from replylint.cli.jobs import Judged, Readable
from replylint.cli.keys import signing_key
from replylint.cli.lengths import length
from replylint.cli.usage import WrongUsage
from replylint.contract.model import Contract
from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Undecided
from replylint.receipts import folder, log
from replylint.receipts.approved import Approved, approval_told, approvals, counting
from replylint.receipts.bound import Bound, bound
from replylint.receipts.decision import Circumstances, decision
from replylint.receipts.receipt import Receipt
from replylint.receipts.relied import waiver_relied_on
from replylint.source.failures import reason_of
from replylint.source.messages import Lang, say
from replylint.source.moments import shown, zoned
from replylint.source.problems import Problem, Said, Saying

if TYPE_CHECKING:
    from replylint.api import Checker
    from replylint.receipts.keys import PrivateKey

HOLDS = "24h"
"""How long a receipt holds unless --valid-for says otherwise."""


def records(asked: Asked, checker: Checker, policy: str, lang: Lang) -> tuple[Stage, ...]:
    """The stages that write records, the audit log before the receipts; `policy` is its name as shown to people.

    Raises WrongUsage for what cannot go together, or is no key.
    """
    for option, value in (("--receipts", asked.receipts), ("--audit", asked.audit)):
        if value == "":
            raise WrongUsage("usage.no-value", {"name": option})
    only = tuple(asked.only)
    parts = checker.policy.parts.under(checker.components, checker.enforcement)
    run = Circumstances(policy, parts, __version__, checker.moment, asked.now is None, checker.fail_level, only,
                        asked.audit_words, lang)  # fmt: skip
    found: list[Stage] = []
    if asked.audit is not None:
        found.append(AuditLog(Path(asked.audit), checker.policy.contract, run, lang))
    if asked.receipts is not None:
        if only:
            raise WrongUsage("usage.receipts-of-some-rules")
        key = signing_key(asked.key, asked.unsigned, lang)
        holds = length(asked.valid_for or HOLDS, "--valid-for")
        rules = tuple(rule.name for rule in checker.policy.rules)
        found.append(Receipts(Path(asked.receipts), key, checker.policy.contract, run, holds, rules, lang))
    elif asked.key or asked.unsigned or asked.valid_for:
        raise WrongUsage("usage.only-with-receipts")
    if asked.audit_words and asked.audit is None:
        raise WrongUsage("usage.only-with-audit")
    return tuple(found)


@dataclass(frozen=True)
class AuditLog:
    """The stage that adds a line to the audit log for every verdict before anything else is done with it."""

    path: Path
    contract: Contract
    run: Circumstances
    lang: Lang

    def __call__(self, judged: Iterator[Judged]) -> Iterator[Judged]:
        """The verdicts, each once its line is in the log."""
        head = ""
        for each in judged:
            approved = _approved(each.case, self.contract, self.run.now)
            added = self._add(decision(each.entry, _bound(each), self.run, approved))
            if isinstance(added, Problem):
                yield _not_recorded(each, added)
                continue
            head = added.head
            if added.torn:
                values = {"path": self.path.as_posix(), "bytes": str(added.torn)}
                printing.line(say("receipts.log-was-torn", self.lang, values), aside=True)
            yield each
        if head:
            log.flush(self.path)
            values = {"path": self.path.as_posix(), "head": head}
            printing.line(say("receipts.log-added", self.lang, values), aside=True)

    def _add(self, entry: dict[str, object]) -> log.Added | Problem:
        values = {"path": self.path.as_posix()}
        try:
            return log.add(self.path, entry)
        except log.NoLogError:
            return Problem("receipts.no-log", values=values)
        except OSError as error:
            return Problem("source.cannot-write", values={**values, "reason": reason_of(error)})


@dataclass(frozen=True)
class Receipts:
    """The stage that writes a receipt for every draft that is cleared, and removes that of one that no longer is."""

    folder: Path
    key: PrivateKey | None
    contract: Contract
    run: Circumstances
    holds: dt.timedelta
    rules: tuple[str, ...]
    lang: Lang

    def __call__(self, judged: Iterator[Judged]) -> Iterator[Judged]:
        """The verdicts, each once its receipt is in the folder."""
        number = 0
        for each in judged:
            problem = self._keep(each)
            if problem is None and isinstance(each.entry, CaseVerdict) and each.entry.verdict == "cleared":
                number += 1
            yield _not_recorded(each, problem) if problem else each
        printing.line(self._told(number), aside=True)

    def _keep(self, judged: Judged) -> Problem | None:
        case = judged.case
        if not isinstance(case, Case) or isinstance(judged.entry, CouldNotCheck):
            return None
        draft = bound(case)
        if judged.entry.verdict != "cleared":
            return folder.revoke(draft, self.folder)
        return folder.keep(self._receipt(draft, case, judged.entry), self.folder, self.key)

    def _receipt(self, draft: Bound, case: Case, verdict: CaseVerdict) -> Receipt:
        waivers = tuple(waived.waiver for waived in verdict.waived)
        approved = counting(_approved(case, self.contract, self.run.now), self.contract)
        ends = (*(waiver.until for waiver in waivers), *(approval.until for approval, *_ in approved))
        expires = min((self._ends(), *(self._zoned(end) for end in ends if end is not None)))
        return Receipt(
            draft, self.run.revision, self.run.tool, self.run.now, expires, self.run.fail_level, self.rules,
            _points(verdict.findings), _points(verdict.undecided), tuple(waiver_relied_on(w, case) for w in waivers),
            tuple(approval_told(*each) for each in approved), verdict.known,
        )  # fmt: skip

    def _zoned(self, moment: dt.datetime) -> dt.datetime:
        return zoned(moment, self.contract.calendar.zone)

    def _ends(self) -> dt.datetime:
        """When a receipt of now expires, as clocks will show it then."""
        return shown(self.run.now + self.holds, self.contract.calendar.zone)

    def _told(self, number: int) -> str:
        until = self._ends().isoformat(timespec="minutes")
        by = Said("receipts.signed-by", {"id": self.key.public.id}) if self.key else Said("receipts.signed-by-nobody")
        values: dict[str, Saying] = {"number": str(number), "folder": self.folder.as_posix(), "until": until, "by": by}
        return say("receipts.written" if number else "receipts.written-none", self.lang, values)


def _bound(judged: Judged) -> Bound | None:
    return bound(judged.case) if isinstance(judged.case, Case) else None


def _approved(case: Readable, contract: Contract, now: dt.datetime) -> Approved:
    return approvals(case, contract, now) if isinstance(case, Case) else ()


def _points(points: tuple[Finding, ...] | tuple[Undecided, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((point.rule, point.severity) for point in points)


def _not_recorded(judged: Judged, problem: Problem) -> Judged:
    entry = judged.entry
    if isinstance(entry, CouldNotCheck):
        return judged._replace(entry=replace(entry, problems=(*entry.problems, problem)))
    return judged._replace(entry=CouldNotCheck(entry.id, entry.file, (problem,)))
