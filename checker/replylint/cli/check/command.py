"""`replylint check`: verdicts on drafts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any, cast

import click

from replylint import __version__
from replylint.api import Checker
from replylint.cli.check.changed import Changes, changes_since
from replylint.cli.check.drafts import Drafts, earlier
from replylint.cli.check.options import Asked, check_options
from replylint.cli.check.reports import reports_for, write
from replylint.cli.check.revision import Ground, ground
from replylint.cli.check.run import Run
from replylint.cli.check.stages import Stage, baseline_file, waiving
from replylint.cli.exits import Exit
from replylint.cli.jobs import processors
from replylint.cli.progress import counted
from replylint.cli.screen import coloured, width
from replylint.cli.settings import language, moment
from replylint.cli.usage import WrongUsage, near
from replylint.evaluate.model import Severity
from replylint.facts.model import UnknownFactError
from replylint.language.book import load_policy
from replylint.render.formats import not_started
from replylint.render.options import Options
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError
from replylint.text.model import UnknownComponentError


class _Checked(click.Command):
    """A command of which an option's value is never read as another option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but for `--changed=--help`, of which it would make two options; raises WrongUsage."""
        for word in takewhile(lambda word: word != "--", args):
            if word.startswith("--changed=-"):
                raise WrongUsage("usage.no-ref", {"ref": word.partition("=")[2], "option": "--changed"}, ctx)
        return super().parse_args(ctx, args)


@click.command(
    cls=_Checked,
    epilog="The policy is --policy, else `policy` in replylint.toml or [tool.replylint] of pyproject.toml, else a "
    "policy/ folder found upward from the drafts, else the starter policy."
)
@check_options
def check(**words: Any) -> int:
    """Check drafts: files, folders or globs.

    \b
    replylint check drafts/
    replylint check drafts/0042.md --lang zh
    replylint check reviews.jsonl --format json
    """
    asked = Asked(**words)
    if not asked.paths and (asked.stdin_filename is None or asked.fix or asked.diff or asked.watch):
        raise WrongUsage("usage.nothing-named")
    if asked.paths and asked.stdin_filename is not None:
        raise WrongUsage("usage.files-or-stdin")
    with ground(asked.policy_dir, asked.policy_ref, asked.paths or (asked.stdin_filename or "",)) as found:
        since, spoken = _since(asked, found), language(asked.lang, found.settings)
        if asked.diff or asked.fix:
            changed = _mend(asked, Drafts(asked.paths, None, since), spoken)
            if asked.diff:
                return Exit.NOT_CLEARED if changed else Exit.CLEARED
        if asked.watch:
            from replylint.cli.check.watch import watch

            return watch(lambda: judge(asked, found, _since(asked, found)), asked.paths, found.folder.path, spoken)
        return judge(asked, found, since)


def _mend(asked: Asked, drafts: Drafts, lang: Lang) -> int:
    """Mend drafts, or only show how; how many."""
    from replylint.cli.check.fixes import mended, show, write

    # All are read before the first is written, so that a draft is never read half way.
    found = list(mended(drafts))
    for each in found:
        show(each) if asked.diff else write(each, lang)
    return len(found)


def judge(asked: Asked, found: Ground, changes: Changes | None) -> int:
    """One run over drafts, its reports written; how it ended.

    changes: what to narrow the run to; nothing for all drafts.
    """
    settings, folder = found.settings, found.folder
    spoken, now = language(asked.lang, settings), moment(asked.now)
    options = Options(__version__, spoken, coloured(asked.color), asked.quiet, width(), now)
    reports = reports_for(asked.format_, asked.output)
    drafts = Drafts(asked.paths, asked.stdin_filename, changes)
    level = cast(Severity, asked.fail_level or settings.get("fail-level", "error"))
    try:
        loaded = load_policy(folder.path, folder.shown)
        checker = Checker(loaded, level, asked.only, now, tuple(settings.get("components", ())),
                          settings.get("enforcement", {}), remember=not asked.no_cache)  # fmt: skip
        _known_rules(checker)
        stages = [waiving(asked, checker, folder)]
        baseline = baseline_file(asked, checker, found)
    except PolicyError as error:
        write(reports, not_started(error, folder.shown, now or dt.datetime.now(dt.UTC)), options)
        return Exit.COULD_NOT_CHECK
    stages = [*stages, *((baseline.stage,) if baseline else ()), *_records(asked, checker, folder.shown, spoken)]
    run = Run(checker, folder.shown, spoken, tuple(earlier(asked.history)), asked.jobs or processors(),
              tuple(stages), baseline.baseline if baseline else None,
              narrowed=drafts.changes is not None)  # fmt: skip
    options = replace(options, now=checker.moment, pages={rule.name: rule.page for rule in loaded.rules})
    try:
        checker.judge  # noqa: B018 - made now, so that a missing component is told before any draft is read
        write(reports, run.entries(counted(drafts.read()), drafts.beside()), options)
    except UnknownComponentError as error:
        raise WrongUsage("usage.no-component", {"name": error.name}) from error
    except UnknownFactError as error:
        raise WrongUsage("usage.component-fact", {"name": error.label}) from error
    if baseline and asked.update_baseline:
        values = {"path": baseline.path.as_posix(), "number": str(baseline.update())}
        click.echo(say("cli.baseline-written", spoken, values), err=True)
    return run.exit


def _records(asked: Asked, checker: Checker, policy: str, lang: Lang) -> tuple[Stage, ...]:
    if not asked.keeps_records:
        return ()
    # Loaded late: what signs and writes records takes a while, and most runs keep none.
    from replylint.cli.check.records import records

    return records(asked, checker, policy, lang)


def _since(asked: Asked, found: Ground) -> Changes | None:
    """The files changed since --changed; nothing when what all verdicts depend on has changed."""
    first = Path(asked.paths[0]) if asked.paths else Path()
    folder = first if first.is_dir() else first.parent
    ref = asked.policy_ref
    if ref is not None and changes_since(ref, folder, "--policy-ref").bear_on_all(found.folder.path):
        _aside("cli.policy-other", ref, asked, found)
    if asked.changed is None:
        return None
    changes = changes_since(asked.changed, folder)
    if ref is not None or not changes.bear_on_all(found.folder.path):
        return changes
    _aside("cli.policy-changed", asked.changed, asked, found)
    return None


def _aside(key: str, ref: str, asked: Asked, found: Ground) -> None:
    click.echo(say(key, language(asked.lang, found.settings), {"ref": ref}), err=True)


def _known_rules(checker: Checker) -> None:
    known = [rule.name for rule in checker.policy.rules]
    for name in checker.only:
        if name not in known:
            raise WrongUsage("usage.no-rule", {"name": name, "near": near(name, known)})
