"""One run of `check` over drafts: read, judged, done with as asked, reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from replylint import __version__
from replylint.cli import printing
from replylint.cli.check.drafts import Drafts, earlier
from replylint.cli.check.reports import reports_for, write
from replylint.cli.check.run import Run
from replylint.cli.check.stages import BaselineFile, Stage, baseline_file, waiving
from replylint.cli.exits import Exit
from replylint.cli.jobs import processors
from replylint.cli.progress import counted
from replylint.cli.screen import coloured, width
from replylint.cli.settings import moment
from replylint.render.formats import not_started
from replylint.render.options import Options
from replylint.source.messages import Lang, say
from replylint.source.noticing import Noticing
from replylint.source.problems import PolicyError

if TYPE_CHECKING:
    from replylint.api import Checker
    from replylint.cli.check.changed import Changes
    from replylint.cli.check.kept import Keeping
    from replylint.cli.check.options import Asked
    from replylint.cli.check.revision import RunGround


def judge_anew(asked: Asked, found: RunGround, changes: Changes | None, keeping: Keeping | None) -> int:
    """One run over drafts, its reports written; how it ended.

    changes: what to narrow the run to; nothing for all drafts. keeping: what the verdicts are to be kept under, if they
    are.
    """
    now, reports = moment(asked.now), reports_for(asked.format_, asked.output)
    options = Options(__version__, found.lang, coloured(asked.color), asked.quiet, width(), now)
    drafts = Drafts(asked.paths, asked.stdin_filename, changes, keeping.taken if keeping else None)
    try:
        checker = found.checker(now, asked.fail_level, asked.only, remember=not asked.no_cache)
        watched = Noticing.of(checker.moment)
        waivers = waiving(asked, checker, found.folder, watched)
        baseline = baseline_file(asked, checker, found)
    except PolicyError as error:
        write(reports, not_started(error, found.folder.shown, now or dt.datetime.now(dt.UTC)), options)
        return Exit.COULD_NOT_CHECK
    stages = (waivers, *((baseline.stage,) if baseline else ()), *_records(asked, checker, found))
    run = Run(checker, found.folder.shown, found.lang, tuple(earlier(asked.history)), asked.jobs or processors(),
              watched, stages, baseline.baseline if baseline else None, drafts.changes is not None,
              keeping if keeping is not None and keeping.stands(found.folder.path) else None)  # fmt: skip
    checker.judge  # noqa: B018 - made now, so that a missing component is told before any draft is read
    options = replace(options, now=checker.moment, pages={rule.name: rule.page for rule in checker.policy.rules})
    write(reports, run.entries(counted(drafts.read()), drafts.beside()), options)
    if baseline and asked.update_baseline:
        _updated(baseline, found.lang)
    return run.tally.exit


def _updated(baseline: BaselineFile, lang: Lang) -> None:
    values = {"path": baseline.path.as_posix(), "number": str(baseline.update())}
    printing.line(say("cli.baseline-written", lang, values), aside=True)


def _records(asked: Asked, checker: Checker, found: RunGround) -> tuple[Stage, ...]:
    if not asked.keeps_records:
        return ()
    # Loaded late: what signs and writes records takes a while, and most runs keep none.
    from replylint.cli.check.records import records

    return records(asked, checker, found.folder.shown, found.lang)
