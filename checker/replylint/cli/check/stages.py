"""What is done with the verdicts between judging and reporting, as `check` was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from replylint.api import Checker
from replylint.case.model import Case
from replylint.cli.check.options import Asked
from replylint.cli.check.revision import RunGround
from replylint.cli.jobs import Judged
from replylint.cli.settings import PolicyFolder
from replylint.cli.usage import WrongUsage
from replylint.evaluate.model import CaseVerdict
from replylint.language.files import WAIVERS
from replylint.source.failures import ChangedError
from replylint.source.locks import alone
from replylint.source.noticing import noticed
from replylint.source.writing import write_file
from replylint.waivers.baseline import Baseline, Entries, baseline_text, read_baseline
from replylint.waivers.file import load_waivers

Stage = Callable[[Iterator[Judged]], Iterator[Judged]]
"""One step on the way of the verdicts, one by one: some change them, some write them down."""

_Change = Callable[[Case, CaseVerdict], CaseVerdict]


def waiving(asked: Asked, checker: Checker, folder: PolicyFolder, now: dt.datetime) -> Stage:
    """Sets aside what waivers set aside at a moment, or counts it when they are declined.

    Raises PolicyError when they cannot be read.
    """
    waivers = load_waivers(folder.path / WAIVERS, f"{folder.shown}/{WAIVERS}", checker.enforcements)
    work = replace(replace(checker, waivers=waivers).waiving, now=now)
    return _changed_by(work.decline if asked.no_waivers else work.apply, now)


@dataclass(frozen=True)
class BaselineFile:
    """The baseline of a run, and where it stands; new when the file is yet to be made."""

    path: Path
    baseline: Baseline
    new: bool

    @property
    def stage(self) -> Stage:
        """Takes what the baseline knows out of the verdicts."""
        return _changed_by(self.baseline.apply, None)

    def update(self) -> int:
        """Write the file: everything that was found when it is new, else what still occurs of it; how many entries.

        What another run has taken out meanwhile stays out. Raises ChangedError where another has made it, or removed
        it, OSError, and PolicyError when it can no longer be read.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with alone(self.path.parent):
            if self.path.exists() is self.new:
                raise ChangedError(None, None, str(self.path))
            there = {} if self.new else read_baseline(self.path, self.path.as_posix())
            kept: Entries = self.baseline.met if self.new else self.baseline.without_fixed(there)
            write_file(self.path, baseline_text(kept))
        return sum(found.total() for found in kept.values())


def baseline_file(asked: Asked, checker: Checker, found: RunGround) -> BaselineFile | None:
    """The baseline that was named. Raises PolicyError when it cannot be read, WrongUsage when there is none."""
    if asked.baseline is None:
        if asked.update_baseline:
            raise WrongUsage("usage.update-what")
        return None
    path = found.baseline(asked.baseline)
    if asked.update_baseline and asked.policy_ref is not None:
        raise WrongUsage("usage.update-and-ref")
    try:
        entries, new = read_baseline(path, asked.baseline), False
    except FileNotFoundError as error:
        if asked.policy_ref is not None:
            values = {"name": asked.baseline, "ref": asked.policy_ref}
            raise WrongUsage("usage.no-baseline-ref", values) from error
        if not asked.update_baseline:
            raise WrongUsage("usage.no-baseline", {"name": asked.baseline}) from error
        entries, new = {}, True
    return BaselineFile(path, Baseline(entries, Path(asked.baseline).parent, checker.fail_level), new)


def _changed_by(change: _Change, now: dt.datetime | None) -> Stage:
    """What changes verdicts; now: the moment that it may ask for, which notices that."""

    def stage(judged: Iterator[Judged]) -> Iterator[Judged]:
        for each in judged:
            if isinstance(each.case, Case) and isinstance(each.entry, CaseVerdict):
                changed = change(each.case, each.entry)
                each = each._replace(entry=changed, asks=each.asks or (now is not None and noticed(now)))
            yield each

    return stage
