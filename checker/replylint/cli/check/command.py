"""`replylint check`: verdicts on drafts."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import cast

import click

from replylint import __version__
from replylint.api import Checker
from replylint.cli.check.changed import Changes, changes_since
from replylint.cli.check.drafts import Drafts, earlier
from replylint.cli.check.reports import asked, write
from replylint.cli.check.run import Run
from replylint.cli.exits import Exit
from replylint.cli.jobs import processors
from replylint.cli.progress import counted
from replylint.cli.settings import (
    FAIL_LEVELS,
    PolicyFolder,
    find_policy,
    lang_option,
    language,
    moment,
    policy_option,
    settings_for,
)  # fmt: skip
from replylint.cli.usage import WrongUsage, near
from replylint.evaluate.model import Severity
from replylint.facts.components import UnknownFactError
from replylint.language.book import load_policy
from replylint.render.formats import FORMATS, not_started
from replylint.render.options import Options
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError
from replylint.text.pipeline import UnknownComponentError


@click.command(
    epilog="The policy is --policy, else `policy` in replylint.toml or [tool.replylint] of pyproject.toml, else a "
    "policy/ folder found upward from the drafts, else the starter policy."
)
@click.argument("paths", nargs=-1)
@policy_option
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="[default: text]")
@click.option("--fail-level", type=click.Choice(FAIL_LEVELS), help="Findings this bad or worse block. [default: error]")
@click.option("--rule", "only", multiple=True, metavar="NAME", help="Evaluate only this rule; may be repeated.")
@click.option("--now", metavar="TIME", help="The moment of the check, as 2026-11-20T10:00+08:00. [default: the clock]")
@click.option("--stdin-filename", metavar="NAME", help="Read one draft from standard input as if it had this name.")
@click.option("--changed", is_flag=False, flag_value="HEAD", metavar="[REF]", help="Only drafts changed since REF, or "
    "since this branch left it; all of them when the policy changed. [REF: HEAD]")
@click.option("--output", multiple=True, metavar="FILE", help="Write a report there too: .txt .json .sarif .md or .xml, or "
    "FORMAT=FILE; may be repeated.")
@click.option("--history", multiple=True, metavar="FILE", help="Earlier replies that no draft should repeat.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use for many drafts. [default: the processors]")
@click.option("--quiet", "-q", is_flag=True, help="Show only drafts that are not cleared, and the summary.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
@lang_option
def check(
    paths: tuple[str, ...], policy_dir: str | None, format_: str, fail_level: str | None, only: tuple[str, ...],
    now: str | None, stdin_filename: str | None, changed: str | None, output: tuple[str, ...],
    history: tuple[str, ...], jobs: int | None, quiet: bool, color: str,
    lang: str | None,
) -> int:  # fmt: skip
    """Check drafts: files, folders or globs.

    \b
    replylint check drafts/
    replylint check drafts/0042.md --lang zh
    replylint check reviews.jsonl --format json
    """
    if not paths and stdin_filename is None:
        raise WrongUsage("usage.nothing-named")
    settings, file = settings_for(Path.cwd())
    folder = find_policy(policy_dir, paths or (stdin_filename or "",), settings, file)
    spoken = language(lang, settings)
    options = Options(__version__, spoken, _colour(color), quiet, now=moment(now))
    level = cast(Severity, fail_level or settings.get("fail-level", "error"))
    reports = asked(format_, output)
    drafts = Drafts(paths, stdin_filename, _changes(changed, paths, folder, file, spoken))
    try:
        loaded = load_policy(folder.path, folder.shown)
        checker = Checker(loaded, level, only, moment(now), tuple(settings.get("components", ())))
        _known_rules(checker)
    except PolicyError as error:
        write(reports, not_started(error, folder.shown, _now(options)), options)
        return Exit.COULD_NOT_CHECK
    try:
        run = Run(checker, folder.shown, spoken, tuple(earlier(history)), jobs or processors(), (), changed is not None)
        run.checker.judge  # noqa: B018 - made now, so that a missing component is told before any draft is read
    except UnknownComponentError as error:
        raise WrongUsage("usage.no-component", {"name": error.name}) from error
    options = Options(__version__, spoken, _colour(color), quiet, now=checker.moment, pages=_pages(checker))
    try:
        write(reports, run.entries(counted(drafts.read())), options)
    except UnknownFactError as error:
        raise WrongUsage("usage.component-fact", {"name": error.label}) from error
    return run.exit


def _changes(
    ref: str | None, paths: tuple[str, ...], folder: PolicyFolder, settings: Path | None, lang: Lang
) -> Changes | None:
    """What narrows the run to changed drafts; nothing when what all verdicts depend on has changed."""
    if ref is None:
        return None
    first = Path(paths[0]) if paths else Path()
    changes = changes_since(ref, first if first.is_dir() else first.parent)
    if not changes.any_in(folder.path) and (settings is None or not changes.has(settings)):
        return changes
    click.echo(say("cli.policy-changed", lang, {"ref": ref}), err=True)
    return None


def _pages(checker: Checker) -> dict[str, str]:
    return {rule.name: rule.page for rule in checker.policy.rules}


def _now(options: Options) -> dt.datetime:
    return options.now or dt.datetime.now(dt.UTC)


def _colour(choice: str) -> bool:
    return choice == "always" or (choice == "auto" and sys.stdout.isatty())


def _known_rules(checker: Checker) -> None:
    known = [rule.name for rule in checker.policy.rules]
    for name in checker.only:
        if name not in known:
            raise WrongUsage("usage.no-rule", {"name": name, "near": near(name, known)})


