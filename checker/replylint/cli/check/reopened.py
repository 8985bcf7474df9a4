"""Kept verdicts of which some held for another moment: only their drafts are read and judged anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_all
from replylint.cli.check.stages import waiving
from replylint.cli.jobs import Judged
from replylint.source.problems import PolicyError

if TYPE_CHECKING:
    from replylint.case.taken import Taken
    from replylint.cli.check.kept import Keeping, Known
    from replylint.cli.check.options import Asked
    from replylint.cli.check.revision import RunGround


def reopened(known: Known, asked: Asked, found: RunGround, keeping: Keeping) -> Known | None:
    """The verdicts with those made anew that asked for another moment; None where all of them have to be.

    That is so where the policy has changed since its files were looked at.
    """
    now = known.under.moment
    try:
        checker = found.checker(now, asked.fail_level, asked.only, remember=not asked.no_cache)
        stage = waiving(asked, checker, found.folder, now)
    except PolicyError:
        return None
    numbers, cases = _places(known), _cases(known, keeping.taken)
    if not keeping.stands(found.folder.path) or len(numbers) != len(cases):
        return None
    entries = list(known.entries)
    case_of, beside = dict(zip(numbers, cases, strict=True)), zip(known.open, known.beside(), strict=True)
    judged = stage(Judged(case_of[n], checker.judge.entry(case_of[n], others)) for n, others in beside)
    for number, each in zip(known.open, judged, strict=True):
        entries[number] = each.entry
    return replace(known, entries=entries, open=())


def _places(known: Known) -> list[int]:
    """The numbers of all entries of the files that are looked into again."""
    files = _files(known)
    return [number for number, entry in enumerate(known.entries) if entry.file in files]


def _cases(known: Known, taken: Taken) -> list[Case | Unreadable]:
    """The cases of those files, in the order of their entries."""
    files = _files(known)
    again = tuple((path, held) for path, held in taken if isinstance(path, Path) and path.as_posix() in files)
    return [case for case in read_all((), taken=again) if not isinstance(case, Skipped)]


def _files(known: Known) -> set[str]:
    return {known.entries[number].file for number in known.open}
